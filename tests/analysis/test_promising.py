"""What is a promise, what is not, and by when."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.hours import standard_hours
from gehoor.analysis.promising import find_promises, on_weekdays
from gehoor.analysis.promising.days import (
    end_of_month,
    months_on,
    weekday_after,
    working_days_on,
)
from gehoor.analysis.promising.quoted import without_quotes

ZONE = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = datetime(2026, 3, 4, 10, 30, tzinfo=ZONE)


def due(text, said=WEDNESDAY, works_on=on_weekdays):
    found = find_promises(text, said, works_on)
    assert len(found) == 1, found
    return found[0].due


def day(text, said=WEDNESDAY, works_on=on_weekdays):
    moment = due(text, said, works_on)
    assert moment.time().isoformat() == "23:59:59"
    return moment.date().isoformat()


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("U hoort vrijdag van ons.", "2026-03-06"),
        ("Binnen vijf werkdagen ontvangt u de polis.", "2026-03-11"),
        ("We'll get back to you by Monday.", "2026-03-09"),
        ("Wij sturen u uiterlijk 3 maart een voorstel.", "2027-03-03"),
        ("Ik kijk er deze week nog naar en laat het u weten.", "2026-03-06"),
        ("U krijgt vóór vrijdag antwoord.", "2026-03-05"),
        ("U krijgt uiterlijk vrijdag antwoord.", "2026-03-06"),
        ("Ik bel u woensdag.", "2026-03-11"),
        ("U hoort het eind van de maand.", "2026-03-31"),
    ],
)
def test_the_day_is_worked_out_from_the_day_it_was_said(text, by):
    assert day(text) == by


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Ik bel u morgen voor 12 uur terug.", "2026-03-05T12:00"),
        ("Ik bel u donderdag om half drie.", "2026-03-05T14:30"),
        ("I'll call you on Thursday at 3 pm.", "2026-03-05T15:00"),
        ("Ik bel u over een half uur terug.", "2026-03-04T11:00"),
        ("U krijgt vóór vrijdag 17.00 uur antwoord.", "2026-03-06T17:00"),
        ("Ik laat het u voor 9 uur weten.", "2026-03-05T09:00"),
    ],
)
def test_a_time_of_the_day_belongs_to_the_day_beside_it(text, by):
    assert due(text).strftime("%Y-%m-%dT%H:%M") == by


@pytest.mark.parametrize(
    "text",
    [
        "U dient binnen 14 dagen te betalen.",
        "Wij kunnen niet beloven dat het vrijdag lukt.",
        "Als u het voor vrijdag stuurt, krijgt u maandag antwoord.",
        "Zodra uw dossier compleet is, ontvangt u binnen vijf werkdagen een offerte.",
        "Volgens onze voorwaarden krijgt u binnen 30 dagen uw geld terug.",
        "Wij antwoorden doorgaans binnen twee werkdagen.",
        'U schreef: "jullie bellen mij vrijdag terug".',
        "> U hoort vrijdag van ons.",
        "Zal ik u morgen bellen?",
        "De brief is vandaag verstuurd.",
        "Wij zijn maandag gesloten.",
        "Stuurt u het formulier voor vrijdag?",
    ],
)
def test_what_promises_nothing_is_left_alone(text):
    assert find_promises(text, WEDNESDAY) == []


def test_holidays_are_no_working_days_where_it_is_said_which_days_are():
    said = datetime(2026, 4, 2, 12, tzinfo=ZONE)
    text = "Binnen twee werkdagen krijgt u antwoord."
    assert day(text, said) == "2026-04-06"
    assert day(text, said, standard_hours().works_on) == "2026-04-08"


def test_a_promise_without_a_time_is_one_and_says_that_none_was_named():
    assert due("Dat komt goed, u hoort van ons.") is None


def test_the_same_promise_said_twice_is_one_and_the_one_that_names_a_time_stays():
    text = "U hoort van ons. Ik zoek het uit. U hoort vrijdag van ons."
    found = find_promises(text, WEDNESDAY)
    assert [text[each.start : each.end] for each in found] == ["U hoort vrijdag van ons."]


def test_the_place_is_that_of_the_sentence_in_the_text():
    text = "Beste heer Bos,\n\nWat vervelend.  Ik bel u morgen terug.\n\nGroet, Anneke"
    (found,) = find_promises(text, WEDNESDAY)
    assert text[found.start : found.end] == found.what == "Ik bel u morgen terug."


def test_two_promises_in_one_sentence_are_two():
    text = "Ik mail u vandaag het formulier, en maandag bel ik u."
    assert [each.due.date().isoformat() for each in find_promises(text, WEDNESDAY)] == ["2026-03-04", "2026-03-09"]


def test_the_mail_below_an_answer_is_not_read():
    text = "Dank u.\n\nOp 3 maart 2026 om 9:00 schreef Anneke:\nIk bel u morgen terug."
    assert find_promises(text, WEDNESDAY) == []
    assert len(without_quotes(text)) == len(text)


@given(st.text(max_size=300), st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_any_text_is_read_without_falling_over(text, said):
    for found in find_promises(text, said.replace(tzinfo=ZONE)):
        assert 0 <= found.start < found.end <= len(text)


_SAID = (
    "ik bel u morgen voor binnen vijf 14 werkdagen vrijdag 31 februari 2026 om half drie uur terug uiterlijk , . als"
)
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(_WORDS, max_size=25), st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_time_never_lies_before_the_day_it_was_said(words, said):
    moment = said.replace(tzinfo=ZONE)
    for found in find_promises(" ".join(words), moment):
        assert found.due is None or found.due.date() >= moment.date()


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_working_days_are_those_that_a_calendar_counts(start, count):
    end, left = start, count
    while left:
        end = date.fromordinal(end.toordinal() + 1)
        left -= end.isoweekday() <= 5
    assert working_days_on(start, count, on_weekdays) == end


def test_where_no_day_is_worked_counting_gives_up():
    assert working_days_on(date(2026, 3, 4), 3, lambda _: False) > date(2026, 4, 1)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_a_month_on_is_the_same_day_or_the_last(start, count):
    found = months_on(start, count)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == count
    assert found.day == start.day or found == end_of_month(found)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_next_one_and_never_today(start, weekday):
    found = weekday_after(start, weekday)
    assert found.weekday() == weekday and 1 <= (found - start).days <= 7
