"""Writes new items: originals, conversations, voices, replies, broadcasts, attachments, and the items themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from gehoor.analysis.text import count_words
from gehoor.channels.base import Attachment as HeardAttachment
from gehoor.channels.base import Heard, Identity, NothingSaid, Outcome, Unreadable
from gehoor.kernel.clock import now
from gehoor.kernel.ids import content_hash, new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.conversations import Conversations
from gehoor.rooms.intake.keys import Keys
from gehoor.rooms.intake.models import Arrival, Item
from gehoor.rooms.intake.models import Outcome as Became
from gehoor.rooms.intake.own import Own
from gehoor.rooms.voices import originals, rows
from gehoor.rooms.voices.models import Attachment, Broadcast, Container, Reply, Transcription, Voice

ACCOUNT = "account"
"""The code of what is no item, but gives account of a whole document."""
INTERNAL = sentence("It is mail among ourselves.")
PLACES = {Became.VOICE: "voices", Became.REPLY: "replies", Became.BROADCAST: "broadcasts"}
MODELS = {Became.VOICE: Voice, Became.REPLY: Reply, Became.BROADCAST: Broadcast}

_LONGEST_FILE = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An outcome with its keys, and the name of the document that it stood in."""

    outcome: Outcome
    keys: Keys
    file: str


class Keeper:
    """Writes new items. Every call runs inside the caller's transaction."""

    def __init__(self, arrival: Arrival, own: Own) -> None:
        self.arrival = arrival
        self.own = own
        self.container: Container | None = None

    def keep(self, fresh: Sequence[tuple[Incoming, str]]) -> None:
        """Write new items with what each became."""
        kept = originals.keep(part for each, _ in fresh for part in _bytes_of(each.outcome))
        heard = [(each.outcome, Became(became)) for each, became in fresh if isinstance(each.outcome, Heard)]
        heard = [(one, became) for one, became in heard if became in PLACES]
        files = {id(each.outcome): each.file[:_LONGEST_FILE] for each, _ in fresh}
        conversations = Conversations([one for one, _ in heard], files, self.own)
        made = self._keep_said(heard, kept, conversations, files)
        self._keep_transcriptions(heard, made)
        items = [self._item(each, became, kept, made) for each, became in fresh]
        rows.insert(Item, items)
        attachments = (row for one, became in heard for row in _attachments(one, became, made, kept))
        Attachment.objects.bulk_create((Attachment(**row) for row in attachments), batch_size=500)

    def _keep_said(
        self,
        heard: Sequence[tuple[Heard, Became]],
        kept: Mapping[bytes, int],
        conversations: Conversations,
        files: Mapping[int, str],
    ) -> dict[int, int]:
        """Write voices first, since replies point to them. Returns primary keys by the heard's ``id()``."""
        made: dict[int, int] = {}
        for became, model in MODELS.items():
            ours = [one for one, each in heard if each is became]
            made |= dict(zip(map(id, ours), rows.next_ids(model, len(ours)), strict=True))
            said = [self._row(became, made[id(one)], one, kept, conversations) for one in ours]
            rows.insert(model, [row | {"file": files[id(one)]} for one, row in zip(ours, said, strict=True)])
            if became is Became.VOICE:
                conversations.spoke((one, made[id(one)]) for one in ours)
                conversations.join_replies(ours)
        return made

    @staticmethod
    def _keep_transcriptions(heard: Sequence[tuple[Heard, Became]], made: Mapping[int, int]) -> None:
        """How the text was made out, for voices and replies."""
        told = [(one, one.transcription, became) for one, became in heard if one.transcription is not None]
        Transcription.objects.bulk_create(
            Transcription(
                **{f"{became.value}_id": made[id(one)]},
                engine=transcription.engine[:200],
                confidence=transcription.confidence,
                pages=transcription.pages,
                text=one.text,
                words=[list(astuple(word)) for word in transcription.words],
            )
            for one, transcription, became in told
            if became is not Became.BROADCAST
        )

    def _row(
        self, became: Became, pk: int, heard: Heard, kept: Mapping[bytes, int], conversations: Conversations
    ) -> Row:
        row: Row = {
            "id": pk,
            "public_id": new_id(),
            "channel": heard.channel,
            "said_at": heard.said_at,
            "heard_at": now(),
            "subject": heard.subject,
            "text": heard.text,
            "author": heard.author[:300],
            "native_id": heard.native_id.split(" ")[0][:600],
            "item": heard.position[:600],
            "original": kept[content_hash(heard.original)],
            "container": self.container.pk if self.container else None,
        }
        if became is Became.VOICE:
            return row | self._of_voice(heard, conversations)
        return row | self._of_reply(heard, conversations) if became is Became.REPLY else row

    def _of_voice(self, heard: Heard, conversations: Conversations) -> Row:
        return {
            "conversation": conversations.of(heard),
            "identities": [[each.kind, each.value, each.network] for each in heard.identities],
            "quoted": heard.quoted,
            "signature": heard.signature,
            "words": count_words(heard.text),
            "duration_seconds": heard.duration_seconds,
            "waited_seconds": heard.waited_seconds,
            "score": heard.score,
        }

    def _of_reply(self, heard: Heard, conversations: Conversations) -> Row:
        return {
            "conversation": conversations.of(heard),
            "answers": conversations.answered(heard),
            "recipients": [[each.kind, each.value, each.network] for each in self._customers(heard)],
            "quoted": heard.quoted,
            "adviser": (heard.adviser or heard.author)[:300],
        }

    def _customers(self, heard: Heard) -> list[Identity]:
        return [each for each in heard.recipients if not self.own.has(each)]

    def _item(self, each: Incoming, became: str, kept: Mapping[bytes, int], made: Mapping[int, int]) -> Row:
        outcome = each.outcome
        row: Row = {
            "key": each.keys.key,
            "said_key": each.keys.said,
            "bytes_key": each.keys.bytes_key if each.keys.by_id else None,
            "arrival": self.arrival.pk,
            "outcome": str(became),
            "file": each.file[:_LONGEST_FILE],
            "item": outcome.position[:600],
            "code": "",
            "reason": [],
            "hints": {},
            "original": kept[content_hash(outcome.original)],
            "at": now(),
            **{name.value: made[id(outcome)] if became == name else None for name in MODELS},
        }
        if isinstance(outcome, Unreadable):
            error = outcome.error
            row |= {"code": error.code, "reason": [error.text, error.remedy, dict(error.fields)]}
        elif became == Became.NOTHING_SAID:
            silent = outcome if isinstance(outcome, NothingSaid) else None
            row["code"] = ACCOUNT if silent is not None and silent.is_account else ""
            row["reason"] = [silent.reason, "", dict(silent.values)] if silent else [INTERNAL, "", {}]
        return row


def _bytes_of(outcome: Outcome) -> Iterable[tuple[bytes, str]]:
    yield outcome.original, outcome.media_type
    if isinstance(outcome, Heard):
        for attachment in outcome.attachments:
            yield attachment.data, attachment.media_type


def _attachments(heard: Heard, became: Became, made: Mapping[int, int], kept: Mapping[bytes, int]) -> Iterable[Row]:
    if became is Became.BROADCAST:
        return
    for attachment in heard.attachments:
        yield {f"{became.value}_id": made[id(heard)], **_attachment(attachment, kept)}


def _attachment(attachment: HeardAttachment, kept: Mapping[bytes, int]) -> Row:
    return {
        "name": attachment.name[:255],
        "media_type": attachment.media_type[:100],
        "original_id": kept[content_hash(attachment.data)],
    }
