"""Correcting a fact, or adding one: inputs by its kind. Every figure is typed as people write it ("1.250,00")."""

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.analysis.agreement import Bound, Day, Fact, FactKind, Polarity, Proviso, Quantity
from gehoor.kernel.language import sentence

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_BOUNDS = {
    Bound.EXACT: sentence("exactly"),
    Bound.AT_LEAST: sentence("at least"),
    Bound.AT_MOST: sentence("at most"),
    Bound.ABOUT: sentence("about"),
    Bound.RANGE: sentence("from … to"),
}
_PER = {
    "once": sentence("one time"),
    "hour": sentence("an hour"),
    "day": sentence("a day"),
    "week": sentence("a week"),
    "month": sentence("a month"),
    "quarter": sentence("a quarter"),
    "year": sentence("a year"),
}
_UNITS = {
    "minute": sentence("minutes"),
    "hour": sentence("hours"),
    "day": sentence("days"),
    "workday": sentence("working days"),
    "week": sentence("weeks"),
    "month": sentence("months"),
    "year": sentence("years"),
}
_IN_ONE: Mapping[str, tuple[str, int]] = {"week": ("day", 7), "year": ("month", 12)}
"""Units that facts keep as another: a year is twelve months."""
_SORTS = {"if": sentence("if"), "only": sentence("only if"), "unless": sentence("unless")}
_MOST = 1e12


def read_figure(written: str) -> float:
    """A figure as people write it, in Dutch or English. Raises ValueError."""
    plain = re.sub(r"[\s€$%]", "", written)
    if not re.fullmatch(r"\d[\d.,]*", plain):
        raise ValueError(written)
    mark = max(plain.rfind(","), plain.rfind("."))
    decimals = plain[mark + 1 :] if mark >= 0 else ""
    grouped = len(decimals) == 3 and plain[:mark] != "0"
    if mark < 0 or grouped:
        return float(re.sub(r"[.,]", "", plain))
    return float(f"{re.sub(r'[.,]', '', plain[:mark])}.{decimals or '0'}")


class _Figure(forms.CharField):
    def __init__(self, label: "str | _StrPromise", *, required: bool = True) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=required, widget=widget, max_length=30)

    def clean(self, value: Any) -> float | None:
        """The figure."""
        said = super().clean(value)
        if not said:
            return None
        try:
            found = read_figure(said)
        except ValueError:
            raise forms.ValidationError(gettext_lazy("Write a figure, such as 1.250,00.")) from None
        if found > _MOST:
            raise forms.ValidationError(gettext_lazy("This figure is too large."))
        return found


def _chosen(label: "str | _StrPromise", choices: Mapping[Any, str], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=lambda: [(str(value), gettext(name)) for value, name in choices.items()],
    )


