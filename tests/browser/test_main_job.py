"""The main job, as a marketer does it: sign in, send in, see it arrive, read a need, merge, undo, listen, be counted.

On the real thing: ``gehoor serve`` with its worker, in a home of its own.
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import serving, surroundings_of

pytestmark = pytest.mark.all_only

STAYS = 15.0
"""Seconds without another need after which all of them are there: longer than the worker rests between two slices."""
ABOUT = {
    "het bouwdepot": [
        "Wanneer wordt mijn bouwdepot uitbetaald",
        "Ik wacht al weken op geld uit het bouwdepot",
        "De factuur van de aannemer is nog niet uit het bouwdepot betaald",
        "Het bouwdepot duurt veel te lang",
        "Waarom duurt de uitbetaling van het bouwdepot zo lang",
        "Mijn aannemer wil geld zien maar het bouwdepot zit dicht",
    ],
    "de app": [
        "De app doet het niet",
        "Ik kan niet inloggen in de app",
        "De app ligt er alweer uit",
        "De app geeft een foutmelding bij het inloggen",
        "Inloggen in de app lukt al drie dagen niet",
        "Weer een storing in de app",
    ],
    "aflossen": [
        "Hoeveel mag ik boetevrij aflossen",
        "Kan ik extra aflossen zonder boete",
        "Betaal ik boete als ik tien procent aflos",
        "Wat is het maximum om boetevrij af te lossen",
        "Ik wil graag extra aflossen op mijn hypotheek",
        "Mag ik dit jaar nog een keer boetevrij aflossen",
    ],
    "terugbellen": [
        "Fijn dat ik op tijd werd teruggebeld",
        "Niemand belt mij terug",
        "Ik zou worden teruggebeld maar er belde niemand",
        "Prima, een medewerker belde mij netjes terug",
        "Drie kwartier in de wacht aan de telefoon",
        "Aan de telefoon werd ik vier keer doorverbonden",
    ],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("main-job") / "home"


@pytest.fixture(scope="module")
def invitation(home: Path) -> str:
    """The link with which the marketer chooses a password."""
    words = ["users", "add", "marleen@linde.example", "--name", "Marleen", "--role", "marketer", "--json"]
    done = subprocess.run([sys.executable, "-m", "gehoor", *words], env=surroundings_of(home), capture_output=True)
    return str(json.loads(done.stdout)["link"])


@pytest.fixture(scope="module")
def served(home: Path, invitation: str) -> Iterator[str]:
    with serving(surroundings_of(home)) as address:
        yield address


@pytest.fixture(scope="module")
def marketer(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(base_url=served, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    yield page
    context.close()
    assert not wrong, wrong


def test_the_main_job(
    marketer: Page,
    invitation: str,
    tmp_path: Path,
    look: Callable[[Page, str], None],
    check_axe: Callable[[Page], None],
) -> None:
    page = marketer
    _choose_password(page, invitation)
    _send_in(page, tmp_path)
    _wait_for_needs(page)
    look(page, "needs")
    check_axe(page)
    _merge_and_undo(page)
    _listen(page)


def _choose_password(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.fill("[name=new_password]", "linde-bloeit-in-juni")
    page.click(".form-end button")
    expect(page.get_by_role("link", name="Stemmen").first).to_be_visible()


def _send_in(page: Page, folder: Path) -> None:
    rows = [
        f"{number};{text} ({about});anna{number % 9}@example.nl"
        for number, (about, text) in enumerate((about, text) for about, texts in ABOUT.items() for text in texts)
    ]
    file = folder / "klachten.csv"
    file.write_text("nr;opmerking;e-mail\n" + "\n".join(rows), encoding="utf-8")
    page.goto("/beheer/")
    page.set_input_files("#files", str(file))
    page.check("[name=take_proposal]")
    page.click(".form-end button")
    page.wait_for_url(re.compile(r"/beheer/[0-9a-f-]{36}/"))
    expect(page.locator("#progress table")).to_contain_text("24", timeout=60_000)
    expect(page.locator("#progress")).to_contain_text("boetevrij", timeout=60_000)


def _wait_for_needs(page: Page) -> None:
    for _ in range(120):
        page.goto("/behoeften/")
        if page.locator("main input[type=text]").count():
            break
        time.sleep(1)
    for place, guess in enumerate(["een betere app", "lagere rente", "sneller geld"]):
        page.locator("main input[type=text]").nth(place).fill(guess)
    page.locator("main .form button").first.click()
    expect(page.locator("main table tbody tr").nth(1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("een betere app")
    _wait_until_they_stay(page)


def _wait_until_they_stay(page: Page) -> None:
    """What came in is grouped in slices, and at the end all of it once more: until then needs may come and go."""
    before, since = [""], time.monotonic()
    while time.monotonic() < since + STAYS:
        page.goto("/behoeften/")
        names = page.locator("main table tbody th a").all_text_contents()
        if names != before:
            before, since = names, time.monotonic()
        time.sleep(1)


def _merge_and_undo(page: Page) -> None:
    names = page.locator("main table tbody th a")
    before = sorted(names.all_text_contents())
    names.first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    page.locator("select[name=into]").select_option(index=1)
    page.get_by_role("button", name="Samenvoegen").click()
    expect(page.get_by_role("button", name=re.compile("ongedaan", re.IGNORECASE)).first).to_be_visible()
    merged = page.url
    page.goto("/behoeften/")
    assert len(page.locator("main table tbody th a").all()) == len(before) - 1
    page.goto(merged)
    page.get_by_role("button", name=re.compile("ongedaan", re.IGNORECASE)).first.click()
    page.goto("/behoeften/")
    assert sorted(page.locator("main table tbody th a").all_text_contents()) == before


def _listen(page: Page) -> None:
    page.goto("/luisteren/")
    page.get_by_role("button", name="Trek een stapel", exact=True).click()
    page.wait_for_url(re.compile(r"/luisteren/[0-9a-f-]{36}/$"))
    page.locator("main a.button").first.click()
    page.wait_for_url(re.compile(r"/luisteren/[0-9a-f-]{36}/1/"))
    for step in range(21):
        page.mouse.move(200 + step, 300)
        page.wait_for_timeout(3_000)
    listening = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != listening)
    page.goto("/")
    expect(page.locator(".opening")).to_contain_text("1 minuut")
