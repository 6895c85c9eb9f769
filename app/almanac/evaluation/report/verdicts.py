"""Verdicts: what backtests answer to a person's questions, and where they say too little (words: ``wording.trust``).

A verdict is a decision with the facts it rests on, and no sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.distribution.levels import LIKELY
from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.dependence.clustering import clustered_variance
from almanac.evaluation.dependence.sample_size import checks_needed, enough_for_praise, max_independent_checks
from almanac.evaluation.metrics import CONFIDENCE, mase
from almanac.evaluation.report.checked_steps import informative_steps
from almanac.evaluation.report.coverage import Answer, CoverageBand

MIN_CHECKS = checks_needed(LIKELY)  # before methods are compared or parts of the data are judged
MIN_BLOCKS = 2  # before methods are compared
MIN_CHANGE = 0.005  # of coverage, to call ranges corrected; chosen by judgement
MAX_SHARE = 0.5  # of all misses: one value with more outweighs all others; chosen by judgement


class Question(StrEnum):
    """What a person asks."""

    TRUST = "can_it_be_trusted"
    BASELINE = "better_than_seasonal_naive"
    RANGES = "ranges_honest"
    LIMITS = "what_it_cannot_know"


class Reason(StrEnum):
    """Why the answer is what it is; each has its sentences in ``wording.trust.verdicts``."""

    NO_WINDOWS = "no_windows"
    NOTHING_CHANGES = "nothing_changes"
    DOMINANT_MISS = "dominant_miss"
    TOO_FEW_TO_COMPARE = "too_few_to_compare"
    COMPARED = "compared"
    TOO_FEW_CHECKS = "too_few_checks"
    MAY_BE_CHANCE = "may_be_chance"
    AS_PROMISED = "as_promised"
    WORSE_CORRECTED = "worse_corrected"
    NOT_CORRECTED = "not_corrected"
    PARTLY_CORRECTED = "partly_corrected"
    CORRECTED = "corrected"
    NOT_IN_THE_PAST = "not_in_the_past"


@dataclass(frozen=True)
class BaselineComparison:
    """The model compared with seasonal naive on ``windows`` windows.

    ``gain``: by what share its mean scaled error is smaller (0.2: 20% smaller, -0.2: 20% larger), NaN where too
    little is known; ``better`` of ``series`` series have a smaller one.
    """

    windows: int
    gain: float = np.nan
    better: int = 0
    series: int = 0


@dataclass(frozen=True)
class RangeCheck:
    """How often the ranges of one promised coverage held: the model's own, and corrected."""

    before: CoverageBand
    after: CoverageBand


@dataclass(frozen=True)
class DominantMiss:
    """One value that makes up more than half of all misses: its series, the label of its period, and its share."""

    series: str
    period: str
    share: float


@dataclass(frozen=True)
class Verdict:
    """The answer to a question; ``facts``: what it rests on, for ``Reason.NOTHING_CHANGES`` the number of windows."""

    question: Question
    answer: Answer
    reason: Reason
    facts: BaselineComparison | RangeCheck | DominantMiss | int | None = None


_UNPROVED = {Answer.HONEST: Reason.AS_PROMISED, Answer.UNKNOWN: Reason.MAY_BE_CHANCE}


def judge_ranges(before: CoverageBand, after: CoverageBand) -> Verdict:
    """Whether the model's ranges held on a person's past, and whether they do once corrected."""
    narrow = before.answer is Answer.TOO_NARROW
    changed = (after.held - before.held) * (1 if narrow else -1) >= MIN_CHANGE
    answer = before.answer
    if answer is Answer.UNKNOWN and not before.has_enough_for_praise:
        reason = Reason.TOO_FEW_CHECKS
    elif answer in (Answer.HONEST, Answer.UNKNOWN):
        answer = after.answer
        reason = _UNPROVED.get(answer, Reason.WORSE_CORRECTED)
    elif not changed:
        reason = Reason.NOT_CORRECTED
    else:
        reason = Reason.PARTLY_CORRECTED if after.answer is answer else Reason.CORRECTED
    return Verdict(Question.RANGES, answer, reason, RangeCheck(before, after))


