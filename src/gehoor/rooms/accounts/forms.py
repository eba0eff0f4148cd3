"""The forms of signing in and of users."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ROLE_NAMES, Role
from gehoor.rooms.accounts.scopes import scopes_of

ROLE_PURPOSES = {
    Role.ADVISER: sentence("speaks with customers"),
    Role.MARKETER: sentence("wants to know what customers are waiting for"),
    Role.MANAGER: sentence("decides what changes, without seeing who customers are"),
    Role.ANSWER_EDITOR: sentence("keeps the answers right and the same"),
    Role.COMPLAINTS_OFFICER: sentence("handles complaints, and takes in letters"),
    Role.PRIVACY_OFFICER: sentence("guards what is known about customers"),
    Role.ADMINISTRATOR: sentence("sets up sources and users"),
}


def role_choices() -> list[tuple[str, str]]:
    """Every role with what it is for, in the language of the one who looks."""
    return [(role.value, f"{_(ROLE_NAMES[role])}: {_(ROLE_PURPOSES[role])}") for role in Role]


def _email_field() -> forms.EmailField:
    return forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class SignInForm(forms.Form):
    """E-mail and password."""

    email = _email_field()
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ChoosePasswordForm(forms.Form):
    """A new password, typed once; a person may look at it while typing in a password manager."""

    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        min_length=12,
        error_messages={"min_length": _("Too short: choose at least twelve characters.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters; no common password, and unlike the name or e-mail address."),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password


class ChangePasswordForm(ChoosePasswordForm):
    """A new password, for someone who knows the old one."""

    old_password = forms.CharField(
        label=_("Password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password")

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        if self.user is None or not self.user.check_password(password):
            raise ValidationError(_("This is not the password until now."))
        return password


class WelcomeForm(ChoosePasswordForm):
    """The first administrator."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = _email_field()
    field_order = ("name", "email", "new_password")

    def clean_new_password(self) -> str:
        self.user = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))
        return super().clean_new_password()


class UserForm(forms.Form):
    """Name and roles of someone who is already there."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=role_choices, widget=forms.CheckboxSelectMultiple, required=True
    )
    is_active = forms.BooleanField(label=_("May sign in"), required=False, initial=True)


class NewUserForm(forms.Form):
    """Someone new."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=role_choices, widget=forms.CheckboxSelectMultiple, required=True
    )


class TokenForm(forms.Form):
    """A token for a program: what it is called, what it may, and how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Which program uses it, so that you recognise it later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(label=_("What it may"), widget=forms.CheckboxSelectMultiple, required=True)
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        initial=90,
        choices=[(30, _("A month")), (90, _("Three months")), (365, _("A year"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(scope.code, f"{_(scope.name)} ({scope.code})") for scope in scopes_of(user)]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]


class LanguageForm(forms.Form):
    """One's own language."""

    language = forms.ChoiceField(
        label=_("Language of the screens"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
