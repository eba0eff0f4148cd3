"""Listening to X: against a server on the loopback that speaks as X documents it."""

import json
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.channels.fetching.web_server import Server, answer, serving

from gehoor.channels.base import Arrived, Waiting, Wishes
from gehoor.channels.fetching.fetch import Fence
from gehoor.channels.registry import inlets
from gehoor.channels.x import inlet as module
from gehoor.channels.x.inlet import XInlet
from gehoor.channels.x.reader import READER
from gehoor.kernel.errors import CannotReach

SEARCH, MENTIONS, BY_NAME = "/2/tweets/search/recent", "/2/users/77/mentions", "/2/users/by/username/delinde"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as it:
        it.answers[BY_NAME] = answer(
            json.dumps({"data": {"id": "77", "username": "delinde", "name": "De Linde"}}).encode()
        )
        it.answers[MENTIONS] = page()
        yield it


def page(*numbers: int, next_token: str = "") -> bytes:
    """A page as X gives it, the newest first."""
    posts = [{"id": str(number), "text": f"bericht {number}", "author_id": "5"} for number in numbers]
    meta: dict[str, object] = {"result_count": len(posts)}
    if posts:
        meta |= {"newest_id": str(numbers[0]), "oldest_id": str(numbers[-1])}
    if next_token:
        meta["next_token"] = next_token
    whole = {"data": posts, "includes": {"users": [{"id": "5", "username": "jan", "name": "Jan"}]}, "meta": meta}
    return answer(json.dumps(whole if posts else {"meta": meta}).encode(), Content_Type="application/json")


class Listener:
    """Hears until one round is done, and remembers the cursor of what it kept."""

    def __init__(self, server: Server, **settings: str) -> None:
        self.inlet = XInlet(server.at(""), Fence(http=True, loopback=True, seconds=5))
        self.settings = {"token": "geheim", "rest": "1", **settings}
        self.cursor = ""

    def round(self, keep: int = 1_000, goes_on: Callable[[], bool] = lambda: True) -> list[str]:
        """The ids that came in one round, of which ``keep`` documents are kept."""
        came: list[str] = []
        coming = self.inlet.hear(self.settings, self.cursor, goes_on)
        for each in coming:
            if isinstance(each, Waiting):
                break
            assert isinstance(each, Arrived)
            if keep <= 0:
                break
            keep -= 1
            came += [outcome.position for outcome in READER.read(each.document, Wishes())]
            self.cursor = each.cursor
        return came


def asked(server: Server, path: str) -> list[dict[str, list[str]]]:
    parts = [urlsplit(each.split(b" ", 2)[1].decode()) for each in server.asked]
    return [parse_qs(each.query) for each in parts if each.path == path]


def test_it_is_found_among_the_sources() -> None:
    assert isinstance(inlets()["x"], XInlet)


def test_what_a_search_finds_and_what_mentions_us_comes_once(server: Server) -> None:
    server.answers[SEARCH] = page(3, 2, 1)
    server.answers[MENTIONS] = page(9)
    listener = Listener(server, query="De Linde", handle="@delinde")
    assert listener.round() == ["9", "3", "2", "1"]
    assert asked(server, SEARCH)[0]["query"] == ["De Linde"] and "since_id" not in asked(server, SEARCH)[0]
    assert all(b"authorization: Bearer geheim" in each for each in server.asked)
    server.answers[SEARCH] = server.answers[MENTIONS] = page()
    assert listener.round() == []
    assert asked(server, SEARCH)[1]["since_id"] == ["3"] and asked(server, MENTIONS)[1]["since_id"] == ["9"]
    assert len(asked(server, BY_NAME)) == 1


