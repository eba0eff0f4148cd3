"""How someone is best reached: in the channel that they asked for, else in which they begin themselves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Literal

from django.db.models import Max, Min

from gehoor.channels.outgoing import PostalAddress
from gehoor.kernel.language import sentence
from gehoor.rooms.people import preferences
from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Attribution, Identity, Person
from gehoor.rooms.people.neighbourhood import LONG_AGO
from gehoor.rooms.people.postal import whereabouts
from gehoor.rooms.people.preferences import REACHABLE, Wishes, wishes
from gehoor.rooms.people.salutation import envelope_name, has_title, same_surname
from gehoor.rooms.voices.models import Reply

IDENTITY_OF = {"email": "email", "call": "phone"}
"""The kind of identity that each channel needs; a letter needs a postal address."""


class Why(Enum):
    """Why someone is reached in this channel, or in none."""

    STATED = sentence("Asked for it.")
    BEGINS = sentence("As far as we know, this customer mostly begins in this way.")
    ONLY_WAY = sentence("It is the only way that we know.")
    NEXT_BEST = sentence("The way that this customer uses most cannot be used for this; this is the next best.")
    NO_ADDRESS = sentence("No address or number is known to which anything could be sent.")
    REFUSED = sentence("Wants nothing in any way that we know.")


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach one person. ``channel`` is email, call, letter, or "" where nobody can be reached: see ``why``.

    ``identity`` is the address or number for email and call; ``postal`` is set for a letter, and only then. ``name`` is
    as it stands on an envelope ("Mevrouw J. de Vries"; :func:`gehoor.rooms.people.salutation.salutation` reads it), ""
    where no name is known. ``language`` is the one in which this person mostly writes.
    """

    channel: str
    why: Why
    identity: Identity | None
    postal: PostalAddress | None
    name: str
    language: Literal["nl", "en"]


@dataclass(slots=True)
class _Habits:
    """What one person does: how often they begin in each channel and when last, in which language, how they sign."""

    begun: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    signed: set[str] = field(default_factory=set)

    def favourites(self) -> list[str]:
        """The channels in which this person begins: most often first, of equals the most recent."""
        return sorted(self.begun, key=lambda each: (self.begun[each], self.last[each]), reverse=True)

    @property
    def language(self) -> Literal["nl", "en"]:
        return "en" if self.languages["en"] > self.languages["nl"] else "nl"


def reaches(persons: Collection[int]) -> Mapping[int, Reach]:
    """How to reach each of these persons (primary keys), in a fixed number of queries however many they are.

    Every person asked for gets an answer, those with unknown keys too (``NO_ADDRESS``).
    """
    wanted = list(dict.fromkeys(persons))
    wants, habits, addresses = wishes(wanted), _habits(wanted), _addresses(wanted)
    names = dict(Person.objects.filter(among("id", wanted)).values_list("id", "name"))
    choices = {
        person: _Choice(wants.get(person, preferences.NONE), habits[person].favourites(), addresses.get(person, {}))
        for person in wanted
    }
    found = whereabouts([person for person, choice in choices.items() if choice.needs_postal()])
    reached = {}
    for person, choice in choices.items():
        where = found.get(person)
        postal = where.postal if where else None
        channel, why = choice.made(postal is not None)
        reached[person] = Reach(
            channel=channel,
            why=why,
            identity=addresses.get(person, {}).get(channel),
            postal=postal if channel == "letter" else None,
            name=envelope_name(_signed(names.get(person, ""), habits[person].signed)),
            language=habits[person].language,
        )
    return reached


