"""The one question goes along with the mail that solves a case: where that is set, once, never against the grain."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.desk.answering.conftest import browser_of, colleague, mail, post, the_answer, the_case

from gehoor.channels.phrases import ASKING
from gehoor.kernel import clock
from gehoor.rooms.desk.answering.actions import do_answer, do_take_back
from gehoor.rooms.desk.answering.manners import current_manners, do_set_manners
from gehoor.rooms.desk.models import Act, Answer, Case, Invitation, NoComplaint, State
from gehoor.rooms.desk.talking.opened import do_open_pages
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Reply, Understanding

TEXT = "Geachte heer De Vries,\n\nHet depot is vrijdag uitbetaald."
LINK = re.compile(r"https://gehoor\.delinde\.example(/vraag/\w+/)")


@pytest.fixture(autouse=True)
def asking(db):
    do_set_manners(undo_seconds=20, acknowledge=False, per_minute=30, ask=True, ask_months=3, actor=None)
    do_open_pages(is_open={"survey": True}, actor=None)


def solve(adviser, case=None, **more):
    return do_answer(case or the_case(), TEXT, "Re: Bouwdepot", "email", adviser, **{"then": State.SOLVED, **more})


def links(server):
    return [LINK.findall(each.message.get_body((form,)).get_content()) for each in server.stored for form in FORMS]


FORMS = ("plain", "html")


def test_the_mail_that_solves_a_case_carries_the_link_and_the_link_works(server, come_in, adviser):
    come_in(mail())
    solve(adviser)
    post()
    (path, *again), in_html = links(server)
    assert again == [] and set(in_html) == {path}
    assert ASKING["nl"] in server.stored[0].message.get_body(("plain",)).get_content()
    assert Client().get(path).status_code == 200
    assert AuditEntry.objects.get(action="survey.invite").actor == adviser
    assert Act.objects.filter(kind="asked", case=the_case(), undone=False).count() == 1


def test_what_we_said_is_kept_without_the_question(server, come_in, adviser):
    come_in(mail())
    solve(adviser)
    post()
    assert "vraag/" not in Reply.objects.get().text and "vraag/" not in the_answer().text


@pytest.mark.parametrize("then", [State.WAITING_CUSTOMER, State.WAITING_US])
def test_nobody_is_asked_before_it_is_solved(server, come_in, adviser, then):
    come_in(mail())
    solve(adviser, then=then, ask=True)
    post()
    assert links(server) == [[], []] and not Invitation.objects.exists()


@pytest.mark.parametrize("way", ["switched off", "page closed", "no public address"])
def test_nobody_is_asked_where_the_organisation_does_not_ask(server, come_in, adviser, settings, way):
    if way == "switched off":
        do_set_manners(undo_seconds=20, acknowledge=False, per_minute=30, actor=None)
    elif way == "page closed":
        do_open_pages(is_open={"survey": False}, actor=None)
    else:
        settings.PUBLIC_ADDRESS = ""
    come_in(mail())
    solve(adviser, ask=True)
    post()
    assert len(server.stored) == 1 and links(server) == [[], []] and not Invitation.objects.exists()


def test_the_same_customer_is_not_asked_again_within_the_months_that_were_set(server, come_in, adviser):
    for number, days in enumerate((0, 59, 61)):
        do_set_manners(undo_seconds=0, acknowledge=False, per_minute=30, ask=True, ask_months=2, actor=None)
        with clock.at(clock.now() + timedelta(days=days)):
            come_in(mail(Subject=f"Vraag {number}"))
            solve(adviser, Case.objects.order_by("pk").last())
            post(seconds=0)
    assert [bool(each) for each in links(server)[::2]] == [True, False, True]


def test_a_case_is_asked_about_once_also_when_it_is_solved_again(server, come_in, adviser):
    come_in(mail())
    solve(adviser)
    post()
    ours = server.stored[0].message["Message-ID"]
    come_in(mail("En de rente?", seconds=5, In_Reply_To=ours))
    solve(adviser)
    post()
    assert [bool(each) for each in links(server)[::2]] == [True, False]


@pytest.mark.parametrize(("wished", "asked"), [(None, False), (True, True), (False, False)])
def test_after_a_complaint_only_who_chooses_so_asks(server, come_in, adviser, wished, asked):
    come_in(mail())
    Understanding.objects.update(kind="complaint")
    solve(adviser, ask=wished)
    post()
    assert bool(links(server)[0]) == asked


def test_what_someone_said_to_be_no_complaint_is_asked_about(server, come_in, adviser):
    come_in(mail())
    Understanding.objects.update(kind="complaint")
    NoComplaint.objects.create(voice=the_case().voice, by=adviser)
    solve(adviser)
    post()
    assert links(server)[0]


def test_taken_back_nobody_was_asked_and_the_next_answer_asks(server, come_in, adviser):
    come_in(mail())
    do_take_back(solve(adviser), adviser)
    assert not Invitation.objects.exists()
    assert AuditEntry.objects.filter(action="survey.withdraw").count() == 1
    solve(adviser)
    post()
    assert len(server.stored) == 1 and links(server)[0]


def test_what_did_not_arrive_asked_nobody(server, come_in, adviser):
    server.behaviour.answers["jan@x.example"] = "550 5.1.1 no such user"
    come_in(mail())
    solve(adviser)
    post()
    assert the_case().state == State.OPEN and not Invitation.objects.exists()


def test_who_wrote_again_before_the_mail_left_is_not_asked_whether_it_helped(server, come_in, adviser):
    come_in(mail(Message_ID="<een@x.example>"))
    solve(adviser)
    come_in(mail("Nog iets!", seconds=5, In_Reply_To="<een@x.example>"))
    post()
    assert the_case().state == State.OPEN and links(server) == [[], []]


def test_the_composer_shows_it_and_leaving_it_out_is_one_click(server, come_in, adviser, browser):
    come_in(mail())
    case = the_case()
    shown = browser.get(f"/balie/{case.public_id}/").content.decode()
    assert ASKING["nl"] in shown and re.search(r'name="vraag" value="1" checked', shown)
    given = {"tekst": TEXT, "weg": "email:back", "onderwerp": "x", "daarna": "solved", "vraag_kan": "1"}
    browser.post(f"/balie/{case.public_id}/antwoord/", given | {"nagekeken": "1"})
    assert Answer.objects.get().asks is False


def test_the_composer_leaves_it_to_the_writer_after_a_complaint(server, come_in, adviser, browser):
    come_in(mail())
    Understanding.objects.update(kind="complaint")
    case = the_case()
    shown = browser.get(f"/balie/{case.public_id}/").content.decode()
    assert "Dit is een klacht" in shown and not re.search(r'name="vraag" value="1" checked', shown)
    given = {"tekst": TEXT, "weg": "email:back", "onderwerp": "x", "daarna": "solved", "vraag_kan": "1", "vraag": "1"}
    browser.post(f"/balie/{case.public_id}/antwoord/", given | {"nagekeken": "1"})
    assert Answer.objects.get().asks is True


def test_it_is_set_where_the_manners_are(server):
    admin = browser_of(colleague("Rik", "administrator"))
    do_open_pages(is_open={"survey": False}, actor=None)
    assert "De pagina met de ene vraag is gesloten" in admin.get("/balie/manieren/").content.decode()
    given = {"undo_seconds": "20", "per_minute": "30", "ask": "on", "ask_months": "6"}
    assert admin.post("/balie/manieren/", given).status_code == 302
    assert (current_manners().ask, current_manners().ask_months) == (True, 6)
    assert admin.post("/balie/manieren/", given | {"ask_months": "25"}).status_code == 422
