"""Answers by mail whose headers do not say what they answer: what else says it.

The same customer wrote under the same subject, or the mail quotes what was said. A subject alone is enough only where
it says that it answers; without that, or where something was sent on, the quote decides. Nothing of another customer is
ever joined by this.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q

from gehoor.channels.base import Heard, Identity
from gehoor.channels.email.subject import answers, bare, sent_on
from gehoor.rooms.intake.own import Own
from gehoor.rooms.voices.models import Reply, Voice

WITHIN = timedelta(days=60)
"""Without headers an answer is looked for among what was said so long before it at most."""
_FEW = 5
"""Mail to more than these is no conversation of one customer."""
_AT_ONCE = 20
_LATELY = 5_000
"""So many replies of ours, the newest, are looked through."""
_LEAST, _MOST = 25, 300
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_BETWEEN = re.compile(r"[>\s*]+")


_Row = tuple[int, bytes | memoryview, str, datetime | None, str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said before in mail: where, under which bare subject, when, and its words as a quote has them."""

    key: bytes
    subject: str
    at: datetime
    words: str


def may_be_lost(heard: Heard) -> bool:
    """Whether a mail may answer something that its headers do not tell."""
    return heard.channel == "email" and heard.said_at is not None and bool(answers(heard.subject) or heard.quoted)


def addresses_of(heard: Heard) -> set[str]:
    """Everyone between whom it went, but of a mail to many its sender only."""
    to = heard.recipients if len(heard.recipients) <= _FEW else ()
    return {each.value.lower() for each in (*heard.identities, *to) if each.kind == "email"}


class LostThreads:
    """What the customers of one batch said by mail before, in this batch too."""

    def __init__(self, lost: Sequence[Heard], own: Own) -> None:
        self._own = own
        self._by_address: defaultdict[str, list[Said]] = defaultdict(list)
        self._watched = {address for heard in lost for address in addresses_of(heard)}
        times = [heard.said_at for heard in lost if heard.said_at is not None]
        if times:
            self._look_up(min(times) - WITHIN, max(times))

    def _look_up(self, since: datetime, until: datetime) -> None:
        watched = sorted(self._watched)
        for start in range(0, len(watched), _AT_ONCE):
            some = watched[start : start + _AT_ONCE]
            named = reduce(or_, (Q(identities__icontains=f'"{address}"') for address in some))
            voices = Voice.objects.filter(named, channel="email", said_at__range=(since, until))
            rows = list(
                voices.exclude(conversation=None).values_list(
                    "conversation_id", "conversation__key", "subject", "said_at", "text", "identities"
                )
            )
            self._keep(rows, set(some))
        self._look_up_replies(since, until)

    def _look_up_replies(self, since: datetime, until: datetime) -> None:
        """What we said lately to whom we heard nothing of: a question may come in after its answer."""
        newest = Reply.objects.aggregate(newest=Max("pk"))["newest"] or 0
        unheard = self._watched - self._by_address.keys()
        replies = Reply.objects.filter(pk__gt=newest - _LATELY, channel="email", said_at__range=(since, until))
        told = replies.exclude(conversation=None) if unheard else replies.none()
        for key, subject, at, text, recipients in told.values_list(
            "conversation__key", "subject", "said_at", "text", "recipients"
        ):
            if at is None:
                continue
            for address in {value.lower() for _, value, *_ in recipients} & unheard:
                self._by_address[address].append(Said(bytes(key), bare(subject), at, _words(text)))

    def _keep(self, rows: Sequence[_Row], some: set[str]) -> None:
        owners: defaultdict[int, set[str]] = defaultdict(set)
        keys: dict[int, bytes] = {}
        for conversation, key, subject, at, text, identities in rows:
            if at is None:
                continue
            keys[conversation] = bytes(key)
            owners[conversation] |= {value.lower() for _, value, *_ in identities} & some
            for address in owners[conversation]:
                self._by_address[address].append(Said(keys[conversation], bare(subject), at, _words(text)))
        replies = Reply.objects.filter(conversation__in=keys).exclude(said_at=None)
        for conversation, subject, at, text in replies.values_list("conversation_id", "subject", "said_at", "text"):
            if at is None:
                continue
            for address in owners[conversation]:
                self._by_address[address].append(Said(keys[conversation], bare(subject), at, _words(text)))

    def heard(self, heard: Heard, key: bytes) -> None:
        """Take note of where something of this batch stands."""
        if heard.said_at is not None and key:
            said = Said(key, bare(heard.subject), heard.said_at, _words(heard.text))
            for address in addresses_of(heard) & self._watched:
                self._by_address[address].append(said)

    def home(self, heard: Heard) -> bytes | None:
        """The key of the conversation that it most likely goes on in; None where nothing tells."""
        before = list(self._before(heard))
        quoted = _flat(heard.quoted)
        told = [said for said in before if len(said.words) >= _LEAST and said.words in quoted]
        subject = bare(heard.subject)
        same = [said for said in before if said.subject == subject] if subject and answers(heard.subject) else []
        both = [said for said in told if said in same]
        if not told and sent_on(heard.subject) and not self._quotes_us(heard):
            return None
        return _newest(both or told or same)

    def _quotes_us(self, heard: Heard) -> bool:
        """Whether what was sent on was said by us, or to us, as far as the quote names an address."""
        return any(self._own.has(Identity("email", address)) for address in _ADDRESS.findall(heard.quoted))

    def _before(self, heard: Heard) -> Iterator[Said]:
        for address in addresses_of(heard):
            for said in self._by_address[address]:
                if heard.said_at is not None and heard.said_at - WITHIN <= said.at <= heard.said_at:
                    yield said


def _newest(said: Iterable[Said]) -> bytes | None:
    found = max(said, key=lambda each: each.at, default=None)
    return found.key if found is not None else None


def _words(text: str) -> str:
    return _flat(text[: 2 * _MOST])[:_MOST].strip()


def _flat(text: str) -> str:
    return _BETWEEN.sub(" ", text).casefold()
