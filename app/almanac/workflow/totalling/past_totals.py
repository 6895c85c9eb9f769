"""Totals and parts at the cut-offs of backtests: their errors, and sums compared with what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.distribution.means import mean_of
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import WIDTH_TO_SPREAD, AlignedParts

if TYPE_CHECKING:
    from almanac.evaluation import BacktestRuns, StepCorrelation
    from almanac.totals import Grouping, SumChecks
    from almanac.totals.reconciliation import ErrorCovariance

MAX_CELLS = 20_000_000  # series × cut-offs × steps: 160 MB an array
PRIOR_CUTOFFS = 4.0  # that count as much as the width of the forecast itself, for the size of errors; by judgement


@dataclass(frozen=True)
class PastTotals:
    """What was forecast at K ``cutoffs`` int64 [K], and what happened.

    ``totals``, ``parts`` float64 [G, K, H] and [N, K, H]: expected values, NaN where nothing was forecast;
    ``totals_actual``, ``parts_actual``: what happened. ``runs``: of the totals.
    """

    grouping: Grouping
    cutoffs: Integers
    totals: Floats
    totals_actual: Floats
    parts: Floats
    parts_actual: Floats
    runs: BacktestRuns

    @classmethod
    def of(cls, parts: AlignedParts, grouping: Grouping, runs: BacktestRuns, result: ForecastResult) -> PastTotals:
        """From the ``runs`` of the totals, and those of the parts where they began at the same time.

        Of very many series, from the latest cut-offs only.
        """
        from almanac import evaluation

        most = max(MAX_CELLS // (len(parts.series) * parts.horizon), 1)
        cutoffs = np.unique(runs.cutoff)[-most:]
        runs = runs.select(np.isin(runs.cutoff, cutoffs))
        shape = len(cutoffs), parts.horizon
        rows = np.arange(len(grouping))
        assert result.backtest_runs is not None
        own = evaluation.closed_as_nothing(result.file.series, result.backtest_runs)[1]
        number = np.full(len(own.names), -1, np.int64)
        number[result.file.series.positions(parts.series.names)] = np.arange(len(parts.series))
        return cls(
            grouping,
            cutoffs,
            *_by_cutoff(runs, rows, cutoffs, (len(grouping), *shape)),
            *_by_cutoff(own, number, cutoffs, (len(parts.series), *shape)),
            runs,
        )

    def covariance(self, widths: Floats, without: int | None = None) -> ErrorCovariance:
        """Of the errors of totals and parts; the ``widths`` [G + N] of the forecast are taken where few.

        ``without``: the number of a cut-off whose errors, and those of any that overlap it, are left out.
        """
        from almanac.totals.checks import independent_stretches
        from almanac.totals.reconciliation import error_covariance

        horizon = self.parts.shape[2]
        apart = np.ones(len(self.cutoffs), dtype=bool)
        if without is not None:
            apart = np.abs(self.cutoffs - self.cutoffs[without]) >= horizon
        errors = np.concatenate([self.totals_actual - self.totals, self.parts_actual - self.parts])[:, apart]
        errors = errors.reshape(len(errors), -1)
        known = np.isfinite(errors)
        count = known.sum(axis=1) / horizon
        square = np.nansum(errors**2, axis=1) / np.maximum(known.sum(axis=1), 1)
        usual = widths * WIDTH_TO_SPREAD
        weight = count / (count + PRIOR_CUTOFFS)
        spread = np.sqrt(weight * square + (1 - weight) * usual**2)
        return error_covariance(errors, spread, independent_stretches(self.cutoffs[apart], horizon))

    def sums(self, widths: Floats, lowest: Floats, steps: StepCorrelation) -> SumChecks | None:
        """Totals of the whole horizon and what happened; reconciled where all parts were forecast as well.

        Each by the errors at other times, as it would be too accurate by those that it made itself.
        """
        from almanac import totals
        from almanac.totals.reconciliation import reconcile

        horizon = self.parts.shape[2]
        complete = np.isfinite(self.parts).all(axis=(0, 2)) & np.isfinite(self.totals).all(axis=(0, 2))
        expected = self.totals.copy()
        fixed = np.zeros((len(self.parts), horizon), dtype=bool)
        for k in np.flatnonzero(complete):
            covariance = self.covariance(widths, without=int(k))
            agreed = reconcile(self.grouping, self.totals[:, k], self.parts[:, k], covariance, (lowest, fixed))
            expected[:, k] = self.grouping.sums(agreed)
        known = np.flatnonzero(np.isfinite(self.runs.actuals[:, :horizon]).all(axis=1))
        if len(known) == 0:
            return None
        runs = self.runs.select(known)
        correlation = steps.correlation[:horizon, :horizon]
        model = totals.PathModel.apart(runs.quantiles[:, :horizon], runs.levels, correlation)
        found = totals.checks_of_sums(runs.series, runs.cutoff, runs.actuals[:, :horizon], model)
        return replace(found, expected=expected[runs.series, np.searchsorted(self.cutoffs, runs.cutoff)].sum(axis=1))


def without_past(widths: Floats) -> ErrorCovariance:
    """Errors as the ``widths`` [G + N] of the forecast say, and no correlation between them."""
    from almanac.totals.reconciliation import ErrorCovariance

    spread = widths * WIDTH_TO_SPREAD
    return ErrorCovariance(spread, np.zeros((len(spread), 0)), 1.0)


def _by_cutoff(
    runs: BacktestRuns, number: Integers, cutoffs: Integers, shape: tuple[int, int, int]
) -> tuple[Floats, Floats]:
    """Expected and actual values of runs by series and cut-off, NaN where there are none; ``number`` -1: none."""
    expected, actual = np.full(shape, np.nan), np.full(shape, np.nan)
    place = np.searchsorted(cutoffs, runs.cutoff)
    there = (number[runs.series] >= 0) & (place < len(cutoffs))
    there[there] = cutoffs[place[there]] == runs.cutoff[there]
    at = number[runs.series[there]], place[there]
    expected[at] = mean_of(runs.quantiles[there, : shape[2]], runs.levels)
    actual[at] = runs.actuals[there, : shape[2]]
    return expected, actual
