"""Keyed traces of erased items: an erased item that is sent in again is recognised, and does not come back."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from gehoor.kernel.ids import keyed_hash
from gehoor.rooms.privacy.models import Tombstone


def trace(key: bytes) -> bytes:
    """The keyed hash of an item's key: without the home's secret nobody can tell which item it was."""
    return keyed_hash(bytes.fromhex(settings.HOME.secret("tombstones")), key)


def bury(keys: Iterable[bytes]) -> None:
    """Leave a tombstone for each key; one that stands already stays."""
    Tombstone.objects.bulk_create((Tombstone(trace=trace(key)) for key in keys), ignore_conflicts=True)


def buried(keys: Sequence[bytes]) -> set[bytes]:
    """Those of the keys that were erased."""
    if not Tombstone.objects.exists():
        return set()
    traces = {trace(key): key for key in keys}
    found: set[bytes] = set()
    wanted = list(traces)
    for start in range(0, len(wanted), 1_000):
        rows = Tombstone.objects.filter(trace__in=wanted[start : start + 1_000]).values_list("trace", flat=True)
        found.update(traces[bytes(row)] for row in rows)
    return found
