"""Everything that backtests say about one file, small enough to keep with its forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from almanac.core.distribution.levels import LIKELY
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import COVERAGES, mase, wql
from almanac.evaluation.report.accuracy import (
    AccuracyMetrics,
    TypicalMiss,
    accuracy_metrics,
    mean,
    number,
    typical_miss,
)
from almanac.evaluation.report.checked_steps import informative_steps
from almanac.evaluation.report.coverage import Answer, CoverageBand, coverage_bands
from almanac.evaluation.report.pit import PitHistogram, make_pit_histogram
from almanac.evaluation.report.slices import MAX_WORST_SERIES, Slice, find_slices, judge_series
from almanac.evaluation.report.verdicts import (
    MIN_CHECKS,
    Question,
    Reason,
    Verdict,
    compare_with_baseline,
    find_dominant_miss,
    judge,
    judge_ranges,
)
from almanac.wording.trust.verdicts import words_of


@dataclass(frozen=True)
class BacktestReport:
    """What backtests say about the forecasts of a file.

    ``series``: how many the file has, ``series_tested`` how many took part; ``max_windows_per_series``: the most
    windows of one series, ``forecasts``: the windows of all series, ``checks``: the steps that check a range.
    ``coverage`` and ``coverage_uncorrected``: for each promised coverage how often such ranges held, corrected by what
    was known at the time, and as the model gave them. ``mase``, ``mase_seasonal_naive``, ``wql``: of the corrected
    forecasts, NaN where they are not known. ``typical_miss``: how far they were off; ``accuracy``: further metrics;
    ``pit``: where actual values fell in the forecasts; ``slices``: parts of the data, the worst first;
    ``worst_series``: single series, the worst first; ``verdicts``: the answers to a person's questions.
    ``narrow_series``: every series whose own ranges clearly hold less often than they promise.
    """

    series: int
    series_tested: int
    max_windows_per_series: int
    horizon: int
    forecasts: int
    checks: int
    coverage: dict[float, CoverageBand]
    coverage_uncorrected: dict[float, CoverageBand]
    mase: float
    mase_seasonal_naive: float
    wql: float
    typical_miss: TypicalMiss
    accuracy: AccuracyMetrics
    pit: PitHistogram
    slices: tuple[Slice, ...]
    worst_series: tuple[Slice, ...]
    verdicts: tuple[Verdict, ...]
    narrow_series: tuple[str, ...] = ()

    @property
    def any_coverage_known(self) -> bool:
        """Whether some range has enough checks to say how often it holds."""
        return any(band.has_enough_checks for band in self.coverage.values())

    @cached_property
    def _narrow(self) -> frozenset[str]:
        return frozenset(self.narrow_series)

    def range_answers(self, names: tuple[str, ...], level: float) -> tuple[Answer, ...]:
        """Whether the ranges of these series that promise ``level`` held: by their own checks, or by all."""
        of_all = self.coverage[level].answer if level in self.coverage else Answer.UNKNOWN
        return tuple(Answer.TOO_NARROW if name in self._narrow else of_all for name in names)

    @property
    def ranges_hold(self) -> bool | None:
        """Whether all ranges with enough checks hold as often as honest ones; None where none has enough checks."""
        answers = {band.answer for band in self.coverage.values()} - {Answer.UNKNOWN}
        return answers == {Answer.HONEST} if answers else None

    @property
    def summary(self) -> str:
        """The verdicts' sentences, one after another."""
        return " ".join(words_of(verdict).sentence for verdict in self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, as printed with ``--json``; what is not known, or rests on too few checks, is None."""
        return {
            "series": self.series,
            "practised": self.series_tested,
            "windows": self.max_windows_per_series,
            "horizon": self.horizon,
            "checks": self.checks,
            "coverage": _held(self.coverage),
            "coverage_uncorrected": _held(self.coverage_uncorrected),
            "mase": number(self.mase),
            "mase_seasonal_naive": number(self.mase_seasonal_naive),
            "wql": number(self.wql),
            "typical_miss": self.typical_miss.to_dict(),
            "metrics": self.accuracy.to_dict(),
            "pit": [number(share) for share in self.pit.shares] or None,
            "slices": [part.to_dict() for part in self.slices],
            "worst_series": [one.to_dict() for one in self.worst_series],
            "verdict": self.summary,
            "verdicts": [_verdict_to_dict(verdict) for verdict in self.verdicts],
        }


def make_report(series: SeriesSet, runs: BacktestRuns, corrected: BacktestRuns, naive: BacktestRuns) -> BacktestReport:
    """Report on backtest ``runs`` of a model on ``series``.

    ``corrected``: the same windows with corrections known at the time; ``naive``: seasonal naive on the same windows.
    """
    informative = informative_steps(corrected)
    checked = replace(corrected, actuals=np.where(informative, corrected.actuals, np.nan))
    windows_per_series = np.bincount(runs.series, minlength=1)
    dominant = find_dominant_miss(checked)
    enough = int(informative.sum()) >= MIN_CHECKS
    judged_series = judge_series(checked) if enough else ()
    comparable = enough and dominant is None
    coverage, uncorrected = coverage_bands(corrected, COVERAGES), coverage_bands(runs, COVERAGES)
    judged = tuple(level for level, band in coverage.items() if band.has_enough_checks)
    comparison = (
        compare_with_baseline(corrected, naive)
        if dominant is None
        else Verdict(Question.BASELINE, Answer.UNKNOWN, Reason.DOMINANT_MISS, dominant)
    )
    return BacktestReport(
        series=len(series),
        series_tested=int((windows_per_series > 0).sum()),
        max_windows_per_series=int(windows_per_series.max(initial=0)),
        horizon=runs.horizon,
        forecasts=len(runs),
        checks=int(informative.sum()),
        coverage=coverage,
        coverage_uncorrected=uncorrected,
        mase=mean(mase(corrected.median, corrected.actuals, corrected.scale)) if comparable else np.nan,
        mase_seasonal_naive=mean(mase(naive.median, naive.actuals, corrected.scale)) if comparable else np.nan,
        wql=wql(checked.quantiles, checked.actuals, checked.levels) if comparable else np.nan,
        typical_miss=typical_miss(checked, series) if comparable else TypicalMiss(),
        accuracy=accuracy_metrics(checked, series, judged) if comparable else AccuracyMetrics(),
        pit=make_pit_histogram(corrected),
        slices=find_slices(checked, series) if enough else (),
        worst_series=judged_series[:MAX_WORST_SERIES],
        verdicts=judge(runs, comparison, judge_ranges(uncorrected[LIKELY], coverage[LIKELY])),
        narrow_series=tuple(one.value for one in judged_series if one.reasons),
    )


def _held(bands: dict[float, CoverageBand]) -> dict[str, float | None]:
    return {f"{level:g}": round(b.held, 4) if b.has_enough_checks else None for level, b in bands.items()}


def _verdict_to_dict(verdict: Verdict) -> dict[str, str]:
    words = words_of(verdict)
    return {
        "question": verdict.question.value,
        "answer": verdict.answer.value,
        "words": words.sentence,
        "evidence": words.evidence,
    }
