"""What customers open: the chat within another site and through a broken connection, and the other pages."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect
from tests.browser.conftest import HERE, serving, surroundings_of

pytestmark = pytest.mark.all_only
ROOT = HERE.parents[1]

SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
Check = Callable[[Page], None]


class _Site(ThreadingHTTPServer):
    """Another site: one page at any address. By the name localhost, which a browser holds to be elsewhere."""

    body = ""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        data = self.server.body.encode()  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def _another_site() -> Iterator[_Site]:
    site = _Site(("127.0.0.1", 0), _Page)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture(scope="module")
def our_site() -> Iterator[_Site]:
    with _another_site() as site:
        yield site


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory, our_site: _Site) -> dict[str, str]:
    home = tmp_path_factory.mktemp("talking") / "home"
    around = surroundings_of(home) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "GEHOOR_CHAT_SITES": our_site.address}
    _run(around)
    return around


@pytest.fixture(scope="module")
def server(around: dict[str, str]) -> Iterator[str]:
    with serving(around) as address:
        yield address


@pytest.fixture(scope="module")
def links(around: dict[str, str]) -> dict[str, str]:
    return dict(json.loads((Path(around["GEHOOR_HOME"]) / "links.json").read_text()))


def _run(around: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, str(HERE / "filling_talking.py"), *arguments]
    return subprocess.run(command, env=around, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _voices(around: dict[str, str]) -> list[str]:
    return list(json.loads(_run(around, "voices")))


@pytest.fixture
def site(browser: Browser, server: str, our_site: _Site) -> Iterator[Page]:
    """A page of the organisation's own site, elsewhere, with the one line in it."""
    line = f'<script src="{server}/static/desk/chat.js" defer></script>'
    our_site.body = (
        f'<!doctype html><html lang="nl"><title>De Linde</title>{line}<body><h1>Hypotheken</h1></body></html>'
    )
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{our_site.address}/hypotheek/")
    yield page
    context.close()
    assert not wrong, wrong


def _say(frame: FrameLocator | Page, text: str) -> None:
    frame.get_by_label("Uw bericht").fill(text)
    frame.get_by_role("button", name="Versturen").click()


def test_a_chat_from_our_own_site_and_back_through_a_broken_connection(site: Page, around: dict[str, str]) -> None:
    site.get_by_role("button", name="Chat met ons").click()
    frame = site.frame_locator("iframe")
    _say(frame, "Waar blijft mijn bouwdepot?")
    expect(frame.locator("#talk-lines li")).to_contain_text("U · ")
    _run(around, "say", "Ik zoek het voor u uit.")
    expect(frame.locator("#talk-lines li.ours")).to_contain_text("Ik zoek het voor u uit.", timeout=10_000)

    site.context.set_offline(True)
    _say(frame, "Het duurt al vier weken.")
    _say(frame, "Bent u daar nog?")
    expect(frame.locator("#talk-lines li.waiting")).to_have_count(2)
    expect(frame.locator("#talk-notice")).to_contain_text("Er is geen verbinding")
    _run(around, "say", "Het is net betaald.")
    assert len(_voices(around)) == 1

    site.context.set_offline(False)
    expect(frame.locator("#talk-lines li.waiting")).to_have_count(0, timeout=40_000)
    expect(frame.locator("#talk-lines li.ours").last).to_contain_text("Het is net betaald.")
    assert _voices(around) == ["Waar blijft mijn bouwdepot?", "Het duurt al vier weken.", "Bent u daar nog?"]

    site.reload()
    site.get_by_role("button", name="Chat met ons").click()
    frame = site.frame_locator("iframe")
    expect(frame.locator("#talk-lines li")).to_have_count(5)
    frame.get_by_role("button", name="Sluiten").click()
    expect(site.locator("iframe")).to_be_hidden()


