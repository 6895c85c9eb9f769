"""Totals of the past compared with what happened."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.totals import PathModel
from almanac.totals.checks import checks_of_sums, independent_stretches


@pytest.mark.parametrize(("correlation", "width"), [(0.0, 2.0), (1.0, 4.0)])
def test_ranges_of_sums_of_four_normal_steps_are_those_of_the_normal_sum(correlation: float, width: float) -> None:
    scores = np.array([NormalDist().inv_cdf(level) for level in DEFAULT_LEVELS])
    quantiles = np.broadcast_to(100 + scores, (2, 4, len(scores)))
    steps = np.full((4, 4), min(correlation, 1 - 1e-9)) + (1 - min(correlation, 1 - 1e-9)) * np.eye(4)
    model = PathModel.apart(np.ascontiguousarray(quantiles), np.array(DEFAULT_LEVELS), steps)
    made = checks_of_sums(np.array([0, 1]), np.array([7, 9]), np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), model)
    assert made.actual.tolist() == [10, 26]
    np.testing.assert_allclose(made.expected, 400, rtol=0.001)
    np.testing.assert_allclose(made.offsets[:, [0, -1]], width * scores[[0, -1]] * np.ones((2, 1)), rtol=0.12)
    np.testing.assert_allclose(made.quantiles, 400 + made.offsets, rtol=0.001)
    assert made.select(np.array([False, True])).cutoff.tolist() == [9]


@pytest.mark.parametrize(
    ("cutoffs", "stretches"), [([], 0), ([5], 1), ([5, 5, 5], 1), ([4, 5, 6], 1.5), ([0, 4, 8, 12], 4), ([0, 400], 2)]
)
def test_overlapping_windows_are_no_further_evidence(cutoffs: list[int], stretches: float) -> None:
    assert independent_stretches(np.array(cutoffs, np.int64), 4) == stretches
