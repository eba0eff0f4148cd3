"""What people fill in about a promise."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Promise
from gehoor.rooms.desk.promises.actions import WHAT_LENGTH, WHY_LENGTH
from gehoor.rooms.desk.promises.queries import end_of_day, is_whole_day


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of colleagues, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, else the address."""
        return str(obj.name or obj.email)


def answering() -> QuerySet[User]:
    """Colleagues who answer customers."""
    who = [user.pk for user in User.objects.filter(is_active=True) if user.may(May.ANSWER)]
    return User.objects.filter(pk__in=who).order_by("name")


class DueForm(forms.Form):
    """A day and, if it matters, a time."""

    day = forms.DateField(
        label=gettext_lazy("Before the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=gettext_lazy("Before what time"),
        required=False,
        help_text=gettext_lazy("Leave it empty for the whole day."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def due_at(self) -> datetime | None:
        """When it is due; None where no day is given."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        if day is None:
            return None
        if at is None:
            return end_of_day(timezone.make_aware(datetime.combine(day, time(12))))
        return timezone.make_aware(datetime.combine(day, at))

    def clean(self) -> dict[str, Any]:
        """A time alone says nothing."""
        cleaned = super().clean() or {}
        if cleaned.get("at") and not cleaned.get("day"):
            self.add_error("day", gettext_lazy("Say on which day."))
        return cleaned


class PromiseForm(DueForm):
    """What was promised, by when, and who sees to it."""

    what = forms.CharField(
        label=gettext_lazy("What we promised"),
        max_length=WHAT_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("what", "day", "at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = ColleagueField(
            label=gettext_lazy("Who sees to it"), queryset=answering(), required=False, empty_label=""
        )

    @classmethod
    def of(cls, promise: Promise) -> "PromiseForm":
        """Filled in as it stands."""
        return cls(initial={"what": promise.what, "owner": promise.owner_id, **_due(promise)})

    def changes(self) -> Mapping[str, Any]:
        """What is to be corrected."""
        return {"what": self.cleaned_data["what"], "due_at": self.due_at(), "owner": self.cleaned_data["owner"]}


class AnewForm(DueForm):
    """What the customer was told instead."""

    what = forms.CharField(
        label=gettext_lazy("What we promise now"),
        max_length=WHAT_LENGTH,
        required=False,
        help_text=gettext_lazy("Leave it empty if it is the same."),
    )
    why = forms.CharField(label=gettext_lazy("Why"), max_length=WHY_LENGTH, required=False)
    told = forms.DateTimeField(
        label=gettext_lazy("When the customer was told"),
        required=False,
        help_text=gettext_lazy("Leave it empty if that was just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ("day", "at", "what", "told", "why")


def _due(promise: Promise) -> Mapping[str, Any]:
    if promise.due_at is None:
        return {}
    local = timezone.localtime(promise.due_at)
    return {"day": local.date(), "at": None if is_whole_day(promise.due_at) else local.time()}
