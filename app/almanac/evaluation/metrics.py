"""How good forecasts were: errors of their middle, losses of their quantiles, and whether their ranges held.

Every function takes whole arrays: ``actual`` float64 [N, H] (NaN where nothing is known), ``point`` [N, H],
``quantiles`` [N, H, Q] at ``levels`` [Q]. What is not known counts for nothing: a result is NaN where no cell is left,
and never a number that pretends.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.series import SeriesSet, quantile_at

COVERAGES = (0.5, 0.8, 0.9, 0.95)
TENTHS = np.round(np.arange(11) / 10, 1)


def seasonal_error(series: SeriesSet, lag: int | None = None, power: int = 1) -> Floats:
    """Mean absolute change over ``lag`` periods (to the power of ``power``) within each series: float64 [N].

    The scale of MASE (power 1, lag one season, the usual) and of RMSSE (power 2, lag 1). Without any pair of values a
    season apart, or where each season was exactly as the one before, one-step changes stand in; NaN with fewer than two
    values, 0 for a constant.
    """
    lag = series.frequency.season_length if lag is None else lag
    scale = _mean_change(series, lag, power)
    if lag > 1 and not (scale > 0).all():
        scale = np.where(scale > 0, scale, _mean_change(series, 1, power))
    return scale


def _mean_change(series: SeriesSet, lag: int, power: int) -> Floats:
    change = np.full(len(series.values), np.nan)
    change[lag:] = np.abs(series.values[lag:] - series.values[:-lag]) ** power
    place = np.arange(len(series.values)) - np.repeat(series.offsets[:-1], series.lengths)
    known = np.isfinite(change) & (place >= lag)
    counts = np.add.reduceat(known.astype(np.float64), series.offsets[:-1])
    return _ratio(np.add.reduceat(np.where(known, change, 0.0), series.offsets[:-1]), counts)


def mase(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Mean absolute scaled error of each row: [N]; ``scale`` [N] from ``seasonal_error``. NaN where the scale is 0.

    Hyndman and Koehler (2006), "Another look at measures of forecast accuracy", section 4.
    """
    return _ratio(mean_known(np.abs(actual - point)), scale)


def smape(point: Floats, actual: Floats) -> Floats:
    """Symmetric mean absolute percentage error of each row, 0 to 2: [N]. A zero that was foreseen counts as 0.

    Makridakis, Spiliotis and Assimakopoulos (2020), the M4 competition, section 3.
    """
    size = np.abs(actual) + np.abs(point)
    share = 2 * np.abs(actual - point) / np.where(size > 0, size, 1.0)
    return mean_known(share)


