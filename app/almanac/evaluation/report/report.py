"""Everything that practice runs say about one file, small enough to keep beside its forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from almanac.core.levels import LIKELY
from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import COVERAGES, mase, wql
from almanac.evaluation.report.accuracy import AccuracyMetrics, accuracy_metrics, mean, number
from almanac.evaluation.report.pit import PitHistogram, make_pit_histogram
from almanac.evaluation.report.slices import Slice, find_slices, find_worst_series
from almanac.evaluation.report.verdicts import (
    MIN_CHECKS_TO_COMPARE,
    Answer,
    CoverageBand,
    Verdict,
    compare_with_baseline,
    coverage_bands,
    dominant_miss,
    informative_cells,
    judge_ranges,
)


@dataclass(frozen=True)
class BacktestReport:
    """What backtests say about the forecasts of a file.

    ``series``: how many the file has, ``series_tested`` how many took part; ``max_windows_per_series``: the most
    windows of one series, ``forecasts``: the windows of all series, ``checks``: the steps that could be compared with
    an actual value. ``coverage`` and ``coverage_uncorrected``: for each promised coverage how often such ranges held,
    corrected by what was known at the time, and as the model gave them. ``mase``, ``mase_seasonal_naive``, ``wql``: of
    the corrected forecasts, NaN where they are not known. ``accuracy``: further metrics; ``pit``: where actual values
    fell in the forecasts; ``slices``: parts of the data, the worst first; ``worst_series``: single series, the worst
    first; ``verdicts``: the answers to a person's questions.
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
    accuracy: AccuracyMetrics
    pit: PitHistogram
    slices: tuple[Slice, ...]
    worst_series: tuple[Slice, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def summary(self) -> str:
        """The verdicts' sentences, one after another."""
        return " ".join(verdict.sentence for verdict in self.verdicts)

    @property
    def promises(self) -> tuple[tuple[str, str], ...]:
        """Each range, and how often it held: ("80% range", "held 78% of the time, 74% uncorrected")."""
        told = []
        for level, band in self.coverage.items():
            held = "too few checks to tell"
            if _held(band) is not None:
                held = f"held {band.held:.0%} of the time, {self.coverage_uncorrected[level].held:.0%} uncorrected"
            told.append((f"{level:.0%} range", held))
        return tuple(told)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, as printed with ``--json``; what is not known, or rests on too few checks, is None."""
        return {
            "series": self.series,
            "practised": self.series_tested,
            "windows": self.max_windows_per_series,
            "horizon": self.horizon,
            "checks": self.checks,
            "coverage": {f"{level:g}": _held(band) for level, band in self.coverage.items()},
            "coverage_uncorrected": {f"{level:g}": _held(band) for level, band in self.coverage_uncorrected.items()},
            "mase": number(self.mase),
            "mase_seasonal_naive": number(self.mase_seasonal_naive),
            "wql": number(self.wql),
            "metrics": self.accuracy.to_dict(),
            "pit": [number(share) for share in self.pit.shares] or None,
            "slices": [part.to_dict() for part in self.slices],
            "worst_series": [one.to_dict() for one in self.worst_series],
            "verdict": self.summary,
            "verdicts": [
                {"question": v.question, "answer": v.answer.value, "words": v.sentence, "evidence": v.evidence}
                for v in self.verdicts
            ],
        }


def make_report(series: SeriesSet, runs: BacktestRuns, corrected: BacktestRuns, naive: BacktestRuns) -> BacktestReport:
    """What the practice ``runs`` of a model say about ``series``; ``corrected``: the same replayed with corrections,
    ``naive``: seasonal naive on the same windows."""
    told = informative_cells(corrected)
    checked = replace(corrected, actuals=np.where(told, corrected.actuals, np.nan))
    counts = np.bincount(runs.series, minlength=1)
    enough = int(told.sum()) >= MIN_CHECKS_TO_COMPARE
    heavy = dominant_miss(checked)
    compares = enough and heavy is None
    bands, raw = coverage_bands(corrected, COVERAGES), coverage_bands(runs, COVERAGES)
    told_ranges = tuple(level for level, band in bands.items() if band.has_enough_checks)
    return BacktestReport(
        series=len(series),
        series_tested=int((counts > 0).sum()),
        max_windows_per_series=int(counts.max(initial=0)),
        horizon=runs.horizon,
        forecasts=len(runs),
        checks=int(told.sum()),
        coverage=bands,
        coverage_uncorrected=raw,
        mase=mean(mase(corrected.median, corrected.actuals, corrected.scale)) if compares else np.nan,
        mase_seasonal_naive=mean(mase(naive.median, naive.actuals, corrected.scale)) if compares else np.nan,
        wql=wql(checked.quantiles, checked.actuals, checked.levels) if compares else np.nan,
        accuracy=accuracy_metrics(checked, series, told_ranges) if compares else AccuracyMetrics(),
        pit=make_pit_histogram(corrected),
        slices=find_slices(checked, series) if enough else (),
        worst_series=find_worst_series(checked) if enough else (),
        verdicts=(*_verdicts(runs, corrected, naive, heavy, judge_ranges(raw[LIKELY], bands[LIKELY])), _always()),
    )


def _verdicts(
    runs: BacktestRuns,
    corrected: BacktestRuns,
    naive: BacktestRuns,
    heavy: tuple[int, int, float] | None,
    honest: Verdict,
) -> tuple[Verdict, ...]:
    trusted = "Can it be trusted?"
    if len(runs) == 0:
        nothing = "No series is long enough to try a forecast on its own past."
        return (Verdict(trusted, Answer.UNKNOWN, "There is too little history to tell.", nothing),)
    if not informative_cells(runs).any():
        same = f"In {len(runs):,} practice forecasts every value was as before, and as foreseen."
        return (
            Verdict(trusted, Answer.UNKNOWN, "Nothing in your data ever changes: there is nothing to check.", same),
        )
    compared = compare_with_baseline(corrected, naive) if heavy is None else _outweighed(runs, heavy)
    return compared, honest


def _outweighed(runs: BacktestRuns, heavy: tuple[int, int, float]) -> Verdict:
    series, period, share = heavy
    return Verdict(
        "Is it better than repeating the last season?",
        Answer.UNKNOWN,
        "One value outweighs all the others, so no comparison can be trusted.",
        f"{runs.names[series]}, {runs.frequency.label(period)} makes up {share:.0%} of all misses. If it is a mistake, "
        "choose a repair for it or correct it in your file.",
    )


def _always() -> Verdict:
    return Verdict(
        "What can it not know?",
        Answer.UNKNOWN,
        "What never happened in your past, such as a new competitor or a closure, no range foresees.",
        "A forecast goes on with what the numbers have shown so far.",
    )


def _held(band: CoverageBand) -> float | None:
    return round(band.held, 4) if band.has_enough_checks else None
