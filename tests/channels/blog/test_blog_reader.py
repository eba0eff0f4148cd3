"""Blogs: the article and what was said below it, without the furniture; feeds of every kind, also hostile ones."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.pages.reading import document, fixture, fixtures, heard, keeps_the_contract, mutated, ours

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Unreadable, Wishes
from gehoor.channels.blog.reader import READER
from gehoor.channels.pages.cut_feeds import part
from gehoor.channels.pages.errors import PageUnclear
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead, Damaged

WORDPRESS = "whole-wordpress.html"


def test_an_article_is_its_words_without_what_stands_around_them() -> None:
    article = heard(READER, fixture("blog", WORDPRESS))[0]
    assert article.text.startswith("Toen mijn vader overleed, erfden mijn broer en ik zijn huis.")
    assert article.text.endswith("Ik had liever één mens gesproken.")
    for furniture in (
        "Dit delen",
        "Gerelateerd",
        "Geplaatst",
        "Archief",
        "reactie",
        "WordPress",
        "Over mij",
        "dataLayer",
    ):
        assert furniture not in article.text
    assert (article.subject, article.author) == ("Vijf maanden wachten op een handtekening", "Hilde")
    assert article.said_at is not None
    assert article.said_at.isoformat() == "2023-06-11T07:30:00+00:00"


def test_comments_have_their_own_words_author_and_place() -> None:
    _, greet, hilde, linde = heard(READER, fixture("blog", WORDPRESS))
    assert greet.text == "Bij ons precies zo. Mijn moeder kreeg post op naam van mijn overleden vader, een jaar lang."
    assert (greet.author, hilde.author, linde.author) == ("Greet", "Hilde", "Klantenservice De Linde")
    assert hilde.thread == (greet.native_id,)
    assert len({greet.conversation, hilde.conversation, linde.conversation}) == 1
    assert greet.identities == ()  # a bare name is no identity


def test_a_comment_of_ours_is_a_reply_and_a_link_from_elsewhere_says_nothing() -> None:
    wishes = ours("klantenservice de linde")
    found = list(READER.read(document(fixture("blog", WORDPRESS)), wishes))
    assert isinstance(found[-1], NothingSaid)
    assert [each.direction for each in heard(READER, fixture("blog", WORDPRESS), wishes=wishes)] == [
        Direction.FROM_CUSTOMER,
        Direction.FROM_CUSTOMER,
        Direction.FROM_CUSTOMER,
        Direction.TO_CUSTOMER,
    ]


def test_our_own_blog_is_said_to_everyone_and_its_comments_are_voices() -> None:
    wishes = Wishes(is_own=lambda each: each == Identity("email", "blog@kleingelukinkampen.example"))
    article, greet, hilde, _ = heard(READER, fixture("blog", WORDPRESS), wishes=wishes)
    assert article.direction is Direction.TO_EVERYONE
    assert greet.direction is Direction.FROM_CUSTOMER
    assert hilde.direction is Direction.TO_CUSTOMER


@pytest.mark.parametrize("name", ["whole-blogspot.html", "whole-blogspot-old.html"])
def test_blogger_is_read_old_and_new(name: str) -> None:
    article, first, *_ = heard(READER, fixture("blog", name))
    assert article.said_at is not None
    assert "reacties" not in article.text
    assert "posted by" not in article.text
    assert first.said_at is not None
    assert first.text.endswith(("Noteer altijd de naam!", "en dat is dicht."))
    assert first.author in {"Jelle B", "Aukje"}
    assert first.thread == (article.native_id,)


def test_a_blog_of_one_person_points_to_that_person() -> None:
    article = heard(READER, fixture("blog", "whole-blogspot.html"))[0]
    assert Identity("handle", "geldzorgenvansjoukje.blogspot.com", "blog") in article.identities
    assert Identity("handle", "01234567890123456789", "blogger") in article.identities


def test_a_feed_and_the_page_that_it_leads_to_are_the_same_article() -> None:
    page = heard(READER, fixture("blog", WORDPRESS))[0]
    entry = heard(READER, fixture("blog", "whole-feed-rss.xml"), "feed.xml")[0]
    assert entry.native_id == page.native_id
    comment = heard(READER, fixture("blog", "whole-blogspot.html"))[1]
    of_feed = heard(READER, fixture("blog", "whole-feed-atom.xml"), "feed.xml")[1]
    assert (of_feed.native_id, of_feed.thread) == (comment.native_id, comment.thread)


@pytest.mark.parametrize(
    ("name", "said_at", "author"),
    [
        ("whole-feed-rss.xml", "2023-06-11T07:30", "Hilde"),
        ("whole-feed-atom.xml", "2014-10-07T09:02", "Sjoukje"),
        ("whole-feed-rdf.xml", "2007-11-02T19:00", "Dirk"),
        ("whole-feed.json", "2025-01-11T12:00", "Noor"),
    ],
)
def test_every_sort_of_feed_is_read(name: str, said_at: str, author: str) -> None:
    assert reader_for(document(fixture("blog", name), name), Wishes()) is READER
    first = heard(READER, fixture("blog", name), name)[0]
    assert first.said_at is not None
    assert (first.said_at.isoformat()[:16], first.author) == (said_at, author)
    assert "<" not in first.text


def test_a_page_of_no_blog_needs_the_channel() -> None:
    markup = "<html><body><h1>Mijn verhaal</h1>" + "<p>De bank liet mij drie weken wachten op een antwoord.</p>" * 6
    with pytest.raises(PageUnclear):
        heard(READER, markup)
    assert "drie weken wachten" in heard(READER, markup, wishes=Wishes("blog"))[0].text


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    "<title>&a11;</title><description>Ik wacht. &file; &a11;</description></item></channel></rss>"
)


def test_entities_of_a_feed_stay_names_and_nothing_else_is_loaded() -> None:
    began = time.process_time()
    entry = heard(READER, BOMB, "feed.xml")[0]
    assert entry.text == "Ik wacht. &file; &a11;"
    assert "root:" not in entry.text
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "data",
    [
        "<rss>" + "<channel>" * 100_000,
        "<rss><channel>" + "<item><title>a</title></item>" * 20_000,
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>" + "x" * 5_000_000,
        '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000,
        '{"version":"https://jsonfeed.org/version/1","items":[1,null,"x",{"content_html":5,"title":["a"]}]}',
        "<!DOCTYPE " * 100_000 + "<rss>",
        "<rss><channel><item><description>" + "&lt;div&gt;" * 200_000,
    ],
    ids=["deep", "many", "long", "deep json", "odd json", "doctypes", "deep markup"],
)
def test_hostile_feeds_are_read_or_refused(data: str) -> None:
    began = time.process_time()
    keeps_the_contract(READER, data.encode(), "feed.xml")
    assert time.process_time() - began < 60


@pytest.mark.parametrize("name", ["whole-feed-rss.xml", "whole-feed-atom.xml", "whole-feed-rdf.xml"])
def test_a_feed_cut_off_anywhere_gives_its_whole_entries_and_says_where_it_ends(name: str) -> None:
    whole = fixture("blog", name)
    told = [each.text for each in heard(READER, whole, name)]
    for length in range(len(whole) // 4, whole.rindex(b"</"), 7):
        found = keeps_the_contract(READER, whole[:length], name)
        if found == "damaged":
            continue
        assert not isinstance(found, str)
        *read, rest = found
        texts = [each.text for each in read if isinstance(each, Heard)]
        assert texts == told[: len(texts)]
        assert isinstance(rest, Unreadable)
        assert (rest.error.code, rest.error.fields) == ("feed_cut", {"count": len(read)})
        assert whole[:length].decode().rstrip().endswith(rest.original.decode().rstrip())
    assert not any(isinstance(each, Unreadable) for each in keeps_the_contract(READER, whole, name))


def test_what_stands_in_the_words_of_an_entry_does_not_end_a_feed_or_an_entry() -> None:
    words = "<![CDATA[Ik schreef <item> en </item></channel></rss> op.]]>"
    feed = f"<rss><channel><item><title>a</title><description>{words}</description></item></channel>"
    found = list(READER.read(document(feed, "feed.xml"), Wishes()))
    assert [type(each) for each in found] == [Heard, Unreadable]
    assert heard(READER, f"{feed}</rss><!-- gemaakt in 0,1 s -->", "feed.xml")[0].text.startswith("Ik schreef")
    assert part("<rdf:RDF><item/><rdf:li/>", "RDF").rest


def test_what_is_no_feed_is_refused() -> None:
    with pytest.raises(Damaged):
        heard(READER, '{"version":"https://jsonfeed.org/version/1"}', "feed.json")
    with pytest.raises(CannotRead):
        heard(READER, "<html><body></body></html>")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(fixtures("blog")), st.integers(0, 2**32))
def test_any_mutation_keeps_the_contract(name: str, seed: int) -> None:
    keeps_the_contract(READER, mutated(fixture("blog", name), seed), name)
