"""Entries as JSON documents; ``docs/json.md`` describes them."""

from collections.abc import Sequence
from typing import Any

from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.models import Answer, Version


def entry_document(answer: Answer, version: Version, asked: Sequence[str]) -> dict[str, Any]:
    """An entry as a version of it says; ``asked`` are its phrasings."""
    return {
        "id": str(answer.public_id),
        "question": version.question,
        "text": version.text,
        "language": version.language,
        "subject": version.subject or None,
        "phrasings": list(asked),
        "forms": [dict(each) for each in version.forms],
        "facts": [{**each.to_json(), "says": each.fact.says(version.language)} for each in read_facts(version.facts)],
        "state": version.state,
        "audience": version.audience,
        "owner": version.owner.email if version.owner else None,
        "valid_from": _day(version.valid_from),
        "valid_to": _day(version.valid_to),
        "review_on": _day(version.review_on),
        "version": version.number,
        "at": version.at.isoformat(),
        "by": version.by.email if version.by else None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def version_document(version: Version) -> dict[str, Any]:
    """What happened to an entry: one line of its past."""
    return {
        "id": str(version.public_id),
        "number": version.number,
        "at": version.at.isoformat(),
        "by": version.by.email if version.by else None,
        "why": version.why or None,
        "state": version.state,
        "proposal": version.proposal or None,
        "imported": version.imported,
    }
