"""How far values are from their forecast, in units of its range: about standard normal where the forecast is right."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.distribution.means import mean_of
from almanac.core.series import quantile_at

MAX_SCORE = 4.0  # a single odd value counts no more than this; chosen by judgement
DEVIATES = 2.563  # between the ends of the likely range (10% and 90%) of a normal distribution


def raw_scores(actuals: Floats, quantiles: Floats, levels: Floats) -> Floats:
    """Scores of ``actuals`` [..., H] against ``quantiles`` [..., H, Q] at ``levels`` [Q]: [..., H].

    From the expected value, not the median, so that they are 0 in the mean for rare sales too. In units of the likely
    range rather than as normal scores of the PIT, as these shrink large changes where the tails are heavy: with 10%
    noise a level 20% higher moves them by 1.2 standard deviations, these by 1.6 (``make bench-drift``). NaN where
    there is no value, or a zero where there should be something: zeros are counted, not measured (``rare``). Infinite
    where the range has no width and the value is outside.
    """
    low = quantile_at(quantiles, levels, LIKELY_LOW)
    width = (quantile_at(quantiles, levels, LIKELY_HIGH) - low) / DEVIATES
    off = actuals - mean_of(quantiles, levels)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = np.where(off == 0, 0.0, off / width)
    unexpected_zero = (actuals == 0) & (low > 0)
    return np.where(unexpected_zero, np.nan, scores)


def clipped(scores: Floats) -> Floats:
    """The scores with a limit to what a single value counts."""
    return np.clip(scores, -MAX_SCORE, MAX_SCORE)
