"""Sending in, looking and taking back, with the mouse and with the keys alone; every page on the way passes axe.

On the real thing: ``gehoor serve`` with its worker, in a home of its own.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, FileChooser, Page, expect
from tests.browser.conftest import serving, surroundings_of

pytestmark = pytest.mark.all_only

DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/csv" }));
  const form = document.getElementById("upload");
  for (const kind of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""
TABLE = "nr;opmerking;e-mail\nA1;Waar blijft de uitbetaling van mijn bouwdepot?;jan@example.nl\n"
MORE = "nr;opmerking;e-mail\nB1;Hoeveel mag ik dit jaar boetevrij aflossen?;piet@example.nl\n"


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return surroundings_of(tmp_path_factory.mktemp("sending-in") / "home")


@pytest.fixture(scope="module")
def invitation(surroundings: dict[str, str]) -> str:
    """The link with which the marketer chooses a password."""
    words = ["users", "add", "marleen@linde.example", "--name", "Marleen", "--role", "marketer", "--json"]
    done = subprocess.run([sys.executable, "-m", "gehoor", *words], env=surroundings, capture_output=True)
    return str(json.loads(done.stdout)["link"])


@pytest.fixture(scope="module")
def served(surroundings: dict[str, str], invitation: str) -> Iterator[str]:
    with serving(surroundings) as address:
        yield address


@pytest.fixture(scope="module")
def marketer(browser: Browser, served: str, invitation: str) -> Iterator[Page]:
    context = browser.new_context(base_url=served, viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(60_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    page.goto(invitation)
    page.fill("[name=new_password]", "linde-bloeit-in-juni")
    page.click(".form-end button")
    expect(page.get_by_role("link", name="Stemmen").first).to_be_visible()
    yield page
    context.close()
    assert not wrong, wrong


def _drawn(page: Page) -> None:
    """Until the page has been drawn: before that Chromium throws the keys away."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")


def _arrived(page: Page, words: str) -> None:
    page.wait_for_url(re.compile(r"/beheer/[0-9a-f-]{36}/$"))
    expect(page.locator("#progress")).to_contain_text(words, timeout=60_000)


def test_a_file_is_dropped_on_the_form(marketer: Page, check_axe: Callable[[Page], None]) -> None:
    marketer.goto("/beheer/")
    check_axe(marketer)
    marketer.evaluate(DROP, ["klachten.csv", TABLE])
    expect(marketer.locator("#chosen")).to_contain_text("klachten.csv, 0 MB")
    marketer.check("[name=take_proposal]")
    marketer.click("#upload .form-end button")
    _arrived(marketer, "bouwdepot")
    check_axe(marketer)


def _choose(page: Page) -> FileChooser:
    """The chooser that Enter opens. A browser that is very busy may take a key for none of the user's: it is pressed
    again."""
    for _ in range(3):
        page.focus("#files")
        try:
            with page.expect_file_chooser(timeout=20_000) as chooser:
                page.keyboard.press("Enter")
        except Error:
            continue
        return chooser.value
    raise AssertionError("Enter on the field of files opens no chooser")


def test_a_file_is_chosen_and_sent_with_the_keys_alone(marketer: Page, tmp_path: Path) -> None:
    file = tmp_path / "vragen.csv"
    file.write_text(MORE, encoding="utf-8")
    marketer.goto("/beheer/")
    _drawn(marketer)
    _choose(marketer).set_files(str(file))
    expect(marketer.locator("#chosen")).to_contain_text("vragen.csv")
    for field in ("channel", "take_proposal"):
        marketer.keyboard.press("Tab")
        assert marketer.evaluate("document.activeElement.name") == field
    marketer.keyboard.press("Space")
    marketer.keyboard.press("Tab")
    marketer.keyboard.press("Enter")
    _arrived(marketer, "boetevrij")


@pytest.mark.parametrize("path", ["/stemmen/", "/stemmen/?q=bouwdepot", "/beheer/wachtend/", "/beheer/wij/"])
def test_the_pages_of_voices_and_administration_pass_axe(
    marketer: Page, check_axe: Callable[[Page], None], path: str
) -> None:
    marketer.goto(path)
    check_axe(marketer)


def test_a_voice_passes_axe(marketer: Page, check_axe: Callable[[Page], None]) -> None:
    marketer.goto("/stemmen/")
    marketer.get_by_role("link", name=re.compile("bouwdepot")).first.click()
    expect(marketer.locator("h1")).to_be_visible()
    check_axe(marketer)


def test_what_was_sent_in_is_taken_back_with_the_keys_alone(marketer: Page, check_axe: Callable[[Page], None]) -> None:
    marketer.goto("/beheer/")
    _drawn(marketer)
    marketer.get_by_role("link", name="vragen.csv").focus()
    marketer.keyboard.press("Enter")
    marketer.get_by_role("link", name="Terugnemen").focus()
    marketer.keyboard.press("Enter")
    expect(marketer.locator("h1")).to_have_text("Terugnemen wat is ingestuurd?")
    check_axe(marketer)
    marketer.get_by_role("button", name="Terugnemen").focus()
    marketer.keyboard.press("Enter")
    marketer.wait_for_url(re.compile(r"/beheer/$"))
    expect(marketer.locator("#notices")).to_contain_text("Teruggenomen")
    expect(marketer.get_by_role("link", name="vragen.csv")).to_have_count(0)
    marketer.goto("/stemmen/")
    expect(marketer.locator("main")).not_to_contain_text("boetevrij")
