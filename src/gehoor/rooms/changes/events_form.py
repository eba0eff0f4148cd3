"""What people fill in about something that happened."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.rooms.changes.events import EARLIEST, KIND_NAMES, LONGEST, NAME_LENGTH, Happening
from gehoor.rooms.changes.models import Event


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class EventForm(forms.Form):
    """Name, kind, and from when until when. Without a last day it lasted one day."""

    name = forms.CharField(label=gettext_lazy("What happened"), max_length=NAME_LENGTH)
    kind = forms.ChoiceField(label=gettext_lazy("What kind of thing"))
    since = day_field(gettext_lazy("First day"))
    until = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: it lasted one day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(value, gettext(name)) for value, name in KIND_NAMES.items()]

    @classmethod
    def of(cls, event: Event) -> "EventForm":
        """The form filled in with an event."""
        return cls(initial={"name": event.name, "kind": event.kind, "since": event.since, "until": event.until})

    def clean_since(self) -> date:
        """Not before any customer could have mailed."""
        since: date = self.cleaned_data["since"]
        if since < EARLIEST:
            raise forms.ValidationError(gettext("That is too long ago."))
        return since

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first, nor more than a year after."""
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("The last day comes before the first."))
        elif since and until and until - since > LONGEST:
            self.add_error("until", gettext("An event lasts at most a year."))
        return found

    def said(self) -> Happening:
        """What was filled in."""
        found = self.cleaned_data
        return Happening(found["kind"], found["name"], found["since"], found["until"] or found["since"])
