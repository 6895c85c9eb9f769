"""Backtest runs of simulated series with ranges that are wrong by a known factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import norm

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import MONTHLY, Frequency
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


@dataclass(frozen=True)
class AssumedModel:
    """A model that expects ``centre`` with normal ranges ``width`` (one, or [N]) times as wide as is right for white
    noise of spread 1, and the windows in which it forecasts."""

    width: float | Floats = 1.0
    centre: float = 100.0
    horizon: int = 6
    windows: int = 10
    stride: int = 6
    frequency: Frequency = MONTHLY


def runs_of(series: SeriesSet, **assumed: Any) -> BacktestRuns:
    """Backtest runs of an ``AssumedModel``; ``assumed``: its fields."""
    model = AssumedModel(**assumed)
    n, points = len(series), int(series.lengths[0])
    ends = points - model.horizon - model.stride * np.arange(model.windows)[::-1]
    of, cut = np.repeat(np.arange(n), model.windows), np.tile(ends, n)
    width = np.broadcast_to(np.asarray(model.width, float), (n,))
    quantiles = model.centre + width[of][:, None, None] * Z
    return BacktestRuns(
        names=series.names,
        frequency=model.frequency,
        levels=LEVEL,
        series=of,
        cutoff=cut - 1,
        points=cut,
        actuals=series.values[(of * points + cut)[:, None] + np.arange(model.horizon)],
        quantiles=np.broadcast_to(quantiles, (len(of), model.horizon, len(LEVEL))).copy(),
        scale=np.ones(len(of)),
        model="assumed",
    )
