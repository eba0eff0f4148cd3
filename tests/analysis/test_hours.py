"""Business time, held to a slow walk minute by minute over a calendar that is written out here by itself."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.hours import HOLIDAYS, WorkingHours, read_stretch, standard_hours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LUNCH = WorkingHours(week=(((540, 750), (780, 1050)),) * 5 + (((600, 720),), ()))
NIGHTS = WorkingHours(week=(((0, 150), (165, 1440)),) * 7, holidays=False)


def easter(year):
    """Sunday of Easter, after Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    little = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * little) // 433
    month = (h + little - 7 * m + 90) // 25
    return date(year, month, (h + little - 7 * m + 33 * month + 19) % 32)


def dutch_holidays(year):
    """As the law and the banks keep them; Liberation Day only every fifth year."""
    sunday = easter(year)
    kings = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
    found = {date(year, 1, 1), kings, date(year, 12, 25), date(year, 12, 26)}
    found |= {sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)}
    return found | ({date(year, 5, 5)} if year % 5 == 0 else set())


def open_minutes(hours, since, until):
    """Every UTC minute of a period in which we work: the clock on the wall is read at each of them."""
    minute, day, shown = since.replace(second=0, microsecond=0), None, 0
    walk = minute - timedelta(hours=26)
    while walk < until:
        local = walk.astimezone(AMSTERDAM)
        if local.date() != day:
            day, shown = local.date(), 0
            free = day in hours.closed or (hours.holidays and day in dutch_holidays(day.year))
        shown = max(shown, local.hour * 60 + local.minute)
        if walk >= minute and not free and any(start <= shown < end for start, end in hours.week[day.weekday()]):
            yield walk
        walk += timedelta(minutes=1)


def at(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


@st.composite
def weeks(draw):
    def day():
        marks = sorted(draw(st.sets(st.integers(0, 96), max_size=4)))
        return tuple((start * 15, end * 15) for start, end in zip(marks[::2], marks[1::2], strict=False))

    week = tuple(day() for _ in range(7))
    return week if any(week) else (((540, 1020),), *week[1:])


moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC)
)
turns = st.sampled_from(
    [at(2025, 3, 30, 0), at(2025, 10, 26, 0), at(2026, 3, 29, 0), at(2026, 12, 24, 9), at(2026, 4, 2)]
)
closed = st.frozensets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(weeks(), st.one_of(moments, turns), st.integers(0, 5 * 1440), closed, st.booleans())
def test_minutes_between_are_those_of_a_walk_minute_by_minute(week, since, length, closed, holidays):
    hours = WorkingHours(week, holidays=holidays, closed=closed)
    until = since + timedelta(minutes=length)
    assert hours.between(since, until) == len(list(open_minutes(hours, since.astimezone(UTC), until)))


@settings(max_examples=60, deadline=None)
@given(weeks(), st.one_of(moments, turns), st.integers(0, 2_000))
def test_adding_is_the_first_moment_at_which_so_many_minutes_have_passed(week, since, minutes):
    hours = WorkingHours(week)
    end = hours.add(since, minutes)
    assert hours.between(since, end) == minutes
    if minutes:
        assert hours.between(since, end - timedelta(minutes=1)) == minutes - 1
    else:
        assert end == since


@settings(max_examples=40, deadline=None)
@given(weeks(), st.one_of(moments, turns), closed)
def test_open_is_what_the_walk_calls_open(week, moment, closed):
    hours = WorkingHours(week, closed=closed)
    moment = moment.astimezone(UTC)
    assert hours.is_open(moment) == (moment in set(open_minutes(hours, moment, moment + timedelta(minutes=1))))


@settings(max_examples=40, deadline=None)
@given(weeks(), moments, moments, moments)
def test_time_adds_up(week, one, two, three):
    hours = WorkingHours(week)
    first, second, third = sorted([one, two, three])
    whole = hours.between(first, third)
    assert whole == pytest.approx(hours.between(first, second) + hours.between(second, third))
    assert hours.between(third, first) == 0


