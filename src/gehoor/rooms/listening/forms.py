"""The form with which a session begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gehoor.rooms.listening.models import DrawnBy, Pool

LENGTHS = (10, 20, 40)


def _lengths() -> list[tuple[int, str]]:
    return [
        (length, ngettext("%(count)s minute", "%(count)s minutes", length) % {"count": length}) for length in LENGTHS
    ]


class SessionForm(forms.Form):
    """How long, and how the stack is drawn."""

    minutes = forms.TypedChoiceField(
        label=_("How long do you have?"), coerce=int, choices=_lengths, widget=forms.RadioSelect, initial=LENGTHS[1]
    )
    drawn_by = forms.TypedChoiceField(
        label=_("How is it drawn?"),
        coerce=DrawnBy,
        choices=[
            (DrawnBy.MINUTES, _("In proportion to customer minutes: what cost more time to say has more chance")),
            (DrawnBy.VOICES, _("In proportion to voices: everything has the same chance")),
        ],
        widget=forms.RadioSelect,
        initial=DrawnBy.MINUTES,
    )
    pool = forms.TypedChoiceField(
        label=_("From what?"),
        coerce=Pool,
        choices=[(Pool.UNHEARD, _("Only what nobody has heard yet")), (Pool.ALL, _("Everything"))],
        widget=forms.RadioSelect,
        initial=Pool.UNHEARD,
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=2**62,
        help_text=_("The same number over the same voices draws the same stack again. Empty: a number by chance."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def asked(self) -> dict[str, Any]:
        """What ``do_start_session`` takes."""
        return dict(self.cleaned_data)
