"""The forms of sending in, of mapping a table, of who we are and of the thresholds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from gehoor.analysis.weight import Rate, Table
from gehoor.channels.base import Card, Wishes
from gehoor.channels.registry import cards
from gehoor.channels.table.proposal import Preview
from gehoor.channels.table.words import FIELDS
from gehoor.kernel.language import sentence
from gehoor.rooms.voices.forms import channel_name

FIELD_NAMES: Mapping[str, str] = {
    "text": sentence("What the customer said"),
    "answer": sentence("What we answered"),
    "said_at": sentence("When it was said"),
    "answered_at": sentence("When we answered"),
    "author": sentence("Name of the customer"),
    "email": sentence("E-mail address of the customer"),
    "phone": sentence("Telephone number of the customer"),
    "customer_number": sentence("Customer number"),
    "handle": sentence("Account name on a network"),
    "subject": sentence("Subject"),
    "adviser": sentence("Name of the adviser"),
    "score": sentence("Score that the customer gave"),
    "id": sentence("Number of the row in the source"),
    "duration": sentence("Duration of the conversation"),
    "waited": sentence("Time spent waiting"),
    "conversation": sentence("Number of the conversation"),
}
LARGEST_THRESHOLD = 24 * 60
FASTEST_PACE = 1_000


def channel_choices(nothing: str) -> list[tuple[str, str]]:
    """Every channel by name, after the choice of none."""
    names = sorted(
        ((channel_name(kind, get_language()), kind) for kind in cards()), key=lambda each: each[0].casefold()
    )
    return [("", nothing), *((kind, name[:1].upper() + name[1:]) for name, kind in names)]


class SendForm(forms.Form):
    """What someone who sends something in says about it. The files are taken from the request."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"),
        required=False,
        help_text=gettext_lazy("Only needed when a table does not show how its words reached us."),
    )
    take_proposal = forms.BooleanField(
        label=gettext_lazy("For a table: take the columns as Gehoor understands them, without asking"), required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["channel"] = forms.ChoiceField(
            label=self.fields["channel"].label,
            help_text=self.fields["channel"].help_text,
            required=False,
            choices=channel_choices(gettext("Gehoor finds out")),
        )

    @property
    def wishes(self) -> Wishes:
        """Of a valid form."""
        return Wishes(channel=self.cleaned_data["channel"], take_proposal=self.cleaned_data["take_proposal"])


class MappingForm(forms.Form):
    """Which column of a table holds what."""

    def __init__(self, preview: Preview, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["channel"] = forms.ChoiceField(
            label=gettext("Channel"), choices=channel_choices("")[1:], initial=preview.channel
        )
        columns = [("", gettext("No column")), *((each, each) for each in preview.headers if each)]
        for field in FIELDS:
            proposed = preview.mapping.get(field, "")
            extra = [] if proposed in dict(columns) else [(proposed, proposed)]
            self.fields[field] = forms.ChoiceField(
                label=gettext(FIELD_NAMES.get(field, field)), required=False, choices=columns + extra, initial=proposed
            )

    def clean(self) -> dict[str, Any]:
        """Someone has to have said something."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if not given.keys() & {"text", "answer"}:
            self.add_error("text", gettext("Choose the column that holds what the customer said."))
        return given

    @property
    def wishes(self) -> Wishes:
        """Of a valid form."""
        mapping = {name: str(value) for name, value in self.cleaned_data.items() if name in FIELDS and value}
        return Wishes(channel=str(self.cleaned_data["channel"]), mapping=mapping)


class OwnForm(forms.Form):
    """One address, mail domain, number or handle of the organisation."""

    value = forms.CharField(
        label=gettext_lazy("Address, mail domain, telephone number or account name"),
        max_length=300,
        help_text=gettext_lazy("For instance klacht@delinde.nl, delinde.nl, 020 123 45 67 or @delinde."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """One channel in the table of thresholds."""

    card: Card
    threshold: forms.BoundField
    pace: forms.BoundField
    standard: Rate


class ThresholdsForm(forms.Form):
    """Minutes before the first word and words a minute, for every channel."""

    def __init__(self, table: Table, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._cards = sorted(cards().values(), key=lambda card: channel_name(card.kind, get_language()).casefold())
        for card in self._cards:
            rate, name = table.rate(card.kind), channel_name(card.kind, get_language())
            threshold = gettext("Minutes before the first word, %(channel)s") % {"channel": name}
            pace = gettext("Words a minute, %(channel)s") % {"channel": name}
            self._add(f"threshold_{card.kind}", threshold, rate.threshold_minutes, 0, LARGEST_THRESHOLD)
            self._add(f"pace_{card.kind}", pace, rate.words_per_minute, 0.1, FASTEST_PACE)

    def _add(self, name: str, label: str, initial: float, least: float, most: float) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "aria-label": label, "size": 6})
        self.fields[name] = forms.FloatField(
            label=label,
            initial=int(initial) if float(initial).is_integer() else initial,
            min_value=least,
            max_value=most,
            localize=True,
            widget=widget,
        )

    @property
    def rows(self) -> Iterator[ThresholdRow]:
        """To show as a table."""
        for card in self._cards:
            standard = Rate(card.threshold_minutes, card.words_per_minute)
            yield ThresholdRow(card, self[f"threshold_{card.kind}"], self[f"pace_{card.kind}"], standard)

    @property
    def rates(self) -> dict[str, Rate]:
        """Of a valid form."""
        given = self.cleaned_data
        return {card.kind: Rate(given[f"threshold_{card.kind}"], given[f"pace_{card.kind}"]) for card in self._cards}
