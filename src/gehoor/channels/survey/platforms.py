"""The shapes of the exports that survey makers write: where the questions stand, and what each other column is."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gehoor.channels.survey.export import Question, key_of_question
from gehoor.channels.table.dates import HOME, Moments
from gehoor.channels.table.sheet import Cell, as_text

KNOWN_HEADINGS = frozenset({
    "StartDate", "ResponseId", "ResponseID", "V1", "V10", "Respondent ID", "Collector ID", "id. Response ID",
    "Response ID", "submitdate", "submitdate. Date submitted", "lastpage", "startlanguage", "Network ID",
    "Start Date (UTC)", "Submit Date (UTC)", "Antwoord ID", "Antwoord-ID",
})  # fmt: skip
"""Names that stand in the first row of such an export and nowhere else."""

_ROLES = {
    "id": "responseid respondentid antwoordid _recordid recordid",
    "status": "status antworttyp responsetype",
    "finished": "finished",
    "progress": "progress",
    "distribution": "distributionchannel",
    "recorded": "recordeddate submitdate datesubmitted submitdateutc datumverzonden datumingevuld",
    "ended": "enddate datestamp datelastaction stagedateutc datumlaatsteactie",
    "started": "startdate datestarted startdateutc datumgestart",
    "email": "recipientemail emailaddress email emailadres",
    "customer_number": "externalreference externaldatareference",
    "first_name": "recipientfirstname firstname voornaam",
    "last_name": "recipientlastname lastname achternaam",
    "author": "name",
}
_MEANING = {word: role for role, words in _ROLES.items() for word in words.split()}
_BESIDE = frozenset({
    "responseset", "ipaddress", "ipaddr", "ipadres", "durationinseconds", "locationlatitude", "locationlongitude",
    "locationaccuracy", "userlanguage", "lastpage", "laatstepagina", "startlanguage", "starttaal", "begintaal", "seed",
    "token", "toegangscode", "accesscode", "refurl", "refererurl", "collectorid", "networkid", "tags", "ending",
    "customdata1", "datemodified", "interviewtime", "totaltime",
})  # fmt: skip
"""Columns of the survey maker's own that are no questions."""
_SIGNS = re.compile(r"[^a-z0-9_]+")
_IMPORT = re.compile(r"""\s*\{\s*["']ImportId["']""")
_OPEN_ID = re.compile(r"(?:\d+_)?QID\d+_TEXT\Z")
_BOX_ID = re.compile(r"(?:\d+_)?QID\d+(?:#\d+)?(?:_\d+)+_TEXT\Z")
_OPEN_ENDED = re.compile(
    r"open[- ]?end(?:ed)? (?:response|antwoord)|open (?:antwoord|reactie)|antwort mit offenem ende|offene antwort|"
    r"réponse ouverte",
    re.IGNORECASE,
)
_OTHER_BOX = re.compile(
    r"^(?:other|anders|overig\w*)\b.*(?:specify|namelijk|nl\.|geef|toelicht)|"
    r"\((?:please specify|geef nadere toelichting)\)",
    re.IGNORECASE,
)
_CODED = re.compile(r"([A-Za-z][\w-]*(?:\[[^\]]*\])*)\.\s")
_LIME_BOX = re.compile(r"\[(?:other|comment|\w*comment)\]|\[(?:Other|Anders|Overige?)\]\s*\Z")


@dataclass(frozen=True, slots=True)
class Platform:
    """What one kind of export says by itself. ``typed`` are the open questions, None where contents have to tell."""

    lead: int
    names: tuple[str, ...]
    """What each column is called by the survey maker."""
    questions: tuple[str, ...]
    """What each column asks."""
    keys: tuple[str, ...]
    typed: tuple[Question, ...] | None = None
    coded: bool = False
    """Whether closed answers may stand in it as numbers that mean something else."""
    zone: tzinfo = HOME
    month_first: bool = False
    not_shown: frozenset[str] = frozenset()
    id_place: int = -1

    def is_beside(self, place: int) -> bool:
        """Whether a column is of the survey maker's own, and no question."""
        name = squeezed(self.names[place])
        return name in _BESIDE or name in _MEANING or place == self.id_place

    def roles(self) -> dict[str, tuple[int, ...]]:
        """What each of these says of a response, by role."""
        found: dict[str, tuple[int, ...]] = {}
        for place, name in enumerate(self.names):
            if role := _MEANING.get(squeezed(name)):
                found[role] = (*found.get(role, ()), place)
        if self.id_place >= 0:
            found["id"] = (self.id_place,)
        return found


def squeezed(name: str) -> str:
    """A name in lower case without spaces and signs."""
    return _SIGNS.sub("", name.casefold())


def platform_of(columns: Sequence[str], sample: Sequence[Sequence[Cell]]) -> Platform | None:
    """Which export this is, by its headings and first rows; None when it is none that we know."""
    rows = [[as_text(cell) for cell in row] for row in sample[:3]]
    return next((found for shape in _SHAPES if (found := shape(tuple(columns), rows))), None)


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    cleaned = [" ".join(cell.split()) for cell in row[:width]]
    return (*cleaned, *[""] * (width - len(cleaned)))


