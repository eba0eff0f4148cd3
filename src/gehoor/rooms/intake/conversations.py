"""Finds or makes the conversation of what comes in.

A channel's own name for the whole decides where it has one; else the thread: the conversation of the nearest known
message that this one answers, else that of its series, else where what it quotes or its subject was said, else that of
the oldest one it names, else one of its own. What someone sends on who had no part in it begins something new, and so
do two customers who answer the same mail that we do not know.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gehoor.channels.base import Heard, Identity
from gehoor.channels.email.subject import sent_on
from gehoor.kernel.ids import key_of, new_id
from gehoor.rooms.intake.keys import source_of
from gehoor.rooms.intake.lost_threads import LostThreads, addresses_of, may_be_lost
from gehoor.rooms.intake.own import Own
from gehoor.rooms.voices import rows
from gehoor.rooms.voices.models import Conversation, Reply, Voice

_AT_ONCE = 500
_SERIES = "series "
"""Before what a program calls an exchange, so that it is no message id."""


def _bare(native_id: str) -> str:
    return native_id.split(" ")[0]


def _thread_key(channel: str, root: str) -> bytes:
    return key_of(["thread", channel, root])


def _named_key(heard: Heard, source: str) -> bytes:
    within = "" if heard.id_is_global else source
    return key_of(["named", heard.channel, within, heard.scope, heard.conversation])


def _apart_key(channel: str, root: str, address: str) -> bytes:
    """Of a customer apart, who answers what others answered too."""
    return _thread_key(channel, f"{root} {address.lower()}")


def _beginnings(batch: Sequence[Heard]) -> set[bytes]:
    """Keys under which conversations may have begun that this batch goes on with."""
    found = {_thread_key(each.channel, f"{_SERIES}{each.series}") for each in batch if each.series}
    return found | {_thread_key(each.channel, _bare(each.thread[0])) for each in batch if each.thread}


class _Parties:
    """Between whom the mail of a conversation went; asked only where that matters, which is seldom."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._in_batch: defaultdict[bytes, set[str]] = defaultdict(set)

    def heard(self, heard: Heard, key: bytes) -> None:
        """Take note of the parties of something in this batch."""
        if heard.channel == "email":
            self._in_batch[key] |= self._customers(heard)

    def strange(self, heard: Heard, key: bytes) -> bool:
        """Whether its sender had no part in a conversation: what we say ourselves is judged by to whom it goes."""
        before = self._in_batch[key] | self._stored(key)
        senders = {each.value.lower() for each in heard.identities if each.kind == "email" and not self._own.has(each)}
        return bool(before) and not (senders or self._customers(heard)) & before

    @staticmethod
    def _stored(key: bytes) -> set[str]:
        said = [
            *Voice.objects.filter(conversation__key=key).values_list("identities", flat=True),
            *Reply.objects.filter(conversation__key=key).values_list("recipients", flat=True),
        ]
        return {value.lower() for identities in said for _, value, *_ in identities}

    def _customers(self, heard: Heard) -> set[str]:
        return {address for address in addresses_of(heard) if not self._own.has(Identity("email", address))}


