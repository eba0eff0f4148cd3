"""Stores a batch of outcomes: what is known already is counted, what is new is kept, each exactly once.

One short transaction a batch. Killed in between, everything up to the last batch stands, and the same input again adds
the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from gehoor.channels.base import Direction, Heard, NothingSaid, Outcome, Unreadable
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import Sentence
from gehoor.rooms.intake import followers
from gehoor.rooms.intake.keeping import INTERNAL, PLACES, Incoming, Keeper
from gehoor.rooms.intake.models import Arrival, Item
from gehoor.rooms.intake.models import Outcome as Became
from gehoor.rooms.intake.own import Own
from gehoor.rooms.intake.summary import Summary, Trouble, added
from gehoor.rooms.privacy.tombstones import buried
from gehoor.rooms.voices import originals, rows
from gehoor.rooms.voices.models import Container, LaterVersion, Original, Voice

_DIRECTIONS = {
    Direction.FROM_CUSTOMER: Became.VOICE,
    Direction.TO_CUSTOMER: Became.REPLY,
    Direction.TO_EVERYONE: Became.BROADCAST,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What an item that was heard before became."""

    became: str
    sha256: bytes
    voice: int | None


class Store:
    """Stores the batches of one arrival."""

    def __init__(self, arrival: Arrival, own: Own, summary: Summary, before: Mapping[str, Any] | None = None) -> None:
        self.arrival = arrival
        self.own = own
        self.summary = summary
        self.before = before or {}
        self._keeper = Keeper(arrival, own)

    def belongs_to(self, container: Container) -> None:
        """What is stored from now on came out of this container."""
        self._keeper.container = container

    def store(self, batch: Sequence[Incoming]) -> None:
        """Store a batch in one transaction; the summary counts it only when that is committed.

        Someone else may be storing the same item at this moment: then theirs stands, and the second time it is known.
        """
        try:
            counted = self._store(batch)
        except IntegrityError:
            counted = self._store(batch)
        self.summary.add(counted)
        if self._keeper.container is not None:
            self._keeper.container.items += len(batch)

    def _store(self, batch: Sequence[Incoming]) -> Summary:
        counted = Summary()
        with transaction.atomic():
            known = _known(batch)
            dead = buried([key for each in batch for key in each.keys.all if key not in known])
            fresh = self._fresh(batch, known, dead, counted)
            self._keeper.keep(fresh)
            self._count_new(fresh, counted)
            self._keep_later_versions(batch, known)
            followers.tell(self.arrival, [each.outcome for each in batch])
            if self._keeper.container is not None:
                Container.objects.filter(pk=self._keeper.container.pk).update(items=F("items") + len(batch))
            self.arrival.counts = added(self.before, self.summary.plus(counted).counts())
            self.arrival.save(update_fields=["counts", "bytes_read"])
        return counted

    def _fresh(
        self, batch: Sequence[Incoming], known: Mapping[bytes, Known], dead: set[bytes], counted: Summary
    ) -> list[tuple[Incoming, str]]:
        """The items that are new, with what each becomes; the others are counted as known."""
        fresh: list[tuple[Incoming, str]] = []
        passed: set[bytes] = set()
        for each in batch:
            keys = set(each.keys.all)
            became = self._becomes(each.outcome)
            if any(key in known or key in passed or key in dead for key in keys):
                before = next((known[key].became for key in keys if key in known), became)
                self._count_known(each, before, counted)
                continue
            passed |= keys
            fresh.append((each, became))
        return fresh

    def _becomes(self, outcome: Outcome) -> str:
        if isinstance(outcome, NothingSaid):
            return Became.NOTHING_SAID
        if isinstance(outcome, Unreadable):
            return Became.WAITING if outcome.error.retry_helps else Became.REFUSED
        if outcome.direction is not Direction.BY_AUTHOR:
            return _DIRECTIONS[outcome.direction]
        if not self.own.any(outcome.identities):
            return Became.VOICE
        internal = outcome.recipients and all(map(self.own.has, outcome.recipients))
        return Became.NOTHING_SAID if internal else Became.REPLY

    def _count_new(self, fresh: Sequence[tuple[Incoming, str]], counted: Summary) -> None:
        for each, became in fresh:
            if became in PLACES:
                counted.new[PLACES[Became(became)]] += 1
            else:
                self._count_silent(each, counted)

    def _count_known(self, each: Incoming, before: str, counted: Summary) -> None:
        if before in PLACES:
            counted.known[PLACES[Became(before)]] += 1
        else:
            self._count_silent(each, counted)

    @staticmethod
    def _count_silent(each: Incoming, counted: Summary) -> None:
        outcome = each.outcome
        source = f"{each.file}:{outcome.position}" if outcome.position not in {"", each.file} else each.file
        if isinstance(outcome, Unreadable):
            trouble = Trouble.of(source, outcome.error)
            (counted.waiting if outcome.error.retry_helps else counted.refused).append(trouble)
        elif isinstance(outcome, NothingSaid) and outcome.is_account:
            counted.accounts.append((each.file, Sentence(outcome.reason, outcome.values)))
        else:
            reason = str(Sentence(outcome.reason, outcome.values)) if isinstance(outcome, NothingSaid) else INTERNAL
            counted.nothing_said.append((source, reason))

    def _keep_later_versions(self, batch: Sequence[Incoming], known: Mapping[bytes, Known]) -> None:
        """A known id whose bytes differ: when the text differs too, keep it beside the voice."""
        changed = {
            before.voice: each.outcome
            for each in batch
            if each.keys.by_id
            and isinstance(each.outcome, Heard)
            and (before := known.get(each.keys.key)) is not None
            and before.voice is not None
            and before.sha256 != content_hash(each.outcome.original)
        }
        if not changed:
            return
        texts = dict(Voice.objects.filter(id__in=changed.keys()).values_list("id", "text"))
        later = {pk: heard for pk, heard in changed.items() if pk is not None and texts.get(pk) != heard.text}
        kept = originals.keep((heard.original, heard.media_type) for heard in later.values())
        LaterVersion.objects.bulk_create(
            (
                LaterVersion(voice_id=pk, text=heard.text, original_id=kept[content_hash(heard.original)])
                for pk, heard in later.items()
            ),
            ignore_conflicts=True,
        )


def _known(batch: Sequence[Incoming]) -> dict[bytes, Known]:
    """What the database knows of the batch's keys, under either key."""
    wanted_in = {
        "key": sorted({key for each in batch for key in (each.keys.key, each.keys.bytes_key)}),
        "said_key": [each.keys.said for each in batch if each.keys.said],
        "bytes_key": [each.keys.bytes_key for each in batch],
    }
    known = [
        row
        for column, wanted in wanted_in.items()
        for row in rows.known_keys(Item, column, wanted, "outcome", "original_id", "voice_id")
    ]
    bytes_of = dict(Original.objects.filter(pk__in={row[2] for row in known}).values_list("pk", "sha256"))
    return {key: Known(became, bytes(bytes_of.get(original) or b""), voice) for key, became, original, voice in known}
