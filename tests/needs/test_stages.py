"""The stages: a vector and a need for every ask; run again, killed half way, grown, and with another model."""

import numpy as np
import pytest
from django.db import connection

from gehoor.rooms.intake import stages
from gehoor.rooms.needs import embedding, generations, grouping, recount, teaching, vectors
from gehoor.rooms.needs.models import AskNeed, AskVector, Generation, Need, VectorModel
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices import understanding
from gehoor.rooms.voices.models import Ask, ThresholdTable, Understanding, Voice

from .conftest import START, hear, hear_everything, run
from .corpus import SAID

pytestmark = pytest.mark.django_db


def picture():
    """Everything that has to be the same when nothing changed."""
    generation = current_generation()
    needs = Need.objects.filter(generation=generation)
    members = AskNeed.objects.filter(generation=generation)
    return (
        {(str(n.public_id), n.level, str(n), n.parent and str(n.parent.public_id), n.voices, n.persons) for n in needs},
        {(m.voice_id, m.start, str(m.need.public_id)) for m in members.select_related("need")},
    )


def test_the_stages_stand_in_the_way_of_a_voice():
    names = [stage.name for stage in stages.stages()]
    assert [name for name in names if name in {"embed", "group", "count"}] == ["embed", "group", "count"]


def test_every_ask_gets_a_vector_and_a_need(heard):
    assert AskVector.objects.count() == AskNeed.objects.count() == 60
    assert (embedding.pending(), grouping.pending(), recount.pending()) == (0, 0, 0)
    assert heard.levels >= 1
    assert all(need.quotes for need in Need.objects.filter(generation=heard))


def test_what_is_asked_alike_stands_together(heard):
    rows = AskNeed.objects.filter(generation=heard).select_related("need__parent", "voice")
    theme = {text: name for name, _, text in SAID}
    groups = {}
    for row in rows:
        groups.setdefault((row.need.parent or row.need).pk, []).append(theme[row.voice.text])
    most = sum(max(group.count(name) for name in set(group)) for group in groups.values())
    assert most >= 50


def test_nothing_to_do_when_nothing_was_heard(teacher):
    run()
    assert current_generation() is None
    assert (embedding.pending(), grouping.pending(), recount.pending()) == (0, 0, 0)


def test_running_again_changes_nothing(heard):
    before = picture()
    run()
    assert Generation.objects.count() == 1
    grouping.forget()
    assert grouping.pending() == 60
    run()
    assert current_generation().pk != heard.pk
    assert picture() == before


def test_what_was_thrown_away_comes_back_the_same(heard, teacher):
    """Asks and vectors made anew have other keys; needs keep their public ids, names and members all the same."""
    before = picture()
    grouping.forget()
    embedding.forget()
    said = [(ask.voice_id, ask.position, ask.start, ask.end, ask.words) for ask in Ask.objects.order_by("pk")]
    Ask.objects.all().delete()
    Understanding.objects.filter(voice=said[0][0]).delete()
    assert grouping.pending() == 0, "nothing is grouped while asks are still being made"
    for voice, position, start, end, words in said:
        Ask.objects.create(voice_id=voice, position=position, start=start, end=end, words=words)
    Understanding.objects.create(voice_id=said[0][0], language="nl", kind="remark", lemmas="")
    run()
    assert picture() == before


def test_only_the_generation_before_is_kept(heard):
    for _ in range(3):
        grouping.forget()
        run()
    kept = list(Generation.objects.order_by("pk").values_list("current", flat=True))
    assert kept == [False, True]
    assert set(AskNeed.objects.values_list("generation_id", flat=True)) == set(
        Generation.objects.values_list("pk", flat=True)
    )


def test_a_small_addition_is_assigned_without_grouping_anew(heard):
    voice = hear("Ik wacht al weken op de betaling van de factuur uit mijn bouwdepot.", channel="letter", day=3)
    run()
    assert current_generation().pk == heard.pk
    row = AskNeed.objects.get(voice=voice)
    assert row.added
    assert "bouwdepot" in row.need.parent.name + row.need.parent.proposed_name
    assert row.minutes > 5
    assert current_generation().totals["voices"] == 61


