"""The composer: drafts that are kept, what is shown before it goes, and the other ways to answer."""

import pytest
from tests.desk.answering.conftest import browser_of, colleague, mail, post, the_answer, the_case
from tests.people.conftest import conversation, hear

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.desk.answering.actions import do_answer, do_take_back
from gehoor.rooms.desk.answering.composing import composer_of, promised_in, re_subject
from gehoor.rooms.desk.answering.drafting import do_keep_draft
from gehoor.rooms.desk.answering.looking_back import Looked
from gehoor.rooms.desk.answering.manners import LIMITS, do_set_manners
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.models import Answer, Draft, Manners, State
from gehoor.rooms.people import identifying
from gehoor.rooms.people.models import Attribution, Identity, PostalAddress, PostalAddressOf
from gehoor.rooms.sending.calling import do_note_call
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.voices.models import Reply

GIVEN = {"weg": "email:back", "onderwerp": "Re: Bouwdepot", "tekst": "Vrijdag staat het erop.", "revisie": "0"}


def where(case, *rest):
    return "/".join(["/balie", str(case.public_id), "antwoord", *rest]) + "/"


def waits(*identities, **more):
    voice = hear(*identities, conversation=conversation(more.get("channel", "email")), **more)
    identifying.drain(100)
    Attribution.objects.get_or_create(voice=voice)
    return do_begin_case(voice, None)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Bouwdepot", "Re: Bouwdepot"),
        ("RE: Antw: Re: Bouwdepot", "Re: Bouwdepot"),
        ("Re[2]: FW: Bouwdepot", "Re: Bouwdepot"),
        ("Rentevoorstel", "Re: Rentevoorstel"),
        ("", ""),
    ],
)
def test_the_subject_says_re_once(was, becomes):
    assert re_subject(was) == becomes


def test_the_case_page_greets_and_proposes_the_way_with_its_reason(come_in, browser):
    come_in(mail())
    page = browser.get(f"/balie/{the_case().public_id}/").content.decode()
    assert "Beste Jan de Vries," in page
    assert "jan@x.example" in page and "Anneke Bos" in page


def test_what_is_written_is_kept_and_nobody_overwrites_it_unseen(come_in, browser):
    come_in(mail())
    case = the_case()
    first = browser.post(where(case, "concept"), GIVEN).json()
    other = browser_of(colleague("Bert Smit"))
    second = other.post(where(case, "concept"), GIVEN | {"tekst": "Van Bert.", "revisie": str(first["revision"])})
    assert second.status_code == 200
    late = browser.post(where(case, "concept"), GIVEN | {"tekst": "Van mij.", "revisie": str(first["revision"])})
    assert late.status_code == 409 and late.json()["text"] == "Van Bert."
    assert Draft.objects.get().text == "Van Bert."
    browser.post(where(case), GIVEN | {"tekst": "Van mij.", "revisie": "1", "bewaar": "1"})
    assert Draft.objects.get().text == "Van Bert.\n\nVan mij."


def test_a_promise_in_the_draft_is_shown_with_its_day(come_in, browser):
    come_in(mail())
    told = browser.post(where(the_case(), "concept"), GIVEN | {"tekst": "U hoort vrijdag van ons."}).json()
    assert len(told["promises"]) == 1 and "vrijdag" in told["promises"][0]
    assert promised_in("Dank voor uw bericht.") == []


def test_it_is_sent_from_the_page_and_can_be_taken_back_there(server, come_in, browser):
    come_in(mail())
    case = the_case()
    browser.post(where(case, "concept"), GIVEN)
    assert browser.post(where(case), GIVEN | {"daarna": "solved"}).status_code == 302
    assert the_case().state == State.SOLVED and not Draft.objects.exists()
    page = browser.get(where(case, "onderweg")).content.decode()
    assert "data-seconds" in page and f"/balie/antwoorden/{the_answer().public_id}/terug/" in page
    browser.post(f"/balie/antwoorden/{the_answer().public_id}/terug/")
    post()
    assert server.stored == [] and Draft.objects.get().text == GIVEN["tekst"]


