"""Promises in replies and by hand."""

from datetime import timedelta

import pytest
from tests.desk.cases.conftest import NOW, adviser, browser, home

from gehoor.kernel.clock import at as standing_at
from gehoor.rooms.desk.promises import finding

__all__ = ["adviser", "browser", "home"]


@pytest.fixture(autouse=True)
def clock():
    """Stands still on a Tuesday at eleven, here."""
    with standing_at(NOW):
        yield


def later(hours):
    """So many hours later."""
    return standing_at(NOW + timedelta(hours=hours))


def look():
    """Look in every reply; again changes nothing."""
    done = 0
    while finding.pending():
        did = finding.drain(2_000)
        assert did
        done += did
    assert finding.drain(2_000) == 0
    return done
