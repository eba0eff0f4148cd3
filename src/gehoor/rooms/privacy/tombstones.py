"""Keyed traces of what was erased: enough to know it again when it is sent in again, and nothing else."""

from collections.abc import Collection, Iterable
from itertools import islice

from django.conf import settings

from gehoor.kernel.ids import keyed_hash
from gehoor.rooms.privacy.models import Tombstone

_CHUNK = 5_000


def _secret() -> bytes:
    return bytes.fromhex(settings.HOME.secret("tombstones"))


def _traces(keys: Iterable[bytes]) -> dict[bytes, bytes]:
    secret = _secret()
    return {keyed_hash(secret, key): key for key in keys}


def trace(key: bytes) -> bytes:
    """What remains of a key: its HMAC under this home's own secret."""
    return keyed_hash(_secret(), key)


def bury(keys: Iterable[bytes]) -> None:
    """Leave a trace of each key. Burying again changes nothing."""
    Tombstone.objects.bulk_create([Tombstone(trace=each) for each in _traces(keys)], ignore_conflicts=True)


def buried(keys: Collection[bytes]) -> set[bytes]:
    """Those of the keys that were buried."""
    if not Tombstone.objects.exists():
        return set()
    traces = _traces(keys)
    rest = iter(traces)
    found: set[bytes] = set()
    while chunk := list(islice(rest, _CHUNK)):
        kept = Tombstone.objects.filter(trace__in=chunk).values_list("trace", flat=True)
        found.update(traces[bytes(each)] for each in kept)
    return found
