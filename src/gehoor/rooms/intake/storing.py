"""Stores a batch of outcomes: what is known already is counted, what is new is kept, each exactly once.

One short transaction a batch. Killed in between, everything up to the last batch stands, and the same input again adds
the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from gehoor.analysis.text import count_words
from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Unreadable
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.conversations import Conversations
from gehoor.rooms.intake.keys import Keys, source_of
from gehoor.rooms.intake.models import Arrival, Item
from gehoor.rooms.intake.models import Outcome as Became
from gehoor.rooms.intake.own import Own
from gehoor.rooms.intake.summary import Summary, Trouble
from gehoor.rooms.privacy.tombstones import buried
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Attachment, Broadcast, Container, LaterVersion, Reply, Voice

INTERNAL = sentence("It is mail among ourselves.")
_PLACES = {Became.VOICE: "voices", Became.REPLY: "replies", Became.BROADCAST: "broadcasts"}
_DIRECTIONS = {
    Direction.FROM_CUSTOMER: Became.VOICE,
    Direction.TO_CUSTOMER: Became.REPLY,
    Direction.TO_EVERYONE: Became.BROADCAST,
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """An outcome with its keys."""

    outcome: Outcome
    keys: Keys


@dataclass(frozen=True, slots=True)
class Known:
    """What an item that was heard before became."""

    became: str
    sha256: bytes
    voice: int | None


class Store:
    """Stores the batches of one document of one arrival."""

    def __init__(self, arrival: Arrival, file: str, own: Own, summary: Summary) -> None:
        self.arrival = arrival
        self.file = file[:500]
        self.own = own
        self.summary = summary
        self.container: Container | None = None

    def store(self, batch: Sequence[Incoming]) -> None:
        """Store a batch in one transaction; the summary counts it only when that is committed."""
        counted = Summary()
        with transaction.atomic():
            known = _known(batch)
            dead = buried([each.keys.key for each in batch if each.keys.key not in known])
            fresh = self._fresh(batch, known, dead, counted)
            self._keep(fresh, counted)
            self._keep_later_versions(batch, known)
            if self.container is not None:
                self.container.items += len(batch)
                self.container.save(update_fields=["items"])
            self.arrival.counts = _added(self.summary, counted).counts()
            self.arrival.save(update_fields=["counts", "bytes_read"])
        _add(self.summary, counted)

    def _fresh(
        self, batch: Sequence[Incoming], known: Mapping[bytes, Known], dead: set[bytes], counted: Summary
    ) -> list[tuple[Incoming, str]]:
        """The items that are new, with what each becomes; the others are counted as known."""
        fresh: list[tuple[Incoming, str]] = []
        passed: set[bytes] = set()
        for each in batch:
            keys = {each.keys.key, *([each.keys.said] if each.keys.said else [])}
            became = self._becomes(each.outcome)
            if keys & (known.keys() | passed | dead):
                before = next((known[key].became for key in keys if key in known), became)
                self._count_known(each.outcome, before, counted)
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

    def _source(self, outcome: Outcome) -> str:
        return f"{self.file}:{outcome.position}" if outcome.position else self.file

    def _count_known(self, outcome: Outcome, before: str, counted: Summary) -> None:
        if before in _PLACES:
            counted.known[_PLACES[before]] += 1
        else:
            self._count_silent(outcome, counted)

    def _count_silent(self, outcome: Outcome, counted: Summary) -> None:
        if isinstance(outcome, Unreadable):
            trouble = Trouble.of(self._source(outcome), outcome.error)
            (counted.waiting if outcome.error.retry_helps else counted.refused).append(trouble)
        else:
            reason = outcome.reason if isinstance(outcome, NothingSaid) else INTERNAL
            counted.nothing_said.append((self._source(outcome), reason))

    def _keep(self, fresh: Sequence[tuple[Incoming, str]], counted: Summary) -> None:
        kept = originals.keep((data, media_type) for each, _ in fresh for data, media_type in _bytes_of(each.outcome))
        heard = [(each.outcome, became) for each, became in fresh if isinstance(each.outcome, Heard)]
        conversations = Conversations([one for one, became in heard if became in _PLACES], source_of(self.file))
        voices = [self._voice(one, kept, conversations) for one, became in heard if became == Became.VOICE]
        Voice.objects.bulk_create(voices, batch_size=500)
        conversations.spoke(voices)
        replies = [self._reply(one, kept, conversations) for one, became in heard if became == Became.REPLY]
        Reply.objects.bulk_create(replies, batch_size=500)
        broadcasts = [Broadcast(**self._said(one, kept)) for one, became in heard if became == Became.BROADCAST]
        Broadcast.objects.bulk_create(broadcasts, batch_size=500)
        made: dict[str, Iterable[Voice] | Iterable[Reply] | Iterable[Broadcast]] = {
            Became.VOICE: iter(voices),
            Became.REPLY: iter(replies),
            Became.BROADCAST: iter(broadcasts),
        }
        self._keep_items(fresh, made, kept, counted)

    def _keep_items(
        self,
        fresh: Sequence[tuple[Incoming, str]],
        made: Mapping[str, Iterable[Voice] | Iterable[Reply] | Iterable[Broadcast]],
        kept: Mapping[bytes, int],
        counted: Summary,
    ) -> None:
        items: list[Item] = []
        attachments: list[Attachment] = []
        for each, became in fresh:
            item = self._item(each, became, kept)
            if became in _PLACES:
                said = next(iter(made[became]))
                setattr(item, str(became), said)
                attachments += _attachments(each.outcome, said, kept)
                counted.new[_PLACES[Became(became)]] += 1
            else:
                self._count_silent(each.outcome, counted)
            items.append(item)
        Item.objects.bulk_create(items, batch_size=500)
        Attachment.objects.bulk_create(attachments, batch_size=500)

    def _item(self, each: Incoming, became: str, kept: Mapping[bytes, int]) -> Item:
        outcome = each.outcome
        item = Item(
            key=each.keys.key,
            said_key=each.keys.said,
            arrival=self.arrival,
            outcome=became,
            file=self.file,
            item=outcome.position[:600],
            original_id=kept[originals.content_hash(outcome.original)],
        )
        if isinstance(outcome, Unreadable):
            error = outcome.error
            item.code, item.reason = error.code, [error.text, error.remedy, dict(error.fields)]
        elif became == Became.NOTHING_SAID:
            item.reason = [outcome.reason if isinstance(outcome, NothingSaid) else INTERNAL, "", {}]
        return item

    def _said(self, heard: Heard, kept: Mapping[bytes, int]) -> dict[str, object]:
        return {
            "channel": heard.channel,
            "said_at": heard.said_at,
            "subject": heard.subject,
            "text": heard.text,
            "author": heard.author[:300],
            "native_id": heard.native_id.split(" ")[0][:600],
            "file": self.file,
            "item": heard.position[:600],
            "original_id": kept[originals.content_hash(heard.original)],
            "container": self.container,
        }

    def _voice(self, heard: Heard, kept: Mapping[bytes, int], conversations: Conversations) -> Voice:
        return Voice(
            **self._said(heard, kept),
            conversation_id=conversations.of(heard),
            identities=[[each.kind, each.value, each.network] for each in heard.identities],
            quoted=heard.quoted,
            signature=heard.signature,
            words=count_words(heard.text),
            duration_seconds=heard.duration_seconds,
            waited_seconds=heard.waited_seconds,
            score=heard.score,
        )

    def _reply(self, heard: Heard, kept: Mapping[bytes, int], conversations: Conversations) -> Reply:
        return Reply(
            **self._said(heard, kept),
            conversation_id=conversations.of(heard),
            answers_id=conversations.answered(heard),
            recipients=[[each.kind, each.value, each.network] for each in self._customers(heard)],
            quoted=heard.quoted,
            adviser=(heard.adviser or heard.author)[:300],
        )

    def _customers(self, heard: Heard) -> list[Identity]:
        return [each for each in heard.recipients if not self.own.has(each)]

    def _keep_later_versions(self, batch: Sequence[Incoming], known: Mapping[bytes, Known]) -> None:
        """A known id whose bytes differ: when the text differs too, keep it beside the voice."""
        changed = {
            before.voice: each.outcome
            for each in batch
            if each.keys.by_id
            and isinstance(each.outcome, Heard)
            and (before := known.get(each.keys.key)) is not None
            and before.voice is not None
            and before.sha256 != originals.content_hash(each.outcome.original)
        }
        if not changed:
            return
        texts = dict(Voice.objects.filter(id__in=changed.keys()).values_list("id", "text"))
        later = {pk: heard for pk, heard in changed.items() if pk is not None and texts.get(pk) != heard.text}
        kept = originals.keep((heard.original, heard.media_type) for heard in later.values())
        LaterVersion.objects.bulk_create(
            (
                LaterVersion(voice_id=pk, text=heard.text, original_id=kept[originals.content_hash(heard.original)])
                for pk, heard in later.items()
            ),
            ignore_conflicts=True,
        )


def _bytes_of(outcome: Outcome) -> Iterable[tuple[bytes, str]]:
    yield outcome.original, outcome.media_type
    if isinstance(outcome, Heard):
        for attachment in outcome.attachments:
            yield attachment.data, attachment.media_type


def _attachments(outcome: Outcome, said: Voice | Reply | Broadcast, kept: Mapping[bytes, int]) -> Iterable[Attachment]:
    if not isinstance(outcome, Heard) or isinstance(said, Broadcast):
        return
    of = {"voice": said} if isinstance(said, Voice) else {"reply": said}
    for attachment in outcome.attachments:
        pk = kept[originals.content_hash(attachment.data)]
        yield Attachment(name=attachment.name[:255], media_type=attachment.media_type[:100], original_id=pk, **of)


def _known(batch: Sequence[Incoming]) -> dict[bytes, Known]:
    """What the database knows of the batch's keys, under either key."""
    keys = [each.keys.key for each in batch]
    saids = [each.keys.said for each in batch if each.keys.said]
    found: dict[bytes, Known] = {}
    for column, wanted in (("key", keys), ("said_key", saids)):
        for start in range(0, len(wanted), 1_000):
            part = wanted[start : start + 1_000]
            rows = Item.objects.filter(**{f"{column}__in": part}).values_list(
                column, "outcome", "original__sha256", "voice_id"
            )
            found.update((bytes(key), Known(became, bytes(sha or b""), voice)) for key, became, sha, voice in rows)
    return found


def _add(total: Summary, more: Summary) -> None:
    for name in total.new:
        total.new[name] += more.new[name]
        total.known[name] += more.known[name]
    total.nothing_said += more.nothing_said
    total.waiting += more.waiting
    total.refused += more.refused


def _added(total: Summary, more: Summary) -> Summary:
    both = Summary()
    _add(both, total)
    _add(both, more)
    return both
