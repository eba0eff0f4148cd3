"""How hours are said in a line: "Monday to Friday 9:00–12:30 and 13:00–17:30"."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from gehoor.analysis.hours import Stretch, WorkingHours


def say_week(hours: WorkingHours) -> str:
    """The week, days that are the same together."""
    return "; ".join(_said(hours))


def _said(hours: WorkingHours) -> Iterator[str]:
    for stretches, days in groupby(range(7), key=lambda day: hours.week[day]):
        if not stretches:
            continue
        named = [str(WEEKDAYS[day]) for day in days]
        span = named[0]
        if len(named) > 1:
            span = gettext("%(first)s to %(last)s") % {"first": named[0], "last": named[-1]}
        between = f" {gettext('and')} "
        yield f"{span} {between.join(map(_stretch, stretches))}"


def _stretch(stretch: Stretch) -> str:
    return "–".join(f"{minute // 60}:{minute % 60:02d}" for minute in stretch)
