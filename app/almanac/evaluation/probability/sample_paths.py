"""How the steps of a forecast hang together, learnt from past misses, and futures drawn accordingly.

A good first week makes a good second week likelier: a sum over several steps has a wider range than steps that know
nothing of one another would give. The misses of practice runs, each told as its place in the range that was promised,
show by how much; futures are drawn from the forecast's own ranges with the same togetherness. Clark et al. (2004), "The
Schaake shuffle"; Schefzik, Thorarinsdottir and Gneiting (2013) for copulas of forecast misses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import lower_bound_of
from almanac.evaluation.backtest.backtest import BacktestRuns

FUTURES = 10_000
SEED = 20_260_101  # the same question gets the same answer
# Without any practice run: what misses of the bundled models showed on development data, from yearly to hourly.
USUAL_NEXT, USUAL_REACH = 0.7, 1.0
PATHS_TO_TRUST = 20.0  # past paths that count as much as what is usual
FURTHEST = 2.6  # standard scores; beyond, a place in a range is not told apart


@dataclass(frozen=True)
class StepCorrelation:
    """``correlation`` float64 [H, H]: of the standard scores of the misses at each pair of steps; ``paths``: how many
    past paths that do not overlap stand behind it (0: only what is usual elsewhere)."""

    correlation: Floats
    past_paths: float


def step_correlation(runs: BacktestRuns | None, horizon: int) -> StepCorrelation:
    """How misses hung together in practice runs, drawn towards the usual where there are few.

    ``runs`` may be of many series: places in a range have no units. Steps beyond those practised hang together as far
    apart ones do elsewhere.
    """
    correlation = _usual(horizon)
    if runs is None or len(runs) == 0:
        return StepCorrelation(correlation, 0.0)
    steps = min(horizon, runs.horizon)
    scores = standard_scores(runs)[:, :steps]
    known = np.isfinite(scores)
    filled = np.where(known, scores, 0.0)
    together = filled.T @ filled
    alone = (filled**2).T @ known.astype(np.float64)  # the squares of one step where the other is known
    seen = together / np.sqrt(np.maximum(alone * alone.T, 1e-12))
    pairs = known.astype(np.float64).T @ known
    paths = pairs * (_paths(runs) / len(runs))
    weight = paths / (paths + PATHS_TO_TRUST)
    correlation[:steps, :steps] = weight * seen + (1 - weight) * correlation[:steps, :steps]
    return StepCorrelation(_nearest_correlation(correlation), float(paths[0, 0]))


def _usual(horizon: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(horizon), np.arange(horizon)))
    usual = USUAL_NEXT * np.exp(-lag / (USUAL_REACH * horizon))
    np.fill_diagonal(usual, 1.0)
    correlation: Floats = usual
    return correlation


def _paths(runs: BacktestRuns) -> float:
    """How many paths of the whole horizon fit into what was practised without overlap."""
    starts = np.flatnonzero(np.diff(runs.series, prepend=-1))
    ends = np.append(starts[1:], len(runs)) - 1
    span = runs.cutoff[ends] - runs.cutoff[starts]
    return float((1 + span / runs.horizon).clip(max=ends - starts + 1).sum())


def _nearest_correlation(matrix: Floats) -> Floats:
    """Without directions of negative variance, which pairs counted apart can bring about."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    mended = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    size = np.sqrt(np.diag(mended))
    nearest: Floats = mended / np.outer(size, size)
    return nearest


def standard_scores(runs: BacktestRuns) -> Floats:
    """Where each actual value fell in the range promised for it, as a standard score: float64 [W, H], NaN if unknown.

    A value on several quantiles at once (the zeros of rare sales) stands in their middle.
    """
    q, y = runs.quantiles, runs.actuals[..., None]
    at = normal_scores(tuple(map(float, runs.levels)))
    below, upto = (q < y).sum(-1), (q <= y).sum(-1)
    last = len(at) - 1
    left, right = np.clip(below - 1, 0, last), np.clip(below, 0, last)
    low, high = (np.take_along_axis(q, k[..., None], -1)[..., 0] for k in (left, right))
    share = np.divide(runs.actuals - low, high - low, out=np.zeros_like(low), where=high > low)
    between = at[left] + np.clip(share, 0.0, 1.0) * (at[right] - at[left])
    beyond = np.where(below == 0, -FURTHEST, np.where(below > last, FURTHEST, between))
    tied = upto > below
    middle = (at[np.clip(below, 0, last)] + at[np.clip(upto - 1, 0, last)]) / 2
    return np.where(np.isfinite(runs.actuals), np.where(tied, middle, beyond), np.nan)


@cache
def normal_scores(levels: tuple[float, ...]) -> Floats:
    """The standard score of each level: [Q]."""
    return np.array([NormalDist().inv_cdf(level) for level in levels])


@dataclass(frozen=True)
class PathPositions:
    """Futures before they have amounts: where each lies between the quantiles of each step.

    ``right`` int64 [count, H]: the quantile above it, ``share`` [count, H]: how far it is on the way there from the one
    below (outside 0 to 1: beyond the outermost).
    """

    right: Integers
    share: Floats

    def step(self, quantiles: Floats, h: int) -> Floats:
        """The amounts at step ``h`` (from 0) in the futures of W series with these ``quantiles`` [W, Q]: [W, count].

        Not below zero where no quantile is.
        """
        right, share = self.right[:, h], self.share[:, h]
        amounts = quantiles[:, right - 1] * (1 - share) + quantiles[:, right] * share
        floor = lower_bound_of(quantiles[:, :1])
        drawn: Floats = np.maximum(amounts, floor)
        return drawn


def draw_positions(levels: Floats, together: StepCorrelation, count: int = FUTURES) -> PathPositions:
    """``count`` futures that hang together as misses did, in pairs of opposites, the same every time.

    Beyond the outermost of the ``levels`` a range goes on as it does between the last two.
    """
    horizon = len(together.correlation)
    half = np.random.default_rng(SEED).standard_normal(((count + 1) // 2, horizon))
    scores = np.concatenate([half, -half])[:count] @ np.linalg.cholesky(together.correlation).T
    at = normal_scores(tuple(map(float, levels)))
    right = np.clip(np.searchsorted(at, scores), 1, len(at) - 1)
    return PathPositions(right, (scores - at[right - 1]) / (at[right] - at[right - 1]))


def draw_paths(quantiles: Floats, levels: Floats, together: StepCorrelation, count: int = FUTURES) -> Floats:
    """Futures of one series that keep each step's own range and hang together as misses did: float64 [count, H].

    ``quantiles`` [H, Q] at ``levels`` [Q].
    """
    drawn = draw_positions(levels, together, count)
    return np.stack([drawn.step(q[None], h)[0] for h, q in enumerate(quantiles)], axis=1)
