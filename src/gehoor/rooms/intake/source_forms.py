"""The forms of sources and of what was not heard."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.channels.base import Field, Inlet
from gehoor.rooms.intake.forms import channel_choices
from gehoor.rooms.intake.models import Source
from gehoor.rooms.intake.not_heard import MOST
from gehoor.rooms.intake.not_heard import NAMES as NOT_HEARD_NAMES
from gehoor.rooms.intake.sources import sources


class SourceForm(forms.Form):
    """A source: its name, its channel where the inlet leaves that open, and the inlet's own fields."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("By which colleagues know it.")
    )

    def __init__(self, inlet: Inlet, *args: Any, source: Source | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self._inlet = inlet
        known = source.settings if source else {}
        if source is not None:
            self.fields["name"].initial = source.name
        if not inlet.channel:
            self.fields["channel"] = forms.ChoiceField(
                label=gettext("Channel"),
                choices=channel_choices("")[1:],
                initial=source.channel if source else "letter",
            )
        for each in inlet.fields:
            field = field_of(each, known.get(each.name, each.default), has_secret=source is not None)
            self.fields[f"set_{each.name}"] = field

    @property
    def given(self) -> dict[str, Any]:
        """Of a valid form: name, channel and settings."""
        values = {each.name: as_text(self.cleaned_data.get(f"set_{each.name}")) for each in self._inlet.fields}
        channel = str(self.cleaned_data.get("channel", "") or self._inlet.channel)
        return {"name": str(self.cleaned_data["name"]), "channel": channel, "given": values}


def as_text(value: Any) -> str:
    """What was filled in, as a setting is kept."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def field_of(each: Field, initial: str, *, has_secret: bool) -> forms.Field:
    """The form field for a setting; a secret that is kept already may stay empty."""
    label, help_text = gettext(each.title), gettext(each.help) if each.help else ""
    required = each.required and not (each.kind == "secret" and has_secret)
    if each.kind == "flag":
        return forms.BooleanField(label=label, help_text=help_text, required=False, initial=bool(initial))
    if each.choices:
        choices = [(value, gettext(name)) for value, name in each.choices]
        return forms.ChoiceField(label=label, help_text=help_text, required=required, initial=initial, choices=choices)
    if each.kind == "number":
        return forms.IntegerField(label=label, help_text=help_text, required=required, initial=initial, min_value=0)
    if each.kind == "secret":
        again = gettext("Leave it empty to keep what it is.") if has_secret else ""
        hidden = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        return forms.CharField(label=label, help_text=help_text or again, required=required, widget=hidden)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=required, initial=initial, widget=widget)


class NotHeardForm(forms.Form):
    """How often customers tried in vain in a period."""

    what = forms.ChoiceField(label=gettext_lazy("What"))
    since = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Up to and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=0, max_value=MOST)
    waited_minutes = forms.FloatField(
        label=gettext_lazy("Minutes waited, all together"),
        required=False,
        min_value=0,
        max_value=MOST,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("Leave it empty when nobody knows: unknown is not zero."),
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=gettext_lazy("None of these"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(value, gettext(name)) for value, name in NOT_HEARD_NAMES.items()]
        self.fields["what"] = forms.ChoiceField(label=self.fields["what"].label, choices=choices)
        source = self.fields["source"]
        if isinstance(source, forms.ModelChoiceField):
            source.queryset = sources()


class TableForm(forms.Form):
    """A table of what was not heard."""

    table = forms.FileField(
        label=gettext_lazy("Table (.csv)"),
        help_text=gettext_lazy(
            "With the columns what, since, until, count, and where known waited_minutes and source."
        ),
    )

    def clean_table(self) -> Any:
        """A table of this kind is small."""
        table = self.cleaned_data["table"]
        if table.size > 5_000_000:
            raise forms.ValidationError(gettext("This table is larger than 5 MB."))
        return table