@dataclass(frozen=True, slots=True)
class _Choice:
    """Of one person: what was stated, the channels in which they begin, and the addresses that are known."""

    wishes: Wishes
    favourites: list[str]
    addresses: Mapping[str, Identity]

    def order(self) -> list[str]:
        """The channels that may be used, best first: the stated one, those in which they begin, the others."""
        best = [self.wishes.stated, *self.favourites, *REACHABLE]
        return [each for each in dict.fromkeys(best) if each in REACHABLE and each not in self.wishes.refused]

    def needs_postal(self) -> bool:
        """Whether it matters if a postal address is known: no address for a better way than a letter is, or the reason
        depends on it."""
        order = self.order()
        if "letter" not in order:
            return False
        known = [each for each in order if each in self.addresses]
        if not known or order.index("letter") < order.index(known[0]):
            return True
        return len(known) == 1 and known[0] != self.wishes.stated and known[0] != self._favourite()

    def _favourite(self) -> str:
        return self.favourites[0] if self.favourites else ""

    def made(self, has_postal: bool) -> tuple[str, Why]:
        """The channel and the reason."""
        known = {*self.addresses, *(("letter",) if has_postal else ())}
        usable = [each for each in self.order() if each in known]
        if not usable:
            return "", Why.REFUSED if known else Why.NO_ADDRESS
        channel = usable[0]
        if channel == self.wishes.stated:
            return channel, Why.STATED
        if channel == self._favourite():
            return channel, Why.BEGINS
        return channel, Why.ONLY_WAY if len(usable) == 1 else Why.NEXT_BEST


def _addresses(persons: Collection[int]) -> dict[int, dict[str, Identity]]:
    """For each person the mail address and the phone number that was used last."""
    channel_of = {kind: channel for channel, kind in IDENTITY_OF.items()}
    held = Identity.objects.filter(among("person_id", persons), kind__in=channel_of)
    last_used = held.annotate(last=Max("sightings__voice__said_at"))
    found: defaultdict[int, dict[str, Identity]] = defaultdict(dict)
    for identity in sorted(last_used, key=lambda each: (each.last or LONG_AGO, each.pk)):
        if identity.person_id is not None:
            found[identity.person_id][channel_of[identity.kind]] = identity
    return found


def _habits(persons: Collection[int]) -> defaultdict[int, _Habits]:
    """What these persons do, in two queries."""
    rows = Attribution.objects.filter(among("person_id", persons)).values_list(
        "person_id",
        "voice__conversation_id",
        "voice__channel",
        "voice__said_at",
        "voice__heard_at",
        "voice_id",
        "voice__author",
        "voice__understanding__language",
    )
    found: defaultdict[int, _Habits] = defaultdict(_Habits)
    first: dict[tuple[int, int, int], tuple[datetime, str]] = {}
    for known, conversation, channel, said_at, heard_at, voice, author, language in rows:
        person = known or 0
        habits = found[person]
        habits.languages[language or ""] += 1
        habits.signed.add(author)
        at = said_at or heard_at
        key = (person, conversation, 0) if conversation is not None else (person, 0, voice)
        if key not in first or at < first[key][0]:
            first[key] = (at, channel)
    _count_beginnings(found, first)
    return found


def _count_beginnings(found: Mapping[int, _Habits], first: Mapping[tuple[int, int, int], tuple[datetime, str]]) -> None:
    """Whoever answers us in a conversation that we began did not begin it."""
    ours = _begun_by_us({conversation for _, conversation, _ in first if conversation})
    for (person, conversation, _), (at, channel) in first.items():
        we_began = ours.get(conversation)
        if we_began is None or at <= we_began:
            habits = found[person]
            habits.begun[channel] += 1
            habits.last[channel] = max(at, habits.last.get(channel, LONG_AGO))


def _begun_by_us(conversations: Iterable[int]) -> dict[int, datetime]:
    """When we first said something in each conversation, where that is known."""
    told = Reply.objects.filter(among("conversation_id", conversations), said_at__isnull=False)
    return dict(told.values_list("conversation_id").annotate(first=Min("said_at")))


def _signed(name: str, signed: Iterable[str]) -> str:
    """The name, in the way of signing that says mevrouw or heer where this person ever signed so."""
    if has_title(name):
        return name
    titled = sorted(each for each in signed if has_title(each) and same_surname(each, name))
    return max(titled, key=len) if titled else name
