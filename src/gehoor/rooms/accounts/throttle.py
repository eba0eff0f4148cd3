"""Slows down guessing. Kept in memory, bounded: a restart forgets it, and each process counts for itself.

The web application is one process (``gehoor serve``), so this needs neither a table nor a cache server, and a guesser
cannot fill a disk. Ten processes would allow ten times as many tries, still far too few to guess twelve characters.
"""

import hashlib
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

TRIES = 10
SECONDS = 15 * 60
_KEYS = 10_000


class Throttle:
    """Counts failures by key over a sliding time; a key with too many must wait."""

    def __init__(
        self, tries: int = TRIES, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tries, self._seconds, self._clock = tries, seconds, clock
        self._failures: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, *keys: str) -> float:
        """Seconds until the next try is let in; 0 when it may be made now."""
        with self._lock:
            return max((self._wait_of(_hidden(key)) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """Remember a failure under each key."""
        with self._lock:
            for key in map(_hidden, keys):
                self._failures.setdefault(key, deque(maxlen=self._tries)).append(self._clock())
                self._failures.move_to_end(key)
            while len(self._failures) > _KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures under this key."""
        with self._lock:
            self._failures.pop(_hidden(key), None)

    def _wait_of(self, key: bytes) -> float:
        failures = self._failures.get(key)
        if failures is None or len(failures) < self._tries:
            return 0.0
        return max(0.0, failures[0] + self._seconds - self._clock())


def _hidden(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def network_of(address: str) -> str:
    """The key of an internet address: itself, or the first 64 bits of an IPv6 one, which one household owns whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


sign_in_throttle = Throttle()
"""Failed sign-ins, by address and by e-mail."""
