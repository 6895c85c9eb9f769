"""What practice runs amount to, in words, each with its evidence; and where they say too little to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.levels import LIKELY
from almanac.core.text import plural
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import MAX_CHECKS_PER_CLUSTER, clustered_variance, share_below
from almanac.evaluation.dependence.sample_size import checks_needed, enough_checks
from almanac.evaluation.metrics import mase

SURE = 0.95  # of a band, and of what is called better
NOTICEABLE = 0.005  # a change of coverage
MOST = 0.5
MANY_TIMES = 100
MIN_CHECKS_TO_COMPARE = checks_needed(LIKELY)


class Answer(StrEnum):
    """What a verdict comes to."""

    BETTER = "better"
    ALIKE = "alike"
    WORSE = "worse"
    HONEST = "honest"
    TOO_NARROW = "too_narrow"
    TOO_WIDE = "too_wide"
    UNKNOWN = "too_little_history"


@dataclass(frozen=True)
class Verdict:
    """``answer`` for programs, ``sentence`` and ``evidence`` for people: a sentence each."""

    question: str
    answer: Answer
    sentence: str
    evidence: str


@dataclass(frozen=True)
class CoverageBand:
    """How often a range that promises ``level`` held, and within what that lies, ``low`` to ``high``, if it is honest.

    ``checks``: how many there were; ``independent``: how many independent ones would say as much.
    """

    level: float
    held: float
    low: float
    high: float
    checks: int
    independent: float

    @property
    def has_enough_checks(self) -> bool:
        """Whether there are enough independent checks to judge such a range: see ``enough_checks``."""
        return bool(enough_checks(self.independent, self.level))

    @property
    def answer(self) -> Answer:
        """What the checks say about the range."""
        if not self.has_enough_checks:
            return Answer.UNKNOWN
        if self.held < self.low:
            return Answer.TOO_NARROW
        return Answer.TOO_WIDE if self.held > self.high else Answer.HONEST


def coverage_bands(runs: BacktestRuns, promises: Sequence[float]) -> dict[float, CoverageBand]:
    """How often the ranges that promise so much held, beside what chance allows: a band for each promise.

    A value that lies on the edge of a range, as the zeros of rare sales do, counts as inside in part. The band is the
    normal approximation to the binomial with as many trials as there are independent checks (``clustered_variance``).
    That a series which never changes did not change is no check. Everything is NaN, and nothing is judged, without any.
    """
    window, step = np.nonzero(informative_cells(runs))
    if len(window) == 0:
        return {promise: CoverageBand(promise, np.nan, np.nan, np.nan, 0, 0.0) for promise in promises}
    promised = np.asarray(promises, np.float64)
    low, high = (np.round((1 + side * promised) / 2, 9) for side in (-1, 1))
    levels = np.union1d(np.round(runs.levels, 9), [low, high])
    quantiles = np.stack([runs.quantile(q)[window, step] for q in levels], axis=1)
    actual = runs.actuals[window, step, None]
    unit = np.maximum(np.maximum(np.abs(actual), np.abs(quantiles).max(axis=1, keepdims=True)), np.finfo(float).tiny)
    share = share_below(actual / unit - quantiles / unit, levels)
    inside = share[:, np.searchsorted(levels, high)] - share[:, np.searchsorted(levels, low)]
    held, count = inside.mean(axis=0), len(inside)
    block = runs.periods[window, step] // runs.horizon
    variance, apart = clustered_variance((inside - held) / count, runs.series[window], block)
    one = promised * (1 - promised)
    known = np.where(np.isfinite(variance), variance, one)
    known = np.minimum(np.maximum(known, one / min(count, MAX_CHECKS_PER_CLUSTER * apart)), one)
    reach = NormalDist().inv_cdf((1 + SURE) / 2) * np.sqrt(known)
    lowest, highest = np.maximum(promised - reach, 0.0), np.minimum(promised + reach, 1.0)
    return {
        promise: CoverageBand(
            promise, float(held[i]), float(lowest[i]), float(highest[i]), count, float(one[i] / known[i])
        )
        for i, promise in enumerate(promises)
    }


def judge_ranges(before: CoverageBand, after: CoverageBand, level: float = 0.8) -> Verdict:
    """Whether the model's ranges of this promise held on the person's past, and whether they do once corrected."""
    question = "Are the ranges honest?"
    if before.answer is Answer.UNKNOWN:
        return Verdict(
            question,
            Answer.UNKNOWN,
            "There is too little history to tell whether the ranges hold.",
            f"{plural(before.checks, 'check was', 'checks were')} possible, and "
            f"no more than {before.independent:.0f} of them independent.",
        )
    allowed = f"an honest range holds {_percent(before.low)} to {_percent(before.high)}"
    told = f"A range that promises {level:.0%} held in {before.held:.0%} of {before.checks:,} checks; {allowed}."
    if before.answer is Answer.HONEST:
        if after.answer not in (Answer.TOO_NARROW, Answer.TOO_WIDE):
            return Verdict(question, Answer.HONEST, "The ranges hold what they promise.", told)
        narrow = after.answer is Answer.TOO_NARROW
        words = f"Corrected, the ranges came out too {'narrow' if narrow else 'wide'} on your data."
        allowed = f"an honest range holds {_percent(after.low)} to {_percent(after.high)}"
        told = f"A range that promises {level:.0%} held in {after.held:.0%} of {after.checks:,} checks; {allowed}."
        return Verdict(question, after.answer, words, f"{told} As the model gives it, {before.held:.0%}.")
    narrow = before.answer is Answer.TOO_NARROW
    words = f"The model's own ranges are too {'narrow' if narrow else 'wide'} on your data"
    if (after.held - before.held) * (1 if narrow else -1) < NOTICEABLE:
        return Verdict(question, before.answer, f"{words}, but practice gave too little reason to correct them.", told)
    words = f"{words}; they were {'widened' if narrow else 'narrowed'}"
    words += " a little, as far as there was sound reason to." if after.answer is before.answer else "."
    return Verdict(question, before.answer, words, f"{told} Corrected by what was known then, {after.held:.0%}.")


def compare_with_baseline(model: BacktestRuns, other: BacktestRuns, name: str = "repeating the last season") -> Verdict:
    """Whether the model missed by less than a plain method on the same windows. Raises ``ValueError`` when the windows
    are not the same."""
    if not (np.array_equal(model.series, other.series) and np.array_equal(model.cutoff, other.cutoff)):
        raise ValueError("the practice runs are not of the same windows")
    question = f"Is it better than {name}?"
    ours, theirs = (mase(r.median, r.actuals, model.scale) for r in (model, other))
    known = np.isfinite(ours) & np.isfinite(theirs)
    blocks = model.cutoff[known] // model.horizon
    stretches = _stretches(model.series[known], blocks)
    if len(np.unique(blocks)) < 2 or stretches < MIN_CHECKS_TO_COMPARE or theirs[known].sum() == 0:
        return Verdict(
            question,
            Answer.UNKNOWN,
            f"There is too little history to compare with {name}.",
            f"{plural(int(known.sum()), 'practice forecast')} could be compared.",
        )
    gain = (theirs - ours)[known] / theirs[known].mean()
    mean = float(gain.mean())
    variance, _ = clustered_variance((gain - mean)[:, None] / len(gain), model.series[known], blocks)
    least = float(gain.var()) / min(len(gain), MAX_CHECKS_PER_CLUSTER * stretches)
    sd = float(np.sqrt(max(float(variance[0]), least)))
    reach = NormalDist().inv_cdf(SURE) * sd
    better = _share_better(ours[known], theirs[known], model.series[known])
    evidence = f"Its misses are {_beside(mean)}, and smaller for {better} series, in {len(gain):,} practice forecasts."
    if mean > reach:
        return Verdict(question, Answer.BETTER, f"The model does better than {name}.", evidence)
    if mean < -reach:
        return Verdict(question, Answer.WORSE, f"{name[0].upper()}{name[1:]} does better than the model.", evidence)
    return Verdict(question, Answer.ALIKE, f"The model and {name} do about as well on your data.", evidence)


def informative_cells(runs: BacktestRuns) -> np.ndarray:
    """Where a range was checked: bool [W, H]. Not where nothing is known, nor where a range of no width held."""
    lowest, highest = runs.quantiles[..., 0], runs.quantiles[..., -1]
    trivial = (highest - lowest <= 1e-6 * np.abs(highest)) & (np.abs(runs.actuals - highest) <= 1e-6 * np.abs(highest))
    told: np.ndarray = np.isfinite(runs.actuals) & ~trivial
    return told


def constant_series(runs: BacktestRuns) -> np.ndarray:
    """Which series were as flat as foreseen wherever they were checked: bool [N]."""
    known, told = (np.bincount(runs.series, cells.sum(axis=1), len(runs.names)) for cells in (
        np.isfinite(runs.actuals), informative_cells(runs)
    ))  # fmt: skip
    still: np.ndarray = (known > 0) & (told == 0)
    return still


def dominant_miss(runs: BacktestRuns) -> tuple[int, int, float] | None:
    """The series and the period of the one value that makes up most of all misses, and what share; None without one."""
    miss = np.abs(runs.actuals - runs.median) / np.where(runs.scale > 0, runs.scale, np.nan)[:, None]
    window, step = np.nonzero(np.isfinite(miss))
    if len(window) < MIN_CHECKS_TO_COMPARE:
        return None
    periods = runs.periods[window, step]
    of = np.stack([runs.series[window], periods])
    values, place, times = np.unique(of, axis=1, return_inverse=True, return_counts=True)
    mean = np.bincount(place, miss[window, step]) / times  # each value once, however many windows it is in
    most = int(mean.argmax())
    share = float(mean[most] / mean.sum()) if mean.sum() > 0 else 0.0
    return (int(values[0, most]), int(values[1, most]), share) if share > MOST else None


def _stretches(series: np.ndarray, blocks: np.ndarray) -> int:
    return len(np.unique(np.stack([series, blocks]), axis=1).T)


def _beside(gain: float) -> str:
    """0.2 as "20% smaller", -0.2 as "20% larger", -3 as "4 times as large"."""
    if gain > -1:
        return f"{abs(gain):.0%} {'smaller' if gain >= 0 else 'larger'}"
    return f"{1 - gain:.0f} times as large" if gain > -MANY_TIMES else f"more than {MANY_TIMES} times as large"


def _share_better(ours: Floats, theirs: Floats, series: np.ndarray) -> str:
    gain = np.bincount(series, theirs - ours)[np.unique(series)]
    return f"{int((gain > 0).sum()):,} of {len(gain):,}"


def _percent(share: float) -> str:
    return f"{share:.0%}"
