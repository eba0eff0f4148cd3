"""Versions, proposals, two people at once, facts that carry on, ways to ask."""

from dataclasses import replace
from datetime import date

import pytest

from gehoor.analysis.agreement import FactKind
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.answers.book.actions import (
    Overtaken,
    do_decline,
    do_propose,
    do_restore,
    do_reviewed,
    do_save,
    do_set_facts,
    do_set_state,
    do_take_proposal,
)
from gehoor.rooms.answers.book.content import Content, check_content, content_of, given, too_long
from gehoor.rooms.answers.book.differing import Mark, difference
from gehoor.rooms.answers.book.facts import Stated, facts_after, read_facts
from gehoor.rooms.answers.book.merging import merge
from gehoor.rooms.answers.book.phrasing import do_add_phrasing, do_remove_phrasing, phrasings_of
from gehoor.rooms.answers.models import Answer, Departure, Proposal, State, Version
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import REPAYING, colleague, entry

pytestmark = pytest.mark.django_db


def save(answer, by, why="", **fields):
    now = Answer.objects.get(pk=answer.pk).current
    content = replace(content_of(now), **fields)
    return do_save(answer=answer, content=content, based_on=now.number, actor=by, why=why)


def test_every_change_is_a_version_with_who_and_why(repaying, editor):
    save(repaying, editor, text="U mag 15% aflossen.", why="Nieuwe voorwaarden")
    versions = list(repaying.versions.order_by("number"))
    assert [each.number for each in versions] == [1, 2]
    assert (versions[1].why, versions[1].by) == ("Nieuwe voorwaarden", editor)
    assert versions[0].text == REPAYING
    assert AuditEntry.objects.filter(action="answer.change", public_id=repaying.public_id).count() == 1


def test_saving_what_stands_there_makes_no_version(repaying, editor):
    save(repaying, editor, text=REPAYING + "  \r\n")
    assert repaying.versions.count() == 1


def test_an_earlier_version_comes_back_as_a_new_one(repaying, editor):
    save(repaying, editor, text="Anders.")
    made = do_restore(version=repaying.versions.get(number=1), actor=editor)
    assert (made.number, made.text, made.restores.number) == (3, REPAYING, 1)
    assert Answer.objects.get(pk=repaying.pk).current == made


def test_who_saves_on_an_old_version_is_told_and_nothing_is_lost(repaying, editor):
    other = colleague("answer_editor", name="Carla")
    base = content_of(repaying.current)
    do_save(answer=repaying, content=replace(base, text="Van Carla: 20%."), based_on=1, actor=other)
    mine = replace(base, subject="Aflossen", question="Mag ik boetevrij aflossen?")
    with pytest.raises(Overtaken):
        do_save(answer=repaying, content=mine, based_on=1, actor=editor)
    merged = merge(base, mine, content_of(Answer.objects.get(pk=repaying.pk).current))
    assert (merged.content.text, merged.content.subject) == ("Van Carla: 20%.", "Aflossen")
    assert (merged.theirs, merged.both) == (("text",), ())


def test_what_both_changed_is_named_and_stays_mine():
    base = Content("Vraag?", "een")
    merged = merge(base, replace(base, text="twee"), replace(base, text="drie"))
    assert (merged.content.text, merged.both) == ("twee", ("text",))


def test_an_adviser_brings_their_own_as_far_as_to_be_validated(adviser):
    made = entry("Wanneer krijg ik mijn jaaroverzicht?", "In januari.", by=adviser, state=State.WORK_IN_PROGRESS)
    do_set_state(answer=made, state=State.NOT_VALIDATED, actor=adviser)
    with pytest.raises(NotAllowed):
        do_set_state(answer=made, state=State.VALIDATED, actor=adviser)


def test_an_adviser_changes_nothing_of_others_but_proposes(repaying, adviser, editor):
    with pytest.raises(NotAllowed):
        save(repaying, adviser, text="Alles mag.")
    content = replace(content_of(repaying.current), text="U mag 20% aflossen.", state=State.NOT_VALIDATED)
    proposal = do_propose(answer=repaying, content=content, actor=adviser, why="Het is verruimd")
    assert Answer.objects.get(pk=repaying.pk).current.number == 1
    taken = do_take_proposal(proposal=proposal, actor=editor)
    assert (taken.text, taken.state, taken.number) == ("U mag 20% aflossen.", State.VALIDATED, 3)
    assert Version.objects.get(pk=proposal.pk).proposal == Proposal.TAKEN
    with pytest.raises(Refused):
        do_decline(proposal=proposal, actor=editor)


