"""A real mail server on the loopback (aiosmtpd) that can be told to refuse, to put off, and to drop the line."""

import shutil
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "post@example.org", 'geheim "woord" \\ é'


@dataclass(frozen=True)
class Stored:
    """A message that the server took: its envelope and its bytes as they are after the dots are taken out."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    options: tuple[str, ...] = ()

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.data, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Behaviour:
    """What the server does; may be changed while it runs."""

    answers: dict[str, str] = field(default_factory=dict)
    """By recipient, or ``"MAIL"``, ``"DATA"`` (before the content), ``"END"`` (after the final dot): what it says."""
    drop_at: str = ""
    """Where the line is cut, once: ``"MAIL"``, ``"RCPT"``, ``"DATA"`` (while it waits for content), ``"END"`` (it has
    the whole message and stores it, but says nothing) or ``"LOST"`` (as END, without storing it)."""
    hang_at_end: threading.Event | None = None
    """When set, nothing is answered after the final dot until it is."""


class _Server(SMTP):
    behaviour: Behaviour
    connections: list[Any]

    def connection_made(self, transport: Any) -> None:
        if not self._over_ssl:
            self.connections.append(transport)
        super().connection_made(transport)

    def _cut(self, where: str) -> bool:
        if self.behaviour.drop_at != where:
            return False
        self.behaviour.drop_at = ""
        assert self.transport is not None
        self.transport.abort()
        return True

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 (aiosmtpd finds its commands by name)
        if not self._cut("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if not self._cut("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        if "DATA" in self.behaviour.answers:
            await self.push(self.behaviour.answers["DATA"])
        elif self.behaviour.drop_at == "DATA":
            await self.push("354 go on")
            await self._reader.readline()
            self._cut("DATA")
        else:
            await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, server: "MailServer") -> None:
        self._server = server

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._server.behaviour.answers.get("MAIL"):
            return said
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._server.behaviour.answers.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:  # noqa: N802
        behaviour = self._server.behaviour
        if said := behaviour.answers.get("END"):
            return said
        if behaviour.hang_at_end is not None:
            behaviour.hang_at_end.wait(20)
        if not server._cut("LOST"):
            assert isinstance(envelope.content, bytes) and envelope.mail_from
            options = tuple(envelope.mail_options)
            self._server.stored.append(Stored(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content, options))
            server._cut("END")
        return "250 taken"


class MailServer:
    """Serves until ``close``. ``stored`` holds what it took; ``connections`` is how often somebody came."""

    def __init__(
        self,
        *,
        tls: Path | None = None,
        starttls: Path | None = None,
        log_in: bool = False,
        utf8: bool = True,
        exclude: tuple[str, ...] = (),
        authenticator: Callable[..., AuthResult] | None = None,
    ) -> None:
        self.behaviour = Behaviour()
        self.stored: list[Stored] = []
        self._transports: list[Any] = []
        options: dict[str, Any] = {"enable_SMTPUTF8": utf8, "timeout": 60, "data_size_limit": 0}
        if log_in:
            options |= {"authenticator": authenticator or _lets_in, "auth_required": True, "auth_require_tls": False}
            options["auth_exclude_mechanism"] = exclude
        if starttls is not None:
            options |= {"tls_context": _context(starttls), "require_starttls": True}
        self._controller = _Controller(self, options, ssl_context=_context(tls) if tls else None)
        self._controller.start()
        self._transports.clear()  # the library comes once itself, to see whether it answers
        self.port: int = self._controller.server.sockets[0].getsockname()[1]

    @property
    def connections(self) -> int:
        return len(self._transports)

    def hang_up(self) -> None:
        """Cut every line that is open, as a server does with those that lay idle."""
        done = threading.Event()

        def cut() -> None:
            for transport in self._transports:
                transport.abort()
            done.set()

        self._controller.loop.call_soon_threadsafe(cut)
        assert done.wait(5)

    def close(self) -> None:
        if self._controller.server is not None:
            self._controller.stop()


class _Controller(Controller):
    def __init__(self, server: MailServer, options: dict[str, Any], **others: Any) -> None:
        self._of = server
        self._options = options
        super().__init__(_Handler(server), hostname="127.0.0.1", port=0, **others)

    def factory(self) -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of logging in without TLS, which stays on this machine
            made = _Server(self.handler, hostname="mail.example.org", **self._options)
        made.behaviour = self._of.behaviour
        made.connections = self._of._transports
        return made

    def _trigger_server(self) -> None:
        """The library looks whether the port that it was given answers; ours is chosen by the system."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _lets_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=is_right)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def make_certificate(folder: Path) -> Path | None:
    """A key and a certificate for ``localhost`` that nobody signed, in one file; None without openssl."""
    if shutil.which("openssl") is None:
        return None
    key, certificate, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both
