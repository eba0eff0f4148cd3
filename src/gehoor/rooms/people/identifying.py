"""The stage ``identify``: which person said each voice, and to whom each reply was said.

A voice without an attribution, and a reply without an addressing, is pending. Each batch is one transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gehoor.analysis.linking.normalise import Normal, normalise
from gehoor.analysis.linking.persons import one_number
from gehoor.channels.base import Identity as GivenIdentity
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.own import Own, own
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.people import bulk
from gehoor.rooms.people.addressing import address
from gehoor.rooms.people.models import Attribution, Destination, Identity, Sighting
from gehoor.rooms.people.neighbourhood import HELD, LONG_AGO, Held, Neighbourhood, Speaking, kept_apart
from gehoor.rooms.people.settling import settle
from gehoor.rooms.voices import rows
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


def known_identities(normals: Iterable[Normal]) -> dict[Normal, Held]:
    """Those that are kept already, in a query for each kind."""
    by_kind: dict[str, set[str]] = {}
    for normal in normals:
        by_kind.setdefault(normal.kind, set()).add(normal.value)
    found: dict[Normal, Held] = {}
    for kind, values in by_kind.items():
        for row in Identity.objects.filter(bulk.among("value", values), kind=kind).values_list(*HELD):
            held = Held(*row)
            found[held.normal] = held
    return found


def new_identities(shown: Mapping[Normal, str], known: Collection[Normal]) -> dict[Normal, Held]:
    """What is not known yet, with primary keys of its own."""
    unknown = [normal for normal in shown if normal not in known]
    return {
        normal: Held(key, normal.kind, normal.value, normal.network, shown=shown[normal])
        for key, normal in zip(rows.next_ids(Identity, len(unknown)), unknown, strict=True)
    }


def identify_voices(limit: int) -> int:
    """Find the persons of at most ``limit`` voices; returns of how many."""
    with transaction.atomic():
        bulk.alone()
        heard = _waiting(limit)
        if heard:
            reading = acquaintance()
            around = Neighbourhood(kept_apart())
            given = {voice: _one_number(reading.read(each, channel)) for voice, each, channel, _, _ in heard}
            around.voices = {voice: Speaking(author, at or LONG_AGO) for voice, _, _, author, at in heard}
            Sighting.objects.filter(bulk.among("voice_id", given)).delete()
            _introduce(around, given, reading.shown)
            settle(around, [(voice, key) for voice in given for key in around.shown[voice]])
    return len(heard)


def _waiting(limit: int) -> list[tuple[int, Given, str, str, datetime | None]]:
    """The next voices that nobody is known of. Nearly always they come after all that were done: looked for there
    first, so that a million voices are not passed over for every batch."""
    rest = Voice.objects.filter(attribution__isnull=True).order_by("id")
    fields = ("id", "identities", "channel", "author", "said_at")
    newest = Attribution.objects.order_by("-voice").values_list("voice_id", flat=True).first() or 0
    return list(rest.filter(id__gt=newest).values_list(*fields)[:limit]) or list(rest.values_list(*fields)[:limit])


def _one_number(normals: list[Normal]) -> list[Normal]:
    return one_number(normals, lambda normal: normal.kind == "customer_number")


def _introduce(around: Neighbourhood, given: dict[int, list[Normal]], shown: dict[Normal, str]) -> None:
    """Put new voices into the neighbourhood, with all that hangs together with them already."""
    used = {normal: shown[normal] for normals in given.values() for normal in normals}
    known = known_identities(used)
    held = known | new_identities(used, known)
    around.identities = {each.id: each for each in held.values()}
    for voice, normals in given.items():
        for normal in normals:
            identity = held[normal]
            if identity.first_voice is None:
                identity.first_voice = voice
                around.first_shown.add(identity.id)
        around.shown[voice] = [held[normal].id for normal in normals]
    around.widen([each.id for each in known.values() if around.proves(each.id)])


def identify_replies(limit: int) -> int:
    """Find to whom at most ``limit`` replies were said; returns of how many."""
    with transaction.atomic():
        bulk.alone()
        waiting = list(
            Reply.objects.filter(addressing__isnull=True)
            .order_by("id")
            .values_list("id", "recipients", "channel")[:limit]
        )
        reading = acquaintance()
        sent = {reply: reading.read(recipients, channel) for reply, recipients, channel in waiting}
        known = known_identities(reading.shown)
        new = new_identities(reading.shown, known)
        bulk.keep_new_identities(new.values())
        key = {normal: each.id for normal, each in (known | new).items()}
        Destination.objects.filter(bulk.among("reply_id", sent)).delete()
        rows.insert(
            Destination,
            (
                {"reply": reply, "identity": key[normal], "position": position}
                for reply, normals in sent.items()
                for position, normal in enumerate(normals)
            ),
        )
        address(sent)
    return len(waiting)


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
