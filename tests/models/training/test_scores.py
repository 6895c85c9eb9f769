"""The scores of the benchmark, compared with simple loops and worked examples."""

from __future__ import annotations

import numpy as np
import pytest
from models.training.evaluation.scores import TENTHS, coverage, mase, quantile_loss, rmsse, seasonal_error, wql

RNG = np.random.default_rng(0)
HISTORY = [RNG.normal(10, 2, 40), RNG.normal(5, 1, 30)]
ACTUAL = RNG.normal(8, 2, (2, 6))
QUANTILES = np.sort(RNG.normal(8, 2, (2, 6, 9)), axis=2)


def test_mase_of_a_worked_example() -> None:
    history = [np.array([1.0, 3.0, 2.0, 4.0, 3.0])]  # changes over two periods: 1, 1, 1
    assert mase(np.array([[4.0, 3.0]]), np.array([[5.0, 6.0]]), history, 2) == pytest.approx(2.0)


def test_wql_agrees_with_a_plain_loop() -> None:
    total = 0.0
    for k, level in enumerate(TENTHS):
        for i in range(2):
            for h in range(6):
                miss = ACTUAL[i, h] - QUANTILES[i, h, k]
                total += 2 * (level * miss if miss >= 0 else (level - 1) * miss) / 9
    assert wql(QUANTILES, ACTUAL) == pytest.approx(total / np.abs(ACTUAL).sum())


def test_pinball_of_a_point_for_every_quantile_is_its_absolute_error() -> None:
    point = RNG.normal(8, 2, (2, 6))
    same = np.repeat(point[:, :, None], 9, axis=2)
    np.testing.assert_allclose(quantile_loss(same, ACTUAL), np.abs(ACTUAL - point))


def test_rmsse_of_repeating_the_last_value_on_a_walk_is_about_its_scale() -> None:
    walks = np.cumsum(RNG.standard_normal((4000, 61)), axis=1)
    assert rmsse(walks[:, 59:60], walks[:, 60:], list(walks[:, :60])) == pytest.approx(np.sqrt(2 / np.pi), abs=0.03)


def test_gaps_do_not_count_in_the_scale() -> None:
    assert seasonal_error([np.array([1.0, np.nan, 3.0, 4.0])], 1).tolist() == [1.0]


def test_coverage_counts_the_edges() -> None:
    assert coverage(np.array([[0.0, 0.0]]), np.array([[1.0, 1.0]]), np.array([[1.0, 2.0]])) == 0.5
