"""Times of the day: "9.30 uur", "half tien", "om vijf uur", "5 pm". Minutes after midnight."""

from collections.abc import Iterator

from gehoor.analysis.agreement.numbers import word_value
from gehoor.kernel.patterns import regex

_HOURS = (
    r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve"
)
_WHEN = (
    r"(?P<pm>\s*(?:'s |s )(?:middags|avonds)|\s*p\.?m\.?\b|\s*in the (?:afternoon|evening))?(?P<am>\s*(?:'s |s "
    r")(?:ochtends|morgens)|\s*a\.?m\.?\b)?"
)
_PLACE = r"(?:om|tot|vanaf|van|na|voor|vóór|en|at|until|till|from|by|before|after|and|to|tussen|between)"
_TIMES = tuple(
    regex(expression)
    for expression in (
        rf"(?<!\w){_PLACE} (?P<hour>[01]?\d|2[0-4]|{_HOURS})(?:\s*(?:uur|o'clock)\b)"
        rf"(?!\s*(?:per|van tevoren|later|na|lang)){_WHEN}",
        rf"(?<![\d.,:/-])(?P<hour>[01]?\d|2[0-4])(?::|\.)(?P<minute>[0-5]\d)(?![\d:/%]|[.,-]\d)(?:\s*(?:uur|u|h)\b){_WHEN}",
        rf"(?<![\d.,:/-])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:/%]|[.,-]\d){_WHEN}",
        rf"(?<![\w.,-])(?P<half>half) (?P<hour>{_HOURS}|\d{{1,2}})(?!\w)(?! (?:jaar|dag|uur)){_WHEN}",
        r"(?<![\d.,:/-])(?P<hour>1?\d)(?P<pm>\s*p\.?m\b\.?)?(?P<am>\s*a\.?m\b\.?)?(?<=m)",
    )
)


_MAY_HOLD = regex(r"\buur\b|o'clock|\bhalf\b|\d[:.][0-5]\d|\d\s*[ap]\.?m\b")


def find_times(said: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, minutes after midnight) of each time of the day."""
    if not _MAY_HOLD.search(said):
        return
    last = -1
    hits = sorted((hit for each in _TIMES for hit in each.finditer(said)), key=lambda hit: (hit.start(), -hit.end()))
    for hit in hits:
        groups = hit.groupdict()
        hour = groups["hour"]
        number = int(hour) if hour.isdigit() else int(word_value(hour) or 0)
        if hit.start() < last or not 0 <= number <= 24:
            continue
        last = hit.end()
        minutes = number * 60 + int(groups.get("minute") or 0) - (30 if groups.get("half") else 0)
        if groups.get("pm") and minutes < 720:
            minutes += 720
        yield hit.start("half") if groups.get("half") else hit.start("hour"), hit.end(), minutes % 1440
