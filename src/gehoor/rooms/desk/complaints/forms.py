"""What people fill in about a complaint."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.rooms.desk.complaints.actions import ADDRESS_LENGTH, CAUSE_LENGTH, NAME_LENGTH, TEXT_LENGTH
from gehoor.rooms.desk.complaints.drawing_up import Entry
from gehoor.rooms.desk.complaints.listing import BEGUN_WITH, OUTCOME_NAMES, causes
from gehoor.rooms.desk.models import Complaint


def _moment(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, required=required, widget=widget)


def _long(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=TEXT_LENGTH, widget=widget)


class LineForm(forms.Form):
    """What the register holds of whoever complained, and of the complaint itself."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=ADDRESS_LENGTH,
        required=False,
        help_text=gettext_lazy("Where someone lives; else how they can be reached."),
    )
    received_at = _moment(gettext_lazy("When it came in"), required=True)
    about = _long(gettext_lazy("What it is about"), required=True)
    official = forms.BooleanField(
        label=gettext_lazy("It came in through a way in which people complain to us"), required=False
    )

    @classmethod
    def of(cls, complaint: Complaint) -> "LineForm":
        """Filled in as it stands."""
        return cls(initial={field: getattr(complaint, field) for field in cls.base_fields})

    def entry(self) -> Entry:
        """The line."""
        given = self.cleaned_data
        return Entry(given["received_at"], given["about"], given["name"], given["address"], given["official"])


class WhenForm(forms.Form):
    """When the customer was told that we have it."""

    at = _moment(gettext_lazy("When"), gettext_lazy("Leave it empty if that was just now."))


class AnswerForm(forms.Form):
    """The final answer."""

    outcome = forms.ChoiceField(label=gettext_lazy("How it was judged"))
    handling = _long(gettext_lazy("How it was handled"), required=True)
    at = _moment(gettext_lazy("When the answer went out"), gettext_lazy("Leave it empty if that was just now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, gettext(name)) for key, name in OUTCOME_NAMES.items()]
        self.fields["outcome"] = forms.ChoiceField(label=gettext_lazy("How it was judged"), choices=named)


class LessonForm(forms.Form):
    """Where it came from, and what we learn."""

    cause = forms.CharField(
        label=gettext_lazy("Root cause"),
        max_length=CAUSE_LENGTH,
        required=False,
        help_text=gettext_lazy("Choose one or write a new one, which joins the list."),
        widget=forms.TextInput(attrs={"list": "causes", "autocomplete": "off"}),
    )
    lesson = _long(
        gettext_lazy("What we learn from it"),
        gettext_lazy("No names: this stays when the customer is erased."),
    )


class RemoveForm(forms.Form):
    """Why it does not belong in the register."""

    why = forms.CharField(label=gettext_lazy("Why it does not belong in the register"), max_length=500)


def known_causes() -> list[str]:
    """What can be chosen as a root cause: what was used before, then what we begin with."""
    begun = [gettext(each) for each in BEGUN_WITH]
    return list(dict.fromkeys([*causes(), *begun]))
