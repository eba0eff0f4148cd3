"""Erasing a person reaches vectors, belonging, quotes, decisions and names; the anonymous lesson stays."""

import numpy as np
import pytest

from gehoor.rooms.needs import embedding, grouping, teaching, vectors
from gehoor.rooms.needs.decisions import do_move_ask, do_rename, do_undo
from gehoor.rooms.needs.models import AskNeed, AskVector, Decision, Need, VectorModel
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.models import Ask, Voice

from .conftest import hear, hear_everything, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def subject(heard):
    person = Person.objects.filter(attributions__isnull=False).first()
    return Subject(person.pk, list(Attribution.objects.filter(person=person).values_list("voice_id", flat=True)), [])


def test_nothing_is_left_that_leads_to_what_was_said(subject, marketer):
    asks = list(Ask.objects.filter(voice__in=subject.voices).values_list("pk", flat=True))
    rows = list(AskVector.objects.filter(ask__in=asks).values_list("row", flat=True))
    need = Need.objects.filter(level=1).exclude(children__belonging__voice__in=subject.voices).first()
    into = need or Need.objects.filter(level=1).last()
    moved = do_move_ask(ask=Ask.objects.get(pk=asks[0]), into=into, actor=marketer)
    do_undo(decision=moved, actor=marketer)
    kept = do_rename(need=into, name="Blijft", actor=marketer)
    rights.do_erase(subject)
    assert not Voice.objects.filter(pk__in=subject.voices).exists()
    assert list(Decision.objects.all()) == [kept]
    cited = {citation[0] for each in Need.objects.all() for citation in each.quotes + each.counter}
    assert not cited & set(asks)
    store = vectors.store_of(VectorModel.objects.get())
    assert not store.read(rows).any()
    others = list(AskVector.objects.values_list("row", flat=True))
    assert store.read(others).any(axis=1).all()
    assert AskNeed.objects.count() == AskVector.objects.count() == 60 - len(asks)


def test_counts_are_right_at_once_and_everything_is_grouped_anew_at_the_next_run(subject):
    before = current_generation()
    rights.do_erase(subject)
    generation = current_generation()
    assert generation.totals["voices"] == 60 - len(subject.voices)
    needs = Need.objects.filter(generation=generation, level=1)
    assert np.isclose(sum(need.customer_minutes for need in needs), generation.totals["customer_minutes"])
    assert grouping.pending() > 0
    run()
    assert current_generation().pk != before.pk
    assert grouping.pending() == embedding.pending() == 0


def test_a_need_of_one_person_keeps_no_name_made_of_their_words(heard):
    person = Person.objects.create(name="Eenling")
    for number in range(8):
        hear(f"Mijn zeldzame papegaai Kareltje vloog weg, polis {number}.", person=person)
    run()
    alone = [need for need in Need.objects.all() if "papegaai" in need.proposed_name.lower()]
    assert alone
    voices = list(Attribution.objects.filter(person=person).values_list("voice_id", flat=True))
    rights.do_erase(Subject(person.pk, voices, []))
    current = Need.objects.filter(generation=current_generation())
    assert not [need for need in current if "papegaai" in need.proposed_name.lower()]
    run()
    assert not [need for need in Need.objects.all() if "papegaai" in need.proposed_name.lower()]


def test_a_student_is_taught_again_after_an_erasure(teacher, monkeypatch):
    monkeypatch.setattr(teaching, "FEW", 40)
    monkeypatch.setattr(teaching, "WORDS", 0)
    hear_everything()
    for voice in list(Voice.objects.all()):
        hear(voice.text + " Graag een antwoord.")
    run()
    model = teaching.current_model()
    assert model.taught_on == 120
    person = Person.objects.filter(attributions__isnull=False).first()
    voices = list(Attribution.objects.filter(person=person).values_list("voice_id", flat=True))
    rights.do_erase(Subject(person.pk, voices, []))
    assert VectorModel.objects.get(pk=model.pk).stale
    run()
    assert not VectorModel.objects.filter(pk=model.pk).exists()
    assert not vectors.folder_of(model.name).exists()


def test_what_was_erased_is_swept_at_the_next_run_when_the_process_died_in_between(subject, monkeypatch):
    rows = list(AskVector.objects.filter(ask__voice__in=subject.voices).values_list("row", flat=True))
    monkeypatch.setattr(rights, "_afterwards", [])
    rights.do_erase(subject)
    store = vectors.store_of(VectorModel.objects.get())
    assert store.read(rows).any()
    assert embedding.pending() == 1
    run()
    assert not store.read(rows).any()


def test_an_export_names_the_needs(subject):
    exported = dict(rights.exported(subject))["needs"]
    assert len(exported["asked_for"]) == len(subject.voices)
    assert {row["voice"] for row in exported["asked_for"]} == {
        str(each) for each in Voice.objects.filter(pk__in=subject.voices).values_list("public_id", flat=True)
    }
