"""Sample paths: possible futures of a series whose steps depend on one another as past errors did.

A good first week makes a good second week likelier: a sum over several steps has a wider range than independent steps
would give. The errors of backtests, each as a standard score of its place in the forecast distribution, show by how
much; paths are drawn from the forecast's own quantiles with that correlation: a Gaussian copula. Schefzik,
Thorarinsdottir and Gneiting (2013), "Uncertainty quantification in complex simulation models using ensemble copula
coupling"; Clark et al. (2004), "The Schaake shuffle".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import lower_bound_of
from almanac.evaluation.backtest.backtest import BacktestRuns

NUM_PATHS = 10_000  # a chance of 50% is then good to one point of 100, 19 times in 20
SEED = 20_260_101  # the same question gets the same answer
# Prior: what errors of the bundled models showed on development data, from yearly to hourly.
PRIOR_CORRELATION = 0.7  # of neighbouring steps
PRIOR_REACH = 1.0  # horizons over which it falls to 1/e of that
PRIOR_PATHS = 20.0  # past paths that count as much as the prior; chosen by judgement
MAX_SCORE = 2.6  # standard score of a value beyond the outermost quantile (0.99: 2.3); chosen by judgement


@dataclass(frozen=True)
class StepCorrelation:
    """How the errors of H steps depend on one another.

    ``correlation`` float64 [H, H]: of their standard scores at each pair of steps; ``past_paths``: how many past paths
    without overlap it rests on (0: only on the prior).
    """

    correlation: Floats
    past_paths: float


def step_correlation(runs: BacktestRuns | None, horizon: int) -> StepCorrelation:
    """Learn the correlation of steps from backtest runs, shrunk towards a prior where there are few.

    r_hk = sum z_h z_k / sqrt(sum z_h^2 sum z_k^2) over windows in which both steps h and k are known, z being their
    ``standard_scores``; with n past paths it takes the weight n / (n + PRIOR_PATHS), and the prior
    PRIOR_CORRELATION exp(-|h - k| / (PRIOR_REACH H)) the rest. ``runs`` may be of many series, since scores have no
    units. Steps beyond those of the backtest have the prior.
    """
    correlation = _prior(horizon)
    if runs is None or len(runs) == 0:
        return StepCorrelation(correlation, 0.0)
    steps = min(horizon, runs.horizon)
    scores = standard_scores(runs)[:, :steps]
    known = np.isfinite(scores).astype(np.float64)
    filled = np.where(known > 0, scores, 0.0)
    products = filled.T @ filled
    squares = (filled**2).T @ known  # of one step where the other is known
    seen = products / np.sqrt(np.maximum(squares * squares.T, 1e-12))
    paths = known.T @ known * (_independent_paths(runs) / len(runs))
    weight = paths / (paths + PRIOR_PATHS)
    correlation[:steps, :steps] = weight * seen + (1 - weight) * correlation[:steps, :steps]
    return StepCorrelation(_nearest_correlation(correlation), float(paths[0, 0]))


def _prior(horizon: int) -> Floats:
    lag = np.abs(np.subtract.outer(np.arange(horizon), np.arange(horizon)))
    prior = PRIOR_CORRELATION * np.exp(-lag / (PRIOR_REACH * horizon))
    np.fill_diagonal(prior, 1.0)
    correlation: Floats = prior
    return correlation


def _independent_paths(runs: BacktestRuns) -> float:
    """How many paths of the whole horizon fit into the backtested past without overlap."""
    starts = np.flatnonzero(np.diff(runs.series, prepend=-1))
    ends = np.append(starts[1:], len(runs)) - 1
    span = runs.cutoff[ends] - runs.cutoff[starts]
    return float((1 + span / runs.horizon).clip(max=ends - starts + 1).sum())


def _nearest_correlation(matrix: Floats) -> Floats:
    """The matrix without negative eigenvalues, which pairs counted separately can bring about; diagonal 1."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    positive = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    size = np.sqrt(np.diag(positive))
    nearest: Floats = positive / np.outer(size, size)
    return nearest


