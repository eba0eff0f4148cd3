"""What is said of a change, on series whose truth is known, and on series that nobody should have to meet."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.effect import Effect, Event, Method, Reason, State, Verdict, explain, measure_effect

BEFORE, AFTER = 90, 40
WEEKS = BEFORE + AFTER
YEAR = 52.18


def steady(level, seed, ratio=1.0, lift=None):
    """Poisson counts about a level with a mild season; times ``ratio`` from the change on."""
    week = np.arange(WEEKS)
    rate = level * np.exp(0.2 * np.cos(2 * np.pi * week / YEAR)) * np.where(week >= BEFORE, ratio, 1.0)
    rate = rate if lift is None else rate * lift
    return np.random.default_rng(seed).poisson(rate).tolist()


def lifted(first, last, factor):
    """What each week is multiplied by for a campaign."""
    return np.where((np.arange(WEEKS) >= first) & (np.arange(WEEKS) <= last), factor, 1.0)


def state(effect, name):
    return {each.name: each.state for each in effect.assumptions}[name]


def test_asks_that_halved_are_said_to_have_been_helped() -> None:
    effect = measure_effect(steady(20, 1, 0.5), BEFORE)
    assert effect.verdict is Verdict.HELPED
    assert effect.relative.low <= -0.5 <= effect.relative.high
    assert effect.total.low <= 0.5 * 20 * AFTER <= effect.total.high
    assert effect.per_week.value == pytest.approx(effect.total.value / AFTER)
    assert (effect.before, effect.after, effect.method) == (range(90), range(90, 130), Method.SEGMENTED)


def test_many_asks_that_went_on_as_they_were_are_said_to_be_unchanged() -> None:
    effect = measure_effect(steady(300, 3), BEFORE)
    assert effect.verdict is Verdict.NO_EFFECT
    assert -0.2 < effect.relative.low <= 0 <= effect.relative.high < 0.2


def test_an_effect_smaller_than_what_matters_is_none_and_matters_when_less_matters() -> None:
    counts = steady(3000, 3, 0.9)
    assert measure_effect(counts, BEFORE, smallest=0.3).verdict is Verdict.NO_EFFECT
    assert measure_effect(counts, BEFORE, smallest=0.05).verdict is Verdict.HELPED


def test_few_asks_give_a_wide_interval_and_no_verdict() -> None:
    effect = measure_effect(steady(1.5, 4), BEFORE)
    assert (effect.verdict, effect.reason) == (Verdict.CANNOT_TELL, Reason.WIDE)
    assert effect.relative.low < -0.2 and effect.relative.high > 0.2


def test_asks_that_stopped_altogether_were_helped() -> None:
    counts = steady(8, 5)
    counts[BEFORE:] = [0] * AFTER
    effect = measure_effect(counts, BEFORE)
    assert effect.verdict is Verdict.HELPED
    assert effect.relative.high < -0.8


def test_more_asks_are_only_worse_beside_something_that_did_not_rise() -> None:
    counts, beside = steady(20, 6, 2.0), steady(60, 7)
    everything = [own + other for own, other in zip(counts, beside, strict=True)]
    assert measure_effect(counts, BEFORE).reason is Reason.ONLY_MORE
    assert measure_effect(counts, BEFORE, comparison=beside).verdict is Verdict.WORSE
    assert measure_effect(counts, BEFORE, exposure=everything).verdict is Verdict.WORSE


def test_a_season_that_falls_just_then_is_not_an_effect_when_a_year_is_known() -> None:
    week = np.arange(WEEKS)
    rate = 40 * np.exp(0.8 * np.cos(2 * np.pi * (week - BEFORE + 8) / YEAR))
    short = np.random.default_rng(8).poisson(rate).tolist()[BEFORE - 30 : BEFORE + 20]
    known = measure_effect(np.random.default_rng(8).poisson(rate).tolist(), BEFORE)
    assert known.verdict is not Verdict.HELPED and state(known, "season") is State.HELD
    unknown = measure_effect(short, 30)
    assert (unknown.verdict, unknown.reason) == (Verdict.CANNOT_TELL, Reason.BROKEN)
    assert state(unknown, "season") is State.BROKEN
    beside = np.random.default_rng(9).poisson(2 * rate).tolist()[BEFORE - 30 : BEFORE + 20]
    assert (
        measure_effect(short, 30, comparison=beside).relative.low
        < 0
        < (measure_effect(short, 30, comparison=beside).relative.high)
    )


def test_a_campaign_that_all_had_alike_falls_away_beside_a_comparison() -> None:
    lift = lifted(BEFORE, WEEKS, 2.0)
    counts, beside = steady(20, 10, 0.5, lift), steady(60, 11, 1.0, lift)
    assert measure_effect(counts, BEFORE).verdict is not Verdict.HELPED
    effect = measure_effect(counts, BEFORE, comparison=beside)
    assert effect.verdict is Verdict.HELPED and effect.method is Method.CONTROLLED
    assert effect.relative.low <= -0.5 <= effect.relative.high


def test_everything_else_that_jumps_at_the_same_moment_is_an_assumption_broken() -> None:
    lift = lifted(BEFORE, WEEKS, 2.0)
    counts, beside = steady(20, 12, 0.5, lift), steady(60, 13, 1.0, lift)
    everything = [own + other for own, other in zip(counts, beside, strict=True)]
    effect = measure_effect(counts, BEFORE, exposure=everything)
    assert effect.reason is Reason.BROKEN and state(effect, "others") is State.BROKEN
    calm = [own + other for own, other in zip(steady(20, 12, 0.5), steady(60, 13), strict=True)]
    assert state(measure_effect(steady(20, 12, 0.5), BEFORE, exposure=calm), "others") is State.HELD


def test_a_finding_made_by_a_few_weeks_before_the_change_is_not_told() -> None:
    effect = measure_effect(steady(60, 14, 1.0, lifted(BEFORE - 8, BEFORE - 1, 1.6)), BEFORE)
    assert effect.verdict is Verdict.CANNOT_TELL


def test_a_recorded_event_is_no_effect_and_hides_none() -> None:
    lift = lifted(BEFORE + 2, BEFORE + 9, 4.0)
    counts = steady(30, 15, 0.5, lift)
    told = measure_effect(counts, BEFORE, events=[Event(BEFORE + 2, BEFORE + 9)])
    untold = measure_effect(counts, BEFORE)
    assert told.verdict is Verdict.HELPED and told.relative.low <= -0.5 <= told.relative.high
    assert untold.verdict is Verdict.CANNOT_TELL


def test_weeks_of_transition_do_not_count() -> None:
    counts = steady(20, 16, 0.5)
    wild = counts.copy()
    wild[BEFORE : BEFORE + 3] = [500, 0, 900]
    assert measure_effect(counts, BEFORE, transition=3) == measure_effect(wild, BEFORE, transition=3)
    assert measure_effect(counts, BEFORE, transition=3).after == range(BEFORE + 3, WEEKS)


def test_an_effect_that_comes_late_is_measured_as_its_average() -> None:
    week = np.arange(WEEKS)
    shape = np.exp(math.log(0.4) * np.clip((week - BEFORE - 4) / 10, 0, 1))
    truth = shape[BEFORE:].mean() - 1
    effect = measure_effect(np.random.default_rng(17).poisson(30 * shape).tolist(), BEFORE)
    assert effect.verdict is Verdict.HELPED and effect.relative.low <= truth <= effect.relative.high


def test_a_comparison_that_went_its_own_way_before_is_an_assumption_broken() -> None:
    drifting = np.random.default_rng(18).poisson(60 * np.exp(0.01 * np.arange(WEEKS))).tolist()
    effect = measure_effect(steady(30, 19, 0.5), BEFORE, comparison=drifting)
    assert effect.reason is Reason.BROKEN and state(effect, "parallel") is State.BROKEN


def test_the_day_of_the_first_week_hardly_matters() -> None:
    from datetime import date

    counts = steady(20, 20, 0.6)
    without, with_ = measure_effect(counts, BEFORE), measure_effect(counts, BEFORE, first_day=date(2023, 3, 6))
    assert with_.verdict is without.verdict
    assert with_.relative.value == pytest.approx(without.relative.value, abs=0.02)


def test_the_picture_holds_every_week_used_and_what_would_have_been_only_after() -> None:
    effect = measure_effect(steady(20, 21, 0.5), BEFORE, transition=2)
    assert [week.at for week in effect.weeks] == [*range(BEFORE), *range(BEFORE + 2, WEEKS)]
    after = [week.without for week in effect.weeks if week.without is not None]
    assert len(after) == AFTER - 2 == sum(week.at >= BEFORE for week in effect.weeks)
    assert all(each.low < each.value < each.high for each in after)
    fitted = sum(week.fitted for week in effect.weeks if week.without)
    assert sum(each.value for each in after) - fitted == pytest.approx(effect.total.value)


@pytest.mark.parametrize(
    ("counts", "change_at", "more", "reason"),
    [
        ([], 0, {}, Reason.NO_WEEKS_BEFORE),
        ([5] * 60, 0, {}, Reason.NO_WEEKS_BEFORE),
        ([5] * 60, -4, {}, Reason.NO_WEEKS_BEFORE),
        ([5] * 90, 90, {}, Reason.NO_WEEKS_AFTER),
        ([5] * 90, 400, {}, Reason.NO_WEEKS_AFTER),
        ([5] * 90, 80, {"transition": 8}, Reason.NO_WEEKS_AFTER),
        ([0] * 120, 80, {}, Reason.TOO_FEW_ASKS),
        ([0] * 80 + [9] * 40, 80, {}, Reason.TOO_FEW_ASKS),
        ([5] * 120, 80, {"comparison": [0] * 120}, Reason.TOO_FEW_ASKS),
        ([5] * 120, 80, {"events": [Event(79, 119)]}, Reason.EVENT_COVERS),
        ([5] * 120, 80, {"events": [Event(0, 75)]}, Reason.EVENT_COVERS),
    ],
)
def test_what_cannot_be_measured_says_why(counts, change_at, more, reason) -> None:
    effect = measure_effect(counts, change_at, **more)
    assert (effect.verdict, effect.reason, effect.relative) == (Verdict.CANNOT_TELL, reason, None)
    assert str(explain(effect)[0]).startswith("We cannot tell")


@pytest.mark.parametrize(
    ("counts", "more"),
    [
        ([5, -1], {}),
        ([5, math.nan], {}),
        ([5, math.inf], {}),
        ([5, 5], {"comparison": [5]}),
        ([5, 5], {"exposure": [5, 5, 5]}),
        ([5, 5], {"transition": -1}),
        ([5, 5], {"smallest": 0}),
        ([5, 5], {"smallest": 1}),
    ],
)
def test_what_are_no_counts_is_refused(counts, more) -> None:
    with pytest.raises(ValueError, match=r"counts|count for|length|matters"):
        measure_effect(counts, 1, **more)


SIZES = st.sampled_from([0, 1, 3, 30, 10_000, 10**9])


@st.composite
def situations(draw):
    weeks = draw(st.integers(1, 150))
    series = st.lists(SIZES.flatmap(lambda most: st.integers(0, most)), min_size=weeks, max_size=weeks)
    same = st.integers(0, 10**6).map(lambda level: [level] * weeks)
    few = st.lists(st.integers(0, 4), min_size=weeks, max_size=weeks)
    events = st.builds(
        lambda first, length: Event(first, first + length), st.integers(-9, weeks + 9), st.integers(0, 60)
    )
    return {
        "counts": draw(series | same | few),
        "change_at": draw(st.integers(-3, weeks + 3) | st.integers(weeks // 2, weeks)),
        "comparison": draw(st.none() | series | few),
        "exposure": draw(st.none() | series),
        "events": draw(st.lists(events, max_size=3)),
        "transition": draw(st.integers(0, 6)),
    }


def figures(effect: Effect):
    estimates = [each for each in (effect.relative, effect.per_week, effect.total) if each is not None]
    estimates += [week.without for week in effect.weeks if week.without is not None]
    return [each for one in estimates for each in (one.low, one.value, one.high)] + [w.fitted for w in effect.weeks]


@settings(max_examples=150, deadline=None)
@given(situations())
def test_no_series_breaks_it_and_every_figure_is_a_number(situation) -> None:
    effect = measure_effect(**situation)
    assert all(math.isfinite(each) for each in figures(effect))
    assert (effect.reason is Reason.NONE) == (effect.verdict is not Verdict.CANNOT_TELL)
    assert (effect.reason is Reason.BROKEN) <= bool(effect.broken)
    assert all(str(each) for each in explain(effect)) and len(explain(effect)) <= 3
    assert all(each.figure.format_map(each.values) is not None for each in effect.assumptions)
    if effect.relative is not None:
        assert -1 <= effect.relative.low <= effect.relative.value <= effect.relative.high


@settings(max_examples=30, deadline=None)
@given(situations())
def test_the_same_counts_give_the_same_answer_and_told_verdicts_follow_from_the_interval(situation) -> None:
    effect = measure_effect(**situation)
    assert effect == measure_effect(**situation)
    if effect.verdict is Verdict.HELPED:
        assert effect.relative.high < 0
    if effect.verdict is Verdict.NO_EFFECT:
        assert effect.relative.low > -0.2 and effect.relative.high < 0.2


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(WEEKS)))
def test_weeks_in_any_order_show_no_effect_that_time_made(order) -> None:
    counts = steady(40, 22, 0.6)
    effect = measure_effect([counts[at] for at in order], BEFORE)
    assert effect.relative.low < -0.05 or effect.relative.high > 0.05 or effect.verdict is Verdict.NO_EFFECT


def test_what_was_found_is_said_in_plain_sentences() -> None:
    helped = [str(each) for each in explain(measure_effect(steady(20, 1, 0.5), BEFORE))]
    assert len(helped) == 3
    assert helped[0].startswith("Since the change 5") and helped[0].endswith("% fewer).")
    assert "asks fewer in 40 weeks" in helped[1]
    assert str(explain(measure_effect(steady(300, 3), BEFORE))[0]).startswith("Nothing changed that matters")
    season, figure = (str(each) for each in explain(measure_effect([5, 6] * 25, 30)))
    assert season.startswith("We cannot tell: there is less than a year before the change")
    assert figure == "30 weeks before the change; a season takes 52."


def test_every_assumption_that_can_break_has_a_sentence_for_when_it_does() -> None:
    from gehoor.analysis.effect.explaining import _BROKEN

    counts, beside = steady(20, 1, 0.5), steady(60, 11)
    ways = [{}, {"comparison": beside}, {"exposure": [own + 60 for own in counts]}]
    named = {each.name for way in ways for each in measure_effect(counts, BEFORE, **way).assumptions}
    assert named - set(_BROKEN) == {"untouched", "nothing_else"}


def test_verdicts_hold_their_promise_over_many_organisations() -> None:
    """A small share of the benchmark: 150 series without an effect, and 60 that halved."""
    idle = [measure_effect(steady(8, seed), BEFORE) for seed in range(1000, 1150)]
    assert sum(each.relative.low <= 0 <= each.relative.high for each in idle) >= 136
    assert sum(each.verdict is Verdict.HELPED for each in idle) <= 8
    halved = [measure_effect(steady(8, seed, 0.5), BEFORE).verdict for seed in range(2000, 2060)]
    assert halved.count(Verdict.HELPED) >= 40
