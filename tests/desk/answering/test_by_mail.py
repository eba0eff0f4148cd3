"""A customer writes, an adviser answers by mail, the customer answers that: one conversation, one case."""

from datetime import timedelta

import pytest
from tests.desk.answering.conftest import OURS, browser_of, colleague, mail, post, the_answer, the_case

from gehoor.kernel import clock
from gehoor.kernel.errors import Refused
from gehoor.rooms.desk.answering.actions import do_answer, do_take_back
from gehoor.rooms.desk.answering.errors import AnsweredAlready
from gehoor.rooms.desk.models import Act, Answer, Case, Draft, State
from gehoor.rooms.people.models import Identity, Preference, PreferenceOf
from gehoor.rooms.sending.models import Delivery, Run
from gehoor.rooms.sending.runs import runs
from gehoor.rooms.voices.models import Reply, Voice

TEXT = "Geachte heer De Vries,\n\nHet depot {nummer 12} is vrijdag uitbetaald."


def header(stored, name):
    return stored.message[name]


def test_an_answer_goes_out_once_after_the_seconds_in_which_it_can_be_taken_back(server, come_in, adviser):
    come_in(mail())
    answer = do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    assert the_case().state == State.WAITING_CUSTOMER
    post(seconds=0)
    assert server.stored == []
    post(seconds=25)
    post(seconds=60)
    (sent,) = server.stored
    assert sent.recipients == ("jan@x.example",)
    text = sent.message.get_body(("plain",)).get_content()
    assert "{nummer 12}" in text and text.count("Geachte") == 1
    assert "Anneke Bos" in text and "Anna Bos" not in text
    answer.refresh_from_db()
    assert answer.went_at is not None and answer.reply.text.startswith("Geachte heer De Vries")
    assert answer.reply.adviser == "Anneke Bos"
    assert the_case().waits_since is None


def test_what_a_person_wrote_is_no_mail_of_a_machine_and_no_mailing(server, come_in, adviser):
    come_in(mail())
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    (sent,) = server.stored
    assert header(sent, "Auto-Submitted") is None
    assert header(sent, "List-Unsubscribe") is None
    assert header(sent, "Subject") == "Re: Bouwdepot"


def test_it_names_the_whole_thread(server, come_in, adviser):
    first = mail(Message_ID="<een@x.example>")
    come_in(first)
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    ours = header(server.stored[0], "Message-ID")
    come_in(
        mail(
            "Dank, en de rente?", Message_ID="<twee@x.example>", In_Reply_To=ours, References=f"<een@x.example> {ours}"
        )
    )
    do_answer(the_case(), "Die is 4%.", "Re: Bouwdepot", "email", adviser)
    post()
    sent = server.stored[1]
    assert header(sent, "In-Reply-To") == "<twee@x.example>"
    assert header(sent, "References").split() == ["<een@x.example>", ours, "<twee@x.example>"]


QUOTED = "Geachte heer De Vries,\n>\n> Het depot is vrijdag uitbetaald.\n"
GMAIL = f"""Dank u, en de rente?

Op ma 3 mrt 2025 om 10:00 schreef Hypotheekhuis De Linde <klant@delinde.example>:

> {QUOTED}"""
APPLE = f"""Dank u, en de rente?

> Op 3 mrt 2025, om 10:00 heeft Hypotheekhuis De Linde <klant@delinde.example> het volgende geschreven:
>
> {QUOTED}"""
OUTLOOK = """Dank u, en de rente?

Van: Hypotheekhuis De Linde <klant@delinde.example>
Verzonden: maandag 3 maart 2025 10:00
Aan: Jan de Vries <jan@x.example>
Onderwerp: Re: Bouwdepot

Geachte heer De Vries,

Het depot is vrijdag uitbetaald.
"""


@pytest.mark.parametrize("written", [GMAIL, OUTLOOK, APPLE], ids=["gmail", "outlook", "apple"])
@pytest.mark.parametrize("whole", [True, False], ids=["references", "only-in-reply-to"])
def test_the_customer_answers_and_it_stays_one_conversation_and_one_case(
    server, come_in, adviser, at_once, written, whole
):
    come_in(mail(Message_ID="<een@x.example>"))
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post(seconds=0)
    ours = header(server.stored[0], "Message-ID")
    references = {"References": f"<een@x.example> {ours}"} if whole else {}
    come_in(mail(written, seconds=5, Subject="RE: Bouwdepot", In_Reply_To=ours, **references))
    first, second = Voice.objects.order_by("pk")
    assert first.conversation_id == second.conversation_id == Reply.objects.get().conversation_id
    assert second.text.strip() == "Dank u, en de rente?"
    case = the_case()
    assert case.state == State.OPEN and case.waits_since is not None


def test_taken_back_in_time_nothing_goes_out_and_the_text_is_a_draft_again(server, come_in, adviser):
    come_in(mail())
    case = the_case()
    waited = case.waits_since
    answer = do_answer(case, TEXT, "Re: Bouwdepot", "email", adviser, then=State.SOLVED)
    assert the_case().state == State.SOLVED and the_case().waits_since is None
    do_take_back(answer, adviser)
    post()
    assert server.stored == []
    assert Draft.objects.get().text == TEXT
    assert (the_case().state, the_case().waits_since) == (State.NEW, waited)
    assert Answer.objects.get().taken_back
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    assert len(server.stored) == 1


