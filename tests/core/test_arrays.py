"""Helpers for arrays as large as a file do piece by piece what NumPy does at once."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.core.arrays import all_of, extremes, none_of, number_type, pick, pieces, relabel

ROWS = 150_000  # several pieces


def test_pieces_cover_everything_once() -> None:
    for count in (0, 1, ROWS):
        assert np.concatenate([np.arange(count)[part] for part in pieces(count)] or [[]]).tolist() == list(range(count))


@pytest.mark.parametrize("count", [0, 1, 126, 127, 128, 32_767, 32_768, 2**31 - 1, 2**31])
def test_a_small_type_holds_every_number_up_to_the_count(count: int) -> None:
    kind = number_type(count)
    assert np.iinfo(kind).max >= count
    smaller = [other for other in (np.int8, np.int16, np.int32) if np.iinfo(other).max < np.iinfo(kind).max]
    assert all(np.iinfo(other).max < count for other in smaller)


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64])
def test_picking_is_indexing(kind: type[np.signedinteger]) -> None:
    chance = np.random.default_rng(0)
    values, places = chance.normal(size=100), chance.integers(0, 100, ROWS).astype(kind)
    assert np.array_equal(pick(values, places), values[places])


def test_labels_are_those_of_the_numbers_and_need_no_array_where_nothing_changes() -> None:
    numbers = np.random.default_rng(0).integers(0, 100, ROWS).astype(np.int8)
    same, mixed = np.arange(100, dtype=np.int8), np.arange(100, dtype=np.int8)[::-1].copy()
    assert relabel(same, numbers) is numbers
    assert np.array_equal(relabel(mixed, numbers), 99 - numbers)
    assert relabel(same, numbers.astype(np.int64)).dtype == np.int8  # the smaller array is made


def test_extremes_are_those_of_each_group() -> None:
    chance = np.random.default_rng(0)
    groups, numbers = (
        chance.integers(0, 6, ROWS).astype(np.int8),
        chance.integers(-(10**6), 10**6, ROWS).astype(np.int32),
    )
    groups[groups == 4] = 5  # a group without rows
    low, high = extremes(groups, numbers, 7)
    for group in (0, 1, 2, 3, 5):
        assert (low[group], high[group]) == (numbers[groups == group].min(), numbers[groups == group].max())
    assert (low[[4, 6]] > high[[4, 6]]).all()


def test_flags_that_are_all_alike_take_no_memory() -> None:
    assert not none_of(3).any()
    assert all_of(3).all()
    assert none_of(ROWS).strides == (0,)
    assert len(all_of(ROWS)) == ROWS
