"""How many checks are enough: one rule for everything that is judged or promised."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.evaluation import checks_needed, enough_checks
from almanac.evaluation.dependence.sample_size import effective_sample_size, finite_sample_checks
from almanac.evaluation.report.coverage import CoverageBand


@pytest.mark.parametrize(("coverage", "needed"), [(0.5, 4), (0.8, 4), (0.85, 6), (0.9, 9), (0.95, 19), (0.99, 99)])
def test_a_range_that_promises_more_needs_more_checks(coverage: float, needed: int) -> None:
    assert checks_needed(coverage) == needed
    assert enough_checks(np.array([needed - 0.1, needed - 1e-12, needed]), coverage).tolist() == [False, True, True]
    for checks in (needed - 1, needed):
        band = CoverageBand(coverage, coverage, 0.0, 1.0, checks, checks)
        assert band.has_enough_checks == (checks >= needed)


def test_the_finite_sample_quantile_of_so_many_checks_is_the_largest_of_them() -> None:
    levels = np.array([0.5, 0.8, 0.9, 0.95])
    np.testing.assert_allclose(levels * (finite_sample_checks(levels) + 1), finite_sample_checks(levels))


def test_the_effective_sample_size_of_independent_checks_is_their_number() -> None:
    level = np.array([0.1, 0.5])
    np.testing.assert_allclose(effective_sample_size(level * (1 - level) / 40, level), 40)
    np.testing.assert_allclose(effective_sample_size(level, level), 1)
