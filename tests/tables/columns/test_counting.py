"""Counting finds the same distinct values as sorting."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from almanac.tables.columns.counting import (
    among,
    count_different,
    count_pairs,
    distinct_moments,
    distinct_pairs,
    how_often,
    moments_of,
    renumber,
)


@given(
    st.lists(st.integers(-3000, 3000), max_size=60),
    st.sampled_from([1, 60, 3600, 86_400, 7 * 86_400]),
    st.sampled_from([0, 1, 10**9, -(10**10)]),
    st.booleans(),
)
@example([1, 1, 2], 86_400, 0, True)
def test_distinct_moments_are_the_same_as_with_sorting(steps: list[int], step: int, first: int, blank: bool) -> None:
    no_time = [np.iinfo(np.int64).min] if blank else []
    when = np.array([number * step + first for number in steps] + no_time, dtype=np.int64).astype("datetime64[s]")
    moments, index = distinct_moments(when)
    wanted, place = np.unique(when, return_inverse=True)
    assert moments.dtype == when.dtype
    assert np.array_equal(moments, wanted, equal_nan=True)
    assert np.array_equal(index, place)
    assert np.array_equal(moments[index], when, equal_nan=True)


@example([33, 40], random.Random(1))
@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_moments_of_codes_are_those_of_their_rows(codes: list[int], chance: random.Random) -> None:
    dates = np.array([chance.randrange(30) * 86_400 for _ in range(40)] + [np.iinfo(np.int64).min])
    when, rows = dates.astype("datetime64[s]"), np.array(codes, dtype=np.int8)
    for some in (rows, rows[rows < 40]):  # with a cell that holds no date, and without
        moments, index = moments_of(when, some)
        assert np.array_equal(moments[index], when[some], equal_nan=True)
        assert np.array_equal(moments, np.unique(when[some]), equal_nan=True)


NUMBERS = st.lists(st.sampled_from([0, 1, 2, 5, 40, 10**7, 10**12]), max_size=40)


@given(NUMBERS, st.randoms(use_true_random=False))
def test_counting_with_a_table_is_the_same_as_with_sorting(values: list[int], chance: random.Random) -> None:
    numbers = np.array(values, dtype=np.int64)
    some = np.array([chance.random() < 0.5 for _ in values], dtype=bool)
    assert how_often(numbers).tolist() == np.unique(numbers, return_counts=True)[1].tolist()
    assert among(numbers, some).tolist() == np.isin(numbers, numbers[some]).tolist()
    assert count_different(numbers, some) == len(np.unique(numbers[some]))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=40), st.sampled_from([6, 10**9]))
def test_pairs_and_numbers_are_the_same_whether_there_is_room_for_a_table(
    pairs: list[tuple[int, int]], size: int
) -> None:
    left, right = (np.array(part, dtype=np.int64) for part in zip(*pairs, strict=True))
    wanted = sorted({a * size + b for a, b in pairs})
    assert np.concatenate(list(distinct_pairs(left, right, size))).tolist() == wanted
    assert count_pairs(left, right, size) == len(wanted)
    numbers, first = renumber(left, size)
    order = list(dict.fromkeys(left.tolist()))
    assert numbers.tolist() == [order.index(number) for number in left.tolist()]
    assert first.tolist() == [left.tolist().index(number) for number in order]
