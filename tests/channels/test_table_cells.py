"""Dates, marks, durations and identities, as tables write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Identity
from gehoor.channels.table import cells
from gehoor.channels.table.dates import Moments, is_american
from gehoor.kernel.clock import now


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-01-03T14:05:00Z", at(2024, 1, 3, 14, 5)),
        ("2024-01-03 14:05:00 +0100", at(2024, 1, 3, 13, 5)),
        ("2024-01-03 14:05:00 UTC", at(2024, 1, 3, 14, 5)),
        ("2024-01-03", at(2024, 1, 2, 23)),
        ("2024-07-03 14:05", at(2024, 7, 3, 12, 5)),
        ("20240103", at(2024, 1, 2, 23)),
        ("2024/1/3 14:05", at(2024, 1, 3, 13, 5)),
        ("03-01-2024", at(2024, 1, 2, 23)),
        ("3/1/2024 9:05", at(2024, 1, 3, 8, 5)),
        ("03-01-24 14:05", at(2024, 1, 3, 13, 5)),
        ("3.1.2024", at(2024, 1, 2, 23)),
        ("3 januari 2024", at(2024, 1, 2, 23)),
        ("woensdag 3 januari 2024 om 14:05 uur", at(2024, 1, 3, 13, 5)),
        ("3 mrt. 2024", at(2024, 3, 2, 23)),
        ("January 3, 2024 2:05 PM", at(2024, 1, 3, 13, 5)),
        ("Wed, 3 Jan 2024 14:05:00 +0100", at(2024, 1, 3, 13, 5)),
        ("45294.5", at(2024, 1, 3, 11)),
        (45294.5, at(2024, 1, 3, 11)),
        (1704287100, at(2024, 1, 3, 13, 5)),
        ("1704287100000", at(2024, 1, 3, 13, 5)),
        (datetime(2024, 1, 3, 14, 5), at(2024, 1, 3, 13, 5)),
    ],
)
def test_moments(written: object, meant: datetime) -> None:
    assert Moments()(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gisteren",
        "31-02-2024",
        "99-99-9999",
        "1969-12-31",
        "12:00",
        "n.v.t.",
        "8",
        None,
        True,
        float("nan"),
        1e300,
        "9" * 50,
    ],
)
def test_what_is_no_moment_is_unknown(written: object) -> None:
    assert Moments()(written) is None


def test_a_moment_more_than_two_days_ahead_is_unknown() -> None:
    assert Moments()((now() + timedelta(days=1)).isoformat()) is not None
    assert Moments()((now() + timedelta(days=3)).isoformat()) is None


@pytest.mark.parametrize(
    ("column", "american"),
    [
        (["9/24/19", "1/2/19"], True),
        (["1/2/19", "3/4/19"], False),
        (["9/24/19", "24/9/19"], False),
        (["13-01-2024"], False),
        (["2024-01-13", ""], False),
    ],
)
def test_the_american_order_needs_proof_by_the_whole_column(column: list[str], american: bool) -> None:
    assert is_american(column) is american


def test_a_late_proof_turns_the_whole_column(read_table) -> None:
    rows = "".join(f"1/2/2024,vraag {number}\n" for number in range(1000))
    proved = read_table(f"datum,vraag\n{rows}1/31/2024,laatste\n", text="vraag", said_at="datum")
    unproved = read_table(f"datum,vraag\n{rows}", text="vraag", said_at="datum")
    assert (proved[0].said_at, unproved[0].said_at) == (at(2024, 1, 1, 23), at(2024, 1, 31, 23))


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("8", 8),
        ("8,5", 8.5),
        ("9/10", 9),
        ("3 sterren", 3),
        ("cijfer: 7", 7),
        ("10 - zeer tevreden", 10),
        (6.0, 6),
        ("-1", -1),
    ],
)
def test_marks(written: object, mark: float) -> None:
    assert cells.score(written) == mark


@pytest.mark.parametrize("written", ["", "n.v.t.", "2024-01-03", "06-12345678", None, True, "goed"])
def test_what_is_no_mark_is_unknown(written: object) -> None:
    assert cells.score(written) is None


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3:20", 200),
        ("01:02:03", 3723),
        ("200", 200),
        (95, 95),
        ("3 min 20 s", 200),
        ("2 min", 120),
        (timedelta(seconds=9), 9),
    ],
)
def test_durations(written: object, seconds: float) -> None:
    assert cells.seconds(written) == seconds


@pytest.mark.parametrize("written", ["", "lang", -5, "-3:20", None, "2024-01-03"])
def test_what_is_no_duration_is_unknown(written: object) -> None:
    assert cells.seconds(written) is None


def test_several_addresses_and_numbers_in_one_cell() -> None:
    assert cells.emails("Jan <jan@v.nl>; an@w.co.uk") == (
        Identity("email", "jan@v.nl"),
        Identity("email", "an@w.co.uk"),
    )
    assert cells.phones("06-12345678 / +31 20 1234567") == (
        Identity("phone", "06-12345678"),
        Identity("phone", "+31 20 1234567"),
    )
    assert cells.phones("02/123 45 67") == (Identity("phone", "02/123 45 67"),)


@pytest.mark.parametrize("garbage", ["", "geen", "jan at v.nl", "@", "n.v.t.", "12", None])
def test_garbage_points_to_nobody(garbage: object) -> None:
    assert cells.emails(garbage) == ()
    assert cells.phones(garbage) == ()


@pytest.mark.parametrize("nobody", ["", "-", "onbekend", "N/A", None])
def test_a_customer_number_that_is_none_points_to_nobody(nobody: object) -> None:
    assert cells.customer_numbers(nobody) == ()
    assert cells.handles(nobody, "x") == ()


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes(), st.dates())
)
def test_no_cell_makes_trouble(cell: object) -> None:
    for read in (
        Moments(),
        Moments(american=True),
        cells.score,
        cells.seconds,
        cells.emails,
        cells.phones,
        cells.customer_numbers,
    ):
        read(cell)
