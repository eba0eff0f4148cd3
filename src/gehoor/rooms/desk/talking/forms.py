"""Forms that customers fill in. Each works without a script and says in plain words what is the matter."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Attachment, Identity
from gehoor.kernel.errors import Refused
from gehoor.rooms.desk.models import WishKind
from gehoor.rooms.desk.talking import attaching, cleaning
from gehoor.rooms.desk.talking.guarding import new_ticket, read_ticket
from gehoor.rooms.people.preferences import REACHABLE


def in_words(refused: Refused) -> str:
    """Why it cannot be, as a sentence."""
    why = gettext(str(refused.fields["why"]))
    return f"{why[:1].upper()}{why[1:]}."


class CustomerForm(forms.Form):
    """A form with a ticket, and with a field that people do not see and programs fill in."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    website = forms.CharField(
        required=False, max_length=1_000, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )
    key = ""
    """By which what is sent comes in once; set when the form is valid."""

    def clean_website(self) -> str:
        """Nothing is thrown away: who is a human being after all empties it and sends again."""
        if self.cleaned_data["website"].strip():
            raise forms.ValidationError(_("Leave the field that says so empty, and press the button once more."))
        return ""

    def clean(self) -> dict[str, Any]:
        """The ticket last, so that a form that is not right yet stays good."""
        try:
            self.key = read_ticket(self.cleaned_data.get("ticket", ""))
        except Refused as refused:
            raise forms.ValidationError(in_words(refused)) from None
        return self.cleaned_data

    def ticket_to_show(self) -> str:
        """The same one for a form that comes back, so that it comes in once; a new one where that is no good."""
        return str(self.data.get("ticket", "")) if self.key else new_ticket()


class ContactForm(CustomerForm):
    """Whatever someone wants to say to us."""

    text = forms.CharField(
        label=_("What do you want to tell or ask us?"),
        max_length=cleaning.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you want to tell or ask us.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=cleaning.LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("You may leave this empty."),
    )
    reach = forms.CharField(
        label=_("Your e-mail address or telephone number"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=_("You may leave this empty. We read what you write, but then we cannot answer you."),
    )
    file = forms.FileField(
        label=_("Send a file along"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": attaching.ACCEPT}),
        help_text=_("One picture, PDF or document of at most 10 MB. You may leave this empty."),
    )

    def clean_text(self) -> str:
        """Without control signs."""
        text = cleaning.words(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(_("Write what you want to tell or ask us."))
        return text

    def clean_name(self) -> str:
        """On one line."""
        return cleaning.one_line(self.cleaned_data["name"])

    def clean_reach(self) -> Identity | None:
        """A mail address or a telephone number, or nothing."""
        raw = self.cleaned_data["reach"].strip()
        found = cleaning.reach(raw) if raw else None
        if raw and found is None:
            raise forms.ValidationError(
                _("This is no e-mail address or telephone number that we can reach. Correct it, or leave it empty.")
            )
        return found

    def clean_file(self) -> Attachment | None:
        """What it is, read from its own bytes."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return None
        try:
            return attaching.attachment(file.name or "", file.read(attaching.LARGEST + 1))
        except Refused as refused:
            raise forms.ValidationError(in_words(refused)) from None


class QuestionForm(CustomerForm):
    """The one question afterwards: the words first, a mark only from who likes to give one."""

    text = forms.CharField(
        label=_("What do you want to tell us?"),
        max_length=cleaning.LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    score = forms.TypedChoiceField(
        label=_("If you like: a mark from 1 to 10"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("no mark")), *((str(each), str(each)) for each in range(1, 11))],
    )

    def clean(self) -> dict[str, Any]:
        """Words, a mark, or both."""
        said = super().clean()
        said["text"] = cleaning.words(said.get("text") or "")
        if not said["text"] and said.get("score") is None and not self.errors:
            raise forms.ValidationError(_("Write what you want to tell us, or choose a mark."))
        return said


class AddressForm(CustomerForm):
    """Whose own data are asked for."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=300,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Give the e-mail address that you use with us.")},
    )

    def clean_address(self) -> str:
        """A mail address, on one line."""
        line = cleaning.one_line(self.cleaned_data["address"], 300)
        if normalise("email", line) is None:
            raise forms.ValidationError(_("This is no e-mail address. Look whether it is right."))
        return line


class ReachForm(forms.Form):
    """How someone likes to be reached."""

    channel = forms.ChoiceField(choices=[(each, each) for each in REACHABLE])
    wanted = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")


class OwnDataWishForm(forms.Form):
    """What we are asked to do with what we keep."""

    kind = forms.ChoiceField(
        label=_("What do you want us to do?"),
        choices=[
            (WishKind.CORRECT, _("Correct something")),
            (WishKind.ERASE, _("Erase what you keep of me")),
            (WishKind.ALL, _("Send me everything that you keep of me")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want us to do.")},
    )
    text = forms.CharField(
        label=_("Do you want to add something?"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For instance what is not right."),
    )

    def clean_text(self) -> str:
        """Without control signs."""
        return cleaning.words(self.cleaned_data["text"])
