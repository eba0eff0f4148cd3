"""Forms of this room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gehoor.channels.outgoing import PostalAddress
from gehoor.rooms.people.preferences import CHANNEL_WISHES, describe
from gehoor.rooms.people.story import how
from gehoor.rooms.voices.models import Voice


class SearchForm(forms.Form):
    """What someone knows of the person looked for."""

    query = forms.CharField(
        label=_("Name, e-mail address, phone number or customer number"),
        max_length=300,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off"}),
    )


class WishForm(forms.Form):
    """How someone wants to be reached, and how we know."""

    wish = forms.ChoiceField(label=_("What does this customer want?"), widget=forms.RadioSelect)
    said_in = forms.ChoiceField(label=_("How do we know?"), required=False)

    def __init__(self, data: Any = None, *, said: Sequence[Voice]) -> None:
        super().__init__(data)
        self._said = {str(voice.public_id): voice for voice in said}
        wishes = [(_coded(*each), gettext(describe(each[0], wanted=each[1]))) for each in CHANNEL_WISHES]
        self.fields["wish"].choices = wishes  # type: ignore[attr-defined]
        heard = [(key, _called(voice)) for key, voice in self._said.items()]
        self.fields["said_in"].choices = [("", gettext("I was told, or know it myself")), *heard]  # type: ignore[attr-defined]

    def wish_said(self) -> tuple[str, bool]:
        """The channel, and whether it is wanted."""
        return next(each for each in CHANNEL_WISHES if _coded(*each) == self.cleaned_data["wish"])

    def voice(self) -> Voice | None:
        """The voice in which it was said, where one was chosen."""
        return self._said.get(self.cleaned_data["said_in"])


def _coded(channel: str, wanted: bool) -> str:
    return f"{'' if wanted else 'no-'}{channel}"


def _called(voice: Voice) -> str:
    at = voice.said_at or voice.heard_at
    said = {"how": how(voice.channel), "day": formats.date_format(timezone.localtime(at), "j F Y")}
    return gettext("Said %(how)s, %(day)s") % said


class AddressForm(forms.Form):
    """Where letters to someone go."""

    street = forms.CharField(label=_("Street and number, or PO box"), max_length=200)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    place = forms.CharField(label=_("Place"), max_length=100)
    country = forms.CharField(
        label=_("Country"), max_length=60, required=False, help_text=_("Leave empty within the Netherlands.")
    )

    @classmethod
    def of(cls, address: PostalAddress | None) -> "AddressForm":
        """Filled in with the address that stands now."""
        if address is None:
            return cls()
        return cls(initial={name: getattr(address, name) for name in PostalAddress.__slots__})

    def address(self) -> PostalAddress:
        """What was filled in."""
        return PostalAddress(*(self.cleaned_data[name] for name in ("street", "postcode", "place", "country")))
