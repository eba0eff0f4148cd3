"""Acting on a day that is past: the clock of one thread stands still, also for what Django dates by itself."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from gehoor.demo.moments import Days, acting_at
from gehoor.kernel import clock

THEN = datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_within_it_is_then_and_afterwards_now_again():
    before = clock.now()
    with acting_at(THEN):
        assert clock.now() == timezone.now() == THEN
        assert timezone.localdate() == date(2026, 3, 5)
    assert clock.now() >= before
    assert timezone.now() >= before


def test_one_moment_within_another_gives_way_to_it():
    with acting_at(THEN), acting_at(THEN.replace(year=2025)):
        assert clock.now().year == 2025
    with acting_at(THEN):
        with acting_at(THEN.replace(year=2025)):
            pass
        assert timezone.now() == THEN


def test_another_thread_keeps_its_own_time():
    seen = []
    before = clock.now()
    with acting_at(THEN):
        thread = threading.Thread(target=lambda: seen.extend([clock.now(), timezone.now()]))
        thread.start()
        thread.join()
    assert min(seen) >= before


def test_the_clock_goes_on_when_something_fails_within():
    before = clock.now()
    with pytest.raises(LookupError, match="within"), acting_at(THEN):
        raise LookupError("within")
    assert min(clock.now(), timezone.now()) >= before


def test_days_count_back_from_today_in_the_organisations_own_time():
    days = Days(date(2026, 11, 22))
    assert days.day(170) == date(2026, 6, 5)
    assert days.day(-45) == date(2027, 1, 6)
    assert days.moment(170, 8, 30).isoformat() == "2026-06-05T08:30:00+02:00"
