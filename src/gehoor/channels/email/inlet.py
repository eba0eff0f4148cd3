"""Listens to a mailbox over IMAP: brings every message once, and leaves the mailbox as it is.

A connection that is cut after it served is made anew at once; when that fails, :class:`CannotReach` says so and the
caller comes back. Numbers that a server gives (UIDs) only save work: after a restart, a cut or a changed UIDVALIDITY a
message may come again, and intake knows it by its Message-ID.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO

from gehoor.channels.base import Arrived, Document, Unreadable, Waiting
from gehoor.channels.email.imap_places import Place, Places
from gehoor.channels.email.imap_session import Declined, Lost, Session
from gehoor.channels.email.imap_settings import FIELDS, Account, read_account, unreachable
from gehoor.channels.email.imap_trouble import NotFetched, Trouble
from gehoor.channels.email.message import MEDIA_TYPE
from gehoor.kernel.errors import Empty, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 64 << 20
"""Bytes of a message that is fetched; of a larger one only the header."""
AT_ONCE = 4 << 20
"""Bytes of messages that are fetched with one question; a larger one is fetched alone."""
ASKED_AT_ONCE = 100
"""Messages whose size is asked with one question."""
ROUND_EVERY = 60.0
"""Seconds of waiting for the server to speak, after which it is looked at all the same."""
OTHERS_EVERY = 20.0
"""The same where there are more folders, since a server speaks of one only."""
MISSED_EVERY = 900.0
"""Seconds after which what the server would not hand over is asked for again."""
REFUSED_IN_A_ROW = 100
"""Messages that a server may refuse one after another before it is the server that is ill."""

SERVES_AFTER = 30.0
"""Seconds after which a connection that is cut was a good one, though it brought nothing."""

_Comes = Iterator[Arrived | Unreadable | Waiting]


class ImapInlet:
    """See README.md beside this file."""

    kind = "imap"
    title = sentence("Mailbox (IMAP)")
    channel = "email"
    fields = FIELDS

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises :class:`CannotReach` for settings that can never work."""
        read_account(settings)

    def hear(self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]) -> _Comes:
        """Bring the messages of the mailbox, as they come. Raises :class:`CannotReach`."""
        account = read_account(settings)
        places = Places(cursor)
        trouble = Trouble()
        while goes_on():
            began, served = time.monotonic(), False
            try:
                with Session(account) as session:
                    for each in _Listening(session, account, places, trouble, goes_on).hear():
                        yield each
                        served = served or not isinstance(each, Waiting)
            except Lost as lost:
                served = served or time.monotonic() - began > SERVES_AFTER
                if not trouble.cut() and (lost.final or not served):
                    raise unreachable(lost.why) from None
            except Declined:
                raise unreachable(sentence("it refuses what it was asked")) from None