def standard_scores(runs: BacktestRuns) -> Floats:
    """The standard score of each actual value in its forecast distribution: float64 [W, H], NaN if unknown.

    Interpolated between the scores of the quantiles on either side; ``MAX_SCORE`` beyond the outermost. A value on
    several quantiles at once, such as the zeros of rare sales, has their mean score; of a series of whole numbers, it
    is on all that would be rounded to it. Any other score would make zeros look like errors that all steps and series
    have in common, and their sums much too uncertain.
    """
    q, y = runs.quantiles, runs.actuals[..., None]
    levels = tuple(map(float, runs.levels))
    scores = normal_scores(levels)
    below, upto = (q < y).sum(-1), (q <= y).sum(-1)
    last = len(scores) - 1
    left, right = np.clip(below - 1, 0, last), np.clip(below, 0, last)
    low, high = (np.take_along_axis(q, k[..., None], -1)[..., 0] for k in (left, right))
    share = np.divide(runs.actuals - low, high - low, out=np.zeros_like(low), where=high > low)
    between = scores[left] + np.clip(share, 0.0, 1.0) * (scores[right] - scores[left])
    beyond = np.where(below == 0, -MAX_SCORE, np.where(below > last, MAX_SCORE, between))
    tied = np.where(upto > below, scores[np.clip(below, 0, last)], beyond)
    half = np.where(_whole(runs), 0.5, 0.0)[:, None, None]
    start, end = (q < y - half).sum(-1), (q <= y + half).sum(-1) - 1
    means = _mean_scores(levels)[np.clip(start, 0, last), np.clip(end, 0, last)]
    return np.where(np.isfinite(runs.actuals), np.where(end > start, means, tied), np.nan)


def _whole(runs: BacktestRuns) -> Flags:
    """Which windows are of a series that only had whole numbers: bool [W]."""
    broken = (np.nan_to_num(runs.actuals) % 1 != 0).any(axis=1)
    whole: Flags = np.bincount(runs.series, broken, len(runs.names))[runs.series] == 0
    return whole


@cache
def _mean_scores(levels: tuple[float, ...]) -> Floats:
    """The mean score of what is on the quantiles from one to another: float64 [Q, Q], below the diagonal 0.

    That of a standard normal variable between the levels a and b is (f(z_a) - f(z_b)) / (b - a), f its density. They
    begin and end half way to the next level; what is on the first quantile begins at 0, as nothing is lower.
    """
    normal = NormalDist()
    half_way = tuple((a + b) / 2 for a, b in pairwise((*levels, 1.0)))
    lower, upper = (0.0, *half_way[:-1]), half_way
    below, above = (
        np.array([normal.pdf(normal.inv_cdf(level)) if level > 0 else 0.0 for level in ends]) for ends in (lower, upper)
    )
    width = np.array(upper)[None, :] - np.array(lower)[:, None]
    means = (below[:, None] - above[None, :]) / np.where(width > 0, width, 1.0)
    return np.triu(means, 1)


@cache
def normal_scores(levels: tuple[float, ...]) -> Floats:
    """The standard normal quantile at each level: float64 [Q]."""
    return np.array([NormalDist().inv_cdf(level) for level in levels])


@dataclass(frozen=True)
class PathPositions:
    """Sample paths before they have amounts: where each is between the quantiles of each step.

    ``right`` int64 [paths, H]: the quantile above it, ``share`` float64 [paths, H]: how far it is on the way there from
    the one below (outside 0 to 1: beyond the outermost).
    """

    right: Integers
    share: Floats

    def amounts(self, quantiles: Floats, h: int) -> Floats:
        """The amounts at step ``h`` (from 0) of W series with these ``quantiles`` [W, Q]: float64 [W, paths].

        Not below 0 where no quantile is.
        """
        right, share = self.right[:, h], self.share[:, h]
        amounts = quantiles[:, right - 1] * (1 - share) + quantiles[:, right] * share
        bounded: Floats = np.maximum(amounts, lower_bound_of(quantiles[:, :1]))
        return bounded


def draw_positions(levels: Floats, dependence: StepCorrelation, count: int = NUM_PATHS) -> PathPositions:
    """``count`` paths with this correlation of steps, in pairs of opposites, the same every time.

    Beyond the outermost of the ``levels`` [Q] a distribution goes on as between the last two quantiles.
    """
    horizon = len(dependence.correlation)
    half = np.random.default_rng(SEED).standard_normal(((count + 1) // 2, horizon))
    scores = np.concatenate([half, -half])[:count] @ np.linalg.cholesky(dependence.correlation).T
    known = normal_scores(tuple(map(float, levels)))
    right = np.clip(np.searchsorted(known, scores), 1, len(known) - 1)
    return PathPositions(right, (scores - known[right - 1]) / (known[right] - known[right - 1]))


def draw_paths(quantiles: Floats, levels: Floats, dependence: StepCorrelation, count: int = NUM_PATHS) -> Floats:
    """Sample paths of one series with the distribution of each step and this correlation of steps: float64 [count, H].

    ``quantiles`` float64 [H, Q] at ``levels`` [Q].
    """
    positions = draw_positions(levels, dependence, count)
    return np.stack([positions.amounts(q[None], h)[0] for h, q in enumerate(quantiles)], axis=1)
