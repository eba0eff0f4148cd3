"""Live mailboxes, on Dovecot itself: every message once, whatever breaks, and the mailbox stays as it was."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from imaplib import IMAP4
from itertools import pairwise
from pathlib import Path

import pytest
from tests.channels.hear_mailbox import kept_in, settings
from tests.channels.mail_servers import MISSING, PASSWORD, USER, Cutter, Dovecot, dovecot, dovecot_program

from gehoor.channels.base import Arrived, Unreadable, Waiting
from gehoor.channels.email import inlet as inlet_module
from gehoor.channels.email.inlet import INLET
from gehoor.channels.email.reader import READER
from gehoor.kernel.errors import CannotReach

pytestmark = [pytest.mark.all_only, pytest.mark.skipif(dovecot_program() is None, reason=MISSING)]

ROOT = Path(__file__).parents[2]
MESSAGES = 1_000


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as started:
        yield started


def message(number: int, size: int = 0) -> bytes:
    head = f"Message-ID: <{number}@example.org>\r\nFrom: klant{number}@example.org\r\nSubject: Vraag {number}\r\n"
    body = f"Waar blijft antwoord {number}?\r\n" + "Ik wacht al lang op bericht.\r\n" * (size // 30)
    return f"{head}Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n\r\n{body}".encode()


def hear(port: int, cursor: str = "", seconds: float = 20.0, **others: str) -> tuple[list[bytes], str]:
    """The bytes of every message until nothing is new, and the cursor after the last."""
    until = time.monotonic() + seconds
    brought = []
    for each in INLET.hear(settings(port, **others), cursor, lambda: time.monotonic() < until):
        if isinstance(each, Arrived):
            with each.document.open() as stream:
                brought.append(stream.read())
            cursor = each.cursor
        elif isinstance(each, Waiting) and not each.waits:
            break
    return brought, cursor


def client(port: int) -> IMAP4:
    connected = IMAP4("localhost", port)
    connected.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
    return connected


def test_every_message_comes_once_whole_and_a_restart_brings_only_new_ones(server: Dovecot) -> None:
    for number in range(20):
        server.deliver(message(number))
    server.deliver(message(20), "Klanten")
    brought, cursor = hear(server.port, mailboxes="INBOX, Klanten")
    assert sorted(brought) == sorted(message(number) for number in range(21))
    assert hear(server.port, cursor, mailboxes="INBOX, Klanten") == ([], cursor)
    server.deliver(message(21))
    assert hear(server.port, cursor, mailboxes="INBOX, Klanten")[0] == [message(21)]


def test_what_comes_can_be_read_as_mail_and_bears_the_name_of_its_folder(server: Dovecot) -> None:
    server.deliver(message(1), "Klanten")
    coming = INLET.hear(settings(server.port, mailboxes="Klanten"), "", lambda: True)
    arrived = next(each for each in coming if isinstance(each, Arrived))
    coming.close()
    assert arrived.document.name == "imap-Klanten.eml"
    (heard,) = READER.read(arrived.document, None)  # type: ignore[arg-type]
    assert heard.text == "Waar blijft antwoord 1?"  # type: ignore[union-attr]


def test_the_mailbox_stays_as_it_was(server: Dovecot) -> None:
    for number in range(3):
        server.deliver(message(number))
    hear(server.port)
    seen = client(server.port)
    seen.select(readonly=True)
    assert seen.search(None, "UNSEEN")[1] == [b"1 2 3"]
    seen.logout()


def test_what_comes_while_it_waits_is_heard_at_once(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlet_module, "ROUND_EVERY", 1_000.0)
    delivered: list[float] = []

    def deliver() -> None:
        server.deliver(message(1))
        delivered.append(time.monotonic())

    asked: list[float] = []
    until = time.monotonic() + 30

    def goes_on() -> bool:
        asked.append(time.monotonic())
        return time.monotonic() < until

    for each in INLET.hear(settings(server.port), "", goes_on):
        if isinstance(each, Waiting) and not delivered:
            threading.Timer(5.0, deliver).start()
        if isinstance(each, Arrived):
            break
    assert isinstance(each, Arrived) and time.monotonic() - delivered[0] < 10
    assert max(later - earlier for earlier, later in pairwise(asked)) < 2


def test_another_uidvalidity_brings_everything_again(server: Dovecot) -> None:
    server.deliver(message(1), "Klanten")
    _, cursor = hear(server.port, mailboxes="Klanten")
    made_anew = client(server.port)
    made_anew.delete("Klanten")
    time.sleep(1.1)  # its UIDVALIDITY is the time in seconds
    made_anew.create("Klanten")
    made_anew.append("Klanten", None, None, message(1))  # type: ignore[arg-type]
    made_anew.logout()
    assert hear(server.port, cursor, mailboxes="Klanten")[0] == [message(1)]


def test_a_message_that_disappears_between_listing_and_fetching_is_passed_over(server: Dovecot) -> None:
    for number in range(250):
        server.deliver(message(number))
    brought = []
    gone = False
    for each in INLET.hear(settings(server.port), "", lambda: True):
        if isinstance(each, Arrived):
            brought.append(each)
            if not gone:
                other = client(server.port)
                other.select()
                other.uid("STORE", "50:240", "+FLAGS", r"(\Deleted)")
                other.expunge()
                other.logout()
                gone = True
        elif isinstance(each, Unreadable):
            raise AssertionError(each)
        elif not each.waits:
            break
    assert len(brought) >= 59
    assert brought[-1].cursor.startswith('{"INBOX": [') and ", 250, []]" in brought[-1].cursor


def test_since_and_unread_only_narrow_what_is_heard_and_drafts_are_none(server: Dovecot) -> None:
    writer = client(server.port)
    writer.append("INBOX", None, '"05-Jan-2020 10:00:00 +0000"', message(1))  # type: ignore[arg-type]
    writer.append("INBOX", r"(\Seen)", '"05-Jan-2026 10:00:00 +0000"', message(2))
    writer.append("INBOX", r"(\Draft)", '"05-Jan-2026 10:00:00 +0000"', message(3))
    writer.append("INBOX", None, '"05-Jan-2026 10:00:00 +0000"', message(4))  # type: ignore[arg-type]
    writer.logout()
    assert hear(server.port)[0] == [message(1), message(2), message(4)]
    assert hear(server.port, since="2025-12-31")[0] == [message(2), message(4)]
    assert hear(server.port, since="2025-12-31", unread_only="on")[0] == [message(4)]


def test_a_large_mailbox_is_listed_in_pieces(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.channels.email.imap_session.LISTED_WHOLE", 7)
    for number in range(30):
        server.deliver(message(number))
    brought, cursor = hear(server.port)
    assert sorted(brought) == sorted(message(number) for number in range(30))
    assert hear(server.port, cursor)[0] == []


def test_of_a_message_that_is_too_large_only_the_header_is_kept(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlet_module, "LARGEST", 50_000)
    for number, size in enumerate((0, 60_000, 0)):
        server.deliver(message(number, size))
    came = []
    for each in INLET.hear(settings(server.port), "", lambda: True):
        if isinstance(each, Waiting):
            if not each.waits:
                break
        else:
            came.append(each)
    large = next(each for each in came if isinstance(each, Unreadable))
    assert len(came) == 3 and large.error.code == "too_large"
    assert large.original == message(1).split(b"\r\n\r\n")[0] + b"\r\n\r\n"


def test_a_folder_that_is_not_there_is_told_after_the_others_were_heard(server: Dovecot) -> None:
    server.deliver(message(1))
    brought = []
    with pytest.raises(CannotReach, match="folder"):
        brought.extend(INLET.hear(settings(server.port, mailboxes="Weg,INBOX"), "", lambda: True))
    assert [type(each) for each in brought] == [Waiting, Arrived]


def test_a_wrong_password_is_told(server: Dovecot) -> None:
    with pytest.raises(CannotReach, match="password"):
        hear(server.port, password="fout")


def test_tls_and_starttls_with_a_certificate_that_is_trusted(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    server.deliver(message(1))
    for port, security in ((server.tls_port, "tls"), (server.port, "starttls")):
        with monkeypatch.context() as trusted:
            with pytest.raises(CannotReach, match="certificate"):
                hear(port, security=security)
            trusted.setenv("SSL_CERT_FILE", str(server.certificate))
            assert hear(port, security=security)[0] == [message(1)]


def test_it_idles_over_tls(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inlet_module, "ROUND_EVERY", 1_000.0)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    delivered = False
    until = time.monotonic() + 20
    given = settings(server.tls_port, security="tls")
    for each in INLET.hear(given, "", lambda: time.monotonic() < until):
        if isinstance(each, Waiting) and not delivered:
            delivered = True
            threading.Timer(2.5, server.deliver, [message(1)]).start()
        if isinstance(each, Arrived):
            break
    assert isinstance(each, Arrived)


def test_a_restarted_server_is_heard_again_by_who_comes_back(server: Dovecot) -> None:
    server.deliver(message(1))
    _, cursor = hear(server.port)
    server.stop()
    with pytest.raises(CannotReach):
        hear(server.port, cursor)
    server.start()
    server.deliver(message(2))
    assert hear(server.port, cursor)[0] == [message(2)]


def test_a_server_that_goes_while_it_idles_cannot_be_reached(server: Dovecot) -> None:
    coming = INLET.hear(settings(server.port), "", lambda: True)
    assert next(coming) == Waiting(0)
    threading.Timer(1.5, server.stop).start()
    began = time.monotonic()
    with pytest.raises(CannotReach):
        list(coming)
    assert time.monotonic() - began < 20


def start(port: int, kept: Path) -> "subprocess.Popen[bytes]":
    surroundings = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.channels.hear_mailbox", str(port), str(kept), str(MESSAGES)]
    return subprocess.Popen(command, env=surroundings, cwd=ROOT)


def test_cut_restarted_and_killed_at_random_each_message_is_kept_once(server: Dovecot, tmp_path: Path) -> None:
    chance = random.Random(1)
    deliveries = [
        (number, chance.choice(["", "", "Klanten"]), chance.choice([0, 2_000, 40_000])) for number in range(MESSAGES)
    ]
    server.deliver(message(0), "Klanten")

    def deliver() -> None:
        for number, folder, size in deliveries[1:]:
            server.deliver(message(number, size), folder)
            time.sleep(0.004)

    delivering = threading.Thread(target=deliver)
    delivering.start()
    kept = tmp_path / "kept"
    kills = 0
    with closing(Cutter(server.port, cuts=40, mean=300_000, seed=1)) as line:
        while True:
            listening = start(line.port, kept)
            try:
                listening.wait(chance.uniform(0.5, 2.0) if kills < 12 else 180)
                break
            except subprocess.TimeoutExpired:
                listening.send_signal(signal.SIGKILL)
                listening.wait()
                assert kills < 12, "it did not end"
                kills += 1
                if kills % 4 == 0:
                    server.stop()
                    server.start()
    delivering.join()
    came = Counter(message_id for message_id, _ in kept_in(kept))
    assert set(came) == {f"<{number}@example.org>" for number in range(MESSAGES)}
    again = sum(came.values()) - len(came)
    print(f"{line.made} cuts, {kills} kills, 3 restarts of the server; {again} messages came again and were known")
    assert line.made > 5 and kills == 12
    assert again <= 12
