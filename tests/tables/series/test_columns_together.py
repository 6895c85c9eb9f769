"""Thousands of short columns looked at together: what is found is what each column shows alone."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest

from almanac.tables.series.amounts.sentinels import find_sentinels, sentinels_of
from almanac.tables.series.calendar.events import _swing
from almanac.tables.series.calendar.frequencies import _spans
from almanac.tables.series.grid.regular_grid import ColumnBlocks, GridRows, build_block
from almanac.tables.series.measuring.running_totals import _falling, _fitting, _Signs
from almanac.tables.values.batches import batches

SIGNS = [_Signs(named, metered) for named in (True, False) for metered in (True, False)]


def test_every_column_is_looked_at_once() -> None:
    columns = [np.full(100, float(n)) for n in range(25)]
    with patch("almanac.tables.values.batches._AT_ONCE", 1000):
        found = [(first, some[:, 0].tolist()) for first, some in batches(columns)]
    assert found == [(first, list(range(first, min(first + 10, 25)))) for first in (0, 10, 20)]
    assert list(batches([])) == []


def test_columns_without_rows_show_nothing() -> None:
    columns, none = [np.empty(0)] * 3, np.empty(0, dtype=np.int64)
    plan = SimpleNamespace(dates=SimpleNamespace(index=none, moments=none.astype("datetime64[s]"), source=True))
    rows = SimpleNamespace(keep=none.astype(bool))
    assert sentinels_of(dict(enumerate(columns))) == {}
    assert _falling(plan, rows.keep, columns).all()  # type: ignore[arg-type]
    assert [len(counts) for counts, _, _ in _spans(plan, rows, columns)] == [3]  # type: ignore[arg-type]
    assert not _swing(columns)


@pytest.mark.parametrize("seed", range(20))
def test_no_running_total_is_passed_over(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(1, 40))
    steps = rng.integers(-1 - seed % 3, 9, (60, rows)) * (rng.random((60, rows)) > seed / 25)
    values = np.maximum(np.cumsum(steps, axis=1), 0).astype(float)
    values[rng.random((60, rows)) < 0.02] = 0  # a meter that begins again
    values[rng.random((60, rows)) < rng.choice([0, 0.2])] = np.nan
    moments = np.arange(rows).astype("datetime64[D]").astype("datetime64[s]")
    index = rng.permutation(rows) if seed % 2 else np.arange(rows)
    plan = SimpleNamespace(dates=SimpleNamespace(index=index, moments=moments, source=True))
    which, one = rng.random(rows) < 0.95, np.zeros(rows, dtype=np.int64)
    falling = _falling(plan, which, list(values))  # type: ignore[arg-type]
    found = [
        any(_fitting(plan, one, column, which, signs).groups.any() for signs in SIGNS)  # type: ignore[arg-type]
        for column in values
    ]
    assert not (falling & found).any()
    assert falling.any() or np.all(found)


def test_numbers_that_mean_missing_are_those_of_each_column() -> None:
    rng = np.random.default_rng(3)
    columns = {}
    for n, extreme in enumerate((-999.0, -1.0, 9999.0, 50.0, np.nan, 0.0) * 5):
        column = rng.integers(20, 60, 40) / (1.0 if n % 2 else 10.0)
        column[rng.permutation(40)[: n % 7]] = extreme
        columns[3 * n] = column
    columns[1] = np.full(40, np.nan)
    found = sentinels_of(columns)
    assert found == {i: own for i, column in columns.items() if (own := find_sentinels(column))}
    assert len(found) > 3


def test_a_complete_column_is_built_as_one_with_gaps() -> None:
    rows = GridRows(np.repeat([0, 1], 3), np.array([0, 1, 2, 5, 6, 7]), 2)
    values = np.array([1.0, -0.0, 3, 4, 5, 6])
    quick = build_block(rows, values, "sum")
    with patch.object(GridRows, "complete_block", None):
        slow = build_block(rows, values, "sum")
    assert vars(quick).keys() == vars(slow).keys()
    for name, part in vars(slow).items():
        np.testing.assert_array_equal(vars(quick)[name], part, err_msg=name)
    assert not np.signbit(quick.values).any()


def test_lines_are_those_of_the_blocks_that_hold_the_values() -> None:
    rows = GridRows(np.zeros(3, dtype=np.int64), np.arange(3), 1)
    blocks = tuple(build_block(rows, np.array(v), "sum") for v in ([1.0, 2, 3], [np.nan] * 3, [np.nan, 5, 6]))
    grids = ColumnBlocks((0, 1, 2), ("a", "b", "c"), blocks, [()], np.array([10, 11, 12]))
    assert [grids.lines_of(np.array([at])) for at in range(5)] == [(10,), (11,), (12,), (11,), (12,)]
    assert grids.lines_of(np.array([0, 4])) == (10, 12)
    assert grids.lines_of(np.array([], dtype=np.int64)) == ()
