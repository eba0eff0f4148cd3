"""The register as a file: CSV, or JSON; no cell that a spreadsheet could take for a formula."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from io import StringIO
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.complaints.listing import OUTCOME_NAMES, Filters, filtered
from gehoor.rooms.desk.complaints.terms import in_time
from gehoor.rooms.desk.models import Complaint
from gehoor.rooms.privacy.audit import do_log

_AT_ONCE = 500
YES, NO = sentence("yes"), sentence("no")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

FIELDS: Mapping[str, str] = {
    "id": sentence("id"),
    "received": sentence("received"),
    "name": sentence("name"),
    "address": sentence("address"),
    "about": sentence("what it is about"),
    "official": sentence("official complaint"),
    "acknowledged": sentence("acknowledged"),
    "final_answer_by": sentence("final answer by"),
    "answered": sentence("answered"),
    "in_time": sentence("in time"),
    "outcome": sentence("outcome"),
    "handling": sentence("handling"),
    "cause": sentence("cause"),
    "lesson": sentence("lesson"),
    "removed": sentence("removed from the register"),
    "person_erased": sentence("person erased"),
    "blotted": sentence("blotted out"),
}
"""Of a line; what stands above the column in a table that people open."""


class Kind(StrEnum):
    """In which form the register is written."""

    CSV = "csv"
    JSON = "json"


MEDIA_TYPES: Mapping[Kind, str] = {Kind.CSV: "text/csv; charset=utf-8", Kind.JSON: "application/json"}


def do_export(filters: Filters, kind: Kind, actor: User, language: str = "") -> Iterator[str]:
    """The register as it is filtered, for someone who may; the trail says who saved it."""
    do_log(actor=actor, action="complaint.export", what="complaints")
    return exported(filtered(filters), kind, language)


def exported(rows: QuerySet[Complaint], kind: Kind, language: str = "") -> Iterator[str]:
    """The file, a piece at a time. ``language`` is that of the words in a table for people; "" leaves the names of the
    fields, for programs."""
    return _WRITERS[kind](_lines(rows), language)


def line_of(complaint: Complaint) -> dict[str, Any]:
    """A line of the register as values; times in our own zone, unknown is None."""
    return {
        "id": str(complaint.public_id),
        "received": _moment(complaint.received_at),
        "name": complaint.name,
        "address": complaint.address,
        "about": complaint.about,
        "official": complaint.official,
        "acknowledged": _moment(complaint.acknowledged_at),
        "final_answer_by": complaint.final_by.isoformat(),
        "answered": _moment(complaint.answered_at),
        "in_time": in_time(complaint),
        "outcome": complaint.outcome or None,
        "handling": complaint.handling,
        "cause": complaint.cause,
        "lesson": complaint.lesson,
        "removed": complaint.removed,
        "person_erased": complaint.person_erased_at is not None,
        "blotted": complaint.blotted,
    }


def guarded(value: str) -> str:
    """The same text as a cell that no spreadsheet takes for a formula: an apostrophe before it says that it is text."""
    return f"'{value}" if value.lstrip(" ").startswith(_BEGINS_A_FORMULA) else value


def _moment(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def _lines(rows: QuerySet[Complaint]) -> Iterator[dict[str, Any]]:
    for complaint in rows.select_related(None).iterator(_AT_ONCE):
        yield line_of(complaint)


def _csv(lines: Iterator[dict[str, Any]], language: str) -> Iterator[str]:
    words = _words(language)
    yield "\ufeff" + _row([words[field] for field in FIELDS])
    for line in lines:
        told = line | {"outcome": words[line["outcome"]] if line["outcome"] else None}
        yield _row([_cell(told[field], words) for field in FIELDS])


def _words(language: str) -> Mapping[str, str]:
    """Everything that is not from a complaint itself, as it is written."""
    names = {**FIELDS, **{str(key): name for key, name in OUTCOME_NAMES.items()}, YES: YES, NO: NO}
    if not language:
        return {key: key for key in names}
    with translation.override(language):
        return {key: gettext(name) for key, name in names.items()}


def _cell(value: Any, words: Mapping[str, str]) -> str:
    if value is None:
        return ""
    return words[YES if value else NO] if isinstance(value, bool) else guarded(str(value))


def _row(cells: list[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _json(lines: Iterator[dict[str, Any]], language: str) -> Iterator[str]:
    """Text in JSON is guarded too: it is what people load into a spreadsheet."""
    yield '{"version": 1, "complaints": ['
    for number, line in enumerate(lines):
        safe = {field: guarded(value) if isinstance(value, str) else value for field, value in line.items()}
        yield (",\n" if number else "\n") + json.dumps(safe, ensure_ascii=False)
    yield "\n]}\n"


_WRITERS: Mapping[Kind, Callable[[Iterator[dict[str, Any]], str], Iterator[str]]] = {Kind.CSV: _csv, Kind.JSON: _json}
