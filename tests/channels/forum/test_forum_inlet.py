"""Listening to forums and blogs: against a server on the loopback that speaks as Discourse and feeds do."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.channels.fetching.web_server import Server, answer, drip, serving
from tests.channels.pages.reading import fixture

from gehoor.channels.base import Arrived, Inlet, Waiting, Wishes
from gehoor.channels.blog.inlet import BlogInlet
from gehoor.channels.fetching.fetch import Fence
from gehoor.channels.forum.inlet import ForumInlet
from gehoor.channels.registry import inlets, reader_for
from gehoor.kernel.errors import CannotReach

FENCE = Fence(http=True, loopback=True, seconds=5)
FEED = "/feed/"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as it:
        yield it


class Listener:
    """Hears until one round is done, and remembers the cursor of what it kept."""

    def __init__(self, inlet: Inlet, **settings: str) -> None:
        self.inlet = inlet
        self.settings = {"rest": "1", **settings}
        self.cursor = ""

    def round(self, keep: int = 1_000) -> list[str]:
        came: list[str] = []
        for each in self.inlet.hear(self.settings, self.cursor, lambda: True):
            if isinstance(each, Waiting) or keep <= 0:
                break
            assert isinstance(each, Arrived)
            keep -= 1
            wishes = Wishes(self.inlet.channel)
            came += [out.position for out in reader_for(each.document, wishes).read(each.document, wishes)]
            self.cursor = each.cursor
        return came


def discourse(server: Server, numbers: list[int], window: int = 50) -> None:
    """Answers as Discourse does: the posts in a window of numbers, the newest first."""

    def told(sock: object) -> None:
        asked = parse_qs(urlsplit(server.asked[-1].split(b" ", 2)[1].decode()).query)
        until = int(asked.get("before", [str(max(numbers))])[0])
        shown = [each for each in sorted(numbers, reverse=True) if until - window < each <= until]
        posts = [
            {"id": each, "username": "jan", "created_at": "2024-01-01T00:00:00.000Z", "cooked": f"<p>b {each}</p>",
             "post_number": each, "topic_id": 1, "topic_slug": "t"} for each in shown
        ]  # fmt: skip
        sock.sendall(answer(json.dumps({"latest_posts": posts}).encode()))  # type: ignore[attr-defined]

    server.answers["/posts.json"] = told


def test_they_are_found_among_the_sources() -> None:
    assert isinstance(inlets()["forum"], ForumInlet)
    assert isinstance(inlets()["blog_feeds"], BlogInlet)


def test_discourse_is_paged_back_to_where_it_was_heard(server: Server) -> None:
    discourse(server, list(range(1, 131)))
    listener = Listener(ForumInlet(FENCE), address=server.at(""))
    assert sorted(map(int, listener.round())) == list(range(1, 131))
    assert listener.round() == []
    discourse(server, list(range(1, 134)))
    assert sorted(listener.round()) == ["131", "132", "133"]


def test_windows_without_a_post_are_passed(server: Server) -> None:
    discourse(server, [5, 400])
    listener = Listener(ForumInlet(FENCE), address=server.at(""))
    assert sorted(listener.round()) == ["400", "5"]


def test_the_first_time_goes_back_no_further_than_was_asked(server: Server) -> None:
    discourse(server, list(range(1, 501)))
    listener = Listener(ForumInlet(FENCE), address=server.at(""), back="60")
    assert sorted(map(int, listener.round())) == list(range(441, 501))


def test_what_was_not_kept_in_a_round_comes_again(server: Server) -> None:
    discourse(server, list(range(1, 131)))
    listener = Listener(ForumInlet(FENCE), address=server.at(""))
    first = listener.round(keep=1)
    assert listener.cursor == "0"
    assert set(first) <= set(listener.round())


def test_a_key_is_sent_and_not_to_another_server(server: Server) -> None:
    with serving() as other:
        server.answers["/posts.json"] = answer(status="302 Found", Location=other.at("/posts.json"))
        other.answers["/posts.json"] = answer(b'{"latest_posts":[]}')
        Listener(ForumInlet(FENCE), address=server.at(""), key="geheim").round()
        assert b"geheim" in server.asked[0]
        assert other.asked
        assert b"geheim" not in other.asked[0]


@pytest.mark.parametrize("status", ["403 Forbidden", "429 Too Many Requests", "500 Internal Server Error"])
def test_a_refusal_is_told(server: Server, status: str) -> None:
    server.answers["/posts.json"] = answer(b"{}", status=status)
    with pytest.raises(CannotReach):
        Listener(ForumInlet(FENCE), address=server.at("")).round()


def test_a_feed_is_asked_for_what_changed_only(server: Server) -> None:
    server.answers[FEED] = answer(fixture("blog", "whole-feed-rss.xml"), ETag='"a1"')
    listener = Listener(BlogInlet(FENCE), feeds=server.at(FEED))
    assert listener.round() == ["1", "2"]
    server.answers[FEED] = answer(status="304 Not Modified")
    assert listener.round() == []
    assert b'if-none-match: "a1"' in server.asked[-1].lower()


def test_a_feed_that_comes_cut_off_is_asked_for_in_whole_the_next_time(server: Server) -> None:
    listener, whole = Listener(BlogInlet(FENCE), feeds=server.at(FEED)), fixture("blog", "whole-feed-rss.xml")
    server.answers[FEED] = answer(whole[: whole.rindex(b"</item>")], etag='"1"')
    assert listener.round()[-1].startswith("after ")
    server.answers[FEED] = answer(whole, etag='"1"')
    assert not listener.round()[-1].startswith("after ")
    assert b"if-none-match" not in server.asked[-1].lower()


def test_the_feed_of_a_blog_is_found_by_its_page(server: Server) -> None:
    link = f'<html><head><link rel="alternate" type="application/rss+xml" href="{FEED}"></head></html>'
    server.answers["/"] = answer(link.encode(), Content_Type="text/html")
    server.answers[FEED] = answer(fixture("blog", "whole-feed-rss.xml"))
    listener = Listener(BlogInlet(FENCE), feeds=server.at("/"))
    assert listener.round() == ["1", "2"]
    asked = len(server.asked)
    listener.round()
    assert len(server.asked) == asked + 1


def test_a_feed_of_posts_is_heard_as_a_forum(server: Server) -> None:
    server.answers[FEED] = answer(fixture("forum", "whole-feed-phpbb.xml"))
    assert Listener(ForumInlet(FENCE), address=server.at(FEED), sort="feed").round() == ["1", "2"]


def test_one_feed_that_is_away_stops_no_other(server: Server) -> None:
    server.answers[FEED] = answer(fixture("blog", "whole-feed-rss.xml"))
    inlet = BlogInlet(FENCE)
    came = []
    with pytest.raises(CannotReach):
        came.extend(
            each.document.name
            for each in inlet.hear({"feeds": f"{server.at('/weg')} {server.at(FEED)}"}, "", lambda: True)
            if isinstance(each, Arrived)
        )
    coming = inlet.hear({"feeds": f"{server.at('/weg')} {server.at(FEED)}"}, "", lambda: True)
    assert isinstance(next(coming), Arrived)


def test_an_address_of_the_own_network_is_not_asked(server: Server) -> None:
    server.answers[FEED] = answer(fixture("blog", "whole-feed-rss.xml"))
    with pytest.raises(CannotReach) as told:
        list(BlogInlet().hear({"feeds": server.at(FEED)}, "", lambda: True))
    assert told.value.code == "not_fetchable"
    assert server.asked == []


def test_a_page_that_offers_a_feed_on_this_machine_leads_nowhere(server: Server) -> None:
    fenced = Fence(http=True, seconds=5, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(CannotReach) as told:
        list(BlogInlet(fenced).hear({"feeds": "http://blog.example/"}, "", lambda: True))
    assert told.value.code == "not_fetchable"


def test_an_endless_feed_is_left(server: Server) -> None:
    server.answers[FEED] = drip(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>", b"<item/>" * 10_000, 0.0)
    fence = Fence(http=True, loopback=True, seconds=10, largest=1 << 20)
    with pytest.raises(CannotReach) as told:
        list(BlogInlet(fence).hear({"feeds": server.at(FEED)}, "", lambda: True))
    assert told.value.code == "not_taken"


@pytest.mark.parametrize("cursor", ["", "x", "{}", '{"known": 5}', "-1", "9" * 40])
def test_a_cursor_that_makes_no_sense_begins_anew(server: Server, cursor: str) -> None:
    discourse(server, [1, 2])
    server.answers[FEED] = answer(fixture("blog", "whole-feed-rss.xml"))
    for inlet, settings in (
        (ForumInlet(FENCE), {"address": server.at("")}),
        (BlogInlet(FENCE), {"feeds": server.at(FEED)}),
    ):
        listener = Listener(inlet, **settings)
        listener.cursor = cursor
        assert len(listener.round()) == 2


@pytest.mark.parametrize(
    "given", ["", " , ", "ftp://a.example", "https://a.example:22/", "https://naam:woord@a.example"]
)
def test_settings_that_can_never_work_are_told(given: str) -> None:
    with pytest.raises(CannotReach):
        list(BlogInlet().hear({"feeds": given}, "", lambda: True))
