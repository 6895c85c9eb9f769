"""Backtests: forecast the past from many cut-offs as if each were today, and put the forecasts next to what happened.

Nothing known after a cut-off reaches a forecaster: it gets copies of the series that end at the cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.jobs import Job, Progress, Stopped
from almanac.core.series import Forecast, SeriesSet, quantile_at
from almanac.evaluation.backtest.cutoffs import Windows, plan_cutoffs
from almanac.evaluation.metrics import seasonal_error

Forecaster = Callable[[SeriesSet, int, Sequence[float]], Job[Forecast]]
# What one chunk of copies may hold: 32 MB of values, and enough windows to fill the model's largest batches.
MAX_POINTS_PER_CHUNK, MAX_WINDOWS_PER_CHUNK = 4_000_000, 8_192


@dataclass(frozen=True)
class BacktestRuns:
    """W forecasts of windows of the past, H steps each, of N series, with the actual values.

    ``names``: of all N series, also of those without a window; ``series`` int64 [W]: positions in ``names``, ascending;
    ``cutoff`` int64 [W]: the period number of the last period that was known, ascending within a series; ``points``
    int64 [W]: how many points its series, as it was backtested, has up to there. ``actuals`` float64 [W, H]: NaN where
    missing or after the end; ``quantiles`` float64 [W, H, Q], never decreasing along Q, at ``levels`` [Q]. ``scale``
    float64 [W]: mean absolute seasonal change up to the cut-off, the scale of MASE (0 for a constant, NaN for a single
    value).
    ``model``: what made the forecasts. Step h of window w is period ``cutoff[w] + h`` (h from 1).
    """

    names: tuple[str, ...]
    frequency: Frequency
    levels: Floats
    series: Integers
    cutoff: Integers
    points: Integers
    actuals: Floats
    quantiles: Floats
    scale: Floats
    model: str

    def __len__(self) -> int:
        return len(self.series)

    @property
    def horizon(self) -> int:
        """H, the number of steps."""
        return int(self.quantiles.shape[1])

    @property
    def median(self) -> Floats:
        """float64 [W, H]."""
        return self.quantile(0.5)

    def quantile(self, level: float) -> Floats:
        """The quantile at ``level``: float64 [W, H]; see ``series.quantile_at``."""
        return quantile_at(self.quantiles, self.levels, level)

    @cached_property
    def periods(self) -> Integers:
        """The period number of each step: int64 [W, H]."""
        periods: Integers = self.cutoff[:, None] + np.arange(1, self.horizon + 1)
        return periods

    @cached_property
    def checks(self) -> Integers:
        """How many steps of each series can be compared with an actual value: int64 [N]."""
        known = np.isfinite(self.actuals).sum(axis=1)
        return np.bincount(self.series, known, minlength=len(self.names)).astype(np.int64)

    @property
    def windows(self) -> Windows:
        """The cut-offs, to backtest another forecaster on."""
        return Windows(self.series, self.points)

    def select(self, chosen: Integers | Flags) -> BacktestRuns:
        """Only these windows: positions, or a mask bool [W]."""
        return replace(
            self,
            series=self.series[chosen],
            cutoff=self.cutoff[chosen],
            points=self.points[chosen],
            actuals=self.actuals[chosen],
            quantiles=self.quantiles[chosen],
            scale=self.scale[chosen],
        )

    def known_at(self, period: Integers | int) -> BacktestRuns:
        """What could be seen at the end of ``period`` (one for all series, or int64 [N]).

        Later actual values are unknown, and windows without any actual value yet are left out.
        """
        until = np.broadcast_to(np.asarray(period, np.int64), (len(self.names),))[self.series]
        actuals = np.where(self.periods <= until[:, None], self.actuals, np.nan)
        begun = np.isfinite(actuals).any(axis=1) & (self.cutoff < until)
        return replace(self, actuals=actuals).select(begun)


@dataclass(frozen=True)
class _ChunkForecasts:
    """Forecasts of the windows ``rows`` int64 [R] of one chunk: ``quantiles`` [R, H, Q], ``scale`` [R]."""

    rows: Integers
    quantiles: Floats
    scale: Floats
    model: str


def run_backtest(
    series: SeriesSet,
    horizon: int,
    forecaster: Forecaster,
    levels: Sequence[float],
    windows: Windows | None = None,
) -> Job[BacktestRuns]:
    """Forecast each series from each of its cut-offs (by default those of ``plan_cutoffs``).

    ``forecaster`` takes a SeriesSet, a horizon and levels, and is a job that returns a Forecast. Windows that it leaves
    out (too little history) are left out here. All windows of all series go to it together, in chunks that bound the
    memory. It gets the values as they were read: repairs look at later values. Stopped, it returns the windows that
    are finished. Raises ``Stopped`` when there are none.
    """
    series = series.without_repairs
    windows = plan_cutoffs(series, horizon) if windows is None else windows
    finished: list[_ChunkForecasts] = []
    stopped = False
    for chunk in chunks(windows):
        copies = truncate(series, windows, chunk)
        job = forecaster(copies, horizon, levels)
        forecast, stopped = yield from _with_window_progress(job, chunk.start, len(windows))
        if forecast is not None:
            rows = np.array([int(name) for name in forecast.names], np.int64)
            scale = seasonal_error(copies)[rows - chunk.start]
            finished.append(_ChunkForecasts(rows, forecast.quantiles, scale, forecast.model))
            levels = tuple(map(float, forecast.levels))
        if stopped:
            break
    if stopped and not finished:
        raise Stopped
    return _with_actuals(series, windows, horizon, levels, finished)


def truncate(series: SeriesSet, windows: Windows, chunk: range) -> SeriesSet:
    """Copies of the series up to the cut-offs of the windows of ``chunk``, each named by its window's number."""
    rows = windows.series[chunk.start : chunk.stop]
    lengths = windows.points[chunk.start : chunk.stop]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    source = np.arange(offsets[-1]) + np.repeat(series.offsets[rows] - offsets[:-1], lengths)
    return SeriesSet(
        names=tuple(map(str, chunk)),
        values=series.values[source],
        offsets=offsets,
        first=series.first[rows],
        frequency=series.frequency,
    )


