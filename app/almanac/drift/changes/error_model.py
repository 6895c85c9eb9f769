"""How the scores of one forecast depend on one another while nothing changes.

Steps of one forecast share its errors: of its level, and of what the noise remembers. Without that, most series would
seem to change all the time. Scores z have the correlation ``shared + (1 - shared) memory^lag``, both learned from
practice forecasts of the whole file and shrunk towards what forecasts of simulated series showed; an uncertain slope
adds ``SLOPE t t'``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.drift.changes.scores import clipped

# What the bundled models' scores showed on simulated series without and with memory (``make bench-drift``).
PRIOR_SHARED, PRIOR_MEMORY = 0.13, 0.2
PRIOR_CHECKS = 12.0  # independent scores that count as much as the prior; chosen by judgement
PRIOR_SCALE_CHECKS = 10.0  # the same for how wide one series' scores are; chosen by judgement
SLOPE = 0.08  # variance by the last step, of a forecast's slope; measured likewise
PRIOR_PATHS = 4.0  # whole windows without overlap that count as much as the prior; chosen by judgement
MIN_SHARED, MAX_SHARED, MAX_MEMORY = 0.04, 0.7, 0.95
MIN_STEPS_OF_SLOPE = 6
PRIOR_KURTOSIS, PRIOR_KURTOSIS_SCORES = 3.6, 500.0  # as on simulated series; chosen by judgement
MIN_TAILS, MAX_TAILS = 4.5, 60.0
MIN_SCALE = 0.4  # ranges that were too wide in practice may have been lucky; chosen by judgement


@dataclass(frozen=True)
class PastScores:
    """Scores of practice forecasts: ``scores`` float64 [W, H] of series int64 [W], made at ``cutoff`` int64 [W].

    ``median``, ``width`` float64 [W, H]: of the forecasts themselves, as of ``Watched``; None where they are not known.
    """

    scores: Floats
    series: Integers
    cutoff: Integers
    median: Floats | None = None
    width: Floats | None = None

    def take(self, rows: Integers) -> PastScores:
        """Those of the series at these positions, ascending, which are counted from 0 then."""
        chosen = np.isin(self.series, rows)
        median, width = (None if one is None else one[chosen] for one in (self.median, self.width))
        of = np.searchsorted(rows, self.series[chosen])
        return PastScores(self.scores[chosen], of, self.cutoff[chosen], median, width)


@dataclass(frozen=True)
class ErrorModel:
    """``shared`` and ``memory`` as above, ``memory_error`` the standard error of the latter; ``scale`` float64 [N]: how
    wide each series' scores are (1: as the forecast says); ``checks``: independent scores behind each scale;
    ``tails``: degrees of freedom of the Student distribution with tails as heavy as theirs; ``practised`` float64 [W,
    H]: the practice scores themselves, in units of how wide those of the other windows of the same series are;
    ``practised_series`` int64 [W]: of which series they are, ``practised_cutoff`` when they were made.
    """

    shared: float
    memory: float
    memory_error: float
    scale: Floats
    checks: float
    tails: float
    practised: Floats
    practised_series: Integers
    practised_cutoff: Integers

    def correlation(self, steps: int) -> Floats:
        """The correlation of scores: float64 [steps, steps]."""
        lag = np.abs(np.subtract.outer(np.arange(steps), np.arange(steps)))
        slope = np.linspace(0, 1, steps) if steps >= MIN_STEPS_OF_SLOPE else np.zeros(steps)
        return np.asarray(self.shared + (1 - self.shared) * self.memory**lag + SLOPE * np.outer(slope, slope))


def fit_errors(practice: PastScores, count: int) -> ErrorModel:
    """Learn the model of errors of ``count`` series from their practice forecasts, of the whole file together."""
    scores = clipped(practice.scores)
    known = np.isfinite(scores)
    filled = np.where(known, scores, 0.0)
    independent = _independent(practice, known)
    typical = _pooled_scale(filled, known, independent)
    shared, memory, error = _dependence(filled, known, independent)
    scores_in, squares_in = known.sum(axis=1).astype(np.float64), (filled**2).sum(axis=1)  # of each window
    each = np.bincount(practice.series, scores_in, minlength=count).astype(np.float64)
    squares = np.bincount(practice.series, squares_in, minlength=count).astype(np.float64)
    share = independent / max(float(known.sum()), 1.0) / (1 + 2 * memory / (1 - memory)) ** 0.5
    scale = _scales(each, squares, share, typical)
    checks = PRIOR_SCALE_CHECKS + (float(np.median(each * share)) if len(each) else 0.0)
    of = practice.series
    others = _scales(each[of] - scores_in, squares[of] - squares_in, share, typical)
    practised = np.where(known, scores, np.nan) / others[:, None]
    tails = _tails(filled / scale[practice.series][:, None], known)
    return ErrorModel(shared, memory, error, scale, checks, tails, practised, practice.series, practice.cutoff)


def _scales(count: Floats, squares: Floats, share: float, typical: float) -> Floats:
    """How wide scores are, from the sum of so many ``squares``, shrunk towards what is ``typical`` of the file.

    ``share``: how many independent scores each one counts as.
    """
    own = count * share
    mean_square = np.where(count > 0, squares / np.maximum(count, 1), typical**2)
    scale = np.sqrt((own * mean_square + PRIOR_SCALE_CHECKS * typical**2) / (own + PRIOR_SCALE_CHECKS))
    return np.maximum(scale, MIN_SCALE)


def _tails(scores: Floats, known: np.ndarray) -> float:
    """Degrees of freedom of a Student distribution, from the kurtosis of scores: 4 + 6 / (kurtosis - 3)."""
    total = float(known.sum())
    fourth, second = float((scores**4).sum()), float((scores**2).sum())
    kurtosis = fourth / total / (second / total) ** 2 if second > 0 else PRIOR_KURTOSIS
    weight = total / (total + PRIOR_KURTOSIS_SCORES)
    excess = weight * kurtosis + (1 - weight) * PRIOR_KURTOSIS - 3
    return float(np.clip(4 + 6 / max(excess, 0.01), MIN_TAILS, MAX_TAILS))


def _independent(practice: PastScores, known: np.ndarray) -> float:
    """How many different periods the practice forecasts cover: those of overlapping windows count once."""
    if not len(practice.series):
        return 0.0
    steps = practice.scores.shape[1]
    starts = np.flatnonzero(np.diff(practice.series, prepend=-1))
    ends = np.append(starts[1:], len(practice.series)) - 1
    span = practice.cutoff[ends] - practice.cutoff[starts] + steps
    return float(min(span.sum(), known.sum()))


def _pooled_scale(filled: Floats, known: np.ndarray, independent: float) -> float:
    """How wide scores are over all series, shrunk towards 1."""
    total = float(known.sum())
    seen = float((filled**2).sum()) / total if total else 1.0
    return float(np.sqrt((independent * seen + PRIOR_SCALE_CHECKS) / (independent + PRIOR_SCALE_CHECKS)))


def _dependence(filled: Floats, known: np.ndarray, independent: float) -> tuple[float, float, float]:
    """What all steps share, what neighbours have in common beyond that, and the standard error of the latter."""
    steps = filled.shape[1] if filled.ndim == 2 else 0
    weight = independent / (independent + PRIOR_CHECKS)
    if steps < 3 or not known.any():
        return PRIOR_SHARED, PRIOR_MEMORY, 0.2
    at = {lag: _correlation(filled, known, lag) for lag in range(1, steps)}
    far = [at[lag] for lag in range(max(2, steps // 3), max(3, 2 * steps // 3 + 1))]
    shared = float(np.clip(np.mean(far), 0.0, MAX_SHARED))
    few = independent / (independent + PRIOR_PATHS * steps)  # paths, not steps, tell what all steps share
    shared = float(np.clip(few * shared + (1 - few) * PRIOR_SHARED, MIN_SHARED, MAX_SHARED))
    seen = (at[1] - shared) / (1 - shared)
    memory = float(np.clip(weight * seen + (1 - weight) * PRIOR_MEMORY, 0.0, MAX_MEMORY))
    error = float(np.sqrt((1 - memory**2 + 0.05) / (independent + PRIOR_CHECKS)))
    return shared, memory, error


def _correlation(filled: Floats, known: np.ndarray, lag: int) -> float:
    both = known[:, lag:] & known[:, :-lag]
    products = (filled[:, lag:] * filled[:, :-lag] * both).sum()
    squares = np.sqrt(((filled[:, lag:] ** 2) * both).sum() * ((filled[:, :-lag] ** 2) * both).sum())
    return float(products / squares) if squares > 0 else 0.0
