"""Does speed matter: rules that say why, and that leave alone what only sounds like it."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.speed import Said, Sign, Verdict, judge
from gehoor.analysis.speed.days import near_days

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
MESSAGES = Path(__file__).parents[2] / "benchmarks" / "desk" / "speed.jsonl"


def found(text, kind="question", **more):
    """The verdict, and each sign with its words."""
    judged = judge(Said(text, TUESDAY, kind, **more))
    return judged.verdict, {each.sign: text[each.start : each.end] for each in judged.signs}


@pytest.mark.parametrize(
    ("text", "sign", "quote"),
    [
        ("Wij moeten morgen om tien uur bij de notaris zijn.", Sign.DEADLINE, "morgen"),
        ("Vrijdag krijgen we de sleutel, maar ik zie nog niets.", Sign.DEADLINE, "Vrijdag"),
        ("De offerte verloopt 26 november.", Sign.DEADLINE, "26 november"),
        ("Het aanbod verloopt op 25-11-2026.", Sign.DEADLINE, "25-11-2026"),
        ("We complete on Thursday and the funds are not there.", Sign.DEADLINE, "Thursday"),
        ("We zitten met een baby zonder verwarming.", Sign.STRANDED, "zonder verwarming"),
        ("I am locked out of my own house.", Sign.STRANDED, "locked out"),
        ("Mijn termijn is dubbel afgeschreven.", Sign.MONEY, "dubbel afgeschreven"),
        ("My account was debited twice.", Sign.MONEY, "debited twice"),
        ("Anders stap ik over naar een andere bank.", Sign.MONEY, "Anders stap ik over naar een andere"),
        ("Mijn moeder is zondag overleden.", Sign.VULNERABLE, "Mijn moeder is zondag overleden"),
        ("We cannot pay the mortgage this month.", Sign.VULNERABLE, "cannot pay the mortgage"),
        ("Dit is mijn derde mail hierover.", Sign.AGAIN, "derde mail"),
        ("I am still waiting, nobody ever called me back.", Sign.AGAIN, "nobody ever called"),
    ],
)
def test_what_cannot_wait_is_seen_with_the_words_that_say_so(text, sign, quote):
    verdict, signs = found(text)
    assert verdict is Verdict.MATTERS
    assert signs[sign] == quote


@pytest.mark.parametrize(
    "text",
    [
        "Goede morgen, hoe vraag ik een bankgarantie aan bij de notaris?",
        "De overdracht is 24 november 2027, wat krijgt de notaris van u?",
        "Sinds maandag heb ik een nieuwe sleutel van de app.",
        "Stel dat ik morgen alles wil betalen, mag dat?",
        "De vorige eigenaar is overleden en er komt nog post.",
        "Wordt onze stroom afgesloten als we een maand niet betalen?",
        "Hoe lang is de wachttijd in het ziekenhuis?",
        "Ik overweeg over te stappen van mijn andere bank naar De Linde.",
        "Hoe wijzig ik mijn rekeningnummer?",
    ],
)
def test_what_only_sounds_like_it_can_wait(text):
    assert found(text)[0] is Verdict.CAN_WAIT


def test_a_day_further_on_is_no_deadline():
    assert found("Maandag tekenen we bij de notaris.")[0] is Verdict.CAN_WAIT
    assert found("Vrijdag tekenen we bij de notaris.")[0] is Verdict.MATTERS


def test_a_hard_word_is_a_quarrel_only_where_others_hear_it():
    text = "Wat een waardeloze service, echt belachelijk."
    assert found(text, "complaint")[0] is Verdict.UNSURE
    assert found(text, "complaint", public=True)[0] is Verdict.MATTERS
    assert found("Waardeloos.", "complaint", public=True)[0] is Verdict.UNSURE
    assert found("Waardeloos.", "complaint", public=True, around=9)[0] is Verdict.MATTERS


def test_many_around_a_complaint_are_a_quarrel_whatever_its_words():
    verdict, signs = found("Mijn app doet het niet.", "complaint", public=True, around=40)
    assert (verdict, signs) == (Verdict.MATTERS, {Sign.PUBLIC: ""})


def test_asking_often_counts_whatever_the_words():
    assert found("Is er al iets bekend?", asked=3) == (Verdict.MATTERS, {Sign.AGAIN: ""})
    assert found("Is er al iets bekend?", asked=2)[0] is Verdict.CAN_WAIT


def test_who_says_that_it_can_wait_is_believed_but_not_about_money_or_a_day():
    assert found("Dit is mijn derde mail, maar er is geen haast bij.")[0] is Verdict.UNSURE
    assert found("Er is dubbel afgeschreven, maar er is geen haast bij.")[0] is Verdict.MATTERS


def test_haste_without_a_reason_is_unsure():
    verdict, signs = found("Graag met spoed een reactie.")
    assert verdict is Verdict.UNSURE and Sign.HASTE in signs


def test_kinds_decide_where_nothing_presses():
    assert found("De brief was laat.", "complaint")[0] is Verdict.UNSURE
    assert found("Wat is de rente?", "question") == (Verdict.CAN_WAIT, {Sign.PLAIN: ""})
    assert found("Heel fijn geholpen.", "compliment") == (Verdict.CAN_WAIT, {Sign.FRIENDLY: ""})
    assert found("Fijn dat er na drie keer bellen, vier keer gebeld, iemand was.", "compliment")[0] is Verdict.UNSURE


def test_what_our_side_says_in_a_call_is_no_sign():
    ours = "Adviseur: Moet u morgen bij de notaris zijn?\nKlant: Nee hoor, ik wil alleen de rente weten."
    theirs = "Adviseur: Goedemorgen.\nKlant: Ik moet morgen bij de notaris zijn."
    assert found(ours)[0] is Verdict.CAN_WAIT
    verdict, signs = found(theirs)
    assert verdict is Verdict.MATTERS and signs[Sign.DEADLINE] == "morgen"


def test_in_a_long_story_a_day_in_another_sentence_is_no_deadline():
    text = "Ik was vandaag in de tuin. De notaris schreef mij destijds. "
    assert found(text)[0] is Verdict.MATTERS
    assert found(text + "En toen vertelde ik verder over vroeger. " * 15)[0] is Verdict.CAN_WAIT


def test_a_date_over_new_year_is_near():
    at = datetime(2026, 12, 31, 10, tzinfo=TUESDAY.tzinfo)
    assert list(near_days("op 2 januari", at)) == [(3, 12)]
    assert not list(near_days("op 31 februari of 2 maart", at))


@given(st.text(max_size=300), st.sampled_from(["question", "complaint", "compliment", ""]), st.booleans())
def test_any_text_gets_a_verdict_with_words_that_stand_in_it(text, kind, public):
    judged = judge(Said(text, TUESDAY, kind, public))
    assert all(0 <= each.start <= each.end <= len(text) for each in judged.signs)


@pytest.mark.parametrize("part", ["tune", "test"])
def test_the_rules_are_right_about_nearly_all_labelled_messages(part):
    rows = [row for row in map(json.loads, MESSAGES.read_text(encoding="utf-8").splitlines()) if row["part"] == part]
    public = {"x", "facebook", "forum", "review"}
    said = [
        found(row["text"], row["kind"], public=row["channel"] in public, around=row.get("around", 0)) for row in rows
    ]
    pressed = [row["speed"] for row, (verdict, _) in zip(rows, said, strict=True) if verdict is Verdict.MATTERS]
    assert len(rows) >= 59
    assert pressed.count("matters") / len(pressed) >= 0.95
    assert pressed.count("matters") / sum(row["speed"] == "matters" for row in rows) >= 0.9
