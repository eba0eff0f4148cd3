"""A post, whoever gave it: what it says, who wrote it, and whom it answers."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.json_records import MEDIA_TYPE
from gehoor.channels.table.dates import Moments
from gehoor.kernel.language import sentence

CHANNEL = "x"
PASSED_ON = sentence("It passes on what somebody else wrote.")
NO_WORDS = sentence("There are no words in it.")
_MENTION = re.compile(r"@\w{1,30}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = 6


@dataclass(frozen=True, slots=True)
class Person:
    """Who has an account. ``handle`` is without @, ``number`` is the network's own."""

    handle: str = ""
    name: str = ""
    number: str = ""

    def identities(self, network: str = CHANNEL) -> tuple[Identity, ...]:
        """The handle; nothing where only a number is known, for nobody else calls a person by that."""
        return (Identity("handle", f"@{self.handle}", network),) if self.handle else ()


NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Post:
    """``is_ours``: what the source itself knows of it, None where only the settings can tell."""

    native_id: str
    text: str
    said_at: datetime | None
    original: bytes
    author: Person = NOBODY
    answers: str = ""
    """The id of the post that it answers."""
    to: Person = NOBODY
    """Whom it answers."""
    root: str = ""
    """The id of the post that the conversation began with."""
    quoted: str = ""
    is_passed_on: bool = False
    is_ours: bool | None = None

    @property
    def _answers_someone(self) -> bool:
        """Whether it is said to a person other than its author."""
        same = self.to.number == self.author.number if self.to.number and self.author.number else False
        alike = bool(self.to.handle) and self.to.handle.casefold() == self.author.handle.casefold()
        return bool(self.to.handle or self.to.number) and not same and not alike

    def told(self, wishes: Wishes) -> Outcome:
        """As it is heard: a voice, or of ours a reply when it answers a person, else a broadcast."""
        position = self.native_id or "1"
        if self.is_passed_on:
            return NothingSaid(position, self.original, MEDIA_TYPE, PASSED_ON)
        if not _MENTION.sub("", self.text).strip():
            return NothingSaid(position, self.original, MEDIA_TYPE, NO_WORDS)
        ours = self.is_ours if self.is_ours is not None else any(map(wishes.is_own, self.author.identities()))
        direction = Direction.FROM_CUSTOMER
        if ours:
            direction = Direction.TO_CUSTOMER if self._answers_someone else Direction.TO_EVERYONE
        return Heard(
            channel=wishes.channel or CHANNEL,
            text=self.text,
            position=position,
            original=self.original,
            media_type=MEDIA_TYPE,
            direction=direction,
            said_at=self.said_at,
            author=self.author.name or self.author.handle,
            identities=() if ours else self.author.identities(),
            recipients=self.to.identities() if ours and self._answers_someone else (),
            quoted=self.quoted,
            native_id=self.native_id,
            thread=tuple(dict.fromkeys(each for each in (self.root, self.answers) if each and each != self.native_id)),
        )


def words(text: str) -> str:
    """Text as X gives it, with its few HTML entities undone."""
    return unescape(text).strip() if "&" in text else text.strip()


def moment(written: str) -> datetime | None:
    """``2026-03-01T10:00:00.000Z``, or as older answers write it: ``Sun Mar 01 10:00:00 +0000 2026``."""
    parts = written.split()
    if len(parts) != _PARTS or parts[1] not in _MONTHS:
        return Moments()(written)
    _, month, day, clock, zone, year = parts
    return Moments()(f"{year}-{_MONTHS.index(month) + 1:02}-{day:0>2}T{clock}{zone}")
