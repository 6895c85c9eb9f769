"""Practice runs: the past is forecast as if it were now, from many cut-offs, and laid beside what then happened.

Nothing known later reaches a forecaster: it is handed copies of the series that end at the cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.frequency import Frequency
from almanac.core.jobs import Job, Progress, Stopped
from almanac.core.series import Forecast, SeriesSet, quantile_at
from almanac.evaluation.backtest.cutoffs import Windows, plan_cutoffs
from almanac.evaluation.metrics import seasonal_error

Forecaster = Callable[[SeriesSet, int, Sequence[float]], Job[Forecast]]
# What one chunk of copies may hold: 32 MB of values, and enough windows to fill the model's largest batches.
POINTS_AT_ONCE, WINDOWS_AT_ONCE = 4_000_000, 8_192


@dataclass(frozen=True)
class BacktestRuns:
    """W practice forecasts of H steps for N series, and what happened.

    ``names``: of all N series, also of those without a window; ``series`` int64 [W]: positions in ``names``, ascending;
    ``cutoff`` int64 [W]: the period number of the last period that was known, ascending within a series; ``points``
    int64 [W]: how many points lie up to there. ``actuals`` float64 [W, H]: NaN where missing or after the end;
    ``quantiles`` float64 [W, H, Q], never decreasing along Q, at ``levels`` [Q]. ``scale`` float64 [W]: mean absolute
    seasonal change up to the cut-off, the scale of MASE (0 for a constant, NaN for a single value). ``model``: who made
    them. Step h of window w is period ``cutoff[w] + h`` (h from 1).
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
        """The period number of each cell: int64 [W, H]."""
        periods: Integers = self.cutoff[:, None] + np.arange(1, self.horizon + 1)
        return periods

    @cached_property
    def checks(self) -> Integers:
        """How many forecasts of each series can be compared with what happened: int64 [N]."""
        known = np.isfinite(self.actuals).sum(axis=1)
        return np.bincount(self.series, known, minlength=len(self.names)).astype(np.int64)

    @property
    def windows(self) -> Windows:
        """The cut-offs, to practise on them again with another forecaster."""
        return Windows(self.series, self.points)

    def select(self, chosen: Integers | np.ndarray) -> BacktestRuns:
        """Only these windows (positions or a mask [W])."""
        cut = {name: getattr(self, name)[chosen] for name in ("series", "cutoff", "points", "scale")}
        return replace(self, actuals=self.actuals[chosen], quantiles=self.quantiles[chosen], **cut)

    def known_at(self, period: Integers | int) -> BacktestRuns:
        """What was there to see at the end of ``period`` (one for all, or int64 [N]): later actual values unknown,
        windows of which nothing was known yet left out."""
        until = np.broadcast_to(np.asarray(period, np.int64), (len(self.names),))[self.series]
        actuals = np.where(self.periods <= until[:, None], self.actuals, np.nan)
        seen = np.isfinite(actuals).any(axis=1) & (self.cutoff < until)
        return replace(self, actuals=actuals).select(seen)


def run_backtest(
    series: SeriesSet,
    horizon: int,
    forecaster: Forecaster,
    levels: Sequence[float],
    windows: Windows | None = None,
) -> Job[BacktestRuns]:
    """Forecast each series from each of its cut-offs (by default those of ``plan_cutoffs``).

    ``forecaster`` takes a SeriesSet, a horizon and levels, and is a job that returns a Forecast; windows that it leaves
    out (too little history) are left out here. All windows of all series go to it together, in chunks that bound the
    memory. Practised is on values as they were read: a repair takes a look at what came later. Stopped, it returns the
    windows that are finished.
    """
    series = series.without_repairs
    windows = plan_cutoffs(series, horizon) if windows is None else windows
    made: list[tuple[Integers, Floats, Floats]] = []
    model, stopped = "", False
    for chunk in chunks(windows):
        copies = truncate(series, windows, chunk)
        forecast, stopped = yield from _told(forecaster(copies, horizon, levels), chunk.start, len(windows))
        if forecast is not None:
            rows = np.array([int(name) for name in forecast.names], np.int64)
            scale = seasonal_error(copies)[rows - chunk.start]
            made.append((rows, forecast.quantiles, scale))
            levels, model = tuple(map(float, forecast.levels)), forecast.model
        if stopped:
            break
    if stopped and not made:
        raise Stopped
    return _joined(series, windows, horizon, levels, model, made)


def truncate(series: SeriesSet, windows: Windows, chunk: range) -> SeriesSet:
    """A copy of its series up to the cut-off for each window of ``chunk``, named by the window's number."""
    rows = windows.series[chunk.start : chunk.stop]
    lengths = windows.points[chunk.start : chunk.stop]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    at = np.arange(offsets[-1]) + np.repeat(series.offsets[rows] - offsets[:-1], lengths)
    return SeriesSet(
        names=tuple(map(str, chunk)),
        values=series.values[at],
        offsets=offsets,
        first=series.first[rows],
        frequency=series.frequency,
    )


def chunks(windows: Windows) -> Iterator[range]:
    """The windows in parts whose copies of the series fit in memory."""
    filled = np.cumsum(windows.points)
    start = 0
    while start < len(windows):
        before = int(filled[start - 1]) if start else 0
        stop = int(np.searchsorted(filled, before + POINTS_AT_ONCE, side="right"))
        stop = min(max(stop, start + 1), start + WINDOWS_AT_ONCE)
        yield range(start, stop)
        start = stop


def _told(job: Job[Forecast], before: int, total: int) -> Job[tuple[Forecast | None, bool]]:
    """Run a forecaster's job with its progress told as practice runs; what it made, and whether it was stopped."""
    stopped = False
    try:
        progress = next(job)
        while True:
            done = min(before + progress.done, total)
            try:
                yield Progress(done, total, f"Practice run {done:,} of {total:,}")
            except Stopped as stop:
                stopped = True
                progress = job.throw(stop)
            else:
                progress = next(job)
    except StopIteration as end:
        return end.value, stopped
    except Stopped:  # the forecaster had nothing to keep
        return None, True


def _joined(
    series: SeriesSet,
    windows: Windows,
    horizon: int,
    levels: Sequence[float],
    model: str,
    made: list[tuple[Integers, Floats, Floats]],
) -> BacktestRuns:
    rows = np.concatenate([m[0] for m in made]) if made else np.zeros(0, np.int64)
    quantiles = np.concatenate([m[1] for m in made]) if made else np.empty((0, horizon, len(levels)))
    scale = np.concatenate([m[2] for m in made]) if made else np.empty(0)
    of, points = windows.series[rows], windows.points[rows]
    at = points[:, None] + np.arange(horizon)
    inside = at < series.lengths[of, None]
    actuals = series.values[np.where(inside, series.offsets[of, None] + at, 0)]
    return BacktestRuns(
        names=series.names,
        frequency=series.frequency,
        levels=np.asarray(levels, np.float64),
        series=of,
        cutoff=series.first[of] + points - 1,
        points=points,
        actuals=np.where(inside, actuals, np.nan),
        quantiles=quantiles,
        scale=scale,
        model=model,
    )
