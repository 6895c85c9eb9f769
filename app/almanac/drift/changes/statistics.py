"""Statistics that are large when something changed, and how large they are when nothing did.

Generalised likelihood ratios for a change at an unknown time (Lai, 1998; Siegmund and Venkatraman, 1995) in scores of
known correlation R: for a direction d (a step or a ramp that begins at some period) the statistic is
``d' R^-1 z / sqrt(d' R^-1 d)``, and the largest over all directions counts. How large it is by chance is simulated from
the same model of errors, with its own uncertainty, so that it holds for every length, memory and number of practice
forecasts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.drift.changes.error_model import MAX_MEMORY, MAX_SHARED, MIN_STEPS_OF_SLOPE, SLOPE, ErrorModel
from almanac.drift.changes.own_past import last_year, seen_before
from almanac.drift.changes.scores import clipped
from almanac.drift.changes.watched import Watched

DRAWS = 4_000
SEED = 20_260_101  # the same spreadsheet gets the same answer
TAIL = 0.03  # share of draws from which chances of rarer values are extrapolated; chosen by judgement
MIN_RAMP = 6  # periods before a trend is distinguished from a level; chosen by judgement
MIN_PRACTICE = 200  # practice forecasts, before their own tail is looked at; chosen by judgement
MIN_KNOWN = 0.9  # of the steps of a practice forecast; chosen by judgement
SHARED_SPREAD = (0.6, 1.0, 1.5)  # how far the true shared part may be from the estimate; chosen by judgement


@dataclass(frozen=True)
class Directions:
    """``shapes`` float64 [D, K], ``start`` int64 [D]: the step in which each begins, ``ramp`` bool [D]."""

    shapes: Floats
    start: Integers
    ramp: np.ndarray


def directions(steps: int, new_from: int, shortest: int) -> Directions:
    """Steps and ramps that begin in or after step ``new_from`` and last at least ``shortest`` steps, to the end."""
    last = max(steps - shortest, new_from)
    starts = np.arange(new_from, last + 1)
    at = np.arange(steps)
    level = (at >= starts[:, None]).astype(np.float64)
    ramp_starts = starts[steps - starts >= MIN_RAMP]
    ramps = np.maximum(at - ramp_starts[:, None] + 1, 0).astype(np.float64)
    is_ramp = np.arange(len(starts) + len(ramp_starts)) >= len(starts)
    return Directions(np.concatenate([level, ramps]), np.concatenate([starts, ramp_starts]), is_ramp)


def location(scores: Floats, model: ErrorModel, found: Directions) -> Floats:
    """The statistic of each direction, float64 [N, D]."""
    weights = found.shapes @ np.linalg.inv(model.correlation(scores.shape[1]))
    norm = np.sqrt((weights * found.shapes).sum(axis=1, keepdims=True))
    statistic: Floats = _filled(scores, model) @ (weights / norm).T
    return statistic


def _filled(scores: Floats, model: ErrorModel) -> Floats:
    """The scores with missing ones as the memory of the one before lets expect."""
    filled = np.array(scores)
    before = np.zeros(len(filled))
    for k in range(filled.shape[1]):
        filled[:, k] = np.where(np.isfinite(filled[:, k]), filled[:, k], model.memory * before)
        before = filled[:, k]
    return filled


def spread(scores: Floats, model: ErrorModel, new_from: int) -> Floats:
    """How much wider the innovations of new steps are than a standard normal: float64 [N], 0 in the mean.

    The level is taken out first. ``log`` of the mean square, times sqrt(n / 2), has about unit spread.
    """
    root = np.linalg.inv(np.linalg.cholesky(model.correlation(scores.shape[1])))
    new = (_filled(scores, model) @ root.T)[:, new_from:]
    n = new.shape[1]
    if n < MIN_RAMP:
        return np.zeros(len(scores))
    new = new - new.mean(axis=1, keepdims=True)
    return np.asarray(np.log((new**2).sum(axis=1) / (n - 1) + 1e-3) * np.sqrt(n / 2))


@dataclass(frozen=True)
class Chance:
    """The distribution of a statistic while nothing changes: its ``draws``, ascending."""

    draws: Floats

    @classmethod
    def of(cls, draws: Floats) -> Chance:
        """From draws in any order."""
        return cls(np.sort(draws))

    def probability(self, values: Floats) -> Floats:
        """The probability of a value at least this large: of the same shape.

        Rarer ones than the draws show are extrapolated by an exponential tail of the squares, as normal ones have.
        """
        count = len(self.draws)
        empirical = (count - np.searchsorted(self.draws, values, side="left") + 1) / (count + 1)
        edge = self.draws[int(count * (1 - TAIL))]
        beyond = self.draws[self.draws >= edge] * np.abs(self.draws[self.draws >= edge]) - edge * abs(edge)
        decay = max(float(beyond.mean()), 1e-9)
        rare = TAIL * np.exp(-np.maximum(values * np.abs(values) - edge * abs(edge), 0) / decay)
        return np.asarray(np.where(values > edge, rare, empirical))


def chance_of(scores: Floats, statistic: Callable[[Floats], Floats], model: ErrorModel, watched: Watched) -> Floats:
    """The probability of a statistic of ``scores`` [N, K] as far from 0 while nothing changes: float64 [N].

    By the model of errors, and by how far it was in practice forecasts: series of a file differ in more than their
    scale, which shows in the tails. Where there are many of these, the larger of both chances counts; a few say by how
    much the model is surprised by what is usual. Of what was as unusual at the same time last year, in the same
    direction, only what is more now counts.
    """
    steps = scores.shape[1]
    now = statistic(scores)
    chance = Chance.of(np.abs(statistic(draw_scores(model, steps))))
    if model.practised.shape[1:] != (steps,):
        return chance.probability(np.abs(now))
    past = statistic(clipped(model.practised))
    chances = chance.probability(np.abs(past))
    values = np.abs(now) - last_year(now, past, chances, model, watched)
    known = np.isfinite(model.practised).mean(axis=1) >= MIN_KNOWN
    found = seen_before(chance.probability(values), chances[known], model.practised_series[known])
    if known.sum() < MIN_PRACTICE:
        return found
    return np.maximum(found, Chance.of(np.abs(past[known])).probability(values))


def draw_scores(model: ErrorModel, steps: int, draws: int = DRAWS) -> Floats:
    """Scores of forecasts of series that go on as before: float64 [draws, steps].

    Each draw has its own memory, shared part and scale, as uncertain as they are known: an estimate taken for the truth
    would make what is usual look rare.
    """
    rng = np.random.default_rng([SEED, steps])
    memory = np.clip(model.memory + model.memory_error * rng.standard_normal(draws), 0.0, MAX_MEMORY)
    shared = np.minimum(model.shared * rng.choice(SHARED_SPREAD, draws), MAX_SHARED)
    noise = rng.standard_t(model.tails, (draws, steps)) * np.sqrt(1 - 2 / model.tails)
    for k in range(1, steps):
        noise[:, k] = memory * noise[:, k - 1] + np.sqrt(1 - memory**2) * noise[:, k]
    scale = np.sqrt(model.checks / rng.chisquare(model.checks, draws))
    whole = np.sqrt(shared)[:, None] * rng.standard_normal((draws, 1)) + np.sqrt(1 - shared)[:, None] * noise
    if steps >= MIN_STEPS_OF_SLOPE:
        whole += np.sqrt(SLOPE) * rng.standard_normal((draws, 1)) * np.linspace(0, 1, steps)
    return clipped(scale[:, None] * whole)
