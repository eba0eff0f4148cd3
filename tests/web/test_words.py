"""How figures, times and texts are said."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gehoor.kernel.language import Sentence
from gehoor.rooms.accounts.saying import said
from gehoor.web import words
from gehoor.web.passages import excerpt, turns

MARCH = datetime.datetime(2025, 3, 12, 23, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _dutch() -> object:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (None, "onbekend"),
        (0, "0 minuten"),
        (0.4, "minder dan een minuut"),
        (1, "1 minuut"),
        (40.4, "40 minuten"),
        (59.6, "1 uur"),
        (192, "3 uur 12 min"),
        (599, "9 uur 59 min"),
        (600, "10 uur"),
        (36_720, "612 uur"),
        (123_456, "2.058 uur"),
    ],
)
def test_minutes_are_said_as_a_person_would(spent: float | None, said: str) -> None:
    assert words.minutes(spent) == said


def test_dates_are_local_and_unknown_is_said() -> None:
    assert words.day(MARCH) == "13 maart 2025"
    assert words.day_and_time(MARCH) == "13 maart 2025 00:30"
    assert words.day(None) == words.day_and_time(None) == "datum onbekend"
    with translation.override("en"):
        assert words.day(MARCH) == "13 March 2025"


def test_unknown_is_never_zero() -> None:
    assert words.whole(None) == words.share(None) == words.minutes(None) == "onbekend"
    assert words.whole(1204) == "1.204"
    assert words.share(0.123) == "12%"
    with translation.override("en"):
        assert words.whole(1204) == "1,204"


def test_a_sentence_and_the_sentence_inside_it_are_translated() -> None:
    inner = Sentence("This cannot be done: {why}", {"why": "the first administrator is already there"})
    assert said(inner) == "Dit kan niet: de eerste beheerder is er al"
    assert said("Your role does not allow this.") == "Met deze rol kan dit niet."
    assert said("") == ""


def test_a_number_in_a_sentence_is_written_as_the_language_writes_it() -> None:
    text = Sentence("{count} of {all}", {"count": 2.5, "all": 12_000})
    with translation.override("nl"):
        assert said(text) == "2,5 of 12.000"
    with translation.override("en"):
        assert said(text) == "2.5 of 12,000"


def test_an_unknown_channel_or_kind_keeps_standing() -> None:
    assert words.channel_name("duif") == "duif"
    assert words.kind_name("") == "Soort onbekend"
    assert words.kind_name("complaint") == "Klacht"


CALL = "Adviseur: Goedemiddag.\nKlant: Ik wacht al weken.\nOp mijn geld.\nAdviseur: Vervelend."


def test_a_call_falls_apart_into_turns() -> None:
    found = turns(CALL)
    assert [turn.speaker for turn in found] == ["Adviseur", "Klant", "Adviseur"]
    assert [turn.ours for turn in found] == [True, False, True]


def test_a_letter_with_a_colon_in_it_stays_whole() -> None:
    assert len(turns("PS: bel mij.\n\nBetreft: bouwdepot", spoken=False)) == 1
    assert len(turns("Eén ding: bel mij.")) == 1


@given(
    st.text(alphabet="ab \n:K", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4)
)
def test_cutting_and_marking_lose_no_word(text: str, marks: list[tuple[int, int]]) -> None:
    shown = "".join(piece.text for turn in turns(text, marks, spoken=False) for p in turn.paragraphs for piece in p)
    assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())


@given(st.text(alphabet="ab c\n", min_size=1, max_size=300), st.data())
def test_what_is_marked_is_what_was_asked_to_be_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marked = "".join(
        piece.text
        for turn in turns(text, [(start, end)], spoken=False)
        for paragraph in turn.paragraphs
        for piece in paragraph
        if piece.marked
    )
    assert "".join(marked.split()) == "".join(text[start:end].split())


def test_an_excerpt_holds_the_mark() -> None:
    text = "woord " * 200 + "BOUWDEPOT" + " woord" * 200
    where = text.index("BOUWDEPOT")
    start, pieces = excerpt(text, [(where, where + 9)])
    assert start > 0
    assert [piece.text for piece in pieces if piece.marked] == ["BOUWDEPOT"]
    assert sum(len(piece.text) for piece in pieces) <= 400


def _render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_survey_shows_the_answer_and_the_score_beneath() -> None:
    voice = SimpleNamespace(
        channel="survey",
        text="Bel terug.",
        subject="",
        signature="",
        quoted="",
        score=6.0,
        duration_seconds=None,
        said_at=None,
    )
    shown = _render("{% voice voice kind='wish' %}", voice=voice)
    assert shown.index("Bel terug.") < shown.index("Gaf als cijfer een 6")
    assert "datum onbekend" in shown
    assert 'class="voice survey"' in shown


def test_what_a_customer_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    voice = SimpleNamespace(
        channel="email",
        text=evil,
        subject=evil,
        signature=evil,
        quoted=evil,
        score=None,
        duration_seconds=None,
        said_at=MARCH,
    )
    shown = _render(
        "{% voice voice who=evil %}{% voice_line voice %}{% quote evil channel='email' at=voice.said_at %}"
        "{% tag evil %}{% sheet title=evil %}{{ evil }}{% endsheet %}{% page_head title=evil %}{% endpage_head %}",
        voice=voice,
        evil=evil,
    )
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") >= 9
