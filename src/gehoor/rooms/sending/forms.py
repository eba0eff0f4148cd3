"""The forms of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.channels.outgoing import Carrier, Sender
from gehoor.rooms.intake.source_forms import as_text, field_of
from gehoor.rooms.intake.sources import sources
from gehoor.rooms.sending.models import SenderSettings, Wording
from gehoor.rooms.sending.replanning import Way
from gehoor.rooms.sending.runs import FIELDS
from gehoor.rooms.sending.senders import FASTEST, LONGEST_WAIT


class SenderForm(forms.Form):
    """A sender: its name, the fields of its kind, and for mail how fast it goes and where copies are heard."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("By which colleagues know this sender.")
    )

    def __init__(self, kind: Sender, *args: Any, sender: SenderSettings | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self._kind = kind
        known = sender.settings if sender else {}
        if sender is not None:
            self.fields["name"].initial = sender.name
        for each in kind.fields:
            field = field_of(each, known.get(each.name, each.default), has_secret=sender is not None)
            self.fields[f"set_{each.name}"] = field
        if isinstance(kind, Carrier):
            self._add_pace(sender)

    def _add_pace(self, sender: SenderSettings | None) -> None:
        self.fields["heard_in"] = forms.ModelChoiceField(
            label=gettext("Source in which the copies are heard"),
            help_text=gettext("The mailbox or folder of the address for a copy. It makes sure of what was cut off."),
            queryset=sources(),
            required=False,
            empty_label=gettext("None of these"),
            initial=sender.heard_in_id if sender else None,
        )
        self.fields["copy_minutes"] = forms.IntegerField(
            label=gettext("Minutes that a copy may take"),
            help_text=gettext("When it has not come by then, the message is sent again."),
            min_value=0,
            max_value=LONGEST_WAIT,
            initial=sender.copy_minutes if sender else 15,
        )
        self.fields["per_minute"] = forms.IntegerField(
            label=gettext("At most so many a minute"),
            help_text=gettext("What your mail server allows. 0 is as fast as it goes."),
            min_value=0,
            max_value=FASTEST,
            initial=sender.per_minute if sender else 120,
        )

    @property
    def given(self) -> dict[str, Any]:
        """Of a valid form: what adding and changing take."""
        values = {each.name: as_text(self.cleaned_data.get(f"set_{each.name}")) for each in self._kind.fields}
        return {
            "name": str(self.cleaned_data["name"]),
            "given": values,
            "per_minute": self.cleaned_data.get("per_minute") or 0,
            "heard_in": self.cleaned_data.get("heard_in"),
            "copy_minutes": self.cleaned_data.get("copy_minutes") or 0,
        }


class TrialForm(forms.Form):
    """Where a trial message goes."""

    to = forms.EmailField(label=gettext_lazy("Send a trial to"))


_LABELS = {
    "subject": gettext_lazy("Subject"),
    "text": gettext_lazy("The text"),
    "mail": gettext_lazy("Another text for mail"),
    "letter": gettext_lazy("Another text for letters"),
    "points": gettext_lazy("Talking points for the telephone"),
}
_HELP = {
    "text": gettext_lazy("{aanhef} becomes the greeting, {naam} the name. An empty line begins a new paragraph."),
    "mail": gettext_lazy("Only where a mail has to say it otherwise."),
    "letter": gettext_lazy("Only where a letter has to say it otherwise."),
    "points": gettext_lazy("One on each line: what an adviser says, in the order of the talk."),
}
_ROWS = {"text": 12, "mail": 5, "letter": 5, "points": 6}


class WordingForm(forms.Form):
    """A wording in both languages; fields are named as the texts of :class:`Wording`."""

    def __init__(self, *args: Any, wording: Wording, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in FIELDS:
            part, _, language = name.rpartition("_")
            rows = _ROWS.get(part)
            widget = forms.Textarea(attrs={"rows": rows, "lang": language}) if rows else forms.TextInput()
            self.fields[name] = forms.CharField(
                label=_LABELS[part],
                help_text=_HELP.get(part, ""),
                required=False,
                widget=widget,
                initial=getattr(wording, name),
                max_length=200 if part == "subject" else 20_000,
            )

    def dutch(self) -> list[forms.BoundField]:
        """The fields of the Dutch text."""
        return [self[name] for name in FIELDS if name.endswith("_nl")]

    def english(self) -> list[forms.BoundField]:
        """The fields of the English text."""
        return [self[name] for name in FIELDS if name.endswith("_en")]


class CallBackForm(forms.Form):
    """When someone asked to be called back."""

    call_at = forms.DateTimeField(
        label=gettext_lazy("Call back at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class WayForm(forms.Form):
    """Another way to reach one person."""

    choice = forms.ChoiceField(label=gettext_lazy("How"), widget=forms.RadioSelect)

    def __init__(self, ways: list[Way], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = {"email": gettext("By e-mail"), "call": gettext("By telephone"), "letter": gettext("By letter")}
        free = [(each.choice, f"{names[each.channel]}: {each.shown}") for each in ways if not each.refused]
        self.fields["choice"] = forms.ChoiceField(label=gettext("How"), widget=forms.RadioSelect, choices=free)