class Conversations:
    """The conversations of one batch. ``files``: the document that each of it stood in, by the heard's ``id()``."""

    def __init__(self, batch: Sequence[Heard], files: Mapping[int, str], own: Own) -> None:
        self._files = files
        self._voice_by_native: dict[str, int] = {}
        self._key_by_native: dict[str, bytes] = {}
        self._voice_by_key: dict[bytes, int] = {}
        self._look_up({_bare(each) for heard in batch for each in heard.thread})
        self._parties = _Parties(own)
        lost = [heard for heard in batch if may_be_lost(heard) and not self._answers_known(heard)]
        self._lost = LostThreads(lost, own)
        self._begun = set(self._existing(sorted(_beginnings(batch))))
        self._keys = {id(heard): self._key(heard) for heard in batch}
        self._pks = self._make(batch)
        self._join_strays(batch)

    def _look_up(self, natives: set[str]) -> None:
        wanted = sorted(natives - {""})
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            for model in (Reply, Voice):
                known = model.objects.filter(native_id__in=part, conversation__isnull=False)
                for native, key, pk in known.values_list("native_id", "conversation__key", "id"):
                    self._key_by_native[native] = bytes(key)
                    if model is Voice:
                        self._voice_by_native[native] = pk

    def _answers_known(self, heard: Heard) -> bool:
        return bool(heard.conversation) or any(_bare(each) in self._key_by_native for each in heard.thread)

    def _key(self, heard: Heard) -> bytes:
        own = _bare(heard.native_id)
        key = _named_key(heard, source_of(self._files[id(heard)])) if heard.conversation else self._threaded(heard, own)
        if own and key:
            self._key_by_native.setdefault(own, key)
        if key:
            self._begun.add(key)
            self._parties.heard(heard, key)
            self._lost.heard(heard, key)
        return key

    def _threaded(self, heard: Heard, own: str) -> bytes:
        thread = [_bare(each) for each in heard.thread]
        on = heard.channel == "email" and sent_on(heard.subject)
        known = next((self._key_by_native[each] for each in reversed(thread) if each in self._key_by_native), None)
        found = known or self._of_series(heard)
        if found is not None and not (on and self._parties.strange(heard, found)):
            return found
        if found is None and may_be_lost(heard) and (home := self._lost.home(heard)) is not None:
            return home
        if on or not thread:
            # A first message is found again under its series, unless someone sent on what others wrote.
            root = f"{_SERIES}{heard.series}" if heard.series and not on else own
            return _thread_key(heard.channel, root) if root else b""
        key = _thread_key(heard.channel, thread[0])
        if key in self._begun and heard.channel == "email" and self._parties.strange(heard, key):
            return _apart_key(heard.channel, thread[0], heard.identities[0].value)
        return key

    def _of_series(self, heard: Heard) -> bytes | None:
        key = _thread_key(heard.channel, f"{_SERIES}{heard.series}") if heard.series else b""
        return key if key in self._begun else None

    def _make(self, batch: Sequence[Heard]) -> dict[bytes, int]:
        channels = {key: heard.channel for heard in batch if (key := self._keys[id(heard)])}
        found = self._existing(list(channels))
        new = [key for key in channels if key not in found]
        made = dict(zip(new, rows.next_ids(Conversation, len(new)), strict=True))
        rows.insert(
            Conversation,
            ({"id": pk, "public_id": new_id(), "key": key, "channel": channels[key]} for key, pk in made.items()),
        )
        return {**found, **made}

    def _join_strays(self, batch: Sequence[Heard]) -> None:
        """An answer that came in before what it answers began a conversation under its name: bring that home."""
        own = {_thread_key(heard.channel, _bare(heard.native_id)): heard for heard in batch if heard.native_id}
        strays = {key: heard for key, heard in own.items() if self._keys[id(heard)] != key}
        for key, stray in self._existing(list(strays)).items():
            home = self._pks[self._keys[id(strays[key])]]
            if home == stray:
                continue
            Voice.objects.filter(conversation=stray).update(conversation=home)
            Reply.objects.filter(conversation=stray).update(conversation=home)
            Conversation.objects.filter(id=stray).delete()
            self._pks = {key: home if pk == stray else pk for key, pk in self._pks.items()}

    @staticmethod
    def _existing(keys: list[bytes]) -> dict[bytes, int]:
        return dict(rows.known_keys(Conversation, "key", keys, "id"))

    def of(self, heard: Heard) -> int | None:
        """The primary key of a heard's conversation; None when nothing ties it to anything."""
        return self._pks.get(self._keys[id(heard)])

    def spoke(self, voices: Iterable[tuple[Heard, int]]) -> None:
        """Take note of the batch's own voices, so that replies in the same batch find what they answer."""
        for heard, pk in voices:
            if heard.native_id:
                self._voice_by_native[_bare(heard.native_id)] = pk
            if key := self._keys[id(heard)]:
                self._voice_by_key[key] = pk

    def join_replies(self, voices: Iterable[Heard]) -> None:
        """Replies that came in before what they answer: each to the last voice before it in its conversation."""
        homes = sorted({home for heard in voices if (home := self.of(heard)) is not None})
        for start in range(0, len(homes), _AT_ONCE):
            waiting = Reply.objects.filter(conversation__in=homes[start : start + _AT_ONCE], answers=None)
            for pk, home, at in list(waiting.exclude(said_at=None).values_list("pk", "conversation", "said_at")):
                before = Voice.objects.filter(conversation=home, said_at__lte=at).order_by("-said_at", "-pk").first()
                if before is not None:
                    Reply.objects.filter(pk=pk).update(answers=before)

    def answered(self, heard: Heard) -> int | None:
        """The primary key of the voice that a reply answers, where that is known."""
        for native in reversed(heard.thread):
            if _bare(native) in self._voice_by_native:
                return self._voice_by_native[_bare(native)]
        if heard.conversation:
            return self._voice_by_key.get(self._keys[id(heard)])
        return None
