"""All that earlier forecasts of a table are scored by, once values have arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.distribution.levels import LIKELY
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import COVERAGES
from almanac.evaluation.report.coverage import CoverageBand, coverage_bands
from almanac.evaluation.report.verdicts import BaselineComparison, Verdict, compare_with_baseline
from almanac.evaluation.scores.cells import Cells, Score, cells_of, scores_by
from almanac.evaluation.scores.pairs import PairScore, compare_adjusted, compare_revised
from almanac.evaluation.scores.past_forecasts import PastForecasts
from almanac.evaluation.scores.rolling import Rolling, rolling


@dataclass(frozen=True)
class Scores:
    """How earlier forecasts did.

    ``overall``; by what they were about, each with its score: ``by_period`` (the number of the period), ``by_series``
    (its name, the worst first), ``by_step`` (how many steps ahead), ``by_group`` (a value of a column that splits the
    series, as "Store: North"), ``by_model`` (NAME@VERSION), ``by_forecast`` (its position among those that were
    scored). ``baseline``: the verdict on whether they beat seasonal naive from the same dates; ``coverage``: how often
    the ranges held, by what they promise; ``rolling``: over time. ``adjusted``: whether the person's changes helped;
    ``revised``: whether later forecasts of the same dates were nearer. None for nothing to compare. ``capped``: how
    many values are left out, as it was sold out.
    """

    frequency: Frequency
    overall: Score
    by_period: tuple[tuple[int, Score], ...]
    by_series: tuple[tuple[str, Score], ...]
    by_step: tuple[tuple[int, Score], ...]
    by_group: tuple[tuple[str, Score], ...]
    by_model: tuple[tuple[str, Score], ...]
    by_forecast: tuple[tuple[int, Score], ...]
    baseline: Verdict
    coverage: dict[float, CoverageBand]
    rolling: Rolling
    adjusted: PairScore | None
    revised: PairScore | None
    capped: int = 0

    @property
    def baseline_gain(self) -> float:
        """By what share the misses are smaller than those of seasonal naive; NaN where too little is known."""
        facts = self.baseline.facts
        return facts.gain if isinstance(facts, BaselineComparison) else np.nan

    @property
    def likely(self) -> CoverageBand:
        """How often the likely range held."""
        return self.coverage[LIKELY]


@dataclass(frozen=True)
class Beside:
    """What earlier forecasts are compared with: ``naive``, seasonal naive from the same dates; ``adjusted`` float64
    [W, H], what the person made of them, NaN where they changed nothing. None for nothing.
    """

    naive: BacktestRuns | None = None
    adjusted: Floats | None = None


def score(
    past: PastForecasts, beside: Beside, key_columns: Sequence[str] = (), keys: Sequence[tuple[str, ...]] = ()
) -> Scores | None:
    """Score earlier forecasts; None where no value has arrived. ``keys``: of the N series, for the groups."""
    cells = cells_of(past, beside.naive)
    if len(cells) == 0:
        return None
    series, of_series = np.unique(cells.series, return_inverse=True)
    names = (past.runs.names[i] for i in series.tolist())
    by_series = zip(names, scores_by(cells, of_series, len(series)), strict=True)
    return Scores(
        frequency=past.runs.frequency,
        overall=scores_by(cells, np.zeros(len(cells), np.int64), 1)[0],
        by_period=_by_number(cells, cells.period),
        by_series=tuple(sorted(by_series, key=lambda one: -np.nan_to_num(one[1].scaled, nan=-1.0))),
        by_step=_by_number(cells, cells.step),
        by_group=_by_group(cells, key_columns, keys),
        by_model=_by_model(cells, past.models),
        by_forecast=_by_number(cells, cells.made),
        baseline=_baseline(past.runs, beside.naive),
        coverage=coverage_bands(past.runs, [c for c in COVERAGES if c <= _widest(past.runs)]),
        rolling=rolling(past, cells),
        adjusted=None if beside.adjusted is None else compare_adjusted(past, beside.adjusted),
        revised=compare_revised(past),
        capped=past.capped,
    )


def _by_number(cells: Cells, number: Integers) -> tuple[tuple[int, Score], ...]:
    numbers, group = np.unique(number, return_inverse=True)
    return tuple(zip(numbers.tolist(), scores_by(cells, group, len(numbers)), strict=True))


def _by_model(cells: Cells, models: Sequence[str]) -> tuple[tuple[str, Score], ...]:
    titles, of = np.unique(models, return_inverse=True)
    return tuple(
        (str(title), one)
        for title, one in zip(titles, scores_by(cells, of[cells.made], len(titles)), strict=True)
        if one.checks
    )


def _by_group(
    cells: Cells, key_columns: Sequence[str], keys: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, Score], ...]:
    """The scores of all series that share a value of a column, for columns with fewer values than there are series."""
    found: list[tuple[str, Score]] = []
    for k, column in enumerate(key_columns):
        values, of = np.unique([key[k] for key in keys], return_inverse=True)
        if 1 < len(values) < len(keys):
            scores = scores_by(cells, of[cells.series], len(values))
            found += [(f"{column}: {value}", one) for value, one in zip(values, scores, strict=True) if one.checks]
    return tuple(found)


def _baseline(runs: BacktestRuns, naive: BacktestRuns | None) -> Verdict:
    """The verdict on the windows that both have."""
    if naive is None:
        naive = runs.select(np.zeros(0, np.int64))
    width = int(max(runs.points.max(initial=0), naive.points.max(initial=0))) + 1
    ours, theirs = (some.series * width + some.points for some in (runs, naive))
    return compare_with_baseline(runs.select(np.isin(ours, theirs)), naive.select(np.isin(theirs, ours)))


def _widest(runs: BacktestRuns) -> float:
    """The coverage of the widest range that the forecasts have."""
    return float(round(1 - 2 * max(runs.levels[0], 1 - runs.levels[-1]), 9))