def chunks(windows: Windows) -> Iterator[range]:
    """The windows in parts whose copies of the series fit in memory."""
    points = np.cumsum(windows.points)
    start = 0
    while start < len(windows):
        before = int(points[start - 1]) if start else 0
        stop = int(np.searchsorted(points, before + MAX_POINTS_PER_CHUNK, side="right"))
        stop = min(max(stop, start + 1), start + MAX_WINDOWS_PER_CHUNK)
        yield range(start, stop)
        start = stop


def _with_window_progress(job: Job[Forecast], before: int, total: int) -> Job[tuple[Forecast | None, bool]]:
    """Run a forecaster's job, with its progress as practice runs; its forecast, and whether it was stopped."""
    stopped = False
    try:
        progress = next(job)
        while True:
            done = min(before + progress.done, total)
            try:
                yield Progress(done, total, f"Checking on your past: {done:,} of {total:,} practice runs")
            except Stopped as stop:
                stopped = True
                progress = job.throw(stop)
            else:
                progress = next(job)
    except StopIteration as end:
        return end.value, stopped
    except Stopped:  # the forecaster had nothing to keep
        return None, True


def _with_actuals(
    series: SeriesSet, windows: Windows, horizon: int, levels: Sequence[float], finished: list[_ChunkForecasts]
) -> BacktestRuns:
    """The forecasts of all chunks, with the actual values of their steps."""
    none = _ChunkForecasts(np.zeros(0, np.int64), np.empty((0, horizon, len(levels))), np.empty(0), "")
    parts = finished or [none]
    rows = np.concatenate([part.rows for part in parts])
    of, points = windows.series[rows], windows.points[rows]
    steps = points[:, None] + np.arange(horizon)
    inside = steps < series.lengths[of, None]
    actuals = series.values[np.where(inside, series.offsets[of, None] + steps, 0)]
    return BacktestRuns(
        names=series.names,
        frequency=series.frequency,
        levels=np.asarray(levels, np.float64),
        series=of,
        cutoff=series.first[of] + points - 1,
        points=points,
        actuals=np.where(inside, actuals, np.nan),
        quantiles=np.concatenate([part.quantiles for part in parts]),
        scale=np.concatenate([part.scale for part in parts]),
        model=parts[-1].model,
    )
