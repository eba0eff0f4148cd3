"""Listening as someone does it: full screen, marking what strikes, writing, handing on; and which time counts."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from tests.browser.conftest import HERE, serving, surroundings_of

pytestmark = pytest.mark.all_only
ROOT = HERE.parents[1]

SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server whose home holds a letter with its scan, a call that can be heard, and a colleague for every role."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = surroundings_of(Path(home)) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        filling = [sys.executable, str(HERE / "filling_listening.py")]
        subprocess.run(filling, env=surroundings, cwd=ROOT, check=True)
        with serving(surroundings) as address:
            yield address


def begin(page: Page, pool: str = "all", channel: str = "") -> None:
    """Draw a stack and open its first voice."""
    page.goto(f"/luisteren/?pool={pool}&channel={channel}&minutes=40")
    page.get_by_role("button", name="Trek een stapel", exact=True).click()
    page.get_by_role("link", name="Begin").click()
    expect(page.locator("body.quiet-room")).to_be_visible()


def select(page: Page, words: str) -> None:
    """Select words of the text, as a mouse would."""
    found = page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector("[data-said-here]"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(node, at, node, at + words.length);
                return true;
            }
            return false;
        }""",
        words,
    )
    assert found, words


def test_marking_what_is_selected_and_writing_it_down_is_kept(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "manager")
    begin(page, channel="email")
    select(page, "niemand belt terug")
    page.get_by_role("button", name="Dit trof mij").click()
    expect(page.locator("[data-said-here] mark")).to_have_text("niemand belt terug")
    expect(page.locator("#struck [data-struck]")).to_have_text("niemand belt terug")
    page.locator("#note summary").click()
    area = page.get_by_label("Wat u van deze stem meeneemt")
    with page.expect_response(re.compile("/notitie/$")):
        area.fill("Zelf bellen voordat zij bellen.")
    expect(page.locator("#note [role=status]")).to_have_text("Bewaard")
    area.press_sequentially(" Elke keer.")
    page.goto("/luisteren/")
    page.go_back()
    expect(page.get_by_label("Wat u van deze stem meeneemt")).to_have_value(
        "Zelf bellen voordat zij bellen. Elke keer."
    )
    expect(page.locator("[data-said-here] mark")).to_have_text("niemand belt terug")


