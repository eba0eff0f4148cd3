"""A statement held against what was said: counts with their denominator, both sides, and what people put right."""

import json
from uuid import UUID

import pytest
from django.test import Client

from gehoor.kernel.errors import NotFound, Refused
from gehoor.rooms.changes.models import Judged
from gehoor.rooms.changes.statement import OFF, do_judge, do_undo_judging, hold
from gehoor.rooms.changes.statement_words import document, tidied, verdict
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice

from .conftest import colleague, say, seen_by, someone

ADDRESS = "/veranderingen/bewering/"
APP = "klanten willen een app"


@pytest.fixture
def said(generation):
    """Two want an app (one of them anonymous), one does not, one mentions it, and two speak of something else."""
    ans, bert = someone("Ans"), someone("Bert")
    return {
        "wants": say("Ik zou graag een app willen.", person=ans, day=0),
        "wants too": say("Waarom is er geen app?", day=300),
        "does not": say("Ik hoef geen app, ik bel liever.", person=bert, day=10),
        "mentions": say("In de app stond een vinkje.", person=bert, day=20),
        "other": say("Mijn dak lekt.", person=ans, day=30),
        "another": say("Waar blijft mijn geld?", day=540),
    }


def voices(held, side):
    return {passage.voice for passage in held.sides[side]}


def test_each_voice_stands_on_its_side(said):
    held = hold(APP)
    assert voices(held, "supports") == {said["wants"].pk, said["wants too"].pk}
    assert voices(held, "against") == {said["does not"].pk}
    assert voices(held, "unclear") == {said["mentions"].pk}


def test_the_counts_have_their_denominator(said):
    held = hold(APP)
    assert (held.about.voices, held.all.voices) == (4, 6)
    assert (held.about.persons, held.about.anonymous) == (2, 1)
    assert held.about.minutes > 0
    assert held.counts["supports"].voices == 2


def test_the_sentence_says_all_three_sides(said):
    assert "4" in verdict(hold(APP)) and "6" in verdict(hold(APP))
    page = seen_by("marketer").get(ADDRESS, {"q": APP}).text
    assert "4 van 6 stemmen gaan hierover: 2 steunen het, 1 spreekt het tegen, 1 noemt het zonder te kiezen." in page


def test_nothing_found_is_an_answer(said):
    page = seen_by("marketer").get(ADDRESS, {"q": "klanten willen een zwembad"}).text
    assert "Niemand vroeg hierom in 18 maanden, in 6 stemmen." in page


def test_other_words_for_the_same_give_the_same(said):
    assert voices(hold("Customers want an app"), "supports") == voices(hold(APP), "supports")


def test_a_denied_statement_turns_the_sides(said):
    held = hold("klanten willen geen app")
    assert voices(held, "supports") == {said["does not"].pk}


def test_what_someone_puts_right_counts_and_is_remembered(said):
    marketer = colleague("marketer")
    voice = said["mentions"]
    do_judge(typed=APP, voice=voice.public_id, start=0, end=10, side="supports", actor=marketer)
    assert voice.pk in voices(hold(APP), "supports")
    assert voice.pk in voices(hold("Customers want an app"), "supports")
    assert voice.pk not in voices(hold("klanten willen geen app"), "supports")
    assert AuditEntry.objects.filter(action="statement.judge", public_id=voice.public_id).exists()


def test_undoing_restores_what_was_said_before(said):
    marketer = colleague("marketer")
    voice = said["mentions"]
    do_judge(typed=APP, voice=voice.public_id, start=0, end=10, side="against", actor=marketer)
    second = do_judge(typed=APP, voice=voice.public_id, start=0, end=10, side="supports", actor=marketer)
    do_undo_judging(public_id=second.public_id, actor=marketer)
    assert voice.pk in voices(hold(APP), "against")
    with pytest.raises(Refused):
        do_undo_judging(public_id=second.public_id, actor=marketer)


