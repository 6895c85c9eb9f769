"""Estimates drawn towards none, or towards what they have in common."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from almanac.events.effects.shrink import Estimate, spike_and_slabs, towards_common


@pytest.mark.parametrize(
    ("estimate", "error", "around"), [(0.1, 0.05, 0.0), (0.3, 0.1, 0.0), (-0.2, 0.04, 0.1), (0.02, 0.2, 0.0)]
)
def test_the_posterior_is_that_of_the_mixture(estimate: float, error: float, around: float) -> None:
    """Against numerical integration of the prior times the likelihood."""
    prior, widths = 0.4, (0.1, 0.3)
    grid = np.linspace(around - 5, around + 5, 400_001)
    slab = sum(stats.norm.pdf(grid, around, width) / 2 for width in widths) * stats.norm.pdf(estimate, grid, error)
    of_slab = float(np.trapezoid(slab, grid))
    of_spike = float(stats.norm.pdf(estimate, around, error))
    total = prior * of_slab + (1 - prior) * of_spike
    mean = (prior * np.trapezoid(slab * grid, grid) + (1 - prior) * of_spike * around) / total
    square = (prior * np.trapezoid(slab * grid**2, grid) + (1 - prior) * of_spike * around**2) / total
    found = spike_and_slabs(Estimate(estimate, error), prior, widths, around)
    assert found.mean == pytest.approx(mean, abs=1e-6)
    assert found.sd == pytest.approx(np.sqrt(square - mean**2), abs=1e-5)
    assert found.certainty == pytest.approx(prior * of_slab / total, abs=1e-6)


def test_nothing_known_is_nothing_said() -> None:
    assert spike_and_slabs(Estimate(3.0, np.inf), 0.4, (0.3,)).mean == 0
    assert spike_and_slabs(Estimate(3.0, 0.0), 0.4, (0.3,)).mean == 0
    assert spike_and_slabs(Estimate(1000.0, 1e-3), 0.4, (0.3,)).certainty == 1


def test_chance_differences_are_drawn_to_what_is_common() -> None:
    """Among 30 sets of ten equal effects, the excess over two standard errors happens by chance in few."""
    rng = np.random.default_rng(0)
    moved = [towards_common(0.2 + 0.1 * rng.standard_normal(10), np.full(10, 0.1), 0.2)[0].std() > 0 for _ in range(30)]
    assert sum(moved) <= 4


def test_real_differences_stay() -> None:
    true = np.linspace(-0.4, 0.8, 20)
    own, _ = towards_common(true + 0.02 * np.random.default_rng(1).standard_normal(20), np.full(20, 0.02), 0.2)
    assert own == pytest.approx(true, abs=0.06)
    with_unknown, left = towards_common(np.append(true, np.nan), np.append(np.full(20, 0.02), np.nan), 0.2)
    assert with_unknown[-1] == 0.2
    assert left[-1] > 5 * left[0]


def test_few_occurrences_are_weaker_evidence() -> None:
    """As an estimate of the same tail probability would be, had its error been known."""
    t, freedom, error = 3.0, 6.0, 0.1
    z = float(stats.norm.isf(stats.t.sf(t, freedom)))
    found = spike_and_slabs(Estimate(t * error, error, freedom), 0.4, (0.3,))
    exact = spike_and_slabs(Estimate(t * error, t * error / z), 0.4, (0.3,))
    assert found.certainty == pytest.approx(exact.certainty, abs=0.02)
    assert found.certainty < spike_and_slabs(Estimate(t * error, error), 0.4, (0.3,)).certainty