def test_a_sentence_is_marked_with_the_keyboard_and_taken_away_again(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "complaints_officer")
    begin(page, channel="email")
    page.locator("#struck > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    sentence = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("[data-said-here] mark")).to_have_text(sentence)
    page.get_by_role("button", name=re.compile("^Haal weg")).click()
    expect(page.locator("[data-said-here] mark")).to_have_count(0)


def test_everything_can_be_kept_without_a_script(context: BrowserContext, browser: object, server: str) -> None:
    plain = context.browser.new_context(base_url=server, java_script_enabled=False, locale="nl-NL")  # type: ignore[union-attr]
    page = plain.new_page()
    page.goto("/account/aanmelden/?next=/luisteren/%3Fchannel=email%26pool=all")
    page.fill("[name=email]", "answer_editor@linde.example")
    page.fill("[name=password]", "linde-bloeit-in-juni")
    page.click(".form-end button")
    page.get_by_role("button", name="Trek een stapel", exact=True).click()
    page.get_by_role("link", name="Begin").click()
    page.locator("#struck > summary").click()
    page.locator("#struck details > summary").click()
    page.locator(".sentences button").first.click()
    expect(page.locator("[data-said-here] mark")).to_have_count(1)
    page.locator("#note > summary").click()
    page.fill("[name=note]", "Zonder script bewaard.")
    page.locator("#handed > summary").click()
    page.fill("[name=text]", "Bel zelf.")
    page.get_by_role("button", name="Volgende").or_(page.get_by_role("button", name="Afronden")).click()
    page.goto("/luisteren/eerder/")
    expect(page.locator("main")).to_contain_text("Zonder script bewaard.")
    plain.close()


def test_handing_on_and_thanking_reach_whom_they_are_for(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "marketer")
    begin(page, channel="email")
    page.locator("#handed > summary").click()
    page.get_by_label("Een dank aan een collega").check()
    page.fill("[name=text]", "Wat heb je haar goed geholpen.")
    page.locator("select[name=to]").select_option(label="Collega adviser")
    page.get_by_role("button", name="Geef door", exact=True).click()
    expect(page.locator("#handed")).to_contain_text("Dank aan Collega adviser")
    page.goto("/account/")
    page.get_by_role("button", name="Afmelden").click()
    sign_in(page, "adviser")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Wat heb je haar goed geholpen.")
    page.get_by_role("button", name="Wat fijn").click()
    expect(page.locator("main")).not_to_contain_text("Wat heb je haar goed geholpen.")


def sent(requests: list[Request]) -> float:
    """The seconds that the page said someone was there."""
    given = [parse_qs(each.post_data or "").get("seconds", ["0"])[0] for each in requests]
    return sum(float(each) for each in given)


def beats(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda asked: found.append(asked) if asked.url.endswith("/tik/") else None)
    return found


def test_who_sits_still_counts_for_a_minute_and_no_more_until_something_moves(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "manager")
    page.clock.install()
    begin(page, channel="email")
    asked = beats(page)
    page.clock.run_for(300_000)
    assert 50 <= sent(asked) <= 62
    page.mouse.move(300, 300)
    page.clock.run_for(30_000)
    assert 70 <= sent(asked) <= 95


@pytest.mark.parametrize("what", ["scroll", "key", "pointer"])
def test_every_sign_of_life_counts(page: Page, sign_in: SignIn, what: str) -> None:
    sign_in(page, "manager")
    page.clock.install()
    begin(page, channel="email")
    asked = beats(page)
    page.clock.run_for(200_000)
    before = sent(asked)
    {
        "scroll": lambda: page.evaluate("window.dispatchEvent(new Event('scroll'))"),
        "key": lambda: page.keyboard.press("ArrowDown"),
        "pointer": lambda: page.mouse.move(200, 200),
    }[what]()
    page.clock.run_for(20_000)
    assert 15 <= sent(asked) - before <= 25


def test_a_page_out_of_sight_counts_nothing(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "manager")
    page.clock.install()
    begin(page, channel="email")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    asked = beats(page)
    page.clock.run_for(40_000)
    assert sent(asked) <= 2


def test_whoever_hears_a_call_sits_still_and_it_counts_while_it_sounds(page: Page, sign_in: SignIn) -> None:
    """The clock of the page runs faster than the sound; the sound really plays."""
    sign_in(page, "manager")
    page.clock.install()
    begin(page, channel="call")
    asked = beats(page)
    page.locator("audio").evaluate("(player) => player.play()")
    for _ in range(100):
        page.clock.run_for(1_500)
        page.wait_for_timeout(270)
    heard = sent(asked)
    assert heard >= 130
    expect(page.locator(".sentence.heard")).to_have_count(1)
    page.locator("audio").evaluate("(player) => { player.pause(); }")
    page.clock.run_for(300_000)
    assert sent(asked) - heard <= 80


def test_how_listening_looks(page: Page, sign_in: SignIn, look: Look, check_axe: Check) -> None:
    sign_in(page, "manager")
    for path, name in (("/", "today"), ("/luisteren/", "listening"), ("/luisteren/plannen/", "plan")):
        page.goto(path)
        for each in page.locator("#unheard summary").all():
            each.click()
        look(page, f"listening-{name}")
        check_axe(page)
    page.get_by_label("Collega adviser").check()
    page.get_by_label("Wij lezen allemaal dezelfde stapel").check()
    page.get_by_role("button", name="Plannen", exact=True).click()
    look(page, "listening-appointment")
    check_axe(page)
    begin(page, channel="email")
    page.locator("#note summary").click()
    page.locator("#handed summary").click()
    if page.locator("#struck:not([open])").count():
        page.locator("#struck > summary").click()
    page.locator("#struck details > summary").click()
    look(page, "listening-reading")
    check_axe(page)
    begin(page, channel="call")
    look(page, "listening-call")
    check_axe(page)
    page.wait_for_timeout(6_000)
    page.get_by_role("button", name="Afronden").or_(page.get_by_role("button", name="Volgende")).click()
    for path, name in (
        ("eerder", "earlier"),
        ("gehoord", "heard"),
        ("logboek", "log"),
        ("ritme", "rhythm"),
    ):
        page.goto(f"/luisteren/{path}/")
        look(page, f"listening-{name}")
        check_axe(page)
    page.goto("/luisteren/eerder/")
    page.get_by_role("link", name="Naar deze sessie").first.click()
    look(page, "listening-thanks")
    check_axe(page)