def _qualtrics(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Platform | None:
    """Three headings: names, what was asked, and as JSON the id under which an answer is imported again."""
    place = next((at for at, row in enumerate(rows[:2]) if sum(map(bool, map(_IMPORT.match, row))) > len(row) / 2), -1)
    if place < 0:
        return None
    imports = [_imported(cell) for cell in _padded(rows[place], len(columns))]
    ids = tuple(str(each.get("ImportId", "")) for each in imports)
    texts = _padded(rows[0], len(columns)) if place else columns
    typed = tuple(
        Question(at, texts[at] or columns[at], key_of_question(each), aside=not _OPEN_ID.match(each))
        for at, each in enumerate(ids)
        if _OPEN_ID.match(each) or _BOX_ID.match(each)
    )
    names = tuple(each if not each.startswith("QID") else "" for each in ids)
    zone = next((each["timeZone"] for each in imports if each.get("timeZone")), "")
    return Platform(place + 1, names, texts, tuple(map(key_of_question, ids)), typed, coded=True, zone=_zone(zone))


def _imported(cell: str) -> Mapping[str, str]:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _zone(name: str) -> tzinfo:
    if name in {"Z", "UTC"}:
        return UTC
    try:
        return ZoneInfo(name) if name else HOME
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return HOME


def _old_qualtrics(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Platform | None:
    """Two headings, the first of numbers (V1, V2, Q1) or names, the second of names and what was asked."""
    first = _padded(rows[0], len(columns)) if rows else ()
    numbered = {"V1", "V2"} <= set(columns) and "responseid" in map(squeezed, first)
    known = set(map(squeezed, columns))
    named = (
        "responseid" in known and bool({"startdate", "recordeddate"} & known) and bool({"enddate", "status"} & known)
    )
    if not (numbered or named):
        return None
    lead = 1 if numbered or _is_heading(columns, first) else 0
    texts = first if lead else columns
    names = tuple(text if name.startswith("V") else name for name, text in zip(columns, first)) if numbered else columns  # noqa: B905
    return Platform(lead, names, texts, tuple(map(key_of_question, columns)), coded=True)


def _is_heading(columns: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a second row tells what was asked: there is no date in the column of dates."""
    dated = [row[at] for at, name in enumerate(columns) if "date" in squeezed(name) and at < len(row)]
    return bool(dated) and not any(map(Moments(), dated))


def _surveymonkey(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Platform | None:
    """Two headings: what was asked (once for several columns), and which part of it or "Open-Ended Response"."""
    known = set(map(squeezed, columns))
    if "respondentid" not in known or not known & {"collectorid", "startdate", "enddate"}:
        return None
    place = list(map(squeezed, columns)).index("respondentid")
    second = _padded(rows[0], len(columns)) if rows else ("",) * len(columns)
    lead = int(bool(rows) and not second[place] and any(second))
    if not lead:
        return Platform(0, columns, columns, tuple(map(key_of_question, columns)), month_first=True)
    asked = _carried(columns)
    typed = tuple(
        Question(
            at, asked[at] if not _OTHER_BOX.search(part) else f"{asked[at]} {part}", _monkey_key(asked[at], part), box
        )
        for at, part in enumerate(second)
        for box in (bool(_OTHER_BOX.search(part)),)
        if box or _OPEN_ENDED.search(part)
    )
    keys = tuple(_monkey_key(text, part) for text, part in zip(asked, second, strict=True))
    questions = tuple(" ".join((text, part)).strip() for text, part in zip(asked, second, strict=True))
    has_open = any(not each.aside for each in typed)
    return Platform(lead, columns, questions, keys, typed if has_open else None, month_first=True)


def _carried(columns: Sequence[str]) -> list[str]:
    """The question of each column: a column without a heading belongs to the question before it."""
    asked: list[str] = []
    for number, name in enumerate(columns, start=1):
        asked.append(asked[-1] if asked and name == f"column {number}" else name)
    return asked


def _monkey_key(asked: str, part: str) -> str:
    return key_of_question(f"{asked} / {part}")


def _typeform(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Platform | None:
    """One heading: the response's token (#), what was asked, and moments in UTC."""
    known = set(map(squeezed, columns))
    if not {"startdateutc", "submitdateutc"} & known or not ({"networkid"} & known or columns[0] == "#"):
        return None
    place = columns.index("#") if "#" in columns else -1
    return Platform(0, columns, columns, tuple(map(key_of_question, columns)), zone=UTC, id_place=place)


def _limesurvey(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> Platform | None:
    """One heading: codes, what was asked, or both ("id. Response ID")."""
    coded = [found.group(1) if (found := _CODED.match(name)) else name for name in columns]
    known = set(map(squeezed, coded)) | set(map(squeezed, columns))
    has_id = bool({"id", "responseid", "antwoordid"} & known)
    own = {"lastpage", "startlanguage", "laatstepagina", "begintaal", "starttaal"} & known
    if (
        not has_id
        or not own
        or not {"submitdate", "datesubmitted", "lastpage", "datumverzonden", "laatstepagina"} & known
    ):
        return None
    texts = tuple(name[len(found.group()) :] if (found := _CODED.match(name)) else name for name in columns)
    place = next(at for at, name in enumerate(coded) if squeezed(name) in {"id", "responseid", "antwoordid"})
    keys = tuple(map(key_of_question, coded))
    return Platform(0, tuple(coded), texts, keys, coded=True, not_shown=frozenset({"N/A"}), id_place=place)


def is_box(name: str) -> bool:
    """Whether a column of LimeSurvey is the box of a closed question."""
    return bool(_LIME_BOX.search(name))


_SHAPES: tuple[Callable[[tuple[str, ...], Sequence[Sequence[str]]], Platform | None], ...] = (
    _qualtrics,
    _surveymonkey,
    _typeform,
    _limesurvey,
    _old_qualtrics,
)
