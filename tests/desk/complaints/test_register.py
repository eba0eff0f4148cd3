"""Registering, the eight weeks, handling, undoing, and what stays when someone is erased."""

from datetime import datetime, timedelta

import pytest
from tests.desk.cases.conftest import NOW, colleague, conversation, someone, tell
from tests.desk.complaints.conftest import complain, later

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.complaints import blotting
from gehoor.rooms.desk.complaints.actions import (
    do_acknowledge,
    do_answer_finally,
    do_correct,
    do_learn,
    do_pass,
    do_register,
    do_register_all,
    do_register_by_hand,
    do_remove,
    do_undo,
    do_undo_pass,
)
from gehoor.rooms.desk.complaints.drawing_up import Entry
from gehoor.rooms.desk.complaints.erasing import erase, export
from gehoor.rooms.desk.complaints.exporting import Kind, exported, guarded
from gehoor.rooms.desk.complaints.listing import Filters, figures, filtered
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.complaints.terms import Nearness, final_by_of, in_time, nearness_of
from gehoor.rooms.desk.models import Complaint, ComplaintStep
from gehoor.rooms.privacy.rights import Subject

pytestmark = pytest.mark.django_db


def again(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def test_what_reads_like_a_complaint_in_a_channel_to_us_alone_is_proposed():
    mail, call = complain(), complain(channel="call", hours=-2)
    complain(channel="x")
    complain(channel="survey")
    complain(hours=-24 * 61)
    assert list(proposed()) == [mail, call]
    assert proposed(older=True).count() == 1


def test_registering_takes_name_address_day_and_words_from_the_voice(officer):
    voice = complain(identities=[["email", "jan@bos.nl", ""]], subject="Klacht", person=None, author="J. Bos")
    complaint = do_register(voice, officer)
    assert (complaint.name, complaint.address) == ("J. Bos", "jan@bos.nl")
    assert complaint.about == f"Klacht\n\n{voice.text}" and complaint.received_at == voice.said_at
    assert complaint.final_by.isoformat() == "2026-04-28" and complaint.official
    assert not proposed().exists()
    with pytest.raises(Refused):
        do_register(voice, officer)


def test_an_answer_that_was_given_already_counts_as_acknowledging(officer):
    thread = conversation()
    voice = complain(conversation=thread, hours=-30)
    first = tell(conversation=thread, hours=-20)
    tell(conversation=thread, hours=-10)
    tell(conversation=thread, hours=-40)
    assert do_register(voice, officer).acknowledged_at == first.said_at


def test_one_click_registers_all_that_is_proposed_and_nothing_older(officer):
    complain()
    complain()
    complain(hours=-24 * 61)
    assert do_register_all(officer) == 2
    assert Complaint.objects.count() == 2 and do_register_all(officer) == 0


def test_what_is_no_complaint_is_not_proposed_again_until_that_is_taken_back(officer):
    voice = complain()
    do_pass(voice, officer)
    assert not proposed().exists()
    do_undo_pass(voice, officer)
    assert proposed().get() == voice


@pytest.mark.parametrize("role", ["adviser", "manager", "administrator", "privacy_officer"])
def test_only_who_keeps_the_register_registers(role):
    with pytest.raises(NotAllowed):
        do_register(complain(), colleague(role, name="Iemand"))


def test_warnings_come_two_weeks_and_one_week_before_the_last_day_and_after_it(officer):
    complaint = do_register(complain(), officer)
    for days, expected in ((41, ""), (42, "two_weeks"), (48, "two_weeks"), (49, "week"), (56, "week"), (57, "passed")):
        with later(days):
            assert nearness_of(complaint) == Nearness(expected), days


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-03-02T23:30:00+00:00", "2026-04-28"),
        ("2026-03-02T22:30:00+00:00", "2026-04-27"),
        ("2026-02-01T12:00:00+00:00", "2026-03-29"),
        ("2026-06-30T22:30:00+00:00", "2026-08-26"),
        ("2027-12-20T09:00:00+00:00", "2028-02-14"),
    ],
)
def test_the_last_day_is_eight_weeks_after_the_day_it_came_in_here_also_when_the_clock_is_put_forward(received, last):
    assert final_by_of(datetime.fromisoformat(received)).isoformat() == last


def test_the_final_answer_ends_it_and_can_be_undone(officer):
    complaint = do_register(complain(), officer)
    with later(60):
        do_answer_finally(complaint, "partly", "Rente vergoed.", NOW + timedelta(days=50), officer)
    kept = again(complaint)
    assert in_time(kept) and kept.acknowledged_at == kept.answered_at and kept.outcome == "partly"
    do_undo(complaint, officer)
    kept = again(complaint)
    assert (kept.answered_at, kept.acknowledged_at, kept.outcome, kept.handling) == (None, None, "", "")


def test_a_final_answer_says_how_it_was_judged_and_handled_and_is_not_still_to_come(officer):
    complaint = do_register(complain(), officer)
    for outcome, handling, at in (("", "x", None), ("upheld", " ", None), ("upheld", "x", NOW + timedelta(hours=1))):
        with pytest.raises(Refused):
            do_answer_finally(complaint, outcome, handling, at, officer)
    with pytest.raises(Refused):
        do_acknowledge(complaint, NOW - timedelta(days=3), officer)
    assert again(complaint).answered_at is None


def test_correcting_when_it_came_in_moves_the_eight_weeks_and_undoing_moves_them_back(officer):
    complaint = do_register(complain(), officer)
    do_correct(complaint, {"received_at": NOW - timedelta(days=10), "name": "Jan Bosch"}, officer)
    assert again(complaint).final_by.isoformat() == "2026-04-18"
    do_undo(complaint, officer)
    assert again(complaint).final_by.isoformat() == "2026-04-28" and again(complaint).name == "Jan Bos"


