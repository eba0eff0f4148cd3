"""The form with which a board letter begins."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_QUARTER_DAYS = 90
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LetterForm(forms.Form):
    """For which meeting, about which period, in which language."""

    meeting = forms.CharField(
        label=_("For which meeting?"), required=False, max_length=120, help_text=_("Such as: the board, team day.")
    )
    held_on = forms.DateField(label=_("On"), widget=_DAY)
    since = forms.DateField(label=_("What was said from"), widget=_DAY)
    until = forms.DateField(label=_("up to and including"), widget=_DAY)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("nl", "Nederlands"), ("en", "English")], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {
            "held_on": today,
            "since": today - timedelta(days=_QUARTER_DAYS),
            "until": today,
            "language": "en" if get_language() == "en" else "nl",
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

    def asked(self) -> dict[str, Any]:
        """What ``do_write_letter`` takes."""
        return dict(self.cleaned_data)