def test_a_clash_with_the_book_is_shown_before_it_goes(server, come_in, browser, monkeypatch):
    come_in(mail())
    monkeypatch.setattr(Looked, "deserves_a_look", property(lambda looked: True))
    page = browser.post(where(the_case()), GIVEN)
    assert page.status_code == 200 and GIVEN["tekst"].encode() in page.content
    assert browser.post(where(the_case()), GIVEN | {"nagekeken": "1"}).status_code == 302
    post()
    assert len(server.stored) == 1


def test_what_the_customer_said_meanwhile_is_shown_before_it_goes(server, come_in, browser):
    come_in(mail(Message_ID="<een@x.example>"))
    case = the_case()
    seen = str(case.voice.public_id)
    come_in(mail("Laat maar, het is gelukt. Wel nog: klopt de rente?", In_Reply_To="<een@x.example>", seconds=-5))
    page = browser.post(where(case), GIVEN | {"stem": seen})
    assert page.status_code == 200 and b"nagekeken" in page.content
    post()
    assert server.stored == []


def test_who_may_not_answer_does_not(come_in, server):
    come_in(mail())
    manager = colleague("Mia Baas", "manager")
    with pytest.raises(NotAllowed):
        do_answer(the_case(), "Ja.", "", "email", manager)
    assert browser_of(manager).post(where(the_case()), GIVEN).status_code == 403


def test_on_x_it_is_counted_copied_and_placed_by_hand(db, adviser):
    case = waits(("handle", "jandv", "x"), channel="x", author="Jan", native_id="x1")
    choice = composer_of(case, adviser).choices[0]
    assert (choice.way.how, choice.limit) == ("placed", LIMITS["x"])
    with pytest.raises(Refused):
        do_answer(case, "a" * 281, "", "x", adviser)
    answer = do_answer(case, "Het staat er vrijdag op.", "", "x", adviser)
    reply = Reply.objects.get()
    assert (reply.answers_id, reply.conversation_id) == (case.voice_id, case.voice.conversation_id)
    assert answer.went_at is not None and case.state == State.WAITING_CUSTOMER
    do_take_back(answer, adviser)
    assert not Reply.objects.exists()
    case.refresh_from_db()
    assert case.state == State.NEW and case.waits_since is not None


def test_said_by_telephone_just_now_is_an_answer(db, adviser):
    case = waits(("phone", "0612345678"), channel="call", author="Jan")
    do_answer(case, "Verteld dat het vrijdag is.", "", "call", adviser, way="said", then=State.SOLVED)
    reply = Reply.objects.get()
    assert (reply.channel, reply.adviser, reply.answers_id) == ("call", "Anneke Bos", case.voice_id)
    assert case.state == State.SOLVED and case.waits_since is None


def test_put_on_the_call_list_the_customer_still_waits_until_called(db, adviser):
    case = waits(("phone", "0612345678"), channel="call", author="Jan")
    do_answer(case, "Vrijdag staat het erop.", "", "call", adviser, way="back")
    assert case.state == State.NEW and case.waits_since is not None
    do_note_call(actor=adviser, delivery=Delivery.objects.get(), outcome="told")
    case.refresh_from_db()
    assert case.state == State.WAITING_CUSTOMER and case.waits_since is None


def test_a_wrong_number_brings_it_back(db, adviser):
    case = waits(("phone", "0612345678"), channel="call", author="Jan")
    do_answer(case, "Vrijdag staat het erop.", "", "call", adviser, way="back")
    do_note_call(actor=adviser, delivery=Delivery.objects.get(), outcome="wrong_number")
    assert the_answer().failed
    case.refresh_from_db()
    assert case.state == State.OPEN


def test_an_unknown_address_is_answered_too(server, come_in, adviser):
    """A mail of which nobody knows for sure who sent it: the address is shared."""
    case = waits(("email", "info@kantoor.example"), author="Kantoor", native_id="k1@x.example")
    Attribution.objects.filter(voice=case.voice).update(person=None)
    do_answer(case, "Vrijdag.", "", "email", adviser)
    post()
    assert server.stored[0].recipients == ("info@kantoor.example",)
    assert the_answer().went_at is not None


