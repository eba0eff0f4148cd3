"""From a sheet to an export: what is asked in it, and what is known of each response."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gehoor.channels.base import Document, Wishes
from gehoor.channels.survey.export import Export, Question, key_of_question
from gehoor.channels.survey.judging import is_open, score_among
from gehoor.channels.survey.platforms import KNOWN_HEADINGS, Platform, is_box, platform_of
from gehoor.channels.table import cells as reads
from gehoor.channels.table.formats import sheets_of
from gehoor.channels.table.heading import name_of, names, numbered
from gehoor.channels.table.mapping import UnknownColumn, check_fields, listed, shown, wanted_columns
from gehoor.channels.table.proposal import propose_for
from gehoor.channels.table.sheet import Cell, Record, Refused, Sheet, as_text

CHANNEL = "survey"
SEVERAL = 2
"""Open questions that make a survey of a table in which one could be any text."""

_IDENTIFYING = ("author", "email", "phone", "customer_number")
_PROPOSED = ("said_at", *_IDENTIFYING, "id")
_NPS_GROUP = "_NPS_GROUP"


def exports_of(document: Document, wishes: Wishes) -> list[Export]:
    """The sheets of the document that hold a survey. Raises :class:`CannotRead` when it is no table at all."""
    check_fields(wishes.mapping)
    sheets = sheets_of(document, KNOWN_HEADINGS | wanted_columns(wishes.mapping))
    exports = [found for sheet in sheets if (found := export_of(sheet, wishes.channel)) is not None]
    return [_mapped(export, wishes.mapping) for export in exports]


def export_of(sheet: Sheet, channel: str = "") -> Export | None:
    """The sheet as an export that we know, or as any survey where ``channel`` says so; else None."""
    platform = platform_of(sheet.columns, sheet.sample)
    if platform is not None:
        return _known(sheet, platform)
    return _judged(_with_heading(sheet)) if channel == CHANNEL else None


def _known(sheet: Sheet, platform: Platform) -> Export:
    columns = _columns(sheet, platform.lead)
    questions = platform.typed if platform.typed is not None else _asked(platform, columns)
    roles = platform.roles()
    moments = (*roles.get("recorded", ()), *roles.get("ended", ()), *roles.get("started", ()))
    roles |= {"said_at": moments} if moments else {}
    roles = _found_besides(sheet, platform, questions) | roles
    taken = {each.place for each in questions}
    free = [at for at in range(len(columns)) if at not in taken and not platform.is_beside(at)]
    score = _nps(platform.keys)
    if score < 0:
        headings = [(at, f"{platform.names[at]} {platform.questions[at]}") for at in free]
        score = score_among(headings, [columns[at] for at in free], by_contents=not platform.coded)
    roles |= {"score": (score,)} if score >= 0 else {}
    return Export(sheet, platform.lead, questions, roles, platform.zone, platform.month_first, platform.not_shown)


def _found_besides(sheet: Sheet, platform: Platform, questions: Sequence[Question]) -> dict[str, tuple[int, ...]]:
    """Addresses and numbers that the organisation added, or asked for in a question."""
    taken = {each.place for each in questions}
    proposal = propose_for(replace(sheet, sample=sheet.sample[platform.lead :]))
    found = {field: sheet.columns.index(proposal[field]) for field in _IDENTIFYING if field in proposal}
    return {field: (at,) for field, at in found.items() if at not in taken and not platform.is_beside(at)}


def _nps(keys: Sequence[str]) -> int:
    """The place of the question that has a group of promoters beside it; -1 unless there is one."""
    found = [keys.index(base) for key in keys if key.endswith(_NPS_GROUP) and (base := key[: -len(_NPS_GROUP)]) in keys]
    return found[0] if len(found) == 1 else -1


def _columns(sheet: Sheet, lead: int) -> list[list[Cell]]:
    rows = sheet.sample[lead:]
    return [[row[at] for row in rows if at < len(row)] for at in range(len(sheet.columns))]


def _asked(platform: Platform, columns: Sequence[Sequence[Cell]]) -> tuple[Question, ...]:
    """The open questions by what stands under each heading that is not the survey maker's own."""
    return tuple(
        Question(at, text, platform.keys[at], aside=is_box(platform.names[at]) or is_box(text))
        for at, text in enumerate(platform.questions)
        if not platform.is_beside(at) and is_open(text, columns[at])
    )


def _judged(sheet: Sheet) -> Export | None:
    """Any other table: what the table reader would take a column for first, then what stands in the others."""
    proposal = propose_for(sheet)
    known = {field: sheet.columns.index(proposal[field]) for field in _PROPOSED if field in proposal}
    columns = _columns(sheet, 0)
    places = [at for at in range(len(columns)) if at not in known.values()]
    questions = tuple(
        Question(at, sheet.columns[at], key_of_question(sheet.columns[at]))
        for at in places
        if is_open(sheet.columns[at], columns[at])
    )
    taken = {each.place for each in questions}
    free = [at for at in places if at not in taken]
    score = score_among([(at, sheet.columns[at]) for at in free], [columns[at] for at in free], by_contents=True)
    roles = {field: (place,) for field, place in known.items()} | ({"score": (score,)} if score >= 0 else {})
    return Export(sheet, 0, questions, roles)


def _with_heading(sheet: Sheet) -> Sheet:
    """A sheet whose first row asks questions too long for names: they are its names all the same."""
    if not sheet.sample or sheet.columns != numbered(len(sheet.columns)):
        return sheet
    first = [name_of(cell) for cell in sheet.sample[0]]
    facts = any((reads.score(cell) is not None and len(cell) < 12) or reads.emails(cell) for cell in first)
    filled = [cell for cell in first if cell]
    asks = any(cell.endswith("?") for cell in filled)
    if facts or not asks or len(set(filled)) < len(filled):
        return sheet

    return replace(sheet, columns=names(sheet.sample[0]), sample=sheet.sample[1:], records=lambda: _below(sheet))


def _below(sheet: Sheet) -> Iterator[Record]:
    """The records without the first that could be read."""
    records = sheet.records()
    for record in records:
        if not isinstance(record, Refused):
            break
        yield record
    yield from records


def _mapped(export: Export, mapping: Mapping[str, str]) -> Export:
    """The export with what the person said about its columns. Raises :class:`UnknownColumn`."""
    said = {field: (_place(name, export.sheet.columns),) for field, name in mapping.items() if name.strip()}
    if not said:
        return export
    taken = {place for (place,) in said.values()}
    questions = tuple(each for each in export.questions if each.place not in taken)
    roles = dict(export.roles) | said
    return Export(export.sheet, export.lead, questions, roles, export.zone, export.month_first, export.not_shown)


def _place(name: str, columns: Sequence[str]) -> int:
    wanted = name_of(name).casefold()
    place = next((at for at, column in enumerate(columns) if name_of(column).casefold() == wanted), None)
    if place is None:
        raise UnknownColumn(name=shown(name), columns=listed(columns))
    return place


def is_blank(record: Sequence[Cell]) -> bool:
    """Whether nothing at all stands in a row."""
    return not any(as_text(cell).strip() for cell in record)
