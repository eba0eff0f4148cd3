"""A passage is put on a side of a statement only by words that say so."""

import json
from collections import Counter
from pathlib import Path

import pytest

from gehoor.analysis.needs.asks import split_asks
from gehoor.analysis.needs.matter import matter
from gehoor.analysis.statement import Frame, Side, judge, read_claim

JUDGED = Path(__file__).parent / "statements_judged.jsonl"
LINDE = Path(__file__).parents[2] / "src" / "gehoor" / "demo" / "linde"


def side(statement, text, **more):
    found = judge(read_claim(statement), text, **more)
    return None if found is None else found.side


@pytest.mark.parametrize(
    ("statement", "text", "expected"),
    [
        ("klanten willen een app", "Ik zou graag een app willen hebben.", Side.SUPPORTS),
        ("klanten willen een app", "Waarom is er geen app?", Side.SUPPORTS),
        ("klanten willen een app", "Ik hoef geen app, ik bel liever.", Side.AGAINST),
        ("klanten willen een app", "De app begroet mij met een naam.", Side.UNCLEAR),
        ("klanten willen geen app", "Ik hoef geen app, ik bel liever.", Side.SUPPORTS),
        ("customers want an app", "Ik zou graag een app willen hebben.", Side.SUPPORTS),
        ("klanten willen teruggebeld worden", "Could you call me back, please?", Side.SUPPORTS),
        ("klanten willen teruggebeld worden", "Netjes op tijd teruggebeld, dank.", Side.SUPPORTS),
        ("niemand leest de nieuwsbrief", "Die nieuwsbrief lees ik nooit.", Side.SUPPORTS),
        ("niemand leest de nieuwsbrief", "Ik lees de nieuwsbrief iedere maand.", Side.AGAINST),
        ("klanten lezen de nieuwsbrief", "Die nieuwsbrief lees ik nooit.", Side.AGAINST),
        ("de rentebrief is onduidelijk", "Uw rentebrief begrijp ik niet.", Side.SUPPORTS),
        ("de rentebrief is onduidelijk", "De rentebrief is heel duidelijk.", Side.AGAINST),
        ("de rentebrief is niet duidelijk", "Uw rentebrief is onduidelijk.", Side.SUPPORTS),
        ("de app werkt niet", "De app doet het niet meer.", Side.SUPPORTS),
        ("de app werkt niet", "De app doet het weer.", Side.AGAINST),
    ],
)
def test_a_passage_stands_where_its_words_put_it(statement, text, expected):
    assert side(statement, text) is expected


@pytest.mark.parametrize("text", ["", "   ", "Mijn dak lekt.", "Appels en peren zijn duur.", "🙂🙂🙂", "\0"])
def test_what_is_about_something_else_stands_nowhere(text):
    assert side("klanten willen een app", text) is None


@pytest.mark.parametrize("statement", ["", "   ", "🙂", "klanten willen", "de het een", "?!...", "\0", "niet"])
def test_a_statement_without_a_subject_claims_nothing(statement):
    claim = read_claim(statement)
    assert not claim.speaks
    assert judge(claim, "Ik wil graag een app.") is None


@pytest.mark.parametrize(
    "statement",
    [
        "app " * 2_500,
        "'; DROP TABLE voices; --",
        "<script>alert(1)</script> app",
        "a" * 10_000,
        "((((",
        '* AND "',
        "%s%n",
    ],
)
def test_hostile_statements_are_read_in_a_bounded_way(statement):
    claim = read_claim(statement)
    assert len(claim.terms) <= 6
    judge(claim, "Ik wil graag een app. " * 50)


def test_the_same_claim_in_other_words_has_the_same_key():
    keys = {
        read_claim(each).key for each in ("klanten willen een app", "Customers want an app", "men wil graag een APP")
    }
    assert len(keys) == 1
    assert read_claim("klanten willen geen app").key not in keys


def test_frames_are_told_apart():
    frames = [
        read_claim(each).frame for each in ("klanten willen een app", "de app is traag", "klanten lezen de brief")
    ]
    assert frames == [Frame.WISH, Frame.STATE, Frame.FACT]


def test_the_passage_shown_holds_the_subject():
    text = "Het regent hier al dagen. Ik zou graag een app willen. Verder gaat alles goed."
    found = judge(read_claim("klanten willen een app"), text)
    assert "app" in text[found.start : found.end]
    assert "regent" not in text[found.start : found.end]


def test_what_the_voice_named_before_need_not_be_named_again():
    passage = "Ze betalen veel te laat."
    assert side("het bouwdepot betaalt te traag uit", "Het regent.", context="bouwdepot") is None
    assert side("klanten zijn ontevreden over het bouwdepot", passage, context="Over het bouwdepot.") is None
    assert (
        side("de uitbetaling van het bouwdepot is traag", "De uitbetaling is te laat.", context="bouwdepot")
        is Side.SUPPORTS
    )


def test_judged_statements_are_mostly_put_right():
    """Without vectors, over the texts that were judged by hand; the benchmark has the figures, this holds a floor."""
    asks = []
    for part in "ab":
        for line in (LINDE / f"said-{part}.jsonl").read_text("utf-8").splitlines():
            voice = json.loads(line)
            whole = matter(voice["text"])
            spans = split_asks(voice["text"])
            asks += [(voice["id"], whole[start:end], f"{voice['subject'] or ''}\n{whole}") for start, end in spans]
    lines = JUDGED.read_text("utf-8").splitlines()
    total = Counter()
    for line in lines[::5]:
        judged = json.loads(line)
        claim = read_claim(judged["statement"])
        found = {}
        for voice, text, context in asks:
            judgement = judge(claim, text, 0.0, context)
            if judgement and judgement.side is not Side.UNCLEAR:
                found.setdefault(voice, judgement.side)
        for voice, which in found.items():
            total["said"] += 1
            total["right"] += voice in judged[which]
            total["turned"] += voice in judged[Side.AGAINST if which is Side.SUPPORTS else Side.SUPPORTS]
    assert total["said"] > 20
    assert total["right"] / total["said"] > 0.4
    assert total["turned"] / total["said"] < 0.12
