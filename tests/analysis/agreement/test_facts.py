"""Facts: the same value in any notation, what is no fact, bounds, days, and writing them down."""

import datetime
import json
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.agreement import Bound, Fact, FactKind, Polarity, Quantity, find_facts
from gehoor.analysis.agreement.units import BEFORE, UNITS

SAME = [
    ["een half uur", "30 minuten", "dertig minuten", "half an hour", "thirty minutes"],
    ["drie kwartier", "45 minuten", "three quarters of an hour", "driekwart uur"],
    ["anderhalf uur", "90 minuten", "an hour and a half", "one and a half hours"],
    ["anderhalf jaar", "18 maanden", "een jaar en zes maanden", "a year and a half", "1,5 jaar", "eighteen months"],
    ["twee keer 18 maanden", "36 maanden", "drie jaar", "three years"],
    ["een kwartaal", "drie maanden", "three months"],
    ["een half jaar", "zes maanden", "een halfjaar", "half a year"],
    ["14 dagen", "twee weken", "a fortnight", "veertien dagen", "2 weeks"],
    ["5 werkdagen", "vijf werkdagen", "five working days", "5 business days"],
    [
        "€ 1.250",
        "1250 euro",
        "twaalfhonderdvijftig euro",
        "1.250,-",
        "EUR 1250",
        "€1,250",
        "€ 1.250,00",
        "1,25k euro",
        "duizend tweehonderdvijftig euro",
        "twelve hundred and fifty euros",
    ],
    ["€ 0,50", "50 cent", "vijftig cent", "een halve euro", "half a euro"],
    ["€ 2,50", "twee euro vijftig", "2 euro 50", "2.50 euro", "€2.50", "twee euro en vijftig cent"],
    ["€ 2.000.000", "twee miljoen euro", "two million euros", "€2m", "2 mln euro"],
    ["10%", "tien procent", "een tiende", "ten per cent", "a tenth", "1 op de 10", "één op de tien"],
    ["25%", "een kwart", "a quarter of it", "vijfentwintig procent", "25 pct"],
    ["50%", "de helft", "vijftig procent", "half the amount"],
    ["75%", "driekwart", "three quarters", "drie kwart"],
    ["0,5%", "een half procent", "half a percent", "0.5%"],
    ["10 tot 15 procent", "10-15%", "tien à vijftien procent", "between 10 and 15 per cent", "10% tot 15%"],
    ["1 GB", "1000 MB", "één gigabyte", "one gigabyte"],
    ["1 maart 2026", "01-03-2026", "1 mrt 2026", "March 1st, 2026", "the first of March 2026", "2026-03-01"],
    ["12 maart", "twaalf maart", "March the twelfth", "12th of March", "twelfth of March"],
    ["de laatste dag van januari", "31 januari", "31 jan", "31st of January"],
    ["nieuwjaarsdag 2027", "1-1-2027", "New Year's Day 2027", "één januari 2027"],
]


def the_value(text):
    facts = [fact for fact in find_facts(f"Het is {text}.") if fact.kind is not FactKind.CONDITION]
    assert len(facts) == 1, (text, facts)
    return facts[0].kind, facts[0].value


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_a_value_reads_the_same_in_every_notation(texts):
    assert {the_value(text) for text in texts} == {the_value(texts[0])}


def test_working_days_are_not_days():
    assert the_value("5 werkdagen") != the_value("5 dagen")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("maximaal 10%", Bound.AT_MOST),
        ("ten hoogste 10%", Bound.AT_MOST),
        ("Meer dan 10% financieren wij niet", Bound.AT_MOST),
        ("no more than 10%", Bound.AT_MOST),
        ("minstens 10%", Bound.AT_LEAST),
        ("10% of meer", Bound.AT_LEAST),
        ("vanaf 10%", Bound.AT_LEAST),
        ("ongeveer 10%", Bound.ABOUT),
        ("zo'n 10%", Bound.ABOUT),
        ("10%", Bound.EXACT),
    ],
)
def test_a_bound_is_read_from_the_words_around_the_figure(text, bound):
    assert [fact.bound for fact in find_facts(text)] == [bound]


