"""A real server, a real browser: what a person would see."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
LOOKS = Path("/tmp/gehoor-looks")
PASSWORD = "linde-bloeit-in-juni"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDTHS = (360, 1280)
ALL_THERE = """() => document.readyState === "complete" && document.fonts.status === "loaded"
    && !document.querySelector(".htmx-request") && [...document.images].every((image) => image.complete)"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            pytest.fail(f"the server stopped with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/gezond/", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within two minutes")


def surroundings_of(home: Path) -> dict[str, str]:
    """What a program of ours needs to know to work on this home, with the settings of real life."""
    return {
        **os.environ,
        "GEHOOR_HOME": str(home),
        "GEHOOR_LANGUAGE": "nl",
        "DJANGO_SETTINGS_MODULE": "gehoor.settings",
    }


@contextmanager
def serving(surroundings: dict[str, str]) -> Iterator[str]:
    """The address of ``gehoor serve`` with its worker, for as long as it lasts."""
    address = f"127.0.0.1:{_free_port()}"
    process = subprocess.Popen([sys.executable, "-m", "gehoor", "serve", "--address", address], env=surroundings)
    try:
        _wait_until_it_answers(f"http://{address}", process)
        yield f"http://{address}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server with its own empty home."""
    with tempfile.TemporaryDirectory() as home:
        port = _free_port()
        surroundings = {**os.environ, "GEHOOR_HOME": home, "GEHOOR_LANGUAGE": "nl"}
        process = subprocess.Popen([sys.executable, str(HERE / "serving.py"), str(port)], env=surroundings)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_it_answers(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium; its loop ends with each file, or it would stand in the way of database tests."""
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A fresh browser profile; anything asked outside the server fails the test."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, locale="nl-NL")
    outside: list[str] = []
    context.on("request", lambda asked: None if asked.url.startswith((server, "data:")) else outside.append(asked.url))
    yield context
    context.close()
    assert not outside, f"asked outside the server: {outside}"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no error of server or script and no refusal of the content policy may happen."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    yield page
    assert not wrong, wrong


def sign_in(page: Page, role: str) -> None:
    """Sign in as the user who has this role."""
    page.goto("/account/aanmelden/?next=/account/")
    page.fill("[name=email]", f"{role}@linde.example")
    page.fill("[name=password]", PASSWORD)
    page.click(".form-end button")
    page.wait_for_url("**/account/")


@pytest.fixture(name="sign_in")
def _sign_in() -> Callable[[Page, str], None]:
    return sign_in


def look(page: Page, name: str) -> None:
    """Save how the page looks on a phone and on a desk, in light and dark, and check that nothing sticks out."""
    LOOKS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("for (const img of document.images) img.loading = 'eager'")
            page.wait_for_function(ALL_THERE)
            page.screenshot(path=LOOKS / f"{name}-{width}-{scheme}.png", full_page=True)
        sticks_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sticks_out <= 0, f"{name} is {sticks_out} pixels too wide at {width}"


@pytest.fixture(name="look")
def _look() -> Callable[[Page, str], None]:
    return look


def check_axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"


@pytest.fixture(name="check_axe")
def _check_axe() -> Callable[[Page], None]:
    return check_axe
