"""An organisation with everything real: a mailbox (Dovecot), a mail server that takes what it sends, and Gehoor itself
with its worker, each in a process of its own."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from tests.browser.conftest import serving, surroundings_of
from tests.channels.mail_servers import Dovecot, dovecot
from tests.channels.smtp_server import MailServer, Stored

from gehoor.kernel import clock

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OURS = "klant@delinde.example"
PASSWORD = "linde-bloeit-in-juni"
_numbers = count(1)
Seen = TypeVar("Seen")


class House:
    """What a test sees of it from outside: what is sent, what stands in the database, the pages."""

    def __init__(self, home: Path, mailbox: Dovecot, post: MailServer, around: dict[str, str]) -> None:
        self.home, self.mailbox, self.post, self.around = home, mailbox, post, around
        self.address = ""

    def deliver(self, *messages: bytes) -> None:
        """Put these in the mailbox, as the mail server of the organisation does."""
        for message in messages:
            self.mailbox.deliver(message)

    def rows(self, asked: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(f"file:{self.home}/gehoor.sqlite3?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(asked, values).fetchall()

    def number(self, asked: str, *values: object) -> int:
        """A single number of it."""
        return int(self.rows(asked, *values)[0][0])

    def to(self, address: str) -> list[Stored]:
        """What was sent to this address, in order."""
        return [each for each in list(self.post.stored) if address in each.recipients]

    def run(self, *arguments: str) -> str:
        """The filling once more, with other arguments."""
        return _run(self.around, *arguments)

    def is_calm(self) -> bool:
        """Whether everything that came in went all the way."""
        return not self.number(
            "SELECT (SELECT count(*) FROM gehoor_voices_voice v LEFT JOIN gehoor_desk_lookedatvoice l ON l.voice_id ="
            " v.id WHERE l.voice_id IS NULL) + (SELECT count(*) FROM gehoor_sending_delivery WHERE state IN ('waiting',"
            " 'ending'))"
        )


def until(seen: Callable[[], Seen], what: str, seconds: float = 90.0) -> Seen:
    """Wait until something is seen, and give it."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end, f"not seen within {seconds:.0f} seconds: {what}"
        time.sleep(0.1)
    return found


@contextmanager
def house(home: Path, **given: Any) -> Iterator[House]:
    """The whole of it, filled and running, for as long as the block. ``chat_sites`` may show the chat."""
    around = surroundings_of(home) | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        "GEHOOR_PUBLIC_ADDRESS": "https://gehoor.delinde.example",
        "GEHOOR_CHAT_SITES": str(given.pop("chat_sites", "")),
    }
    post = MailServer()
    try:
        with dovecot() as mailbox:
            made = House(home, mailbox, post, around)
            _run(around, json.dumps({"imap": mailbox.port, "smtp": post.port, **given}))
            with serving(around) as address:
                made.address = address
                yield made
    finally:
        post.close()


def _run(around: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(HERE / "filling.py"), *arguments], env=around, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def mail(text: str, *, sender: str, to: str = OURS, **headers: str) -> bytes:
    """A mail as bytes; headers by their names with underscores."""
    given = {
        "From": sender,
        "To": to,
        "Subject": "Bouwdepot",
        "Message-ID": f"<m{next(_numbers)}@post.example>",
        "Date": format_datetime(clock.now()),
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"{lines}\r\n{text}\r\n".encode()


def plain(stored: Stored) -> str:
    """The text of a mail that we sent, in one line."""
    body = stored.message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())
