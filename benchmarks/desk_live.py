"""A hundred live screens of the desk on PostgreSQL: how soon what came in is on them, and whether all of it is.

    python benchmarks/desk_live.py [--minutes 10] [--screens 100] [--save]

Starts a PostgreSQL of its own, ``gehoor serve`` with its worker on a home of its own, and ends both. Four screens in
five show the list, the others a case; each asks over HTTP what moved, as its page does. Mail comes in two a second, and
twenty a second for half a minute in the middle; one in five goes on in a case that is shown. From the moment at which
intake accepted a mail until a screen shows it; at the end every mail must be one voice in one case. Loopback only.
"""

import argparse
import asyncio
import html
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
sys.path.insert(0, str(SOURCE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gehoor.settings")

EVERY, RATE, BURST, BURST_SECONDS = 2.0, 2, 20, 30
BEFORE, PATIENCE = 60, 30
ON_CASES = 5
"""One screen in so many shows a case; one mail in so many goes on in a shown case."""
NEXT = re.compile(r'hx-get="([^"]+)"')
OTHERS = re.compile(r"(One|[\d.,]+) more cases? came in")
CASE = re.compile(r'name="zaak" value="([0-9a-f-]{36})"')
TOKEN = re.compile(r"Q\d{5}Q")
WHO = re.compile(r'"wie": "([^"]*)"')
HAPPENED = "Something happened in this case"
WHAT = ("mijn bouwdepot", "de rente", "mijn offerte", "de taxatie", "mijn jaaropgave", "de notaris",
        "mijn overbrugging", "de looptijd", "mijn adres", "de boete", "het nieuwe tarief",
        "mijn tweede lening")  # fmt: skip
HOW = ("die ik vorige week stuurde", "waarover ik al belde", "uit de brief van maandag", "voor het huis aan de gracht",
       "na de verbouwing", "bij de scheiding", "nu ik verhuis", "sinds de storing", "met mijn partner",
       "voor de zaak")  # fmt: skip
ASKS = ("Wanneer hoor ik iets over {what} {how}?", "Kunt u mij zeggen hoe het staat met {what} {how}?",
        "Waarom is {what} {how} nog niet rond?", "Wie kan mij helpen met {what} {how}?",
        "Hoe lang duurt het nog met {what} {how}?")  # fmt: skip


@dataclass
class Sent:
    """One mail. ``case``: which of the shown cases it goes on in, else -1; ``rank``: the how-manieth new question."""

    token: str
    case: int
    rank: int
    accepted: float = 0.0


@dataclass
class Seen:
    """What the screens saw: for each mail the seconds until each screen had it; and what went wrong."""

    late: list[tuple[str, float, float]] = field(default_factory=list)
    asked: int = 0
    spent: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def written(token: str, draw: random.Random, answers: str = "") -> bytes:
    """A mail with a question that is like no other."""
    said = " ".join(draw.choice(ASKS).format(what=draw.choice(WHAT), how=draw.choice(HOW)) for _ in range(3))
    before = f"In-Reply-To: <{answers}@example.org>\nReferences: <{answers}@example.org>\n" if answers else ""
    whose = answers or token
    return (
        f"From: Klant {whose} <{whose.lower()}@example.org>\nTo: klant@delinde.example\nSubject: Vraag {whose}\n"
        f"Date: {format_datetime(datetime.now(UTC))}\nMessage-ID: <{token}@example.org>\n{before}"
        f"Content-Type: text/plain; charset=utf-8\n\n{token} {said}\n"
    ).encode()


def listen(raw: bytes, folder: Path, token: str) -> None:
    """Through the real intake; committed when this returns."""
    from gehoor.channels.base import Wishes
    from gehoor.rooms.intake.actions import do_listen

    path = folder / f"{token}.eml"
    path.write_bytes(raw)
    do_listen(paths=[path], wishes=Wishes("email"))
    path.unlink()


def send(folder: Path, minutes: float) -> None:
    """The sender, a process of its own: a line for each mail when intake accepted it."""
    import django

    django.setup()
    from gehoor.channels.registry import readers

    readers()
    draw, begin, rank = random.Random(3), time.time(), 0
    for number, due in enumerate(times(60 * minutes)):
        time.sleep(max(0.0, begin + due - time.time()))
        token = f"Q{number:05}Q"
        case = draw.randrange(40) if number % ON_CASES == 0 else -1
        rank += case < 0
        listen(written(token, draw, f"P{case:04}P" if case >= 0 else ""), folder, token)
        sys.stdout.write(json.dumps([token, case, rank, time.time()]) + "\n")
        sys.stdout.flush()


def times(seconds: float) -> Iterator[float]:
    """When mail is sent: two a second, twenty a second in the middle."""
    burst = min(BURST_SECONDS, seconds / 4)
    at, begin = 0.0, (seconds - burst) / 2
    while at < seconds:
        yield at
        at += 1 / (BURST if begin <= at < begin + burst else RATE)


class Screen:
    """One page that asks what moved, over a connection that stays open."""

    def __init__(self, port: int, cookies: str, token: str, case: int, address: str) -> None:
        self.port, self.cookies, self.token, self.case, self.address = port, cookies, token, case, address
        self.shown: list[str] = []
        self.ask = ""
        self.known = self.who = ""
        self.seen: set[str] = set()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: str = "", *, live: bool = True) -> tuple[int, str]:
        """One request; the status and the text."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Cookie: {self.cookies}",
            f"X-CSRFToken: {self.token}",
        ]
        lines += ["HX-Request: true"] if live else []
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if body else []
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        size = re.search(r"content-length: (\d+)", head)
        text = (await reader.readexactly(int(size[1]))).decode() if size and status != 204 else ""
        if "connection: close" in head:
            writer.close()
            self._streams = None
        return status, text

    async def open(self) -> str:
        """The page itself; its text."""
        status, text = await self.request("GET", self.address, live=False)
        assert status == 200, (status, text[:500])
        if self.case < 0:
            self.shown = CASE.findall(text)
            self.ask = html.unescape(_of(NEXT, text[text.index('id="live"') :]))
        else:
            self.ask = html.unescape(_of(re.compile(r'id="there"[^>]*hx-post="([^"]+)"'), text))
            self.who = ""
            self.known = _of(re.compile(r"sinds&quot;: &quot;(\d+)|\"sinds\": \"(\d+)"), text)
        return text

    async def poll(self, seen: Seen) -> str:
        """Ask what moved, as the page does; the text that came."""
        began = time.perf_counter()
        if self.case < 0:
            status, text = await self.request("GET", self.ask + "".join(f"&zaak={each}" for each in self.shown))
        else:
            status, text = await self.request("POST", self.ask, urlencode({"sinds": self.known, "wie": self.who}))
        seen.asked += 1
        seen.spent.append(time.perf_counter() - began)
        if status not in {200, 204}:
            seen.wrong.append(f"{status} {text[:80]}")
        elif self.case < 0 and text and (found := NEXT.search(text)):
            self.ask = html.unescape(found[1])
        elif self.case >= 0 and text and (found := WHO.search(text)):
            self.who = found[1]
        return text


def _of(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found is not None, (pattern.pattern, text[:2000])
    return next(each for each in found.groups() if each)


async def watch(screen: Screen, sent: list[Sent], seen: Seen, done: asyncio.Event) -> None:
    """Ask again and again; take note of what is seen for the first time."""
    await asyncio.sleep(random.random() * EVERY)
    others = 0
    while not done.is_set():
        try:
            text = await screen.poll(seen)
        except (OSError, asyncio.IncompleteReadError) as error:
            seen.wrong.append(type(error).__name__)
            screen._streams = None
            text = ""
        now = time.time()
        if found := OTHERS.search(text):
            others = 1 if found[1] == "One" else int(re.sub(r"\D", "", found[1]))
        tokens = set(TOKEN.findall(text))
        for each in sent:
            if each.token not in screen.seen and _shows(screen, each, text, tokens, others):
                screen.seen.add(each.token)
                seen.late.append((each.token, now - each.accepted, each.accepted))
        if screen.case >= 0 and HAPPENED in text:
            there = set(TOKEN.findall(await screen.open()))
            for each in sent:
                if each.case == screen.case and each.token in there - screen.seen:
                    screen.seen.add(each.token)
                    seen.late.append((each.token, time.time() - each.accepted, each.accepted))
        await asyncio.sleep(EVERY)


def _shows(screen: Screen, each: Sent, text: str, tokens: set[str], others: int) -> bool:
    if screen.case >= 0:
        return each.case == screen.case and HAPPENED in text
    return each.token in tokens if each.case >= 0 else others >= each.rank


def expected(screen: Screen, sent: list[Sent]) -> list[Sent]:
    """What a screen should have shown: a list everything, but of one case's several mails the last at least."""
    if screen.case >= 0:
        return [each for each in sent if each.case == screen.case]
    last = {each.case: each for each in sent if each.case >= 0}
    return [each for each in sent if each.case < 0] + list(last.values())


def prepared(screens: int, folder: Path) -> list[tuple[str, str]]:
    """Colleagues with a session each, and cases that wait; returns cookies and tokens."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.intake.own import do_add_own
    from gehoor.rooms.intake.stages import drain_all

    call_command("migrate", verbosity=0)
    do_add_own(value="delinde.example", actor=None)
    draw = random.Random(5)
    for number in range(BEFORE):
        listen(written(f"P{number:04}P", draw), folder, f"P{number:04}P")
    drain_all()
    given = []
    for number in range(screens):
        user = User.objects.make(
            email=f"scherm{number}@delinde.example", name=f"Scherm {number}", roles=["adviser"], password=None
        )
        browser = Client()
        browser.force_login(user)
        secret = _get_new_csrf_string()
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={secret}"
        given.append((cookies, secret))
    return given


@contextmanager
def serving(port: int) -> Iterator[None]:
    """``gehoor serve`` with its worker, for as long as it lasts."""
    command = [sys.executable, "-m", "gehoor", "serve", "--address", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/gezond/", timeout=2).close()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()


def shown_cases(screens: int) -> list[str]:
    """The public ids of the cases that pages of cases show, by the number of what began them."""
    from gehoor.rooms.voices.models import Voice

    of = dict(Voice.objects.filter(in_case__isnull=False).values_list("native_id", "in_case__case__public_id"))
    return [str(of[f"P{number:04}P@example.org"]) for number in range(screens)]


async def run(
    port: int, given: list[tuple[str, str]], cases: list[str], minutes: float, folder: Path
) -> tuple[Seen, list[Sent], list[Screen]]:
    """Open all screens, let mail come in, and watch until everything is seen or patience ends."""
    screens = []
    for number, (cookies, token) in enumerate(given):
        at = number // ON_CASES if number % ON_CASES == 0 else -1
        screens.append(Screen(port, cookies, token, at, f"/balie/{cases[at]}/" if at >= 0 else "/balie/"))
    for screen in screens:
        await screen.open()
    seen, sent, done = Seen(), list[Sent](), asyncio.Event()
    tasks = [asyncio.create_task(watch(screen, sent, seen, done)) for screen in screens]
    sender = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--send", str(folder), "--minutes", str(minutes), stdout=subprocess.PIPE
    )
    assert sender.stdout is not None
    try:
        async for line in sender.stdout:
            token, case, rank, accepted = json.loads(line)
            sent.append(Sent(token, case, rank, accepted))
        for _ in range(PATIENCE):
            if all(each.token in screen.seen for screen in screens for each in expected(screen, sent)):
                break
            await asyncio.sleep(1)
    finally:
        done.set()
        if sender.returncode is None:
            sender.kill()
        await asyncio.gather(*tasks)
    return seen, sent, screens


def lost_and_doubled(sent: list[Sent]) -> tuple[int, int]:
    """Of the mail that was accepted: how much is not one voice in one case."""
    from collections import Counter

    from gehoor.rooms.voices.models import Voice

    rows = Voice.objects.filter(native_id__startswith="Q").values_list("native_id", "in_case__case")
    kept = Counter(native.partition("@")[0] for native, case in rows if case is not None)
    return sum(not kept[each.token] for each in sent), sum(kept[each.token] > 1 for each in sent)


def in_cases(sent: list[Sent]) -> list[float]:
    """Seconds from accepted until it was in a case, in order."""
    from gehoor.rooms.desk.models import Act
    from gehoor.rooms.voices.models import Voice

    voices = Voice.objects.filter(native_id__startswith="Q").values_list("public_id", "native_id")
    tokens = {str(public_id): native.partition("@")[0] for public_id, native in voices}
    accepted = {each.token: each.accepted for each in sent}
    acts = Act.objects.filter(kind__in=["begun", "voice"]).values_list("values__voice", "at")
    return sorted(at.timestamp() - accepted[tokens[voice]] for voice, at in acts if voice in tokens)


def told(seen: Seen, sent: list[Sent], screens: list[Screen], given: Any) -> str:
    """What came of it, as Markdown."""
    missing = sum(each.token not in screen.seen for screen in screens for each in expected(screen, sent))
    lost, doubled = lost_and_doubled(sent)
    first, last = min(each.accepted for each in sent), max(each.accepted for each in sent)
    late = sorted(late for _, late, _ in seen.late)
    asked = sorted(seen.spent)
    cased, load = in_cases(sent), os.getloadavg()
    return "\n".join([
        f"`python benchmarks/desk_live.py --minutes {given.minutes:g} --screens {given.screens}`, PostgreSQL, "
        f"{os.cpu_count()} cores; load {load[0]:.1f} at the end.",
        "",
        "| What | Figure |",
        "| --- | --- |",
        f"| mail accepted by intake | {len(sent):,} in {last - first:.0f} s |",
        f"| lost, doubled | {lost}, {doubled} |",
        f"| shown (mail × screens), never shown | {len(late):,}, {missing} |",
        f"| from accepted to a screen: median | {_at(late, 0.5):.2f} s |",
        f"| p95 | {_at(late, 0.95):.2f} s |",
        f"| p99, slowest | {_at(late, 0.99):.2f} s, {_at(late, 1):.2f} s |",
        f"| of which until it is in a case: median, p95 | {_at(cased, 0.5):.2f} s, {_at(cased, 0.95):.2f} s |",
        f"| asked what moved | {seen.asked:,} times |",
        f"| its answer: median, p95 | {1000 * _at(asked, 0.5):.0f} ms, {1000 * _at(asked, 0.95):.0f} ms |",
        f"| answers that were wrong | {len(seen.wrong)} {'; '.join(sorted(set(seen.wrong))[:3])} |",
    ])  # fmt: skip


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def main() -> None:
    """Start what is needed, run, end it, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--screens", type=int, default=100)
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--send", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.send is not None:
        send(given.send, given.minutes)
        return
    if not os.environ.get("GEHOOR_DATABASE"):
        sys.exit(
            subprocess.run(
                [sys.executable, HERE.parent / "tests/with_postgresql.py", sys.executable, *sys.argv]
            ).returncode
        )
    folder = Path(tempfile.mkdtemp(prefix="gehoor-live-"))
    os.environ |= {"GEHOOR_HOME": str(folder / "home"), "GEHOOR_LANGUAGE": "en"}
    try:
        cookies = prepared(given.screens, folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        with serving(port):
            cases = shown_cases(given.screens // ON_CASES)
            seen, sent, screens = asyncio.run(run(port, cookies, cases, given.minutes, folder))
        text = told(seen, sent, screens, given)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(text)
    if given.save:
        (HERE / "desk_live.md").write_text(f"# The desk, live\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
