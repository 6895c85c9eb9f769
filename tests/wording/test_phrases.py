"""Sentences about ranges."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.wording.phrases import RangeSupport, forecast_decimals, how_sure


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (RangeSupport.CHECKED, "80% likely to be between 7.0 and 15.0."),
        (RangeSupport.TOO_FEW_CHECKS, "Likely between 7.0 and 15.0 (80%), not checked: too little history."),
        (RangeSupport.CONSTANT, "Likely between 7.0 and 15.0 (80%), not checked: it did not change."),
    ],
)
def test_a_range_that_could_not_be_checked_says_so_and_why(support: RangeSupport, words: str) -> None:
    assert how_sure(forecast_of(series_set(seasonal(40))), 0, support) == words


@pytest.mark.parametrize(
    ("figures", "decimals"),
    [((0, 0.0012, 2.1267), 2), ((1e12, 2e12, 3e12), 0), ((1e-12, 2e-12, 3e-12), 14)],
)
def test_a_forecast_has_the_decimals_that_suit_it(figures: tuple[float, float, float], decimals: int) -> None:
    series = series_set(seasonal(40))
    levels = np.array([0.1, 0.5, 0.9])
    quantiles = np.broadcast_to(np.array(figures), (1, 3, 3))
    means = np.full((1, 3), 0.5) if figures[1] == 0.0012 else None
    points = None if means is None else np.array([True])
    made = forecast_of(series, levels=levels, quantiles=quantiles, means=means, mean_points=points)
    assert forecast_decimals(made, 0) == decimals
