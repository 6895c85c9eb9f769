"""Practice runs and calibrations of simulated series whose ranges are wrong by a known measure."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from almanac.core.arrays import Floats
from almanac.core.frequency import MONTHLY, Frequency
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.conformal import CALIBRATION_LEVELS

Z = norm.ppf(CALIBRATION_LEVELS)
LEVEL = np.array(CALIBRATION_LEVELS)


def noise_set(count: int, points: int, seed: int = 0, level: float = 100.0) -> SeriesSet:
    """White noise of spread 1 around ``level``."""
    values = level + np.random.default_rng(seed).standard_normal(count * points)
    return SeriesSet(
        names=tuple(f"s{i}" for i in range(count)),
        values=values,
        offsets=np.arange(count + 1) * points,
        first=np.zeros(count, np.int64),
        frequency=MONTHLY,
    )


def runs_of(
    series: SeriesSet,
    *,
    width: float | Floats = 1.0,
    centre: float = 100.0,
    horizon: int = 6,
    windows: int = 10,
    stride: int = 6,
    frequency: Frequency = MONTHLY,
) -> BacktestRuns:
    """Practice runs of a model that expects ``centre`` with normal ranges ``width`` (one, or [N]) times as wide as is
    right for white noise of spread 1."""
    n, points = len(series), int(series.lengths[0])
    ends = points - horizon - stride * np.arange(windows)[::-1]
    of, cut = np.repeat(np.arange(n), windows), np.tile(ends, n)
    quantiles = centre + np.broadcast_to(np.asarray(width, float), (n,))[of][:, None, None] * Z
    return BacktestRuns(
        names=series.names,
        frequency=frequency,
        levels=LEVEL,
        series=of,
        cutoff=cut - 1,
        points=cut,
        actuals=series.values[(of * points + cut)[:, None] + np.arange(horizon)],
        quantiles=np.broadcast_to(quantiles, (len(of), horizon, len(LEVEL))).copy(),
        scale=np.ones(len(of)),
        model="assumed",
    )