def compare_with_baseline(model: BacktestRuns, naive: BacktestRuns) -> Verdict:
    """Whether the model's errors are smaller than those of seasonal naive on the same windows, at ``CONFIDENCE``.

    The gain of a window is (MASE of seasonal naive - MASE of the model) / mean MASE of seasonal naive; the standard
    error of its mean is that of ``clustered_variance``, and at least that of ``max_independent_checks`` windows. Raises
    ``ValueError`` when the windows are not the same.
    """
    if not (np.array_equal(model.series, naive.series) and np.array_equal(model.cutoff, naive.cutoff)):
        raise ValueError("the backtests are not of the same windows")
    ours, theirs = (mase(runs.median, runs.actuals, model.scale) for runs in (model, naive))
    known = np.isfinite(ours) & np.isfinite(theirs)
    series, block = model.series[known], model.cutoff[known] // model.horizon
    clusters = _count_clusters(series, block)
    if len(np.unique(block)) < MIN_BLOCKS or clusters < MIN_CHECKS or theirs[known].sum() == 0:
        facts = BaselineComparison(int(known.sum()))
        return Verdict(Question.BASELINE, Answer.UNKNOWN, Reason.TOO_FEW_TO_COMPARE, facts)
    gain = (theirs - ours)[known] / theirs[known].mean()
    mean = float(gain.mean())
    variance, _ = clustered_variance((gain - mean)[:, None] / len(gain), series, block)
    smallest = float(gain.var()) / max_independent_checks(len(gain), clusters)
    reach = NormalDist().inv_cdf(CONFIDENCE) * float(np.sqrt(max(float(variance[0]), smallest)))
    by_series = np.bincount(series, (theirs - ours)[known])[np.unique(series)]
    facts = BaselineComparison(len(gain), mean, int((by_series > 0).sum()), len(by_series))
    answer = Answer.BETTER if mean > reach else Answer.WORSE if mean < -reach else Answer.ALIKE
    if answer is not Answer.WORSE and not enough_for_praise(max_independent_checks(len(gain), clusters)):
        return Verdict(Question.BASELINE, Answer.UNKNOWN, Reason.TOO_FEW_TO_COMPARE, BaselineComparison(len(gain)))
    return Verdict(Question.BASELINE, answer, Reason.COMPARED, facts)


def find_dominant_miss(runs: BacktestRuns) -> DominantMiss | None:
    """The one value that makes up more than ``MAX_SHARE`` of all misses; None without one.

    A miss is the absolute error in units of the seasonal error, of each value its mean over the windows it is in.
    """
    miss = np.abs(runs.actuals - runs.median) / np.where(runs.scale > 0, runs.scale, np.nan)[:, None]
    window, step = np.nonzero(np.isfinite(miss))
    if len(window) < MIN_CHECKS:
        return None
    periods = runs.periods[window, step]
    first, width = int(periods.min()), int(np.ptp(periods)) + 1  # NumPy finds equal numbers far sooner than equal pairs
    of = runs.series[window] * width + (periods - first)
    values, position, times = np.unique(of, return_inverse=True, return_counts=True)
    mean = np.bincount(position, miss[window, step]) / times
    largest = int(mean.argmax())
    share = float(mean[largest] / mean.sum()) if mean.sum() > 0 else 0.0
    if share <= MAX_SHARE:
        return None
    series, after = divmod(int(values[largest]), width)
    return DominantMiss(runs.names[series], runs.frequency.label(first + after), share)


def judge(runs: BacktestRuns, comparison: Verdict, ranges: Verdict) -> tuple[Verdict, ...]:
    """All verdicts about backtest ``runs``: these two, or why there are none; and what no forecast can know."""
    limits = Verdict(Question.LIMITS, Answer.UNKNOWN, Reason.NOT_IN_THE_PAST)
    if len(runs) == 0:
        return Verdict(Question.TRUST, Answer.UNKNOWN, Reason.NO_WINDOWS), limits
    if not informative_steps(runs).any():
        return Verdict(Question.TRUST, Answer.UNKNOWN, Reason.NOTHING_CHANGES, len(runs)), limits
    return comparison, ranges, limits


def _count_clusters(series: Integers, block: Integers) -> int:
    return len(np.unique(np.stack([series, block]), axis=1).T)
