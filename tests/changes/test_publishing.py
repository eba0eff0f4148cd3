"""What everyone may read: about no one, honest about whether it helped, and taken back as easily as published."""

from datetime import date

import pytest
from django.test import Client

from gehoor.kernel.errors import Refused
from gehoor.rooms.changes.actions import do_add_need, do_decide, do_done, do_start_change
from gehoor.rooms.changes.models import Published, StepKind
from gehoor.rooms.changes.publishing import (
    Text,
    check_text,
    do_publish,
    do_undo_publishing,
    do_withdraw,
    looks_personal,
    people_in_words,
    published_of,
    rounded,
    said_to_everyone,
)
from gehoor.rooms.needs.models import Need

from .conftest import colleague, say, seen_by, someone

DAY = date(2025, 6, 1)
TEXT = Text("Uw factuur volgen", "U vroeg waar uw factuur bleef.\n\nDat ziet u nu zelf.", DAY)
BOTH = Text("Uw factuur volgen", "U vroeg het.", DAY, "Follow your invoice", "You asked.")
FORM = {
    "title_nl": "Uw factuur",
    "text_nl": "U vroeg het.",
    "title_en": "",
    "text_en": "",
    "day": "2025-06-01",
    "place": "5",
}


@pytest.fixture
def change(generation):
    """Seven persons asked for it."""
    need = Need.objects.create(generation=generation, level=2, proposed_name="factuur volgen", voices=7)
    for number in range(7):
        say(f"Waar blijft mijn factuur, {number}?", person=someone(f"Ans {number}"), need=need, day=number)
    manager = colleague("manager")
    change = do_start_change(name="Factuur volgen", actor=manager)
    do_add_need(change=change, need=need, actor=manager)
    return change


def test_the_page_is_not_there_while_nothing_is_published(db):
    assert Client().get("/wat-we-deden/").status_code == 404
    assert "wat-we-deden" not in Client().get("/publiek/").text


def test_a_stranger_reads_what_was_published_without_a_cookie(change):
    do_publish(change=change, said=TEXT, actor=colleague("manager"))
    answer = Client().get("/wat-we-deden/")
    assert answer.status_code == 200
    assert "Uw factuur volgen" in answer.text and "Dat ziet u nu zelf." in answer.text
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]
    assert "wat-we-deden" in Client().get("/publiek/").text


def test_nothing_personal_stands_on_the_page(change):
    do_publish(change=change, said=TEXT, actor=colleague("manager"))
    text = Client().get("/wat-we-deden/").text
    assert "Ans" not in text and "Anneke" not in text and "Waar blijft mijn" not in text


def test_the_page_speaks_both_languages_and_falls_back_to_dutch(change):
    do_publish(change=change, said=BOTH, actor=colleague("manager"))
    english = Client().get("/wat-we-deden/?taal=en").text
    assert "Follow your invoice" in english and "About 5 customers asked" in english
    do_publish(change=change, said=TEXT, actor=colleague("manager"))
    english = Client().get("/wat-we-deden/?taal=en").text
    assert '<h2 lang="nl">Uw factuur volgen</h2>' in english


@pytest.mark.parametrize(
    ("persons", "said"), [(0, "Customers"), (None, "Customers"), (1, "A few"), (4, "A few"), (5, "About 5")]
)
def test_fewer_than_five_people_are_never_counted_out(persons, said):
    assert str(people_in_words(persons)).startswith(said)


@pytest.mark.parametrize(("persons", "shown"), [(5, 5), (7, 5), (8, 10), (52, 50), (148, 150), (1234, 1250)])
def test_people_are_counted_in_round_figures(persons, shown):
    assert rounded(persons) == shown


def test_a_new_text_takes_the_place_of_the_old_one_and_undoing_brings_it_back(change):
    manager = colleague("manager")
    do_publish(change=change, said=TEXT, actor=manager)
    newer = do_publish(change=change, said=BOTH, actor=manager)
    assert [entry.title for entry in said_to_everyone("en")] == ["Follow your invoice"]
    do_undo_publishing(published=newer, actor=manager)
    assert [entry.title for entry in said_to_everyone("en")] == ["Uw factuur volgen"]
    assert Published.objects.filter(withdrawn=False).count() == 1


