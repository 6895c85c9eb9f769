"""Everything that practice runs say about one file, small enough to keep beside its forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from almanac.core.series import SeriesSet
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.metrics import COVERAGES, mase, wql
from almanac.evaluation.report.accuracy import Figures, figures, mean, number
from almanac.evaluation.report.pit import PitHistogram, tenths
from almanac.evaluation.report.slices import Slice, slices, worst
from almanac.evaluation.report.verdicts import (
    FEWEST_TO_JUDGE,
    Answer,
    Band,
    Verdict,
    against,
    coverage_bands,
    outweighing,
    ranges,
    tells,
)
from almanac.wording.phrases import LIKELY


@dataclass(frozen=True)
class BacktestReport:
    """``series``: all of the file, ``series_tested`` those that took part; ``windows``: the most of one series;
    ``forecasts``: of all together, ``checks``: steps that could be compared with what happened.

    ``corrected`` and ``raw``: for each promise how often such ranges held, corrected by what was known at the time, and
    as the model gave them. ``mase``, ``mase_seasonal_naive``, ``wql``: of the corrected forecasts, NaN where they
    cannot be told. ``worst``: the single series that do worst; ``verdicts``: what it amounts to, in words.
    """

    series: int
    series_tested: int
    windows: int
    horizon: int
    forecasts: int
    checks: int
    corrected: dict[float, Band]
    raw: dict[float, Band]
    mase: float
    mase_seasonal_naive: float
    wql: float
    figures: Figures
    pit: PitHistogram
    slices: tuple[Slice, ...]
    worst: tuple[Slice, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def summary(self) -> str:
        """The verdicts' sentences, one after another."""
        return " ".join(verdict.sentence for verdict in self.verdicts)

    @property
    def promises(self) -> tuple[tuple[str, str], ...]:
        """Each range, and how often it held: ("80% range", "held 78% of the time, 74% uncorrected")."""
        told = []
        for level, band in self.corrected.items():
            held = "too few checks to tell"
            if _told(level, band) is not None:
                held = f"held {band.held:.0%} of the time, {self.raw[level].held:.0%} uncorrected"
            told.append((f"{level:.0%} range", held))
        return tuple(told)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, as printed with ``--json``; what is not known, or rests on too few checks, is None."""
        return {
            "series": self.series,
            "practised": self.series_tested,
            "windows": self.windows,
            "horizon": self.horizon,
            "checks": self.checks,
            "coverage": {f"{level:g}": _told(level, band) for level, band in self.corrected.items()},
            "coverage_uncorrected": {f"{level:g}": _told(level, band) for level, band in self.raw.items()},
            "mase": number(self.mase),
            "mase_seasonal_naive": number(self.mase_seasonal_naive),
            "wql": number(self.wql),
            "metrics": self.figures.to_dict(),
            "pit": [number(share) for share in self.pit.shares] or None,
            "slices": [part.to_dict() for part in self.slices],
            "worst_series": [one.to_dict() for one in self.worst],
            "verdict": self.summary,
            "verdicts": [
                {"question": v.question, "answer": v.answer.value, "words": v.sentence, "evidence": v.evidence}
                for v in self.verdicts
            ],
        }


def report(series: SeriesSet, runs: BacktestRuns, corrected: BacktestRuns, naive: BacktestRuns) -> BacktestReport:
    """What the practice ``runs`` of a model say about ``series``; ``corrected``: the same replayed with corrections,
    ``naive``: seasonal naive on the same windows."""
    told = tells(corrected)
    checked = replace(corrected, actuals=np.where(told, corrected.actuals, np.nan))
    counts = np.bincount(runs.series, minlength=1)
    enough = int(told.sum()) >= FEWEST_TO_JUDGE
    heavy = outweighing(checked)
    compares = enough and heavy is None
    bands, raw = coverage_bands(corrected, COVERAGES), coverage_bands(runs, COVERAGES)
    told_ranges = tuple(level for level, band in bands.items() if band.enough_for(level))
    return BacktestReport(
        series=len(series),
        series_tested=int((counts > 0).sum()),
        windows=int(counts.max(initial=0)),
        horizon=runs.horizon,
        forecasts=len(runs),
        checks=int(told.sum()),
        corrected=bands,
        raw=raw,
        mase=mean(mase(corrected.median, corrected.actuals, corrected.scale)) if compares else np.nan,
        mase_seasonal_naive=mean(mase(naive.median, naive.actuals, corrected.scale)) if compares else np.nan,
        wql=wql(checked.quantiles, checked.actuals, checked.levels) if compares else np.nan,
        figures=figures(checked, series, told_ranges) if compares else Figures(),
        pit=tenths(corrected),
        slices=slices(checked, series) if enough else (),
        worst=worst(checked) if enough else (),
        verdicts=(*_verdicts(runs, corrected, naive, heavy, ranges(raw[LIKELY], bands[LIKELY])), _always()),
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
    if not tells(runs).any():
        same = f"In {len(runs):,} practice forecasts every value was as before, and as foreseen."
        return (
            Verdict(trusted, Answer.UNKNOWN, "Nothing in your data ever changes: there is nothing to check.", same),
        )
    compared = against(corrected, naive) if heavy is None else _outweighed(runs, heavy)
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


def _told(level: float, band: Band) -> float | None:
    return round(band.held, 4) if band.enough_for(level) else None