def test_nobody_validates_an_entry_without_text(editor):
    made = entry("Wat kost dit?", "", by=editor, state=State.WORK_IN_PROGRESS)
    with pytest.raises(Refused):
        do_set_state(answer=made, state=State.VALIDATED, actor=editor)


@pytest.mark.parametrize(
    "wrong",
    [
        Content("", "tekst"),
        Content("x" * 501, "tekst"),
        Content("Vraag?", "x" * 40_001),
        Content("Vraag?", "tekst", valid_from=date(2025, 2, 1), valid_to=date(2025, 1, 1)),
        Content("Vraag?", "tekst", state="unheard of"),
        Content("Vraag?", "tekst", forms=(("drum", "nl", "bom"),)),
    ],
)
def test_what_no_entry_can_be_is_refused(wrong):
    with pytest.raises(Refused):
        check_content(wrong)


def test_a_form_that_is_missing_follows_the_answer_and_too_much_is_warned_of():
    content = check_content(Content("Vraag?", "Lang antwoord.", forms=(("post", "nl", "x" * 300), ("mail", "nl", " "))))
    assert given(content, "letter", "nl").text == "Lang antwoord."
    assert given(content, "post", "en").text == "x" * 300
    assert [(each.manner, each.over) for each in too_long(content)] == [("post", 20)]


def test_facts_are_found_and_what_was_confirmed_stays_while_it_stands_in_the_text(repaying, editor):
    found = read_facts(repaying.current.facts)
    assert {each.fact.kind for each in found} >= {FactKind.PERCENTAGE, FactKind.AMOUNT}
    assert not any(each.by_person for each in found)
    percent = next(each for each in found if each.fact.kind is FactKind.PERCENTAGE)
    do_set_facts(answer=repaying, facts=[replace(percent, by_person=True)], based_on=1, actor=editor)
    made = save(repaying, editor, text="Let op. " + REPAYING)
    kept = read_facts(made.facts)
    assert [(made.text[each.fact.start : each.fact.end], each.by_person) for each in kept] == [
        (REPAYING[percent.fact.start : percent.fact.end], True)
    ]


def test_a_fact_that_was_struck_is_not_proposed_again_but_a_new_one_is(editor):
    before = facts_after("Wat kost het?", "Het kost € 250.")
    assert before
    after = facts_after("Wat kost het?", "Het kost € 250. Dat duurt 3 weken.", ("Wat kost het?", "Het kost € 250.", []))
    assert [each.fact.kind for each in after] == [FactKind.PERIOD]


def test_what_was_confirmed_goes_with_its_words():
    text = "Het kost € 250."
    sure = [Stated(each.fact, by_person=True) for each in facts_after("Wat kost het?", text)]
    assert facts_after("Wat kost het?", "Het is gratis voor u", ("Wat kost het?", text, sure)) != sure


def test_ways_to_ask_are_known_once_and_can_come_back(repaying, adviser, editor):
    one = do_add_phrasing(answer=repaying, text=" Mag ik extra\naflossen? ", actor=adviser)
    assert do_add_phrasing(answer=repaying, text="mag ik EXTRA aflossen?", actor=editor) == one
    do_remove_phrasing(phrasing=one, actor=adviser)
    assert phrasings_of(repaying) == []


def test_who_looked_at_it_settles_the_departures(repaying, editor):
    Departure.objects.create(answer=repaying, because="book_wrong")
    made = do_reviewed(answer=repaying, review_on=date(2030, 1, 1), actor=editor)
    assert made.review_on == date(2030, 1, 1)
    assert list(Departure.objects.values_list("handled", flat=True)) == ["kept"]


def test_a_difference_marks_words_and_makes_up_both_texts():
    old, new = "U mag 10% aflossen per jaar.", "U mag 15% aflossen per kalenderjaar. Gratis."
    pieces = difference(old, new)
    assert "".join(each.text for each in pieces if each.mark is not Mark.NEW) == old
    assert "".join(each.text for each in pieces if each.mark is not Mark.GONE) == new
    assert [each.text.strip() for each in pieces if each.mark is Mark.GONE] == ["10", "jaar"]
