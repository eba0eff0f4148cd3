"""The screens: for whom, what they do, and what they say."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gehoor.rooms.answers.book.actions import do_propose
from gehoor.rooms.answers.book.content import Content, content_of
from gehoor.rooms.answers.book.contradicting import forms_against
from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.book.phrasing import do_add_phrasing
from gehoor.rooms.answers.models import Answer, Phrasing, State, Version

from .conftest import REPAYING, colleague, entry, seen_by

pytestmark = pytest.mark.django_db

WRITTEN = {
    "question": "Mag ik boetevrij aflossen?",
    "text": "Ja, 10% per jaar.",
    "language": "nl",
    "subject": "Aflossen",
    "owner": "",
    "audience": "advisers",
    "state": "not_validated",
    "valid_from": "",
    "valid_to": "",
    "review_on": "",
    "why": "",
}


def now(answer):
    return Answer.objects.get(pk=answer.pk).current


@pytest.fixture
def editing(editor):
    return seen_by(editor)


@pytest.fixture
def advising(adviser):
    return seen_by(adviser)


def changed(answer, **fields):
    return {**WRITTEN, "based_on": now(answer).number, **fields}


def test_a_stranger_signs_in_first_and_who_has_no_part_in_it_is_sent_away(repaying):
    privacy = seen_by(colleague("privacy_officer"))
    for name, args in [("book", []), ("answer", [repaying.public_id]), ("review", []), ("add", [])]:
        address = reverse(f"answers:{name}", args=args)
        assert Client().get(address).status_code == 302
        assert privacy.get(address).status_code == 403


def test_the_list_shows_the_book_in_a_few_queries(editing, editor, django_assert_max_num_queries):
    for number in range(30):
        entry(f"Vraag {number}?", "Antwoord.", by=editor)
    with django_assert_max_num_queries(25):
        page = editing.get(reverse("answers:book")).content.decode()
    assert "Vraag 29?" in page


def test_an_empty_book_says_what_belongs_there(editing):
    page = editing.get(reverse("answers:book")).content.decode()
    assert reverse("answers:upload") in page and reverse("answers:add") in page


def test_an_entry_is_written_changed_and_brought_back(editing):
    made = editing.post(reverse("answers:add"), WRITTEN)
    answer = Answer.objects.get()
    assert made.url == reverse("answers:answer", args=[answer.public_id])
    first = answer.current
    saved = editing.post(
        reverse("answers:edit", args=[answer.public_id]), changed(answer, text="Nee.", state="validated"), follow=True
    )
    assert reverse("answers:restore", args=[first.public_id]) in saved.content.decode()
    editing.post(reverse("answers:restore", args=[first.public_id]))
    assert (now(answer).text, now(answer).number) == ("Ja, 10% per jaar.", 3)


def test_two_who_write_at_once_lose_nothing(editing, repaying):
    other = seen_by(colleague("answer_editor", name="Carla"))
    begun = now(repaying).number
    other.post(reverse("answers:edit", args=[repaying.public_id]), changed(repaying, text="Van Carla 20%."))
    mine = {**WRITTEN, "text": REPAYING, "based_on": begun, "subject": "Mijn onderwerp", "why": "Waarom"}
    page = editing.post(reverse("answers:edit", args=[repaying.public_id]), mine)
    shown = page.content.decode()
    assert page.status_code == 409
    assert "Carla" in shown and "Mijn onderwerp" in shown and "Van Carla 20%." in shown and "<ins>" in shown
    assert page.context["form"]["based_on"].value() == now(repaying).number
    again = {**mine, "text": "Van Carla 20%.", "based_on": now(repaying).number}
    editing.post(reverse("answers:edit", args=[repaying.public_id]), again)
    assert (now(repaying).text, now(repaying).subject) == ("Van Carla 20%.", "Mijn onderwerp")


def test_line_ends_as_browsers_send_them_are_no_change_of_mine(editing, editor):
    made = entry("Mag dat?", "Ja.\n\nAltijd.", by=editor)
    seen_by(colleague("answer_editor", name="Carla")).post(
        reverse("answers:edit", args=[made.public_id]), changed(made, text="Nee.", question="Mag dat?")
    )
    mine = {**WRITTEN, "question": "Mag dat?", "text": "Ja.\r\n\r\nAltijd.", "based_on": 1, "subject": "Mijn"}
    page = editing.post(reverse("answers:edit", args=[made.public_id]), mine)
    assert page.status_code == 409
    assert (page.context["form"]["text"].value(), page.context["both"]) == ("Nee.", ["Subject"])


def test_an_adviser_proposes_and_an_editor_takes_it_over(advising, editing, repaying):
    form = changed(repaying, text="U mag 20%.", why="Verruimd")
    advising.post(reverse("answers:edit", args=[repaying.public_id]), form)
    proposal = Version.objects.get(proposal="open")
    assert now(repaying).text == REPAYING
    assert advising.post(reverse("answers:take_over", args=[proposal.public_id])).status_code == 403
    assert "20" in editing.get(reverse("answers:version", args=[proposal.public_id])).content.decode()
    editing.post(reverse("answers:take_over", args=[proposal.public_id]))
    assert (now(repaying).text, now(repaying).state) == ("U mag 20%.", State.VALIDATED)


def test_an_adviser_cannot_validate_by_a_form_of_their_own(advising):
    assert advising.post(reverse("answers:add"), {**WRITTEN, "state": "validated"}).status_code == 422
    assert not Answer.objects.exists()


def test_what_is_declined_can_be_taken_up_again(editing, adviser, repaying):
    proposal = do_propose(answer=repaying, content=content_of(now(repaying)), actor=adviser)
    editing.post(reverse("answers:decline", args=[proposal.public_id]))
    assert Version.objects.get(pk=proposal.pk).proposal == "declined"
    editing.post(reverse("answers:reopen", args=[proposal.public_id]))
    assert Version.objects.get(pk=proposal.pk).proposal == "open"


def test_facts_are_confirmed_struck_corrected_and_added(editing, repaying):
    facts = read_facts(now(repaying).facts)
    editing.post(reverse("answers:facts", args=[repaying.public_id]), {"based_on": 1, "keep": ["0"]})
    kept = read_facts(now(repaying).facts)
    assert [(each.fact.key, each.by_person) for each in kept] == [(facts[0].fact.key, True)]
    words = REPAYING[kept[0].fact.start : kept[0].fact.end]
    form = {
        "based_on": 2,
        "words": words,
        "about": "aflossen",
        "low": "12,5",
        "high": "",
        "bound": "exact",
        "per": "year",
    }
    editing.post(reverse("answers:fact", args=[repaying.public_id, 0]) + "?soort=percentage", form)
    assert read_facts(now(repaying).facts)[0].fact.value.low == 12.5
    amount = {
        "based_on": 3,
        "words": "€ 250",
        "about": "",
        "low": "1.250,50",
        "high": "",
        "bound": "at_most",
        "per": "once",
    }
    editing.post(reverse("answers:add_fact", args=[repaying.public_id]) + "?soort=amount", amount)
    added = read_facts(now(repaying).facts)[1].fact
    assert (added.value.low, str(added.bound), REPAYING[added.start : added.end]) == (1250.5, "at_most", "€ 250")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("period", {"low": "2", "unit_chosen": "year", "bound": "at_least"}),
        ("number", {"low": "3", "unit_said": "rekeningen", "bound": "exact"}),
        ("date", {"first": "2025-03-01", "bound": "at_most"}),
        ("yes_no", {"yes": "no"}),
        ("condition", {"sort": "unless", "about": "u uw huis verkoopt"}),
    ],
)
def test_every_kind_of_fact_can_be_typed(editing, repaying, kind, fields):
    form = {"based_on": 1, "words": "U mag", "about": "", **fields}
    before = len(now(repaying).facts)
    page = editing.post(reverse("answers:add_fact", args=[repaying.public_id]) + f"?soort={kind}", form)
    assert page.status_code == 302
    assert len(now(repaying).facts) == before + 1
    assert editing.get(reverse("answers:answer", args=[repaying.public_id])).status_code == 200


def test_a_fact_stands_on_words_of_the_answer(editing, repaying):
    form = {"based_on": 1, "words": "staat er niet", "about": "", "low": "1", "bound": "exact", "per": "once"}
    assert editing.post(reverse("answers:add_fact", args=[repaying.public_id]), form).status_code == 422


def test_ways_to_ask_come_and_go(advising, repaying, editor):
    advising.post(reverse("answers:add_phrasing", args=[repaying.public_id]), {"text": "Kan ik extra aflossen?"})
    mine = Phrasing.objects.get()
    advising.post(reverse("answers:remove_phrasing", args=[mine.public_id]))
    assert Phrasing.objects.get().removed
    advising.post(reverse("answers:restore_phrasing", args=[mine.public_id]))
    assert not Phrasing.objects.get().removed
    other = do_add_phrasing(answer=repaying, text="Van de redactie", actor=editor)
    assert advising.post(reverse("answers:remove_phrasing", args=[other.public_id])).status_code == 403


def test_a_file_is_looked_at_and_then_taken_in(editing):
    file = SimpleUploadedFile("faq.csv", b"vraag,antwoord\nMag dat?,Ja.\n,x\nmag dat,Nee.\n")
    sent = editing.post(reverse("answers:upload"), {"file": file})
    page = editing.get(sent.url).content.decode()
    assert "Mag dat?" in page and not Answer.objects.exists()
    form = {"source": "faq", "language": "nl", "state": "not_validated", "audience": "advisers"}
    told = editing.post(sent.url, {**form, "column_question": "vraag", "column_answer": "antwoord"})
    said = told.content.decode()
    assert "rij 2" in said and "In dezelfde woorden gevraagd" in said and "(faq)" in said
    assert Answer.objects.count() == 2
    assert editing.get(sent.url).status_code == 404


def test_a_file_of_somebody_else_is_not_shown(editing):
    sent = editing.post(reverse("answers:upload"), {"file": SimpleUploadedFile("a.md", b"## Hoe?\nZo.\n")})
    assert seen_by(colleague("answer_editor")).get(sent.url).status_code == 404


def test_what_is_no_file_of_questions_is_refused_with_the_reason(editing):
    page = editing.post(reverse("answers:upload"), {"file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff")})
    assert page.status_code == 422 and not Answer.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "md", "json", "html"])
def test_the_book_is_saved_as_a_file(advising, repaying, kind):
    response = advising.get(reverse("answers:export", args=[kind]))
    assert "aflossen" in b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"].startswith("attachment")


def test_there_is_no_other_kind_of_file_and_no_unknown_entry(advising):
    assert advising.get(reverse("answers:export", args=["exe"])).status_code == 404
    assert advising.get(reverse("answers:answer", args=[uuid4()])).status_code == 404


def test_what_is_written_is_never_markup(editing, editor):
    made = entry("<script>alert(1)</script>?", "<img src=x onerror=alert(2)>", by=editor)
    for address in (reverse("answers:book"), reverse("answers:answer", args=[made.public_id])):
        page = editing.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page


def test_a_binary_file_that_is_called_a_table_is_shown_or_refused_but_breaks_nothing(editing):
    noise = bytes(range(128, 256)) * 40 + b"\n" + bytes(range(1, 255)) * 20
    answer = editing.post(reverse("answers:upload"), {"file": SimpleUploadedFile("vragen.csv", noise)}, follow=True)
    assert answer.status_code in {200, 422}
    assert "\udc80" not in answer.content.decode()


def test_a_form_that_contradicts_its_own_answer_is_saved_and_said_so(editing, repaying):
    otherwise = changed(repaying, text=REPAYING, phone_nl="U mag 15% per jaar boetevrij aflossen.")
    done = editing.post(reverse("answers:edit", args=[repaying.public_id]), otherwise, follow=True)
    assert now(repaying).forms[0]["text"].startswith("U mag 15%")
    said = [str(each) for each in done.context["messages"]]
    assert any("15 %" in each and "10 %" in each for each in said)
    assert "15 %" in done.content.decode().split("notice warning")[1].split("</p>")[0]


@pytest.mark.parametrize("text", ["Elk jaar mag u 10 procent boetevrij aflossen.", "Kijk in Mijn Linde."])
def test_a_form_that_says_the_same_or_nothing_of_it_is_not_warned_of(editing, repaying, text):
    otherwise = changed(repaying, text=REPAYING, phone_nl=text)
    done = editing.post(reverse("answers:edit", args=[repaying.public_id]), otherwise, follow=True)
    assert "notice warning" not in done.content.decode()


def test_a_no_that_reassures_does_not_contradict_a_yes():
    said = "Eerst: gecondoleerd. Nee, u hoeft uw huis niet uit."
    content = Content(
        "Mag ik in mijn huis blijven wonen?", "Ja, u mag er blijven wonen.", forms=(("phone", "nl", said),)
    )
    assert forms_against(content, "nl") == []
    refused = "Nee, u mag er niet blijven wonen."
    against = forms_against(replace(content, forms=(("phone", "nl", refused),)), "nl")
    assert [(each.form_says, each.answer_says) for each in against] == [("nee", "ja")]
