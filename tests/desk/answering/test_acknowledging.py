"""A mail came in: one word that it did, to people, never to machines, and never a flood."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.answering.conftest import OURS, colleague, mail, post, the_case, work

from gehoor.channels.email.answerable import is_no_person, no_reply_address
from gehoor.kernel import clock
from gehoor.rooms.desk.answering import acknowledging as stage
from gehoor.rooms.desk.answering.actions import do_answer
from gehoor.rooms.desk.answering.manners import do_set_manners
from gehoor.rooms.desk.models import Answer, Case, Receipt, State, Unsaid
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.voices.models import Reply, Voice

pytestmark = pytest.mark.usefixtures("acknowledging")


def why():
    return list(Receipt.objects.order_by("voice_id").values_list("unsaid", flat=True))


def test_it_says_once_that_it_came_in_and_that_a_machine_says_so(server, come_in):
    come_in(mail(Message_ID="<een@x.example>"))
    post()
    post()
    work()
    (sent,) = server.stored
    assert sent.recipients == ("jan@x.example",)
    assert sent.message["Auto-Submitted"] == "auto-replied"
    assert sent.message["X-Auto-Response-Suppress"] == "All"
    assert sent.message["In-Reply-To"] == "<een@x.example>"
    assert sent.message["Subject"] == "Re: Bouwdepot"
    assert "Het is goed aangekomen" in sent.message.get_body(("plain",)).get_content()


def test_without_a_record_it_names_no_time(server, come_in):
    come_in(mail())
    post()
    assert "uiterlijk" not in server.stored[0].message.get_body(("plain",)).get_content()
    assert Answer.objects.get().promised_for is None


def test_it_names_the_time_that_our_record_makes_true(server, come_in, monkeypatch):
    by = timezone.make_aware(timezone.datetime(2030, 3, 8, 17, 0))
    monkeypatch.setattr(stage, "expected_answer_by", lambda channel, at: by)
    come_in(mail())
    post()
    text = server.stored[0].message.get_body(("plain",)).get_content()
    assert "uiterlijk vrijdag 8 maart om 17.00 uur van ons" in " ".join(text.split())
    assert Answer.objects.get().promised_for == by


def test_it_is_no_answer_the_customer_still_waits(server, come_in):
    come_in(mail())
    post()
    case = the_case()
    assert case.state == State.NEW and case.waits_since is not None
    assert Reply.objects.count() == 0


def test_while_it_is_off_nothing_is_said(server, come_in):
    do_set_manners(undo_seconds=20, acknowledge=False, per_minute=30, actor=None)
    come_in(mail())
    post()
    assert server.stored == [] and stage.pending() == 0


def test_switched_on_nothing_is_said_of_what_came_long_ago(server, come_in):
    come_in(mail(seconds=-7 * 3600))
    post()
    assert server.stored == [] and why() == [Unsaid.OLD]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied", "Reply_To": "ander@x.example"},
        {"List_Id": "<nieuws.x.example>"},
        {"List_Unsubscribe": "<mailto:af@x.example>"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"Return_Path": "<>"},
        {"X_Spam_Flag": "YES"},
        {"X_Gehoor": "1"},
        {"From": "noreply@x.example"},
        {"From": "No-Reply <no-reply@x.example>"},
        {"From": "bounces+123=y@x.example"},
    ],
)
def test_nothing_is_said_to_a_machine(server, come_in, headers):
    come_in(mail(**headers))
    post()
    assert server.stored == []
    assert set(why()) <= {Unsaid.MACHINE, Unsaid.NO_ADDRESS}


def test_who_filled_in_a_form_on_a_site_is_a_person(server, come_in):
    come_in(mail(sender="Site <noreply@site.example>", Reply_To="jan@x.example", Auto_Submitted="auto-generated"))
    post()
    assert [each.recipients for each in server.stored] == [("jan@x.example",)]


@pytest.mark.parametrize(
    "address", ["jan@x.example", "renate.reply@x.example", "noor.ply@x.example", "rootje@x.example", "info@x.example"]
)
def test_people_are_not_taken_for_machines(address):
    assert not no_reply_address(address)
    written = f"From: {address}\r\nReturn-Path: <{address}>\r\nAuto-Submitted: no\r\n\r\n"
    assert not is_no_person(written.encode(), address)


def test_nothing_is_said_to_ourselves(server, come_in):
    come_in(mail(sender=f"De Linde <{OURS}>", To="jan@x.example"))
    post()
    assert server.stored == []


def test_not_twice_to_the_same_address_within_a_day(server, come_in):
    come_in(mail())
    come_in(mail("Hallo? Hoe zit het met mijn rente?", Subject="Rente"))
    post()
    assert len(server.stored) == 1 and why() == ["", Unsaid.RECENTLY]
    assert Case.objects.count() == 2


def test_who_goes_on_in_a_known_conversation_gets_no_second_word(server, come_in):
    come_in(mail(Message_ID="<een@x.example>"))
    post()
    ours = server.stored[0].message["Message-ID"]
    come_in(mail("En nog iets: klopt mijn rente?", seconds=5, In_Reply_To=ours))
    post()
    assert len(server.stored) == 1
    first, second = Voice.objects.order_by("pk")
    assert first.conversation_id == second.conversation_id and Case.objects.count() == 1


def test_two_machines_that_answer_each_other_stop_after_the_first_word(server, come_in):
    """The other one says nowhere that it is a machine, and begins anew each time."""
    come_in(mail("Ik ben er even niet. Waar kan ik u mee helpen?", Subject="Bericht"))
    for number in range(20):
        post()
        if len(server.stored) <= number:
            break
        come_in(mail("Ik ben er even niet. Waar kan ik u mee helpen?", Subject=f"Bericht {number}", seconds=number))
    assert len(server.stored) == 1


def test_a_note_behind_a_plus_makes_no_other_address(server, come_in):
    come_in(
        *(mail(f"Uw melding {n} is bekend?", sender=f"hulp+{n}@x.example", Subject=f"Melding {n}") for n in range(5))
    )
    post()
    assert len(server.stored) == 1 and why().count(Unsaid.RECENTLY) == 4


def test_a_robot_with_another_address_each_time_is_held_by_its_domain(server, come_in):
    do_set_manners(undo_seconds=20, acknowledge=True, per_minute=600, actor=None)
    robot = [mail(f"Is zaak {n} bekend?", sender=f"zaak-{n}@robot.example", Subject=f"Zaak {n}") for n in range(30)]
    people = [mail(f"Waar blijft stuk {n}?", sender=f"jan{n}@gmail.com", Subject=f"Stuk {n}") for n in range(25)]
    come_in(*robot, *people)
    post()
    assert why().count(Unsaid.TOO_MANY) == 30 - stage.TO_ONE_DOMAIN
    assert len(server.stored) == stage.TO_ONE_DOMAIN + 25


def test_a_storm_of_reports_makes_no_cases_and_no_mail(server, come_in):
    come_in(mail())
    post()
    ours = server.stored[0].message["Message-ID"]
    reports = [
        mail(
            f"Final-Recipient: rfc822; jan@x.example\r\nAction: failed\r\n\r\nMessage-ID: {ours}",
            sender="MAILER-DAEMON@x.example",
            Subject="Undelivered Mail Returned to Sender",
            Content_Type="multipart/report; report-type=delivery-status; boundary=b",
        )
        for _ in range(200)
    ]
    come_in(*reports)
    post()
    assert len(server.stored) == 1
    assert (Case.objects.count(), Voice.objects.count()) == (1, 1)
    assert Answer.objects.get(automatic=True).failed
    assert the_case().state == State.NEW


def test_not_more_a_minute_than_was_set_and_after_a_while_nothing(server, come_in):
    do_set_manners(undo_seconds=20, acknowledge=True, per_minute=3, actor=None)
    come_in(*[mail(f"Waarom is mijn rente {n}%?", sender=f"klant{n}@x.example", Subject=f"Nr {n}") for n in range(8)])
    post()
    assert len(server.stored) == 3 and stage.pending() == 0
    with clock.at(clock.now() + timedelta(minutes=2)):
        work()
    post(seconds=200)
    assert len(server.stored) == 6
    with clock.at(clock.now() + timedelta(minutes=20)):
        stage.drain(1)  # there is room again for one
        do_set_manners(undo_seconds=20, acknowledge=True, per_minute=1, actor=None)
        work()
    assert why().count(Unsaid.TOO_MANY) == 1 and stage.pending() == 0


def test_who_was_answered_already_gets_no_word_that_it_came_in(server, come_in):
    do_set_manners(undo_seconds=0, acknowledge=False, per_minute=30, actor=None)
    come_in(mail())
    do_answer(the_case(), "Vrijdag.", "Re: Bouwdepot", "email", colleague("Bert Smit"))
    do_set_manners(undo_seconds=0, acknowledge=True, per_minute=30, actor=None)
    work()
    post()
    assert len(server.stored) == 1 and why() == [Unsaid.ANSWERED]


def test_a_word_that_came_back_leaves_the_case_as_it_is(server, come_in):
    server.behaviour.answers["jan@x.example"] = "550 5.1.1 no"
    come_in(mail())
    post()
    assert Delivery.objects.get().state == "failed"
    assert Answer.objects.get().failed and the_case().state == State.NEW
