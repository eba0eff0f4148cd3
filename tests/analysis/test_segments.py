"""Vectors on disk: what was appended is read back, erased rows are zeros, a crash costs nothing that was promised."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.analysis.embedding.segments import SegmentStore
from gehoor.kernel.errors import NotFound


def vectors(n, d=6, seed=0):
    return np.random.default_rng(seed).normal(size=(n, d)).astype(np.float16).astype(np.float32)


@given(st.lists(st.integers(0, 9), max_size=6), st.randoms())
@settings(deadline=None, max_examples=25)
def test_rows_come_back_by_number_across_segments(tmp_path_factory, sizes, random):
    store = SegmentStore(tmp_path_factory.mktemp("s"), "model", 6, rows_a_segment=4)
    parts = [vectors(n, seed=at) for at, n in enumerate(sizes)]
    numbers = [row for part in parts for row in store.append(part)]
    everything = np.concatenate([*parts, vectors(0)])
    assert numbers == list(range(len(everything)))
    random.shuffle(numbers)
    np.testing.assert_array_equal(store.read(numbers), everything[numbers])


def test_erasing_zeroes_the_row_on_disk_and_no_other(tmp_path):
    store = SegmentStore(tmp_path, "model", 6, rows_a_segment=4)
    kept = vectors(10)
    store.append(kept)
    gone = kept[3].astype(np.float16).tobytes()
    store.erase([3, 8])
    again = SegmentStore(tmp_path, "model", 6, rows_a_segment=4)
    kept[[3, 8]] = 0
    np.testing.assert_array_equal(again.read(range(10)), kept)
    assert not any(gone in file.read_bytes() for file in tmp_path.rglob("*.f16"))


def test_half_a_row_left_by_a_crash_is_written_over(tmp_path):
    store = SegmentStore(tmp_path, "model", 6)
    store.append(vectors(3))
    (file,) = tmp_path.rglob("*.f16")
    with file.open("ab") as handle:
        handle.write(b"\x01\x02\x03\x04\x05")
    assert len(store) == 3
    assert store.append(vectors(2, seed=9)) == range(3, 5)
    np.testing.assert_array_equal(store.read([0, 3, 4]), np.concatenate([vectors(1 + 2)[:1], vectors(2, seed=9)]))


@pytest.mark.parametrize("rows", [[0], [-1], [5, 0]])
def test_a_row_that_is_not_there_is_not_found(tmp_path, rows):
    store = SegmentStore(tmp_path, "model", 6)
    with pytest.raises(NotFound):
        store.read(rows)
    with pytest.raises(NotFound):
        store.erase(rows)


def test_models_and_widths_do_not_share_rows(tmp_path):
    SegmentStore(tmp_path, "a/b", 6).append(vectors(2))
    assert len(SegmentStore(tmp_path, "a-b", 6)) == 0
    assert len(SegmentStore(tmp_path, "a/b", 3)) == 0
    assert len(SegmentStore(tmp_path, "a/b", 6)) == 2