def test_what_was_written_without_a_connection_survives_closing_the_page(
    browser: Browser, server: str, around: dict[str, str]
) -> None:
    before = len(_voices(around))
    context = browser.new_context(base_url=server, locale="nl-NL")
    page = context.new_page()
    page.goto("/chat/")
    context.route("**/chat/zeg/**", lambda route: route.abort())
    _say(page, "Nog voor de tunnel geschreven.")
    expect(page.locator("#talk-lines li.waiting")).to_have_count(1)
    page.close()
    context.unroute("**/chat/zeg/**")
    again = context.new_page()
    again.goto("/chat/")
    expect(again.locator("#talk-lines li.theirs:not(.waiting)")).to_contain_text("Nog voor de tunnel", timeout=20_000)
    assert len(_voices(around)) == before + 1
    context.close()


def test_an_answer_that_gets_lost_on_its_way_back_makes_no_second_line(
    browser: Browser, server: str, around: dict[str, str]
) -> None:
    before = len(_voices(around))
    context = browser.new_context(base_url=server, locale="nl-NL")
    page = context.new_page()
    page.goto("/chat/")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    context.route("**/chat/zeg/**", lose)
    _say(page, "Dit komt maar één keer aan.")
    expect(page.locator("#talk-lines li.theirs:not(.waiting)")).to_have_count(1, timeout=20_000)
    assert lost == [200]
    assert len(_voices(around)) == before + 1
    context.close()


def test_no_other_site_can_show_the_chat(browser: Browser, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    with _another_site() as other:
        other.body = f'<!doctype html><title>x</title><iframe src="{server}/chat/"></iframe>'
        page.goto(other.address)
        page.wait_for_timeout(500)
        assert any("frame-ancestors" in said for said in refused)
        assert page.frames[1].query_selector("#talk") is None
    context.close()


def test_each_page_can_be_read_and_used_by_everyone(
    page: Page, links: dict[str, str], look: Look, check_axe: Check
) -> None:
    for path, name in (
        ("/publiek/", "pages"),
        ("/contact/", "contact"),
        ("/contact/?taal=en", "contact-en"),
        ("/chat/", "chat"),
        ("/chat/?kader=1", "chat-frame"),
        ("/mijn-gegevens/", "own-data"),
        ("/mijn-gegevens/gevraagd/", "own-data-asked"),
        (links["question"], "question"),
        (links["own_data"], "own-data-open"),
    ):
        page.goto(path)
        look(page, f"talking-{name}")
        check_axe(page)
    page.get_by_role("button", name="Toon mijn gegevens").click()
    expect(page.get_by_text("Waar blijft mijn bouwdepot?")).to_be_visible()
    look(page, "talking-own-data-shown")
    check_axe(page)
    assert page.context.cookies() == []


def test_the_form_is_filled_in_with_the_keyboard_alone_and_mistakes_are_said(
    page: Page, look: Look, check_axe: Check
) -> None:
    page.goto("/contact/")
    page.get_by_label("Uw e-mailadres of telefoonnummer").fill("geen adres")
    page.wait_for_timeout(2_200)
    page.get_by_role("button", name="Versturen").press("Enter")
    expect(page.get_by_text("Schrijf op wat u ons wilt zeggen of vragen.")).to_be_visible()
    look(page, "talking-contact-wrong")
    check_axe(page)
    page.get_by_label("Wat wilt u ons zeggen of vragen?").fill("Waar blijft mijn bouwdepot?")
    page.get_by_label("Uw e-mailadres of telefoonnummer").fill("anja@post.example")
    page.get_by_role("button", name="Versturen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank u wel")
    look(page, "talking-contact-sent")
    check_axe(page)


def test_all_of_it_works_without_a_script(browser: Browser, server: str, around: dict[str, str]) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto("/chat/")
    _say(page, "Zonder script.")
    expect(page.locator("#talk-lines li.theirs")).to_contain_text("Zonder script.")
    _run(around, "say", "Dat werkt ook.")
    page.get_by_role("button", name="Kijk of er antwoord is").click()
    expect(page.locator("#talk-lines li.ours")).to_contain_text("Dat werkt ook.")
    assert context.cookies() == []
    context.close()


def test_the_pages_are_opened_and_closed_in_administration(
    page: Page, sign_in: SignIn, look: Look, check_axe: Check
) -> None:
    sign_in(page, "administrator")
    page.goto("/beheer/voor-klanten/")
    expect(page.get_by_label("Zet deze regel in elke pagina van uw site")).to_contain_text("/static/desk/chat.js")
    look(page, "talking-setting")
    check_axe(page)