def test_it_does_not_matter_in_which_portions_additions_arrive(heard):
    texts = ["De app geeft een storing bij inloggen.", "Kan mijn hypotheekrente omlaag?", "Boetevrij extra aflossen?"]
    with_need = {}
    for text in texts:
        hear(text)
        run()
        with_need[text] = AskNeed.objects.get(voice__text=text, generation=heard).computed_id
    Voice.objects.filter(text__in=texts).delete()
    for text in texts:
        hear(text)
    run()
    assert {t: AskNeed.objects.get(voice__text=t, generation=heard).computed_id for t in texts} == with_need


def test_a_large_addition_groups_everything_anew_and_carries_ids_on(heard):
    before = set(Need.objects.filter(generation=heard, level=heard.default_level).values_list("public_id", flat=True))
    for number in range(8):
        hear(f"Mijn hond heeft een dierenverzekering nodig, polis {number}.")
    run()
    new = current_generation()
    assert new.pk != heard.pk
    assert new.grouped == 68
    after = set(Need.objects.filter(generation=new, level=new.default_level).values_list("public_id", flat=True))
    assert len(before & after) >= len(before) - 1


def test_a_large_addition_is_assigned_first_while_more_is_on_its_way(heard):
    for number in range(8):
        hear(f"Mijn hond heeft een dierenverzekering nodig, polis {number}.")
    understanding.drain(100)
    embedding.drain(7)
    assert embedding.pending() == 1
    grouping.drain(100)
    assert current_generation().pk == heard.pk
    assert AskNeed.objects.filter(generation=heard, added=True).count() == 7
    embedding.drain(100)
    grouping.drain(100)
    assert current_generation().grouped == 68


class Killed(Exception):
    """Stands for a process that ends at once."""


@pytest.mark.parametrize("where", ["_write_asks", "do_apply", "do_renew_quotes", "_do_make_current"])
def test_killed_while_a_generation_is_written(heard, monkeypatch, where):
    before = picture()
    grouping.forget()

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(generations, where, killed)
        with pytest.raises(Killed):
            grouping.drain(2_000)
    assert current_generation().pk == heard.pk
    assert picture() == before
    run()
    assert picture() == before
    assert Generation.objects.count() == 2


def test_killed_between_writing_vectors_and_naming_them(teacher, monkeypatch):
    hear_everything()

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(AskVector.objects, "bulk_create", killed)
        with pytest.raises(Killed):
            embedding.drain(2_000)
    model = VectorModel.objects.get()
    assert AskVector.objects.count() == 0
    assert len(vectors.store_of(model)) == 60, "rows that nobody names"
    run()
    assert AskVector.objects.count() == 60
    vectors.do_sweep()
    assert not vectors.store_of(model).read(range(60)).any(), "and the sweep takes them"
    assert vectors.store_of(model).read(range(60, 120)).any(axis=1).all()


def test_an_ask_that_is_erased_while_it_is_embedded_leaves_no_vector(teacher, monkeypatch):
    hear_everything()
    gone = Ask.objects.order_by("pk").first()
    real = teaching.embed

    def embed(model, texts):
        found = real(model, texts)
        gone.voice.delete()
        return found

    monkeypatch.setattr(embedding, "embed", embed)
    embedding.drain(2_000)
    model = VectorModel.objects.get()
    assert AskVector.objects.count() == 59
    assert not vectors.store_of(model).read([0]).any()


def test_the_teacher_holds_no_transaction(teacher, monkeypatch, transactional_db):
    hear_everything()
    real = teacher.embed
    seen = []

    def embed(texts):
        seen.append(connection.in_atomic_block)
        return real(texts)

    monkeypatch.setattr(teacher, "embed", embed)
    run()
    assert seen
    assert not any(seen)