@pytest.mark.parametrize("year", range(2015, 2041))
def test_holidays_are_those_of_an_independent_calendar(year):
    hours = WorkingHours(week=(((540, 600),),) * 7)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    free = {day for day in days if not hours.works_on(day)}
    assert free == {day for day in dutch_holidays(year) if day in set(days)}


def test_lunch_does_not_count():
    assert LUNCH.between(at(2026, 11, 24, 12), at(2026, 11, 24, 13, 30)) == 60
    assert not LUNCH.is_open(at(2026, 11, 24, 12, 45))
    assert LUNCH.is_open(at(2026, 11, 24, 13)) and not LUNCH.is_open(at(2026, 11, 24, 12, 30))


def test_a_day_is_over_at_its_end_and_not_at_the_next_beginning():
    assert LUNCH.add(at(2026, 11, 20, 17), 30) == at(2026, 11, 20, 17, 30)
    assert LUNCH.add(at(2026, 11, 20, 17), 31) == at(2026, 11, 21, 10, 1)


def test_a_weekend_with_the_clock_put_forward_or_back_counts_the_same_where_we_sleep():
    for friday in (at(2026, 3, 27, 17), at(2026, 10, 23, 17)):
        assert standard_hours().between(friday, friday + timedelta(days=3)) == 510


def test_a_night_in_which_the_clock_turns_is_an_hour_shorter_or_longer_where_we_work():
    assert NIGHTS.between(at(2026, 3, 28), at(2026, 3, 29)) == 1425
    assert NIGHTS.between(at(2026, 3, 29), at(2026, 3, 30)) == 1425 - 60 + 15
    assert NIGHTS.between(at(2026, 10, 25), at(2026, 10, 26)) == 1425 + 60


def test_a_holiday_on_which_we_work_counts():
    friday = date(2026, 4, 3)
    assert not standard_hours().works_on(friday)
    assert WorkingHours(standard_hours().week, worked=frozenset({"Good Friday"})).works_on(friday)


def test_every_holiday_by_name_is_one_of_the_calendar():
    for name in HOLIDAYS:
        free = WorkingHours((((540, 600),),) * 7)
        works = WorkingHours((((540, 600),),) * 7, worked=frozenset({name}))
        days = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]
        assert sum(works.works_on(day) for day in days) == sum(free.works_on(day) for day in days) + 1, name


def test_seconds_count_as_parts_of_a_minute():
    since = at(2026, 11, 24, 9, 0, 30)
    assert standard_hours().between(since, at(2026, 11, 24, 9, 2)) == 1.5


def test_many_years_are_one_search():
    hours = standard_hours()
    days = sum(hours.works_on(date(2020, 1, 1) + timedelta(days=number)) for number in range(3653))
    assert hours.between(at(2020, 1, 1), at(2030, 1, 1)) == days * 510
    assert hours.add(at(2020, 1, 1), days * 510) == at(2029, 12, 31, 17, 30)


@pytest.mark.parametrize(
    "week", [(), ((),) * 7, (((600, 540),),) * 7, (((540, 600), (600, 660)),) * 7, (((540, 1500),),) * 7]
)
def test_a_week_that_cannot_be_is_refused(week):
    with pytest.raises(ValueError):  # noqa: PT011
        WorkingHours(week)


def test_time_does_not_run_back():
    with pytest.raises(ValueError, match="back"):
        standard_hours().add(at(2026, 11, 24), -1)


def test_times_of_the_day_are_read():
    assert read_stretch("09:00", "24:00") == (540, 1440)
    for wrong in ("9", "09:60", "25:00", "24:01", "a:10", "09:5"):
        with pytest.raises(ValueError):  # noqa: PT011
            read_stretch(wrong, "10:00")


def test_stretches_of_a_day_are_given_in_utc():
    (morning, afternoon) = LUNCH.stretches(date(2026, 7, 1))
    assert morning[0] == datetime.combine(date(2026, 7, 1), time(7), UTC)
    assert afternoon[1] == at(2026, 7, 1, 17, 30)
