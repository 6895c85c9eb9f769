"""Earlier forecasts put next to what happened, in the form of a backtest: made then, not made up later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns, truncate
from almanac.evaluation.backtest.cutoffs import Windows
from almanac.evaluation.metrics import seasonal_error

NONE_RENAMED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PastForecasts:
    """W forecasts of single series that a person was given, with the values that have arrived since.

    ``runs``: as a backtest has them, with ranges as they were given; of two forecasts of one series from one date only
    the later; steps that were not forecast are NaN. ``point`` float64 [W, H]: the one number for each step; ``made``
    int64 [W]: the position of the forecast that each is from; ``models``: what made each forecast. ``capped``: how many
    forecast periods have a value that is left out, as ``past_forecasts`` says.
    """

    runs: BacktestRuns
    point: Floats
    made: Integers
    models: tuple[str, ...]
    capped: int = 0

    def __len__(self) -> int:
        return len(self.runs)

    @property
    def outcomes(self) -> Integers:
        """How many periods of each series have been forecast and have a value now: int64 [N]."""
        window, step = np.nonzero(np.isfinite(self.runs.actuals))
        pairs = np.unique(np.stack([self.runs.series[window], self.runs.periods[window, step]]), axis=1)
        return np.bincount(pairs[0], minlength=len(self.runs.names)).astype(np.int64)


def past_forecasts(
    forecasts: Sequence[Forecast],
    series: SeriesSet,
    renamed: Mapping[str, str] = NONE_RENAMED,
    capped: Flags | None = None,
) -> PastForecasts:
    """Earlier forecasts, oldest first, next to the values of ``series`` as they are known now, without repairs.

    ``renamed``: names of then, each with its name in ``series``. Forecasts of series that are gone, and those of which
    nothing has arrived, are left out. ``capped`` bool [points]: values that say how much there was and not how much was
    wanted, as while it was sold out (censored from above, in terms of statistics): no forecast is right or wrong by
    them, so they are left out, and counted.
    """
    series = series.without_repairs
    position = {name: i for i, name in enumerate(series.names)}
    horizon = max((one.horizon for one in forecasts), default=1)
    levels = _common_levels(forecasts)
    parts = [_windows_of(k, one, position, renamed) for k, one in enumerate(forecasts)]
    made, row, of, first = (np.concatenate([part[k] for part in parts] or [np.zeros(0, np.int64)]) for k in range(4))
    order = np.lexsort((made, first, of))
    of, first, made, row = of[order], first[order], made[order], row[order]
    latest = np.append((np.diff(of) != 0) | (np.diff(first) != 0), True)[: len(of)]
    points = first - series.first[of]
    used = latest & (points >= 1) & (first <= series.last[of])
    of, first, made, row, points = of[used], first[used], made[used], row[used], points[used]
    actuals = _actuals(series, of, first, horizon)
    quantiles = np.full((len(of), horizon, len(levels)), np.nan)
    point = np.full((len(of), horizon), np.nan)
    for k, one in enumerate(forecasts):
        at = np.flatnonzero(made == k)
        quantiles[at, : one.horizon] = np.stack([one.quantile(level)[row[at]] for level in levels], axis=2)
        point[at, : one.horizon] = one.point[row[at]]
        if one.without_value is not None:
            actuals[at, : one.horizon] = np.where(one.without_value[row[at]], np.nan, actuals[at, : one.horizon])
    actuals = np.where(np.isfinite(quantiles).all(axis=2), actuals, np.nan)
    hidden = _hidden(series, capped, of, first, horizon) & np.isfinite(actuals)
    actuals = np.where(hidden, np.nan, actuals)
    windows = Windows(of, points)
    scale = seasonal_error(truncate(series, windows, range(len(of)))) if len(of) else np.zeros(0)
    runs = BacktestRuns(
        series.names, series.frequency, levels, of, first - 1, points, actuals, quantiles, scale, _models(forecasts)
    )
    known = np.flatnonzero(np.isfinite(actuals).any(axis=1))
    left_out = np.unique(np.stack([runs.series[np.nonzero(hidden)[0]], runs.periods[hidden]]), axis=1).shape[1]
    models = tuple(one.model for one in forecasts)
    return PastForecasts(runs.select(known), point[known], made[known], models, left_out)


def _common_levels(forecasts: Sequence[Forecast]) -> Floats:
    """The levels that all forecasts have."""
    each = [{round(float(level), 9) for level in one.levels} for one in forecasts] or [{0.5}]
    return np.array(sorted(set.intersection(*each)), np.float64)


def _windows_of(
    k: int, forecast: Forecast, position: Mapping[str, int], renamed: Mapping[str, str]
) -> tuple[Integers, Integers, Integers, Integers]:
    """Of each series of a forecast that is still there: ``k``, its row, its position now, and its first step."""
    now = [position.get(renamed.get(name, name), -1) for name in forecast.names]
    of = np.array(now, np.int64)
    row = np.flatnonzero(of >= 0)
    return np.full(len(row), k), row, of[row], forecast.first[row]


def _actuals(series: SeriesSet, of: Integers, first: Integers, horizon: int) -> Floats:
    """The values of each window's steps, NaN after the end: float64 [W, H]."""
    at = first[:, None] + np.arange(horizon) - series.first[of][:, None]
    inside = at < series.lengths[of][:, None]
    return np.where(inside, series.values[np.where(inside, series.offsets[of][:, None] + at, 0)], np.nan)


def _hidden(series: SeriesSet, capped: Flags | None, of: Integers, first: Integers, horizon: int) -> Flags:
    """Which of each window's steps have a value that is left out: bool [W, H]."""
    if capped is None or not capped.any():
        return np.zeros((len(of), horizon), dtype=bool)
    hidden: Flags = _actuals(replace(series, values=capped.astype(np.float64)), of, first, horizon) == 1
    return hidden


def _models(forecasts: Sequence[Forecast]) -> str:
    """The models that made the forecasts, in the order in which they were first used."""
    return ", ".join(dict.fromkeys(one.model for one in forecasts))
