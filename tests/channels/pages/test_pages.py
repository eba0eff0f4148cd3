"""What pages are made of: their bytes, their words, their dates, and markup that is made to do harm."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.errors import Tangled
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import Page, place_of
from gehoor.channels.pages.tree import tree_of
from gehoor.channels.pages.words import words_of

SEEN = datetime(2012, 5, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("za 14 feb 2009 13:45", "2009-02-14T12:45"),
        ("14 februari 2009, 13:45", "2009-02-14T12:45"),
        ("wo mrt 05, 2008 1:23 pm", "2008-03-05T12:23"),
        ("Mon Mar 03, 2008 12:23 am", "2008-03-02T23:23"),
        ("14-03-2011, 14:05", "2011-03-14T13:05"),
        ("op 05-04-2010 om 12.30 uur", "2010-04-05T10:30"),
        ("March 3rd, 2012 at 4:05 PM", "2012-03-03T15:05"),
        ("« Gepost op: 14 maart 2011, 14:05:22 »", "2011-03-14T13:05"),
        ("2019-03-01T12:00:00+00:00", "2019-03-01T12:00"),
        ("2019-03-01T12:00:00Z", "2019-03-01T12:00"),
        ("1583060400", "2020-03-01T11:00"),
        ("12 mei '08 om 11:30", "2008-05-12T09:30"),
        ("Gisteren 20:13", "2012-05-05T18:13"),
        ("vandaag om 09:12", "2012-05-06T07:12"),
        ("3 dagen geleden", "2012-05-03T12:00"),
        ("an hour ago", "2012-05-06T11:00"),
    ],
)
def test_dates_are_read_as_people_see_them(told: str, moment: str) -> None:
    at = Dating(SEEN)(told)
    assert at is not None
    assert at.isoformat().startswith(moment)


@pytest.mark.parametrize(
    "told", ["", "niets", "31 februari 2010", "12-13-14-15", "99-99-2010", "gisteren", "3 mei 1950"]
)
def test_what_is_no_date_is_none(told: str) -> None:
    assert Dating()(told) is None


def test_a_page_shows_itself_whether_it_names_the_month_first() -> None:
    assert Dating.of(["03-14-2009, 02:05 PM", "03-04-2009"]).american
    assert Dating.of(["03-04-2009, 02:05 PM"], "en").american
    assert not Dating.of(["03-04-2009, 14:05"], "en").american
    assert not Dating.of(["03-04-2009, 02:05 PM", "14-03-2009"], "en").american


@given(st.text(max_size=80))
def test_no_text_breaks_dating(text: str) -> None:
    at = Dating(SEEN)(text)
    assert at is None or at.tzinfo is not None


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("één".encode(), "text/html; charset=iso-8859-1", "één"),
        ("Ik betaal € 5 voor één brief".encode("cp1252"), "text/html; charset=utf-8", "€ 5 voor één brief"),
        ("Ik betaal € 5 voor één brief".encode("cp1252"), "", "€ 5 voor één brief"),
        ("Waarom maar één brief?".encode("latin-1"), "text/html; charset=bestaat-niet", "maar één brief?"),
        ("één".encode("utf-16"), "", "één"),
        (b'<meta charset="windows-1251">' + "Привет".encode("cp1251"), "", "Привет"),
        ('<meta charset="utf-16">één'.encode(), "", "één"),
        (b"", "text/html", ""),
    ],
)
def test_the_charset_is_found_whatever_was_declared(raw: bytes, declared: str, text: str) -> None:
    assert text_in(raw, declared).endswith(text)


def test_words_are_what_a_person_sees() -> None:
    markup = (
        "<div><p>Eerste&nbsp;alinea<br>tweede regel</p><script>geheim()</script><style>p{}</style>"
        '<p style="display:none">onzichtbaar</p><ul><li>een</li><li>twee</li></ul>'
        '<img class="smilies" alt=":)"><img alt="logo van de winkel"><textarea>typ hier</textarea>'
        "<table><tr><td>a</td><td>b</td></tr></table></div>"
    )
    assert words_of(tree_of(markup)) == "Eerste alinea\ntweede regel\n\neen\ntwee\n\n:)\n\na b"


def test_what_is_left_out_leaves_what_follows_it() -> None:
    tree = tree_of("<div>voor <b>weg</b> na</div>")
    assert words_of(tree, {tree.find(".//b")}) == "voor na"


HOSTILE = {
    "a million tags open": "<div>" * 1_000_000,
    "a million tags": "<p>a</p>" * 300_000,
    "tables in tables": "<table><tr><td>" * 100_000,
    "twenty thousand attributes": "<p " + " ".join(f"a{i}" for i in range(20_000)) + ">hallo</p>",
    "attributes that hold tags": "<p " + " ".join(f'a{i}="<>"' for i in range(20_000)) + ">hallo</p>",
    "one huge attribute": '<p title="' + "x" * 6_000_000 + '">hallo</p>',
    "one huge picture": '<img src="data:image/png;base64,' + "A" * 6_000_000 + '">hallo',
    "only openings": "<" * 3_000_000,
    "comments without an end": "<!--" * 1_000_000,
    "quotes without an end": '<a href="' * 300_000,
    "entities": "&" * 3_000_000,
    "scripts": "<script>" * 300_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_markup_is_taken_apart_in_bounded_time_or_refused(markup: str) -> None:
    began = time.process_time()
    with suppress(Tangled):
        words_of(tree_of(markup))
    assert time.process_time() - began < 60


def test_a_huge_attribute_costs_no_words() -> None:
    assert words_of(tree_of(HOSTILE["one huge attribute"])) == "hallo"
    assert words_of(tree_of(HOSTILE["one huge picture"])) == "hallo"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/abp =\"'!-&;\n", max_size=300))
def test_any_soup_of_signs_gives_a_tree(markup: str) -> None:
    words_of(tree_of(markup))


def test_an_address_is_known_again_without_who_sent_one_there() -> None:
    address = "https://www.Blog.example/artikel/?utm_source=rss&b=2&a=1&sid=abc#reacties"
    assert place_of(address) == "blog.example/artikel?a=1&b=2"
    assert place_of("http://blog.example/artikel?a=1&b=2") == place_of(address)
    assert " " not in place_of("https://blog.example/een artikel met spaties")


def test_a_page_tells_where_it_stood() -> None:
    assert Page(b"<!-- saved from url=(0021)http://forum.example/ --><html>").site == "forum.example"
    assert Page(b'<html><head><link rel="canonical" href="https://www.a.example/b"></head>').site == "a.example"
    assert Page(b'<html><head><base href="javascript:alert(1)"></head>').site == ""
    assert Page(b"<html>", "https://given.example/x").site == "given.example"
