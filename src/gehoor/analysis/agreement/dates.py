"""Days of the calendar as people write them, as in HeidelTime's patterns: "1 maart", "01-03-2026", "de laatste dag van
februari", "first of March", "eind dit jaar", "woensdag de achtste", "nieuwjaarsdag", "week 14".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gehoor.analysis.agreement.calendar_days import (
    CARDINALS,
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
    day_of_month,
    holiday,
    in_figures,
    monthly,
    nth_of_month,
    of_year,
    part_of_month,
    relative,
    today,
    week,
)
from gehoor.analysis.agreement.facts import Day
from gehoor.analysis.agreement.lexicon import named
from gehoor.kernel.patterns import regex

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
_DW = rf"(?P<dayword>{_either([*_ORDINALS, *CARDINALS])}|één|een|one)"
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


_Reader = Callable[[re.Match[str]], Day | None]
_OPTIONAL_W = rf"(?:{_W},?\s+)?"
_PATTERNS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = tuple(
    (gates, regex(_LEAD + expression), reader)
    for gates, expression, reader in (
        ("f", r"(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)(?![\w-])", in_figures),
        (
            "f",
            rf"{_OPTIONAL_W}(?P<day>[0-3]?\d)[-/.](?P<m>[01]?\d)[-/.](?P<year>(?:19|20)?\d\d)(?![\w-]|[.,]\d)",
            in_figures,
        ),
        (
            "f",
            rf"{_OPTIONAL_W}(?P<day>[0-3]?\d)-(?P<m>0[1-9]|1[0-2]|[1-9])(?![\w-]|[.,]\d|\s*(?:euro|procent|%|\w*dagen|weken|maanden|jaar|uur|keer|personen))",
            in_figures,
        ),
        ("dm", rf"{_OPTIONAL_W}(?:de |the )?{_D}\s*(?:van |of |-)?\s*{_M}(?!\w){_Y}", day_of_month),
        ("om", rf"{_OPTIONAL_W}(?:de |the )?{_DW}\s+(?:dag )?(?:van |of )?{_MM}(?!\w){_Y}", day_of_month),
        ("om", rf"{_OPTIONAL_W}{_MM} (?:the )?{_DW}(?!\w){_Y}", day_of_month),
        ("s", r"(?<=vóór )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("s", r"(?<=tot )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("s", r"(?<=m )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("dm", rf"{_OPTIONAL_W}{_M} (?:the )?{_D}(?![\d.,]\d|\w){_Y}", day_of_month),
        (
            "o",
            (
                rf"(?:de |the )?{_NTH} (?P<what>dag|werkdag|day|working day|{_either(WEEKDAYS)}) (?:van|in|of) "
                rf"(?:(?:de|elke|iedere|the|each|every) (?:maand|month)\b|{_MM}(?!\w){_Y})"
            ),
            nth_of_month,
        ),
        (
            "h",
            rf"(?P<holiday>{'|'.join(sorted(map(re.escape, HOLIDAYS), key=lambda w: (-len(w), w)))})(?!\w){_Y}",
            holiday,
        ),
        ("w", rf"{_W},? (?:de |the )?(?:{_D}|{_DW})(?![\w%]|[.,:]\d|\s*(?:euro|procent|uur|keer))", monthly),
        (
            "o",
            (
                rf"(?:elke |iedere |rond |omstreeks |op |on |around |per |vóór |voor |before |by )?(?:de|the|elke|"
                rf"iedere|every) (?:(?P<day>[0-3]?\d)(?:e|ste|de|st|nd|rd|th)|{_DW}) (?:dag )?(?:van|of) (?:de|"
                rf"elke|iedere|each|every|the) (?:kalender)?(?:maand|month)\b"
            ),
            monthly,
        ),
        (
            "d",
            (
                r"(?:rond|omstreeks|op|on|around|per|vóór|voor|before|by|elke|every|tot|until) (?:de |the "
                r")?(?P<day>[0-3]?\d)(?:e|ste|de|st|nd|rd|th)(?! ?\w*(?:keer|jaar|maand|time|year|dag|day|week|"
                r"rekening))(?!\w)"
            ),
            monthly,
        ),
        (
            "d",
            (
                r"(?:de|the) (?P<day>[0-3]?\d)(?:e|ste|de|st|nd|rd|th)(?= (?:of|en|or|and) (?:de|the) [0-3]?\d|[;,.!?]|"
                r"\s*\Z| kiezen| nemen| betalen)"
            ),
            monthly,
        ),
        ("m", rf"(?:{_PART}){_MM}(?!\w){_Y}", part_of_month),
        ("m", rf"{_MM}(?!\w)(?!\s+\d{{1,2}}\b){_Y}", part_of_month),
        ("y", rf"(?:{_PART})(?P<year>20\d\d)\b(?![.,]\d)", of_year),
        (
            "y",
            (
                r"(?:in|vanaf|per|sinds|since|from|until|tot|voor|vóór|before|na|after|of|van) (?P<year>(?:19|"
                r"20)\d\d)\b(?![.,]\d|\s*(?:euro|kwh|keer))"
            ),
            of_year,
        ),
        ("r", rf"(?:{_PART})?{_THIS} (?P<unit>week|maand|jaar|month|year)\b", relative),
        ("t", r"(?P<today>the day after tomorrow|overmorgen|vandaag|morgen(?!\s*ochtend)|today|tomorrow)\b", today),
        ("o", rf"(?<=, )(?:de|the) {_DW}(?=[,.;!?]|\Z| om| tussen| at| between)", monthly),
        ("s", r"(?<=[=:>] )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("s", r"(?<=op )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("s", r"(?<=per )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("s", r"(?<=vanaf )(?P<day>[0-3]?\d)/(?P<m>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)", in_figures),
        ("k", r"week (?P<week>\d\d?)\b(?:\s+(?:van )?(?P<year>20\d\d))?", week),
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
    ("o", frozenset(_ORDINALS) | frozenset(CARDINALS) | {"laatste", "last", "één", "een", "one"}),
    ("h", frozenset(word for name in HOLIDAYS for word in re.findall(r"\w+", name))),
    ("r", frozenset(("week", "maand", "jaar", "month", "year"))),
    ("t", frozenset(("vandaag", "morgen", "overmorgen", "today", "tomorrow"))),
)
_WORDS = regex(r"[^\W\d_]+")
_FIGURE = regex(r"\d")
_FIGURES = tuple(
    (gate, regex(figure))
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
