"""Planning to listen, alone and together; and the calendar file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.listening.actions import do_keep_heard
from gehoor.rooms.listening.appointments import (
    Arranged,
    access_appointment,
    ahead,
    do_begin,
    do_cancel,
    do_plan,
    do_rearrange,
    do_say_coming,
    do_undo_arrangement,
    standing,
)
from gehoor.rooms.listening.models import Appointment, Arrangement, Pool
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import START, colleague, say

pytestmark = pytest.mark.django_db
TOMORROW = START + timedelta(days=1)


def arranged(**more):
    return Arranged(**{"starts_at": TOMORROW, "minutes": 20, **more})


@pytest.fixture
def many(db):
    return [say(("x", "letter", "email")[number % 3], 60 + 40 * (number % 9), number % 20) for number in range(40)]


def voices(session):
    return list(session.stack.order_by("position").values_list("voice", "probability"))


def test_all_who_listen_together_read_the_same_stack(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(together=True, invited=(adviser,)))
    hand.now = TOMORROW
    first = do_begin(actor=manager, appointment=plan)
    for voice, _ in voices(first):
        do_keep_heard(listener=manager, voice=next(each for each in many if each.pk == voice), seconds=60, at=hand.now)
    hand.pass_(600)
    say("letter", 400)
    second = do_begin(actor=adviser, appointment=plan)
    assert voices(second) == voices(first)
    assert (second.seed, second.drawn_from, second.table) == (first.seed, first.drawn_from, first.table) != (0, 0, "")
    assert (first.listener, second.listener) == (manager, adviser)


def test_otherwise_each_gets_a_stack_of_ones_own(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    hand.now = TOMORROW
    first, second = do_begin(actor=manager, appointment=plan), do_begin(actor=adviser, appointment=plan)
    assert len({plan.seed, first.seed, second.seed}) == 3
    plan.refresh_from_db()
    assert plan.laid_at is None


def test_beginning_twice_gives_the_same_session(manager, many, hand):
    plan = do_plan(actor=manager, arranged=arranged())
    hand.now = TOMORROW
    assert do_begin(actor=manager, appointment=plan) == do_begin(actor=manager, appointment=plan)


def test_one_begins_no_earlier_than_half_an_hour_before(manager, many, hand):
    plan = do_plan(actor=manager, arranged=arranged())
    with pytest.raises(Refused):
        do_begin(actor=manager, appointment=plan)
    hand.now = TOMORROW - timedelta(minutes=29)
    assert do_begin(actor=manager, appointment=plan).planned_minutes == 20


def test_what_was_erased_since_is_in_nobodys_stack(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(together=True, invited=(adviser,)))
    hand.now = TOMORROW
    first = voices(do_begin(actor=manager, appointment=plan))
    next(each for each in many if each.pk == first[0][0]).delete()
    assert voices(do_begin(actor=adviser, appointment=plan)) == first[1:]


def test_each_change_is_a_version_on_top_and_can_be_undone(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    later = arranged(starts_at=TOMORROW + timedelta(hours=2), minutes=40)
    do_rearrange(actor=manager, appointment=plan, arranged=later)
    assert [(each.number, each.minutes) for each in Arrangement.objects.order_by("number")] == [(0, 20), (1, 40)]
    assert not ahead(adviser).exists()
    do_cancel(actor=manager, appointment=plan)
    assert standing(plan).cancelled and not ahead(manager).exists()
    do_undo_arrangement(actor=manager, appointment=plan)
    now = standing(plan)
    assert (now.number, now.minutes, now.cancelled) == (3, 40, False)
    assert [each.actor for each in AuditEntry.objects.filter(what="appointment")] == [manager] * 4


def test_undoing_a_first_version_and_doing_to_a_cancelled_one_are_refused(manager, many, hand):
    plan = do_plan(actor=manager, arranged=arranged())
    with pytest.raises(Refused):
        do_undo_arrangement(actor=manager, appointment=plan)
    do_cancel(actor=manager, appointment=plan)
    for refused in (
        lambda: do_cancel(actor=manager, appointment=plan),
        lambda: do_rearrange(actor=manager, appointment=plan, arranged=arranged()),
        lambda: do_begin(actor=manager, appointment=plan),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_stack_that_lies_stays_as_it_lies(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(together=True, invited=(adviser,)))
    hand.now = TOMORROW
    do_begin(actor=manager, appointment=plan)
    plan.refresh_from_db()
    moved = arranged(starts_at=TOMORROW + timedelta(hours=1), together=True, invited=(adviser,))
    do_rearrange(actor=manager, appointment=plan, arranged=moved)
    with pytest.raises(Refused):
        do_rearrange(actor=manager, appointment=plan, arranged=replace(moved, pool=Pool.ALL))


def test_only_the_organiser_changes_and_only_the_invited_see_it(manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    stranger = colleague("marketer")
    for refused in (do_cancel, do_undo_arrangement):
        with pytest.raises(NotAllowed):
            refused(actor=adviser, appointment=plan)
    with pytest.raises(NotAllowed):
        do_rearrange(actor=adviser, appointment=plan, arranged=arranged())
    assert access_appointment(actor=adviser, public_id=plan.public_id) == plan
    with pytest.raises(NotFound):
        access_appointment(actor=stranger, public_id=plan.public_id)
    with pytest.raises(NotFound):
        do_say_coming(actor=stranger, appointment=plan, comes=True)


def test_who_cannot_come_sees_it_no_more_on_the_list_and_keeps_the_answer_while_the_moment_stays(
    manager, adviser, many, hand
):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    assert [each.appointment for each in ahead(adviser)] == [plan]
    do_say_coming(actor=adviser, appointment=plan, comes=False)
    assert not ahead(adviser).exists()
    do_rearrange(actor=manager, appointment=plan, arranged=arranged(minutes=40, invited=(adviser,)))
    assert not ahead(adviser).exists()
    other = arranged(starts_at=TOMORROW + timedelta(days=1), invited=(adviser,))
    do_rearrange(actor=manager, appointment=plan, arranged=other)
    assert ahead(adviser).get().attending.get(attendee=adviser).comes is None


def test_what_cannot_be_planned_is_refused(manager, adviser, hand):
    for wrong in (
        {"starts_at": START - timedelta(hours=1)},
        {"starts_at": START + timedelta(days=400)},
        {"minutes": 0},
        {"invited": (colleague("privacy_officer"),)},
    ):
        with pytest.raises(Refused):
            do_plan(actor=manager, arranged=arranged(**wrong))
    with pytest.raises(NotAllowed):
        do_plan(actor=colleague("administrator"), arranged=arranged())
    assert not Appointment.objects.exists()


def calendar_of(client, user, plan):
    client.force_login(user)
    answer = client.get(reverse("listening:calendar", args=[plan.public_id]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer["Content-Disposition"]
    return icalendar.Calendar.from_ical(answer.content)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2025, 3, 29, 13, 30), (2025, 3, 29, 12, 30)),
        ((2025, 3, 30, 1, 45), (2025, 3, 30, 0, 45)),
        ((2025, 3, 30, 13, 30), (2025, 3, 30, 11, 30)),
        ((2025, 10, 25, 13, 30), (2025, 10, 25, 11, 30)),
        ((2025, 10, 26, 1, 50), (2025, 10, 25, 23, 50)),
        ((2025, 10, 26, 13, 30), (2025, 10, 26, 12, 30)),
    ],
)
def test_a_calendar_reads_the_right_moment_around_the_changes_of_the_clock(client, manager, many, hand, local, utc):
    starts_at = datetime(*utc, tzinfo=UTC)
    plan = do_plan(actor=manager, arranged=arranged(starts_at=starts_at, minutes=120))
    calendar = calendar_of(client, manager, plan)
    (event,) = calendar.events
    begins = event["dtstart"].dt
    assert begins.replace(tzinfo=None) == datetime(*local)
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert begins.astimezone(UTC) == starts_at
    assert event["duration"].dt == timedelta(minutes=120)
    (zone,) = calendar.timezones
    assert zone["tzid"] == "Europe/Amsterdam"
    own_rules = zone.to_tz(lookup_tzid=False)
    assert (
        datetime(*local, tzinfo=own_rules).astimezone(UTC)
        == starts_at
        == datetime(*local, tzinfo=ZoneInfo("Europe/Amsterdam"))
    )


def test_a_calendar_takes_the_newer_for_the_older_and_a_cancellation_as_one(client, manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    read = [calendar_of(client, adviser, plan)]
    hand.pass_(60)
    do_rearrange(actor=manager, appointment=plan, arranged=arranged(minutes=40, invited=(adviser,)))
    read.append(calendar_of(client, adviser, plan))
    hand.pass_(60)
    do_cancel(actor=manager, appointment=plan)
    read.append(calendar_of(client, adviser, plan))
    events = [calendar.events[0] for calendar in read]
    assert {str(each["uid"]) for each in events} == {f"{plan.public_id}@gehoor"}
    assert [int(each["sequence"]) for each in events] == [0, 1, 2]
    assert [str(each["status"]) for each in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [each["dtstamp"].dt for each in events] == sorted({each["dtstamp"].dt for each in events})
    assert {str(calendar["method"]) for calendar in read} == {"PUBLISH"}
    address = reverse("listening:appointment", args=[plan.public_id])
    assert str(events[0]["url"]).endswith(address) and address in str(events[0]["description"])
    assert str(events[0]["organizer"]) == f"mailto:{manager.email}"
    assert "attendee" not in events[0]


def test_nothing_of_a_customer_stands_in_the_calendar_file(client, manager, hand):
    say("letter", 50, author="A. Zeldenrust", subject="Bouwdepot")
    plan = do_plan(actor=manager, arranged=arranged(together=True))
    hand.now = TOMORROW
    do_begin(actor=manager, appointment=plan)
    text = calendar_of(client, manager, plan).to_ical().decode()
    assert not {word for word in ("Zeldenrust", "Bouwdepot", "woord") if word in text}


FORM = {
    "day": "2025-03-05",
    "time": "14:30",
    "minutes": "40",
    "drawn_by": "minutes",
    "pool": "unheard",
    "need": "",
    "channel": "letter",
    "period": "month",
}


def test_planning_on_the_screen_alone_and_together(client, manager, adviser, many, hand):
    client.force_login(manager)
    form = {**FORM, "together": "on", "invited": [str(adviser.public_id)]}
    answer = client.post(reverse("listening:plan"), form, follow=True)
    now = standing(Appointment.objects.get())
    assert now.starts_at == datetime(2025, 3, 5, 13, 30, tzinfo=UTC)
    assert (now.minutes, now.channel, now.days, now.together) == (40, "letter", 30, True)
    assert {each.attendee for each in now.attending.all()} == {manager, adviser}
    assert "Allen lezen dezelfde stapel." in answer.content.decode()
    client.force_login(adviser)
    assert "5 maart 2025 14:30" in client.get(reverse("listening:listening")).content.decode()
    assert "5 maart 2025 14:30" in client.get(reverse("today:today")).content.decode()


def test_a_time_that_the_clock_leaps_over_is_said_to_be_none(client, manager, many, hand):
    client.force_login(manager)
    answer = client.post(reverse("listening:plan"), {**FORM, "day": "2025-03-30", "time": "02:30"})
    assert answer.status_code == 422
    assert "Deze tijd bestaat die dag niet" in answer.content.decode()
    assert not Appointment.objects.exists()


def test_changing_cancelling_undoing_answering_and_beginning_on_the_screen(client, manager, adviser, many, hand):
    plan = do_plan(actor=manager, arranged=arranged(invited=(adviser,)))
    at = [plan.public_id]
    client.force_login(adviser)
    for name in ("cancel", "undo_arrangement"):
        assert client.post(reverse(f"listening:{name}", args=at)).status_code == 403
    client.post(reverse("listening:say_coming", args=at), {"comes": "yes"})
    assert standing(plan).attending.get(attendee=adviser).comes is True
    client.force_login(manager)
    page = client.get(reverse("listening:rearrange", args=at)).content.decode()
    assert 'value="2025-03-04"' in page and 'value="10:00"' in page
    client.post(reverse("listening:rearrange", args=at), {**FORM, "invited": [str(adviser.public_id)]})
    assert standing(plan).minutes == 40
    client.post(reverse("listening:cancel", args=at))
    assert standing(plan).cancelled
    client.post(reverse("listening:undo_arrangement", args=at))
    assert not standing(plan).cancelled
    hand.now = datetime(2025, 3, 5, 13, 30, tzinfo=UTC)
    answer = client.post(reverse("listening:begin", args=at), follow=True)
    assert "Alleen gezocht in:" in answer.content.decode()


def test_an_appointment_of_others_is_not_found(client, manager, many, hand):
    plan = do_plan(actor=manager, arranged=arranged())
    client.force_login(colleague("adviser"))
    for method, name in (
        ("get", "appointment"),
        ("get", "calendar"),
        ("get", "rearrange"),
        ("post", "rearrange"),
        ("post", "cancel"),
        ("post", "undo_arrangement"),
        ("post", "say_coming"),
        ("post", "begin"),
    ):
        assert getattr(client, method)(reverse(f"listening:{name}", args=[plan.public_id])).status_code == 404, name


def test_the_screens_stay_within_their_queries(client, manager, many, hand, django_assert_max_num_queries):
    invited = tuple(colleague("adviser") for _ in range(8))
    plan = do_plan(actor=manager, arranged=arranged(invited=invited))
    client.force_login(manager)
    for name, at, most in (
        ("plan", [], 12),
        ("appointment", [plan.public_id], 12),
        ("rearrange", [plan.public_id], 14),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"listening:{name}", args=at)).status_code == 200
