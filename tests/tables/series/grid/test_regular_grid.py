"""Rows on a regular grid: compared with a plain loop over rows."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from almanac.core.problems import ProblemError
from almanac.tables.series.grid.regular_grid import (
    Aggregation,
    ColumnBlocks,
    GridRows,
    build_block,
    only_last,
    repeated_rows,
)

AGGREGATE = {"sum": sum, "mean": lambda values: sum(values) / len(values), "last": lambda values: values[-1]}


def some_rows(seed: int) -> tuple[GridRows, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 9, 60).astype(float)
    values[rng.random(60) < 0.2] = np.nan
    return GridRows(rng.integers(0, 4, 60), rng.integers(-5, 20, 60), 5), values


@pytest.mark.parametrize("aggregation", ["sum", "mean", "last"])
@pytest.mark.parametrize("seed", range(5))
def test_each_period_holds_its_values_as_one(seed: int, aggregation: str) -> None:
    rows, values = some_rows(seed)
    kept = only_last(rows, values, np.arange(60)) if aggregation == "last" else values
    way: Aggregation = "mean" if aggregation == "mean" else "sum"
    block = build_block(rows, kept, way)
    expected: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for group, period, value in zip(rows.groups.tolist(), rows.periods.tolist(), values.tolist(), strict=True):
        if not np.isnan(value):
            expected[group][period].append(value)
    assert block.groups.tolist() == sorted(expected)
    assert block.empty.tolist() == sorted(set(rows.groups.tolist()) - set(expected))
    for n, group in enumerate(block.groups.tolist()):
        first, last = min(expected[group]), max(expected[group])
        assert int(block.first[n]) == first
        loop = [AGGREGATE[aggregation](v) if (v := expected[group].get(t)) else np.nan for t in range(first, last + 1)]
        np.testing.assert_allclose(block.values[block.offsets[n] : block.offsets[n + 1]], loop)


def test_the_last_of_a_period_is_the_one_with_the_latest_date() -> None:
    rows = GridRows(np.array([0, 0, 0, 1]), np.array([7, 7, 7, 7]), 2)
    values = np.array([1.0, 2.0, 3.0, 4.0])
    nan = np.nan
    np.testing.assert_array_equal(only_last(rows, values, np.array([1, 2, 0, 3])), [nan, 2, nan, 4])
    same_day = np.array([5, 5, 5, 5])
    np.testing.assert_array_equal(only_last(rows, values, same_day), [nan, nan, 3, 4])
    newest_first = np.array([6, 6, 6, 5])
    np.testing.assert_array_equal(only_last(rows, values, newest_first), [1, nan, nan, 4])
    np.testing.assert_array_equal(only_last(rows, values, same_day, np.array([False, True])), values)


def test_periods_without_a_row_are_known() -> None:
    rows = GridRows(np.zeros(3, np.int64), np.array([0, 1, 4]), 1)
    block = build_block(rows, np.array([2.0, 4.0, 10.0]), "sum")
    np.testing.assert_array_equal(block.values, [2, 4, np.nan, np.nan, 10])
    assert block.missing.tolist() == [False, False, True, True, False]
    assert block.rows_before(block.missing).tolist() == [1]


def test_values_lead_back_to_their_lines() -> None:
    rows = GridRows(np.array([0, 0, 0, 1]), np.array([0, 0, 2, 5]), 2)
    blocks = tuple(build_block(rows, values, "sum") for values in (np.arange(1.0, 5.0), np.arange(5.0, 9.0)))
    grids = ColumnBlocks((1, 2), ("x", "y"), blocks, [("A",), ("B",)], np.array([10, 11, 12, 13]))
    assert len(blocks[0].values) == 4
    assert grids.lines_of(np.array([0])) == (10, 11)
    assert grids.lines_of(np.array([3, 6])) == (12, 13)
    assert grids.lines_of(np.array([1])) == ()  # a gap


def test_dates_too_far_apart_are_refused() -> None:
    rows = GridRows(np.zeros(2, np.int64), np.array([0, 10**9]), 1)
    with pytest.raises(ProblemError) as caught:
        build_block(rows, np.ones(2), "sum")
    assert caught.value.problem.code == "dates_too_far_apart"


@pytest.mark.parametrize("seed", range(20))
def test_rows_that_are_one_period_each_become_the_same_series_as_any_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = np.where(rng.random(30) < 0.4, np.nan, rng.integers(-3, 3, 30) * 0.5)
    values[rng.integers(30)] = -0.0
    rows = GridRows(np.zeros(30, np.int64), np.arange(30) + 100, 1)
    shuffled = rng.permutation(30)
    one = build_block(rows, values, "sum")
    other = build_block(GridRows(rows.groups[shuffled], rows.periods[shuffled], 1), values[shuffled], "sum")
    for name in ("groups", "values", "offsets", "first", "missing", "empty"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "values"), name
    assert not np.signbit(one.values[one.values == 0]).any()
    for position in range(len(one.values)):
        at = np.array([position])
        assert one.rows_at(at).tolist() == shuffled[other.rows_at(at)].tolist()
    assert np.flatnonzero(one.used_rows()).tolist() == sorted(shuffled[other.used_rows()].tolist())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [5, 10**5])
def test_rows_that_repeat_a_period_are_found(seed: int, most: int) -> None:
    chance = np.random.default_rng(seed)
    groups, periods = chance.integers(0, 3, 80).astype(np.int8), chance.integers(-most, most, 80).astype(np.int32)
    rows = list(zip(groups.tolist(), periods.tolist(), strict=True))
    again, pairs = repeated_rows(groups, periods)
    assert again.tolist() == [row in rows[:n] for n, row in enumerate(rows)]
    assert not again.any() or len(set(pairs.tolist())) == len(set(rows))
    order = np.unique(np.stack([groups, periods]), axis=1)
    assert not repeated_rows(*order)[0].any()
