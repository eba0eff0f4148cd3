"""The times of the day that a text names: "voor 12 uur", "half drie", "by 4 pm".

Hours from one to seven without more are those of the afternoon.
"""

import re
from collections.abc import Iterable
from datetime import time

from gehoor.analysis.calendar_words import NUMBERS, any_of
from gehoor.analysis.promising.readers import NOON, group_of, number_of
from gehoor.kernel.patterns import regex

_HOURS = {name: n for name, n in NUMBERS.items() if n <= 12 and name not in ("a", "an", "een", "eén")}
_HOUR = rf"(?P<hour>[01]?\d|2[0-4]|{any_of(_HOURS)}|een(?= uur))"
_TO = r"(?:(?P<since>\d{1,2}(?:[:.]\d\d)?)\s?(?:en|tot|-|–|and|to)\s?)?"
_TIMES = tuple(
    regex(pattern)
    for pattern in (
        r"\b(?:voor|vóór|before|by) (?P<noon>noon|twaalven)\b",
        rf"\b(?P<half>half) {_HOUR}\b(?! (?:uur|jaar))",
        rf"(?P<lead>\b(?:om|voor|vóór|rond|tegen|tussen|at|before|by|around|between|uiterlijk(?: om)?) ){_TO}{_HOUR}"
        r"(?:[:.](?P<minute>[0-5]\d))?(?P<mark>\s?(?:uur|u|h|o'clock|(?P<pm>p\.?m\b)|(?P<am>a\.?m\b)))?(?![\w%]|"
        r"[-/.:]\d)",
        r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<mark>\s?(?:uur|u|h))\b",
    )
)
_BARE = regex(r"\b(?P<hour>[01]?\d|2[0-3])(?P<mark>\s?uur)\b")
_NO_HOUR = regex(
    r"\s?(?:werkdag|dag|day|week|weken|maand|month|jaar|year|euro|procent|januari|februari|"
    r"maart|april|mei|ju|aug|sep|okt|nov|dec)"
)

Clock = tuple[int, int, time, bool, bool]
"""Start, end, the time, whether it is firm, and whether it can stand without a day."""


def clock_times(lowered: str, busy: Iterable[tuple[int, int]]) -> list[Clock]:
    """The times of the day that a text in lower case names outside ``busy``."""
    taken = list(busy)
    times: list[Clock] = []
    for pattern in (*_TIMES, _BARE):
        for hit in pattern.finditer(lowered):
            overlaps = any(hit.start() < end and start < hit.end() for start, end in taken)
            if overlaps or _NO_HOUR.match(lowered, hit.end()):
                continue
            moment = _moment(hit)
            if moment is None:
                continue
            taken.append((hit.start(), hit.end()))
            firm = group_of(hit, "lead").strip() in ("voor", "vóór", "before", "by", "uiterlijk", "uiterlijk om")
            alone = pattern is not _BARE
            times.append((hit.start(), hit.end(), moment, firm or bool(group_of(hit, "noon")), alone))
    return times


def _moment(hit: re.Match[str]) -> time | None:
    if group_of(hit, "noon"):
        return NOON
    hour, minute = number_of(hit["hour"]), int(group_of(hit, "minute") or 0)
    if not group_of(hit, "half") and not group_of(hit, "mark") and not group_of(hit, "minute"):
        return None if group_of(hit, "lead").strip() not in ("om", "at") else _time(hour, minute, hit)
    return _time(hour, minute, hit)


def _time(hour: int, minute: int, hit: re.Match[str]) -> time | None:
    if group_of(hit, "half"):
        hour, minute = hour - 1, 30
    if (group_of(hit, "pm") and hour < 12) or (
        not group_of(hit, "am") and 1 <= hour < 7 and not group_of(hit, "minute")
    ):
        hour += 12
    return time(hour, minute) if 0 <= hour < 24 else None
