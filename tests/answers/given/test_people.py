"""What people say of given answers wins; who was told something wrong hears it once; who may see what."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.people.conftest import START

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.answers.book.actions import do_add_answer
from gehoor.rooms.answers.book.content import Content
from gehoor.rooms.answers.given import panel, staging
from gehoor.rooms.answers.given.beginning import do_begin_entry
from gehoor.rooms.answers.given.counting import Period
from gehoor.rooms.answers.given.document import document
from gehoor.rooms.answers.given.righting import circle, do_put_right, rightings
from gehoor.rooms.answers.given.ruling import do_rule, do_say_book_is_wrong, do_undo_ruling
from gehoor.rooms.answers.given.wording import proposal
from gehoor.rooms.answers.models import Departure, Given, Question, Ruling, State
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.sending.models import State as Sent

from .conftest import colleague, run, seen_by, someone
from .said import OFFER, PENALTY, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return colleague("answer_editor")


def question_of(text):
    return Question.objects.filter(given__voice__text=text).first()


def one_of(question, group):
    return Given.objects.filter(question=question, group=group).order_by("pk").first()


def in_the_book(editor, text="U mag per jaar 10% boetevrij aflossen.", since=date(2025, 1, 1)):
    content = Content(question=PENALTY, text=text, state=State.VALIDATED, valid_from=since)
    return do_add_answer(content=content, actor=editor)


class TestRuling:
    def test_that_two_groups_say_the_same_makes_them_one(self, told, editor):
        found = question_of(PENALTY)
        do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="agree", actor=editor)
        found.refresh_from_db()
        assert found.verdict == "agree"
        assert found.clashes == []

    def test_stays_when_everything_is_made_again_and_can_be_undone(self, told, editor):
        found = question_of(PENALTY)
        ruling = do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="agree", actor=editor)
        for stage in staging.STAGES:
            stage.forget()
        run()
        assert question_of(PENALTY).verdict == "agree"
        do_undo_ruling(ruling=Ruling.objects.get(pk=ruling.pk), actor=editor)
        assert question_of(PENALTY).verdict == "contradict"

    def test_holds_for_who_says_the_same_later(self, told, editor):
        found = question_of(PENALTY)
        do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="differ", actor=editor)
        ask(PENALTY, "U mag per jaar 15% boetevrij aflossen.", "Femke Smit", day=70)
        run()
        assert question_of(PENALTY).verdict == "differ"

    def test_that_it_is_another_question_sets_its_answers_apart_for_good(self, told, editor):
        found = question_of(PENALTY)
        one = one_of(found, 1)
        ruling = do_rule(one=one, other=one_of(found, 0), verdict="other_question", actor=editor)
        one.refresh_from_db()
        assert one.question_id != found.pk
        assert Given.objects.filter(question=one.question_id).count() == 2
        for stage in staging.STAGES:
            stage.forget()
        run()
        assert {each.verdict for each in Question.objects.filter(pk__in=[found.pk, one.question_id])} == {"agree"}
        do_undo_ruling(ruling=Ruling.objects.get(pk=ruling.pk), actor=editor)
        one.refresh_from_db()
        assert one.question_id == found.pk
        assert question_of(PENALTY).verdict == "contradict"

    def test_a_clash_that_the_machine_did_not_see(self, told, editor):
        ask(OFFER, "Dat staat in de brief die u kreeg.", "Femke Smit", day=70)
        run()
        found = question_of(OFFER)
        assert found.verdict != "contradict"
        do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="contradict", actor=editor)
        found.refresh_from_db()
        assert found.verdict == "contradict"
        assert [clash["kind"] for clash in found.clashes] == ["by_person"]

    def test_is_for_who_keeps_the_book(self, told):
        found = question_of(PENALTY)
        with pytest.raises(NotAllowed):
            do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="agree", actor=colleague("adviser"))

    def test_of_answers_to_two_questions_is_refused(self, told, editor):
        with pytest.raises(Refused):
            do_rule(
                one=one_of(question_of(PENALTY), 0),
                other=one_of(question_of(OFFER), 0),
                verdict="agree",
                actor=editor,
            )


class TestTheBook:
    def test_its_entry_is_found_and_answers_are_held_against_it(self, told, editor):
        entry = in_the_book(editor)
        run()
        found = question_of(PENALTY)
        assert found.answer == entry
        assert found.text == PENALTY
        against = dict(Given.objects.filter(question=found).values_list("adviser", "against_book"))
        assert against["Yusuf Aydin"] == "contradict"
        assert against["Marieke Postma"] == "agree"

    def test_an_answer_that_adds_something_to_what_the_book_says_agrees_with_it(self, told, editor):
        in_the_book(editor)
        more = "U mag per jaar 10% boetevrij aflossen, voor u is dat € 24.500."
        voice, _ = ask(PENALTY, more, "Femke Smit", day=80)
        run()
        assert Given.objects.get(voice=voice).against_book == "agree"

    def test_the_page_says_of_each_group_whether_it_agrees_with_the_book(self, told, editor):
        in_the_book(editor, since=date(2026, 1, 1))
        run()
        found = question_of(PENALTY)
        assert [group["book"] for group in found.groups] == ["agree", "contradict"]
        page = seen_by(editor).get(reverse("answers:question", args=[found.public_id])).content.decode()
        groups = page.split('id="group-')[1:3]
        assert 'class="tag good"' in groups[0] and 'class="tag stop"' not in groups[0]
        assert 'class="tag stop"' in groups[1] and 'class="tag good"' not in groups[1]

    def test_an_answer_that_says_what_a_clashing_one_says_clashes_too(self, told, editor):
        in_the_book(editor, "U mag per jaar 10% van het oorspronkelijke bedrag boetevrij aflossen.")
        said = "U mag per jaar 10% van wat nog openstaat boetevrij aflossen."
        voices = [ask(PENALTY, f"{said}{more}", "Femke Smit", day=80)[0] for more in ("", " Groet, Femke.")]
        run()
        assert set(Given.objects.filter(voice__in=voices).values_list("against_book", flat=True)) == {"contradict"}

    def test_answers_before_it_held_are_not_held_against_it(self, told, editor):
        in_the_book(editor, since=date(2026, 1, 1))
        run()
        assert set(Given.objects.filter(question=question_of(PENALTY)).values_list("against_book", flat=True)) == {""}

    def test_begins_with_what_some_were_told(self, told, editor):
        found = question_of(PENALTY)
        entry = do_begin_entry(question=found, one=one_of(found, 0), actor=editor)
        assert entry.current.state == State.WORK_IN_PROGRESS
        assert "boetevrij" in entry.current.text
        found.refresh_from_db()
        assert found.answer == entry

    def test_can_be_wrong_itself(self, told, editor):
        entry = in_the_book(editor)
        run()
        do_say_book_is_wrong(question=question_of(PENALTY), why="Sinds mei is het 15%.", actor=editor)
        assert Departure.objects.get().answer == entry


TEXTS = {"subject_nl": "Wij vergisten ons", "text_nl": "Wij zeiden u 15%. Dat was niet juist: het is 10%."}


class TestPuttingRight:
    def test_tells_who_was_told_against_the_book_and_nobody_else(self, told, editor):
        in_the_book(editor)
        run()
        found = question_of(PENALTY)
        wrong = set(Given.objects.filter(question=found, group=1).values_list("voice__attribution__person", flat=True))
        assert circle(found).persons == len(wrong) == 2
        righting = do_put_right(question=found, group=1, texts=TEXTS, actor=editor)
        assert set(righting.run.deliveries.values_list("person", flat=True)) == wrong
        assert set(righting.run.deliveries.values_list("voice__text", flat=True)) <= {
            PENALTY,
            "Hoeveel mag ik boetevrij aflossen?",
        }

    def test_nobody_stands_in_two_runs(self, told, editor):
        in_the_book(editor)
        run()
        found = question_of(PENALTY)
        do_put_right(question=found, group=1, texts=TEXTS, actor=editor)
        with pytest.raises(Refused):
            do_put_right(question=found, group=1, texts=TEXTS, actor=editor)
        assert len(rightings(found)) == 1

    def test_passes_over_who_was_told_rightly_since(self, told, editor):
        in_the_book(editor)
        person = Given.objects.filter(adviser="Yusuf Aydin", voice__text__contains="boetevrij").first().voice
        ask(PENALTY, "U mag per jaar 10% boetevrij aflossen.", "Karin Bos", day=90, person=person.attribution.person)
        run()
        around = circle(question_of(PENALTY))
        assert around.since == 1
        assert around.to_tell == 1

    def test_passes_over_who_was_told_rightly_since_in_answer_to_something_else(self, told, editor):
        in_the_book(editor)
        person = Given.objects.filter(adviser="Yusuf Aydin", voice__text__contains="boetevrij").first().voice
        letter = "Ik zocht het na. U mag per jaar 10 % boetevrij aflossen, en geen 15 %."
        ask("Waarom hoor ik niets van u?", letter, "Karin Bos", "letter", 90, person=person.attribution.person)
        run()
        around = circle(question_of(PENALTY))
        assert (around.since, around.to_tell) == (1, 1)

    def test_does_not_pass_over_who_was_told_rightly_before(self, told, editor):
        in_the_book(editor)
        person = Given.objects.filter(adviser="Yusuf Aydin", voice__text__contains="boetevrij").first().voice
        ask("Waarom hoor ik niets van u?", "U mag 10 % boetevrij aflossen.", day=2, person=person.attribution.person)
        run()
        assert circle(question_of(PENALTY)).to_tell == 2

    def test_shows_who_is_told_and_leaves_out_who_is_taken_off(self, told, editor):
        in_the_book(editor)
        run()
        found = question_of(PENALTY)
        address = reverse("answers:put_right", args=[found.public_id, 1])
        client = seen_by(editor)
        page = client.get(address)
        people = [each.person for each, chosen in page.context["recipients"] if chosen]
        assert len(people) == 2
        assert all(person.name in page.content.decode() for person in people)
        client.post(address, {**TEXTS, "told": [str(people[0].public_id)]})
        assert list(rightings(found)[0].run.deliveries.values_list("person", flat=True)) == [people[0].pk]

    def test_names_a_day_only_when_it_is_the_day_of_everyone(self):
        one, other = START, START + timedelta(days=40)
        for moments, named in (([one, one], True), ([one, other], False)):
            text = proposal(question="Vraag?", says={"nl": "15 %"}, right="10 %", moments=moments)["text_nl"]
            assert (str(START.year) in text) is named
            assert "Tussen" not in text

    def test_waits_until_the_brackets_are_filled(self, told, editor):
        in_the_book(editor)
        run()
        with pytest.raises(Refused):
            do_put_right(
                question=question_of(PENALTY), group=1, texts={**TEXTS, "text_nl": "[schrijf dit]"}, actor=editor
            )

    def test_nothing_is_sent_with_braces_that_nothing_is_filled_in_for(self, told, editor):
        in_the_book(editor)
        run()
        with pytest.raises(Refused):
            do_put_right(
                question=question_of(PENALTY),
                group=1,
                texts={**TEXTS, "text_nl": "Op {dag} zeiden wij u iets anders."},
                actor=editor,
            )

    def test_a_group_that_a_person_says_was_wrong_is_told_too(self, told, editor):
        found = question_of(PENALTY)
        do_rule(one=one_of(found, 1), other=one_of(found, 0), verdict="wrong", actor=editor)
        assert circle(found).to_tell == 2

    def test_shows_on_the_dossier_what_was_told_and_that_it_was_put_right(self, told, editor):
        in_the_book(editor)
        run()
        found = question_of(PENALTY)
        person = one_of(found, 1).voice.attribution.person_id
        assert [each.against_book for each in panel.told(person, "nl")] == [True]
        righting = do_put_right(question=found, group=1, texts=TEXTS, actor=editor)
        Delivery.objects.filter(run=righting.run).update(state=Sent.SENT)
        assert [each.righted for each in panel.told(person, "nl")] == [True]
        assert circle(found).told == 2
        assert "15" in panel.render(person)


class TestTheDocument:
    def test_has_what_was_agreed_on(self, told):
        found = document(Period())["questions"]
        clashing = found[0]
        assert {"id", "question", "asked", "advisers", "verdict", "groups", "clashes"} <= set(clashing)
        assert clashing["verdict"] == "contradict"
        assert (clashing["asked"], clashing["advisers"]) == (5, 4)
        assert sorted(len(group["answers"]) for group in clashing["groups"]) == [2, 3]
        values = clashing["clashes"][0]["values"]
        assert {each["value"].split(" %")[0] for each in values} == {"10", "15"}
        voices = {str(each) for each in Given.objects.values_list("voice__public_id", flat=True)}
        assert {each["answer"] for each in values} <= voices
        assert all(each["quote"] for each in values)

    def test_names_the_entry_and_of_each_answer_the_day_and_the_channel(self, told, editor):
        entry = in_the_book(editor)
        run()
        found = document(Period())["questions"][0]
        assert found["entry"] == str(entry.public_id)
        assert found["first"] < found["last"]
        assert [group["book"] for group in found["groups"]] == ["agree", "contradict"]
        clashing = found["groups"][1]
        assert [each["answer"] for each in clashing["told"]] == clashing["answers"]
        assert {(each["channel"], each["against_book"]) for each in clashing["told"]} == {("chat", "contradict")}
        assert all(found["first"] <= each["at"] <= found["last"] for each in clashing["told"])

    def test_of_a_period_says_what_was_told_then(self, told):
        first = Period(until=START.date().replace(day=25))
        found = {each["question"]: each for each in document(first)["questions"]}
        asked = question_of(PENALTY).text
        assert found[asked]["verdict"] == "agree"
        assert found[asked]["asked"] == 3
        assert found[asked]["clashes"] == []


class TestThePages:
    def test_show_what_clashes_first(self, told):
        page = seen_by(colleague("marketer")).get(reverse("answers:given"))
        assert page.status_code == 200
        text = page.content.decode()
        assert text.index(question_of(PENALTY).text) < text.index(question_of(OFFER).text)

    def test_show_the_groups_with_the_clashing_facts_marked(self, told):
        page = seen_by(colleague("marketer")).get(reverse("answers:question", args=[question_of(PENALTY).public_id]))
        text = page.content.decode()
        assert "<mark>10%</mark>" in text
        assert "<mark>15%</mark>" in text
        assert "Yusuf Aydin" in text

    def test_lay_answers_that_state_nothing_apart_and_do_not_count_them(self, told):
        ask(PENALTY, "Dat staat in de brief die u kreeg.", "Femke Smit", day=70)
        run()
        found = question_of(PENALTY)
        client = seen_by(colleague("marketer"))
        page = client.get(reverse("answers:question", args=[found.public_id]))
        assert (len(page.context["stating"]), page.context["silent_answers"]) == (2, 1)
        assert 'id="silent"' in page.content.decode()
        row = client.get(reverse("answers:given")).context["rows"][0]
        assert (row.question, row.different) == (found, 2)

    def test_count_the_voices_of_a_question_as_the_document_does(self, told):
        found = question_of(PENALTY)
        asked = {each["id"]: each["asked"] for each in document(Period())["questions"]}[str(found.public_id)]
        client = seen_by(colleague("marketer"))
        for address in (reverse("answers:given"), reverse("answers:question", args=[found.public_id])):
            assert f"{asked} stemmen: {asked} klanten" in client.get(address).content.decode()

    def test_of_a_period_count_as_clashing_what_is_shown_as_clashing(self, told):
        page = seen_by(colleague("marketer")).get(reverse("answers:given"), {"until": START.date().replace(day=25)})
        rows = [row.verdict for row in page.context["rows"]]
        assert page.context["overview"].clashing == rows.count("contradict") == 0

    def test_ask_a_bounded_number_of_questions_of_the_database(self, told, django_assert_max_num_queries):
        client = seen_by(colleague("marketer"))
        with django_assert_max_num_queries(30):
            client.get(reverse("answers:given"))

    def test_let_an_editor_rule_and_undo(self, told, editor):
        found = question_of(PENALTY)
        client = seen_by(editor)
        said = {"one": one_of(found, 1).public_id, "other": one_of(found, 0).public_id, "verdict": "agree"}
        assert client.post(reverse("answers:rule", args=[found.public_id]), said).status_code == 302
        assert question_of(PENALTY).verdict == "agree"
        ruling = Ruling.objects.get()
        client.post(reverse("answers:undo_ruling", args=[ruling.public_id]))
        assert question_of(PENALTY).verdict == "contradict"

    def test_word_the_right_answer_from_the_book(self, told, editor):
        in_the_book(editor)
        run()
        page = seen_by(editor).get(reverse("answers:put_right", args=[question_of(PENALTY).public_id, 1]))
        text = page.content.decode()
        assert "U mag per jaar 10% boetevrij aflossen." in text
        assert "15 %" in text

    def test_are_closed_to_who_may_not_see_answers(self, told):
        for role in ("privacy_officer", "administrator"):
            assert seen_by(colleague(role)).get(reverse("answers:given")).status_code == 403

    def test_send_a_stranger_to_the_door(self, told, client):
        assert client.get(reverse("answers:given")).status_code == 302


def test_an_empty_page_says_whether_there_is_nothing_or_it_is_still_to_come(db, teacher, home):
    looks = seen_by(colleague("answer_editor"))
    assert "Nog geen vraag is twee keer gesteld" in looks.get(reverse("answers:given")).content.decode()
    assert "Geen vraag past bij deze keuze" in looks.get(reverse("answers:given") + "?verdict=agree").content.decode()
    ask(PENALTY, "U mag per jaar 10% boetevrij aflossen.")
    assert "Onze antwoorden worden nog gelezen" in looks.get(reverse("answers:given")).content.decode()


def test_a_person_without_answers_has_no_panel(db):
    assert panel.render(someone().pk) == ""


def test_the_share_of_each_answer_per_month_is_drawn_with_its_table(told):
    url = reverse("answers:question", args=[question_of(PENALTY).public_id])
    page = seen_by(colleague("marketer")).get(url)
    drawn = page.context["drawn_months"]
    assert {(row["name"], row["month"]) for row in drawn} == {
        (name, month) for name in ("1. 10 % per jaar", "2. 15 % per jaar") for month in {row["month"] for row in drawn}
    }
    assert all(sum(row["share"] for row in drawn if row["month"] == each["month"]) == 1 for each in drawn)
    assert "<figure" in page.content.decode()
