"""Public ids and stable hashes."""

import hashlib
import hmac
import os
import time
from collections.abc import Iterable
from uuid import UUID


def new_id() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits; sorts by time of making."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (2**62 - 1)
    return UUID(int=value)


def content_hash(data: bytes) -> bytes:
    """The 32 bytes of SHA-256 under which an original is kept."""
    return hashlib.sha256(data).digest()


def key_of(parts: Iterable[str | bytes | int]) -> bytes:
    """A 32-byte key of several parts. Each part carries its length, so ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()


def keyed_hash(secret: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256: recognises what was erased without telling what it was."""
    return hmac.new(secret, data, hashlib.sha256).digest()
