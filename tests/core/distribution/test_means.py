"""The mean of a distribution that is known by its quantiles, beside scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from almanac.core.distribution.means import mean_of, mean_weights

LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


@pytest.mark.parametrize("levels", [LEVELS, LEVELS[3:12], (0.5,), (0.05, 0.95)])
def test_the_weights_of_the_mean_add_up_to_one(levels: tuple[float, ...]) -> None:
    assert mean_weights(levels).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "distribution",
    [stats.norm(50, 9), stats.poisson(0.6), stats.poisson(2), stats.gamma(2, scale=5), stats.nbinom(1, 0.5)],
)
def test_the_weights_give_about_the_mean_of_a_known_distribution(distribution: stats.rv_continuous) -> None:
    assert distribution.ppf(LEVELS) @ mean_weights(LEVELS) == pytest.approx(distribution.mean(), rel=0.12)


def test_the_mean_moves_and_grows_with_the_distribution() -> None:
    levels = np.array(LEVELS)
    quantiles = stats.gamma(2).ppf(levels)
    mean = mean_of(quantiles, levels)
    np.testing.assert_allclose(mean_of(3 * quantiles[None] + 7, levels), [3 * mean + 7])
