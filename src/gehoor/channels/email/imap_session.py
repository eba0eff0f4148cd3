"""One connection to a mail server: looks, and changes nothing (EXAMINE, BODY.PEEK).

Whatever goes wrong with the connection as a whole is a :class:`Lost`, with a sentence; after it the session is of no
use. A server that says no to one question is a :class:`Declined`.
"""

import logging
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError, ProtocolError

from gehoor.channels.email.imap_settings import Account
from gehoor.kernel.language import sentence

TIMEOUT = 30.0
"""Seconds in which a server has to say something."""
POLL_EVERY = 10.0
"""Seconds between two looks at a server that does not offer IDLE."""
LISTED_WHOLE = 50_000
"""Messages of which the numbers are asked at once; of more they are asked in pieces, for a line has its limit."""
HEADER_LIMIT = 1 << 20
"""Bytes of a header that are fetched of a message that is too large."""

_ASK_EVERY = 1.0
_PLAIN_NAME = re.compile(r"[A-Za-z0-9.@_+-]+")
_LATER = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)", re.IGNORECASE)
_MAKES_NO_SENSE = (ValueError, LookupError, TypeError)
"""What the library raises on answers that are none."""

logging.getLogger("imapclient").setLevel(logging.WARNING)  # below that it tells everything that passes, mail too


