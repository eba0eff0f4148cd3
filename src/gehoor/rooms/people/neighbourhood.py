"""The part of all voices and identities that hangs together: enough to tell who is who in it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gehoor.analysis.linking.normalise import Normal
from gehoor.analysis.linking.persons import Partition, divide
from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Apart, Identity, Sighting
from gehoor.rooms.voices.models import Voice

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


HELD = ("id", "kind", "value", "network", "person_id", "home_id", "shared", "first_voice_id")


@dataclass(slots=True)
class Held:
    """An identity while it is found out whose it is. ``shown`` is how a new one was first written."""

    id: int
    kind: str
    value: str
    network: str
    person: int | None = None
    home: int | None = None
    shared: bool = False
    first_voice: int | None = None
    shown: str | None = None

    @property
    def normal(self) -> Normal:
        """The identity as the analysis knows it."""
        return Normal(self.kind, self.value, self.network)


def kept_apart() -> set[Normal]:
    """What someone of ours decided to prove nothing."""
    rows = Apart.objects.filter(undone=False).values_list("kind", "value", "network")
    return {Normal(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Speaking:
    """What a name is made of: who a voice says that it is from, and when. ``person`` is whose it was so far."""

    author: str
    said_at: datetime
    person: int | None = None
    known: bool = False


@dataclass(slots=True)
class Neighbourhood:
    """Identities by primary key, and the voices that show them."""

    apart: set[Normal]
    identities: dict[int, Held] = field(default_factory=dict)
    shown: dict[int, list[int]] = field(default_factory=dict)
    voices: dict[int, Speaking] = field(default_factory=dict)
    first_shown: set[int] = field(default_factory=set)
    """Identities that a new voice is the first to show."""

    def proves(self, key: int) -> bool:
        """Whether an identity can prove anything at all."""
        identity = self.identities[key]
        return not identity.shared and (not self.apart or identity.normal not in self.apart)

    def widen(self, start: Iterable[int]) -> None:
        """Take in everything that hangs together with ``start``, in a few queries for each step away from it."""
        asked: set[int] = set()
        edge = set(start)
        while edge:
            asked |= edge
            new = self._voices_of(edge) - self.shown.keys()
            edge = {key for key in self._take_in(new) if key not in asked and self.proves(key)}

    def divide(self) -> Partition:
        """Who is who here."""
        proving = {key for key in self.identities if self.proves(key)}
        links = {voice: [key for key in keys if key in proving] for voice, keys in self.shown.items()}
        return divide(links, lambda key: self.identities[key].kind == "customer_number")

    def _voices_of(self, keys: set[int]) -> set[int]:
        return set(Sighting.objects.filter(among("identity_id", keys)).values_list("voice_id", flat=True))

    def _take_in(self, voices: set[int]) -> set[int]:
        """Add voices with all that they show; returns the identities that they show."""
        if not voices:
            return set()
        keys: set[int] = set()
        pairs = Sighting.objects.filter(among("voice_id", voices)).order_by("id").values_list("voice_id", "identity_id")
        for voice, key in pairs:
            self.shown.setdefault(voice, []).append(key)
            keys.add(key)
        found = Voice.objects.filter(among("id", voices))
        for voice, author, said_at, person in found.values_list("id", "author", "said_at", "attribution__person"):
            self.voices[voice] = Speaking(author, said_at or LONG_AGO, person, known=True)
        self.load(keys - self.identities.keys())
        return keys

    def load(self, keys: Iterable[int]) -> None:
        """Fetch identities by primary key."""
        found = Identity.objects.filter(among("id", keys)).values_list(*HELD)
        self.identities.update((row[0], Held(*row)) for row in found)


def names(
    said: Mapping[int, int | None], voices: Mapping[int, Speaking], wanted: Container[int | None]
) -> dict[int, str]:
    """The name of each wanted person: the author named most often; of equals the most recent. An address or a
    number is no name if there is another."""
    counts: dict[int, dict[str, tuple[int, datetime, int]]] = {}
    for voice, person in said.items():
        author = voices[voice].author.strip()
        if person is not None and author and person in wanted:
            times, last, newest = counts.setdefault(person, {}).get(author, (0, LONG_AGO, 0))
            counts[person][author] = (times + 1, max(last, voices[voice].said_at), max(newest, voice))
    return {
        person: max(authors, key=lambda author: (_is_name(author), *authors[author]))
        for person, authors in counts.items()
    }


def _is_name(author: str) -> bool:
    return "@" not in author and any(map(str.isalpha, author))
