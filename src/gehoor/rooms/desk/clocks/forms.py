"""The form of the hours that we work."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, gettext_lazy

from gehoor.analysis.hours import HOLIDAYS, Stretch, WorkingHours
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.clocks.hours import Version
from gehoor.rooms.desk.models import ClockKind

HOLIDAY_NAMES = {
    "New Year's Day": sentence("New Year's Day"),
    "Good Friday": sentence("Good Friday"),
    "Easter Sunday": sentence("Easter Sunday"),
    "Easter Monday": sentence("Easter Monday"),
    "King's Day": sentence("King's Day"),
    "Liberation Day": sentence("Liberation Day, every fifth year"),
    "Ascension Day": sentence("Ascension Day"),
    "Pentecost": sentence("Whit Sunday"),
    "Pentecost Monday": sentence("Whit Monday"),
    "Christmas Day": sentence("Christmas Day"),
    "Second Day of Christmas": sentence("Boxing Day"),
}
_STRETCHES = 2
_LONGEST_AIM = 1_000
_FIELD = {"inputmode": "numeric", "autocomplete": "off", "size": 5}
_AIMS = {
    ClockKind.FIRST: sentence("First answer within, in working hours"),
    ClockKind.NEXT: sentence("Every next answer within, in working hours"),
    ClockKind.RESOLUTION: sentence("Solved within, in working hours"),
}


class HoursForm(forms.Form):
    """Two stretches a day, public holidays, other closed days, and aims in working hours; shows a version first."""

    def __init__(self, version: Version, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for day in range(7):
            for part in range(_STRETCHES):
                self._add_stretch(day, part, version.hours.week[day])
        free = set(HOLIDAYS) - version.hours.worked if version.hours.holidays else set()
        self.fields["free"] = forms.MultipleChoiceField(
            label=gettext("Public holidays on which we are closed"),
            choices=[(name, said(HOLIDAY_NAMES[name])) for name in HOLIDAYS],
            initial=[name for name in HOLIDAYS if name in free],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["closed"] = forms.CharField(
            label=gettext("Other days on which we are closed"),
            help_text=gettext("One a line, as 24-12-2026."),
            initial="\n".join(day.strftime("%d-%m-%Y") for day in sorted(version.hours.closed)),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        for kind, name in _AIMS.items():
            self._add_aim(kind, said(name), version.aims.get(kind.value))

    def _add_stretch(self, day: int, part: int, stretches: tuple[Stretch, ...]) -> None:
        given = stretches[part] if part < len(stretches) else None
        for end, name in enumerate((gettext_lazy("%(day)s from"), gettext_lazy("%(day)s until"))):
            label = str(name) % {"day": str(WEEKDAYS[day]).capitalize()}
            if part:
                label = gettext("%(label)s, after the break") % {"label": label}
            self.fields[f"day{day}_{part}_{end}"] = forms.TimeField(
                label=label,
                required=False,
                initial=None if given is None else _time(given[end]),
                input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
                widget=forms.TimeInput(attrs=_FIELD | {"aria-label": label, "placeholder": "–"}, format="%H:%M"),
            )

    def _add_aim(self, kind: ClockKind, label: str, minutes: int | None) -> None:
        hours = None if minutes is None else minutes / 60
        self.fields[f"aim_{kind.value}"] = forms.FloatField(
            label=label,
            required=False,
            initial=int(hours) if hours is not None and hours.is_integer() else hours,
            min_value=1 / 60,
            max_value=_LONGEST_AIM,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}),
        )

    @property
    def days(self) -> Iterator[dict[str, Any]]:
        """To show as a table: each day with its fields."""
        for day in range(7):
            fields = [[self[f"day{day}_{part}_{end}"] for end in range(2)] for part in range(_STRETCHES)]
            yield {"name": str(WEEKDAYS[day]).capitalize(), "parts": fields}

    @property
    def aims(self) -> list[forms.BoundField]:
        """The fields of the aims."""
        return [self[f"aim_{kind.value}"] for kind in _AIMS]

    def clean_closed(self) -> frozenset[date]:
        """The days, each read as 24-12-2026 or 2026-12-24."""
        lines = [line.strip() for line in self.cleaned_data["closed"].splitlines() if line.strip()]
        found = {line: _date(line) for line in lines}
        unread = [line for line, day in found.items() if day is None]
        if unread:
            raise forms.ValidationError(
                gettext("This is no date: %(line)s. Write it as 24-12-2026.") % {"line": unread[0][:30]}
            )
        return frozenset(day for day in found.values() if day is not None)

    def clean(self) -> dict[str, Any]:
        """Put the hours together; what cannot be is said at the day."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        week = tuple(self._day(day, given) for day in range(7))
        if not self.errors and not any(week):
            self.add_error(None, gettext("Give at least one day on which you work."))
        if not self.errors:
            worked = frozenset(HOLIDAYS) - frozenset(given["free"])
            given["hours"] = WorkingHours(week, closed=given["closed"], worked=worked)
        return given

    def _day(self, day: int, given: dict[str, Any]) -> tuple[Stretch, ...]:
        stretches = []
        for part in range(_STRETCHES):
            since, until = (given.get(f"day{day}_{part}_{end}") for end in range(2))
            if (since is None) != (until is None):
                self._wrong(day, gettext("give both a beginning and an end"))
            elif since is not None and until is not None:
                stretches.append((_minute(since), _minute(until) or 24 * 60))
        marks = [mark for stretch in stretches for mark in stretch]
        if marks != sorted(set(marks)):
            self._wrong(day, gettext("the end comes after the beginning, and the break lies between"))
        return tuple(stretches)

    def _wrong(self, day: int, why: str) -> None:
        name = str(WEEKDAYS[day]).capitalize()
        self.add_error(None, gettext("%(day)s: %(why)s.") % {"day": name, "why": why})

    @property
    def version(self) -> Version:
        """Of a valid form."""
        given = self.cleaned_data
        hours = {kind.value: given[f"aim_{kind.value}"] for kind in _AIMS}
        aims = {kind: max(1, round(spent * 60)) for kind, spent in hours.items() if spent is not None}
        return Version(given["hours"], aims)


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _date(line: str) -> date | None:
    pattern = "%Y-%m-%d" if re.match(r"\d{4}-", line) else "%d-%m-%Y"
    try:
        return datetime.strptime(line, pattern).date()
    except ValueError:
        return None
