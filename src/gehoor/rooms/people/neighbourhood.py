"""The part of all voices and identities that hangs together: enough to tell who is who in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gehoor.analysis.linking.normalise import Normal
from gehoor.analysis.linking.persons import Partition, divide
from gehoor.rooms.people.bulk import chunks
from gehoor.rooms.people.models import Apart, Identity, Sighting
from gehoor.rooms.voices.models import Voice

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def normal_of(identity: Identity) -> Normal:
    """The identity as the analysis knows it."""
    return Normal(identity.kind, identity.value, identity.network)


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
    """Identities by key (the primary key, or a negative number while it has none) and the voices that show them."""

    apart: set[Normal]
    identities: dict[int, Identity] = field(default_factory=dict)
    shown: dict[int, list[int]] = field(default_factory=dict)
    voices: dict[int, Speaking] = field(default_factory=dict)

    def proves(self, key: int) -> bool:
        """Whether an identity can prove anything at all."""
        identity = self.identities[key]
        return not identity.shared and (not self.apart or normal_of(identity) not in self.apart)

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
        found: set[int] = set()
        for chunk in chunks(keys):
            found.update(Sighting.objects.filter(identity__in=chunk).values_list("voice_id", flat=True))
        return found

    def _take_in(self, voices: set[int]) -> set[int]:
        """Add voices with all that they show; returns the identities that they show."""
        keys: set[int] = set()
        for chunk in chunks(voices):
            for voice, key in Sighting.objects.filter(voice__in=chunk).order_by("id").values_list("voice", "identity"):
                self.shown.setdefault(voice, []).append(key)
                keys.add(key)
            rows = Voice.objects.filter(id__in=chunk).values_list("id", "author", "said_at", "attribution__person")
            for voice, author, said_at, person in rows:
                self.voices[voice] = Speaking(author, said_at or LONG_AGO, person, known=True)
        self.load(keys)
        return keys

    def load(self, keys: Iterable[int]) -> None:
        """Fetch identities by primary key."""
        for chunk in chunks([key for key in keys if key not in self.identities]):
            self.identities.update(Identity.objects.in_bulk(chunk))


def names(said: Mapping[int, int | None], voices: Mapping[int, Speaking]) -> dict[int, str]:
    """Each person's name: the author named most often; of equals the most recent. An address is no name if there is
    another."""
    counts: dict[int, dict[str, tuple[int, datetime, int]]] = {}
    for voice, person in said.items():
        author = voices[voice].author.strip()
        if person is not None and author:
            times, last, newest = counts.setdefault(person, {}).get(author, (0, LONG_AGO, 0))
            counts[person][author] = (times + 1, max(last, voices[voice].said_at), max(newest, voice))
    return {
        person: max(authors, key=lambda author: ("@" not in author, *authors[author]))
        for person, authors in counts.items()
    }
