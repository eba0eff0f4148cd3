"""Finding voices: the same words in every inflection, and nothing that someone types can break it."""

from datetime import date

import pytest

from gehoor.analysis.kind import KINDS
from gehoor.rooms.voices.models import Understanding, Voice
from gehoor.rooms.voices.reading_order import after, before
from gehoor.rooms.voices.search import ORDERS, Filters, find, hits, parse

from .conftest import say

pytestmark = pytest.mark.django_db


def found(query, **more):
    return {voice.text for voice in find(Filters(query=query, **more))}


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("Mijn hypotheken lopen af.", "hypotheek"),
        ("Mijn hypotheek loopt af.", "hypotheken"),
        ("Er is nog niets betaald.", "betalen"),
        ("Wanneer betalen jullie?", "betaald"),
        ("I paid twice.", "pay"),
        ("When will you pay me?", "paid"),
        ("De coördinatie is zoek.", "coordinatie"),
        ("De coordinatie is zoek.", "coördinatie"),
        ("Een café-eigenaar belde.", "cafe"),
        ("HET BOUWDEPOT!", "bouwdepot"),
    ],
)
def test_a_word_is_found_in_any_inflection_and_with_any_accent(said, searched):
    say(said)
    say("Iets heel anders.")
    assert found(searched) == {said}


def test_all_words_must_occur_and_a_word_with_a_minus_must_not():
    say("Het bouwdepot en de rente.")
    say("Alleen het bouwdepot.")
    assert found("bouwdepot rente") == {"Het bouwdepot en de rente."}
    assert found("bouwdepot -rente") == {"Alleen het bouwdepot."}
    assert found("-rente") == {"Alleen het bouwdepot."}


def test_a_word_with_a_minus_leaves_out_that_word_and_not_words_that_hold_it():
    say("Over de kunst gesproken.")
    say("Een kunststof kozijn.")
    assert found("-kunst") == {"Een kunststof kozijn."}


def test_words_between_quotes_stand_as_they_are():
    say("Ik wacht nog steeds op antwoord.")
    say("Steeds wacht ik nog op antwoord.")
    assert found('"nog steeds"') == {"Ik wacht nog steeds op antwoord."}
    assert found('antwoord -"nog steeds"') == {"Steeds wacht ik nog op antwoord."}


def test_a_star_finds_every_word_that_begins_so():
    say("De bouwdepotrekening is leeg.")
    say("De bouw ligt stil.")
    assert found("bouwdep*") == {"De bouwdepotrekening is leeg."}


def test_the_subject_is_searched_too():
    say("Zie boven.", subject="Hypotheek afgekeurd")
    assert found("hypotheken") == {"Zie boven."}


NASTY = [
    '"',
    '""',
    "'",
    "' OR 1=1 --",
    '" OR lemmas MATCH "x',
    "NEAR(a b)",
    "a AND b OR NOT c",
    "lemmas:bouwdepot",
    "{lemmas}: x",
    "^bouw",
    "bouw + depot",
    "(((",
    "*",
    "**",
    "-",
    "--",
    '-"',
    "foo's*",
    "d'accord*",
    "a&b|!c:*",
    "<->",
    "\\",
    "%_%",
    "\0",
    "bouw\0depot",
    '"bouw\0depot"',
    "x" * 10_000,
    "x " * 5_000,
    "½*",
    "ﬁn*",
    "🤦",
    "\ud7ff",
    "ß ø æ ı İ",
    "');DROP TABLE gehoor_voices_voice;--",
]


@pytest.mark.parametrize("typed", NASTY)
def test_whatever_is_typed_is_only_a_search(typed):
    say("Mijn bouwdepot.")
    for filters in (Filters(query=typed), Filters.read({"q": typed, "channel": typed, "kind": typed})):
        list(find(filters)[:5])
        filters.items()
    hits("Mijn bouwdepot.", "nl", parse(typed))
    assert Voice.objects.count() == 1


def test_filters_narrow_by_channel_period_language_and_kind():
    say("Waarom duurt dit zo lang? Hoe lang duurt het nog?", channel="letter", day=0)
    say("It is a complaint: unacceptable, ridiculous service.", channel="x", day=10)
    assert len(found("", channel="letter")) == 1
    assert len(found("", language="en")) == 1
    assert len(found("", kind="complaint")) == 1
    assert len(found("", since=date(2025, 3, 5))) == 1
    assert len(found("", until=date(2025, 3, 1))) == 1


def test_a_day_counts_in_local_time():
    say("Net voor middernacht in Amsterdam.", day=-9 / 24 - 1.5 / 24)
    assert found("", until=date(2025, 2, 28)) == {"Net voor middernacht in Amsterdam."}


def test_what_makes_no_sense_in_the_address_bar_is_left_out():
    strange = {"since": "0001-01-01", "until": "9999-12-31", "order": "sideways", "q": " "}
    assert Filters.read(strange).items() == {}
    assert not Filters.read({"order": "oldest"}).narrowed


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("query", ["", "depot"])
def test_walking_from_voice_to_voice_gives_the_order_of_the_list(order, query):
    for number, day in enumerate([3, 1, None, 1, 2, None, 3]):
        say(f"Het depot, woord{' meer' * (number % 3)}.", day=day)
    say("Iets anders.", day=1)
    filters = Filters(query=query, order=order)
    listed = list(find(filters).values_list("pk", flat=True))
    for place, pk in enumerate(listed):
        voice = Voice.objects.get(pk=pk)
        assert list(after(filters, voice).values_list("pk", flat=True)) == listed[place + 1 :]
        assert list(before(filters, voice).values_list("pk", flat=True)) == listed[:place][::-1]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Er is betaald voor hypotheken.", "betalen hypotheek", ["betaald", "hypotheken"]),
        ("Ik wacht nog steeds, steeds weer.", '"nog steeds"', ["nog steeds"]),
        ("De bouwdepotrekening.", "bouwd*", ["bouwdepotrekening"]),
        ("De coördinatie.", "coordinatie", ["coördinatie"]),
        ("Niets hiervan.", "bouwdepot", []),
        ("Niets hiervan.", "", []),
    ],
)
def test_hits_are_the_words_that_were_found(text, typed, marked):
    spans = hits(text, "nl", parse(typed))
    assert [text[start:end] for start, end in spans] == marked


def test_the_index_follows_what_is_understood():
    voice = say("Het bouwdepot.")
    Understanding.objects.filter(voice=voice).delete()
    assert found("bouwdepot") == set()


def test_every_kind_can_be_searched():
    for kind in (*KINDS, "unsure"):
        assert found("", kind=kind) == set()
