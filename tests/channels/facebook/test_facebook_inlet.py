"""Listening to a page: against a server on the loopback that speaks as the Graph API documents it."""

import json
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.channels.fetching.web_server import Server, answer, serving

from gehoor.channels.base import Arrived, Waiting, Wishes
from gehoor.channels.facebook import inlet as module
from gehoor.channels.facebook.inlet import VERSION, FacebookInlet
from gehoor.channels.facebook.reader import READER
from gehoor.channels.fetching.fetch import Fence
from gehoor.channels.registry import inlets
from gehoor.kernel.errors import CannotReach

FEED = f"/{VERSION}/100/feed"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as it:
        yield it


def said(number: str, text: str, who: str = "555", **more: object) -> dict[str, object]:
    return {
        "id": number,
        "message": text,
        "created_time": "2026-03-01T10:00:00+0000",
        "from": {"id": who, "name": "x"},
        **more,
    }


def listed(*items: object, after: str = "") -> dict[str, object]:
    paging = {
        "cursors": {"before": "a", "after": after or "z"},
        **({"next": "https://graph.example/?access_token=x"} if after else {}),
    }
    return {"data": list(items), "paging": paging}


def as_answer(whole: object, status: str = "200 OK", **headers: str) -> bytes:
    return answer(json.dumps(whole).encode(), status, Content_Type="application/json", **headers)


def refused(code: int, status: str = "400 Bad Request", **headers: str) -> bytes:
    return as_answer({"error": {"message": "geheim?", "code": code, "fbtrace_id": "A"}}, status, **headers)


class Listener:
    """Hears until one round is done, and remembers the cursor of what it kept."""

    def __init__(self, server: Server, **settings: str) -> None:
        self.inlet = FacebookInlet(server.at(""), Fence(http=True, loopback=True, seconds=5))
        self.settings = {"page": "100", "token": "geheim", "rest": "1", **settings}
        self.cursor = ""

    def round(self, goes_on: Callable[[], bool] = lambda: True) -> list[str]:
        """The ids that came in one round."""
        came: list[str] = []
        for each in self.inlet.hear(self.settings, self.cursor, goes_on):
            if isinstance(each, Waiting):
                break
            assert isinstance(each, Arrived)
            came += [outcome.position for outcome in READER.read(each.document, Wishes())]
            self.cursor = each.cursor
        return came


def asked(server: Server, path: str) -> list[dict[str, list[str]]]:
    parts = [urlsplit(each.split(b" ", 2)[1].decode()) for each in server.asked]
    return [parse_qs(each.query) for each in parts if each.path == path]


def test_it_is_found_among_the_sources() -> None:
    assert isinstance(inlets()["facebook"], FacebookInlet)


def test_posts_with_what_is_under_them_come_once_and_again_when_something_is_added(server: Server) -> None:
    first, other = said("200_1", "Hoe laat?"), said("100_201", "Cliëntendag", "100")
    server.answers[FEED] = as_answer(listed(said("100_200", "Welkom", "100", comments=listed(first)), other))
    listener = Listener(server)
    assert listener.round() == ["100_200", "200_1", "100_201"]
    assert listener.round() == []
    grown = listed(first, said("200_2", "Om tien uur", "100"))
    server.answers[FEED] = as_answer(listed(said("100_200", "Welkom", "100", comments=grown), other))
    assert listener.round() == ["100_200", "200_1", "200_2"]
    assert all(b"authorization: Bearer geheim" in each and b"access_token" not in each for each in server.asked)


def test_every_page_of_posts_and_of_comments_is_asked_for_by_its_place(server: Server) -> None:
    def feed(sock: object) -> None:
        if "after" not in asked(server, FEED)[-1]:
            whole = listed(said("100_200", "a", "100", comments=listed(said("200_1", "b"), after="P")), after="Q")
        else:
            whole = listed(said("100_201", "c", "100"))
        sock.sendall(as_answer(whole))  # type: ignore[attr-defined]

    server.answers[FEED] = feed
    server.answers[f"/{VERSION}/100_200/comments"] = as_answer(listed(said("200_2", "d")))
    assert Listener(server).round() == ["100_200", "200_1", "200_2", "100_201"]
    assert asked(server, FEED)[1]["after"] == ["Q"]
    assert asked(server, f"/{VERSION}/100_200/comments")[0]["after"] == ["P"]


def test_a_list_that_goes_round_for_ever_ends(server: Server) -> None:
    server.answers[FEED] = as_answer(listed(said("100_200", "a", "100"), after="Q"))
    assert Listener(server).round() == ["100_200"]
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [4, 17, 32, 613])
def test_when_asked_too_often_it_waits(server: Server, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_WHEN_ASKED_TOO_OFTEN", 0.2)
    answers = [refused(code), as_answer(listed(said("100_200", "a", "100")))]
    server.answers[FEED] = lambda sock: sock.sendall(answers.pop(0))
    assert Listener(server).round() == ["100_200"]


def test_it_waits_as_long_as_facebook_says_and_stops_when_told(server: Server) -> None:
    usage = json.dumps({"100": [{"type": "pages", "estimated_time_to_regain_access": 12}]})
    server.answers[FEED] = refused(32, X_Business_Use_Case_Usage=usage)
    until = time.monotonic() + 1
    assert Listener(server).round(lambda: time.monotonic() < until) == []
    assert time.monotonic() - until < 3
    said_so = module._rest_asked_for(module.Fetched(400, "", {"x-business-use-case-usage": usage}))
    assert said_so == 720


@pytest.mark.parametrize(
    ("code", "status", "why"),
    [(190, "400 Bad", "no longer valid"), (10, "403 Forbidden", "permissions"), (200, "403 F", "permissions"),
     (100, "400 Bad", "does not know"), (2, "500 Oops", "trouble"), (0, "503 Busy", "trouble")],
)  # fmt: skip
def test_a_refusal_says_what_to_do_and_holds_no_key(server: Server, code: int, status: str, why: str) -> None:
    server.answers[FEED] = refused(code, status)
    with pytest.raises(CannotReach) as told:
        Listener(server).round()
    assert why in str(told.value) and "geheim" not in str(told.value)


@pytest.mark.parametrize("body", [b"geen json", b"[]", b"[" * 10_000, b""])
def test_an_answer_that_makes_no_sense(server: Server, body: bytes) -> None:
    server.answers[FEED] = answer(body)
    with pytest.raises(CannotReach):
        Listener(server).round()


@pytest.mark.parametrize("settings", [{"page": ""}, {"page": "../x"}, {"token": ""}, {"token": "a b"}, {"token": "é"}])
def test_settings_that_can_never_work(server: Server, settings: dict[str, str]) -> None:
    with pytest.raises(CannotReach):
        Listener(server, **settings).round()
    assert server.asked == []


@pytest.mark.parametrize("cursor", ["", "x", "[]", '{"heard": 3}', "null"])
def test_a_cursor_that_makes_no_sense_begins_anew(server: Server, cursor: str) -> None:
    server.answers[FEED] = as_answer(listed(said("100_200", "a", "100")))
    listener = Listener(server)
    listener.cursor = cursor
    assert listener.round() == ["100_200"]
