"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """What someone knows of the person looked for."""

    query = forms.CharField(
        label=_("Name, e-mail address, phone number or customer number"),
        max_length=300,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off"}),
    )
