"""One line to a mail server: kept for many messages, made anew when it drops.

The order of a message is what makes "exactly once" possible: everything but the final dot goes over the line first,
and until that dot nothing can go out, whatever breaks. Then the caller is told (``ending``), and only then the dot is
sent and the answer awaited.
"""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from gehoor.channels.email.errors import AddressRefused, MessageRefused
from gehoor.channels.email.outgoing import Mail, compose, native_id
from gehoor.channels.email.smtp_settings import Account, unreachable
from gehoor.channels.outgoing import Letterhead, Outgoing, Sent
from gehoor.kernel.clock import now
from gehoor.kernel.errors import CannotDeliver, CannotReach, DeliveryUnsure
from gehoor.kernel.language import sentence

TIMEOUT = 30.0
"""Seconds in which the server has to answer."""
ENDING_TIMEOUT = 300.0
"""Seconds for the answer to the final dot. RFC 5321 asks for patience here: giving up early means not knowing."""
MEDIA_TYPE = "message/rfc822"

_DOTS = re.compile(rb"^\.", re.MULTILINE)
_ENHANCED = re.compile(rb"\A([245]\.\d{1,3}\.\d{1,3})\b")
_US = re.compile(rb"relay|authenticat|log ?in first|\bspf\b|\bdkim\b|\bdmarc\b", re.IGNORECASE)
"""In an answer that is about us, whoever the message is for; taken for the person's, it would write everyone off."""
_NOT_LET_IN = frozenset({454, 530, 534, 535, 538})
_ABOUT_THE_ADDRESS = frozenset({501, 510, 511, 512, 521, 550, 551, 552, 553, 554, 555, 556})
_ABOUT_THE_MESSAGE = frozenset({541, 550, 551, 552, 553, 554, 555, 556})


NOT_FROM_US = sentence("it takes no mail from us: the user name and password, or the settings of our domain, are wrong")


class _Cut(Exception):
    """The line broke before anything of this message was on it."""


class SmtpLine:
    """See :class:`gehoor.channels.outgoing.Line`. Begins connected; raises CannotReach."""

    def __init__(self, account: Account, letterhead: Letterhead) -> None:
        self._account = account
        self._letterhead = letterhead
        self._smtp: smtplib.SMTP | None = _connected(account)
        self._used = False

    def native_id(self, message: Outgoing) -> str:
        """Its Message-ID and our address, as the reader names a copy of it."""
        return native_id(message, self._account)

    def send(self, message: Outgoing, ending: Callable[[], None]) -> Sent:
        """Hand over one message; see the contract."""
        mail = compose(message, self._account, self._letterhead, now())
        smtp = self._begun(mail)
        try:
            with _reaching():
                smtp.send(_stuffed(mail.data))
            ending()
        except BaseException:
            self.drop()  # without its final dot the server throws the message away
            raise
        self._end(smtp)
        return Sent(mail.data, MEDIA_TYPE, mail.native_id)

    def ask(self) -> None:
        """Whether it lets us in, and would send from our address and to that of the copy; nothing is sent."""
        smtp = self._open()
        with self._or_drop(), _reaching():
            _check(smtp.noop())
            self._envelope(smtp, None)
            self._reset(smtp)

    def close(self) -> None:
        """Take leave."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self.drop()

    def drop(self) -> None:
        """Hang up without a word; the next message makes a new line."""
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.close()
            self._smtp = None

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = _connected(self._account)
            self._used = False
        return self._smtp

    def _begun(self, mail: Mail) -> smtplib.SMTP:
        """A line on which the server waits for the content. One that lay idle too long is made anew, once."""
        used = self._used and self._smtp is not None
        try:
            return self._begin(mail)
        except _Cut:
            if not used:
                raise unreachable(sentence("the connection was cut")) from None
        try:
            return self._begin(mail)
        except _Cut:
            raise unreachable(sentence("the connection was cut")) from None

    def _begin(self, mail: Mail) -> smtplib.SMTP:
        smtp = self._open()
        self._used = True
        if mail.needs_utf8 and not smtp.has_extn("smtputf8"):
            raise CannotDeliver(why=sentence("the mail server takes no address with letters such as é"))
        try:
            with self._or_drop():
                self._envelope(smtp, mail)
                code, answer = smtp.docmd("DATA")
                if code != 354:
                    self._refuse(smtp, code, answer, MessageRefused, _ABOUT_THE_MESSAGE)
        except OSError:  # what the library raises is one too
            raise _Cut from None
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, mail: Mail | None) -> None:
        """From whom and to whom. The copy's address is asked too: without it, nothing goes."""
        options = ["SMTPUTF8"] if mail and mail.needs_utf8 else []
        code, answer = smtp.mail(self._account.from_address, options)
        if code == 421:
            raise smtplib.SMTPServerDisconnected
        _check((code, answer), sentence("it does not take mail from the address of the sender"))
        if mail:
            code, answer = smtp.rcpt(mail.to)
            if not 200 <= code < 300:
                self._refuse(smtp, code, answer, AddressRefused, _ABOUT_THE_ADDRESS)
        if self._account.copy_to:
            code, answer = smtp.rcpt(self._account.copy_to)
            if not 200 <= code < 300:
                self._reset(smtp)
                _check((code, answer), sentence("it does not take the address for a copy"))

    def _refuse(
        self, smtp: smtplib.SMTP, code: int, answer: bytes, kind: type[CannotDeliver], about_it: frozenset[int]
    ) -> None:
        """The server says no: for good and about this one, or later, or to us as a whole. The line goes on."""
        self._reset(smtp, hang_up=code == 421)
        if code in about_it and not _US.search(answer):
            raise kind(answer=_told(code, answer))
        _check((code, answer), NOT_FROM_US)

    def _reset(self, smtp: smtplib.SMTP, *, hang_up: bool = False) -> None:
        """Ready for the next message; a server that hangs up after its no has still said no."""
        try:
            if not hang_up:
                smtp.rset()
                return
        except OSError:  # what the library raises is one too
            pass
        self.drop()

    def _end(self, smtp: smtplib.SMTP) -> None:
        """The final dot and the answer to it."""
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(ENDING_TIMEOUT)
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(TIMEOUT)
        except OSError:
            self.drop()
            raise DeliveryUnsure(where=sentence("The mail server")) from None
        except BaseException:
            self.drop()
            raise
        if 200 <= code < 300:
            return
        if not 400 <= code < 600:
            self.drop()
            raise DeliveryUnsure(where=sentence("The mail server"))
        self._refuse_whole(code, answer)

    def _refuse_whole(self, code: int, answer: bytes) -> None:
        if code == 421:
            self.drop()
        if code >= 500 and not _US.search(answer):
            raise MessageRefused(answer=_told(code, answer))
        _check((code, answer), NOT_FROM_US)

    @contextmanager
    def _or_drop(self) -> Iterator[None]:
        """A line on which something went wrong that was no answer is of no use any more."""
        try:
            yield
        except (CannotDeliver, CannotReach):
            raise
        except BaseException:
            self.drop()
            raise


