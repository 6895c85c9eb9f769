"""The unit in which ranges of all series are compared and corrected: how wide the model itself makes its ranges."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import quantile_at

MIN_SCALE = 1e-3  # of the series' usual change: a narrower range says nothing about others; chosen by judgement


def predictive_scale(quantiles: Floats, levels: Floats, seasonal_error: Floats) -> Floats:
    """Half the width of the likely range: (q(0.9) - q(0.1)) / 2, float64 [R, H].

    ``quantiles`` float64 [R, H, Q] at ``levels`` [Q]; ``seasonal_error`` float64 [R]: the usual change of the series.
    0 where the width is next to nothing compared with that.
    """
    half = (quantile_at(quantiles, levels, LIKELY_HIGH) - quantile_at(quantiles, levels, LIKELY_LOW)) / 2
    return np.where(half > MIN_SCALE * np.nan_to_num(seasonal_error)[:, None], half, 0.0)
