"""A draft is held against the book, and against what this person was told before."""

import pytest
from tests.answers.checking.conftest import (
    DAY,
    DEPOSIT,
    DEPOSIT_SAYS,
    REPAY,
    REPAY_SAYS,
    entry,
    hear,
    someone,
    tell,
    version,
)

from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.answers.checking.remarks import Outcome, Severity
from gehoor.rooms.answers.models import State


def said(remark):
    return remark.severity, remark.draft_says, remark.source_says


def test_a_clash_names_the_sentence_both_values_and_the_entry_with_its_owner(book):
    draft = "Beste mevrouw,\n\nU mag elk jaar 10 % boetevrij aflossen. Dat regelt u zelf."
    (remark, *_) = check(draft, question=REPAY).clashes
    assert said(remark) == (Severity.CLASH, "10 % per jaar", "15 % per jaar van het oorspronkelijke bedrag")
    assert draft[remark.start : remark.end] == remark.quote == "U mag elk jaar 10 % boetevrij aflossen."
    assert draft[remark.fact_start : remark.fact_end] == "10 %"
    assert remark.entry.question == REPAY
    assert remark.entry.owner == "Olga Visser"
    assert remark.entry.since == book["repay"].at
    assert remark.earlier is None


def test_what_agrees_says_so_and_names_what_it_was_held_against(book):
    checked = check("Ja, u mag ieder jaar 15 % boetevrij aflossen, en alles bij verkoop van de woning.", question=REPAY)
    assert checked.outcome is Outcome.AGREES
    assert [each.question for each in checked.entries if each.agrees] == [REPAY]


def test_nothing_to_compare_is_something_else_than_agreeing(book):
    checked = check("Onze parkeerplaats is op zondag dicht.", question="Kan ik op zondag bij u parkeren?")
    assert checked.outcome is Outcome.NOTHING_TO_COMPARE
    assert checked.entries == []


def test_a_draft_that_states_nothing_of_it_neither_agrees_nor_clashes(book):
    checked = check("Wij zoeken dit voor u uit en bellen u terug.", question=REPAY)
    assert checked.outcome is Outcome.NOTHING_IN_COMMON


def test_without_a_question_the_draft_itself_is_looked_up(book):
    checked = check("Uw declaratie uit het bouwdepot betalen wij uit binnen 20 werkdagen.")
    assert checked.questions == []
    assert [said(each) for each in checked.clashes] == [
        (Severity.CLASH, "hoogstens 20 werkdagen", "hoogstens 5 werkdagen")
    ]


BOTH_WRONG = {(REPAY, "10 % per jaar"), (DEPOSIT, "hoogstens 20 werkdagen")}


@pytest.mark.parametrize(
    "draft",
    [
        "U mag elk jaar 10 % boetevrij extra aflossen op uw hypotheek. Een declaratie uit het bouwdepot betalen wij "
        "binnen 20 werkdagen uit.",
        "U mag elk jaar 10 % boetevrij extra aflossen op uw hypotheek en een declaratie uit het bouwdepot wordt binnen "
        "20 werkdagen uitbetaald.",
        "Dank voor uw mail.\n\nU mag elk jaar 10 % boetevrij extra aflossen op uw hypotheek. Dat regelt u zelf.\n\n"
        "Wij wensen u veel succes met de verbouwing. Een declaratie uit het bouwdepot betalen wij binnen 20 werkdagen.",
    ],
)
def test_a_draft_about_several_things_is_held_against_each_entry_that_it_touches(book, draft):
    assert {(each.entry.question, each.draft_says) for each in check(draft).clashes} == BOTH_WRONG


def test_what_a_draft_says_beyond_what_was_asked_is_held_against_its_own_entry(book):
    draft = (
        "U mag elk jaar 10 % boetevrij aflossen. Een declaratie uit het bouwdepot betalen wij uit binnen 20 werkdagen."
    )
    found = {(each.entry.question, each.draft_says) for each in check(draft, question=REPAY).clashes}
    assert found == BOTH_WRONG


