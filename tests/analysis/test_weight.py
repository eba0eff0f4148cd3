"""Customer minutes, against the same sum by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.weight import Rate, Table, minutes, shares

TABLE = Table("test", {"letter": Rate(20, 13), "x": Rate(0.5, 30)}, otherwise=Rate(1, 10))


def _by_hand(channel: str, words: int, duration: float | None, waited: float | None) -> float:
    rate = {"letter": (20, 13), "x": (0.5, 30)}.get(channel, (1, 10))
    said = duration / 60 if duration is not None else rate[0] + words / rate[1]
    return said + (waited or 0) / 60


voices = st.tuples(
    st.sampled_from(["letter", "x", "postduif"]),
    st.integers(0, 5_000),
    st.none() | st.floats(0, 7_200),
    st.none() | st.floats(0, 7_200),
)


@given(st.lists(voices, max_size=20))
def test_minutes_are_what_the_page_says(said: list[tuple[str, int, float | None, float | None]]) -> None:
    found = minutes(
        TABLE,
        [each[0] for each in said],
        np.array([each[1] for each in said], dtype=np.int64),
        np.array([np.nan if each[2] is None else each[2] for each in said], dtype=np.float64),
        np.array([np.nan if each[3] is None else each[3] for each in said], dtype=np.float64),
    )
    assert found.tolist() == pytest.approx([_by_hand(*each) for each in said])


@given(st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=6), min_size=1, max_size=8))
def test_the_shares_of_a_voice_add_up_to_one(words: list[list[int]]) -> None:
    voice = np.repeat(np.arange(len(words)), [len(asks) for asks in words])
    found = shares(np.array([count for asks in words for count in asks]), voice)
    for number, asks in enumerate(words):
        mine = found[voice == number]
        assert math.isclose(mine.sum(), 1)
        expected = [count / sum(asks) for count in asks] if sum(asks) else [1 / len(asks)] * len(asks)
        assert mine.tolist() == pytest.approx(expected)
