"""Compare several forecasting methods on the same windows of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.levels import DEFAULT_LEVELS, LIKELY
from almanac.core.jobs import Job, Progress
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns, Forecaster, run_backtest
from almanac.evaluation.backtest.cutoffs import USUAL_WINDOWS, Windows, plan_cutoffs
from almanac.evaluation.metrics import CONFIDENCE, covered, mean_known, wql
from almanac.wording.methods.names import method_label

MAX_SERIES = 500  # spread evenly over all: more would take longer without changing the picture; chosen by judgement


@dataclass(frozen=True)
class Comparison:
    """How one method did on windows of the past, compared with the first of several.

    ``alike``: the methods from whose errors its own cannot be distinguished; ``like_best``: whether the best is one.
    ``method``: its key; ``error``: geometric mean over windows of its mean absolute error divided by that of the first
    method (below 1: better than the first); ``wql``: weighted quantile loss; ``coverage``: how often its likely range
    (80%) held; ``windows``, ``series``: how many were compared. NaN where nothing could be compared.
    """

    method: str
    error: float
    wql: float
    coverage: float
    windows: int
    series: int
    alike: frozenset[str] = frozenset()
    like_best: bool = True

    def to_dict(self) -> dict[str, str | float | None]:
        """Plain JSON types; what is not known is None."""
        figures = {"error": self.error, "wql": self.wql, "held": self.coverage}
        known = {name: round(x, 6) if np.isfinite(x) else None for name, x in figures.items()}
        return {"method": self.method, **known, "windows": self.windows, "series": self.series}


def plan_comparison(
    series: SeriesSet, horizon: int, max_series: int = MAX_SERIES, each: int = USUAL_WINDOWS
) -> Windows:
    """``each`` cut-offs of at most ``max_series`` of the series, evenly from all of them."""
    windows = plan_cutoffs(series, horizon, each)
    if len(series) <= max_series:
        return windows
    chosen = np.isin(windows.series, np.linspace(0, len(series) - 1, max_series).astype(np.int64))
    return Windows(windows.series[chosen], windows.points[chosen])


def compare_methods(
    series: SeriesSet, horizon: int, contenders: Sequence[tuple[str, Forecaster]], windows: Windows | None = None
) -> Job[tuple[Comparison, ...]]:
    """Backtest each contender (its key and forecaster) from the same ``windows``, None for those usually planned.

    Only windows that none of them leaves out count. The ratio of errors to the first contender is averaged
    geometrically: Fleming and Wallace (1986), "How not to lie with statistics".
    """
    windows = plan_comparison(series, horizon) if windows is None else windows
    all_runs: list[BacktestRuns] = []
    for method, forecaster in contenders:
        yield Progress(len(all_runs), len(contenders), f"Practice runs: {method_label(method)}")
        all_runs.append((yield from run_backtest(series, horizon, forecaster, DEFAULT_LEVELS, windows)))
    width = int(windows.points.max(initial=0)) + 1
    window_numbers = [runs.series * width + runs.points for runs in all_runs]  # one number for each window
    common = reduce(np.intersect1d, window_numbers)
    compared = [runs.select(np.isin(own, common)) for runs, own in zip(all_runs, window_numbers, strict=True)]
    errors = [_absolute_errors(runs) for runs in compared]
    found = [_comparison(method, runs, errors[0]) for (method, _), runs in zip(contenders, compared, strict=True)]
    best = min(range(len(found)), key=lambda k: np.nan_to_num(found[k].error, nan=np.inf))
    blocks = np.stack([compared[0].series, compared[0].cutoff // horizon])
    clusters = np.unique(blocks, axis=1, return_inverse=True)[1].ravel()
    alike = [
        frozenset(other.method for j, other in enumerate(found) if j == k or _alike(errors[k], errors[j], clusters))
        for k in range(len(found))
    ]
    return tuple(
        replace(one, alike=like, like_best=found[best].method in like) for one, like in zip(found, alike, strict=True)
    )


def _alike(errors: Floats, others: Floats, clusters: Integers) -> bool:
    """Whether two methods cannot be distinguished by their errors on the same W windows, float64 [W] each.

    The mean of the log ratio is within its reach at ``CONFIDENCE``, by the spread of the means of clusters int64 [W]:
    windows of one series in one block, which err together.
    """
    both = (errors > 0) & (others > 0)
    if not both.any():
        return True
    member = np.unique(clusters[both], return_inverse=True)[1]
    means = np.bincount(member, np.log(errors[both] / others[both])) / np.bincount(member)
    if len(means) < 2:
        return True
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * float(means.std(ddof=1)) / np.sqrt(len(means))
    return bool(abs(float(means.mean())) <= reach)


def _absolute_errors(runs: BacktestRuns) -> Floats:
    """Mean absolute error of each window: float64 [W]."""
    return mean_known(np.abs(runs.actuals - runs.median))


def _comparison(method: str, runs: BacktestRuns, first_errors: Floats) -> Comparison:
    error = _absolute_errors(runs)
    both = (error > 0) & (first_errors > 0)
    return Comparison(
        method=method,
        error=float(np.exp(np.log(error[both] / first_errors[both]).mean())) if both.any() else float("nan"),
        wql=wql(runs.quantiles, runs.actuals, runs.levels),
        coverage=float(mean_known(covered(runs.quantiles, runs.actuals, runs.levels, LIKELY).ravel())),
        windows=len(runs),
        series=len(np.unique(runs.series)),
    )
