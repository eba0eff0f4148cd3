"""Whether a change helped, measured from voices on days: known effects are found, and nothing is claimed without."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gehoor.rooms.changes.actions import do_add_need, do_decide, do_done, do_start_change
from gehoor.rooms.changes.events import Happening, do_add_event
from gehoor.rooms.changes.measuring import Outcomes, drawn, measure
from gehoor.rooms.changes.models import StepKind
from gehoor.rooms.changes.series import gaps, monday, read_calendar, week_of
from gehoor.rooms.changes.series_beside import By, Choice
from gehoor.rooms.needs.models import AskNeed, Need
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.models import Ask, Voice

from .conftest import colleague, original, seen_by

FIRST = date(2024, 1, 1)
"""A Monday."""
WEEKS = 90
DONE_AT = 60
DONE = FIRST + timedelta(weeks=DONE_AT)
_numbers = count(1)


def speak(need, days, *, channel="email"):
    """A voice under a need on each of these days; one original for all, since there are thousands."""
    kept = original(b"one %d" % next(_numbers))
    said = [
        Voice(
            channel=channel, text="x", words=1, file="f", item=str(next(_numbers)), original=kept,
            said_at=None if day is None else datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        )
        for day in days
    ]  # fmt: skip
    voices = Voice.objects.bulk_create(said)
    asks = Ask.objects.bulk_create([Ask(voice=voice, position=0, start=0, end=1, words=1) for voice in voices])
    Attribution.objects.bulk_create([Attribution(voice=voice, person=None) for voice in voices])
    rows = [
        AskNeed(ask=ask, voice=ask.voice, start=0, generation=need.generation, computed=need, need=need, minutes=2)
        for ask in asks
    ]
    AskNeed.objects.bulk_create(rows)


def weekly_days(before, after, *, weeks=WEEKS, at=DONE_AT):
    """So many days in every week, spread over it; a little up and down, so that there is noise."""
    for week in range(weeks):
        number = (before if week < at else after) + (week % 3) - 1
        for each in range(number):
            yield FIRST + timedelta(weeks=week, days=each % 7)


@pytest.fixture
def story(needs):
    """A need that halves after the change, and one that nothing changes; both by mail."""

    def tell(before=12, after=6, beside=20, beside_after=None, weeks=WEEKS, day=DONE, fewer=None):
        _, _, deposit, _, outage = needs
        Need.objects.filter(pk__in=[outage.pk, deposit.pk]).update(voices=100)
        speak(deposit, weekly_days(before, after, weeks=weeks))
        speak(outage, weekly_days(beside, beside if beside_after is None else beside_after, weeks=weeks))
        manager = colleague("manager")
        change = do_start_change(name="Sneller uitbetalen", actor=manager)
        do_add_need(change=change, need=deposit, actor=manager)
        do_decide(change=change, kind=StepKind.YES, actor=manager, reason="Ja.", fewer=fewer)
        do_done(change=change, actor=manager, day=day)
        cache.clear()
        return change

    return tell


def test_half_as_many_asks_is_found_to_have_helped(story):
    found = measure(story())
    assert found.outcome is Outcomes.HELPED
    assert -0.65 < found.effect.relative.value < -0.35
    assert found.beside.by is By.AUTO


def test_what_falls_together_with_everything_else_did_not_help(story):
    found = measure(story(before=12, after=6, beside=20, beside_after=10))
    assert found.outcome is not Outcomes.HELPED


def test_more_asks_are_not_called_help(story):
    assert measure(story(before=8, after=16)).outcome in (Outcomes.WORSE, Outcomes.CANNOT_TELL)


def test_a_week_after_is_too_early(story):
    found = measure(story(weeks=DONE_AT + 2))
    assert found.outcome is Outcomes.TOO_EARLY
    assert found.sure_on > DONE + timedelta(weeks=4)


def test_nothing_is_measured_before_it_is_done(story, needs):
    manager = colleague("manager")
    change = do_start_change(name="Nog niet", actor=manager)
    assert measure(change) is None


def test_the_need_itself_and_its_neighbours_are_never_the_comparison(story, needs):
    found = measure(story())
    assert [name for _, name in found.beside.needs] == ["Storing"]


def test_a_need_of_another_change_is_no_comparison(story, needs):
    change = story()
    manager = colleague("manager")
    other = do_start_change(name="App beter", actor=manager)
    do_add_need(change=other, need=needs[4], actor=manager)
    cache.clear()
    assert measure(change).beside.by is By.NONE


def test_someone_may_choose_a_need_a_channel_or_nothing(story, needs):
    change = story()
    outage = needs[4]
    assert measure(change, Choice.read(f"need:{outage.public_id}")).beside.by is By.NEED
    assert measure(change, Choice.read("channel:email")).beside.by is By.CHANNEL
    assert measure(change, Choice.read("none")).beside.counts is None
    assert measure(change, Choice.read(f"need:{needs[2].public_id}")).beside.by is By.NONE


@pytest.mark.parametrize(
    "given", ["", "need:", "need:x", "channel:", "channel:" + "x" * 99, "nonsense", "\0", "need:'; --"]
)
def test_a_choice_that_makes_no_sense_is_automatic(given):
    assert Choice.read(given) == Choice()


def test_what_was_expected_is_the_smallest_effect_that_matters(story):
    found = measure(story(fewer=0.4))
    assert found.effect.smallest == pytest.approx(0.4)
    assert "40" in str(found.expected)


def test_only_whole_weeks_count_and_undated_voices_are_counted_apart(story, needs):
    change = story()
    speak(needs[2], [None, None, None])
    cache.clear()
    found = measure(change)
    assert found.weekly.undated == 3
    assert monday(found.calendar.first) == FIRST + timedelta(weeks=1)
    assert found.calendar.weeks == WEEKS - 2
    assert int(found.weekly.voices.sum()) < Voice.objects.count()


def test_the_week_of_the_change_counts_on_neither_side_unless_it_began_it(story):
    on_monday = measure(story(day=DONE)).effect
    assert on_monday.after.start == on_monday.before.stop
    change = story(day=DONE + timedelta(days=2))
    midweek = measure(change).effect
    assert midweek.after.start == midweek.before.stop + 1


def test_a_channel_that_fell_silent_is_a_gap_and_no_zero(story, needs):
    change = story()
    lost = [FIRST + timedelta(weeks=70), FIRST + timedelta(weeks=72)]
    since, until = (datetime(each.year, each.month, each.day, tzinfo=UTC) for each in lost)
    Voice.objects.filter(said_at__gte=since, said_at__lt=until).delete()
    cache.clear()
    found = measure(change)
    assert [(gap.last - gap.first, gap.channel) for gap in found.gaps] == [(1, "")]
    assert monday(found.calendar.first + found.gaps[0].first) == lost[0]
    assert found.outcome is Outcomes.HELPED


def test_one_silent_channel_among_others_is_named(story, needs):
    change = story()
    speak(
        needs[4], [FIRST + timedelta(days=each) for each in range(7 * WEEKS) if not 490 <= each < 504], channel="call"
    )
    cache.clear()
    assert [gap.channel for gap in gaps(read_calendar(), {"call", "email"})] == ["call"]
    assert measure(change).gaps == ()


def test_an_archive_of_long_ago_stretches_nothing_and_the_page_says_that_it_is_left_out(story, needs):
    change = story()
    before = measure(change)
    for need in (needs[2], needs[4]):
        speak(need, [date(2009, 3, 2) + timedelta(weeks=each) for each in range(4)])
    cache.clear()
    found = measure(change)
    assert found.calendar.earlier == 8
    assert (found.calendar.first, found.paces, found.gaps) == (before.calendar.first, before.paces, before.gaps)
    assert len(drawn(found)) == len(drawn(before))
    page = seen_by("adviser").get(f"/veranderingen/{change.public_id}/gemeten/").text
    assert "8 stemmen van lang daarvoor tellen niet mee" in page


def test_events_are_shown_in_the_picture(story):
    change = story()
    do_add_event(said=Happening("outage", "Storing", date(2025, 1, 6), date(2025, 1, 12)), actor=None)
    assert [event.name for event in measure(change).events] == ["Storing"]


def test_the_picture_has_every_week_and_what_would_have_been_only_after(story):
    found = measure(story())
    rows = drawn(found)
    assert len(rows) == WEEKS - 2
    assert all(row.without is None for row in rows if row.week < DONE)
    assert any(row.without is not None and row.low <= row.without <= row.high for row in rows if row.week >= DONE)


def test_weeks_begin_on_monday():
    assert week_of(date(2025, 3, 2)) + 1 == week_of(date(2025, 3, 3))
    assert monday(week_of(date(2025, 3, 5))) == date(2025, 3, 3)


def test_the_page_says_the_verdict_and_what_it_rests_on(story):
    change = story()
    page = seen_by("adviser").get(f"/veranderingen/{change.public_id}/gemeten/").text
    assert "Het hielp: minder mensen vragen hierom." in page
    assert "Waarop dit berust" in page and "Storing" in page
    assert "/beelden/" in page and "<table" in page


def test_too_early_is_said_as_large_as_success(story):
    change = story(weeks=DONE_AT + 2)
    page = seen_by("adviser").get(f"/veranderingen/{change.public_id}/gemeten/").text
    assert '<p class="opening">Het is te vroeg om te zeggen of het hielp.</p>' in page


def test_a_change_that_is_not_done_says_so(story, db):
    change = do_start_change(name="Nog niet", actor=colleague("manager"))
    assert "Nog niet gedaan" in seen_by("adviser").get(f"/veranderingen/{change.public_id}/gemeten/").text


def test_doors(story):
    change = story(weeks=10)
    address = f"/veranderingen/{change.public_id}/gemeten/"
    assert Client().get(address).status_code == 302
    assert seen_by("privacy_officer").get(address).status_code == 403
    assert seen_by("adviser").get(f"/veranderingen/{UUID(int=7)}/gemeten/").status_code == 404


def test_measuring_again_needs_few_queries(story, django_assert_max_num_queries):
    change = story()
    measure(change)
    with django_assert_max_num_queries(24):
        measure(change)


def test_a_change_done_in_the_future_is_too_early(story):
    assert measure(story(day=timezone.localdate())).outcome in (Outcomes.TOO_EARLY, Outcomes.CANNOT_TELL)