class _Listening:
    """One connection, for as long as it lasts."""

    def __init__(
        self, session: Session, account: Account, places: Places, trouble: Trouble, goes_on: Callable[[], bool]
    ) -> None:
        self._session = session
        self._account = account
        self._places = places
        self._trouble = trouble
        self._goes_on = goes_on
        self._missed_at = 0.0

    def hear(self) -> _Comes:
        rest = OTHERS_EVERY if len(self._account.folders) > 1 else ROUND_EVERY
        while self._goes_on():
            again = time.monotonic() >= self._missed_at
            absent = []
            for folder in self._account.folders:
                try:
                    yield from self._folder(folder, again=again)
                except Declined:
                    absent.append(folder)
            if again:
                self._missed_at = time.monotonic() + MISSED_EVERY
            if absent:
                raise unreachable(sentence("it does not give a folder that is named in the settings"))
            yield Waiting(sum(len(self._places.of(folder).missed) for folder in self._account.folders))
            if len(self._account.folders) > 1:
                self._session.examine(self._account.folders[0])
            self._session.wait(rest, self._goes_on)

    def _folder(self, folder: str, *, again: bool) -> _Comes:
        """What a folder has that was not heard. Raises :class:`Declined` when the server does not give the folder."""
        place = self._places.of(folder)
        place.begin(self._session.examine(folder))
        if again:
            yield from self._messages(folder, place, list(place.missed))
        for uids in self._session.after(place.last):
            if uids:
                yield Waiting(len(uids) + len(place.missed))
            yield from self._messages(folder, place, uids)

    def _messages(self, folder: str, place: Place, uids: list[int]) -> _Comes:
        """Bring these messages; those that disappeared meanwhile are passed over."""
        for start in range(0, len(uids), ASKED_AT_ONCE):
            asked = uids[start : start + ASKED_AT_ONCE]
            try:
                sizes = self._session.sizes(asked)
            except Declined:
                sizes = dict.fromkeys(asked, AT_ONCE)
            for batch in _batches(asked, sizes):
                yield from self._batch(folder, place, batch, sizes)
                if not self._goes_on():
                    return
            for uid in asked:
                if uid not in sizes:
                    place.heard(uid)

    def _batch(self, folder: str, place: Place, batch: list[int], sizes: Mapping[int, int]) -> _Comes:
        bodies = self._together(folder, batch)
        for uid in batch:
            if not self._goes_on():
                return
            came = bodies.pop(uid, None)
            try:
                if sizes[uid] > LARGEST or (came is not None and len(came) > LARGEST):
                    outcome: Arrived | Unreadable | None = self._too_large(folder, place, uid)
                else:
                    outcome = self._told(folder, place, uid, came if came is not None else self._alone(folder, uid))
                self._trouble.refused = 0
            except Declined:
                outcome = self._miss(folder, place, uid)
            if outcome is not None:
                yield outcome

    def _together(self, folder: str, batch: list[int]) -> dict[int, bytes]:
        """What comes of several messages at once; nothing where one of them may be what broke the line before."""
        if len(batch) == 1 or any(self._trouble.is_suspect(folder, uid) for uid in batch):
            return {}
        try:
            with self._trouble.asking(folder, batch):
                return self._session.bodies(batch)
        except Declined:
            return {}

    def _alone(self, folder: str, uid: int) -> bytes | None:
        """One message by itself; None when it is gone. Raises :class:`Declined` when it is there and does not come."""
        self._trouble.check(folder, uid)
        body = None
        with suppress(Declined), self._trouble.asking(folder, [uid]):
            body = self._session.bodies([uid]).get(uid)
        if body is None and self._session.has(uid):
            raise Declined
        return body

    def _told(self, folder: str, place: Place, uid: int, body: bytes | None) -> Arrived | Unreadable | None:
        place.heard(uid)
        if body is None:
            return None
        if not body:
            error = Empty(what=sentence("message"))
            return Unreadable(_name(folder, place, uid), b"", MEDIA_TYPE, error)
        return Arrived(Document(_name(folder), len(body), partial(BytesIO, body)), self._places.cursor())

    def _too_large(self, folder: str, place: Place, uid: int) -> Unreadable:
        header = self._session.header(uid)
        place.heard(uid)
        error = TooLarge(what=sentence("message"), limit=f"{LARGEST >> 20} MiB")
        return Unreadable(_name(folder, place, uid), header, MEDIA_TYPE, error)

    def _miss(self, folder: str, place: Place, uid: int) -> Unreadable | None:
        """Tell of it the first time. Raises :class:`Lost` when nothing comes at all."""
        self._trouble.refused += 1
        if self._trouble.refused >= REFUSED_IN_A_ROW:
            raise Lost(sentence("it hands over no messages"), final=True)
        is_new = place.miss(uid)
        return Unreadable(_name(folder, place, uid), b"", MEDIA_TYPE, NotFetched()) if is_new else None


def _batches(uids: list[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """The messages that are there, in order: small ones together, a large one alone."""
    batch: list[int] = []
    filled = 0
    for uid in uids:
        if uid not in sizes:
            continue
        if batch and filled + sizes[uid] > AT_ONCE:
            yield batch
            batch, filled = [], 0
        batch.append(uid)
        filled += sizes[uid]
    if batch:
        yield batch


def _name(folder: str, place: Place | None = None, uid: int = 0) -> str:
    """One for all messages of a folder, since intake tells sources apart by it; what is not read has its number too."""
    told = re.sub(r"[^\w.-]+", "-", folder)
    return f"imap-{told}-{place.validity}-{uid}.eml" if place else f"imap-{told}.eml"


INLET = ImapInlet()
