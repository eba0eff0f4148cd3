"""Mail servers that answer in odd ways, or not: one bad answer stops nothing else, and nothing hangs or falls over."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.channels import hear_mailbox
from tests.channels.mail_servers import Answer, Scripted

from gehoor.channels.base import Arrived, Unreadable, Waiting
from gehoor.channels.email import imap_session
from gehoor.channels.email import inlet as inlet_module
from gehoor.channels.email.imap_places import MISSED_LIMIT, Place, Places
from gehoor.channels.email.inlet import INLET
from gehoor.channels.registry import inlets
from gehoor.kernel.errors import CannotReach

MESSAGES = {uid: b"Message-ID: <%d@example.org>\r\n\r\nhallo %d\r\n" % (uid, uid) for uid in (2, 3, 5, 8, 13)}
Serve = Callable[..., Scripted]
PASSWORD = 'geheim "woord"'


def settings(port: int, **others: str) -> dict[str, str]:
    return {**hear_mailbox.settings(port), "password": PASSWORD, **others}


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[Scripted] = []

    def begin(odd: Answer | None = None, capabilities: str = "IMAP4rev1") -> Scripted:
        started.append(Scripted(dict(MESSAGES), odd, capabilities))
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_session, "TIMEOUT", 1.0)
    monkeypatch.setattr(imap_session, "POLL_EVERY", 0.2)


class Heard:
    """What came, until nothing is new any more or for so many seconds."""

    def __init__(self, server: Scripted, cursor: str = "", seconds: float = 15.0, **others: str) -> None:
        self.cursor = cursor
        self.uids: list[int] = []
        self.unread: list[tuple[str, str]] = []
        self.waits = -1
        until = time.monotonic() + seconds
        for each in INLET.hear(settings(server.port, **others), cursor, lambda: time.monotonic() < until):
            if isinstance(each, Waiting):
                self.waits = each.waits
                if not each.waits or (self.unread and each.waits == len(self.unread)):
                    break
            elif isinstance(each, Unreadable):
                self.unread.append((each.position, each.error.code))
            else:
                self._keep(each)

    def _keep(self, arrived: Arrived) -> None:
        self.cursor = arrived.cursor
        with arrived.document.open() as stream:
            found = re.search(rb"<(\d+)@", stream.read())
        assert found is not None
        self.uids.append(int(found[1]))


def test_it_is_found_and_keeps_the_contract() -> None:
    assert inlets()["imap"] is INLET
    assert INLET.channel == "email" and [field.name for field in INLET.fields if field.kind == "secret"] == ["password"]


@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4", "IMAP4rev1 AUTH=PLAIN LITERAL+ SASL-IR UIDPLUS"])
def test_a_plain_server_is_heard_too(serve: Serve, capabilities: str) -> None:
    def authenticate(words: str, tag: bytes) -> bytes | None:
        if words.startswith("AUTHENTICATE"):
            waiting.append(tag)
            return b"+ \r\n"
        return waiting.pop() + b" OK in\r\n" if waiting else None

    waiting: list[bytes] = []
    assert Heard(serve(authenticate, capabilities)).uids == list(MESSAGES)


def test_without_idle_it_looks_again_and_again(serve: Serve) -> None:
    server = serve()
    until = time.monotonic() + 10
    came = 0
    for each in INLET.hear(settings(server.port), "", lambda: time.monotonic() < until):
        if isinstance(each, Arrived):
            came += 1
        elif not each.waits and came == len(MESSAGES):
            server.messages[21] = b"Message-ID: <21@example.org>\r\n\r\nlater\r\n"
        if came > len(MESSAGES):
            break
    assert came == 6
    assert not [words for words in server.asked if words.startswith(("IDLE", "SELECT", "STORE"))]


def test_the_last_message_that_every_search_gives_is_not_brought_again(serve: Serve) -> None:
    server = serve()
    first = Heard(server)
    again = Heard(server, first.cursor)
    assert first.uids == list(MESSAGES) and again.uids == [] and again.cursor == first.cursor


def test_a_name_with_spaces_and_quotes_is_sent_as_one_word(serve: Serve) -> None:
    server = serve()
    Heard(server, user='jan "de" boer\\')
    assert server.asked[1].startswith('LOGIN "jan \\"de\\" boer\\\\" "')


@pytest.mark.parametrize("answer", [b" NO [SERVERBUG] not today\r\n", b" BAD what\r\n", b" OK done\r\n"])
def test_a_message_that_is_refused_stops_no_other_and_is_asked_for_again(serve: Serve, answer: bytes) -> None:
    def odd(words: str, tag: bytes) -> bytes | None:
        refused = words.startswith("UID FETCH") and "BODY" in words and "3" in words.split()[2].split(",")
        return tag + answer if refused else None

    server = serve(odd)
    heard = Heard(server)
    assert heard.uids == [2, 5, 8, 13] and heard.waits == 1
    assert heard.unread == [("imap-INBOX-7-3.eml", "email_not_fetched")]
    assert Heard(server, heard.cursor, 1.0).unread == []
    server.odd = lambda words, tag: None
    again = Heard(server, heard.cursor)
    assert again.uids == [3] and again.waits == 0
    assert Heard(server, again.cursor).uids == []


def test_a_message_that_ends_the_connection_each_time_stops_no_other(serve: Serve) -> None:
    def odd(words: str, tag: bytes) -> bytes | None:
        fatal = words.startswith("UID FETCH") and "BODY" in words and "5" in words.split()[2].split(",")
        return b"" if fatal else None

    heard = Heard(serve(odd))
    assert heard.uids == [2, 3, 8, 13]
    assert heard.unread == [("imap-INBOX-7-5.eml", "email_not_fetched")]


def test_a_message_that_was_gone_is_forgotten(serve: Serve) -> None:
    server = serve()
    heard = Heard(server, '{"INBOX": [7, 13, [4, 5]]}')
    assert heard.uids == [5] and heard.waits == 0


def test_a_server_that_hands_over_nothing_at_all_cannot_be_reached(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inlet_module, "REFUSED_IN_A_ROW", 4)
    refusing = serve(lambda words, tag: tag + b" NO no\r\n" if "BODY" in words else None)
    with pytest.raises(CannotReach):
        Heard(refusing)


def test_an_empty_message_is_told_as_such(serve: Serve) -> None:
    server = serve()
    server.messages[5] = b""
    heard = Heard(server)
    assert heard.uids == [2, 3, 8, 13] and heard.unread == [("imap-INBOX-7-5.eml", "empty")]


@pytest.mark.parametrize(
    "greeting", [b"", b"* BYE full\r\n", b"220 smtp.example.org ESMTP\r\n", b"\x16\x03\x01\x00", b"* OK", b"\r\n" * 9]
)
def test_a_greeting_that_is_none_cannot_be_reached(serve: Serve, greeting: bytes) -> None:
    server = serve()
    server.greeting = greeting
    began = time.monotonic()
    with pytest.raises(CannotReach):
        Heard(server)
    assert time.monotonic() - began < 10


def said_by(server: Scripted) -> str:
    try:
        Heard(server, seconds=3.0)
    except CannotReach as error:
        return str(error)
    return ""


@pytest.mark.all_only
@pytest.mark.parametrize("command", ["CAPABILITY", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "NOOP"])
@pytest.mark.parametrize(
    "said",
    [
        b"* BYE going\r\n",
        b"TAG NO [UNAVAILABLE] no\r\n",
        b"TAG BAD what\r\n",
        b"* SEARCH x (\r\nTAG OK x\r\n",
        b"* 1 FETCH (UID\r\nTAG OK x\r\n",
        b"* 1 FETCH ((((((\r\nTAG OK x\r\n",
        b"* 1 FETCH (UID 2 BODY[] {99}\r\nshort",
        b"* 1 FETCH (UID x RFC822.SIZE y)\r\nTAG OK x\r\n",
        b"* OK [UIDVALIDITY many]\r\n* x EXISTS\r\nTAG OK x\r\n",
        b"\xff\xfe\x00\r\n",
        b"+ go on\r\n",
        b"x" * 1_100_000 + b"\r\n",
    ],
)
def test_nonsense_at_any_moment_ends_in_a_sentence(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, command: str, said: bytes
) -> None:
    monkeypatch.setattr(imap_session, "TIMEOUT", 0.3)

    def odd(words: str, tag: bytes) -> bytes | None:
        return said.replace(b"TAG", tag) if words.startswith(command) else None

    began = time.monotonic()
    assert not re.search(f"{PASSWORD}|example", said_by(serve(odd)))
    assert time.monotonic() - began < 25


@pytest.mark.all_only
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(1, 9),
    said=st.lists(
        st.sampled_from(b'* |TAG |OK|NO|1|2|FETCH|SEARCH|EXISTS|(|)|{3}|\r\n|BODY[]|NIL|"|\\|\xff| '.split(b"|"))
    ),
)
@example(at=5, said=[b"* ", b"1", b" ", b"FETCH", b" ", b"NIL", b"\r\n", b"TAG ", b"OK", b"\r\n"])
def test_whatever_a_server_says_it_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, at: int, said: list[bytes]
) -> None:
    monkeypatch.setattr(imap_session, "TIMEOUT", 0.2)
    asked = 0

    def odd(words: str, tag: bytes) -> bytes | None:
        nonlocal asked
        asked += 1
        return b"".join(said).replace(b"TAG", tag) + b"\r\n" if asked == at else None

    with closing(Scripted(dict(MESSAGES), odd)) as server:
        try:
            heard = Heard(server, seconds=2.0)
        except CannotReach:
            return
        assert len(heard.uids) == len(set(heard.uids))


def test_a_server_that_never_answers_is_given_up(serve: Serve) -> None:
    silent = serve(lambda words, tag: b" ")
    began = time.monotonic()
    with pytest.raises(CannotReach, match="does not answer"):
        Heard(silent)
    assert time.monotonic() - began < 5


def test_a_server_that_repeats_how_many_there_are_is_not_asked_without_end(serve: Serve) -> None:
    server = serve(lambda words, tag: b"* 5 EXISTS\r\n" + tag + b" OK done\r\n" if words == "NOOP" else None)
    until = time.monotonic() + 1.5
    list(INLET.hear(settings(server.port), "", lambda: time.monotonic() < until))
    assert server.asked.count("NOOP") < 12


def test_a_password_is_not_told_to_the_log(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Heard(serve(), password="zeer-geheim")
    assert "zeer-geheim" not in caplog.text and "hallo" not in caplog.text


def test_a_password_that_the_server_cannot_take_is_told_as_such(serve: Serve) -> None:
    with pytest.raises(CannotReach, match="accents"):
        Heard(serve(), password="geheim-é")


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"host": ""}, "missing"),
        ({"port": "x"}, "port"),
        ({"port": "70000"}, "port"),
        ({"security": "ssl3"}, "security"),
        ({"host": "imap.example.org"}, "password would travel openly"),
        ({"host": "10.0.0.1"}, "password would travel openly"),
        ({"since": "gisteren"}, "date"),
        ({"user": "a\r\nb"}, "character"),
        ({"host": "127.0.0.1", "port": "1"}, "nobody answers"),
    ],
)
def test_settings_that_cannot_work_are_told(others: dict[str, str], why: str) -> None:
    with pytest.raises(CannotReach, match=why):
        next(INLET.hear({**settings(1), **others}, "", lambda: True))


@pytest.mark.parametrize(
    "cursor", ["", "x", "[]", "null", '{"INBOX": 3}', '{"INBOX": [7, "x", []]}', '{"INBOX": [7, 1]}']
)
def test_a_cursor_that_makes_no_sense_begins_anew(serve: Serve, cursor: str) -> None:
    assert Heard(serve(), cursor).uids == list(MESSAGES)


def test_what_is_missed_is_bounded() -> None:
    place = Place()
    for uid in range(MISSED_LIMIT + 50):
        assert place.miss(uid)
    assert len(place.missed) == MISSED_LIMIT and place.missed[0] == 50


@given(st.dictionaries(st.text(), st.tuples(st.integers(0), st.integers(0), st.lists(st.integers(0), max_size=5))))
def test_a_cursor_gives_back_what_was_put_in(given_places: dict[str, tuple[int, int, list[int]]]) -> None:
    places = Places("")
    for name, (validity, last, missed) in given_places.items():
        place = places.of(name)
        place.validity, place.last, place.missed = validity, last, missed
    again = Places(places.cursor())
    assert all(again.of(name) == places.of(name) for name in given_places)
