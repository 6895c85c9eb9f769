"""How good forecasts were: errors of their median, losses of their quantiles, and whether their ranges held.

Every function takes whole arrays: ``actual`` float64 [N, H] (NaN where it is not known), ``point`` [N, H],
``quantiles`` [N, H, Q] at ``levels`` [Q]. Unknown steps are left out; a result is NaN where no step is left.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import range_levels
from almanac.core.series import SeriesSet, quantile_at

COVERAGES = (0.5, 0.8, 0.9, 0.95)  # of the ranges that are judged; a convention
TENTHS = np.round(np.arange(11) / 10, 1)  # edges of ten equal parts of 0 to 1
CONFIDENCE = 0.95  # of what chance allows, and of what is called better; a convention
FLOAT32_ROUNDING = 1e-6  # relative: the model computes in float32


def seasonal_error(series: SeriesSet, lag: int | None = None, power: int = 1) -> Floats:
    """mean of |y_t - y_(t - lag)|^power within each series: float64 [N]; ``lag`` None: one season.

    The scale of MASE (power 1, lag one season: the in-sample error of seasonal naive) and of RMSSE (power 2, lag 1).
    Where no two values are a season apart, or each season was exactly as the one before, the changes from one period to
    the next are taken instead. NaN with fewer than two values, 0 for a constant.
    """
    lag = series.frequency.season_length if lag is None else lag
    scale = _mean_change(series, lag, power)
    if lag > 1 and not (scale > 0).all():
        scale = np.where(scale > 0, scale, _mean_change(series, 1, power))
    return scale


def _mean_change(series: SeriesSet, lag: int, power: int) -> Floats:
    change = np.full(len(series.values), np.nan)
    change[lag:] = np.abs(series.values[lag:] - series.values[:-lag]) ** power
    position = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], series.lengths)
    known = np.isfinite(change) & (position >= lag)
    counts = np.add.reduceat(known.astype(np.float64), series.offsets[:-1])
    return _ratio(np.add.reduceat(np.where(known, change, 0.0), series.offsets[:-1]), counts)


def mase(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Mean absolute scaled error of each row, mean |y - f| / scale: [N]; ``scale`` [N] from ``seasonal_error``.

    NaN where the scale is 0.
    Hyndman and Koehler (2006), "Another look at measures of forecast accuracy", section 4.
    """
    return _ratio(mean_known(np.abs(actual - point)), scale)


def smape(point: Floats, actual: Floats) -> Floats:
    """Symmetric mean absolute percentage error of each row, mean 2 |y - f| / (|y| + |f|), from 0 to 2: [N].

    A zero that was forecast counts as 0.
    Makridakis, Spiliotis and Assimakopoulos (2020), the M4 competition, section 3.
    """
    size = np.abs(actual) + np.abs(point)
    share = 2 * np.abs(actual - point) / np.where(size > 0, size, 1.0)
    return mean_known(share)