def test_the_asks_of_the_voice_are_looked_up(book, customer):
    voice = hear(f"Beste bank. {DEPOSIT}", person=customer)
    assert check("Dat duurt 3 weken.", voice=voice).entries[0].question == DEPOSIT


def test_figures_of_one_entry_are_not_held_against_another(book):
    draft = f"{DEPOSIT_SAYS} U mag ieder kalenderjaar 15 % van de oorspronkelijke hoofdsom boetevrij aflossen."
    assert check(draft, question=f"{REPAY} {DEPOSIT}").clashes == []


HOUSE = "Mag ik mijn hypotheek in een keer helemaal aflossen?"


def test_a_condition_that_the_draft_leaves_out_is_named(book, owner):
    entry(HOUSE, "Ja, u mag alles in een keer aflossen, maar alleen bij verkoop van de woning.", owner=owner)
    (remark,) = check("Ja, u mag alles in een keer aflossen.", question=HOUSE).remarks
    assert remark.severity is Severity.CONDITION
    assert "verkoop van de woning" in remark.source_says
    assert check("Ja, dat mag als u de woning verkoopt.", question=HOUSE).remarks == []


def test_a_condition_of_something_that_the_draft_does_not_say_is_no_remark(book):
    assert check("U mag ieder kalenderjaar 15 % boetevrij aflossen.", question=REPAY).remarks == []


def test_what_an_earlier_version_said_is_outdated_and_says_until_when(book):
    answer = book["repay"].answer
    answer.versions.all().delete()
    version(answer, REPAY, "U mag ieder kalenderjaar 10 % boetevrij aflossen.", state=State.VALIDATED, day=0)
    version(answer, REPAY, REPAY_SAYS, state=State.VALIDATED, day=31)
    (remark,) = check("U mag ieder kalenderjaar 10 % boetevrij aflossen.", question=REPAY, on=DAY).clashes
    assert remark.severity is Severity.OUTDATED
    assert remark.until.isoformat() == "2025-04-01"


def test_a_clash_with_an_entry_that_nobody_validated_is_no_clash_with_what_holds(book, owner):
    entry("Wat kost een taxatie van mijn huis?", "Een taxatie kost 600 euro.", state=State.NOT_VALIDATED, owner=owner)
    checked = check("De taxatie kost 450 euro.", question="Wat kost een taxatie van mijn huis?")
    assert [each.severity for each in checked.remarks] == [Severity.NOT_VALIDATED]
    assert checked.outcome is Outcome.LOOK


def test_an_entry_that_does_not_hold_on_that_day_is_not_compared_with(book, owner):
    made = entry("Wat kost een taxatie van mijn huis?", "Een taxatie kost 600 euro.", owner=owner)
    type(made).objects.filter(pk=made.pk).update(valid_from="2025-07-01")
    assert check("De taxatie kost 450 euro.", question=made.question, on=DAY).clashes == []


def test_what_this_customer_was_told_before_is_held_against_it_with_date_channel_and_adviser(book, customer):
    asked = hear("Hoe snel betaalt u mijn bouwdepot uit?", person=customer, channel="letter", day=1)
    tell("Wij betalen uit het bouwdepot binnen 10 werkdagen.", person=customer, answers=asked, channel="letter", day=2)
    voice = hear("Hoe snel wordt het bouwdepot uitbetaald?", person=customer, day=20)
    checked = check(DEPOSIT_SAYS, voice=voice)
    (remark,) = checked.clashes
    assert remark.entry is None
    assert (remark.earlier.channel, remark.earlier.adviser, remark.earlier.at.day) == ("letter", "Bert", 3)
    assert (remark.draft_says, remark.source_says) == ("hoogstens 5 werkdagen", "hoogstens 10 werkdagen")


