"""The unit in which ranges of all series are compared and corrected: how wide the model itself expects misses to be."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.series import quantile_at

NO_SPREAD = 1e-3  # of the series' usual change: a forecast so sure says nothing about the others' ranges


def predictive_scale(quantiles: Floats, levels: Floats, scale: Floats) -> Floats:
    """Half the predicted range of 80% of quantiles [R, H, Q]: [R, H]; 0 where it is next to nothing beside the series'
    usual change, ``scale`` [R]."""
    half = (quantile_at(quantiles, levels, 0.9) - quantile_at(quantiles, levels, 0.1)) / 2
    return np.where(half > NO_SPREAD * np.nan_to_num(scale)[:, None], half, 0.0)
