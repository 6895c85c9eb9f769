"""Ranges of totals are scaled by how they held, as far as there is evidence."""

from __future__ import annotations

import numpy as np
import pytest

from almanac.core.levels import DEFAULT_LEVELS
from almanac.totals import SumChecks, range_scale, scaled_retrospectively

TENTH = 1.2816


def checks(spread: float, cutoffs: int, groups: int = 6, seed: int = 0) -> SumChecks:
    """Totals whose errors are ``spread`` times what their ranges say, one horizon of 4 apart."""
    chance = np.random.default_rng(seed)
    n = cutoffs * groups
    offsets = np.linspace(-TENTH, TENTH, 9) * np.ones((n, 1))
    return SumChecks(
        series=np.repeat(np.arange(groups), cutoffs),
        cutoff=np.tile(np.arange(cutoffs) * 4, groups),
        actual=100 + spread * chance.normal(size=n),
        expected=np.full(n, 100.0),
        offsets=offsets,
        levels=np.array(DEFAULT_LEVELS),
    )


@pytest.mark.parametrize("spread", [0.7, 1.0, 2.0])
def test_with_much_evidence_ranges_become_as_wide_as_errors_are(spread: float) -> None:
    assert range_scale(checks(spread, 400), 4).towards(1.0) == pytest.approx(spread, rel=0.06)


def test_with_little_evidence_they_move_part_of_the_way_and_without_any_not_at_all() -> None:
    few = range_scale(checks(2.0, 4), 4)
    assert 1.1 < few.towards(1.0) < 1.8
    assert few.towards(0.8) < few.towards(1.0)
    assert range_scale(None, 4).towards(0.8) == 0.8


def test_overlapping_windows_are_no_further_evidence() -> None:
    close = checks(2.0, 40)
    overlapping = SumChecks(close.series, close.cutoff // 40, close.actual, close.expected, close.offsets, close.levels)
    assert range_scale(overlapping, 4).weight < 0.4 < range_scale(close, 4).weight


def test_the_ranges_that_are_shown_become_as_wide_as_those_that_were_checked_should_be() -> None:
    """Those shown are half as wide as those checked, which are right."""
    found = range_scale(checks(1.0, 400), 4).towards(1.0, np.array([2.0]))
    assert found[0] == pytest.approx(2.0, rel=0.06)


def test_at_each_cutoff_only_what_was_over_counts() -> None:
    made = checks(2.0, 60)
    scaled = scaled_retrospectively(made, 4, 1.0)
    first = made.cutoff == 0
    np.testing.assert_array_equal(scaled.offsets[first], made.offsets[first])
    before = made.cutoff <= 100
    changed = SumChecks(
        made.series,
        made.cutoff,
        np.where(before, made.actual, 1e6),
        made.expected,
        made.offsets,
        made.levels,
    )
    now = made.cutoff <= 104
    np.testing.assert_array_equal(scaled_retrospectively(changed, 4, 1.0).offsets[now], scaled.offsets[now])
