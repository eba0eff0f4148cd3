"""The form of a note."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.rooms.intake.noting import LONGEST, PLACES


class NoteForm(forms.Form):
    """What was said; where, by whom and how long may be added."""

    text = forms.CharField(
        label=gettext_lazy("What did the customer say?"),
        max_length=LONGEST,
        help_text=gettext_lazy("In the customer's own words, as far as you can."),
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True}),
    )
    place = forms.ChoiceField(label=gettext_lazy("Where"), widget=forms.RadioSelect)
    who = forms.CharField(
        label=gettext_lazy("E-mail address, telephone or customer number"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("If the customer gave one; then it stands in the dossier too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minutes = forms.FloatField(
        label=gettext_lazy("Minutes that it took"),
        required=False,
        min_value=0,
        max_value=600,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}),
    )

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choices = [(place, gettext(name)) for place, name in PLACES.items()]
        self.fields["place"] = forms.ChoiceField(
            label=self.fields["place"].label, choices=choices, widget=forms.RadioSelect
        )