def test_what_went_cannot_be_taken_back(server, come_in, adviser):
    come_in(mail())
    answer = do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    answer.refresh_from_db()
    with pytest.raises(Refused):
        do_take_back(answer, adviser)
    assert not Answer.objects.get().taken_back and the_case().state == State.WAITING_CUSTOMER


def test_of_two_who_answer_the_same_one_does_and_the_other_keeps_the_text(server, come_in, adviser, browser):
    come_in(mail())
    case = the_case()
    other = colleague("Bert Smit")
    do_answer(case, "Eerste antwoord.", "Re: Bouwdepot", "email", other)
    with pytest.raises(AnsweredAlready):
        do_answer(case, "Tweede antwoord.", "Re: Bouwdepot", "email", adviser)
    given = {"tekst": "Tweede antwoord.", "weg": "email:back", "onderwerp": "Re: Bouwdepot"}
    page = browser.post(f"/balie/{case.public_id}/antwoord/", given)
    assert page.status_code == 409
    assert b"Eerste antwoord." in page.content and b"Tweede antwoord." in page.content
    post()
    assert len(server.stored) == 1
    again = browser.post(f"/balie/{case.public_id}/antwoord/", given | {"boven": str(the_answer().public_id)})
    assert again.status_code == 302
    post()
    assert len(server.stored) == 2


def test_an_address_that_is_refused_brings_the_case_back_with_the_reason(server, come_in, adviser, browser):
    come_in(mail())
    waited = the_case().waits_since
    server.behaviour.answers["jan@x.example"] = "550 5.1.1 no such user"
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    case = the_case()
    assert case.state == State.OPEN and case.waits_since == waited
    assert the_answer().failed and the_answer().went_at is None
    page = browser.get(f"/balie/{case.public_id}/").content.decode()
    assert "550" in page


def bounce(ours, *, action="failed"):
    return (
        "From: MAILER-DAEMON@x.example\r\nTo: klant@delinde.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <bounce1@x.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\n"
        f"Final-Recipient: rfc822; jan@x.example\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: message/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\nSubject: Re: Bouwdepot\r\n--b--\r\n"
    ).encode()


def test_a_mail_that_comes_back_brings_the_case_back_on_top(server, come_in, adviser):
    come_in(mail())
    waited = the_case().waits_since
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser, then=State.SOLVED)
    post()
    assert the_case().state == State.SOLVED
    come_in(bounce(header(server.stored[0], "Message-ID")))
    case = the_case()
    assert (case.state, case.waits_since) == (State.OPEN, waited)
    assert the_answer().failed and Act.objects.filter(kind="failed", case=case).count() == 1
    assert Case.objects.count() == 1 and Voice.objects.count() == 1


def test_a_report_of_delay_changes_nothing(server, come_in, adviser):
    come_in(mail())
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    come_in(bounce(header(server.stored[0], "Message-ID"), action="delayed"))
    assert the_case().state == State.WAITING_CUSTOMER and not the_answer().failed


def test_a_run_of_one_stands_in_no_list_of_runs(server, come_in, adviser):
    come_in(mail())
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    assert Run.objects.count() == 1 and list(runs()) == []
    tells = browser_of(colleague("Mia", "marketer"))
    assert TEXT[:10].encode() not in tells.get("/vertellen/").content


def test_an_answer_goes_to_the_address_that_was_written_from(server, come_in, adviser):
    come_in(mail(sender="Jan <jan@x.example>"))
    come_in(mail(sender="Jan <jan.prive@y.example>", Subject="Anders", text="Wanneer komt de taxateur langs?"))
    case = Case.objects.order_by("pk").last()
    do_answer(case, TEXT, "", "email", adviser)
    post()
    assert server.stored[0].recipients == ("jan.prive@y.example",)


def test_who_wants_no_mailings_still_gets_an_answer(server, come_in, adviser):
    come_in(mail())
    identity = Identity.objects.get(kind="email")
    wish = Preference.objects.create(channel="email", wanted=False, since=clock.now() - timedelta(days=9))
    PreferenceOf.objects.create(preference=wish, identity=identity)
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser, way="back")
    post()
    assert len(server.stored) == 1 and Delivery.objects.get().state == "sent"


def test_our_own_mail_is_no_customers_voice(server, come_in, adviser):
    come_in(mail())
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post()
    come_in(server.stored[0].data)
    assert Voice.objects.count() == 1 and Reply.objects.count() == 1 and Case.objects.count() == 1
    assert header(server.stored[0], "From").endswith(f"<{OURS}>")


def test_of_a_whole_thread_only_the_answer_that_came_back_has_failed(server, come_in, adviser, at_once):
    come_in(mail(Message_ID="<een@x.example>"))
    do_answer(the_case(), TEXT, "Re: Bouwdepot", "email", adviser)
    post(seconds=0)
    first = header(server.stored[0], "Message-ID")
    come_in(mail("Dank, en de rente?", seconds=5, Message_ID="<twee@x.example>", In_Reply_To=first))
    do_answer(the_case(), "Die is 4%.", "Re: Bouwdepot", "email", adviser)
    post(seconds=0)
    whole = server.stored[1].data.decode()
    report = bounce("<niet@deze.example>").decode().split("--b\r\nContent-Type: message/rfc822-headers")[0]
    come_in(f"{report}--b\r\nContent-Type: message/rfc822\r\n\r\n{whole}\r\n--b--\r\n".encode())
    one, other = Answer.objects.order_by("pk")
    assert first in whole and (bool(one.failed), bool(other.failed)) == (False, True)
    assert the_case().state == State.OPEN
