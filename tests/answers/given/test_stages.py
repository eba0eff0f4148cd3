"""Finding, joining and judging given answers, whatever the order, however often, and killed half way."""

import random

import pytest
from django.db import DatabaseError
from django.db.models import Q

from gehoor.rooms.answers.given import deciding, finding, joining, staging
from gehoor.rooms.answers.models import Given, Looked, Question, Visit, VisitAnswer, VisitState
from gehoor.rooms.needs import embedding
from gehoor.rooms.voices.models import Reply, Voice

from .conftest import run, understand
from .said import OFFER, PENALTY, SAID, ask, hear_everything, stands

from tests.people.conftest import hear, tell  # isort: skip

pytestmark = pytest.mark.django_db


def question_of(text):
    return Question.objects.filter(given__voice__text=text).first()


class TestAQuestion:
    def test_asked_in_other_words_is_one_question(self, told):
        assert Given.objects.filter(question=question_of(PENALTY)).count() == 5

    def test_that_was_answered_differently_contradicts_itself(self, told):
        found = question_of(PENALTY)
        assert found.verdict == "contradict"
        assert [len(clash["values"]) for clash in found.clashes] == [2]

    def test_answered_alike_in_other_words_agrees(self, told):
        assert question_of(OFFER).verdict == "agree"

    def test_that_was_asked_once_is_none(self, told):
        assert question_of(SAID[-1][0]) is None
        assert Given.objects.filter(voice__text=SAID[-1][0], question=None).count() == 1

    def test_is_shown_as_it_was_asked(self, told):
        found = question_of(PENALTY)
        assert found.text in {PENALTY, "Hoeveel mag ik boetevrij aflossen?"}
        assert found.asked_in.text == found.text

    def test_keeps_none_of_the_words_of_an_answer(self, told):
        found = question_of(PENALTY)
        kept = f"{found.groups} {found.clashes}"
        assert "boetevrij" not in kept.replace(found.clashes[0]["about"], "")
        assert "15%" not in kept


class TestWhateverHappens:
    def test_the_order_of_arrival_does_not_matter(self, teacher):
        hear_everything()
        run()
        before = stands()
        Given.objects.all().delete()
        Question.objects.all().delete()
        Reply.objects.all().delete()
        Voice.objects.all().delete()
        for row in random.Random(3).sample(SAID, len(SAID)):
            ask(*row)
            run()
        assert stands() == before

    def test_twice_is_once(self, told):
        before, ids = stands(), set(Question.objects.values_list("public_id", flat=True))
        given = set(Given.objects.values_list("public_id", flat=True))
        run()
        for stage in staging.STAGES:
            stage.forget()
        run()
        assert stands() == before
        assert set(Question.objects.values_list("public_id", flat=True)) == ids
        assert set(Given.objects.values_list("public_id", flat=True)) == given

    def test_killed_while_finding_goes_on_where_it_was(self, teacher, monkeypatch):
        hear_everything()
        while embedding.pending():
            embedding.drain(100)
        keep = finding._keep
        calls = []

        def cut_off(*arguments):
            calls.append(1)
            if len(calls) == 3:
                raise DatabaseError("cut off")
            keep(*arguments)

        monkeypatch.setattr(finding, "_keep", cut_off)
        with pytest.raises(DatabaseError):
            run(2)
        assert 0 < Given.objects.count() < len(SAID)
        monkeypatch.setattr(finding, "_keep", keep)
        run()
        assert Given.objects.count() == len(SAID)
        assert question_of(PENALTY).verdict == "contradict"

    def test_killed_while_joining_has_changed_nothing(self, teacher, monkeypatch):
        hear_everything()
        for stage in (embedding, finding):
            while stage.pending():
                stage.drain(100)
        move = joining._move
        calls = []

        def cut_off(*arguments):
            calls.append(1)
            if len(calls) == 3:
                raise DatabaseError("cut off")
            move(*arguments)

        monkeypatch.setattr(joining, "_move", cut_off)
        with pytest.raises(DatabaseError):
            staging.drain(100)
        assert not Question.objects.exists()
        assert not Given.objects.exclude(joined=0).exists()
        monkeypatch.setattr(joining, "_move", move)
        run()
        assert question_of(PENALTY).verdict == "contradict"

    def test_a_question_keeps_its_id_when_more_people_ask(self, told):
        before = question_of(PENALTY).public_id
        ask(PENALTY, "U mag per jaar 20% boetevrij aflossen.", "Femke Smit", day=60)
        run()
        found = question_of(PENALTY)
        assert found.public_id == before
        assert len(found.clashes[0]["values"]) == 3

    def test_new_answers_are_added_without_joining_everything(self, told, monkeypatch):
        monkeypatch.setattr(joining, "SMALL", 0.5)
        before = question_of(PENALTY).public_id
        ask(PENALTY, "U mag per jaar 20% boetevrij aflossen.", "Femke Smit", day=60)
        run()
        assert question_of(PENALTY).public_id == before
        assert len(question_of(PENALTY).clashes[0]["values"]) == 3

    def test_of_very_many_questions_some_are_joined_and_the_rest_added(self, told, monkeypatch):
        before = stands()
        monkeypatch.setattr(joining, "TOGETHER", 4)
        staging.forget()
        run()
        assert Given.objects.filter(question=question_of(PENALTY)).count() == 5
        assert question_of(PENALTY).verdict == "contradict"
        assert len(stands()) <= len(before)

    def test_asked_once_more_becomes_a_question(self, told, monkeypatch):
        monkeypatch.setattr(joining, "SMALL", 0.5)
        ask(SAID[-1][0], "Ja, wij sturen u een kalender.", "Femke Smit", day=60)
        run()
        assert Given.objects.filter(question=question_of(SAID[-1][0])).count() == 2


