"""How many decimals the values of a series have."""

from __future__ import annotations

import numpy as np
from tests.builders import series_set

from almanac.core.summaries.decimals import MAX_DECIMALS, decimals_of


def test_counts_prices_and_measurements_are_distinguished() -> None:
    rng = np.random.default_rng(0)
    counts, prices = rng.poisson(3, 40).astype(float), np.round(rng.uniform(1, 9e6, 40), 2)
    halves, measured = rng.integers(0, 9, 40) / 2 + 0.5, rng.standard_normal(40)
    gaps = np.where(np.arange(40) % 3 == 0, np.nan, counts)
    found = decimals_of(series_set(counts, prices, halves, measured, gaps))
    assert found.tolist() == [0, 2, 1, MAX_DECIMALS, 0]


def test_every_value_counts_not_only_the_last() -> None:
    rng = np.random.default_rng(2)
    rounded_since = np.concatenate([rng.standard_normal(20), rng.integers(0, 9, 20).astype(float)])
    measured, one_decimal = rng.standard_normal(7), np.array([1.5, 2.0, np.nan])
    assert decimals_of(series_set(rounded_since, measured, one_decimal)).tolist() == [MAX_DECIMALS, MAX_DECIMALS, 1]


def test_adding_up_prices_leaves_no_decimals_behind() -> None:
    sums = np.round(np.random.default_rng(1).uniform(0, 90, (30, 100_000)), 2).sum(axis=1)
    assert decimals_of(series_set(sums)).tolist() == [2]