def test_pages_are_followed_and_a_stop_halfway_loses_nothing(server: Server) -> None:
    def pages(sock: object) -> None:
        question = asked(server, SEARCH)[-1]
        said = page(2, 1) if "pagination_token" in question else page(4, 3, next_token="verder")
        sock.sendall(said)  # type: ignore[attr-defined]

    server.answers[SEARCH] = pages
    listener = Listener(server, query="x")
    assert listener.round(keep=1) == ["4", "3"]
    assert listener.round() == ["4", "3", "2", "1"]
    assert asked(server, SEARCH)[1]["pagination_token"] == ["verder"]
    assert "since_id" not in asked(server, SEARCH)[2]
    listener.round()
    assert asked(server, SEARCH)[-1]["since_id"] == ["4"]


def test_when_asked_too_often_it_waits_until_it_may(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    reset = str(int(time.time()) + 2)
    said = [answer(b"{}", "429 Too Many Requests", x_rate_limit_reset=reset), page(1)]
    server.answers[SEARCH] = lambda sock: sock.sendall(said.pop(0))
    began = time.time()
    assert Listener(server, query="x").round() == ["1"]
    assert time.time() - began >= 1


def test_waiting_for_leave_stops_when_told(server: Server) -> None:
    server.answers[SEARCH] = answer(b"{}", "429 Too Many Requests", x_rate_limit_reset=str(int(time.time()) + 800))
    until = time.monotonic() + 1
    assert Listener(server, query="x").round(goes_on=lambda: time.monotonic() < until) == []
    assert time.monotonic() - until < 3


def test_a_place_older_than_x_searches_begins_anew(server: Server) -> None:
    def says(sock: object) -> None:
        late = "since_id" in asked(server, SEARCH)[-1]
        sock.sendall(answer(b'{"title":"Invalid Request"}', "400 Bad Request") if late else page(7))  # type: ignore[attr-defined]

    server.answers[SEARCH] = says
    listener = Listener(server, query="x")
    listener.cursor = json.dumps({"newest": {"search": "3"}, "number": ""})
    assert listener.round() == ["7"]


@pytest.mark.parametrize(
    "status", ["400 Bad", "401 Unauthorized", "402 Payment", "403 Forbidden", "404 No", "500 Oops", "503 Busy"]
)
def test_a_refusal_cannot_reach_and_holds_no_key(server: Server, status: str) -> None:
    server.answers[SEARCH] = answer(b"{}", status)
    with pytest.raises(CannotReach) as told:
        Listener(server, query="x").round()
    assert "geheim" not in f"{told.value} {told.value.advice}"


@pytest.mark.parametrize("said", [b"geen json", b"[]", b"[" * 10_000, b""])
def test_an_answer_that_makes_no_sense(server: Server, said: bytes) -> None:
    server.answers[SEARCH] = answer(said)
    with pytest.raises(CannotReach):
        Listener(server, query="x").round()


def test_a_handle_that_x_does_not_know(server: Server) -> None:
    server.answers[BY_NAME] = answer(b'{"errors":[{"title":"Not Found Error"}]}')
    with pytest.raises(CannotReach):
        Listener(server, handle="delinde").round()


@pytest.mark.parametrize("settings", [{"query": ""}, {"query": "x", "token": ""}, {"query": "x", "token": "a\nb: c"}])
def test_settings_that_can_never_work(server: Server, settings: dict[str, str]) -> None:
    with pytest.raises(CannotReach):
        Listener(server, **settings).round()
    assert server.asked == []


@pytest.mark.parametrize(
    "cursor", ["", "x", "[]", "null", '{"newest": {"search": "x"}, "number": "1"}', '{"newest": 3}']
)
def test_a_cursor_that_makes_no_sense_begins_anew(server: Server, cursor: str) -> None:
    server.answers[SEARCH] = page(1)
    listener = Listener(server, query="x")
    listener.cursor = cursor
    assert listener.round() == ["1"]


def test_a_handle_cannot_lead_elsewhere(server: Server) -> None:
    with pytest.raises(CannotReach):
        Listener(server, handle="../../1.1/x?y").round()
    assert server.asked[0].startswith(b"GET /2/users/by/username/..%2F..%2F1.1%2Fx%3Fy HTTP")


def test_it_asks_x_itself_over_https() -> None:
    assert module.ADDRESS.startswith("https://")
