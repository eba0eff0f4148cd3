"""Days of the calendar as people write them, as in HeidelTime's patterns: "1 maart", "01-03-2026", "de laatste dag van
februari", "first of March", "eind dit jaar", "woensdag de achtste", "nieuwjaarsdag", "week 14".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gehoor.analysis.agreement.facts import Day
from gehoor.analysis.agreement.lexicon import named
from gehoor.analysis.agreement.numbers import ordinal

_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _table(key: str) -> dict[str, int]:
    return {form: i for i, line in enumerate(named("calendar")[key], 1) for form in line.split()}


MONTHS = _table("month")
WEEKDAYS = _table("weekday")
_HOLIDAYS = {name: int(day) for name, _, day in (part.partition("=") for part in named("calendar")["holiday"])}
_ORDINALS = sorted(
    {part.partition("=")[0].strip() for part in named("numbers")["ordinal"]}, key=lambda word: (-len(word), word)
)


def _either(words: "dict[str, int] | list[str]") -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_M = rf"(?P<month>{_either(MONTHS)})\.?"
_LONG = [name for name in MONTHS if len(name) > 3 or name == "mei"]
_MM = rf"(?P<month>{_either(_LONG)})"
_W = rf"(?P<weekday>{_either(WEEKDAYS)})\b\.?"
_Y = r"(?:,?\s*(?P<year>(?:19|20)\d\d)\b(?![.,]?\d))?"
_NTH = rf"(?P<nth>{_either(_ORDINALS)}|laatste|last|[1-5](?:e|ste|de|st|nd|rd|th))"
_D = r"(?P<day>[0-3]?\d)(?:\s?(?:e|ste|de|st|nd|rd|th)\b)?"
_CARDINALS = {part.partition("=")[0].strip(): int(part.partition("=")[2]) for part in named("calendar")["cardinal"]}
_DW = rf"(?P<dayword>{_either([*_ORDINALS, *_CARDINALS])}|één|een|one)"
_PART = (
    r"(?P<part>begin(?:ning)? (?:van |of )?|start of |half |midden |mid[ -]?|medio |eind(?:e)? (?:van )?|early |"
    r"late |the end of |end of |het eind(?:e)? van )"
)
_LEAD = r"(?<![\w.,/-])"
_THIS = r"(?P<this>dit|deze|de|het|volgend|volgende|komend|komende|eerstvolgende|this|next|the|coming|of the|of this)"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A day at ``start`` to ``end`` of the text."""

    start: int
    end: int
    day: Day


def _span(first: int, last: int, year: str | None, weekday: str | None = None) -> Day:
    return Day(first, last, int(year) if year else 0, WEEKDAYS[weekday] if weekday else 0)


def _one(month: int, day: int, year: str | None, weekday: str | None = None) -> Day | None:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN[month - 1]):
        return None
    return _span(month * 100 + day, month * 100 + day, year, weekday)


def _get(hit: re.Match[str], name: str) -> str | None:
    return hit.groupdict().get(name)


def _day_month(hit: re.Match[str]) -> Day | None:
    word = _get(hit, "dayword")
    number = int(hit["day"]) if _get(hit, "day") else _day_number(word or "")
    return _one(MONTHS[hit["month"]], number, _get(hit, "year"), _get(hit, "weekday"))


def _day_number(word: str) -> int:
    return 1 if word in ("één", "een", "one") else _CARDINALS.get(word, 0) or ordinal(word)


def _in_figures(hit: re.Match[str]) -> Day | None:
    year = _get(hit, "year")
    if year and len(year) == 2:
        year = f"20{year}"
    return _one(int(hit["m"]), int(hit["day"]), year, _get(hit, "weekday"))


def _nth_of_month(hit: re.Match[str]) -> Day | None:
    """ "eerste zaterdag van mei", "laatste dag van februari", "laatste dag van de maand"."""
    month = MONTHS.get(_get(hit, "month") or "", 0)
    weekday = WEEKDAYS.get(hit["what"], 0)
    length = _DAYS_IN[month - 1] if month else 31
    number = 0 if hit["nth"] in ("laatste", "last") else ordinal(hit["nth"]) or int(re.sub(r"\D", "", hit["nth"]) or 1)
    if weekday:
        first, last = (length - 7, length) if not number else (7 * number - 6, min(7 * number, length))
    elif not number:
        first, last = (28 if month in (0, 2) else length), length
    else:
        first = last = number
    if number > 31 or first > length:
        return None
    return Day(month * 100 + first, month * 100 + last, int(_get(hit, "year") or 0), weekday)


def _part_of_month(hit: re.Match[str]) -> Day:
    month = MONTHS[hit["month"]]
    first, last = 1, _DAYS_IN[month - 1]
    part = (_get(hit, "part") or "").strip()
    if part.startswith(("begin", "start", "early")):
        last = 12
    elif part.startswith(("half", "mid", "medio")):
        first, last = 10, 20
    elif part:
        first = 18
    return Day(month * 100 + first, month * 100 + (31 if not part else last), int(_get(hit, "year") or 0))