@pytest.fixture
def much_heard(teacher, monkeypatch):
    monkeypatch.setattr(teaching, "FEW", 40)
    monkeypatch.setattr(teaching, "WORDS", 0)
    hear_everything()
    for number in range(60):
        hear(SAID[number][2] + " Graag een antwoord.", channel="email")
    run()


def test_a_student_takes_over_when_there_are_many(much_heard, teacher):
    model = teaching.current_model()
    assert model.taught_on == 120
    assert 0 < model.agreement <= 1
    assert AskVector.objects.filter(model=model).count() == 120
    read = teacher.read
    hear("Wanneer betaalt u mijn bouwdepot uit?")
    run()
    assert teacher.read == read, "later asks use the same student"
    assert teaching.current_model() == model


def test_a_stale_student_is_taught_again_and_everything_embedded_anew(much_heard):
    old = teaching.current_model()
    folder = vectors.folder_of(old.name)
    assert folder.exists()
    VectorModel.objects.update(stale=True)
    assert embedding.pending() == 120
    run()
    new = teaching.current_model()
    assert new.name != old.name
    assert AskVector.objects.filter(model=new).count() == 120
    assert not VectorModel.objects.filter(pk=old.pk).exists()
    assert not folder.exists()
    assert current_generation().model == new


def test_a_student_that_no_longer_agrees_is_stale(much_heard):
    model = teaching.current_model()
    teaching.do_check_agreement(model=model, texts=["Wanneer betaalt u mijn bouwdepot uit?"] * 3, asks=60)
    VectorModel.objects.filter(pk=model.pk).update(agreement=1.0, stale=False)
    model.refresh_from_db()
    teaching.do_check_agreement(model=model, texts=["qwerty zxcv"], asks=60)
    model.refresh_from_db()
    assert model.stale
    assert embedding.pending() == 120


def test_ten_times_as_many_asks_teach_again(much_heard):
    model = teaching.current_model()
    assert teaching.fitting(model, 1_199)
    assert not teaching.fitting(model, 1_200)


def test_too_little_said_by_five_persons_leaves_it_to_the_teacher(teacher, monkeypatch):
    monkeypatch.setattr(teaching, "FEW", 3)
    monkeypatch.setattr(teaching, "WORDS", 0)
    for number in range(8):
        hear(f"zin{number} woord{number} term{number}")
    run()
    model = teaching.current_model()
    assert model.taught_on == 0
    assert AskVector.objects.count() == 8
    assert teaching.fitting(model, 16)
    assert not teaching.fitting(model, 17)


def test_another_threshold_table_counts_anew(heard):
    rows = {channel: [100.0, 10.0] for channel in ("letter", "email", "x")}
    before = heard.totals["customer_minutes"]
    ThresholdTable.objects.create(name="ons eigen", rows=rows)
    assert recount.pending() == 1
    run()
    generation = current_generation()
    assert generation.pk == heard.pk
    assert generation.table == "ons eigen"
    assert generation.totals["customer_minutes"] > before
    shown = Need.objects.filter(generation=generation, level=1)
    assert np.isclose(sum(need.customer_minutes for need in shown), generation.totals["customer_minutes"])


def test_joining_persons_counts_anew(heard):
    need = Need.objects.filter(generation=heard, level=1).order_by("-persons").first()
    persons, one = need.persons, Person.objects.order_by("pk").first()
    for row in (
        AskNeed.objects.filter(need__parent=need).exclude(voice__attribution__person=None).select_related("voice")
    ):
        row.voice.attribution.person = one
        row.voice.attribution.save()
    assert recount.pending() == 1
    run()
    need.refresh_from_db()
    assert need.persons == 1 < persons


def test_a_voice_that_asks_twice_has_its_minutes_divided(heard):
    text = "Mijn bouwdepot wordt niet uitbetaald, de aannemer wacht. De app geeft een storing."
    cut = text.index("De app")
    voice = hear(text, channel="letter", spans=[(0, cut), (cut, len(text))])
    run()
    rows = AskNeed.objects.filter(voice=voice).order_by("start")
    first, second = (row.minutes for row in rows)
    assert np.isclose(first / second, 8 / 5)
    assert voice.said_at == START
