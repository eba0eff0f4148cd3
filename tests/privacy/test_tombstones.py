"""Tombstones recognise what was erased, tell nothing without the home's secret, and stand once."""

import pytest

from gehoor.kernel.ids import content_hash
from gehoor.rooms.privacy.models import Tombstone
from gehoor.rooms.privacy.tombstones import buried, bury, trace

pytestmark = pytest.mark.django_db


def test_what_was_buried_is_known_again_and_nothing_else():
    keys = [content_hash(str(number).encode()) for number in range(12_000)]
    bury(keys[:6_000])
    bury(keys[:10])
    assert Tombstone.objects.count() == 6_000
    assert buried(keys) == set(keys[:6_000])
    assert buried([]) == set()


def test_a_trace_is_not_the_key_and_depends_on_the_secret(settings, tmp_path):
    key = content_hash(b"x")
    mine = trace(key)
    assert mine != key
    assert len(mine) == 32
    settings.HOME = type(settings.HOME)(tmp_path)
    assert trace(key) != mine
