"""A source that is more silent than its own habit is found; one that keeps its habit is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.silence import LEVEL, silence

MONDAY = date(2026, 6, 1)


def days(weeks, *weekdays):
    return [MONDAY + timedelta(weeks=week, days=day) for week in range(weeks) for day in weekdays]


def test_letters_on_every_working_day_that_stop_are_found_after_two_whole_working_days():
    heard = days(8, 0, 1, 2, 3, 4)
    friday = heard[-1]
    assert silence(heard, friday + timedelta(days=3)) is None
    assert silence(heard, friday + timedelta(days=4)) is None
    found = silence(heard, friday + timedelta(days=5))
    assert found is not None
    assert found.last == friday
    assert found.chance < LEVEL


def test_a_weekend_without_letters_is_no_silence():
    heard = days(8, 0, 1, 2, 3, 4)
    assert silence(heard, heard[-1] + timedelta(days=3)) is None


def test_a_weekly_export_is_missed_only_after_it_stayed_away_more_than_once():
    heard = days(10, 2)
    assert silence(heard, heard[-1] + timedelta(days=7)) is None
    assert silence(heard, heard[-1] + timedelta(days=8)) is None
    assert silence(heard, heard[-1] + timedelta(days=15)) is not None


def test_what_came_today_ends_it():
    heard = days(8, 0, 1, 2, 3, 4)
    today = heard[-1] + timedelta(days=12)
    assert silence(heard, today) is not None
    assert silence([*heard, today], today) is None


@pytest.mark.parametrize("heard", [[], days(1, 0, 1, 2), days(1, 0, 1, 2, 3, 4)])
def test_without_a_habit_nothing_is_said(heard):
    assert silence(heard, MONDAY + timedelta(days=100)) is None


@given(st.sets(st.integers(0, 80), max_size=60), st.integers(1, 40))
def test_a_longer_silence_is_never_less_strange(offsets, more):
    heard = [MONDAY + timedelta(days=each) for each in offsets]
    today = max(heard, default=MONDAY) + timedelta(days=10)
    sooner, later = silence(heard, today), silence(heard, today + timedelta(days=more))
    assert sooner is None or (later is not None and later.chance <= sooner.chance)