def _connected(account: Account) -> smtplib.SMTP:
    """A connection that has logged in. Raises CannotReach."""
    with _reaching():
        context = ssl.create_default_context()
        name = account.domain
        smtp: smtplib.SMTP
        if account.security == "tls":
            smtp = smtplib.SMTP_SSL(account.host, account.port, name, timeout=TIMEOUT, context=context)
        else:
            smtp = smtplib.SMTP(account.host, account.port, name, timeout=TIMEOUT)
        try:
            if smtp.sock is not None:
                # The final dot is a packet of its own; it must not wait until the server has acknowledged the content.
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if account.security == "starttls":
                if not smtp.has_extn("starttls"):
                    raise unreachable(sentence("it offers no STARTTLS"))
                _check(smtp.starttls(context=context))
                _check(smtp.ehlo())
            if account.user:
                _log_in(smtp, account)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _log_in(smtp: smtplib.SMTP, account: Account) -> None:
    """By hand, since the library only takes names and passwords in ASCII."""
    ways = smtp.esmtp_features.get("auth", "").upper().split()
    user, password = account.user.encode(), account.password.encode()
    if "PLAIN" in ways:
        code, _ = smtp.docmd("AUTH", "PLAIN " + b64encode(b"\0" + user + b"\0" + password).decode())
    elif "LOGIN" in ways:
        code, _ = smtp.docmd("AUTH", "LOGIN")
        for each in (user, password):
            if code == 334:
                code, _ = smtp.docmd(b64encode(each).decode())
    else:
        raise unreachable(sentence("it offers no way to log in with a user name and password"))
    if code != 235:
        if 400 <= code < 500 and code != 454:
            raise _later()
        raise unreachable(sentence("it does not accept the user name or the password"))


def _check(reply: tuple[int, bytes], why: str = sentence("it refuses what it was asked")) -> None:
    """Pass for a yes. Raises CannotReach: later for 4xx, else for ``why``."""
    code, _ = reply
    if 200 <= code < 300:
        return
    if code in _NOT_LET_IN:
        raise unreachable(sentence("it wants a user name and a password first, or others"))
    if 400 <= code < 500:
        raise _later()
    if code < 0:
        raise unreachable(sentence("its answer makes no sense"))
    raise unreachable(why)


def _later() -> CannotReach:
    return unreachable(sentence("it asks to come back later"))


def _told(code: int, answer: bytes) -> str:
    """Its code only: the words of an answer mostly repeat the address."""
    enhanced = _ENHANCED.match(answer)
    return f"{code} {enhanced.group(1).decode()}" if enhanced else str(code)


def _stuffed(data: bytes) -> bytes:
    """RFC 5321, 4.5.2: a line that begins with a dot gets another, so that none of them ends the message."""
    return _DOTS.sub(b"..", data)


@contextmanager
def _reaching() -> Iterator[None]:
    """Everything that the network and the library raise, as CannotReach."""
    try:
        yield
    except smtplib.SMTPConnectError:
        raise unreachable(sentence("it does not want us now")) from None
    except smtplib.SMTPServerDisconnected:
        raise unreachable(sentence("the connection was cut")) from None
    except smtplib.SMTPException:
        raise unreachable(sentence("its answer makes no sense")) from None
    except ssl.SSLCertVerificationError:
        raise unreachable(sentence("its certificate is not trusted")) from None
    except ssl.SSLError:
        raise unreachable(sentence("no secure connection could be made")) from None
    except TimeoutError:
        raise unreachable(sentence("it does not answer")) from None
    except socket.gaierror:
        raise unreachable(sentence("no such address is known")) from None
    except ConnectionRefusedError:
        raise unreachable(sentence("nobody answers at that address and port")) from None
    except OSError:
        raise unreachable(sentence("the connection was cut")) from None
