"""Finding: by words at once, by meaning when the stage has run, only what holds; and what was erased is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gehoor.kernel.ids import content_hash
from gehoor.rooms.answers.book import embedding, index
from gehoor.rooms.answers.book.actions import do_set_state
from gehoor.rooms.answers.book.index import Hit, find_answers, find_each, near_best
from gehoor.rooms.answers.book.phrasing import do_add_phrasing, do_remove_phrasing
from gehoor.rooms.answers.models import AnswerVector, Audience, Phrasing, State
from gehoor.rooms.privacy.rights import Subject, do_erase
from gehoor.rooms.voices.models import Original, Voice

from .conftest import REPAYING, entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(editor):
    asked = [
        ("Hoeveel mag ik boetevrij aflossen?", REPAYING),
        ("Hoe lang duurt het uitbetalen van mijn bouwdepot?", "Wij betalen binnen 5 werkdagen."),
        ("Waar vind ik mijn jaaroverzicht?", "In uw eigen omgeving op onze site."),
    ]
    return [entry(question, text, by=editor, audience=Audience.CUSTOMERS) for question, text in asked]


def questions(hits):
    return [hit.version.question for hit in hits]


def drain():
    while embedding.drain(100):
        pass


def test_words_find_an_entry_before_anything_was_embedded(book):
    assert embedding.pending() == 3
    assert questions(find_answers("bouwdepot uitbetalen", 1)) == ["Hoe lang duurt het uitbetalen van mijn bouwdepot?"]


def test_meaning_finds_it_when_the_stage_has_run_and_running_again_does_nothing(book):
    drain()
    assert embedding.pending() == 0
    made = AnswerVector.objects.count()
    drain()
    assert AnswerVector.objects.count() == made
    letter = "Beste mensen, ik wacht al weken op geld voor mijn verbouwing. Wanneer krijg ik dat?"
    hit = find_answers(letter, 1)[0]
    assert hit.version.question == "Hoe lang duurt het uitbetalen van mijn bouwdepot?"
    assert 0 <= hit.start < hit.end <= len(letter) and 0 < hit.probability <= 1


def test_only_what_holds_is_found_and_drafts_say_so(book, editor):
    today = timezone.localdate()
    do_set_state(answer=book[0], state=State.ARCHIVED, actor=editor)
    entry("Mag ik boetevrij aflossen in 2020?", "Nee.", by=editor, valid_to=today - timedelta(days=1))
    draft = entry("Kan ik aflossen zonder boete?", "Ja.", by=editor, state=State.NOT_VALIDATED)
    hits = find_answers("boetevrij aflossen", 5)
    assert {"Hoeveel mag ik boetevrij aflossen?", "Mag ik boetevrij aflossen in 2020?"}.isdisjoint(questions(hits))
    assert [hit.draft for hit in hits if hit.answer == draft] == [True]
    past = find_answers("boetevrij aflossen", 5, on=today - timedelta(days=2))
    assert "Mag ik boetevrij aflossen in 2020?" in questions(past)


def test_customers_find_what_is_meant_for_them_only(book, editor):
    entry("Hoe reken ik de boete bij aflossen uit?", "Zo.", by=editor)
    assert "Hoe reken ik de boete bij aflossen uit?" not in questions(
        find_answers("boete bij aflossen", 5, audience=Audience.CUSTOMERS)
    )


def test_a_way_to_ask_is_found_as_soon_as_it_is_added_and_not_when_removed(book, editor):
    made = do_add_phrasing(answer=book[2], text="Pinguïns op Spitsbergen", actor=editor)
    assert find_answers("pinguïns spitsbergen", 1)[0].answer == book[2]
    drain()
    assert AnswerVector.objects.filter(phrasing=made).exists()
    do_remove_phrasing(phrasing=made, actor=editor)
    drain()
    embedding.pending()
    assert not AnswerVector.objects.filter(phrasing=made).exists()


def test_a_process_begins_from_the_copy_and_no_text_stands_in_it(book):
    drain()
    assert index.path().exists()
    assert b"bouwdepot" not in index.path().read_bytes()
    index._the_index._index, index._the_index._teacher = None, None
    assert questions(find_answers("bouwdepot", 1)) == ["Hoe lang duurt het uitbetalen van mijn bouwdepot?"]


def test_many_together_find_what_each_finds_alone_in_one_batch(book, monkeypatch):
    drain()
    texts = [
        "Hoe lang duurt het uitbetalen van mijn bouwdepot?",
        "  ",
        "pinguïns spitsbergen. Hoe kom ik daar?",
        "boete",
    ]
    alone = [[(hit.answer.pk, round(hit.probability, 4)) for hit in find_answers(text)] for text in texts]
    index._the_index._teacher._last.clear()
    batches = []
    embed = index._the_index._teacher._teacher.embed
    monkeypatch.setattr(
        index._the_index._teacher._teacher, "embed", lambda some: batches.append(len(some)) or embed(some)
    )
    assert [[(hit.answer.pk, round(hit.probability, 4)) for hit in hits] for hits in find_each(texts)] == alone
    assert len(batches) == 1
    assert find_each([]) == []


def test_nothing_is_found_in_nothing(book):
    assert find_answers("  ") == find_answers("?!") == []


def test_what_was_asked_by_someone_who_is_erased_is_forgotten_everywhere(book):
    original = Original.objects.create(sha256=content_hash(b"x"), media_type="text/plain", size=1, data=b"x")
    voice = Voice.objects.create(channel="email", text="Pinguïns?", words=1, file="a", item="1", original=original)
    do_add_phrasing(answer=book[2], text="Pinguïns op Spitsbergen?", actor=None, voice=voice)
    drain()
    before = AnswerVector.objects.count()
    do_erase(Subject(person=None, voices=[voice.pk]))
    assert not Phrasing.objects.exists()
    assert AnswerVector.objects.count() == before - 1
    assert not index.path().exists()
    assert find_answers("pinguïns spitsbergen", 1)[0].probability < 0.5


def test_the_stage_is_registered_and_forgets(book):
    from gehoor.rooms.intake.stages import stages

    stage = next(stage for stage in stages() if stage.name == "book")
    drain()
    stage.forget()
    assert not AnswerVector.objects.exists() and stage.pending() == 3


def hit(probability):
    return Hit(None, None, probability, 0, 1)


def test_a_list_of_what_fits_goes_down_with_its_percentages():
    assert [each.probability for each in near_best([hit(0.4), hit(0.6), hit(0.5)])] == [0.6, 0.5, 0.4]


def test_where_nothing_can_be_meant_nothing_is_shown():
    assert near_best([hit(0.05), hit(0.04)]) == []
    assert near_best([]) == []
