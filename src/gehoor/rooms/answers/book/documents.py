"""Entries as JSON documents; ``docs/json.md`` describes them."""

from collections.abc import Iterator, Sequence
from typing import Any

from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.book.listing import in_order, phrasings_by_answer
from gehoor.rooms.answers.models import Answer, State, Version


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


def list_document(*, state: str = "", archived: bool = False) -> dict[str, Any]:
    """The book, by subject and question."""
    rows = in_order(archived=archived or state == State.ARCHIVED).select_related("current__owner", "current__by")
    rows = rows.filter(current__state=state) if state else rows
    return {"answers": list(_documents(list(rows)))}


def _documents(rows: Sequence[Answer]) -> Iterator[dict[str, Any]]:
    asked = phrasings_by_answer([each.pk for each in rows])
    for each in rows:
        if each.current is not None:
            yield entry_document(each, each.current, asked.get(each.pk, []))


def found_document(text: str, most: int = 10) -> dict[str, Any]:
    """What answers a question, best first, with how probable that is and where in the text it is asked."""
    hits = find_answers(text, most)
    documents = _documents([hit.answer for hit in hits])
    return {
        "answers": [
            {**each, "probability": round(hit.probability, 4), "asked": {"start": hit.start, "end": hit.end}}
            for each, hit in zip(documents, hits, strict=True)
        ]
    }


def whole_document(answer: Answer) -> dict[str, Any]:
    """One entry with its past and the needs that it answers."""
    document = next(iter(_documents([answer])))
    versions = answer.versions.select_related("by").order_by("number")
    return {
        **document,
        "needs": [str(each.need) for each in answer.needs.order_by("pk")],
        "versions": [version_document(each) for each in versions],
    }


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