def rmsse(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Root mean squared scaled error of each row, sqrt(mean (y - f)^2 / scale): [N].

    ``scale`` [N] from ``seasonal_error(…, lag=1, power=2)``.
    Makridakis, Spiliotis and Assimakopoulos (2022), the M5 accuracy competition, section 3.2.
    """
    root: Floats = np.sqrt(_ratio(mean_known((actual - point) ** 2), scale))
    return root


def bias(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Mean scaled error of each row, mean (f - y) / scale: [N]. Above 0, the forecasts were too high."""
    return _ratio(mean_known(point - actual), scale)


def quantile_loss(quantiles: Floats, actual: Floats, levels: Floats) -> Floats:
    """Twice the quantile (pinball) loss, 2 max(p (y - q), (p - 1) (y - q)): [N, H, Q]; at 0.5 the absolute error.

    Koenker and Bassett (1978), "Regression quantiles". The factor 2 is that of ``wql`` and ``crps``.
    """
    miss = actual[..., None] - quantiles
    loss: Floats = 2 * np.maximum(levels * miss, (levels - 1) * miss)
    return loss


def mean_quantile_loss(quantiles: Floats, actual: Floats, levels: Floats) -> Floats:
    """``quantile_loss``, mean over levels: [N, H]. One level after another, so that it takes little memory."""
    total = np.zeros(actual.shape)
    for k, level in enumerate(levels):
        miss = actual - quantiles[..., k]
        total += np.maximum(level * miss, (level - 1) * miss)
    mean: Floats = total * (2 / len(levels))
    return mean


def wql(quantiles: Floats, actual: Floats, levels: Floats) -> float:
    """Weighted quantile loss: ``quantile_loss``, mean over levels, summed over steps, divided by the sum of |y|.

    Park et al. (2022), "Learning quantile functions without quantile crossing", section 5. NaN when nothing is known or
    all actual values are 0.
    """
    known = np.isfinite(actual) & np.isfinite(quantiles).all(axis=-1)
    size = float(np.abs(actual[known]).sum())
    return float(mean_quantile_loss(quantiles[known], actual[known], levels).sum() / size) if size > 0 else np.nan


def crps(quantiles: Floats, actual: Floats, levels: Floats) -> Floats:
    """Continuous ranked probability score: ``quantile_loss`` integrated over the levels, [N, H].

    Each level stands for the levels nearest to it (up to 0 and 1 at the ends). Gneiting and Raftery (2007), "Strictly
    proper scoring rules", section 4.2; Laio and Tamea (2007) for the form by quantiles.
    """
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    score: Floats = quantile_loss(quantiles, actual, levels) @ np.diff(edges)
    return score


def interval_score(low: Floats, high: Floats, actual: Floats, level: float) -> Floats:
    """Width of a range that promises ``level`` (0.8 for 80%), plus a penalty for values outside: [N, H].

    (high - low) + 2 / (1 - level) (distance outside the range). Gneiting and Raftery (2007), section 6.2.
    """
    penalty = 2 / (1 - level)
    score: Floats = high - low + penalty * (np.maximum(low - actual, 0.0) + np.maximum(actual - high, 0.0))
    return score


def covered(quantiles: Floats, actual: Floats, levels: Floats, level: float) -> Floats:
    """1.0 where the central range that promises ``level`` held, 0.0 where not, NaN where nothing is known: [N, H].

    Raises ``ValueError`` when ``levels`` do not reach that far.
    """
    low, high = range_levels(level)
    if levels[0] > low + 1e-9 or levels[-1] < high - 1e-9:
        raise ValueError(f"levels from {levels[0]} to {levels[-1]} do not reach to a range of {level}")
    lower, upper = quantile_at(quantiles, levels, low), quantile_at(quantiles, levels, high)
    known = np.isfinite(actual) & np.isfinite(lower) & np.isfinite(upper)
    # A value that only rounding keeps outside is inside.
    rounding = FLOAT32_ROUNDING * np.maximum(np.abs(lower), np.abs(upper))
    return np.where(known, (actual >= lower - rounding) & (actual <= upper + rounding), np.nan)


def pit(quantiles: Floats, actual: Floats, levels: Floats) -> tuple[Floats, Floats]:
    """Where each actual value is in its forecast distribution F, as an interval of [0, 1]: low and high, [N, H] each.

    The probability integral transform F(y). Between two quantiles it is a single point, interpolated; beyond the
    outermost quantile the interval reaches to 0 or 1; a value on several quantiles at once (the zeros of rare sales)
    covers them all, and half the gap to the next level on either side, because it is not known where in the gap the
    jump of F ends. Calibrated forecasts fill [0, 1] evenly: Czado, Gneiting and Held (2009), "Predictive model
    assessment for count data", section 2.1. NaN where nothing is known.
    """
    unit = np.maximum(np.abs(actual), np.abs(quantiles).max(axis=-1))
    rounding = FLOAT32_ROUNDING * np.where(unit > 0, unit, 1.0)[..., None]
    under = (quantiles < actual[..., None] - rounding).sum(axis=-1)
    upto = (quantiles <= actual[..., None] + rounding).sum(axis=-1)
    edges, last = np.concatenate([[0.0], levels, [1.0]]), len(levels) - 1
    half = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    left, right = (
        np.take_along_axis(quantiles, np.clip(k, 0, last)[..., None], -1)[..., 0] for k in (under - 1, under)
    )
    share = np.clip(_ratio(actual - left, right - left), 0.0, 1.0)
    between = edges[under] + share * (edges[np.minimum(under, last) + 1] - edges[under])
    beyond = (under == 0) | (under > last)
    tied = upto > under
    low = np.where(tied, half[under], np.where(beyond, edges[under], between))
    high = np.where(tied, half[upto], np.where(beyond, edges[under + 1], between))
    known = np.isfinite(actual) & np.isfinite(quantiles).all(axis=-1)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def pit_below(low: Floats, high: Floats, edge: float) -> Floats:
    """The share of each interval of ``pit`` that is below ``edge``: 0 to 1, same shape."""
    wide = high > low
    part = np.clip((edge - low) / np.where(wide, high - low, 1.0), 0.0, 1.0)
    return np.where(wide, part, (low < edge).astype(np.float64))


def pit_histogram(quantiles: Floats, actual: Floats, levels: Floats, edges: Floats = TENTHS) -> Floats:
    """The share of actual values whose ``pit`` is in each gap between ``edges`` (from 0 to 1): float64 [E - 1], sum 1.

    Calibrated forecasts give ``np.diff(edges)``: 0.1 for each tenth. NaN when nothing is known.
    """
    low, high = pit(quantiles, actual, levels)
    known = np.isfinite(low)
    if not known.any():
        return np.full(len(edges) - 1, np.nan)
    shares: Floats = np.diff([pit_below(low[known], high[known], edge).mean() for edge in edges])
    return shares


def mean_known(cells: Floats) -> Floats:
    """Mean of the known values along the last axis; NaN where none is known."""
    known = np.isfinite(cells)
    return _ratio(np.where(known, cells, 0.0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where ``below`` is not above 0."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
