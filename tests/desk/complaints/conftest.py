"""The register, on a clock that stands still."""

from datetime import timedelta

import pytest
from tests.desk.cases.conftest import NOW, browser_of, colleague, home, say, someone

from gehoor.kernel.clock import at as standing_at

__all__ = ["home"]


@pytest.fixture(autouse=True)
def clock():
    """Stands still on Tuesday 3 March 2026 at eleven, here."""
    with standing_at(NOW):
        yield


def later(days):
    """So many days later."""
    return standing_at(NOW + timedelta(days=days))


def complain(text="Ik wacht al zes weken en niemand belt terug.", **more):
    """A voice that reads like a complaint."""
    more.setdefault("person", someone("Jan Bos"))
    return say(text, kind="complaint", **more)


@pytest.fixture
def officer(db):
    return colleague("complaints_officer", name="Karin Bos")


@pytest.fixture
def desk(officer):
    return browser_of(officer)
