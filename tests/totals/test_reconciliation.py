"""Reconciliation beside the dense formula, and beside hierarchicalforecast (stored by tests.benchmarks.totals)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.totals.builders import crossed, matrix, nested

from almanac.core.arrays import Floats
from almanac.totals import ErrorCovariance, Grouping, error_covariance, reconcile

ORACLE = json.loads((Path(__file__).parent / "mint_shrink.json").read_text())


def made(grouping: Grouping, seed: int = 0) -> tuple[Floats, Floats, Floats]:
    """Totals and parts that do not agree, and past errors of both."""
    chance = np.random.default_rng(seed)
    n = len(grouping.levels[0].codes)
    parts = 20 + chance.gamma(2, 5, (n, 3))
    totals = grouping.sums(parts) * chance.normal(1, 0.1, (len(grouping), 3))
    errors = chance.normal(size=(len(grouping) + n, 40)) * chance.gamma(2, 1, (len(grouping) + n, 1))
    return totals, parts, errors


def free(parts: Floats) -> tuple[Floats, np.ndarray]:
    return np.full(len(parts), -np.inf), np.zeros(parts.shape, bool)


@pytest.mark.parametrize("grouping", [crossed(), nested(), crossed(3, 5)], ids=["crossed", "nested", "larger"])
def test_it_is_the_dense_formula(grouping: Grouping) -> None:
    grouping = grouping.keep(grouping.sizes > 1)
    totals, parts, errors = made(grouping)
    spread = np.sqrt((errors**2).mean(axis=1))
    found = error_covariance(errors, spread, 40)
    correlation = (1 - found.shrinkage) * (errors / spread[:, None]) @ (errors / spread[:, None]).T / 40
    np.fill_diagonal(correlation, 1)
    w = correlation * np.outer(spread, spread)
    c = np.hstack([np.eye(len(grouping)), -matrix(grouping)])
    y = np.vstack([totals, parts])
    expected = y - w @ c.T @ np.linalg.solve(c @ w @ c.T, c @ y)
    reconciled = reconcile(grouping, totals, parts, found, free(parts))
    np.testing.assert_allclose(reconciled, expected[len(grouping) :], rtol=1e-6)
    np.testing.assert_allclose(grouping.sums(reconciled), expected[: len(grouping)], rtol=1e-6)


def test_the_shrinkage_is_that_of_schaefer_and_strimmer() -> None:
    errors = made(crossed())[2]
    z = errors / np.sqrt((errors**2).mean(axis=1))[:, None]
    n = z.shape[1]
    products = z[:, None] * z[None]
    r = products.mean(axis=2)
    variance = n / (n - 1) ** 3 * ((products - r[:, :, None]) ** 2).sum(axis=2)
    off = ~np.eye(len(r), dtype=bool)
    expected = min(1.0, variance[off].sum() / (r[off] ** 2).sum())
    assert error_covariance(errors, np.ones(len(errors)), n).shrinkage == pytest.approx(expected)


@pytest.mark.parametrize("case", ORACLE, ids=[case["name"] for case in ORACLE])
def test_it_agrees_with_hierarchicalforecast(case: dict[str, list[list[float]]]) -> None:
    grouping = crossed() if case["name"] == "crossed" else nested()
    grouping = grouping.keep(grouping.sizes > 1)
    errors = np.array(case["errors"])
    spread = np.sqrt((errors**2).mean(axis=1))
    covariance = ErrorCovariance(spread, errors / spread[:, None], float(case["shrinkage"]))  # type: ignore[arg-type]
    parts = np.array(case["parts"])
    reconciled = reconcile(grouping, np.array(case["totals"]), parts, covariance, free(parts))
    np.testing.assert_allclose(reconciled, np.array(case["reconciled"]), rtol=1e-6)


def test_nothing_falls_below_its_bound_and_nothing_closed_moves() -> None:
    grouping = crossed().keep(crossed().sizes > 1)
    totals, parts, errors = made(grouping)
    parts[0], parts[:, 1] = 0.01, 0
    parts[1, 2] = 0
    fixed = np.zeros(parts.shape, bool)
    fixed[:, 1], fixed[1, 2] = True, True
    covariance = error_covariance(errors * 50, np.full(len(errors), 50.0), 40)
    found = reconcile(grouping, totals * 0.3, parts, covariance, (np.zeros(6), fixed))
    assert (found >= 0).all()
    assert (found[fixed] == 0).all()


def test_forecasts_that_agree_stay_as_they_are() -> None:
    grouping = nested().keep(nested().sizes > 1)
    _, parts, errors = made(grouping)
    covariance = error_covariance(errors, errors.std(axis=1), 40)
    found = reconcile(grouping, grouping.sums(parts), parts, covariance, free(parts))
    np.testing.assert_allclose(found, parts, rtol=1e-9)


def test_without_a_past_the_more_certain_forecast_moves_less() -> None:
    grouping = nested().keep(np.array([True] + [False] * (len(nested()) - 1)))
    parts, totals = np.full((5, 1), 10.0), np.array([[60.0]])
    spread = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 3.0])
    found = reconcile(grouping, totals, parts, ErrorCovariance(spread, np.zeros((6, 0)), 1.0), free(parts))
    # The gap of 10 is shared by variances: 1 for the total, 1 for four parts, 9 for the last one; 14 in all.
    np.testing.assert_allclose(found.ravel(), 10 + np.array([1, 1, 1, 1, 9]) * 10 / 14)
