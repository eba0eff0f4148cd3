"""The search form."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from gehoor.channels.registry import cards
from gehoor.rooms.accounts.models import User
from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.queries import (
    KIND_NAMES,
    LENS_CHOICES,
    LENS_NAMES,
    ORDER_NAMES,
    SEARCHED_KINDS,
    SEARCHED_LANGUAGES,
    channels_in_use,
    language_name,
    offered_lenses,
)
from gehoor.rooms.voices.search import Filters

Choices = list[tuple[str, str]]


def channel_name(kind: str, language: str | None) -> str:
    """A channel's name from its card; an uninstalled channel keeps its own word."""
    card = cards().get(kind)
    if card is None:
        return kind
    return card.name_nl if (language or "nl").startswith("nl") else card.name_en


class SearchForm(forms.Form):
    """What can be asked of the voices. Only to show: the filters themselves are read by ``Filters.read``."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    since = forms.CharField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.CharField(
        label=gettext_lazy("Up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(self, filters: Filters, viewer: User, language: str | None, **more: Any) -> None:
        super().__init__(initial={"order": filters.order, **filters.items()}, **more)
        for name in offered_lenses(viewer):
            self.fields[name] = forms.ChoiceField(label=gettext(LENS_NAMES[name]), required=False)
            self._offer(name, gettext("All"), [(each, lenses()[name].describe(each)) for each in LENS_CHOICES[name]])
        kinds = {*channels_in_use(), filters.channel} - {""}
        names = sorted(((channel_name(kind, language), kind) for kind in kinds), key=lambda each: each[0].casefold())
        self._offer("channel", gettext("All channels"), [(kind, name[:1].upper() + name[1:]) for name, kind in names])
        self._offer("kind", gettext("All kinds"), [(kind, gettext(KIND_NAMES[kind])) for kind in SEARCHED_KINDS])
        self._offer("language", gettext("All languages"), [(code, language_name(code)) for code in SEARCHED_LANGUAGES])
        self._offer("order", "", [(order, gettext(name)) for order, name in ORDER_NAMES.items()])

    def _offer(self, name: str, everything: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 for the type checker
        field.choices = ([("", everything)] if everything else []) + choices