@pytest.mark.parametrize(
    "text",
    [
        "Bel ons op 088 000 77 13.",
        "Uw klantnummer is 90 17 22.",
        "Het staat in artikel 14 van de voorwaarden.",
        "Dank voor uw brief van 3 oktober 2026.",
        "Schrijf naar postbus 400, 1234 AB Utrecht.",
        "Mail naar info3@voorbeeld.nl of kijk op https://voorbeeld.nl/12/3.",
        "Uw dossiernummer eindigt op 881.",
    ],
)
def test_figures_that_are_names_are_no_facts(text):
    assert find_facts(text) == ()


def test_a_date_in_figures_is_no_phone_number():
    assert find_facts("De termijn eindigt op 01-07-2027.")[0].says() == "1 juli 2027"


def test_a_fact_is_said_in_plain_figures():
    facts = find_facts("U betaalt maximaal € 1.250 per maand, 3 maanden lang, tot 1 maart 2026.")
    assert [fact.says() for fact in facts] == ["hoogstens € 1.250 per maand", "3 maanden", "tot 1 maart 2026"]
    assert facts[0].says("en") == "at most €1,250 per month"
    assert Fact(FactKind.YES_NO, 0, 2, Polarity(True)).says() == "ja"


def test_a_fact_stands_where_it_says():
    text = "Het ís zo: u betaalt € 15,50 per jaar."
    (fact,) = find_facts(text)
    assert text[fact.start : fact.end] == "€ 15,50"


@given(st.integers(0, 9_999_999), st.sampled_from(["nl", "en"]))
@settings(deadline=None)
def test_an_amount_as_the_language_writes_it_reads_back(cents, language):
    shown = format_currency(cents / 100, "EUR", locale=language)
    (fact,) = find_facts(f"Het is {shown} ineens.")
    assert fact.value == Quantity(cents / 100, cents / 100, "euro")


@given(st.integers(0, 999_999), st.sampled_from(["nl", "en"]))
@settings(deadline=None)
def test_a_whole_number_as_the_language_writes_it_reads_back(number, language):
    (fact,) = find_facts(f"{format_decimal(number, locale=language)} euro")
    assert fact.value == Quantity(number, number, "euro")


