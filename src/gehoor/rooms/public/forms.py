"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gehoor.channels.outgoing import Letterhead, PostalAddress


class LetterheadForm(forms.Form):
    """Who we are on everything that goes out."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    street = forms.CharField(label=_("Street and number, or PO box"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    country = forms.CharField(
        label=_("Country"), max_length=60, required=False, help_text=_("Leave empty within the Netherlands.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    signed_by = forms.CharField(label=_("Who signs"), max_length=200, required=False)
    signed_as = forms.CharField(
        label=_("What this person does"),
        max_length=200,
        required=False,
        help_text=_("For example: head of customer care."),
    )

    @classmethod
    def of(cls, letterhead: Letterhead) -> "LetterheadForm":
        """Filled in with what stands now."""
        postal = letterhead.postal
        address = {} if postal is None else {name: getattr(postal, name) for name in PostalAddress.__slots__}
        names = ("name", "phone", "email", "website", "signed_by", "signed_as")
        return cls(initial={**{name: getattr(letterhead, name) for name in names}, **address})

    def letterhead(self) -> Letterhead:
        """What was filled in."""
        said = self.cleaned_data
        postal = PostalAddress(said["street"], said["postcode"], said["place"], said["country"])
        return Letterhead(
            name=said["name"],
            postal=postal if any((postal.street, postal.postcode, postal.place, postal.country)) else None,
            phone=said["phone"],
            email=said["email"],
            website=said["website"],
            signed_by=said["signed_by"],
            signed_as=said["signed_as"],
        )