def _relative(hit: re.Match[str]) -> Day:
    unit = {"w": "week", "m": "month", "j": "year", "y": "year"}[hit["unit"][0]]
    following = hit["this"].startswith(("volgend", "komend", "eerstv", "next", "coming"))
    return Day(0, 0, 0, 0, unit, 1 if following else 0)


def _today(hit: re.Match[str]) -> Day:
    steps = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2, "the day after tomorrow": 2}
    return Day(0, 0, 0, 0, "today", steps[hit["today"]])


def _week(hit: re.Match[str]) -> Day | None:
    week = int(hit["week"])
    if not 1 <= week <= 53:
        return None
    return Day(_month_day(7 * week - 10), _month_day(7 * week + 3), int(_get(hit, "year") or 0))


def _month_day(ordinal_day: int) -> int:
    left = max(1, min(ordinal_day, 366))
    for month, length in enumerate(_DAYS_IN, 1):
        if left <= length:
            return month * 100 + left
        left -= length
    return 1231


def _of_year(hit: re.Match[str]) -> Day:
    part = (_get(hit, "part") or "").strip()
    first, last = 101, 1231
    if part.startswith(("begin", "start", "early")):
        last = 331
    elif part.startswith(("half", "mid", "medio")):
        first, last = 515, 815
    elif part:
        first = 1015
    return Day(first, last, int(hit["year"]))


def _monthly(hit: re.Match[str]) -> Day | None:
    number = int(hit["day"]) if _get(hit, "day") else _day_number(hit["dayword"])
    weekday = _get(hit, "weekday")
    return Day(number, number, 0, WEEKDAYS[weekday] if weekday else 0) if 1 <= number <= 31 else None