def test_only_who_sets_the_desk_sets_how_we_answer(db):
    given = {"undo_seconds": "5", "per_minute": "9", "acknowledge": "on", "ask_months": "3"}
    assert browser_of(colleague("Jan Adviseur")).post("/balie/manieren/", given).status_code == 403
    assert browser_of(colleague("Ada Beheer", "administrator")).post("/balie/manieren/", given).status_code == 302
    assert (Manners.objects.get().undo_seconds, Manners.objects.get().acknowledge) == (5, True)
    with pytest.raises(Refused):
        do_set_manners(undo_seconds=5_000, acknowledge=True, per_minute=1, actor=None)


def test_what_is_no_voice_is_refused_kindly(come_in, browser):
    come_in(mail())
    assert browser.post(where(the_case()), GIVEN | {"stem": "geen nummer"}).status_code in {302, 409, 422}


def test_a_draft_of_nobody_is_begun_once(come_in, adviser):
    come_in(mail())
    case = the_case()
    assert do_keep_draft(case, text="een", subject="", way="", revision=0, actor=adviser).kept
    kept = do_keep_draft(case, text="twee", subject="", way="", revision=0, actor=adviser)
    assert not kept.kept and kept.draft.text == "een"


def lives(case, street="Dorpsstraat 1"):
    """The person of this case has a postal address."""
    identity = Identity.objects.get(first_voice=case.voice)
    address = PostalAddress.objects.create(street=street, postcode="1234 AB", place="Ons Dorp")
    PostalAddressOf.objects.create(address=address, identity=identity)


def test_a_letter_is_printed_with_the_others_and_counts_when_it_is_in_the_post(db, adviser, browser):
    cases = [
        waits(("customer_number", f"KL{n}00200"), channel="letter", author="Mevrouw J. de Vries", native_id=f"b{n}")
        for n in (1, 2)
    ]
    for case in cases:
        lives(case)
        do_answer(case, "Geachte mevrouw De Vries,\n\nHet staat er {vrijdag} op.", "Uw vraag", "letter", adviser)
    assert {case.state for case in cases} == {State.NEW}
    browser.post("/balie/brieven/", {"drukken": "1"})
    browser.post("/balie/brieven/", {"drukken": "1"})
    assert list(Delivery.objects.values_list("state", flat=True)) == ["printed", "printed"]
    stack = browser.get("/balie/brieven/antwoorden.pdf")
    assert stack.content.startswith(b"%PDF")
    browser.post("/balie/brieven/", {"gepost": "1"})
    for case in cases:
        case.refresh_from_db()
    assert {case.state for case in cases} == {State.WAITING_CUSTOMER}
    assert Reply.objects.filter(adviser="Anneke Bos", channel="letter").count() == 2


def test_what_a_colleague_wrote_meanwhile_stays_a_draft_when_another_answers(server, come_in, adviser, browser):
    come_in(mail())
    case, bert = the_case(), colleague("Bert Smit")
    mine = do_keep_draft(case, text="Van Anneke.", subject="", way="", revision=0, actor=adviser)
    do_keep_draft(case, text="Van Bert, veel langer.", subject="", way="", revision=mine.revision, actor=bert)
    given = {"tekst": "Van Anneke, af.", "weg": "email:back", "revisie": str(mine.revision), "nagekeken": "1"}
    assert browser.post(f"/balie/{case.public_id}/antwoord/", given).status_code == 302
    assert Draft.objects.get().text == "Van Bert, veel langer."
    on_it = {**given, "tekst": "Van Bert, en verder.", "revisie": str(Draft.objects.get().revision)}
    over = {"boven": str(Answer.objects.get().public_id)}
    assert browser.post(f"/balie/{case.public_id}/antwoord/", on_it | over).status_code == 302
    assert not Draft.objects.exists()


def test_that_a_mail_would_wait_for_a_sender_is_said_before_it_is_sent(request, browser, adviser):
    case = waits(("email", "anja@post.example"))
    assert "Er is nog geen afzender" in browser.get(f"/balie/{case.public_id}/").content.decode()
    request.getfixturevalue("server")
    assert composer_of(case, adviser).stays == ""
