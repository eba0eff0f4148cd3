"""A letter beside its scan and a call beside its sound, in a real browser, with the worker that reads on."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import serving, sign_in, surroundings_of

pytestmark = pytest.mark.all_only

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("letter-and-call") / "home"
    around = surroundings_of(home) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    subprocess.run([sys.executable, str(HERE / "filling.py")], env=around, cwd=ROOT, check=True)
    with serving(around) as address:
        yield address


def _entered(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    sign_in(page, "adviser")
    yield page
    context.close()
    assert not wrong, wrong


@pytest.fixture
def adviser(browser: Browser, served: str) -> Iterator[Page]:
    yield from _entered(browser.new_context(base_url=served, viewport={"width": 1280, "height": 900}))


@pytest.fixture
def without_script(browser: Browser, served: str) -> Iterator[Page]:
    yield from _entered(browser.new_context(base_url=served, java_script_enabled=False))


def opened(page: Page, words: str) -> str:
    """Open the voice that says this; returns its address."""
    for _ in range(60):
        page.goto(f"/stemmen/?q={words}")
        found = page.locator("#voices a.words")
        if found.count():
            break
        time.sleep(0.5)
    href = str(found.first.get_attribute("href")).split("?")[0]
    page.goto(href)
    return href


def test_the_scan_is_seen_and_a_word_and_its_place_light_each_other(
    adviser: Page, look: Callable[[Page, str], None], check_axe: Callable[[Page], None]
) -> None:
    opened(adviser, "Lindelaan")
    scan = adviser.locator(".scan img").first
    expect(scan).to_be_visible()
    expect(scan).not_to_have_js_property("naturalWidth", 0, timeout=30_000)
    word = adviser.locator("a.unsure", has_text="schaam")
    number = word.get_attribute("data-word")
    place = adviser.locator(f"rect[data-word='{number}']")
    word.hover()
    expect(place).to_have_class("lit")
    place.hover()
    expect(word).to_have_class(re.compile("lit"))
    adviser.mouse.move(5, 5)
    expect(place).not_to_have_class("lit")
    word.focus()
    expect(place).to_have_class("lit")
    look(adviser, "letter")
    check_axe(adviser)


def test_an_unsure_word_is_corrected_where_it_stands_and_found_by_its_new_self(
    adviser: Page, look: Callable[[Page, str], None], check_axe: Callable[[Page], None]
) -> None:
    href = opened(adviser, "Lindelaan")
    adviser.locator("a.unsure", has_text="bouwdepol").focus()
    adviser.keyboard.press("Enter")
    field = adviser.locator(".correct input")
    expect(field).to_be_focused()
    adviser.keyboard.press("Escape")
    expect(adviser.locator(".correct")).to_have_count(0)
    expect(adviser.locator("a.unsure", has_text="bouwdepol")).to_be_focused()
    adviser.locator(".places a").first.click()
    expect(field).to_have_value("bouwdepol.")
    look(adviser, "letter-correcting")
    check_axe(adviser)
    field.fill("bouwdepot.")
    adviser.keyboard.press("Enter")
    expect(adviser.locator("#notices")).to_contain_text("De tekst is verbeterd")
    expect(adviser.locator(".leaf-text").first).to_contain_text("mijn bouwdepot. Inmiddels")
    expect(adviser.locator("#versions")).to_contain_text("zoals de herkenning het las")
    assert opened(adviser, "%22mijn bouwdepot%22") == href
    adviser.goto(href)
    look(adviser, "letter-corrected")


def test_a_word_is_corrected_without_a_script(without_script: Page) -> None:
    page = without_script
    opened(page, "boetevrij")
    page.locator("a.unsure", has_text="vragon").click()
    page.locator(".correct input").fill("vragen?")
    page.locator(".correct button").click()
    expect(page.locator(".leaf-text").last).to_contain_text("hoef te vragen?")


def test_the_text_follows_the_sound_and_a_sentence_can_be_heard(
    adviser: Page, look: Callable[[Page, str], None], check_axe: Callable[[Page], None]
) -> None:
    opened(adviser, "goedemiddag")
    player = adviser.locator("audio")
    expect(player).to_have_js_property("readyState", 4, timeout=15_000)
    move = "(player, to) => { player.currentTime = to }"
    heard = adviser.locator(".sentence.heard")
    player.evaluate(move, 13)
    expect(heard).to_contain_text("Dat zeiden ze vorige week ook")
    player.evaluate(move, 25)
    expect(heard).to_contain_text("De nota van de aannemer")
    expect(heard).to_have_count(1)
    sentence = adviser.locator(".sentence", has_text="Ik kijk even met u mee")
    begins = float(str(sentence.get_attribute("data-begins")))
    sentence.click(position={"x": 60, "y": 10})
    expect(heard).to_contain_text("Ik kijk even")
    assert begins <= player.evaluate("(player) => player.currentTime") < begins + 3
    player.evaluate("(player) => player.pause()")
    first = adviser.locator(".sentence a.from").first
    first.focus()
    adviser.keyboard.press("Enter")
    assert player.evaluate("(player) => player.currentTime") < 3
    look(adviser, "call")
    check_axe(adviser)


def test_keys_play_and_skip_but_not_while_one_types(adviser: Page) -> None:
    opened(adviser, "goedemiddag")
    player = adviser.locator("audio")
    expect(player).to_have_js_property("readyState", 4, timeout=15_000)
    player.evaluate("(player) => { player.currentTime = 20 }")
    adviser.keyboard.press("ArrowRight")
    assert player.evaluate("(player) => Math.round(player.currentTime)") == 25
    adviser.keyboard.press("ArrowLeft")
    adviser.keyboard.press("ArrowLeft")
    assert player.evaluate("(player) => Math.round(player.currentTime)") == 15
    adviser.keyboard.press(" ")
    expect(player).to_have_js_property("paused", False)
    adviser.keyboard.press(" ")
    expect(player).to_have_js_property("paused", True)
    before = player.evaluate("(player) => player.currentTime")
    adviser.locator("a.unsure").first.click()
    adviser.keyboard.press("End")
    adviser.keyboard.press(" ")
    adviser.keyboard.press("ArrowLeft")
    assert player.evaluate("(player) => player.currentTime") == before
    expect(player).to_have_js_property("paused", True)


def test_in_luisteren_the_scan_and_the_sound_come_first_and_arrows_are_the_sounds(
    adviser: Page, look: Callable[[Page, str], None], check_axe: Callable[[Page], None]
) -> None:
    adviser.goto("/luisteren/")
    adviser.check("[name=pool][value=all]")
    adviser.get_by_role("button", name="Trek een stapel", exact=True).click()
    adviser.wait_for_url(re.compile(r"/luisteren/[0-9a-f-]{36}/$"))
    adviser.locator("main a.button").first.click()
    adviser.wait_for_url(re.compile(r"/luisteren/[0-9a-f-]{36}/1/"))
    seen: set[str] = set()
    for number in (1, 2, 3):
        adviser.wait_for_url(re.compile(rf"/{number}/$"))
        kind = "letter" if adviser.locator(".scan img").count() else "call"
        if kind not in seen:
            look(adviser, f"listen-{kind}")
            check_axe(adviser)
        seen.add(kind)
        if kind == "call":
            expect(adviser.locator("audio")).to_have_js_property("readyState", 4, timeout=15_000)
            adviser.keyboard.press("ArrowRight")
            assert adviser.locator("audio").evaluate("(player) => player.currentTime") >= 4
        if number < 3:
            adviser.keyboard.press("n")
    assert seen == {"letter", "call"}


def test_an_english_colleague_reads_it_in_english(adviser: Page) -> None:
    opened(adviser, "goedemiddag")
    adviser.get_by_role("button", name="English").click()
    expect(adviser.locator(".player")).to_contain_text("The conversation lasted")
    adviser.get_by_role("button", name="Nederlands").click()
    expect(adviser.locator(".player")).to_contain_text("Het gesprek duurde")