_Reader = Callable[[re.Match[str]], Day | None]
_OPTIONAL_W = rf"(?:{_W},?\s+)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = tuple(
    (gates, re.compile(_LEAD + expression), reader)
    for gates, expression, reader in (
        ("f", r"(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)(?![\w-])", _in_figures),
        (
            "f",
            rf"{_OPTIONAL_W}(?P<day>[0-3]?\d)[-/.](?P<m>[01]?\d)[-/.](?P<year>(?:19|20)?\d\d)(?![\w-]|[.,]\d)",
            _in_figures,
        ),
        (
            "f",
            rf"{_OPTIONAL_W}(?P<day>[0-3]?\d)-(?P<m>0[1-9]|1[0-2]|[1-9])(?![\w-]|[.,]\d|\s*(?:euro|procent|%|\w*dagen|weken|maanden|jaar|uur|keer|personen))",
            _in_figures,
        ),
        ("dm", rf"{_OPTIONAL_W}(?:de |the )?{_D}\s*(?:van |of |-)?\s*{_M}(?!\w){_Y}", _day_month),
        ("om", rf"{_OPTIONAL_W}(?:de |the )?{_DW}\s+(?:dag )?(?:van |of )?{_MM}(?!\w){_Y}", _day_month),
        ("om", rf"{_OPTIONAL_W}{_MM} (?:the )?{_DW}(?!\w){_Y}", _day_month),
        ("s", r"(?<=vóór )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("s", r"(?<=tot )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("s", r"(?<=m )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("dm", rf"{_OPTIONAL_W}{_M} (?:the )?{_D}(?![\d.,]\d|\w){_Y}", _day_month),
        (
            "o",
            (
                rf"(?:de |the )?{_NTH} (?P<what>dag|werkdag|day|working day|{_either(WEEKDAYS)}) (?:van|in|of) "
                rf"(?:(?:de|elke|iedere|the|each|every) (?:maand|month)\b|{_MM}(?!\w){_Y})"
            ),
            _nth_of_month,
        ),
        (
            "h",
            rf"(?P<holiday>{'|'.join(sorted(map(re.escape, _HOLIDAYS), key=lambda w: (-len(w), w)))})(?!\w){_Y}",
            lambda hit: _span(_HOLIDAYS[hit["holiday"]], _HOLIDAYS[hit["holiday"]], _get(hit, "year")),
        ),
        ("w", rf"{_W},? (?:de |the )?(?:{_D}|{_DW})(?![\w%]|[.,:]\d|\s*(?:euro|procent|uur|keer))", _monthly),
        (
            "o",
            (
                rf"(?:elke |iedere |rond |omstreeks |op |on |around |per |vóór |voor |before |by )?(?:de|the|elke|"
                rf"iedere|every) (?:(?P<day>[0-3]?\d)(?:e|ste|de|st|nd|rd|th)|{_DW}) (?:dag )?(?:van|of) (?:de|"
                rf"elke|iedere|each|every|the) (?:kalender)?(?:maand|month)\b"
            ),
            _monthly,
        ),
        (
            "d",
            (
                r"(?:rond|omstreeks|op|on|around|per|vóór|voor|before|by|elke|every|tot|until) (?:de |the "
                r")?(?P<day>[0-3]?\d)(?:e|ste|de|st|nd|rd|th)(?! ?\w*(?:keer|jaar|maand|time|year|dag|day|week|"
                r"rekening))(?!\w)"
            ),
            _monthly,
        ),
        ("m", rf"(?:{_PART}){_MM}(?!\w){_Y}", _part_of_month),
        ("m", rf"{_MM}(?!\w)(?!\s+\d{{1,2}}\b){_Y}", _part_of_month),
        ("y", rf"(?:{_PART})(?P<year>20\d\d)\b(?![.,]\d)", _of_year),
        (
            "y",
            (
                r"(?:in|vanaf|per|sinds|since|from|until|tot|voor|vóór|before|na|after|of|van) (?P<year>(?:19|"
                r"20)\d\d)\b(?![.,]\d|\s*(?:euro|kwh|keer))"
            ),
            _of_year,
        ),
        ("r", rf"(?:{_PART})?{_THIS} (?P<unit>week|maand|jaar|month|year)\b", _relative),
        ("t", r"(?P<today>the day after tomorrow|overmorgen|vandaag|morgen(?!\s*ochtend)|today|tomorrow)\b", _today),
        ("o", rf"(?<=, )(?:de|the) {_DW}(?=[,.;!?]|\Z| om| tussen| at| between)", _monthly),
        ("s", r"(?<=[=:>] )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("s", r"(?<=op )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("s", r"(?<=per )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("s", r"(?<=vanaf )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", _in_figures),
        ("k", r"week (?P<week>\d\d?)\b(?:\s+(?:van )?(?P<year>20\d\d))?", _week),
        (
            "w",
            rf"(?:elke |iedere |volgende |komende |aanstaande |op |on |every |each |next |de |the )?{_W}(?!\w)",
            lambda hit: Day(0, 0, 0, WEEKDAYS[hit["weekday"]]),
        ),
    )
)
"""Each with what a text must hold before it is tried: a digit, a month, a weekday, an ordinal, a holiday, and so on."""
_HOLDS = (
    ("m", frozenset(MONTHS)),
    ("w", frozenset(WEEKDAYS)),
    ("o", frozenset(_ORDINALS) | frozenset(_CARDINALS) | {"laatste", "last", "één", "een", "one"}),
    ("h", frozenset(word for name in _HOLIDAYS for word in re.findall(r"\w+", name))),
    ("r", frozenset(("week", "maand", "jaar", "month", "year"))),
    ("t", frozenset(("vandaag", "morgen", "overmorgen", "today", "tomorrow"))),
)
_WORDS = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_FIGURES = tuple(
    (gate, re.compile(figure))
    for gate, figure in (("f", r"\d[-/.]\d"), ("s", r"\d/\d"), ("y", r"(?:19|20)\d\d"), ("k", r"week \d"))
)


def _held(said: str) -> set[str]:
    """What of the gates a text holds."""
    words = set(_WORDS.findall(said))
    held = {gate for gate, wanted in _HOLDS if not words.isdisjoint(wanted)}
    if _FIGURE.search(said):
        held |= {"d", "o"} | {gate for gate, figure in _FIGURES if figure.search(said)}
    return held


_SHORT_WEEKDAY = frozenset(name for name in WEEKDAYS if len(name) <= 3)


def find_dates(said: str) -> Iterator[DateSpan]:
    """Days named in a text in lower case, in order, without overlap; the longer pattern comes first."""
    kept: list[DateSpan] = []
    busy = bytearray(len(said) + 1)
    held = _held(said)
    for gates, pattern, reader in _PATTERNS:
        if not held.issuperset(gates):
            continue
        for hit in pattern.finditer(said):
            if busy[hit.start()] or busy[hit.end() - 1] or _no_date(hit):
                continue
            day = reader(hit)
            if day is None:
                continue
            busy[hit.start() : hit.end()] = b"\x01" * (hit.end() - hit.start())
            kept.append(DateSpan(hit.start(), hit.end(), day))
    yield from sorted(kept, key=lambda each: each.start)


def _no_date(hit: re.Match[str]) -> bool:
    """A weekday in two letters ("do", "za", "sun") is one only next to a figure; "de maand" alone says nothing."""
    groups = hit.groupdict()
    only_weekday = bool(groups.get("weekday")) and not any(
        groups.get(name) for name in ("day", "dayword", "m", "month", "nth")
    )
    if only_weekday and groups["weekday"] in _SHORT_WEEKDAY:
        return True
    return groups.get("this") in ("de", "het", "the", "of the") and not groups.get("part")
