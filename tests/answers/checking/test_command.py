"""The check on the command line: its document, what it prints, and its exit status."""

import json

import pytest
from click.testing import CliRunner
from django.utils import translation
from tests.answers.checking.conftest import DEPOSIT, DEPOSIT_SAYS, REPAY, REPAY_SAYS, hear, tell

from gehoor.cli import checking
from gehoor.cli.answers import answers
from gehoor.cli.opening import Refusal

DRAFT = "U mag elk jaar 10 % boetevrij aflossen."


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    """The home of the test stands open already."""
    monkeypatch.setattr(checking, "open_to_read", lambda: None)
    with translation.override("nl"):
        yield


def run(*words, given=None):
    done = CliRunner().invoke(answers, ["check", *words], input=given)
    status = done.exception.status if isinstance(done.exception, Refusal) else done.exit_code
    return status, done.stdout


def test_a_clash_leaves_with_one_and_says_both(book):
    status, said = run(DRAFT, "--question", REPAY, "--json")
    document = json.loads(said)
    (remark,) = document["remarks"]
    assert (status, document["outcome"]) == (1, "clashes")
    assert (remark["severity"], remark["draft"], remark["source"]) == (
        "clash",
        "10 % per jaar",
        "15 % per jaar van het oorspronkelijke bedrag",
    )
    assert remark["sentence"] == DRAFT[remark["start"] : remark["end"]]
    assert remark["answer"]["question"] == REPAY
    assert remark["answer"]["owner"] == "Olga Visser"
    assert remark["earlier"] is None


def test_what_agrees_leaves_with_zero(book):
    status, said = run(REPAY_SAYS, "--question", REPAY, "--json")
    assert (status, json.loads(said)["outcome"]) == (0, "agrees")


def test_a_draft_from_standard_input_or_a_file_in_another_encoding(book, tmp_path):
    assert run("-", "--question", REPAY, given=DRAFT)[0] == 1
    file = tmp_path / "concept.txt"
    file.write_bytes(f"Zo’n vraag krijgen wij vaker.\n{DRAFT}".encode("cp1252"))
    assert run("--file", str(file), "--question", REPAY)[0] == 1


@pytest.mark.parametrize("words", [(), ("Een tekst", "--file", __file__)])
def test_exactly_one_draft_is_needed(book, words):
    assert run(*words)[0] == 2


def test_what_the_customer_was_told_counts(book, customer):
    asked = hear(DEPOSIT, person=customer)
    tell("Wij betalen uit het bouwdepot binnen 10 werkdagen.", person=customer, answers=asked)
    status, said = run(DEPOSIT_SAYS, "--question", DEPOSIT, "--person", str(customer.public_id), "--json")
    (remark,) = json.loads(said)["remarks"]
    assert (status, remark["answer"], remark["earlier"]["adviser"]) == (1, None, "Bert")
    assert remark["earlier"]["voice"] == str(asked.public_id)
    assert run(DEPOSIT_SAYS, "--voice", str(asked.public_id))[0] == 1


def test_on_a_terminal_it_says_what_was_compared(book):
    status, said = run("De parkeerplaats is dicht.", "--question", "Waar kan ik parkeren?")
    assert status == 0
    assert "niets om mee te vergelijken" in said


@pytest.mark.parametrize("draft", ["", "  \n"])
def test_an_empty_draft_is_wrong_use(db, draft):
    assert run(draft)[0] == 2
    assert run("-", given=draft)[0] == 2


def test_what_was_compared_is_counted_without_stumbling_over_one(book):
    done = CliRunner().invoke(answers, ["check", DRAFT, "--question", REPAY])
    assert "Vergeleken met antwoorden uit het antwoordenboek: 1; met eerdere antwoorden: 0." in done.output
