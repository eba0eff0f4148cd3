"""What people stated about the channels in which they want to be reached."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gehoor.kernel.language import sentence
from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Person, Preference, PreferenceOf

REACHABLE = ("email", "letter", "call")
"""The channels in which we can reach someone of our own accord, the calmest first."""

CHANNEL_WISHES = {
    ("email", True): sentence("likes to get e-mail"),
    ("letter", True): sentence("likes to get a letter"),
    ("call", True): sentence("likes to be called"),
    ("email", False): sentence("wants no e-mail"),
    ("letter", False): sentence("wants no letters"),
    ("call", False): sentence("does not want to be called"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person wants now. ``stated`` is the channel asked for last, ``""`` for none; it is never refused."""

    stated: str = ""
    refused: frozenset[str] = frozenset()


NONE = Wishes()


def wishes(persons: Collection[int]) -> Mapping[int, Wishes]:
    """What these persons stated, in one query; who stated nothing is left out."""
    held = PreferenceOf.objects.filter(among("identity__person_id", persons), preference__undone=False)
    rows = held.order_by("preference__since", "preference_id").values_list(
        "identity__person_id", "preference__channel", "preference__wanted"
    )
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    for person, channel, wanted in rows:
        found[person].append((channel, wanted))
    return {person: _now(stated) for person, stated in found.items()}


def _now(stated: Iterable[tuple[str, bool]]) -> Wishes:
    """Of each channel the last statement counts. ``stated`` goes from old to new."""
    last: dict[str, bool] = {}
    for channel, wanted in stated:
        last.pop(channel, None)
        last[channel] = wanted
    wanted_last = [channel for channel, wanted in last.items() if wanted]
    refused = frozenset(channel for channel, wanted in last.items() if not wanted)
    return Wishes(wanted_last[-1] if wanted_last else "", refused)


def stated_by(person: Person) -> list[Preference]:
    """Everything that one person stated and that was not undone, newest first."""
    held = PreferenceOf.objects.filter(identity__person=person).values("preference")
    found = Preference.objects.filter(pk__in=held, undone=False).select_related("voice", "actor")
    return list(found.order_by("-since", "-pk"))


def describe(channel: str, *, wanted: bool) -> str:
    """A wish as a sentence without its subject, to be translated: "wants no e-mail"."""
    return CHANNEL_WISHES[channel, wanted]
