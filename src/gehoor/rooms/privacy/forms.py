"""Forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.trail import Question, actions_seen


class TrailForm(forms.Form):
    """Which part of the audit trail to show."""

    action = forms.ChoiceField(label=_("What was done"), required=False)
    actor = forms.ChoiceField(label=_("By whom"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Up to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    about = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        users = User.objects.order_by("name").values_list("public_id", "name")
        choices = {"action": actions_seen(), "actor": [(str(public_id), name) for public_id, name in users]}
        for name, each in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("everything") if name == "action" else _("everyone")), *each]

    def question(self) -> Question:
        """What was asked; a part that makes no sense is left out."""
        asked = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Question(
            action=asked.get("action") or "",
            actor=asked.get("actor") or None,
            since=asked.get("since"),
            until=asked.get("until"),
            about=asked.get("about"),
        )
