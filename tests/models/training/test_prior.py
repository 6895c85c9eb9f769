"""The synthetic series that models learn from."""

from __future__ import annotations

import numpy as np
import pytest
from models.training.prior.demand import closed, discrete
from models.training.prior.draw import draw, lengths
from models.training.prior.laws import LAWS, Law, follow_laws, random_walk, repeated_pattern, running_total
from models.training.prior.patterns import longer, seasonal
from models.training.prior.sampling import autoregressive
from models.training.prior.shapes import HOURLY_AND_WEEKLY, MONTHLY, SHAPES, Shape


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: f"{s.seasons} to {s.steps[-1]}")
def test_every_shape_draws_finite_series_of_its_form(shape: Shape) -> None:
    values, mask, future = draw(np.random.default_rng(0), 8, shape)
    assert values.shape == mask.shape == (8, shape.context)
    assert future.shape == (8, len(shape.steps))
    assert np.isfinite(values).all()
    assert np.isfinite(future).all()
    assert (values[mask == 0] == 0).all()
    assert (mask[:, -1] == 1).all()


def test_the_same_seed_draws_the_same_series() -> None:
    first, second = (draw(np.random.default_rng(7), 50, MONTHLY) for _ in range(2))
    for a, b in zip(first, second, strict=True):
        np.testing.assert_array_equal(a, b)


def test_histories_run_from_a_handful_of_points_to_the_whole_context() -> None:
    points = lengths(np.random.default_rng(0), 5000, MONTHLY)
    assert points.min() >= 3
    assert (points < 24).mean() > 0.05
    assert (points == MONTHLY.context).mean() > 0.02


def test_noise_has_the_autocorrelation_asked_for() -> None:
    memory = np.array([0.0, 0.5, 0.95])
    x = autoregressive(np.random.default_rng(0).standard_normal((3, 20_000)), memory)
    for row, phi in zip(x, memory, strict=True):
        assert np.corrcoef(row[1:], row[:-1])[0, 1] == pytest.approx(phi, abs=0.03)
        assert row.std() == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("m", [4, 12, 24, 52])
def test_a_season_comes_back(m: int) -> None:
    x = seasonal(np.random.default_rng(0), 200, 6 * m, m)
    again = np.array([np.corrcoef(row[m:], row[:-m])[0, 1] for row in x])
    assert np.median(again) > 0.5


def test_a_week_of_hours_repeats_after_a_week() -> None:
    m, long = HOURLY_AND_WEEKLY.seasons
    x = longer(np.random.default_rng(0), 20, 3 * long, m, long)
    np.testing.assert_allclose(x[:, long:], x[:, :-long])


def test_counts_are_whole_and_intermittent_sales_are_mostly_zero() -> None:
    rng = np.random.default_rng(0)
    counts = discrete(rng, np.ones((400, 80)), (0.0, 1.0, 0.0))
    intermittent = discrete(rng, np.ones((400, 80)), (0.0, 0.0, 1.0))
    for y in (counts, intermittent):
        np.testing.assert_array_equal(y, np.round(y))
        assert (y >= 0).all()
    assert (intermittent == 0).mean() > 0.5


def test_a_shop_that_is_closed_sells_nothing_on_those_days() -> None:
    y = closed(np.random.default_rng(0), np.ones((50, 70)), 7, 1.0)
    by_day = y.reshape(50, 10, 7)
    assert (by_day.min(axis=1) == by_day.max(axis=1)).all()
    assert (y == 0).any(axis=1).all()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("m", [1, 7, 12, 52])
def test_every_law_draws_finite_series_that_change(law: Law, m: int) -> None:
    y = law(np.random.default_rng(0), 40, 130, m)
    assert y.shape == (40, 130)
    assert np.isfinite(y).all()
    assert (y.min(axis=1) > -2).all()
    assert np.median(y.std(axis=1)) > (0 if law is repeated_pattern and m == 1 else 1e-3)


def test_a_repeated_pattern_repeats_and_a_running_total_grows() -> None:
    rng = np.random.default_rng(0)
    y = repeated_pattern(rng, 200, 60, 12)
    again = [np.corrcoef(row[12:], row[:-12])[0, 1] for row in y if row.std() > 0]
    assert np.median(again) > 0.99
    assert (np.diff(running_total(rng, 50, 60, 12), axis=1) >= 0).all()


def test_a_random_walk_is_not_predicted_by_its_past() -> None:
    change = np.diff(random_walk(np.random.default_rng(0), 300, 200, 7), axis=1)
    again = [np.corrcoef(row[1:], row[:-1])[0, 1] for row in change]
    assert abs(np.median(again)) < 0.05


def test_the_share_of_laws_is_the_one_asked_for() -> None:
    y = np.zeros((2000, 40))
    chosen = follow_laws(np.random.default_rng(0), y, (12, 1), 0.3)
    assert chosen.mean() == pytest.approx(0.3, abs=0.04)
    np.testing.assert_array_equal((y != 0).any(axis=1), chosen)