def test_a_line_removed_by_mistake_stays_says_why_and_can_come_back(officer):
    complaint = do_register(complain(), officer)
    with pytest.raises(Refused):
        do_remove(complaint, "  ", officer)
    do_remove(complaint, "Was een compliment", officer)
    assert list(filtered(Filters(stand="removed"))) == [complaint] and figures(2026).all_.count == 0
    with pytest.raises(Refused):
        do_learn(complaint, "Oorzaak", "Les", officer)
    do_undo(complaint, officer)
    assert not again(complaint).removed


def test_that_it_was_registered_is_not_undone(officer):
    complaint = do_register(complain(), officer)
    with pytest.raises(Refused):
        do_undo(complaint, officer)


def test_figures_of_a_year_say_how_many_in_time_and_how_long_half_took(officer):
    made = [do_register_by_hand(Entry(NOW, f"Klacht {each}"), officer) for each in range(5)]
    with later(100):
        for complaint, days in zip(made, (10, 20, 60), strict=False):
            do_answer_finally(complaint, "upheld", "Hersteld", NOW + timedelta(days=days), officer)
        do_learn(made[0], "Te lang gewacht", "", officer)
        year = figures(2026)
        assert (year.all_.count, year.all_.in_time, year.all_.late, year.open, year.passed) == (5, 2, 3, 2, 2)
        assert year.all_.median_days == 20
        assert [(each.name, each.count) for each in year.outcomes] == [("upheld", 3)]
        assert [(each.name, each.count) for each in year.causes] == [("Te lang gewacht", 1), ("", 4)]
        assert figures(2025).all_.count == 0


def handled(officer, days_ago):
    """A complaint of someone, handled so many days ago."""
    person = someone("Jan Bos")
    voice = complain(person=person, hours=-24 * (days_ago + 2))
    complaint = do_register(voice, officer)
    do_answer_finally(complaint, "upheld", "Aan Jan betaald", NOW - timedelta(days=days_ago), officer)
    do_correct(complaint, {"name": "Jan de Bos"}, officer)
    do_learn(complaint, "Te lang gewacht", "Sneller bellen", officer)
    return complaint, Subject(person.pk, voices=[voice.pk])


def test_within_the_year_an_erased_person_is_cut_loose_and_the_line_keeps_what_it_has_to_keep(officer):
    complaint, subject = handled(officer, 300)
    assert export(subject)["complaints"][0]["name"] == "Jan de Bos"
    erase(subject)
    kept = again(complaint)
    assert (kept.person, kept.voice, kept.case, kept.name, kept.blotted) == (None, None, None, "Jan de Bos", False)
    with later(66):
        assert blotting.pending() == 1 and blotting.drain(10) == 1
    assert again(complaint).name == "" and again(complaint).blotted and blotting.pending() == 0


def test_after_the_year_name_address_and_words_go_and_the_lesson_stays(officer):
    complaint, subject = handled(officer, 366)
    erase(subject)
    kept = again(complaint)
    assert (kept.name, kept.address, kept.about, kept.handling) == ("", "", "", "")
    assert (kept.cause, kept.lesson, kept.outcome) == ("Te lang gewacht", "Sneller bellen", "upheld")
    assert "Jan" not in str(list(ComplaintStep.objects.values_list("values", flat=True)))
    with pytest.raises(Refused):
        do_correct(complaint, {"name": "Jan"}, officer)


def test_a_complaint_that_is_not_handled_stays_until_a_year_after_it_is(officer):
    person = someone("Jan Bos")
    complaint = do_register(complain(person=person), officer)
    erase(Subject(person.pk, voices=[complaint.voice_id]))
    assert again(complaint).name == "Jan Bos" and again(complaint).person is None
    with later(30):
        do_answer_finally(complaint, "goodwill", "Betaald", None, officer)
    with later(394):
        assert blotting.pending() == 0
    with later(396):
        assert blotting.pending() == 1


def test_what_should_never_have_been_sent_in_is_blotted_at_once_and_marked_as_removed(officer):
    complaint = do_register(complain(), officer)
    erase(Subject(None, voices=[complaint.voice_id], may_return=True))
    kept = again(complaint)
    assert kept.removed and kept.blotted and kept.name == kept.about == ""


def test_the_complaints_of_others_are_left_alone(officer):
    complaint, _ = handled(officer, 400)
    erase(Subject(someone("Een ander").pk))
    assert again(complaint).name == "Jan de Bos"


def test_the_privacy_officer_can_blot_sooner_but_not_someone_we_still_know(officer):
    complaint, subject = handled(officer, 10)
    privacy = colleague("privacy_officer", name="Petra")
    with pytest.raises(Refused):
        blotting.do_blot_now(complaint, privacy)
    erase(subject)
    with pytest.raises(NotAllowed):
        blotting.do_blot_now(again(complaint), officer)
    blotting.do_blot_now(again(complaint), privacy)
    assert again(complaint).blotted


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@cmd", "\t=1", "\r=1", " =1", "|x", "%x"])
def test_no_cell_begins_a_formula(text):
    assert guarded(text) == f"'{text}"


def test_the_file_holds_every_line_guarded(officer):
    do_register_by_hand(Entry(NOW, '=HYPERLINK("http://x")', "@Jan", "+31 6 1234"), officer)
    written = "".join(exported(filtered(Filters()), Kind.CSV))
    assert "'=HYPERLINK" in written and ",'@Jan," in written and ",'+31 6 1234," in written
    import json

    (line,) = json.loads("".join(exported(filtered(Filters()), Kind.JSON)))["complaints"]
    assert line["name"] == "'@Jan" and line["answered"] is None and line["final_answer_by"] == "2026-04-28"
