"""Where a record begins that runs on."""

from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.silence.record import LONGEST_GAP, begins


def test_an_archive_of_long_ago_is_cut_off() -> None:
    recent = dict.fromkeys(range(900, 960), 5)
    assert begins({10: 3, 12: 4} | recent) == 900
    assert begins({10: 3, 400: 4} | recent) == 900


def test_half_a_year_of_silence_cuts_and_less_does_not() -> None:
    recent = dict.fromkeys(range(100, 140), 5)
    assert begins({100 - LONGEST_GAP - 1: 1} | recent) == 100 - LONGEST_GAP - 1
    assert begins({100 - LONGEST_GAP - 2: 1} | recent) == 100


def test_a_long_record_that_was_silent_for_a_while_stays_one() -> None:
    assert begins(dict.fromkeys(range(100), 5) | {200: 3}) == 0


def test_weeks_without_anything_may_be_there_or_not() -> None:
    assert begins({}) is begins({4: 0}) is None
    assert begins({1: 2} | dict.fromkeys(range(2, 60), 0) | {60: 9}) == 60


@given(st.dictionaries(st.integers(0, 2_000), st.integers(0, 50), max_size=60))
def test_most_of_what_was_heard_stands_in_the_record(weeks: dict[int, int]) -> None:
    first = begins(weeks)
    whole = sum(weeks.values())
    assert (first is None) == (whole == 0)
    if first is not None:
        assert weeks[first] > 0
        assert sum(heard for week, heard in weeks.items() if week >= first) * 2 >= whole
