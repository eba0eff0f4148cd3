"""What people fill in about needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gehoor.rooms.needs.decisions import NAME_LENGTH
from gehoor.rooms.needs.models import Need


class GuessForm(forms.Form):
    """Three short fields, none of which is required."""

    first = forms.CharField(label=gettext_lazy("First"), max_length=300, required=False)
    second = forms.CharField(label=gettext_lazy("Second"), max_length=300, required=False)
    third = forms.CharField(label=gettext_lazy("Third"), max_length=300, required=False)

    def texts(self) -> list[str]:
        """What was filled in."""
        return [self.cleaned_data[name] for name in ("first", "second", "third")]


class RenameForm(forms.Form):
    """Another name; empty takes back the proposed one."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH, required=False)


class ChoiceForm(forms.Form):
    """Another need."""

    def __init__(self, *args: Any, needs: list[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext_lazy("Choose a need")), *((str(need.public_id), str(need)) for need in needs)]
        self.fields["into"] = forms.ChoiceField(label=gettext_lazy("Need"), choices=choices)
