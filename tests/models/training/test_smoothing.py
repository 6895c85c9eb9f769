"""Exponential smoothing as filters, compared with statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from models.training.graph.smoothing import DAMPINGS, NEGLIGIBLE, grid
from statsmodels.tsa.holtwinters import ExponentialSmoothing, SimpleExpSmoothing

Y = np.random.default_rng(1).normal(10, 2, 60).cumsum() / 10
GRID = grid(len(Y))


def filtered(number: int, start: float, ahead: int) -> float:
    """The forecast of one smoother of the grid."""
    level = float(GRID.level[number] @ (Y - start)[::-1]) + start
    slope = float(GRID.slope[number] @ (Y - start)[::-1])
    phi = float(GRID.damping[number])
    return level + slope * sum(phi**k for k in range(1, ahead + 1))


@pytest.mark.parametrize(("number", "alpha"), [(0, 0.05), (3, 0.3), (6, 0.8)])
def test_simple_smoothing_agrees_with_statsmodels(number: int, alpha: float) -> None:
    model = SimpleExpSmoothing(Y, initialization_method="known", initial_level=Y[0])
    expected = model.fit(smoothing_level=alpha, optimized=False).forecast(1)[0]
    assert filtered(number, Y[0], 1) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(("number", "alpha", "beta"), [(16, 0.1, 0.05), (19, 0.3, 0.3), (22, 0.9, 0.05)])
def test_holt_agrees_with_statsmodels(number: int, alpha: float, beta: float) -> None:
    model = ExponentialSmoothing(Y, trend="add", initialization_method="known", initial_level=Y[0], initial_trend=0.0)
    fitted = model.fit(smoothing_level=alpha, smoothing_trend=alpha * beta / alpha, optimized=False)
    assert filtered(number, Y[0], 4) == pytest.approx(fitted.forecast(4)[-1], rel=1e-3)


def test_every_sloped_smoother_has_one_of_the_dampings() -> None:
    shares = GRID.shares()
    assert shares.shape == (len(GRID.damping), len(DAMPINGS))
    assert shares[: GRID.groups[0]].sum() == 0
    assert (shares[GRID.groups[0] :].sum(axis=1) == 1).all()


def test_no_kernel_has_numbers_that_processors_multiply_slowly() -> None:
    long = grid(400)
    for kernel in (long.level, long.slope):
        sizes = np.abs(kernel[kernel != 0])
        assert sizes.min() >= NEGLIGIBLE
        assert (kernel == 0).any()
    np.testing.assert_allclose(long.level[6, :40], 0.8 * 0.2 ** np.arange(40), rtol=1e-4, atol=NEGLIGIBLE)
