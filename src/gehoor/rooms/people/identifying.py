"""The stage ``identify``: which person said each voice, and to whom each reply was said.

A voice without an attribution, and a reply without an addressing, is pending. Each batch is one transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from gehoor.analysis.linking.normalise import Normal, normalise
from gehoor.analysis.linking.persons import one_number
from gehoor.channels.base import Identity as GivenIdentity
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.own import Own, own
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.people import bulk
from gehoor.rooms.people.addressing import address
from gehoor.rooms.people.models import Destination, Identity
from gehoor.rooms.people.neighbourhood import LONG_AGO, Neighbourhood, Speaking, kept_apart
from gehoor.rooms.people.settling import settle
from gehoor.rooms.voices.models import Reply, Voice

Given = Sequence[Sequence[str]]
"""``[kind, value, network]`` as it came in."""


@dataclass(slots=True)
class Acquaintance:
    """Reads given identities: normal, not our own, each once. Keeps how each was first written."""

    ours: Own
    our_normals: set[Normal | None]
    shown: dict[Normal, str] = field(default_factory=dict)

    def read(self, given: Given, channel: str) -> list[Normal]:
        """The identities that can point to a person, in the order given. A handle without a network is of this
        channel."""
        found: dict[Normal, None] = {}
        for kind, value, network in given:
            normal = normalise(kind, value, network or channel)
            if normal is not None and len(normal.value) <= 300 and not self._is_ours(normal):
                self.shown.setdefault(normal, value.strip()[:300])
                found[normal] = None
        return list(found)

    def _is_ours(self, normal: Normal) -> bool:
        if not self.ours.values:
            return False
        return normal in self.our_normals or self.ours.has(GivenIdentity(normal.kind, normal.value))  # type: ignore[arg-type]


def acquaintance() -> Acquaintance:
    """With our own identities as they stand now."""
    ours = own()
    return Acquaintance(ours, {normalise(kind, value) for kind, value in ours.values})


def known_identities(normals: Iterable[Normal]) -> dict[Normal, Identity]:
    """Those that are kept already, in a query for each kind."""
    by_kind: dict[str, set[str]] = {}
    for normal in normals:
        by_kind.setdefault(normal.kind, set()).add(normal.value)
    found: dict[Normal, Identity] = {}
    for kind, values in by_kind.items():
        for chunk in bulk.chunks(values):
            for identity in Identity.objects.filter(kind=kind, value__in=chunk):
                found[Normal(kind, identity.value, identity.network)] = identity
    return found


def identify_voices(limit: int) -> int:
    """Find the persons of at most ``limit`` voices; returns of how many."""
    with transaction.atomic():
        bulk.alone()
        rows = list(
            Voice.objects.filter(attribution__isnull=True)
            .order_by("id")
            .values_list("id", "identities", "channel", "author", "said_at")[:limit]
        )
        if rows:
            reading = acquaintance()
            around = Neighbourhood(kept_apart())
            given = {voice: reading.read(identities, channel) for voice, identities, channel, _, _ in rows}
            around.voices = {voice: Speaking(author, at or LONG_AGO) for voice, _, _, author, at in rows}
            _introduce(around, given, reading.shown)
            settle(around, [(voice, key) for voice in given for key in around.shown[voice]])
    return len(rows)


def _introduce(around: Neighbourhood, given: dict[int, list[Normal]], shown: dict[Normal, str]) -> None:
    """Put new voices into the neighbourhood, with all that hangs together with them already."""
    known = known_identities(normal for normals in given.values() for normal in normals)
    keys: dict[Normal, int] = {}
    for voice, normals in given.items():
        for normal in normals:
            if normal not in keys:
                identity = known.get(normal) or _new(normal, shown[normal])
                keys[normal] = identity.pk or -len(keys) - 1
                around.identities[keys[normal]] = identity
            first = around.identities[keys[normal]]
            if first.first_voice_id is None:
                first.first_voice_id = voice
        around.shown[voice] = one_number(
            (keys[normal] for normal in normals), lambda key: around.identities[key].kind == "customer_number"
        )
    around.widen([key for key in keys.values() if key > 0 and around.proves(key)])


def _new(normal: Normal, shown: str) -> Identity:
    return Identity(kind=normal.kind, value=normal.value, network=normal.network, shown=shown)


def identify_replies(limit: int) -> int:
    """Find to whom at most ``limit`` replies were said; returns of how many."""
    with transaction.atomic():
        bulk.alone()
        rows = list(
            Reply.objects.filter(addressing__isnull=True)
            .order_by("id")
            .values_list("id", "recipients", "channel")[:limit]
        )
        reading = acquaintance()
        sent = {reply: reading.read(recipients, channel) for reply, recipients, channel in rows}
        known = known_identities(reading.shown)
        new = [_new(normal, shown) for normal, shown in reading.shown.items() if normal not in known]
        known |= {Normal(each.kind, each.value, each.network): each for each in Identity.objects.bulk_create(new)}
        Destination.objects.bulk_create(
            Destination(reply_id=reply, identity=known[normal], position=position)
            for reply, normals in sent.items()
            for position, normal in enumerate(normals)
        )
        address(list(sent))
    return len(rows)


def pending() -> int:
    """How many voices and replies wait."""
    voices = Voice.objects.filter(attribution__isnull=True).count()
    return voices + Reply.objects.filter(addressing__isnull=True).count()


def drain(limit: int) -> int:
    """Voices first: a reply is addressed to the person of the voice that it answers."""
    return identify_voices(limit) or identify_replies(limit)


STAGE = Stage(
    name="identify",
    order=20,
    title=sentence("Finding out who is who"),
    pending=pending,
    drain=drain,
)