def test_withdrawing_takes_it_off_at_once_and_can_be_undone(change):
    manager = colleague("manager")
    published = do_publish(change=change, said=TEXT, actor=manager)
    assert len(said_to_everyone("nl")) == 1
    do_withdraw(published=published, actor=manager)
    assert said_to_everyone("nl") == []
    with pytest.raises(Refused):
        do_withdraw(published=published, actor=manager)
    do_undo_publishing(published=published, actor=manager)
    assert len(said_to_everyone("nl")) == 1


def test_an_old_text_does_not_come_back_beside_a_newer_one(change):
    manager = colleague("manager")
    old = do_publish(change=change, said=TEXT, actor=manager)
    do_withdraw(published=old, actor=manager)
    do_publish(change=change, said=BOTH, actor=manager)
    with pytest.raises(Refused):
        do_undo_publishing(published=old, actor=manager)


def test_what_was_refused_says_so_and_is_not_measured(change):
    manager = colleague("manager")
    do_decide(change=change, kind=StepKind.NO, actor=manager, reason="Te duur.")
    do_publish(change=change, said=TEXT, actor=manager)
    (entry,) = said_to_everyone("nl")
    assert entry.stage.text == "We decided not to do this." and entry.helped is None


def test_what_was_done_says_honestly_that_it_cannot_be_told_yet(change):
    manager = colleague("manager")
    do_decide(change=change, kind=StepKind.YES, actor=manager, reason="Ja.")
    do_done(change=change, actor=manager, day=date(2025, 3, 5))
    do_publish(change=change, said=TEXT, actor=manager)
    (entry,) = said_to_everyone("nl")
    assert entry.helped is not None
    assert "too early" in entry.helped.text


def test_a_change_that_was_taken_away_is_not_shown(change):
    do_publish(change=change, said=TEXT, actor=colleague("manager"))
    change.removed = True
    change.save()
    assert Client().get("/wat-we-deden/").status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        Text("", "Tekst", DAY),
        Text("Titel", " ", DAY),
        Text("x" * 201, "Tekst", DAY),
        Text("Titel", "x" * 4_001, DAY),
        Text("Titel", "Tekst", DAY, "Only a title", ""),
    ],
)
def test_half_a_text_is_refused(text):
    with pytest.raises(Refused):
        check_text(text)


def test_what_looks_like_somebody_is_pointed_out_before_publishing():
    found = looks_personal("Mail ans@example.nl, bel 06-1234 5678, klant LIN-104382, 3012 AB, NL91ABNA0417164300.")
    assert len(found) == 5
    assert looks_personal("Wij betalen sinds 1 juni 2025 binnen 5 dagen.") == []


def test_it_is_looked_at_before_it_is_published(change):
    manager = seen_by("manager")
    address = f"/veranderingen/{change.public_id}/publiceren/"
    assert 'name="publish"' not in manager.get(address).text
    answer = manager.post(address, {**FORM, "text_nl": "Mail ans@example.nl", "preview": "1"})
    assert 'name="publish"' in answer.text and "ans@example.nl" in answer.text
    assert published_of(change) is None
    manager.post(address, {**FORM, "publish": "1"})
    assert published_of(change).title_nl == "Uw factuur"


def test_markup_in_a_text_is_shown_as_text(change):
    do_publish(change=change, said=Text("<b>x</b>", "<script>alert(1)</script>", DAY), actor=colleague("manager"))
    assert "<script>alert" not in Client().get("/wat-we-deden/").text


def test_an_adviser_does_not_publish(change):
    published = do_publish(change=change, said=TEXT, actor=colleague("manager"))
    adviser = seen_by("adviser")
    for path in (
        f"{change.public_id}/publiceren/",
        f"gepubliceerd/{published.public_id}/intrekken/",
        f"gepubliceerd/{published.public_id}/ongedaan/",
    ):
        assert adviser.post(f"/veranderingen/{path}", FORM).status_code == 403
    assert published_of(change) == published


def test_the_page_for_everyone_needs_few_queries_the_second_time(change, django_assert_max_num_queries):
    do_publish(change=change, said=TEXT, actor=colleague("manager"))
    Client().get("/wat-we-deden/")
    with django_assert_max_num_queries(3):
        Client().get("/wat-we-deden/")
