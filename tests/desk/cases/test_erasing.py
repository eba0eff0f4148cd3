"""What stays of a case when a person is erased, and what a person gets to see of it."""

import json

import pytest

from gehoor.rooms.desk.cases.actions import do_note, do_word
from gehoor.rooms.desk.cases.erasing import export
from gehoor.rooms.desk.cases.merging import do_merge
from gehoor.rooms.desk.cases.queries import voices_of
from gehoor.rooms.desk.models import Act, Case
from gehoor.rooms.people.actions import do_erase_person
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.rights import Subject

from .conftest import conversation, look, say, someone, waits

pytestmark = pytest.mark.django_db


def test_with_a_person_their_cases_go_and_those_of_others_stay(adviser):
    person, other = someone(), someone("Jan Bakker")
    mine, kept = waits(person=person), waits(person=other)
    do_note(mine, "Mevrouw klonk bezorgd.", adviser)
    do_erase_person(person=person, actor=None)
    assert list(Case.objects.all()) == [kept]
    assert not Act.objects.filter(case=mine.pk).exists()


def test_a_case_whose_first_voice_goes_goes_on_with_the_next_in_other_words(adviser):
    thread = conversation()
    case = waits("Mijn vrouw Ans wil haar bouwdepot weten?", conversation=thread, hours=-9)
    second = say("Hoe zit het met onze rente?", conversation=thread)
    look()
    first = case.voice
    rights.do_erase(Subject(None, voices=[first.pk]))
    case.refresh_from_db()
    assert (case.voice, case.about) == (second, "Hoe zit het met onze rente?")
    assert voices_of(case) == [second]
    assert case.waits_since == second.said_at


def test_words_about_an_erased_person_go_from_what_stays_of_the_case(adviser):
    person, other = someone(), someone("Jan Bakker")
    first, second = waits(person=person, hours=-9), waits("En mijn rente?", person=other)
    do_merge(second, first, adviser)
    do_note(first, "Ans de Vries belde.", adviser)
    do_word(first, "het huis van Ans", adviser)
    do_erase_person(person=person, actor=None)
    case = Case.objects.get(pk=first.pk)
    assert voices_of(case) == [second.voice]
    kept = json.dumps(list(Act.objects.values_list("text", "values"))) + case.about
    assert "Ans" not in kept


def test_what_is_taken_back_keeps_the_notes_of_what_stays(adviser):
    thread = conversation()
    case = waits(conversation=thread, hours=-9)
    second = say(conversation=thread)
    look()
    do_note(case, "Nog bellen.", adviser)
    rights.do_erase(Subject(None, voices=[second.pk], may_return=True))
    assert Act.objects.filter(text="Nog bellen.").exists()


def test_a_person_gets_to_see_their_cases_and_what_was_noted(adviser):
    person = someone()
    case = waits(person=person)
    do_note(case, "Belde net.", adviser)
    kept = export(Subject(person.pk, voices=[case.voice_id]))
    assert kept["cases"][0]["about"] == "Waar blijft mijn bouwdepot?"
    assert {"note", "begun"} == {line["what"] for line in kept["cases"][0]["log"]}
    assert any(line.get("note") == "Belde net." for line in kept["cases"][0]["log"])
    json.dumps(kept)
    assert export(Subject(None)) == {}
