"""Which addresses may be reached: the name is looked up once, and only what was found and checked is connected to."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from gehoor.channels.fetching.errors import NotFetchable
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

LONGEST = 4_096
"""Characters of an address."""
_PORTS = {"https": 443, "http": 80}
_LOWEST_FREE_PORT = 1024
_TUNNELS = tuple(
    ipaddress.IPv6Network(each)
    for each in (
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "fec0::/10",
        "100::/64",
        "5f00::/16",
    )
)
"""IPv6 that carries an IPv4 address inside (compatible, NAT64, 6to4, Teredo), old site-local, discard, routing."""
_RELAY = ipaddress.IPv4Network("192.88.99.0/24")
"""6to4's relays."""

_HERE = "localhost"
_NOT_PUBLIC = sentence("it leads to an address that is not on the public internet")

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""From host and port to numeric addresses; raises OSError."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be fetched: ``numbers`` is what its host was found to be, each checked."""

    url: SplitResult
    host: str
    port: int
    numbers: tuple[str, ...]
    is_secure: bool
    origin: tuple[str, str, int] = field(default=("", "", 0))

    @property
    def path(self) -> str:
        """What is asked of the server."""
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")

    @property
    def host_header(self) -> str:
        """The name of the server, as it is told to it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.url.scheme] else f"{host}:{self.port}"


def target(address: str, where: str, *, http: bool, loopback: bool, resolve: Resolve) -> Target:
    """The address, looked up and checked. Raises :class:`NotFetchable`, and CannotReach for a name nobody knows."""
    url, host, port = _parts(address, where, http=http, loopback=loopback)
    numbers = tuple(dict.fromkeys(resolve(host, port)))
    allowed = tuple(each for each in numbers if may_reach(each, loopback=loopback))
    if numbers and not allowed:
        raise NotFetchable(where=where, why=_NOT_PUBLIC)
    if not allowed:
        raise CannotReach(where=where, why=sentence("its name is not known"))
    return Target(url, host, port, allowed, url.scheme == "https", (url.scheme, host, port))


def check_address(address: str, where: str, *, http: bool, loopback: bool) -> None:
    """Pass, or raise :class:`NotFetchable` for an address that can never be fetched; no name is looked up."""
    _, host, _ = _parts(address, where, http=http, loopback=loopback)
    number = _number_in(host)
    here = host == _HERE or host.endswith(f".{_HERE}")
    if (number and not may_reach(number, loopback=loopback)) or (here and not loopback):
        raise NotFetchable(where=where, why=_NOT_PUBLIC)


def _number_in(host: str) -> str:
    """The numeric address that a host is written as, however it is written (``127.1``); "" for a name."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return ""


def _parts(address: str, where: str, *, http: bool, loopback: bool) -> tuple[SplitResult, str, int]:
    if len(address) > LONGEST or any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in address):
        raise NotFetchable(where=where, why=sentence("it holds a character that no address has, or is far too long"))
    try:
        url = urlsplit(address)
        port = url.port or _PORTS.get(url.scheme, 0)
        host = (
            (url.hostname or "").rstrip(".").encode("idna").decode()
            if ":" not in (url.hostname or "")
            else url.hostname
        )
    except (ValueError, UnicodeError):
        raise NotFetchable(where=where, why=sentence("it is no proper web address")) from None
    if url.scheme != "https" and not (url.scheme == "http" and http):
        raise NotFetchable(where=where, why=sentence("it does not begin with https://"))
    if not host or url.username is not None or url.password is not None:
        raise NotFetchable(where=where, why=sentence("it names no server, or holds a name and password"))
    if port not in _PORTS.values() and port < _LOWEST_FREE_PORT and not loopback:
        raise NotFetchable(where=where, why=sentence("its port is not one of the web"))
    quoted = url._replace(path=_ascii(url.path), query=_ascii(url.query), fragment="")
    return quoted, host, port


def _ascii(part: str) -> str:
    """Signs beyond ASCII, written with per cent signs."""
    return "".join(
        sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace")) for sign in part
    )


def may_reach(number: str, *, loopback: bool = False) -> bool:
    """Whether a numeric address lies on the public internet; with ``loopback`` this machine itself may be too."""
    try:
        found: IP = ipaddress.ip_address(number)
    except ValueError:
        return False
    if loopback and found.is_loopback:
        return True
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id or found.ipv4_mapped is not None or any(found in each for each in _TUNNELS):
            return False
    elif found in _RELAY:
        return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_loopback or found.is_link_local or found.is_unspecified
    )


def system_resolve(seconds: float) -> Resolve:
    """A look-up by the system that takes no longer than this; it has no time limit of its own."""

    def resolve(host: str, port: int) -> Sequence[str]:
        found: list[str] = []
        trouble: list[OSError] = []

        def look() -> None:
            try:
                entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                found.extend(str(entry[4][0]) for entry in entries)
            except OSError as error:
                trouble.append(error)
            except UnicodeError:
                trouble.append(OSError())

        looking = threading.Thread(target=look, daemon=True, name="looking up a name")
        looking.start()
        looking.join(seconds)
        if trouble:
            return ()
        return tuple(found)

    return resolve