def test_what_is_about_something_else_counts_nowhere_but_can_be_seen(said):
    do_judge(typed=APP, voice=said["wants"].public_id, start=0, end=5, side=OFF, actor=colleague("marketer"))
    held = hold(APP)
    assert held.about.voices == 3
    assert voices(held, OFF) == {said["wants"].pk}


@pytest.mark.parametrize(
    ("start", "end", "side"), [(5, 5, "supports"), (-1, 3, "supports"), (0, 9_999, "against"), (0, 3, "maybe")]
)
def test_a_passage_that_is_not_there_is_refused(said, start, end, side):
    with pytest.raises(Refused):
        do_judge(typed=APP, voice=said["wants"].public_id, start=start, end=end, side=side, actor=colleague("marketer"))
    with pytest.raises(NotFound):
        do_judge(typed=APP, voice=UUID(int=7), start=0, end=3, side="supports", actor=colleague("marketer"))
    assert not Judged.objects.exists()


def test_what_was_typed_is_not_kept(said):
    do_judge(
        typed="klanten willen een app van Ans",
        voice=said["wants"].public_id,
        start=0,
        end=5,
        side="against",
        actor=colleague("marketer"),
    )
    assert "ans" not in Judged.objects.get().statement.casefold()


def test_erasing_a_voice_takes_what_was_said_about_it_along(said):
    do_judge(typed=APP, voice=said["wants"].public_id, start=0, end=5, side="against", actor=colleague("marketer"))
    Voice.objects.filter(pk=said["wants"].pk).delete()
    assert not Judged.objects.exists()
    assert said["wants"].pk not in voices(hold(APP), "against")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "🙂🙂",
        "x" * 10_000,
        "' OR 1=1 --",
        '"app',
        "app* NEAR(",
        "<script>alert(1)</script>",
        "app\0app",
        "%",
        "a AND NOT b",
        "(" * 50,
    ],
)
def test_hostile_statements_give_a_page(said, typed):
    answer = seen_by("marketer").get(ADDRESS, {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_passages_lead_to_their_voice_and_are_text_not_markup(generation):
    voice = say("Ik wil graag een app <img src=x onerror=alert(1)>.", day=0)
    page = seen_by("marketer").get(ADDRESS, {"q": APP}).text
    assert f"/stemmen/{voice.public_id}/" in page
    assert "<img src=x" not in page


def test_the_page_puts_right_and_undoes(said):
    marketer = seen_by("marketer")
    form = {"q": APP, "start": "0", "end": "10", "side": "against"}
    answer = marketer.post(f"{ADDRESS}{said['mentions'].public_id}/oordeel/", form, follow=True)
    assert "Rechtgezet" in answer.text
    row = Judged.objects.get()
    assert f"/oordelen/{row.public_id}/ongedaan/" in answer.text
    marketer.post(f"{ADDRESS}oordelen/{row.public_id}/ongedaan/?q=klanten+willen+een+app")
    assert Judged.objects.get().undone


def test_doors(said):
    assert Client().get(ADDRESS).status_code == 302
    assert seen_by("privacy_officer").get(ADDRESS).status_code == 403
    assert seen_by("administrator").get(ADDRESS).status_code == 403
    address = f"{ADDRESS}{said['wants'].public_id}/oordeel/"
    assert seen_by("privacy_officer").post(address, {"q": APP, "side": "against"}).status_code == 403


def test_the_document_is_plain_json(said):
    found = json.loads(json.dumps(document(APP, hold(APP))))
    assert found["about"]["voices"] == 4 and found["all"]["voices"] == 6
    assert [each["text"] for each in found["against"]["passages"]] == ["Ik hoef geen app, ik bel liever."]


def test_what_is_typed_is_kept_short():
    assert len(tidied("app " * 5_000)) <= 300
    assert tidied(" a\0b \n c ") == "a b c"


def test_the_page_needs_a_bounded_number_of_queries(said, django_assert_max_num_queries):
    for number in range(30):
        say(f"Ik zou graag een app willen, nummer {number}.", day=number)
    marketer = seen_by("marketer")
    with django_assert_max_num_queries(30):
        marketer.get(ADDRESS, {"q": APP})
