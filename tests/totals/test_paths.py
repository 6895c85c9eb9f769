"""Distributions of sums: next to exact ones, and what dependence does to them."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from tests.totals.builders import crossed

from almanac.core.arrays import Floats
from almanac.totals import (
    ErrorScores,
    Grouping,
    PathModel,
    SeriesCorrelation,
    SharedShare,
    alone_distributions,
    group_level,
    series_correlation,
    sum_distributions,
)

LEVELS = np.array([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])
Z = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
TEN = NormalDist().inv_cdf(0.9)


def normal(n: int, h: int, spread: float = 10.0) -> Floats:
    """Quantiles of normal distributions around 1,000."""
    return np.broadcast_to(1000 + spread * Z, (n, h, len(Z)))


def model(grouping: Grouping, h: int, steps: float, shared: float) -> PathModel:
    n = len(grouping.levels[0].codes)
    correlation = np.full((h, h), steps) + (1 - steps) * np.eye(h)
    common = SeriesCorrelation.alike((grouping.levels[0],), np.array([shared]), correlation)
    return PathModel(normal(n, h), LEVELS, correlation, common, np.ones((n, h)))


@pytest.mark.parametrize("steps", [0.0, 0.6])
@pytest.mark.parametrize("shared", [0.0, 0.3, 0.9])
def test_the_variance_of_a_sum_is_that_of_the_correlations(steps: float, shared: float) -> None:
    grouping, h = crossed(4, 5), 6
    found = sum_distributions(model(grouping, h, steps, shared), grouping.levels[0], [(0, h)], (0.1, 0.9))
    in_time = h + h * (h - 1) * steps
    between = 20 + 20 * 19 * shared
    exact = TEN * 10 * np.sqrt(in_time * between)
    np.testing.assert_allclose(found[0, 0], [-exact, exact], rtol=0.06)


def test_what_an_event_does_moves_all_its_steps_and_series_together() -> None:
    """Half of the variance of two of four steps is one score for all 20 series; the rest is independent."""
    grouping, h, share = crossed(4, 5), 4, 0.5
    series, steps = (part.ravel() for part in np.meshgrid(np.arange(20), [1, 2], indexing="ij"))
    event = SharedShare(series, steps, np.full(40, share))
    made = replace(model(grouping, h, 0.0, 0.0), events=(event,))
    found = sum_distributions(made, grouping.levels[0], [(0, h), (1, 2), (3, 4)], (0.1, 0.9))
    whole = 20 * 2 + (1 - share) * 40 + share * 40**2
    exact = TEN * 10 * np.sqrt([whole, (1 - share) * 20 + share * 20**2, 20])
    np.testing.assert_allclose(found[0], np.stack([-exact, exact], axis=1), rtol=0.06)


def test_a_span_is_a_part_of_the_steps() -> None:
    grouping = crossed()
    found = sum_distributions(model(grouping, 8, 0.0, 0.0), grouping.levels[0], [(0, 2), (2, 8)], (0.9,))
    np.testing.assert_allclose(found[0, :, 0], TEN * 10 * np.sqrt(6 * np.array([2, 6])), rtol=0.06)


def test_a_single_series_has_its_own_distribution_skew_included() -> None:
    skewed = np.exp(Z)[None, None] * np.ones((3, 1, 1))
    found = alone_distributions(PathModel.apart(skewed, LEVELS, np.eye(1)), [(0, 1)], (0.1, 0.5, 0.9))
    np.testing.assert_allclose(found[:, 0] - found[:, :1, 1], [np.exp([-TEN, 0, TEN]) - 1] * 3, atol=0.25)


def test_nothing_goes_below_zero_where_no_quantile_does() -> None:
    rare = np.zeros((2, 3, len(Z)))
    rare[..., -2:] = [1.0, 4.0]
    found = alone_distributions(PathModel.apart(rare, LEVELS, np.eye(3)), [(0, 3)], (0.01, 0.5))
    assert (found[:, 0, 0] == found[:, 0, 1]).all()


def test_closed_steps_count_nothing() -> None:
    grouping = crossed()
    made = model(grouping, 4, 0.0, 0.0)
    weight = np.ones((6, 4))
    weight[:, 2:] = 0
    shut = PathModel(made.quantiles, made.levels, made.steps, made.shared, weight)
    found = sum_distributions(shut, grouping.levels[0], [(0, 4)], (0.9,))
    np.testing.assert_allclose(found[0, 0, 0], TEN * 10 * np.sqrt(12), rtol=0.06)


def test_the_same_question_gets_the_same_answer() -> None:
    grouping = crossed()
    made = model(grouping, 3, 0.2, 0.2)
    first, again = (sum_distributions(made, level, [(0, 3)], (0.1, 0.9)) for level in [grouping.levels[1]] * 2)
    np.testing.assert_array_equal(first, again)


def scores(shared: float, within: float, windows: int) -> tuple[Grouping, SeriesCorrelation]:
    """Scores of 4 stores × 5 products of which all and each store have a part in common."""
    grouping = crossed(4, 5, ("Store",))
    store = grouping.levels[1].codes
    chance = np.random.default_rng(0)
    shape = (windows, 1, 3)
    rest = np.sqrt(1 - shared - within) * chance.normal(size=(windows, 20, 3))
    z = np.sqrt(shared) * chance.normal(size=shape) + rest
    z += np.sqrt(within) * chance.normal(size=(windows, 4, 3))[:, store]
    series = np.tile(np.arange(20), windows)
    cutoff = np.repeat(np.arange(windows) * 3, 20)
    errors = ErrorScores(z.reshape(-1, 3), series, cutoff)
    return grouping, series_correlation(grouping.levels, errors, np.eye(3))


def test_what_groups_have_in_common_is_found() -> None:
    _, found = scores(0.3, 0.2, 300)
    np.testing.assert_allclose(found.weights, [0.3, 0.2], atol=0.05)


def test_nothing_in_common_is_found_as_nothing() -> None:
    _, found = scores(0.0, 0.0, 300)
    assert found.weights.max() < 0.02


def test_what_all_have_in_common_lasts_as_long_as_it_was_seen_to() -> None:
    """A third of the variance is one score for all series and steps, the rest independent: in the sum of 20 series
    over 4 steps it is nearly all that counts, although steps of one series correlate by a third only.
    """
    grouping, h, share, windows = crossed(4, 5), 4, 1 / 3, 2_000
    chance = np.random.default_rng(1)
    z = np.sqrt(share) * chance.normal(size=(windows, 1, 1)) + np.sqrt(1 - share) * chance.normal(size=(windows, 20, h))
    errors = ErrorScores(z.reshape(-1, h), np.tile(np.arange(20), windows), np.repeat(np.arange(windows) * h, 20))
    steps = np.full((h, h), share) + (1 - share) * np.eye(h)
    found = series_correlation(grouping.levels[:1], errors, steps)
    np.testing.assert_allclose(found.common[0], share, atol=0.04)
    made = replace(model(grouping, h, share, 0.0), shared=found)
    ends = sum_distributions(made, grouping.levels[0], [(0, h)], (0.1, 0.9))[0, 0]
    exact = TEN * 10 * np.sqrt(share * (20 * h) ** 2 + (1 - share) * 20 * h)
    np.testing.assert_allclose(ends, [-exact, exact], rtol=0.06)
    np.testing.assert_allclose(
        _alone(made, h), _alone(replace(made, shared=model(grouping, h, 0, 0).shared), h), rtol=0.06
    )


def _alone(made: PathModel, h: int) -> Floats:
    """The upper ends of the sums of each series by itself, mean."""
    return np.array([alone_distributions(made, [(0, h)], (0.9,)).mean()])


def test_few_windows_leave_the_prior() -> None:
    _, few = scores(0.8, 0.0, 1)
    _, many = scores(0.8, 0.0, 300)
    assert few.weights[0] < many.weights[0]
    level = group_level([()] * 3, (), (), [""] * 3, np.arange(3))
    none = np.zeros(0, np.int64)
    nothing = series_correlation((level,), ErrorScores(np.zeros((0, 3)), none, none), np.eye(3))
    np.testing.assert_allclose(nothing.weights, [0.1])
