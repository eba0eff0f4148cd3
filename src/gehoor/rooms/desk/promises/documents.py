"""Promises as programs get them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.models import Promise, PromiseStep
from gehoor.rooms.desk.promises.standing import Row, rows
from gehoor.rooms.desk.promises.telling import history
from gehoor.rooms.desk.versions import versions_of


def promise_documents(promises: Sequence[Promise]) -> list[dict[str, Any]]:
    """These promises, in the same order; a fixed number of queries."""
    numbers = versions_of(PromiseStep, "promise", [each.pk for each in promises])
    replaced = [each.instead_of_id for each in promises if each.instead_of_id is not None]
    before = dict(Promise.objects.filter(pk__in=replaced).values_list("pk", "public_id"))
    return [
        _document(row, numbers[row.promise.pk], before.get(row.promise.instead_of_id or 0)) for row in rows(promises)
    ]


def whole_promise_document(promise: Promise) -> dict[str, Any]:
    """One promise with its steps."""
    (told,) = promise_documents([promise])
    steps = [
        {
            "kind": each.step.kind,
            "says": said(each.name),
            "at": _moment(each.step.at),
            "by": each.step.by.name if each.step.by else None,
            "why": each.step.why,
            "undone": each.step.undone,
        }
        for each in history(promise)
    ]
    return told | {"steps": steps}


def _document(row: Row, version: int, before: UUID | None) -> dict[str, Any]:
    promise = row.promise
    return {
        "id": str(promise.public_id),
        "state": promise.state,
        "standing": row.standing.value,
        "what": promise.what,
        "quote": row.quote,
        "made": _moment(promise.made_at),
        "due": _moment(promise.due_at),
        "whole_day": row.whole_day,
        "settled": _moment(promise.settled_at),
        "person": str(row.person.public_id) if row.person else None,
        "case": str(promise.case.public_id) if promise.case else None,
        "reply": str(promise.reply.public_id) if promise.reply else None,
        "owner": promise.owner.name if promise.owner else None,
        "owner_id": str(promise.owner.public_id) if promise.owner else None,
        "adviser": promise.adviser or None,
        "answered": row.answered is not None,
        "instead_of": str(before) if before else None,
        "version": version,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at is not None else None
