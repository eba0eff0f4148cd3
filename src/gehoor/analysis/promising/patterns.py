"""How a day is named, in Dutch and English; each pattern with what reads it. The first that fits a place has it."""

import re
from collections.abc import Callable

from gehoor.analysis.calendar_words import MONTHS, NUMBERS, WEEKDAYS, any_of
from gehoor.analysis.promising import readers
from gehoor.kernel.patterns import regex

_N = rf"(?:\d{{1,3}}|{any_of(NUMBERS)})"
_COUNT = rf"(?:(?:{_N})\s?(?:tot|à|a|of|-|–|to|or)\s?)?(?P<n>{_N})"
_WITHIN = r"(?:(?P<firm>binnen|within|uiterlijk (?:over|binnen)|in no more than|in at most|in maximaal)|over|in)"
_PART = r"(?:[ -]?(?P<part>ochtend|morgen|middag|avond|morning|afternoon|evening|noon)\b)?"
_BEFORE = (
    r"(?:(?P<before>vóór|voor|before|ahead of)|(?P<firm>uiterlijk(?: op| per)?|op zijn laatst(?: op)?|by|"
    r"no later than|not later than|at the latest(?: on| by)?|tot en met|ten laatste)|op|on|tegen|rond|omstreeks)"
)
_THE = r"(?:\s?(?:de|het|the|a\.s\.|aanstaande|eerstvolgende|komende|this|this coming|coming))?"

PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], readers.Said], readers.When]], ...] = tuple(
    (regex(pattern), reader)
    for pattern, reader in (
        (
            rf"\b{_THE}\s?(?P<weekday>{any_of(WEEKDAYS)})(?P<after>\s(?:over een week|a week from now))\b",
            readers.read_weekday,
        ),
        (
            rf"\b{_WITHIN} (?:(?:uiterlijk|maximaal|hooguit|at most|the next|de komende|about|ongeveer) )?{_COUNT} "
            r"(?P<unit>werkdag(?:en)?|working days?|business days?|kalenderdagen|calendar days?|dag(?:en)?|days?|"
            r"week|weken|weeks?|maand(?:en)?|months?|uur|hours?|kwartier|minuten|minutes|fortnight)\b"
            r"(?! (?:geleden|ago|na |after ))",
            readers.read_within,
        ),
        (r"\b(?:binnen|over|in|within) (?:een half ?uur(?:tje)?|half an hour)\b", readers.read_half_hour),
        (
            r"\b(?P<before>)?(?P<firm>vóór|voor|before|by|tegen|uiterlijk(?: op)?)?\s?\b(?:het |the )?"
            r"(?:eind(?:e)? van de (?:dag|middag)|end of (?:the |to)?day|close of business)\b",
            readers.read_end_of_day,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?:{any_of(WEEKDAYS)}),?\s)?(?:de |the )?(?P<day>[0-3]?\d)(?:st|nd|rd|"
            rf"th|e|ste|de)?"
            rf"\s(?:of )?(?P<month>{any_of(MONTHS)})\b\.?(?:,?\s(?P<year>20\d\d)\b)?",
            readers.read_date,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?:{any_of(WEEKDAYS)}),?\s)?(?P<month>{any_of(MONTHS)}) (?:the )?"
            r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,?\s(?P<year>20\d\d)\b)?",
            readers.read_date,
        ),
        (
            rf"\b{_BEFORE}\s{_THE}\s?(?:(?:{any_of(WEEKDAYS)}),?\s)?(?P<day>[0-3]?\d)[-/](?P<month>[01]?\d)"
            r"(?:[-/](?P<year>20\d\d|\d\d))?\b",
            readers.read_date,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?(?P<week>(?:volgende|aankomende) week|next week)\s(?:op |"
            rf"on )?(?P<weekday>{any_of(WEEKDAYS)}){_PART}",
            readers.read_weekday,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?{_THE}\s?(?:(?P<next>volgende|next)\s)?(?P<weekday>{any_of(WEEKDAYS)}){_PART}"
            r"(?P<after>\s(?:over een week|volgende week|next week|a week from now))?\b",
            readers.read_weekday,
        ),
        (
            r"\b(?:(?:(?P<before>)vóór|voor|before|(?P<firm>by|uiterlijk)|in(?: de loop van)?|tegen|later)\s)?"
            r"(?:het )?(?P<of>begin(?:ning)?(?: van| of)?|start of|early|eind(?:e)?(?: van)?|(?:the )?end of|"
            r"halverwege|midden|mid)?"
            r"\s?(?P<which>deze|volgende|komende|aankomende|this|next|coming) week\b",
            readers.read_week,
        ),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen|aan)\s)?(?:het |the )?(?:eind(?:e)? van de week|"
            r"end of the week|"
            r"weekeinde van de week)\b",
            readers.read_end_of_week,
        ),
        (
            r"\b(?P<which>na|after|vóór|voor|before|in|dit|this)\s(?:het |the )?(?:weekend|weekeinde)\b",
            readers.read_weekend,
        ),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen|aan|at)\s)?(?:het |"
            r"the )?(?:(?:eind(?:e)?(?: van)?|end of)\s)"
            r"(?P<which>de|deze|volgende|komende|the|this|next) (?:maand|month)\b",
            readers.read_month,
        ),
        (r"\b(?P<which>deze|volgende|komende|this|next) (?:maand|month)\b", readers.read_month),
        (
            r"\b(?:(?P<firm>vóór|voor|before|by|uiterlijk|tegen)\s)?(?:het |the )?(?:eind(?:e)?(?: van)?|end of)\s"
            rf"(?P<month>{any_of(MONTHS)})\b",
            readers.read_end_of_named_month,
        ),
        (
            rf"\b(?:{_BEFORE}\s)?(?<!goede)(?P<word>overmorgen|the day after tomorrow|morgen(?! vrij)|tomorrow)"
            rf"{_PART}",
            readers.read_tomorrow,
        ),
        (
            r"\b(?P<word>vandaag|vanmiddag|vanavond|vanochtend|vanmorgen|today|tonight|this afternoon|this evening|"
            r"this morning)\b",
            readers.read_today,
        ),
    )
)
