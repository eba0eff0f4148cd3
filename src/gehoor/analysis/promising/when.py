"""By when: the moments that a sentence names, worked out from when it was said.

A day counts to its last second. "Vóór vrijdag" and "before Friday" end on the day before; "uiterlijk vrijdag", "by
Friday" and plain "vrijdag" on Friday itself. "Morgenochtend" ends at noon, "vanmiddag" at six. Hours from one to seven
without more are those of the afternoon.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gehoor.analysis.promising.days import (
    WorksOn,
    end_of_month,
    end_of_week,
    in_week,
    months_on,
    next_date,
    on_weekdays,
    weekday_after,
    working_days_on,
)

__all__ = ["Due", "WorksOn", "find_dues", "on_weekdays"]

_LAST = time(23, 59, 59)
_NOON, _SIX = time(12), time(18)
_NEAR = 5
_MOST_COUNTED = 400


@dataclass(frozen=True, slots=True)
class Due:
    """A moment named at ``start`` to ``end``, in the zone in which it was said; ``whole_day`` where no time of the day
    was. ``firm``: the words themselves make it a time by which something is done ("binnen", "uiterlijk", "by")."""

    start: int
    end: int
    at: datetime
    whole_day: bool
    firm: bool


_NUMBERS = {
    **dict.fromkeys(("een", "één", "eén", "a", "an", "one"), 1),
    **dict.fromkeys(("twee", "two"), 2),
    **dict.fromkeys(("drie", "three"), 3),
    **dict.fromkeys(("vier", "four"), 4),
    **dict.fromkeys(("vijf", "five"), 5),
    **dict.fromkeys(("zes", "six"), 6),
    **dict.fromkeys(("zeven", "seven"), 7),
    **dict.fromkeys(("acht", "eight"), 8),
    **dict.fromkeys(("negen", "nine"), 9),
    **dict.fromkeys(("tien", "ten"), 10),
    **dict.fromkeys(("elf", "eleven"), 11),
    **dict.fromkeys(("twaalf", "twelve"), 12),
    **dict.fromkeys(("veertien", "fourteen"), 14),
    **dict.fromkeys(("vijftien", "fifteen"), 15),
    **dict.fromkeys(("twintig", "twenty"), 20),
    **dict.fromkeys(("vierentwintig",), 24),
    **dict.fromkeys(("dertig", "thirty"), 30),
    **dict.fromkeys(("achtenveertig",), 48),
}
_WEEKDAYS = {
    name: at
    for at, names in enumerate(
        (
            "maandag monday",
            "dinsdag tuesday",
            "woensdag wednesday",
            "donderdag thursday",
            "vrijdag friday",
            "zaterdag saturday",
            "zondag sunday",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}


def _any(words: "dict[str, int]") -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_N = rf"(?:\d{{1,3}}|{_any(_NUMBERS)})"
_COUNT = rf"(?:(?:{_N})\s?(?:tot|à|a|of|-|–|to|or)\s?)?(?P<n>{_N})"
_WITHIN = r"(?:(?P<firm>binnen|within|uiterlijk (?:over|binnen)|in no more than|in at most|in maximaal)|over|in)"
_PART = r"(?:[ -]?(?P<part>ochtend|morgen|middag|avond|morning|afternoon|evening|noon)\b)?"
_BEFORE = (
    r"(?:(?P<before>vóór|voor|before|ahead of)|(?P<firm>uiterlijk(?: op| per)?|op zijn laatst(?: op)?|by|"
    r"no later than|not later than|at the latest(?: on| by)?|tot en met|ten laatste)|op|on|tegen|rond|omstreeks)"
)
_THE = r"(?:\s?(?:de|het|the|a\.s\.|aanstaande|eerstvolgende|komende|this|this coming|coming))?"


@dataclass(frozen=True, slots=True)
class _Said:
    """When it was said, here, and on which days we work."""

    at: datetime
    works_on: WorksOn

    @property
    def day(self) -> date:
        return self.at.date()


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _group(hit: re.Match[str], name: str) -> str:
    return hit.groupdict().get(name) or ""


def _of_part(hit: re.Match[str]) -> time | None:
    part = _group(hit, "part")
    if part in ("ochtend", "morgen", "morning", "noon"):
        return _NOON
    return _SIX if part in ("middag", "afternoon") else None


_SINCE = ("per ", "van ", "sinds ", "vanaf ", "since ", "from ", "of ", "tot ", "until ", "bij ")
"""What stands after these is not a time by which something is done."""


def _since(hit: re.Match[str]) -> bool:
    return f"{hit.string[: hit.start()].rstrip()} ".endswith(_SINCE)


_When = tuple[date, time | None] | datetime | None


def _within(hit: re.Match[str], said: _Said) -> _When:
    """ "binnen vijf werkdagen", "over twee weken", "within a fortnight"."""
    count, unit = _number(hit["n"]), hit["unit"]
    if count > _MOST_COUNTED:
        return None
    if unit.startswith(("werkdag", "working", "business")):
        return working_days_on(said.day, count, said.works_on), None
    if unit.startswith(("dag", "day", "kalenderdag", "calendar")):
        return said.day + timedelta(days=count), None
    if unit.startswith("fortnight"):
        return said.day + timedelta(days=14 * count), None
    if unit.startswith("we"):
        return said.day + timedelta(days=7 * count), None
    if unit.startswith(("maand", "month")):
        return months_on(said.day, count), None
    if unit.startswith("kwartier"):
        return said.at + timedelta(minutes=15 * count)
    return said.at + (timedelta(minutes=count) if unit.startswith("min") else timedelta(hours=count))


def _half_hour(_: re.Match[str], said: _Said) -> _When:
    return said.at + timedelta(minutes=30)


def _today(hit: re.Match[str], said: _Said) -> _When:
    if _since(hit):
        return None
    word = hit["word"]
    if word in ("vanochtend", "vanmorgen", "this morning"):
        return said.day, _NOON
    return said.day, _SIX if word in ("vanmiddag", "this afternoon") else None


def _tomorrow(hit: re.Match[str], said: _Said) -> _When:
    steps = 2 if hit["word"] in ("overmorgen", "the day after tomorrow") else 1
    return said.day + timedelta(days=steps), _of_part(hit)


def _weekday(hit: re.Match[str], said: _Said) -> _When:
    weekday = _WEEKDAYS[hit["weekday"]]
    over_a_week = _group(hit, "after") or _group(hit, "week")
    if over_a_week.endswith(("over een week", "a week from now")):
        day = weekday_after(said.day, weekday) + timedelta(days=7)
    elif _group(hit, "next") or over_a_week:
        day = in_week(said.day, weekday, 1)
    else:
        day = weekday_after(said.day, weekday)
    return day, _of_part(hit)


def _date(hit: re.Match[str], said: _Said) -> _When:
    if _since(hit):
        return None
    month = _MONTHS[hit["month"]] if not hit["month"].isdigit() else int(hit["month"])
    year = _group(hit, "year")
    number = int(year) + (2000 if len(year) == 2 else 0) if year else 0
    day = next_date(said.day, month, int(hit["day"]), number)
    return None if day is None else (day, None)


def _week(hit: re.Match[str], said: _Said) -> _When:
    on = 1 if hit["which"].startswith(("volgend", "komend", "next", "coming")) else 0
    part = _group(hit, "of").strip()
    if part.startswith(("begin", "early", "start", "beginning")):
        return in_week(said.day, 1, on), None
    if part.startswith(("half", "mid")):
        return in_week(said.day, 2, on), None
    return end_of_week(said.day, on) if on == 0 else in_week(said.day, 4, on), None


def _end_of_week(_: re.Match[str], said: _Said) -> _When:
    return end_of_week(said.day), None


def _weekend(hit: re.Match[str], said: _Said) -> _When:
    which = hit["which"]
    if which in ("na", "after"):
        return weekday_after(said.day, 0), None
    if which in ("vóór", "voor", "before"):
        return end_of_week(said.day), None
    return in_week(said.day, 6, 0), None


def _month(hit: re.Match[str], said: _Said) -> _When:
    return end_of_month(said.day, 1 if hit["which"].startswith(("volgend", "komend", "next")) else 0), None


def _end_of_named_month(hit: re.Match[str], said: _Said) -> _When:
    month = _MONTHS[hit["month"]]
    year = said.day.year + (month < said.day.month)
    return end_of_month(date(year, month, 1)), None


def _end_of_day(_: re.Match[str], said: _Said) -> _When:
    return said.day, None


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Said], _When]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"\b{_THE}\s?(?P<weekday>{_any(_WEEKDAYS)})(?P<after>\s(?:over een week|a week from now))\b",
            _weekday,
        ),
        (
            rf"\b{_WITHIN} (?:(?:uiterlijk|maximaal|hooguit|at most|the next|de komende|about|ongeveer) )?{_COUNT} "
            r"(?P<unit>werkdag(?:en)?|working days?|business days?|kalenderdagen|calendar days?|dag(?:en)?|days?|"
            r"week|weken|weeks?|maand(?:en)?|months?|uur|hours?|kwartier|minuten|minutes|fortnight)\b"
            r"(?! (?:geleden|ago|na |after ))",
            _within,
        ),
        (r"\b(?:binnen|over|in|within) (?:een half ?uur(?:tje)?|half an hour)\b", _half_hour),
        (
            r"\b(?P<before>)?(?P<firm>vóór|voor|before|by|tegen|uiterlijk(?: op)?)?\s?\b(?:het |the )?"
            r"(?:eind(?:e)? van de (?:dag|middag)|end of (?:the |to)?day|close of business)\b",
            _end_of_day,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?:{_any(_WEEKDAYS)}),?\s)?(?:de |the )?(?P<day>[0-3]?\d)(?:st|nd|rd|"
            rf"th|e|ste|de)?"
            rf"\s(?:of )?(?P<month>{_any(_MONTHS)})\b\.?(?:,?\s(?P<year>20\d\d)\b)?",
            _date,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?:{_any(_WEEKDAYS)}),?\s)?(?P<month>{_any(_MONTHS)}) (?:the )?"
            r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,?\s(?P<year>20\d\d)\b)?",
            _date,
        ),
        (
            rf"\b{_BEFORE}\s{_THE}\s?(?:(?:{_any(_WEEKDAYS)}),?\s)?(?P<day>[0-3]?\d)[-/](?P<month>[01]?\d)"
            r"(?:[-/](?P<year>20\d\d|\d\d))?\b",
            _date,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?(?P<week>(?:volgende|aankomende) week|next week)\s(?:op |"
            rf"on )?(?P<weekday>{_any(_WEEKDAYS)}){_PART}",
            _weekday,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?P<next>volgende|next)\s)?(?P<weekday>{_any(_WEEKDAYS)}){_PART}"
            r"(?P<after>\s(?:over een week|volgende week|next week|a week from now))?\b",
            _weekday,
        ),
        (
            r"\b(?:(?:(?P<before>)vóór|voor|before|(?P<firm>by|uiterlijk)|in(?: de loop van)?|tegen|later)\s)?"
            r"(?:het )?(?P<of>begin(?:ning)?(?: van| of)?|start of|early|eind(?:e)?(?: van)?|(?:the )?end of|"
            r"halverwege|midden|mid)?"
            r"\s?(?P<which>deze|volgende|komende|aankomende|this|next|coming) week\b",
            _week,
        ),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen|aan)\s)?(?:het |the )?(?:eind(?:e)? van de week|"
            r"end of the week|"
            r"weekeinde van de week)\b",
            _end_of_week,
        ),
        (r"\b(?P<which>na|after|vóór|voor|before|in|dit|this)\s(?:het |the )?(?:weekend|weekeinde)\b", _weekend),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen|aan|at)\s)?(?:het |"
            r"the )?(?:(?:eind(?:e)?(?: van)?|end of)\s)"
            r"(?P<which>de|deze|volgende|komende|the|this|next) (?:maand|month)\b",
            _month,
        ),
        (r"\b(?P<which>deze|volgende|komende|this|next) (?:maand|month)\b", _month),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen)\s)?(?:het |the )?(?:eind(?:e)?(?: van)?|end of)\s"
            rf"(?P<month>{_any(_MONTHS)})\b",
            _end_of_named_month,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?(?<!goede)(?P<word>overmorgen|the day after tomorrow|morgen(?! vrij)|tomorrow)"
            rf"{_PART}",
            _tomorrow,
        ),
        (
            r"\b(?P<word>vandaag|vanmiddag|vanavond|vanochtend|vanmorgen|today|tonight|this afternoon|this evening|"
            r"this morning)\b",
            _today,
        ),
    )
)

_HOURS = {name: n for name, n in _NUMBERS.items() if n <= 12 and name not in ("a", "an", "een", "eén")}
_HOUR = rf"(?P<hour>[01]?\d|2[0-4]|{_any(_HOURS)}|een(?= uur))"
_TO = r"(?:(?P<since>\d{1,2}(?:[:.]\d\d)?)\s?(?:en|tot|-|–|and|to)\s?)?"
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:voor|vóór|before|by) (?P<noon>noon|twaalven)\b",
        rf"\b(?P<half>half) {_HOUR}\b(?! (?:uur|jaar))",
        rf"(?P<lead>\b(?:om|voor|vóór|rond|tegen|tussen|at|before|by|around|between|uiterlijk(?: om)?) ){_TO}{_HOUR}"
        r"(?:[:.](?P<minute>[0-5]\d))?(?P<mark>\s?(?:uur|u|h|o'clock|(?P<pm>p\.?m\b)|(?P<am>a\.?m\b)))?(?![\w%]|"
        r"[-/.:]\d)",
        r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<mark>\s?(?:uur|u|h))\b",
    )
)
_BARE = re.compile(r"\b(?P<hour>[01]?\d|2[0-3])(?P<mark>\s?uur)\b")
_NO_HOUR = re.compile(
    r"\s?(?:werkdag|dag|day|week|weken|maand|month|jaar|year|euro|procent|januari|februari|"
    r"maart|april|mei|ju|aug|sep|okt|nov|dec)"
)


def find_dues(text: str, said: datetime, works_on: WorksOn = on_weekdays) -> list[Due]:
    """The moments named in a text that was said at ``said`` (aware, in the zone of who said it), in order."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):
        lowered = text
    heard = _Said(said, works_on)
    days = _days(lowered, heard)
    return sorted(_with_times(lowered, heard, days), key=lambda due: due.start)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day named in the text, with the part of it; ``before``: the day itself is too late."""

    start: int
    end: int
    day: date
    part: time | None
    firm: bool
    before: bool


def _days(lowered: str, said: _Said) -> list[_Day | Due]:
    busy = bytearray(len(lowered))
    found: list[_Day | Due] = []
    for pattern, reader in _PATTERNS:
        for hit in pattern.finditer(lowered):
            if any(busy[hit.start() : hit.end()]):
                continue
            when = reader(hit, said)
            if when is None:
                continue
            busy[hit.start() : hit.end()] = b"\x01" * (hit.end() - hit.start())
            before = bool(_group(hit, "before"))
            firm = before or bool(_group(hit, "firm"))
            if isinstance(when, datetime):
                found.append(Due(hit.start(), hit.end(), when, whole_day=False, firm=firm))
            else:
                found.append(_Day(hit.start(), hit.end(), *when, firm, before))
    return found


def _with_times(lowered: str, said: _Said, found: list[_Day | Due]) -> list[Due]:
    """Join each time of the day to the day beside it; one alone is of today, or tomorrow once it is past."""
    clock = _clock_times(lowered, found)
    dues = [each for each in found if isinstance(each, Due)]
    for each in found:
        if isinstance(each, _Day):
            near = next((at for at in clock if _beside(lowered, at, each)), None)
            if near is not None:
                clock.remove(near)
            dues.append(_due(each, near, said))
    for start, end, moment, firm, alone in clock:
        if alone:
            day = said.day if moment > said.at.time() else said.day + timedelta(days=1)
            dues.append(Due(start, end, datetime.combine(day, moment, said.at.tzinfo), whole_day=False, firm=firm))
    return dues


def _due(day: _Day, clock: "_Clock | None", said: _Said) -> Due:
    if clock is not None:
        at = datetime.combine(day.day, clock[2], said.at.tzinfo)
        start, end = min(day.start, clock[0]), max(day.end, clock[1])
        return Due(start, end, at, whole_day=False, firm=day.firm or clock[3])
    before = day.before and day.part is None
    on = day.day - timedelta(days=1) if before else day.day
    at = datetime.combine(on, day.part or _LAST, said.at.tzinfo)
    return Due(day.start, day.end, at, whole_day=day.part is None, firm=day.firm)


def _beside(lowered: str, at: "_Clock", day: _Day) -> bool:
    between = lowered[at[1] : day.start] if at[1] <= day.start else lowered[day.end : at[0]]
    return len(between.split()) <= (_NEAR if at[4] else 1) and not re.search(r"[.;!?\n]", between)


_Clock = tuple[int, int, time, bool, bool]
"""Start, end, the time, whether it is firm, and whether it can stand without a day."""


def _clock_times(lowered: str, found: list[_Day | Due]) -> list[_Clock]:
    taken = [(each.start, each.end) for each in found]
    times: list[_Clock] = []
    for pattern in (*_TIMES, _BARE):
        for hit in pattern.finditer(lowered):
            overlaps = any(hit.start() < end and start < hit.end() for start, end in taken)
            if overlaps or _NO_HOUR.match(lowered, hit.end()):
                continue
            moment = _moment(hit)
            if moment is None:
                continue
            taken.append((hit.start(), hit.end()))
            firm = _group(hit, "lead").strip() in ("voor", "vóór", "before", "by", "uiterlijk", "uiterlijk om")
            alone = pattern is not _BARE
            times.append((hit.start(), hit.end(), moment, firm or bool(_group(hit, "noon")), alone))
    return times


def _moment(hit: re.Match[str]) -> time | None:
    if _group(hit, "noon"):
        return _NOON
    hour, minute = _number(hit["hour"]), int(_group(hit, "minute") or 0)
    if not _group(hit, "half") and not _group(hit, "mark") and not _group(hit, "minute"):
        return None if _group(hit, "lead").strip() not in ("om", "at") else _time(hour, minute, hit)
    return _time(hour, minute, hit)


def _time(hour: int, minute: int, hit: re.Match[str]) -> time | None:
    if _group(hit, "half"):
        hour, minute = hour - 1, 30
    if (_group(hit, "pm") and hour < 12) or (not _group(hit, "am") and 1 <= hour < 7 and not _group(hit, "minute")):
        hour += 12
    return time(hour, minute) if 0 <= hour < 24 else None
