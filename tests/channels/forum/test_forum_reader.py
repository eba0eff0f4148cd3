"""Forums: every post a voice, with who, when and which; what others said stays theirs; ours are replies."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.pages.reading import document, fixture, fixtures, heard, keeps_the_contract, mutated, ours

from gehoor.channels.base import Direction, NothingSaid, Unreadable, Wishes
from gehoor.channels.forum.reader import READER
from gehoor.channels.registry import reader_for

PAGES = [
    ("whole-phpbb.html", ["mientje72", "Ype_de_Boer", "DeLinde_Webcare", "Gast"], "2024-02-05T19:12", "2001"),
    ("whole-phpbb2.html", ["Truus1961", "H. Jansen"], "2008-03-05T12:23", "901"),
    ("whole-vbulletin3.html", ["Corrie van E.", "Baart"], "2009-03-14T13:05", "70001"),
    ("whole-vbulletin4.html", ["Fiona M", "tomasz"], "2013-03-14T19:15", "33001"),
    ("whole-vbulletin5.html", ["annelies", "Geert K"], "2021-09-01T10:15", "12044"),
    ("whole-xenforo.html", ["Sjaak", "NoorV"], "2022-05-11T14:20", "5501"),
    ("whole-smf.html", ["Wieteke", "Otto"], "2023-03-02T18:44", "8001"),
]


@pytest.mark.parametrize(("name", "authors", "first_at", "first"), PAGES, ids=[each[0] for each in PAGES])
def test_every_post_of_a_page_is_heard_with_who_when_and_which(
    name: str, authors: list[str], first_at: str, first: str
) -> None:
    posts = heard(READER, fixture("forum", name))
    assert [each.author for each in posts] == authors
    assert posts[0].said_at is not None
    assert posts[0].said_at.isoformat().startswith(first_at)
    assert posts[0].native_id.endswith(f"/{first}")
    assert len({each.conversation for each in posts}) == 1
    assert len({each.native_id for each in posts}) == len(posts)
    assert all(each.channel == "forum" and each.id_is_global for each in posts)


@pytest.mark.parametrize(("name", "authors", "first_at", "first"), PAGES, ids=[each[0] for each in PAGES])
def test_what_others_said_is_told_apart(name: str, authors: list[str], first_at: str, first: str) -> None:
    posts = heard(READER, fixture("forum", name))
    quoting = posts[1]
    assert quoting.quoted
    said = quoting.quoted.splitlines()[-1].strip()
    assert said
    assert said not in quoting.text
    assert authors[0] in quoting.quoted


def test_signatures_are_folded_and_quotes_point_to_what_they_quote() -> None:
    first, second, *_ = heard(READER, fixture("forum", "whole-phpbb.html"))
    assert first.signature == "Mien, verbouwt alles behalve haar humeur"
    assert "humeur" not in first.text
    assert second.thread == (first.native_id,)


def test_ours_answers_the_one_whom_it_quotes_and_a_guest_is_nobody() -> None:
    posts = heard(READER, fixture("forum", "whole-phpbb.html"), wishes=ours("delinde_webcare"))
    assert [each.direction for each in posts] == [
        Direction.FROM_CUSTOMER,
        Direction.FROM_CUSTOMER,
        Direction.TO_CUSTOMER,
        Direction.FROM_CUSTOMER,
    ]
    assert [each.value for each in posts[2].recipients] == ["mientje72@forum.woonlasten.example"]
    assert posts[2].thread == (posts[0].native_id,)
    assert posts[3].identities == ()


def test_a_topic_that_we_open_is_said_to_everyone() -> None:
    posts = heard(READER, fixture("forum", "whole-phpbb.html"), wishes=ours("mientje72"))
    assert posts[0].direction is Direction.TO_EVERYONE
    assert posts[0].recipients == ()


def test_a_name_is_one_on_its_own_forum_only() -> None:
    post = heard(READER, fixture("forum", "whole-smf.html"))[0]
    assert [(each.kind, each.value, each.network) for each in post.identities] == [
        ("handle", "Wieteke@belastingpraat.example", "forum")
    ]


def test_pages_of_one_topic_are_one_conversation_and_only_the_first_opens_it() -> None:
    page = fixture("forum", "whole-phpbb.html")
    second = page.replace(b'viewtopic.php?t=417"', b'viewtopic.php?t=417&amp;start=10"').replace(b"200", b"210")
    one, two = heard(READER, page), heard(READER, second, wishes=ours("mientje72"))
    assert one[0].conversation == two[0].conversation
    assert not {each.native_id for each in one} & {each.native_id for each in two}
    assert two[0].direction is Direction.TO_EVERYONE  # it answers nobody who is seen
    assert two[1].direction is Direction.FROM_CUSTOMER


def test_discourse_is_read_from_a_topic_and_from_the_latest_posts() -> None:
    topic = list(READER.read(document(fixture("forum", "whole-discourse-topic.json"), "t.json"), ours("delinde_team")))
    assert isinstance(topic[-1], NothingSaid)
    question, answer, other = (each for each in topic if not isinstance(each, NothingSaid | Unreadable))
    assert question.said_at == datetime(2024, 3, 4, 10, 11, 12, tzinfo=UTC)
    assert question.subject == "Korting bij een beter energielabel?"
    assert answer.direction is Direction.TO_CUSTOMER
    assert [each.value for each in answer.recipients] == ["roosv"]
    assert "Krijg ik nu korting" in answer.quoted
    assert "Krijg ik nu korting" not in answer.text
    assert other.thread == (answer.native_id,)
    latest = heard(READER, fixture("forum", "whole-discourse-latest.json"), "posts.json")
    assert latest[1].quoted == "bram_k:\nbij mij ook"
    assert latest[1].text.startswith("Na drie minuten stilte")


def test_a_post_has_the_same_id_in_every_answer_of_discourse() -> None:
    bare = b'{"id":5,"username":"a","created_at":"2024-01-01T00:00:00.000Z","cooked":"<p>x</p>","post_number":2}'
    listed = heard(READER, b'{"latest_posts":[' + bare + b"]}", "posts.json")
    within = heard(READER, b'{"title":"t","post_stream":{"posts":[' + bare + b"]}}", "topic.json")
    with_site = heard(READER, b'{"site":"https://f.example","latest_posts":[' + bare + b"]}", "x.json")
    assert {listed[0].native_id, within[0].native_id, with_site[0].native_id} == {
        "discourse/5/2024-01-01T00:00:00.000Z"
    }
    assert with_site[0].identities[0].value == "a@f.example"


def test_a_feed_of_posts_is_known_by_the_ids_of_the_pages() -> None:
    posts = heard(READER, fixture("forum", "whole-feed-phpbb.xml"), "feed.xml")
    assert [each.native_id for each in posts] == ["forum.woonlasten.example/2010", "forum.woonlasten.example/2009"]
    assert posts[0].text == "Streven is gratis. Het staat er nu, na 23 dagen."
    assert posts[0].quoted == "Wij streven naar vijf werkdagen."
    assert posts[0].subject == "Bouwdepot: hoe lang duurt uitbetalen?"


@pytest.mark.parametrize("name", [each for each in fixtures("forum") if each.startswith("whole")])
def test_forums_are_recognised_as_such(name: str) -> None:
    assert reader_for(document(fixture("forum", name), name), Wishes()) is READER


def test_what_is_cut_off_is_told_after_what_came_before() -> None:
    found = list(READER.read(document(fixture("forum", "broken-cut.json"), "cut.json"), Wishes()))
    assert [type(each).__name__ for each in found] == ["Heard", "Unreadable"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(fixtures("forum")), st.integers(0, 2**32))
def test_any_mutation_keeps_the_contract(name: str, seed: int) -> None:
    keeps_the_contract(READER, mutated(fixture("forum", name), seed), name)