def test_what_another_customer_was_told_is_not_looked_at(book, customer):
    tell("Wij betalen uit het bouwdepot binnen 10 werkdagen.", person=someone("Een ander"))
    assert check(DEPOSIT_SAYS, question=DEPOSIT, person=customer).earlier == 0


def test_what_our_side_said_in_a_call_counts_as_told(book, customer):
    call = (
        "Klant: Hoe lang duurt het uitbetalen van mijn bouwdepot?\n"
        "Adviseur: Een declaratie uit het bouwdepot betalen wij binnen 15 werkdagen uit.\n"
        "Klant: Dank u."
    )
    hear(call, person=customer, channel="call", day=3)
    (remark,) = check(DEPOSIT_SAYS, question=DEPOSIT, person=customer).clashes
    assert (remark.earlier.channel, remark.source_says) == ("call", "hoogstens 15 werkdagen")


def test_earlier_answers_about_something_else_are_no_clash(book, customer):
    tell("Uw offerte is 3 weken geldig.", person=customer)
    checked = check(DEPOSIT_SAYS, question=DEPOSIT, person=customer)
    assert (checked.clashes, checked.earlier) == ([], 0)


@pytest.mark.parametrize("draft", ["", "   ", "> Mag ik 10 % boetevrij aflossen?"])
def test_a_draft_with_nothing_of_ours_is_said_to_be_empty(book, draft):
    assert check(draft, question=REPAY).outcome is Outcome.EMPTY


def test_history_below_the_draft_is_not_checked(book):
    history = (
        "\n\nOp 3 maart 2025 schreef A. de Vries <ans@example.nl>:\n> U betaalt mijn bouwdepot na 30 werkdagen uit.\n"
    )
    draft = DEPOSIT_SAYS + history
    assert check(draft, question=DEPOSIT).clashes == []


def test_an_equal_value_of_something_else_does_not_agree(book, owner):
    question = "Hoe lang blijft mijn bouwdepot open?"
    entry(question, "Bij nieuwbouw 24 maanden. U kunt één keer verlengen met zes maanden.", owner=owner)
    checked = check("Uw bouwdepot blijft 6 maanden open.", question=question)
    assert [each.question for each in checked.entries if each.agrees] == []
    assert checked.outcome is not Outcome.AGREES


def test_a_short_statement_of_the_figure_that_an_entry_is_asked_for_finds_it(owner):
    entry("Hoeveel mag ik per jaar boetevrij aflossen?", "U mag per jaar 10 % boetevrij aflossen.", owner=owner)
    entry("Telt mijn bouwdepot mee voor de boetevrije ruimte?", "Ja, het restant telt mee.", owner=owner)
    for draft in ("U mag 15 % boetevrij aflossen.", "U mag 15 % boetevrij aflossen op uw hypotheek. Dank u wel."):
        (remark,) = check(draft, on=DAY).remarks
        assert (remark.severity, remark.draft_says) == (Severity.CLASH, "15 %")


def test_where_the_book_knows_nothing_of_what_was_asked_the_draft_is_looked_up_by_itself(book):
    checked = check(
        "U mag elk jaar 20 % boetevrij extra aflossen op uw hypotheek.", question="Waar is mijn kat?", on=DAY
    )
    assert [remark.severity for remark in checked.remarks] == [Severity.CLASH]


def test_what_nobody_validated_overrules_no_validated_entry_with_the_same_question(book, owner):
    entry(REPAY, "U mag 20 % per jaar boetevrij aflossen.", state=State.NOT_VALIDATED, owner=owner)
    checked = check("U mag ieder jaar 20 % boetevrij extra aflossen.", question=REPAY, on=DAY)
    assert checked.entries[0].state == State.VALIDATED
    assert Severity.CLASH in {remark.severity for remark in checked.remarks}
    assert find_answers(REPAY)[0].version.state == State.VALIDATED