def rmsse(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Root mean squared scaled error of each row: [N]; ``scale`` [N] from ``seasonal_error(…, lag=1, power=2)``.

    Makridakis, Spiliotis and Assimakopoulos (2022), the M5 accuracy competition, section 3.2.
    """
    root: Floats = np.sqrt(_ratio(mean_known((actual - point) ** 2), scale))
    return root


def bias(point: Floats, actual: Floats, scale: Floats) -> Floats:
    """Mean scaled error of each row: [N]. Above 0, the forecasts were too high."""
    return _ratio(mean_known(point - actual), scale)


def quantile_loss(quantiles: Floats, actual: Floats, levels: Floats) -> Floats:
    """Twice the quantile loss of every cell: [N, H, Q]. Koenker and Bassett (1978)."""
    miss = actual[..., None] - quantiles
    loss: Floats = 2 * np.maximum(levels * miss, (levels - 1) * miss)
    return loss


def wql(quantiles: Floats, actual: Floats, levels: Floats) -> float:
    """Weighted quantile loss: the mean over levels, sum_by_group over all cells and divided by their sum_by_group size.

    Park et al. (2022), "Learning quantile functions without quantile crossing", section 5. NaN when nothing is known or
    all of it is 0.
    """
    known = np.isfinite(actual) & np.isfinite(quantiles).all(axis=-1)
    size = float(np.abs(actual[known]).sum())
    return (
        float(quantile_loss(quantiles[known], actual[known], levels).mean(axis=-1).sum() / size) if size > 0 else np.nan
    )


def crps(quantiles: Floats, actual: Floats, levels: Floats) -> Floats:
    """Continuous ranked probability score of every cell: [N, H]: the quantile loss integrated over the levels.

    Each level stands for the levels nearest to it (0 and 1 bound the outermost). Gneiting and Raftery (2007), "Strictly
    proper scoring rules", section 4.2; Laio and Tamea (2007) for the form by quantiles.
    """
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    score: Floats = quantile_loss(quantiles, actual, levels) @ np.diff(edges)
    return score


def interval_score(low: Floats, high: Floats, actual: Floats, level: float) -> Floats:
    """Width of a range that promises ``level`` (0.8 for 80%), and a fine for what fell outside: [N, H].

    Gneiting and Raftery (2007), section 6.2.
    """
    fine = 2 / (1 - level)
    score: Floats = high - low + fine * (np.maximum(low - actual, 0.0) + np.maximum(actual - high, 0.0))
    return score


def covered(quantiles: Floats, actual: Floats, levels: Floats, level: float) -> Floats:
    """1.0 where the middle range that promises ``level`` held, 0.0 where not, NaN where nothing is known: [N, H].

    Raises ``ValueError`` when the levels at hand do not reach that far.
    """
    low, high = (1 - level) / 2, (1 + level) / 2
    if levels[0] > low + 1e-9 or levels[-1] < high - 1e-9:
        raise ValueError(f"levels from {levels[0]} to {levels[-1]} hold no range of {level}")
    lower, upper = quantile_at(quantiles, levels, low), quantile_at(quantiles, levels, high)
    known = np.isfinite(actual) & np.isfinite(lower) & np.isfinite(upper)
    # The model computes in float32: a value that only rounding keeps outside is inside.
    rounding = 1e-6 * np.maximum(np.abs(lower), np.abs(upper))
    return np.where(known, (actual >= lower - rounding) & (actual <= upper + rounding), np.nan)


def pit(quantiles: Floats, actual: Floats, levels: Floats) -> tuple[Floats, Floats]:
    """Where each actual value lies in what was foreseen, from 0 to 1, as a stretch from low to high: [N, H] each.

    The probability integral transform. Between two quantiles the stretch is a point, interpolated; beyond the outermost
    it goes from there to 0 or 1; a value on several quantiles at once (the zeros of rare sales) covers them all, and
    half the gap to the next on either side, for where in it the jump ends is not known. Honest forecasts fill 0 to 1
    evenly: Czado, Gneiting and Held (2009), "Predictive model assessment for count data", section 2.1. NaN where
    nothing is known.
    """
    unit = np.maximum(np.abs(actual), np.abs(quantiles).max(axis=-1))
    rounding = 1e-6 * np.where(unit > 0, unit, 1.0)[..., None]  # the model computes in float32
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
    """How much of each stretch of ``pit`` lies below ``edge``: 0 to 1, of the same shape."""
    wide = high > low
    part = np.clip((edge - low) / np.where(wide, high - low, 1.0), 0.0, 1.0)
    return np.where(wide, part, (low < edge).astype(np.float64))


def pit_histogram(quantiles: Floats, actual: Floats, levels: Floats, edges: Floats = TENTHS) -> Floats:
    """The share of actual values in each gap between ``edges`` (from 0 to 1): float64 [E - 1], together 1.

    Honest forecasts give ``np.diff(edges)``: 0.1 for each tenth. NaN when nothing is known. See ``pit``.
    """
    low, high = pit(quantiles, actual, levels)
    known = np.isfinite(low)
    if not known.any():
        return np.full(len(edges) - 1, np.nan)
    shares: Floats = np.diff([pit_below(low[known], high[known], edge).mean() for edge in edges])
    return shares


def mean_known(cells: Floats) -> Floats:
    """Mean along the last axis over what is known; NaN where nothing is."""
    known = np.isfinite(cells)
    return _ratio(np.where(known, cells, 0.0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where ``below`` is 0 or not known."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
