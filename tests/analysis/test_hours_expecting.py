"""By when someone hears: the quantile against a textbook, the moment as people say it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from gehoor.analysis.hours import WorkingHours, standard_hours
from gehoor.analysis.hours.expecting import half_day, quantile, say_by, waited

HOURS = standard_hours()
spans = st.lists(st.integers(0, 40).map(float), max_size=40)


def at(*parts):
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Amsterdam"))


@given(spans.filter(bool), spans, st.sampled_from([0.5, 0.8, 0.9]))
def test_the_time_in_which_a_share_hears_is_that_of_kaplan_and_meier(answered, waiting, share):
    status = [1] * len(answered) + [0] * len(waiting)
    survival = SurvfuncRight(np.array(answered + waiting), np.array(status))
    reached = survival.surv_times[1 - survival.surv_prob >= share - 1e-9]
    assert waited(answered, waiting, share) == (reached[0] if len(reached) else None)


@given(spans.filter(bool), st.sampled_from([0.5, 0.8, 0.9]))
def test_where_nobody_waits_it_is_the_plain_quantile(answered, share):
    within = waited(answered, [], share)
    assert within == quantile(answered, share).value
    assert sum(each <= within for each in answered) >= share * len(answered) - 1e-9
    assert sum(each < within for each in answered) < share * len(answered)


def test_who_still_waits_makes_it_longer_or_unknown():
    assert waited([10.0] * 8 + [50.0] * 2, [], 0.8) == 10
    assert waited([10.0] * 8 + [50.0] * 2, [40.0] * 3, 0.8) == 50
    assert waited([10.0] * 8, [40.0] * 30, 0.8) is None
    assert waited([], [5.0], 0.8) is None


def test_the_interval_holds_the_true_quantile_as_often_as_it_says():
    draws = np.random.default_rng(7)
    true, held = float(np.log(2)), 0
    for _ in range(400):
        found = quantile(list(draws.exponential(size=60)), 0.5)
        held += found.low <= true <= found.high
    assert 0.87 <= held / 400 <= 0.97


def test_too_few_leave_a_side_of_the_interval_open():
    assert quantile([], 0.5) is None
    few = quantile([1.0, 2.0, 3.0], 0.9)
    assert (few.value, few.high) == (3.0, None)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(2026, 11, 24, 9), at(2026, 11, 24, 12)),
        (at(2026, 11, 24, 12), at(2026, 11, 24, 12)),
        (at(2026, 11, 24, 12, 1), at(2026, 11, 24, 17, 30)),
        (at(2026, 11, 24, 17, 31), at(2026, 11, 25, 12)),
        (at(2026, 11, 27, 18), at(2026, 11, 30, 12)),
        (at(2026, 12, 24, 18), at(2026, 12, 28, 12)),
    ],
)
def test_a_moment_is_rounded_to_the_end_of_its_half_day(moment, end):
    assert half_day(moment, HOURS) == end


def test_a_day_of_mornings_or_evenings_has_one_half():
    mornings = WorkingHours((((540, 720),),) * 7, holidays=False)
    evenings = WorkingHours((((1080, 1260),),) * 7, holidays=False)
    assert half_day(at(2026, 11, 24, 10), mornings) == at(2026, 11, 24, 12)
    assert half_day(at(2026, 11, 24, 12, 1), mornings) == at(2026, 11, 25, 12)
    assert half_day(at(2026, 11, 24, 10), evenings) == at(2026, 11, 24, 21)


@given(st.integers(0, 60 * 24 * 400))
def test_rounding_never_says_sooner_and_always_a_moment_of_work(minutes):
    moment = at(2026, 1, 1) + timedelta(minutes=minutes)
    end = half_day(moment, HOURS)
    assert end >= moment
    assert HOURS.is_open(end - timedelta(minutes=1))
    assert half_day(end, HOURS) == end


@pytest.mark.parametrize(
    ("moment", "dutch", "english"),
    [
        (at(2026, 11, 24, 17, 30), "uiterlijk vandaag voor 17.30 uur", "by 17:30 today"),
        (at(2026, 11, 25, 12), "uiterlijk morgen voor 12.00 uur", "by 12:00 tomorrow"),
        (at(2026, 11, 27, 12), "uiterlijk vrijdag voor 12.00 uur", "by 12:00 on Friday"),
        (at(2026, 11, 30, 12), "uiterlijk maandag voor 12.00 uur", "by 12:00 on Monday"),
        (at(2026, 12, 1, 9), "uiterlijk dinsdag 1 december voor 9.00 uur", "by 9:00 on Tuesday 1 December"),
        (at(2027, 1, 4, 12), "uiterlijk maandag 4 januari 2027 voor 12.00 uur", "by 12:00 on Monday 4 January 2027"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment, dutch, english):
    now = at(2026, 11, 24, 9)
    assert say_by(moment, now, "nl") == dutch
    assert say_by(moment, now, "en") == english