ONES = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
ONES += ["dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
TENS = ["_", "_", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def spelled(number):
    """An independent speller of Dutch numbers below a million."""
    if number < 20:
        return ONES[number]
    if number < 100:
        unit = ONES[number % 10]
        join = "ën" if unit.endswith("e") else "en"
        return (f"{unit}{join}" if number % 10 else "") + TENS[number // 10]
    if number < 1000:
        head = "" if number < 200 else ONES[number // 100]
        return f"{head}honderd" + (spelled(number % 100) if number % 100 else "")
    head = "" if number < 2000 else spelled(number // 1000)
    return f"{head}duizend" + (spelled(number % 1000) if number % 1000 else "")


@given(st.integers(2, 999_999))
@settings(max_examples=300, deadline=None)
def test_a_dutch_number_in_words_reads_back(number):
    assert [fact.value for fact in find_facts(f"{spelled(number)} euro")] == [Quantity(number, number, "euro")]


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2039, 12, 31)),
    st.sampled_from(
        [("long", "nl"), ("long", "en"), ("full", "nl"), ("full", "en"), ("d-M-y", "nl"), ("dd/MM/y", "nl")]
    ),
)
@settings(deadline=None)
def test_a_date_as_the_language_writes_it_reads_back(day, how):
    (fact,) = find_facts(f"op {format_date(day, how[0], locale=how[1])}")
    assert (fact.value.year, fact.value.first, fact.value.last) == (day.year, *[day.month * 100 + day.day] * 2)


BANK = (Path(__file__).parent / "yes_and_no.txt").read_text("utf-8").splitlines()


def test_every_kind_of_fact_is_written_down_and_read_back():
    text = "Ja, mits u voor 1 mei belt: 10% tot € 50, hooguit 3 weken, 5 keer, onbeperkt, om 9:30 uur."
    facts = find_facts(text, "Mag ik dat?")
    assert {fact.kind for fact in facts} == set(FactKind)
    assert tuple(Fact.from_json(json.loads(json.dumps(fact.to_json()))) for fact in facts) == facts


@pytest.mark.parametrize("kept", [{}, {"kind": "amount"}, {"kind": "x", "start": 0}])
def test_what_was_no_fact_is_refused(kept):
    with pytest.raises((KeyError, ValueError, TypeError)):
        Fact.from_json(kept)


def read_bank():
    question = ""
    for line in BANK:
        if line.startswith("?"):
            question = line[2:]
        elif line[:1] in ("+", "-"):
            yield question, line[2:], line[0] == "+"


def test_no_answer_is_read_as_its_opposite_and_nearly_all_are_read():
    known = 0
    wrong = []
    for question, text, yes in read_bank():
        answers = [fact.value for fact in find_facts(text, question) if fact.kind is FactKind.YES_NO]
        known += bool(answers)
        if answers and answers != [Polarity(yes)]:
            wrong.append((question, text))
    assert wrong == []
    assert known >= 0.9 * len(list(read_bank()))


@given(st.text(max_size=300), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text, question):
    for fact in find_facts(text, question):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.says("nl")
        assert fact.says("en")
        assert Fact.from_json(fact.to_json()) == fact


PIECES = st.sampled_from(
    [
        "als",
        "niet",
        "mag",
        "€",
        "12",
        "%",
        "procent",
        "jaar",
        "tot",
        ",",
        ".",
        ";",
        "van",
        "de",
        "een",
        "half",
        "3",
        "-",
        "/",
        "maart",
        "2026",
        "uur",
        ":",
        "(",
        ")",
        "\n",
        "zonder",
        "dan",
        "u",
        "1.000",
        "à",
        "om",
        "laatste",
        "dag",
        "week",
        "every",
        "the",
        "may",
        "twee",
        "keer",
        "£",
        "$",
        "‰",
        "duizend",
        "tussen",
        "en",
        "and",
        "of",
        "ja",
        "nee",
        "0",
        "12-03",
        "14e",
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_mix_of_figures_and_units_can_be_read(text):
    for fact in find_facts(text, "Mag dat?"):
        assert 0 <= fact.start < fact.end <= len(text)
        assert Fact.from_json(fact.to_json()) == fact


@pytest.mark.parametrize(
    "piece", ["1 ", "a", "€ 12 per maand, als u wilt. ", "0-0-", "een ", "niet dat ", "\n", "12,3,", "als ik ga "]
)
def test_a_very_long_text_is_read(piece):
    long = piece * (30_000 // len(piece))
    assert len(find_facts(long)) <= len(long)


@pytest.mark.parametrize(("text", "unit"), [("£ 12", "pound"), ("$12.50", "dollar"), ("€ 12", "euro")])
def test_an_amount_in_any_currency_is_read(text, unit):
    (fact,) = find_facts(f"It is {text} a month.")
    assert (fact.kind, fact.value.unit) == (FactKind.AMOUNT, unit)


def test_every_sign_before_a_number_has_a_unit():
    assert set(BEFORE.values()) <= UNITS.keys()


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("10 % van de oorspronkelijke hoofdsom", "original"),
        ("10 % van wat er nog openstaat", "remaining"),
        ("10% of the purchase price", "purchase"),
        ("10 % korting", ""),
    ],
)
def test_what_a_percentage_is_of_is_read(text, of):
    assert [fact.of for fact in find_facts(f"Dat is {text}.")] == [of]


def test_the_date_of_a_reference_is_no_fact():
    assert [fact for fact in find_facts("Zie mijn antwoord op vraag nr. 411 van 3 juni 2017.") if fact.value] == []


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("Doet u het voor de 20e, dan gaat het mee.", "vóór de 20e", "before day 20"),
        ("Kies vóór 1 juni.", "vóór 1 juni", "before 1 June"),
        ("Kies uiterlijk 1 juni.", "tot en met 1 juni", "up to and including 1 June"),
        ("Dat kan tot en met 1 juni.", "tot en met 1 juni", "up to and including 1 June"),
        ("Dat kan tot 1 juni.", "tot 1 juni", "until 1 June"),
        ("Choose before 1 June.", "vóór 1 juni", "before 1 June"),
    ],
)
def test_a_last_day_is_said_as_it_was_meant(text, nl, en):
    (fact,) = [fact for fact in find_facts(text) if fact.kind is FactKind.DATE]
    assert (fact.says("nl"), fact.says("en")) == (nl, en)
    assert Fact.from_json(fact.to_json()) == fact