class FactForm(forms.Form):
    """One fact. ``words``: those of the answer that say it; it stands where they do."""

    kind: FactKind
    words = forms.CharField(
        label=gettext_lazy("The words of the answer that say it"),
        max_length=500,
        help_text=gettext_lazy("Copy them from the answer, word for word."),
        strip=True,
    )
    about = forms.CharField(label=gettext_lazy("What it is of"), max_length=200, required=False)

    def __init__(self, *args: Any, text: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._text = text

    def clean_words(self) -> str:
        """They stand in the answer."""
        words: str = self.cleaned_data["words"]
        if words not in self._text:
            raise forms.ValidationError(gettext_lazy("These words do not stand in the answer like this."))
        return words

    @abstractmethod
    def value(self) -> Quantity | Day | Polarity | Proviso:
        """The value, of a valid form."""

    def fact(self, before: Fact | None = None) -> Fact:
        """What was typed; ``before`` is what it corrects, and says what nobody types."""
        said = self.cleaned_data
        words = said["words"]
        near = before.start if before is not None else 0
        places = [found.start() for found in re.finditer(re.escape(words), self._text)]
        start = min(places, key=lambda at: abs(at - near))
        kept = before if before is not None and before.kind is self.kind else None
        first = kept or Fact(self.kind, start, start + len(words), self.value())
        return replace(
            first,
            start=start,
            end=start + len(words),
            value=self.value(),
            about=said["about"],
            bound=Bound(said.get("bound") or Bound.EXACT),
            per=said.get("per") or (kept.per if kept else "once"),
        )


class _QuantityForm(FactForm):
    low = _Figure(gettext_lazy("Figure"))
    high = _Figure(gettext_lazy("Up to, for a range"), required=False)
    bound = _chosen(gettext_lazy("How exact"), _BOUNDS)

    unit_of = ""

    def unit(self) -> tuple[str, int]:
        """The unit, and how many of it make one of what was typed."""
        return self.unit_of, 1

    def value(self) -> Quantity:
        """The figure in its unit; a range runs upwards."""
        unit, times = self.unit()
        low = self.cleaned_data["low"]
        high = self.cleaned_data.get("high")
        ends = sorted((low, low if high is None else high))
        return Quantity(ends[0] * times, ends[1] * times, unit)

    def clean(self) -> dict[str, Any]:
        """A range has two ends."""
        if self.cleaned_data.get("bound") == Bound.RANGE and self.cleaned_data.get("high") is None:
            self.add_error("high", gettext("Say up to what it goes."))
        if self.cleaned_data.get("high") is not None:
            self.cleaned_data["bound"] = Bound.RANGE
        return self.cleaned_data


class AmountForm(_QuantityForm):
    """Money."""

    kind = FactKind.AMOUNT
    unit_of = "euro"
    per = _chosen(gettext_lazy("How often"), _PER)


class PercentageForm(_QuantityForm):
    """A share."""

    kind = FactKind.PERCENTAGE
    unit_of = "percent"
    per = _chosen(gettext_lazy("How often"), _PER)


class PeriodForm(_QuantityForm):
    """How long."""

    kind = FactKind.PERIOD
    unit_chosen = _chosen(gettext_lazy("Unit"), _UNITS, required=True)

    def unit(self) -> tuple[str, int]:
        """A week is seven days."""
        chosen = self.cleaned_data.get("unit_chosen", "day")
        return _IN_ONE.get(chosen, (chosen, 1))


class NumberForm(_QuantityForm):
    """How many of something."""

    kind = FactKind.NUMBER
    unit_said = forms.CharField(label=gettext_lazy("Of what"), max_length=40, required=False)

    def unit(self) -> tuple[str, int]:
        """The word that is counted."""
        return self.cleaned_data.get("unit_said", "").strip().lower(), 1


class DateForm(FactForm):
    """A day, with or without its year."""

    kind = FactKind.DATE
    first = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    every_year = forms.BooleanField(label=gettext_lazy("Every year"), required=False)
    bound = _chosen(gettext_lazy("How exact"), {k: v for k, v in _BOUNDS.items() if k is not Bound.RANGE})

    def value(self) -> Day:
        """That day."""
        day: date = self.cleaned_data["first"]
        written = day.month * 100 + day.day
        return Day(written, written, 0 if self.cleaned_data["every_year"] else day.year)


class YesNoForm(FactForm):
    """Yes or no."""

    kind = FactKind.YES_NO
    yes = _chosen(gettext_lazy("The answer says"), {"yes": sentence("yes"), "no": sentence("no")}, required=True)

    def value(self) -> Polarity:
        """Yes or no."""
        return Polarity(self.cleaned_data["yes"] == "yes")


class ConditionForm(FactForm):
    """When it holds. ``about`` is what is asked."""

    kind = FactKind.CONDITION
    sort = _chosen(gettext_lazy("It holds"), _SORTS, required=True)

    def value(self) -> Proviso:
        """By the words of the condition."""
        ideas = tuple(sorted({each.lower() for each in re.findall(r"[^\W\d_]{4,}", self.cleaned_data["about"])}))
        return Proviso(self.cleaned_data["sort"], ideas)


FORMS: Mapping[FactKind, type[FactForm]] = {
    form.kind: form for form in (AmountForm, PercentageForm, PeriodForm, NumberForm, DateForm, YesNoForm, ConditionForm)
}


def written(fact: Fact, text: str) -> dict[str, Any] | None:
    """What the form of its kind begins with; None for a value that has no form ("this week")."""
    first: dict[str, Any] = {"words": text[fact.start : fact.end], "about": fact.about, "bound": str(fact.bound)}
    value = fact.value
    if isinstance(value, Quantity):
        return {**first, **_quantity(value), "per": fact.per}
    if isinstance(value, Day):
        return _day(value, first)
    if isinstance(value, Polarity):
        return {**first, "yes": "yes" if value.yes else "no"}
    return {**first, "sort": value.sort}


def _quantity(value: Quantity) -> dict[str, Any]:
    unit, times = value.unit, 1
    for larger, (smaller, count) in _IN_ONE.items():
        if unit == smaller and value.low % count == 0 and value.high % count == 0 and value.low:
            unit, times = larger, count
    low, high = (_figure(end / times) for end in (value.low, value.high))
    return {"low": low, "high": high if high != low else "", "unit_chosen": unit, "unit_said": value.unit}


def _figure(number: float) -> str:
    if number == float("inf"):
        return ""
    return f"{number:.2f}".replace(".", ",") if number != int(number) else str(int(number))


def _day(value: Day, first: dict[str, Any]) -> dict[str, Any] | None:
    if value.anchor or value.weekday or value.first != value.last or value.first < 101:
        return None
    try:
        day = date(value.year or 2024, value.first // 100, value.first % 100)
    except ValueError:
        return None
    return {**first, "first": day, "every_year": not value.year}
