"""The worker pauses, but not while something new waits for it."""

import threading
import time

import pytest
from tests.intake.conftest import listen, mail

from gehoor.rooms.intake import worker
from gehoor.rooms.intake.stages import stages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_pause(monkeypatch):
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 20.0)


def test_what_comes_in_ends_the_pause(post, long_pause) -> None:
    glance = worker.Glance()
    glance.look()
    paused = threading.Thread(target=glance.pause)
    began = time.monotonic()
    paused.start()
    listen(post("1.eml", mail(1)), channel="email", mapping={})
    paused.join(20)
    assert time.monotonic() - began < 15


def test_what_came_in_during_the_round_gives_no_pause(post, long_pause) -> None:
    glance = worker.Glance()
    glance.look()
    listen(post("1.eml", mail(1)), channel="email", mapping={})
    began = time.monotonic()
    glance.pause()
    assert time.monotonic() - began < 5


def test_where_nothing_comes_the_pause_ends(monkeypatch) -> None:
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.3)
    glance = worker.Glance()
    glance.look()
    began = time.monotonic()
    glance.pause()
    assert time.monotonic() - began >= 0.3


def test_that_someone_waits_is_made_out_before_what_takes_long() -> None:
    names = [stage.name for stage in stages()]
    assert names.index("identify") < names.index("cases") < names.index("embed")
