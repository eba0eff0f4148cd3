"""The forms of given answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gehoor.rooms.answers.given.counting import Period
from gehoor.rooms.sending.runs import FIELDS


class PeriodForm(forms.Form):
    """From which day up to which."""

    since = forms.DateField(required=False, label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(required=False, label=gettext_lazy("Up to"), widget=forms.DateInput({"type": "date"}))

    def period(self) -> Period:
        """What was chosen; what is no date counts as open."""
        if not self.is_bound:
            return Period()
        self.full_clean()
        return Period(self.cleaned_data.get("since"), self.cleaned_data.get("until"))


class BookWrongForm(forms.Form):
    """What is not right about the entry."""

    why = forms.CharField(label=gettext_lazy("What is not right?"), max_length=500, widget=forms.Textarea({"rows": 2}))


class WordingForm(forms.Form):
    """What is told, in both languages."""

    subject_nl = forms.CharField(label=gettext_lazy("Subject in Dutch"), max_length=200)
    text_nl = forms.CharField(label=gettext_lazy("Text in Dutch"), widget=forms.Textarea({"rows": 12}))
    points_nl = forms.CharField(
        label=gettext_lazy("Talking points in Dutch"), required=False, widget=forms.Textarea({"rows": 5})
    )
    subject_en = forms.CharField(label=gettext_lazy("Subject in English"), max_length=200, required=False)
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"), required=False, widget=forms.Textarea({"rows": 12})
    )
    points_en = forms.CharField(
        label=gettext_lazy("Talking points in English"), required=False, widget=forms.Textarea({"rows": 5})
    )

    def texts(self) -> dict[str, str]:
        """What was written, by the fields of a wording."""
        cleaned: dict[str, Any] = self.cleaned_data
        return {name: str(value) for name, value in cleaned.items() if name in FIELDS}