class TestFinding:
    def test_a_reply_that_answers_two_things_gives_two_answers(self, teacher):
        text = (
            "Hoeveel procent mag ik boetevrij aflossen van mijn hypotheek? "
            "Wanneer sturen jullie de jaaropgave van dit jaar?"
        )
        answer = "U mag 10% van uw hypotheek boetevrij aflossen. De jaaropgave sturen wij in januari."
        ask(text, answer)
        run()
        found = {each.voice.text[each.ask_start : each.ask_end]: each for each in Given.objects.all()}
        assert {answer[each.start : each.end] for each in found.values()} == set(
            answer.replace("n. De", "n.|De").split("|")
        )
        repay = next(each for asked, each in found.items() if "aflossen" in asked)
        assert answer[repay.start : repay.end].startswith("U mag 10%")

    def test_a_reply_that_cannot_be_parted_answers_both_as_a_whole(self, teacher):
        ask("Wat kost een taxatie bij u? Hoe geef ik mijn verhuizing door?", "Belt u ons daarover even.")
        run()
        assert {(each.start, each.end) for each in Given.objects.all()} == {(0, 25)}

    def test_what_was_said_in_a_call_answers_the_question_before_it(self, teacher):
        text = (
            "Adviseur: Goedemorgen, u spreekt met Daan Hofman, waarmee kan ik u helpen?\n"
            "Klant: Hoeveel mag ik boetevrij aflossen?\n"
            "Adviseur: Wat is uw postcode?\n"
            "Klant: 3511 AB.\n"
            "Adviseur: U mag 15 procent per jaar aflossen.\n"
        )
        understand(hear(text=text, channel="call", day=1))
        run()
        given = Given.objects.get()
        assert text[given.ask_start : given.ask_end] == "Hoeveel mag ik boetevrij aflossen?"
        assert text[given.start : given.end] == "U mag 15 procent per jaar aflossen."
        assert given.adviser == "Daan Hofman"

    def test_thanks_wait_for_no_answer(self, teacher):
        ask("Dank u wel, wat een fijne hulp.", "Graag gedaan.", kind="compliment")
        run()
        assert not Given.objects.exists()
        assert Looked.objects.count() == 2

    def test_a_report_of_a_visit_counts_as_an_answer(self, told):
        visit = Visit.objects.create(
            name="Aflossen", scenario="Bel", channel="call", planned_for="2025-03-01", state=VisitState.REPORTED
        )
        VisitAnswer.objects.create(
            visit=visit, position=0, question=PENALTY, told="U mag 20% boetevrij aflossen.", asked=True
        )
        run()
        given = Given.objects.get(visited__visit=visit)
        assert given.question == question_of(PENALTY)
        assert len(question_of(PENALTY).clashes[0]["values"]) == 3

    def test_a_stray_reply_answers_the_last_voice_before_it_in_the_conversation(self, teacher):
        from tests.people.conftest import conversation

        talk = conversation()
        first = understand(hear(text="Hoe laat bent u open?", day=1, conversation=talk))
        later = understand(hear(text=OFFER, day=3, conversation=talk))
        after = understand(hear(text="Wanneer krijg ik mijn jaaropgave?", day=9, conversation=talk))
        tell(text="Drie weken.", conversation=talk, day=4)
        run()
        assert list(Given.objects.values_list("voice", flat=True)) == [later.pk]
        assert first.pk != after.pk


class TestGoing:
    def test_erasing_leaves_nothing_and_judges_again(self, told):
        from gehoor.rooms.answers import erasing
        from gehoor.rooms.privacy.rights import Subject

        found = question_of(PENALTY)
        voices = list(Given.objects.filter(question=found, group=1).values_list("voice", flat=True))
        assert voices
        erasing.erase(Subject(person=None, voices=voices))
        found.refresh_from_db()
        assert found.verdict == ""
        assert found.clashes == found.groups == []
        assert not Given.objects.filter(voice__in=voices).exists()
        assert deciding.pending() == 1
        run()
        found.refresh_from_db()
        assert found.verdict == "agree"
        assert found.text

    def test_erasing_all_answers_of_a_question_removes_it(self, told):
        from gehoor.rooms.answers.given.following import do_forget

        found = question_of(OFFER)
        do_forget(voices=list(Given.objects.filter(question=found).values_list("voice", flat=True)))
        run()
        assert not Question.objects.filter(pk=found.pk).exists()

    def test_the_wording_of_an_erased_voice_goes(self, told):
        from gehoor.rooms.answers.given.following import do_forget

        found = question_of(PENALTY)
        do_forget(voices=[found.asked_in_id])
        found.refresh_from_db()
        assert found.text == ""
        assert found.asked_in is None
        run()
        found.refresh_from_db()
        assert found.text
        assert Given.objects.filter(Q(voice=found.asked_in), question=found).exists()
