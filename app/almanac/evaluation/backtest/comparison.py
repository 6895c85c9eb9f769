"""Several forecasters on the same windows of the same past, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from almanac.core.jobs import Job, Progress
from almanac.core.levels import DEFAULT_LEVELS, LIKELY
from almanac.core.series import SeriesSet
from almanac.core.text import plural
from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest
from almanac.evaluation.backtest.cutoffs import Windows, plan_cutoffs
from almanac.evaluation.metrics import covered, mean_known, wql
from almanac.wording.methods import method_label

MAX_SERIES = 500  # evenly from all: more would not change the picture, only take longer


@dataclass(frozen=True)
class Comparison:
    """How one method did on windows of the past, compared with the first of several.

    ``method``: its key; ``error``: geometric mean over windows of its mean absolute error divided by that of the first
    method (below 1: better than the first); ``wql``: weighted quantile loss; ``coverage``: how often its 80% range
    held; ``windows``, ``series``: how many were compared. NaN where nothing could be compared.
    """

    method: str
    error: float
    wql: float
    coverage: float
    windows: int
    series: int

    @property
    def sentence(self) -> str:
        """ "error 0.71 of the first's, 80% range held 78% of the time, in 300 practice forecasts" """
        if not np.isfinite(self.error):
            return "too little history to compare"
        held = f"80% range held {self.coverage:.0%} of the time"
        return f"error {self.error:.2f} of the first's, {held}, in {plural(self.windows, 'practice forecast')}"

    def to_dict(self) -> dict[str, str | float | None]:
        """Plain JSON types; what is not known is None."""
        figures = {"error": self.error, "wql": self.wql, "held": self.coverage}
        told = {name: round(x, 6) if np.isfinite(x) else None for name, x in figures.items()}
        return {"method": self.method, **told, "windows": self.windows, "series": self.series}


def compare_methods(
    series: SeriesSet, horizon: int, contenders: Sequence[tuple[str, Forecaster]], most: int = MAX_SERIES
) -> Job[tuple[Comparison, ...]]:
    """Run backtests of each contender (its key and forecaster) on at most ``most`` series. Windows that one of them
    leaves out count for none.

    Ratios to the first, averaged geometrically: Fleming and Wallace (1986), "How not to lie with statistics".
    """
    windows = _some(plan_cutoffs(series, horizon), len(series), most)
    made: list[BacktestRuns] = []
    for method, forecaster in contenders:
        yield Progress(len(made), len(contenders), f"Practice runs: {method_label(method)}")
        made.append((yield from run_backtest(series, horizon, forecaster, DEFAULT_LEVELS, windows)))
    width = int(windows.points.max(initial=0)) + 1
    marks = [runs.series * width + runs.points for runs in made]  # one number for each window
    common = reduce(np.intersect1d, marks)
    made = [runs.select(np.isin(own, common)) for runs, own in zip(made, marks, strict=True)]
    base = mean_known(np.abs(made[0].actuals - made[0].median))
    return tuple(_compared(method, runs, base) for (method, _), runs in zip(contenders, made, strict=True))


def _some(windows: Windows, count: int, most: int) -> Windows:
    if count <= most:
        return windows
    chosen = np.isin(windows.series, np.linspace(0, count - 1, most).astype(np.int64))
    return Windows(windows.series[chosen], windows.points[chosen])


def _compared(method: str, runs: BacktestRuns, base: np.ndarray) -> Comparison:
    error = mean_known(np.abs(runs.actuals - runs.median))
    both = (error > 0) & (base > 0)
    return Comparison(
        method=method,
        error=float(np.exp(np.log(error[both] / base[both]).mean())) if both.any() else float("nan"),
        wql=wql(runs.quantiles, runs.actuals, runs.levels),
        coverage=float(mean_known(covered(runs.quantiles, runs.actuals, runs.levels, LIKELY).ravel())),
        windows=len(runs),
        series=len(np.unique(runs.series)),
    )
