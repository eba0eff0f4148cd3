"""Telling everyone who asked, each once, and asking ten beforehand; with the real runs of the sending room."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gehoor.analysis.sampling import draw_equally
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.changes import board
from gehoor.rooms.changes.actions import do_decide, do_done, do_start_change, do_undo_step
from gehoor.rooms.changes.asked import asked_for
from gehoor.rooms.changes.board import Place, all_rows, rows_of
from gehoor.rooms.changes.composing import proposal, trial_proposal
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.measuring import HEADLINES, Outcomes
from gehoor.rooms.changes.models import Asker, Says, StepKind, Telling, TrialAnswer
from gehoor.rooms.changes.telling import circle, do_tell
from gehoor.rooms.changes.trial import do_ask_ten, do_note_answer, do_undo_answer, draw, places_in_order, pool, trial
from gehoor.rooms.needs.recount import do_recount
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.checking import stops
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.runs import do_remove_run, objections
from gehoor.rooms.voices.models import Conversation, Reply

from .conftest import colleague, original, say, seen_by, someone

TODAY = timezone.localdate()
TEXTS = {
    "subject_nl": "U vroeg het ons",
    "text_nl": "Het bouwdepot wordt nu binnen een week uitbetaald.",
    "points_nl": "Het bouwdepot gaat sneller.",
}


@pytest.fixture
def change(heard, deposit, marketer):
    return do_start_change(name="Bouwdepot binnen een week", needs=[deposit.public_id], actor=marketer)


@pytest.fixture
def done(change, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    do_done(change=change, day=TODAY, actor=marketer)
    return change


def around(change):
    return circle(change, standing_of(change))


def told(run, *persons):
    Delivery.objects.filter(run=run, person__in=persons).update(state=State.SENT, told_at=timezone.now())


def test_everyone_who_asked_stands_in_the_run_and_nobody_else(done, heard, marketer):
    telling = do_tell(change=done, texts=TEXTS, actor=marketer)
    assert {each.person.name for each in telling.run.deliveries.all()} == {"Ans", "Bert"}
    assert telling.run.deliveries.get(person=heard["ans"]).channel == "email"
    assert telling.answer == "yes"
    assert telling.run.behalf == done.public_id


def test_what_is_told_hangs_on_what_was_asked_last(done, heard, deposit, marketer):
    telling = do_tell(change=done, texts=TEXTS, actor=marketer)
    voice = telling.run.deliveries.get(person=heard["ans"]).voice
    assert voice.text == "Weer niets van het bouwdepot gehoord."


def test_nobody_stands_in_two_runs_and_who_asks_later_is_told_in_the_next(done, heard, deposit, marketer):
    first = do_tell(change=done, texts=TEXTS, actor=marketer)
    with pytest.raises(Refused):
        do_tell(change=done, texts=TEXTS, actor=marketer)
    dirk = someone("Dirk", "dirk@example.nl")
    say("Ook ik wacht op mijn depot", person=dirk, need=deposit)
    do_recount(generation=deposit.generation)
    second = do_tell(change=done, texts=TEXTS, actor=marketer)
    assert [each.person for each in second.run.deliveries.all()] == [dirk]
    assert not set(first.run.deliveries.values_list("person", flat=True)) & {dirk.pk}


def test_a_run_that_is_thrown_away_leaves_everyone_to_be_told(done, marketer):
    telling = do_tell(change=done, texts=TEXTS, actor=marketer)
    assert around(done).left == ()
    do_remove_run(actor=marketer, run=telling.run)
    assert len(around(done).left) == 2
    assert not Telling.objects.exists()


def test_how_far_it_is_counts_told_waiting_out_of_reach_and_anonymous(done, heard, marketer):
    telling = do_tell(change=done, texts=TEXTS, actor=marketer)
    told(telling.run, heard["ans"])
    now = around(done)
    assert (now.asked, now.told, now.waiting, now.out_of_reach, now.anonymous) == (2, 1, 0, 1, 1)


def test_a_no_can_be_told_and_whoever_heard_it_is_told_when_it_becomes_a_yes(change, heard, marketer):
    no = do_decide(change=change, kind=StepKind.NO, reason="Kan niet", actor=marketer)
    told(do_tell(change=change, texts=TEXTS, actor=marketer).run, heard["ans"], heard["bert"])
    assert around(change).told == 2
    do_undo_step(step=no, actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    now = around(change)
    assert (now.told, len(now.left), now.otherwise) == (0, 2, 2)
    do_tell(change=change, texts=TEXTS, actor=marketer)
    assert around(change).left == ()


def test_who_was_told_stays_written_down_when_the_decision_is_undone(change, heard, marketer):
    no = do_decide(change=change, kind=StepKind.NO, reason="Kan niet", actor=marketer)
    told(do_tell(change=change, texts=TEXTS, actor=marketer).run, heard["ans"])
    do_undo_step(step=no, actor=marketer)
    assert {asker.person.name for asker in Asker.objects.all()} == {"Ans", "Bert"}


def test_nothing_is_told_before_a_decision_or_by_who_may_not_tell(change, marketer):
    with pytest.raises(Refused):
        do_tell(change=change, texts=TEXTS, actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    with pytest.raises(NotAllowed):
        do_tell(change=change, texts=TEXTS, actor=colleague("manager"))
    assert not Telling.objects.exists()


def test_two_who_turn_out_to_be_one_are_told_once(done, heard, marketer):
    told(do_tell(change=done, texts=TEXTS, actor=marketer).run, heard["ans"])
    Person.objects.filter(pk=heard["bert"].pk).update(merged_into=heard["ans"])
    now = around(done)
    assert (now.asked, now.told, now.left) == (1, 1, ())


def test_on_the_board_it_is_told_when_nobody_is_left(done, heard, marketer):
    assert rows_of([done])[0].place == Place.DONE
    assert rows_of([done])[0].reached.left == 2
    telling = do_tell(change=done, texts=TEXTS, actor=marketer)
    told(telling.run, heard["ans"])
    bert = Delivery.objects.filter(run=telling.run, person=heard["bert"])
    bert.update(state=State.WAITING)
    assert rows_of([done])[0].place == Place.DONE
    bert.update(state=State.UNREACHABLE)
    row = rows_of([done])[0]
    assert (row.place, row.reached.told, row.reached.left) == (Place.TOLD, 1, 0)


def test_on_the_board_what_was_told_and_measured_stands_last(done, heard, marketer, monkeypatch):
    told(do_tell(change=done, texts=TEXTS, actor=marketer).run, heard["ans"], heard["bert"])
    assert [row.place for row in all_rows()] == [Place.TOLD]
    monkeypatch.setattr(board, "outcomes_of", lambda changes: {done.pk: Outcomes.NO_EFFECT})
    (row,) = all_rows()
    assert (row.place, row.headline) == (Place.MEASURED, HEADLINES[Outcomes.NO_EFFECT])


@pytest.mark.parametrize("kind", ["yes", "no", "later", "done"])
def test_the_proposal_holds_in_the_checks_once_what_is_open_was_written(change, marketer, kind):
    more = {"no": {"reason": "Dat mag niet van de wet {x}"}, "later": {"day": TODAY.replace(year=TODAY.year + 1)}}
    decided = StepKind("yes" if kind == "done" else kind)
    do_decide(change=change, kind=decided, actor=marketer, **more.get(kind, {}))
    if kind == "done":
        do_done(change=change, day=TODAY, reason="Elke dag uitbetalen", actor=marketer)
    texts = proposal(change, standing_of(change), asked_for([change.pk])[change.pk])
    assert "Bouwdepot binnen een week" in texts["text_nl"]
    with pytest.raises(Refused):
        do_tell(change=change, texts=texts, actor=marketer)
    written = {name: text.replace("[", "").replace("]", "") for name, text in texts.items()}
    telling = do_tell(change=change, texts=written, actor=marketer)
    assert not stops(objections(telling.run))


def test_the_trial_proposal_holds_in_the_checks(change, marketer):
    written = {name: text.replace("[", "").replace("]", "") for name, text in trial_proposal(change).items()}
    assert not stops(objections(do_ask_ten(change=change, texts=written, actor=marketer).run))


def many(deposit, count, reachable):
    people = []
    for number in range(count):
        person = someone(f"K{number}", f"k{number}@example.nl" if number in reachable else "")
        say(f"Depot {number}", person=person, need=deposit, channel="letter")
        people.append(person)
    do_recount(generation=deposit.generation)
    return people


def test_ten_are_drawn_who_can_be_reached_and_the_seed_draws_them_again(change, deposit, marketer):
    people = many(deposit, 40, set(range(0, 40, 2)))
    drawn = draw(pool(change), seed=7)
    assert len(drawn.persons) == len(set(drawn.persons)) == 10
    reachable = {person.pk for person in people[::2]} | set(
        Person.objects.filter(name="Ans").values_list("pk", flat=True)
    )
    assert set(drawn.persons) <= reachable
    assert draw(pool(change), seed=7) == drawn
    assert draw(pool(change), seed=8) != drawn


@pytest.mark.parametrize("seed", [0, 7, 123_456])
def test_the_order_is_that_of_the_fair_draw_for_every_number(seed):
    order = places_in_order(23, seed)
    assert sorted(order) == list(range(23))
    for taken in range(24):
        assert sorted(order[:taken]) == draw_equally(23, taken, seed).chosen.tolist()


def test_everyone_who_can_be_reached_has_the_same_chance(change, deposit):
    many(deposit, 12, set(range(9)))
    people = pool(change)
    times = dict.fromkeys(people, 0)
    for seed in range(300):
        for person in draw(people, seed, count=4).persons:
            times[person] += 1
    counts = sorted(count for count in times.values() if count)
    assert len(counts) == 10
    assert sum(counts) == 1_200
    assert 80 < counts[0] <= counts[-1] < 165


def test_fewer_than_ten_are_all_asked_and_nobody_twice(change, heard, marketer):
    telling = do_ask_ten(change=change, texts=TEXTS, actor=marketer, seed=1)
    assert [each.person for each in telling.run.deliveries.all()] == [heard["ans"]]
    assert (telling.seed, telling.drawn_from) == (1, 2)
    with pytest.raises(Refused):
        do_ask_ten(change=change, texts=TEXTS, actor=marketer)


def test_who_was_asked_is_still_told(change, heard, marketer):
    told(do_ask_ten(change=change, texts=TEXTS, actor=marketer).run, heard["ans"])
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    assert len(around(change).left) == 2


@pytest.fixture
def asked(change, heard, marketer):
    telling = do_ask_ten(change=change, texts=TEXTS, actor=marketer)
    told(telling.run, heard["ans"])
    return telling


def test_an_answer_is_noted_once_and_can_be_undone(asked, heard, marketer):
    adviser = colleague("adviser")
    answer = do_note_answer(telling=asked, person=heard["ans"], says=Says.HELPS, words="Ja, graag", actor=adviser)
    assert (trial(asked).answered, trial(asked).counts) == (1, [("helps", 1)])
    with pytest.raises(Refused):
        do_note_answer(telling=asked, person=heard["ans"], says=Says.NOT, actor=adviser)
    do_undo_answer(answer=answer, actor=adviser)
    assert trial(asked).answered == 0
    with pytest.raises(Refused):
        do_undo_answer(answer=answer, actor=adviser)


def test_nobody_answers_who_was_not_asked(asked, heard, marketer):
    for person, says in [(heard["cor"], Says.HELPS), (heard["ans"], "misschien")]:
        with pytest.raises(Refused):
            do_note_answer(telling=asked, person=person, says=says, actor=marketer)
    with pytest.raises(NotAllowed):
        do_note_answer(telling=asked, person=heard["ans"], says=Says.HELPS, actor=colleague("manager"))
    assert not TrialAnswer.objects.exists()


def came_back(telling, person, text):
    """Our question became a reply in a conversation, in which the customer answered."""
    talk = Conversation.objects.create(key=b"k" * 32, channel="email")
    reply = Reply.objects.create(
        channel="email", text="Helpt dit?", file="x", item="x", original=original(), conversation=talk
    )
    Delivery.objects.filter(run=telling.run, person=person).update(reply=reply)
    return say(text, person=person, conversation=talk, day=900)


def test_what_came_back_is_proposed_and_a_person_judges(asked, heard, marketer):
    voice = came_back(asked, heard["ans"], "Nou, een beetje wel.")
    (one,) = trial(asked).people
    assert (one.proposed, one.answer) == ((voice,), None)
    do_note_answer(telling=asked, person=heard["ans"], says=Says.PARTLY, voice=voice, actor=marketer)
    (one,) = trial(asked).people
    assert (one.proposed, one.answer.voice) == ((), voice)


def test_the_whole_way_on_the_screen(client, change, heard, marketer):
    client.force_login(marketer)
    ask = reverse("changes:ask", args=[change.public_id])
    assert "Helpt" in client.get(ask).content.decode()
    response = client.post(ask, TEXTS, follow=True)
    telling = Telling.objects.get()
    here = reverse("changes:telling", args=[change.public_id, telling.run.public_id])
    assert response.redirect_chain[-1][0] == here
    assert "Het bouwdepot wordt nu binnen een week uitbetaald." in response.content.decode()
    client.post(reverse("changes:begin", args=[change.public_id, telling.run.public_id]))
    telling.run.refresh_from_db()
    assert telling.run.state == "sending"
    told(telling.run, heard["ans"])
    answer = reverse("changes:answer", args=[change.public_id, telling.run.public_id])
    client.post(answer, {"person": heard["ans"].public_id, "says": "helps", "words": "Dat scheelt mij veel"})
    for address in (here, reverse("changes:change", args=[change.public_id])):
        said = client.get(address).content.decode()
        assert "1 helpt" in said
        assert "Dat scheelt mij veel" in said
    client.post(reverse("changes:undo_answer", args=[TrialAnswer.objects.get().public_id]))
    assert trial(telling).answered == 0
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    tell = reverse("changes:tell", args=[change.public_id])
    assert client.post(tell, {**TEXTS, "text_nl": "Er staat nog [iets open]."}).status_code == 422
    client.post(tell, TEXTS)
    run = Telling.objects.order_by("pk").last().run
    client.post(reverse("changes:drop", args=[change.public_id, run.public_id]))
    assert len(around(change).left) == 2


def test_a_manager_sees_the_answers_without_names(change, asked, heard, marketer):
    do_note_answer(telling=asked, person=heard["ans"], says=Says.HELPS, words="Dat scheelt mij veel", actor=marketer)
    said = seen_by("manager").get(reverse("changes:change", args=[change.public_id])).content.decode()
    assert "Dat scheelt mij veel" in said
    assert "Ans" not in said
    here = reverse("changes:telling", args=[change.public_id, asked.run.public_id])
    assert seen_by("manager").get(here).status_code == 403


def test_a_run_of_another_change_is_not_found(client, change, asked, marketer):
    other = do_start_change(name="Anders", actor=marketer)
    client.force_login(marketer)
    assert client.get(reverse("changes:telling", args=[other.public_id, asked.run.public_id])).status_code == 404
