"""How often ranges held lately, and how far off forecasts were, so that a slow decay shows.

Coverage with what chance allows a range that keeps its promise: the binomial band of ``report.coverage``, with as many
trials as there are independent checks. Loss with its own confidence interval, clustered by series and block
(``dependence.clustering``: Newey and West 1987, Driscoll and Kraay 1998), next to the loss of all the time before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import LIKELY
from almanac.evaluation.dependence.clustering import clustered_variance
from almanac.evaluation.dependence.sample_size import max_independent_checks
from almanac.evaluation.metrics import CONFIDENCE
from almanac.evaluation.report.coverage import CoverageBand, coverage_bands
from almanac.evaluation.scores.cells import Cells
from almanac.evaluation.scores.past_forecasts import PastForecasts

MAX_POINTS = 60  # of time that are shown, the latest; chosen by judgement
MIN_WINDOW = 6  # periods that are taken together, and at least a season of up to a year; chosen by judgement
MAX_WINDOW = 12


@dataclass(frozen=True)
class Rolling:
    """The latest periods with a value, each together with those of the ``window`` periods that end there.

    ``periods`` int64 [T]. Float64 [T]: ``held``, how often the likely range held, and ``low`` to ``high``, what chance
    allows it, NaN with too few checks to tell; ``loss``, the mean quantile loss in units of the mean seasonal change,
    with its interval ``loss_low`` to ``loss_high``; ``loss_before``, that of all periods before the window, NaN without
    any. ``latest``: the coverage of the last window.
    """

    window: int
    periods: Integers
    held: Floats
    low: Floats
    high: Floats
    loss: Floats
    loss_low: Floats
    loss_high: Floats
    loss_before: Floats
    latest: CoverageBand

    @property
    def too_narrow(self) -> bool:
        """Whether the ranges of the last window held less often than chance allows."""
        return self.latest.has_enough_checks and self.latest.held < self.latest.low

    @property
    def worse(self) -> bool:
        """Whether the loss of the last window is above that of the time before, beyond chance."""
        return bool(len(self.periods) > 0 and self.loss_low[-1] > self.loss_before[-1])


def rolling(past: PastForecasts, cells: Cells) -> Rolling:
    """Coverage and loss over time, by the periods that were forecast."""
    runs = past.runs
    window = int(np.clip(runs.frequency.season_length, MIN_WINDOW, MAX_WINDOW))
    periods = np.unique(cells.period)[-MAX_POINTS:]
    bands = [_band(past, int(end), window) for end in periods]
    losses = np.array([_loss(cells, int(end), window, runs.horizon) for end in periods]).reshape(len(periods), 4)
    return Rolling(
        window=window,
        periods=periods,
        held=np.array([band.held for band in bands]),
        low=np.array([band.low if band.has_enough_checks else np.nan for band in bands]),
        high=np.array([band.high if band.has_enough_checks else np.nan for band in bands]),
        loss=losses[:, 0],
        loss_low=losses[:, 1],
        loss_high=losses[:, 2],
        loss_before=losses[:, 3],
        latest=bands[-1] if bands else CoverageBand(LIKELY, np.nan, np.nan, np.nan, 0, 0.0),
    )


def _band(past: PastForecasts, end: int, window: int) -> CoverageBand:
    """The coverage of the likely range in the periods up to ``end``."""
    runs = past.runs
    inside = (runs.periods <= end) & (runs.periods > end - window)
    rows = np.flatnonzero(inside.any(axis=1))
    chosen = replace(runs, actuals=np.where(inside, runs.actuals, np.nan)).select(rows)
    return coverage_bands(chosen, (LIKELY,))[LIKELY]


def _loss(cells: Cells, end: int, window: int, horizon: int) -> tuple[float, float, float, float]:
    """The mean loss up to ``end``, the ends of its interval, and the mean loss before: NaN where it is not known."""
    loss = cells.loss
    known = np.isfinite(loss)
    inside = known & (cells.period <= end) & (cells.period > end - window)
    earlier = known & (cells.period <= end - window)
    before = float(loss[earlier].mean()) if earlier.any() else np.nan
    count = int(inside.sum())
    if count == 0:
        return np.nan, np.nan, np.nan, before
    mean = float(loss[inside].mean())
    residuals = (loss[inside] - mean)[:, None] / count
    variance, clusters = clustered_variance(residuals, cells.series[inside], cells.period[inside] // horizon)
    if not np.isfinite(variance[0]):
        return mean, np.nan, np.nan, before
    least = float(loss[inside].var()) / max_independent_checks(count, clusters)
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * float(np.sqrt(max(float(variance[0]), least)))
    return mean, mean - reach, mean + reach, before
