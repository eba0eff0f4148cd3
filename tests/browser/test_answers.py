"""Answers as each of their users meets them: kept, checked before sending, held side by side, and asked for unseen."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import HERE, serving, surroundings_of

pytestmark = pytest.mark.all_only
ROOT = HERE.parents[1]
QUESTION = "Hoeveel mag ik per jaar boetevrij aflossen?"

SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server whose home holds a book, and three different answers to one question."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = surroundings_of(Path(home)) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        filling = [sys.executable, str(HERE / "filling_answers.py")]
        subprocess.run(filling, env=surroundings, cwd=ROOT, check=True)
        with serving(surroundings) as address:
            yield address


def test_three_answers_to_one_question_stand_side_by_side_with_what_clashes_marked(
    page: Page, sign_in: SignIn, look: Look, check_axe: Check
) -> None:
    sign_in(page, "manager")
    page.goto("/antwoorden/gegeven/")
    look(page, "answers-given")
    check_axe(page)
    page.get_by_role("link", name=QUESTION).first.click()
    for share in ("10", "15", "20"):
        expect(page.locator("mark").filter(has_text=re.compile(rf"{share}|tien|Tien")).first).to_be_visible()
    look(page, "answers-question")
    check_axe(page)


def test_a_draft_that_says_otherwise_is_marked_and_may_be_sent_with_a_reason(
    page: Page, sign_in: SignIn, look: Look, check_axe: Check
) -> None:
    sign_in(page, "adviser")
    page.goto("/antwoorden/controle/")
    page.locator("[name=draft]").fill("Beste klant,\n\nU mag per jaar 20% boetevrij aflossen.\n\nGroet, Femke")
    page.locator("[name=question]").fill("Hoeveel mag ik dit jaar boetevrij aflossen?")
    page.get_by_role("button", name="Controleren").last.click()
    expect(page.locator("mark").filter(has_text="20%").first).to_be_visible()
    expect(page.get_by_text("10%").first).to_be_visible()
    look(page, "answers-check")
    check_axe(page)


def test_an_entry_is_written_validated_and_read_by_customers(
    page: Page, sign_in: SignIn, look: Look, check_axe: Check
) -> None:
    sign_in(page, "answer_editor")
    page.goto("/antwoorden/nieuw/")
    page.locator("[name=question]").fill("Mag ik mijn huis verhuren?")
    page.locator("[name=text]").first.fill("Alleen met onze toestemming. Vraag die zes weken vooraf.")
    page.locator("[name=state][value=validated]").check()
    page.locator("[name=audience][value=customers]").check()
    look(page, "answers-write")
    check_axe(page)
    page.locator(".form-end button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mag ik mijn huis verhuren?")
    look(page, "answers-entry")
    check_axe(page)
    for path, name in (
        ("/antwoorden/", "book"),
        ("/antwoorden/nakijken/", "review"),
        ("/antwoorden/inlezen/", "import"),
        ("/antwoorden/controle/anders/", "departures"),
    ):
        page.goto(path)
        look(page, f"answers-{name}")
        check_axe(page)


def test_a_visit_is_planned_and_reported_and_shows_what_was_told_otherwise(
    page: Page, sign_in: SignIn, look: Look, check_axe: Check
) -> None:
    sign_in(page, "manager")
    page.goto("/antwoorden/bezoeken/plannen/")
    page.get_by_label("Waar het over gaat").fill("Bellen over aflossen")
    page.get_by_label("Wie u bent").fill("U kreeg een bonus.")
    page.get_by_label("Hoe", exact=True).select_option("call")
    page.locator("[name=planned_for]").fill((date.today() + timedelta(days=1)).isoformat())
    page.get_by_label("Vraag 1").fill(QUESTION)
    look(page, "answers-plan-visit")
    check_axe(page)
    page.get_by_role("button", name="Plannen").click()
    look(page, "answers-visit")
    check_axe(page)
    page.get_by_label(QUESTION).fill("Twintig procent per jaar, zei hij.")
    page.get_by_role("button", name="Verslag doen").click()
    expect(page.get_by_text("Anders dan het boek zegt")).to_be_visible()
    look(page, "answers-visited")
    check_axe(page)
    page.goto("/antwoorden/bezoeken/")
    look(page, "answers-visits")
    check_axe(page)
