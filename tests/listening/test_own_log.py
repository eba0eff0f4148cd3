"""One's own log, which becomes only shorter; the rhythm of a role; reminders; and what nobody heard."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.listening.actions import Shown, do_keep_heard, do_listen, do_start_session
from gehoor.rooms.listening.appointments import Arranged, do_plan
from gehoor.rooms.listening.models import DrawnBy, Heard, ListenedDay, Pool
from gehoor.rooms.listening.own_log import do_disown, do_own_again, do_put_back_day, do_take_off, own_log
from gehoor.rooms.listening.queries import heard_voice_count, listened_seconds
from gehoor.rooms.listening.reminding import do_snooze, do_wake, due_reminders, reminder_for, what_waits
from gehoor.rooms.listening.rhythm import DEFAULTS, LISTENING_ROLES, Pace, do_set_rhythms, pace_of, rhythms
from gehoor.rooms.listening.unheard import unheard
from gehoor.rooms.voices.models import Voice

from .conftest import START, colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(manager, stack, hand):
    """A session of which three voices were read for a minute each, and half a minute elsewhere."""
    session = do_start_session(actor=manager, minutes=60, drawn_by=DrawnBy.VOICES, pool=Pool.ALL)
    for drawn in session.stack.order_by("position")[:3]:
        shown = Shown(drawn.voice_id, session.pk, hand.now)
        for _ in range(4):
            hand.pass_(15)
            do_listen(actor=manager, shown=shown, seconds=15)
    elsewhere = Shown(stack[0].pk, None, hand.now)
    hand.pass_(15)
    do_listen(actor=manager, shown=elsewhere, seconds=15)
    return session


def test_the_log_says_each_day_what_was_read_where(manager, read, hand):
    (day,) = own_log(manager)
    assert (day.seconds, day.elsewhere, [each.seconds for each in day.sittings]) == (195, 15, [180])
    hand.now = START + timedelta(days=3)
    drawn = read.stack.order_by("position")[4]
    shown = Shown(drawn.voice_id, read.pk, hand.now)
    hand.pass_(10)
    do_listen(actor=manager, shown=shown, seconds=10)
    assert [(each.seconds, each.elsewhere) for each in own_log(manager)] == [(10, 0), (195, 15)]


def test_a_day_becomes_shorter_never_longer_and_can_be_put_back(manager, read):
    today = START.date()
    with pytest.raises(Refused):
        do_take_off(actor=manager, day=today, at_most=195)
    assert do_take_off(actor=manager, day=today, at_most=60) == 135
    assert (listened_seconds(), own_log(manager)[0].taken_off) == (60, 135)
    do_take_off(actor=manager, day=today, at_most=0)
    assert listened_seconds() == 0
    do_put_back_day(actor=manager, day=today)
    assert listened_seconds() == 195
    with pytest.raises(NotFound):
        do_take_off(actor=colleague("manager"), day=today, at_most=0)


def test_a_session_that_was_someone_else_counts_nowhere(manager, read, stack):
    assert heard_voice_count() == 4
    do_disown(actor=manager, session=read)
    assert listened_seconds() == 15
    assert heard_voice_count() == 1 == Heard.objects.count()
    assert not read.stack.filter(seconds__gt=0).exists()
    with pytest.raises(Refused):
        do_disown(actor=manager, session=read)
    do_own_again(actor=manager, session=read)
    assert (listened_seconds(), heard_voice_count()) == (195, 4)
    assert sorted(Heard.objects.values_list("seconds", flat=True)) == [15, 60, 60, 60]
    with pytest.raises(Refused):
        do_own_again(actor=manager, session=read)


def test_correcting_twice_over_goes_below_nothing_and_comes_back_whole(manager, read):
    do_take_off(actor=manager, day=START.date(), at_most=30)
    do_disown(actor=manager, session=read)
    assert ListenedDay.objects.get().seconds == 0
    do_own_again(actor=manager, session=read)
    do_put_back_day(actor=manager, day=START.date())
    assert listened_seconds() == 195


def test_nobody_touches_anothers_session(adviser, read):
    for act in (do_disown, do_own_again):
        with pytest.raises(NotAllowed):
            act(actor=adviser, session=read)


def test_the_log_on_the_screen_is_ones_own(client, manager, adviser, read):
    client.force_login(adviser)
    assert "Er is nog niets geteld" in client.get(reverse("listening:log")).content.decode()
    for name, at in (("disown", read.public_id), ("own_again", read.public_id), ("take_off", "2025-03-03")):
        assert client.post(reverse(f"listening:{name}", args=[at]), {"minutes": "0"}).status_code == 404, name
    client.force_login(manager)
    assert "3 maart 2025" in client.get(reverse("listening:log")).content.decode()
    assert client.post(reverse("listening:take_off", args=["2025-03-03"]), {"minutes": "-1"}).status_code == 409
    assert client.post(reverse("listening:take_off", args=["gisteren"]), {"minutes": "1"}).status_code == 404
    client.post(reverse("listening:take_off", args=["2025-03-03"]), {"minutes": "1"})
    assert listened_seconds() == 60
    client.post(reverse("listening:put_back_day", args=["2025-03-03"]))
    client.post(reverse("listening:disown", args=[read.public_id]))
    assert listened_seconds() == 15
    client.post(reverse("listening:own_again", args=[read.public_id]))
    assert listened_seconds() == 195


def test_every_role_that_listens_has_a_rhythm_from_the_start():
    assert set(DEFAULTS) == set(LISTENING_ROLES)
    assert rhythms()[Role.MANAGER] == Pace(40, 2)


def test_managers_and_administrators_agree_the_rhythm(manager):
    do_set_rhythms(actor=manager, agreed={Role.MARKETER: Pace(20, 1)})
    do_set_rhythms(actor=colleague("administrator"), agreed={Role.MARKETER: Pace(60, 4)})
    assert rhythms()[Role.MARKETER] == Pace(60, 4)
    assert rhythms()[Role.MANAGER] == Pace(40, 2)
    for role in ("adviser", "marketer", "privacy_officer"):
        with pytest.raises(NotAllowed):
            do_set_rhythms(actor=colleague(role), agreed={})
    for wrong in (Pace(-1, 1), Pace(241, 1), Pace(20, 3)):
        with pytest.raises(Refused):
            do_set_rhythms(actor=manager, agreed={Role.MARKETER: wrong})


def test_of_several_roles_the_one_that_asks_most_counts():
    agreed = {**rhythms(), Role.ADVISER: Pace(0, 2)}
    assert pace_of(colleague("adviser"), agreed) is None
    assert pace_of(colleague("adviser", "marketer", "manager"), agreed) == Pace(40, 1)


def test_the_rhythm_on_the_screen(client, manager):
    form = {f"{role}_{what}": value for role in LISTENING_ROLES for what, value in (("minutes", "30"), ("weeks", "4"))}
    client.force_login(colleague("adviser"))
    assert client.get(reverse("listening:rhythm")).status_code == 403
    assert client.post(reverse("listening:rhythm"), form).status_code == 403
    client.force_login(colleague("administrator"))
    client.post(reverse("listening:rhythm"), form)
    assert set(rhythms().values()) == {Pace(30, 4)}
    assert client.post(reverse("listening:rhythm"), {**form, "manager_minutes": "900"}).status_code == 422


@pytest.fixture
def known(manager):
    """A manager who has been here for long."""
    User.objects.filter(pk=manager.pk).update(made_at=START - timedelta(days=365))
    manager.refresh_from_db()
    return manager


def test_a_reminder_says_what_waits_and_comes_once(known, stack, hand):
    reminder = reminder_for(known, hand.now)
    waits = reminder.waits
    assert (waits.channel, waits.voices, reminder.length) == ("letter", 2, 40)
    assert waits.seconds == pytest.approx((300 + 150) * 60 / 230)
    assert [each.listener for each in due_reminders(hand.now)] == [known]


def test_no_reminder_to_who_listened_came_lately_put_it_off_or_has_planned(known, stack, hand):
    newcomer = colleague("manager")
    User.objects.filter(pk=newcomer.pk).update(made_at=START - timedelta(days=3))
    newcomer.refresh_from_db()
    assert reminder_for(newcomer, hand.now) is None
    do_snooze(actor=known)
    assert reminder_for(known, hand.now) is None
    assert reminder_for(known, hand.now + timedelta(days=7)) is not None
    do_wake(actor=known)
    do_plan(actor=known, arranged=Arranged(START + timedelta(days=5), 40))
    assert reminder_for(known, hand.now) is None
    assert list(due_reminders(hand.now)) == []


def test_who_listened_nearly_as_long_as_agreed_is_left_in_peace(known, stack, hand):
    do_keep_heard(listener=known, voice=stack[0], seconds=31 * 60, at=START - timedelta(days=3))
    assert reminder_for(known, hand.now) is None
    assert reminder_for(known, hand.now + timedelta(days=14)) is not None


def test_nobody_is_reminded_of_nothing(known, stack, hand):
    for voice in stack:
        do_keep_heard(listener=colleague("adviser"), voice=voice, seconds=300, at=START - timedelta(days=30))
    assert what_waits(40) is None
    assert reminder_for(known, hand.now) is None


def test_no_role_no_rhythm_no_reminder(known, stack, hand):
    do_set_rhythms(actor=known, agreed={Role.MANAGER: Pace(0, 1)})
    assert reminder_for(known, hand.now) is None
    assert reminder_for(colleague("privacy_officer"), hand.now) is None


def test_the_reminder_on_today_can_be_put_off_and_that_undone(client, known, stack, hand):
    client.force_login(known)
    today = reverse("today:today")
    page = client.get(today).content.decode()
    assert "Er liggen 2 brieven die nog niemand las:" in page
    client.post(reverse("listening:snooze"))
    assert "Een moment om te luisteren" not in client.get(today).content.decode()
    client.post(reverse("listening:wake"))
    assert "Een moment om te luisteren" in client.get(today).content.decode()


def test_what_nobody_heard_is_counted_by_channel_with_the_oldest(stack, adviser, hand):
    do_keep_heard(listener=adviser, voice=stack[1], seconds=60, at=START)
    found = unheard()
    assert (found.voices, found.of) == (7, 8)
    assert [(each.channel, each.voices) for each in found.channels] == [
        ("letter", 1),
        ("call", 2),
        ("email", 1),
        ("x", 3),
    ]
    assert found.oldest == stack[0].said_at
    assert found.minutes == pytest.approx(sum(each.minutes for each in found.channels))


def test_the_pile_grows_by_what_comes_and_shrinks_by_what_is_heard(stack, adviser, hand):
    hand.now = datetime(2025, 6, 15, 12, tzinfo=UTC)
    for month, voices in ((3, stack[:4]), (5, stack[4:7]), (6, stack[7:])):
        keys = [voice.pk for voice in voices]
        Voice.objects.filter(pk__in=keys).update(heard_at=datetime(2025, month, 10, 12, tzinfo=UTC))
    do_keep_heard(listener=adviser, voice=stack[1], seconds=60, at=datetime(2025, 4, 5, 12, tzinfo=UTC))
    do_keep_heard(listener=adviser, voice=stack[3], seconds=60, at=datetime(2025, 6, 12, 12, tzinfo=UTC))
    found = unheard()
    assert [(each.month.month, each.left) for each in found.months] == [(3, 4), (4, 3), (5, 6), (6, 6)]
    assert (found.came, found.heard) == (1, 1)


def test_what_is_heard_no_longer_counts_as_unheard_again(manager, read, hand):
    assert unheard().voices == 4
    do_disown(actor=manager, session=read)
    assert unheard().voices == 7


def test_a_stack_of_exactly_what_nobody_heard(client, manager, adviser, stack, hand):
    do_keep_heard(listener=adviser, voice=stack[1], seconds=60, at=START)
    client.force_login(manager)
    page = client.get(reverse("listening:listening")).content.decode()
    assert "7 stemmen</a> van de 8 zijn door niemand van ons gehoord" in page
    form = {"minutes": "20", "drawn_by": "minutes", "pool": "unheard", "channel": "letter"}
    client.post(reverse("listening:start"), form)
    assert list(manager.sessions.get().stack.values_list("voice", flat=True)) == [stack[5].pk]
