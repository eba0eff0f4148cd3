"""The story of the example: what was changed, what was not, who was told, and that the picture says so on any day."""

from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from gehoor.demo import at_the_desk, calls, decided, fill, scans, story, words
from gehoor.demo.moments import Days, acting_at
from gehoor.demo.people import voices_about
from gehoor.kernel.home import Home
from gehoor.rooms.changes.asked import asked_for
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.measuring import Outcomes, measure
from gehoor.rooms.changes.models import Change, Event, Step, TellingKind
from gehoor.rooms.changes.publishing import said_to_everyone
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.changes.telling import circle
from gehoor.rooms.changes.trial import trial
from gehoor.rooms.desk.models import Act, Case, Complaint, NoComplaint, Promise
from gehoor.rooms.intake.stages import stages
from gehoor.rooms.listening.handing import handed_on
from gehoor.rooms.listening.models import Appointment, Note, Session, Struck
from gehoor.rooms.listening.queries import listened_seconds
from gehoor.rooms.needs.listing import belonging, ranked
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.sending.checking import check_wording, stops
from gehoor.rooms.sending.models import Delivery, RunState, State, Wording
from gehoor.rooms.voices.models import Reply, Voice

pytestmark = [pytest.mark.all_only, pytest.mark.django_db]
TODAY = date(2026, 11, 22)
DAYS = Days(TODAY)
OUTAGE = DAYS.moment(decided.OUTAGE[0], 0), DAYS.moment(decided.OUTAGE[1], 23, 59)


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example, filled and worked out, without paper and sound: those take minutes and change nothing here."""
    home = Home(tmp_path_factory.mktemp("example"))
    with django_db_blocker.unblock(), override_settings(HOME=home), pytest.MonkeyPatch.context() as patch:
        patch.setattr(scans, "SCANS", ())
        patch.setattr(calls, "can_speak", lambda: False)
        fill.fill(lambda *_: None, TODAY)
        for stage in stages():
            while not stage.aside and stage.drain(2_000):
                pass
        assert story.pending() == 1
        assert story.drain(1) == 1
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def letter(example):
    return Change.objects.get(name=words.LETTER)


@pytest.fixture
def portal(example):
    return Change.objects.get(name=words.PORTAL)


@contextmanager
def shifted(by: int):
    """As if the example had been filled so many days later."""
    later = timedelta(days=by)
    with transaction.atomic():
        for voice in Voice.objects.exclude(said_at=None):
            Voice.objects.filter(pk=voice.pk).update(said_at=voice.said_at + later)
        for step in Step.objects.exclude(day=None):
            Step.objects.filter(pk=step.pk).update(day=step.day + later)
        for event in Event.objects.all():
            Event.objects.filter(pk=event.pk).update(since=event.since + later, until=event.until + later)
        cache.clear()
        yield
        transaction.set_rollback(True)
    cache.clear()


def test_the_story_is_told_once(example):
    assert story.pending() == 0
    assert story.drain(1) == 0
    assert Change.objects.count() == 4


def test_two_were_done_one_was_refused_with_a_reason_and_one_waits(example):
    found = {change.name: standing_of(change) for change in Change.objects.all()}
    assert {name: now.stage for name, now in found.items()} == {
        words.LETTER: Stage.DONE,
        words.PORTAL: Stage.DONE,
        words.ENGLISH: Stage.NO,
        words.MESSAGES: Stage.LATER,
    }
    assert found[words.ENGLISH].decision.reason == words.ENGLISH_NO
    assert found[words.MESSAGES].decision.day == DAYS.day(-45)
    assert (found[words.LETTER].decision.fewer, found[words.PORTAL].decision.fewer) == (0.5, 0.6)


def test_everything_was_done_on_its_own_day(letter, portal):
    for change, done in ((letter, decided.LETTER_DONE), (portal, decided.PORTAL_DONE)):
        assert [step.kind for step in change.steps.order_by("at")] == ["yes", "doing", "done"]
        assert standing_of(change).done.day == DAYS.day(done)
        assert change.at < change.steps.order_by("at").first().at
    written = AuditEntry.objects.filter(what="change", public_id=letter.public_id).values_list("at", flat=True)
    assert max(written).date() < TODAY - timedelta(days=100)


def test_how_many_asked(letter, portal):
    asked = asked_for([letter.pk, portal.pk])
    assert 80 <= asked[letter.pk].voices <= 120
    assert 50 <= asked[letter.pk].persons <= 75
    assert 140 <= asked[portal.pk].voices <= 175
    assert 50 <= asked[portal.pk].persons <= 75


@pytest.mark.parametrize("by", range(7))
def test_on_any_day_the_picture_proves_that_the_letter_helped_and_that_the_portal_did_not(letter, portal, by):
    with shifted(by):
        helped, nothing = measure(letter), measure(portal)
    assert helped.outcome == Outcomes.HELPED
    assert helped.effect.relative.high < -0.3
    assert (nothing.outcome, nothing.effect.broken) == (Outcomes.NO_EFFECT, ())
    assert nothing.effect.relative.low > -nothing.fewer
    before, after = nothing.paces
    assert 1.5 < before.voices < after.voices < 3


def test_ten_were_asked_before_the_letter_and_none_before_the_portal(letter, portal):
    (telling,) = letter.tellings.filter(kind=TellingKind.TRIAL)
    found = trial(telling)
    assert (len(found.people), found.asked, found.answered) == (10, 10, 9)
    assert dict(found.counts) == {"helps": 7, "helps a little": 1, "does not help": 1}
    assert telling.run.done_at < letter.steps.get(kind="yes").at
    assert not portal.tellings.exists()


def test_nobody_was_asked_or_told_before_they_had_asked(letter):
    (telling,) = letter.tellings.filter(kind=TellingKind.TRIAL)
    for delivery in telling.run.deliveries.select_related("voice"):
        assert delivery.voice.said_at < telling.run.started_at


def test_who_asked_for_the_letter_was_told_each_in_their_own_way(letter):
    (telling,) = letter.tellings.filter(kind=TellingKind.TELLING)
    ways = Counter(telling.run.deliveries.filter(state=State.SENT).values_list("channel", flat=True))
    assert telling.run.state == RunState.DONE
    assert min(ways["email"], ways["letter"], ways["call"]) >= 10
    reached = circle(letter, standing_of(letter))
    assert reached.told >= 0.75 * reached.asked
    assert (reached.waiting, reached.left) == (0, ())


def test_what_was_told_stands_on_the_dossier_on_its_day(letter):
    run = letter.tellings.get(kind=TellingKind.TELLING).run
    sent = Delivery.objects.filter(run=run, state=State.SENT)
    assert not sent.filter(reply=None).exists()
    days = {reply.said_at.date() for reply in Reply.objects.filter(pk__in=sent.values("reply"))}
    assert DAYS.day(166) <= min(days) <= max(days) <= DAYS.day(158)


def test_the_no_is_ready_to_be_sent_and_nothing_can_go_out_by_itself(example):
    change = Change.objects.get(name=words.ENGLISH)
    assert [telling.run.state for telling in change.tellings.all()] == [RunState.READY]
    going = Delivery.objects.filter(run__state__in=[RunState.SENDING, RunState.STOPPED])
    assert not going.exists()


def test_nothing_stands_against_any_wording(example):
    for wording in Wording.objects.all():
        channels = {"email", "letter", "call"}
        assert not stops(check_wording(wording, languages={"nl", "en"}, channels=channels))


def test_everyone_may_read_about_the_letter_that_it_helped(letter):
    for language, title in (("nl", words.PUBLIC_TITLE_NL), ("en", words.PUBLIC_TITLE_EN)):
        (shown,) = said_to_everyone(language)
        assert shown.title == title
        assert shown.helped is not None
        assert "It helped" in shown.helped.text


def test_management_listened_for_forty_minutes_mostly_to_what_is_easy(example):
    assert listened_seconds() == pytest.approx(40 * 60, abs=1)
    assert [session.channel for session in Session.objects.order_by("started_at")] == ["letter", "survey"]
    for session in Session.objects.all():
        assert not session.stack.filter(voice__said_at__gt=session.started_at).exists()


def test_what_was_heard_about_the_deposit_was_handed_on_and_taken_up_by_nobody(example):
    (handed,) = handed_on()
    assert handed.voice in {each.voice for each in Struck.objects.filter(listener=handed.by)}
    assert handed.taken_up_at is None
    assert Note.objects.filter(shared=True).count() == 2
    assert Appointment.objects.count() == 1


def test_the_outage_is_loud_and_the_building_deposit_weighs_several_times_more(example):
    posts = {each.pk for each in Voice.objects.filter(channel="x", said_at__range=OUTAGE)}
    about_deposit = {each.pk for each in voices_about("bouwdepot", DAYS)}
    broad = ranked(current_generation(), 1)
    outage, deposit = (max(broad, key=lambda each: len(of(each.need) & said)) for said in (posts, about_deposit))
    assert len(of(outage.need) & posts) > 0.7 * len(posts)
    assert (outage.loudness, outage.by_minutes) == ("loud", len(broad))
    assert outage.voices > deposit.voices
    assert deposit.customer_minutes > 3 * outage.customer_minutes


def of(need):
    """The voices that are in a need."""
    return set(belonging(need, current_generation().levels).values_list("ask__voice", flat=True))


def test_its_people_worked_at_the_desk_kept_most_promises_and_handled_a_year_of_complaints(example):
    with acting_at(DAYS.moment(0, 12)):
        for stage in stages():
            if stage.name in {"promises", "cases"}:
                stage.forget()
                while stage.drain(2_000):
                    pass
        assert at_the_desk.pending() == 1
        assert at_the_desk.drain(1) == 1
    assert at_the_desk.pending() == 0
    assert Case.objects.exclude(assignee=None).exists()
    assert Act.objects.filter(kind="note").exists()
    states = Counter(Promise.objects.values_list("state", flat=True))
    assert states["kept"] > states["broken"] > 0
    assert states["renegotiated"] == 1
    answered = Complaint.objects.exclude(answered_at=None)
    waiting = Complaint.objects.filter(answered_at=None)
    assert answered.count() > 3 * waiting.count() > 0
    assert len({each.received_at.strftime("%Y-%m") for each in answered}) >= 6
    assert {each.outcome for each in answered} >= {"upheld", "partly", "not_upheld", "goodwill"}
    assert all(each.answered_at > each.received_at for each in answered)
    thanks = {each.voice.subject for each in NoComplaint.objects.select_related("voice")}
    assert len(thanks) >= 4
    assert not thanks & set(Complaint.objects.values_list("voice__subject", flat=True))