class Lost(Exception):
    """The connection is of no use any more. ``why`` is a sentence; ``final``: doing it again changes nothing."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        self.why = why
        self.final = final
        super().__init__(why)


class Declined(Exception):
    """The server said no to this one question."""


class Session:
    """A connection that has logged in; use it with ``with``. Raises :class:`Lost` in every method."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._exists = 0
        self._next_uid = 0
        with _told():
            context = ssl.create_default_context()
            self._client = IMAPClient(
                account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=TIMEOUT
            )
        try:
            with _told():
                if account.security == "starttls":
                    self._start_tls(context)
                self._log_in()
                self._has_idle = bool(self._client.has_capability("IDLE"))
        except (Lost, Declined):
            self.close()
            raise

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up without waiting for an answer."""
        try:
            self._client.shutdown()
        except OSError:
            return

    def _start_tls(self, context: ssl.SSLContext) -> None:
        if not self._client.has_capability("STARTTLS"):
            raise Lost(sentence("it does not offer starttls"), final=True)
        self._client.starttls(context)

    def _log_in(self) -> None:
        account, client = self._account, self._client
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(account.user, account.password)
        elif client.has_capability("LOGINDISABLED"):
            raise Lost(sentence("it lets nobody in with a password"), final=True)
        elif not (account.user + account.password).isascii():
            raise Lost(sentence("it takes no letters with accents in the user name or the password"), final=True)
        else:
            client.login(_quoted(account.user), account.password)

    def examine(self, folder: str) -> int:
        """Look into a folder without touching it; returns its UIDVALIDITY. Raises :class:`Declined`."""
        with _told():
            state = self._client.select_folder(folder, readonly=True)
            self._exists = int(state.get(b"EXISTS", 0))
            self._next_uid = int(state.get(b"UIDNEXT", 0))
            return int(state.get(b"UIDVALIDITY", 0))

    def after(self, last: int) -> Iterator[list[int]]:
        """The numbers of the messages past ``last``, ascending, in pieces. Raises :class:`Declined`."""
        if not self._exists:
            return
        if self._exists <= LISTED_WHOLE or not self._next_uid:
            yield self._search(f"{last + 1}:*", last)
            return
        for start in range(last + 1, self._next_uid, LISTED_WHOLE):
            yield self._search(f"{start}:{min(start + LISTED_WHOLE, self._next_uid) - 1}", last)

    def _search(self, uids: str, last: int) -> list[int]:
        """``n:*`` means the last message even when its number is below n: hence the comparison."""
        with _told():
            found = self._client.search(f"UID {uids} {self._account.criteria}")
            return sorted({uid for uid in found if uid > last})

    def has(self, uid: int) -> bool:
        """Whether a message is still there. Raises :class:`Declined`."""
        with _told():
            self._client.noop()
            return uid in self._client.search(f"UID {uid}")

    def sizes(self, uids: list[int]) -> dict[int, int]:
        """Bytes of each message that is still there. Raises :class:`Declined`."""
        return {uid: int(size) for uid, size in self._fetch(uids, "RFC822.SIZE", b"RFC822.SIZE").items()}

    def bodies(self, uids: list[int]) -> dict[int, bytes]:
        """The whole of each message that the server hands over. Raises :class:`Declined`."""
        return {uid: bytes(body) for uid, body in self._fetch(uids, "BODY.PEEK[]", b"BODY[]").items()}

    def header(self, uid: int) -> bytes:
        """The header of a message. Raises :class:`Declined`."""
        found = self._fetch([uid], f"BODY.PEEK[HEADER]<0.{HEADER_LIMIT}>", b"BODY[HEADER]<0>")
        return bytes(found.get(uid, b""))

    def _fetch(self, uids: list[int], what: str, key: bytes) -> dict[int, Any]:
        with _told():
            found = self._client.fetch(uids, [what])
            return {uid: found[uid][key] for uid in uids if found.get(uid, {}).get(key) is not None}

    def wait(self, seconds: float, goes_on: Callable[[], bool]) -> None:
        """Until a message may have come into the folder looked at last, or for so many seconds."""
        until = time.monotonic() + (seconds if self._has_idle else min(seconds, POLL_EVERY))
        with _told():
            if self._tells_of_more(self._client.noop()[1]):
                return
            if self._has_idle:
                self._idle(until, goes_on)
        while not self._has_idle and goes_on() and (rest := until - time.monotonic()) > 0:
            time.sleep(min(rest, _ASK_EVERY))

    def _idle(self, until: float, goes_on: Callable[[], bool]) -> None:
        """A line that breaks wakes it at once without a word; it is the next question that finds out."""
        self._client.idle()
        while goes_on() and (rest := until - time.monotonic()) > 0:
            asked = time.monotonic()
            answers = self._client.idle_check(timeout=min(rest, _ASK_EVERY))
            woken = time.monotonic() - asked < min(rest, _ASK_EVERY) / 2
            if self._tells_of_more(answers) or (woken and not answers):
                break
        self._client.idle_done()

    def _tells_of_more(self, answers: list[Any]) -> bool:
        """Whether there are more messages than before; some servers repeat how many there are for ever."""
        more = False
        for answer in answers:
            if answer[1:2] == (b"EXPUNGE",):
                self._exists -= 1
            elif answer[1:2] == (b"EXISTS",):
                more = more or answer[0] > self._exists
                self._exists = answer[0]
            elif answer[:1] == (b"BYE",):
                raise Lost(sentence("the connection was cut"))
        return more


def _quoted(user: str) -> str:
    """The library quotes a password and not a name."""
    if _PLAIN_NAME.fullmatch(user):
        return user
    escaped = user.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _not_let_in(error: LoginError) -> Lost:
    """The library calls everything so that goes wrong while logging in, a cut line too."""
    if isinstance(error.__context__, IMAPClientAbortError):
        return Lost(sentence("the connection was cut"))
    if _LATER.search(str(error)):
        return Lost(sentence("it asks to come back later"))
    return Lost(sentence("it does not accept the user name or the password"), final=True)


@contextmanager
def _told() -> Iterator[None]:
    """Everything that the library and the network raise, as Lost or Declined."""
    try:
        yield
    except LoginError as error:
        raise _not_let_in(error) from None
    except IMAPClientAbortError:
        raise Lost(sentence("the connection was cut")) from None
    except ProtocolError:
        raise Lost(sentence("its answer makes no sense")) from None
    except IMAPClientError as error:
        if "got more than" in str(error):
            raise Lost(sentence("its answer makes no sense")) from None
        raise Declined from None
    except ssl.SSLCertVerificationError:
        raise Lost(sentence("its certificate is not trusted"), final=True) from None
    except ssl.SSLError:
        raise Lost(sentence("no secure connection could be made")) from None
    except TimeoutError:
        raise Lost(sentence("it does not answer")) from None
    except socket.gaierror:
        raise Lost(sentence("no such address is known")) from None
    except ConnectionRefusedError:
        raise Lost(sentence("nobody answers at that address and port")) from None
    except OSError:
        raise Lost(sentence("the connection was cut")) from None
    except _MAKES_NO_SENSE:
        raise Lost(sentence("its answer makes no sense")) from None
