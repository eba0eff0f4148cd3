"""The book as a file: CSV, Markdown (which reads back exactly), JSON, or a page of HTML."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from io import StringIO

from django.db.models import QuerySet
from django.template.loader import render_to_string

from gehoor.rooms.answers.book.documents import entry_document
from gehoor.rooms.answers.book.facts import read_facts, write_facts
from gehoor.rooms.answers.book.listing import phrasings_by_answer
from gehoor.rooms.answers.book.reading.markdown import ASKED, END, ENTRY, FORM, OWN_MARK, escaped
from gehoor.rooms.answers.book.reading.tables import FIELDS, guarded
from gehoor.rooms.answers.models import Answer, Version

_AT_ONCE = 500


class Kind(StrEnum):
    """In which form the book is written."""

    CSV = "csv"
    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


MEDIA_TYPES: Mapping[Kind, str] = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.MARKDOWN: "text/markdown; charset=utf-8",
    Kind.JSON: "application/json",
    Kind.HTML: "text/html; charset=utf-8",
}

Entry = tuple[Answer, Version, list[str]]


def exported(rows: QuerySet[Answer], kind: Kind, language: str) -> Iterator[str]:
    """The file, a piece at a time."""
    return _WRITERS[kind](_entries(rows), language)


def _entries(rows: QuerySet[Answer]) -> Iterator[Entry]:
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found = Answer.objects.select_related("current__owner", "current__by").in_bulk(some)
        asked = phrasings_by_answer(some)
        for key in some:
            answer = found.get(key)
            if answer is not None and answer.current is not None:
                yield answer, answer.current, asked.get(key, [])


def _csv(entries: Iterator[Entry], _: str) -> Iterator[str]:
    """Cells that a program could take for a formula are written as text."""
    yield "\ufeff" + _line(FIELDS)
    for answer, version, asked in entries:
        cells = _cells(answer, version, asked)
        yield _line([guarded(cells.get(field, "")) for field in FIELDS])


def _line(cells: tuple[str, ...] | list[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _cells(answer: Answer, version: Version, asked: list[str]) -> dict[str, str]:
    """What stands in each column."""
    return {
        "question": version.question,
        "answer": version.text,
        "id": str(answer.public_id),
        "phrasings": "\n".join(asked) if len(asked) != 1 or "|" not in asked[0] else f"{asked[0]}\n",
        **_said(version),
        **{f"{each['manner']}_{each['language']}": each["text"] for each in version.forms},
    }


def _said(version: Version) -> dict[str, str]:
    return {
        "language": version.language,
        "subject": version.subject,
        "state": version.state,
        "audience": version.audience,
        "owner": version.owner.email if version.owner else "",
        "valid_from": version.valid_from.isoformat() if version.valid_from else "",
        "valid_to": version.valid_to.isoformat() if version.valid_to else "",
        "review_on": version.review_on.isoformat() if version.review_on else "",
    }


def _markdown(entries: Iterator[Entry], _: str) -> Iterator[str]:
    yield f"{OWN_MARK}\n"
    for answer, version, asked in entries:
        yield "\n".join(_lines(answer, version, asked)) + "\n"


def _lines(answer: Answer, version: Version, asked: list[str]) -> Iterator[str]:
    yield f"\n## {version.question}\n"
    yield ENTRY
    yield f"id: {answer.public_id}"
    for name, value in _said(version).items():
        yield f"{name}: {value}"
    facts = write_facts(each for each in read_facts(version.facts) if each.by_person)
    if facts:
        yield "facts: " + json.dumps(facts, ensure_ascii=False).replace("--", "-\\u002d")
    yield f"{END}\n"
    yield f"{escaped(version.text)}\n"
    if asked:
        yield f"{ASKED}\n"
        yield from (f"- {each}" for each in asked)
        yield ""
    for each in version.forms:
        yield f"{FORM} {each['manner']} {each['language']} {END}\n\n{escaped(each['text'])}\n"


def _json(entries: Iterator[Entry], _: str) -> Iterator[str]:
    yield '{"answers": ['
    for number, (answer, version, asked) in enumerate(entries):
        yield ("," if number else "") + "\n" + json.dumps(entry_document(answer, version, asked), ensure_ascii=False)
    yield "\n]}\n"


def _html(entries: Iterator[Entry], language: str) -> Iterator[str]:
    """One page, to print or to lay elsewhere; nothing in it but what the entries say."""
    rows = [
        {"question": version.question, "text": version.text, "language": version.language, "subject": version.subject}
        for _, version, _ in entries
    ]
    yield render_to_string("answers/book/exported.html", {"rows": rows, "language": language})


_WRITERS: Mapping[Kind, Callable[[Iterator[Entry], str], Iterator[str]]] = {
    Kind.CSV: _csv,
    Kind.MARKDOWN: _markdown,
    Kind.JSON: _json,
    Kind.HTML: _html,
}
