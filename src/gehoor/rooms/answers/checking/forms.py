"""Forms of this part."""

from django import forms
from django.utils.translation import gettext_lazy

from gehoor.rooms.answers.checking.check import LONGEST_QUESTION

MOST_CHARACTERS = 1_500_000
"""What a form takes; how much of it is read stands in ``draft.py``."""


class CheckForm(forms.Form):
    """A draft, and what it is held against."""

    draft = forms.CharField(
        label=gettext_lazy("Draft"),
        help_text=gettext_lazy("Paste what you are about to send. A mail that is quoted below it is left out."),
        widget=forms.Textarea(attrs={"rows": 12, "data-grows": ""}),
        max_length=MOST_CHARACTERS,
        strip=False,
    )
    question = forms.CharField(
        label=gettext_lazy("The question that it answers"),
        help_text=gettext_lazy("Not needed. Without it the entries that fit the draft itself are looked up."),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    customer = forms.CharField(
        label=gettext_lazy("Customer"),
        help_text=gettext_lazy("Not needed. A name, address or number; then what this customer was told counts too."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    voice = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, sees_people: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not sees_people:
            del self.fields["customer"]
            del self.fields["person"]
