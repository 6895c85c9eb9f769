"""Distributions of totals: sums over sample paths that keep dependence between steps and between series.

Each series has paths with the distribution of every step, the correlation of steps, and factors in common with other
series (``dependence``): a Gaussian copula, as in ``evaluation.probability.sample_paths``. Series come in parts, and
only sums are kept, so that memory is bounded however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers, Singles
from almanac.core.series import lower_bound_of
from almanac.totals.dependence import SeriesCorrelation
from almanac.totals.grouping import NO_GROUP, Level

SEED = 20_260_101  # the same question gets the same answer
EVENT_SEED = 1_000_003  # tells the draws of events from those of groups
MIN_PATHS, MAX_PATHS = 400, 4_000
MAX_DRAWS = 30_000_000  # of all series, steps and paths together, above MIN_PATHS: a second or two
MAX_DRAWS_AT_ONCE = 2_000_000
MIN_DRAWS_A_STEP = 3  # of what is common to a group, to give them exactly their covariance; chosen by judgement
MAX_SUMS = 8_000_000  # of groups, spans and paths that are kept at once
REACH, PER_UNIT = 3.5, 32  # of the table of amounts: scores up to ±3.5, in steps of 1/32
_GRID = np.arange(-REACH, REACH + 1e-9, 1 / PER_UNIT)


@dataclass(frozen=True, eq=False)
class SharedShare:
    """Something that moves many steps of many series by one and the same score, such as how well a sale to come works.

    ``series``, ``steps`` int64 [M]; ``share`` float64 [M]: of the variance of each; in all at most ``MAX_SHARED``.
    """

    series: Integers
    steps: Integers
    share: Floats


@dataclass(frozen=True)
class PathModel:
    """Forecasts of N series and how they depend: what paths are drawn from.

    ``quantiles`` float64 [N, H, Q] at ``levels`` [Q]; ``steps`` float64 [H, H]: the correlation of the steps of a
    series; ``shared``: what series have in common; ``weight`` float64 [N, H]: how much each amount counts, 1 in a sum;
    ``events``: what moves many steps at once besides.
    """

    quantiles: Floats
    levels: Floats
    steps: Floats
    shared: SeriesCorrelation
    weight: Floats
    events: tuple[SharedShare, ...] = ()

    @classmethod
    def apart(cls, quantiles: Floats, levels: Floats, steps: Floats) -> PathModel:
        """Of series that are never added up with each other."""
        nothing = SeriesCorrelation((), np.zeros((0, *steps.shape)), 0.0)
        return cls(quantiles, levels, steps, nothing, np.ones(quantiles.shape[:2]))


def sum_distributions(
    model: PathModel, level: Level, spans: Sequence[tuple[int, int]], at: Sequence[float], most: int = MAX_PATHS
) -> Floats:
    """Quantiles of the total of each group of ``level`` in each span, less its mean: float64 [G, S, len(at)].

    ``spans``: steps from and to before; ``most``: paths. The same for the same series in any order of their groups.
    """
    out = np.empty((len(level), len(spans), len(at)))
    count = _path_count(len(level.order) * model.quantiles.shape[1], most)
    for groups, sums in _sums(model, level, spans, count):
        sums -= sums.mean(axis=2, keepdims=True)
        out[groups] = np.moveaxis(np.quantile(sums, at, axis=2), 0, 2)
    return out


def _path_count(cells: int, most: int) -> int:
    return int(np.clip(MAX_DRAWS // max(cells, 1), MIN_PATHS, most)) // 2 * 2


def _sums(
    model: PathModel, level: Level, spans: Sequence[tuple[int, int]], count: int
) -> Iterator[tuple[slice, Floats]]:
    """The paths of the sums of groups, [groups, S, count], for as many groups at once as fit into memory."""
    horizon = model.quantiles.shape[1]
    factors = _Factors(model, count)
    at_once = max(MAX_SUMS // (count * len(spans)), 1)
    position = 0
    for begin in range(0, len(level), at_once):
        end = min(begin + at_once, len(level))
        members = level.order[position : position + int(level.sizes[begin:end].sum())]
        position += len(members)
        sums = np.zeros((end - begin, len(spans), count))
        size = max(MAX_DRAWS_AT_ONCE // (count * horizon), 1)
        for start in range(0, len(members), size):
            rows = members[start : start + size]
            amounts = _amounts(model, rows, factors.scores(rows, start + position))
            for s, (first, stop) in enumerate(spans):
                inside = amounts[:, :, first:stop].sum(axis=2, dtype=np.float64)
                np.add.at(sums[:, s], level.codes[rows] - begin, inside)
        yield slice(begin, end), sums


class _Factors:
    """Standard scores of series: what they have in common is drawn once a group, the rest once a series."""

    def __init__(self, model: PathModel, count: int) -> None:
        self._levels, self._count = model.shared.levels, count
        used = model.shared.weights > 0
        used &= np.array([len(level) * model.steps.size <= MAX_DRAWS for level in self._levels], bool)
        common, rest = model.shared.parts_of(model.steps, used)
        self._common = list(zip(np.flatnonzero(used).tolist(), map(_root, common), strict=True))
        self._rest = _root(rest)
        self._events = model.events
        self._kept = np.ones(model.quantiles.shape[:2], np.float32)
        for event in model.events:
            np.add.at(self._kept, (event.series, event.steps), -event.share.astype(np.float32))
        self._kept = np.sqrt(np.maximum(self._kept, 0))

    def scores(self, rows: Integers, number: int) -> Singles:
        """Scores of the series at ``rows``, [R, count, H]; ``number``: tells this draw from any other."""
        drawn = self._paths([0, number], len(rows), self._rest)
        for k, root in self._common:
            codes = self._levels[k].codes[rows]
            groups, of = np.unique(codes, return_inverse=True)
            common = np.concatenate([self._shared_paths([1 + k, int(group) + 1], root) for group in groups])
            common[groups == NO_GROUP] = 0
            drawn += common[of]
        if self._events:
            self._add_events(drawn, rows)
        return drawn

    def _add_events(self, drawn: Singles, rows: Integers) -> None:
        """Give each event its share of the scores of the series at ``rows``."""
        drawn *= self._kept[rows][:, None, :]
        place = np.full(len(self._kept), -1)
        place[rows] = np.arange(len(rows))
        for number, event in enumerate(self._events):
            at = place[event.series]
            here = at >= 0
            chance = np.random.default_rng([SEED, EVENT_SEED, number])
            half = chance.standard_normal(self._count // 2, dtype=np.float32)
            score = np.concatenate([half, -half])
            moved = np.sqrt(event.share[here]).astype(np.float32)[:, None] * score
            drawn[at[here], :, event.steps[here]] += moved

    def _paths(self, seed: list[int], series: int, root: Singles) -> Singles:
        """Correlated steps of so many series, in pairs of opposites: [series, count, H]."""
        chance = np.random.default_rng([SEED, *seed])
        half = chance.standard_normal((series, self._count // 2, len(root)), dtype=np.float32) @ root
        return np.concatenate([half, -half], axis=1)

    def _shared_paths(self, seed: list[int], root: Singles) -> Singles:
        """Correlated steps that a whole group has in common, with exactly the covariance that they should have where
        there are enough of them: [1, count, H]. What chance adds to it would be in the range of every total.
        """
        chance = np.random.default_rng([SEED, *seed])
        half = chance.standard_normal((self._count // 2, len(root)), dtype=np.float32)
        if len(half) >= MIN_DRAWS_A_STEP * len(root):
            whitened = np.linalg.inv(np.linalg.cholesky(half.T @ half / len(half))).T @ root
            root = whitened.astype(np.float32, copy=False)
        drawn = half @ root
        return np.concatenate([drawn, -drawn])[None]


def _root(covariance: Floats) -> Singles:
    """A matrix that turns independent scores into scores with this covariance, which may be singular: [H, H]."""
    values, vectors = np.linalg.eigh(covariance)
    root: Singles = ((vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T).astype(np.float32)
    return root


def _amounts(model: PathModel, rows: Integers, scores: Singles) -> Singles:
    """The weighted amounts of these series at these standard scores [R, count, H].

    Looked up in a table of the amounts of each step on a fine grid of scores; beyond the outermost levels a
    distribution goes on as between the last two. Not below 0 where no quantile is.
    """
    table = model.quantiles[rows] @ _table_weights(tuple(map(float, model.levels)))
    table = np.maximum(table, lower_bound_of(model.quantiles[rows, :, :1])) * model.weight[rows][:, :, None]
    cells, horizon = table.shape[0] * table.shape[1], table.shape[1]
    place = np.rint((np.clip(scores, -REACH, REACH) + REACH) * PER_UNIT).astype(np.int32)
    base = (np.arange(cells, dtype=np.int32) * len(_GRID)).reshape(len(rows), 1, horizon)
    amounts: Singles = table.astype(np.float32).ravel()[place + base]
    return amounts


def _table_weights(levels: tuple[float, ...]) -> Floats:
    """Weights [Q, grid] that interpolate quantiles at the scores of the grid."""
    known = np.array([NormalDist().inv_cdf(level) for level in levels])
    weights = np.zeros((len(known), len(_GRID)))
    if len(known) == 1:
        return weights + 1
    right = np.clip(np.searchsorted(known, _GRID), 1, len(known) - 1)
    share = (_GRID - known[right - 1]) / (known[right] - known[right - 1])
    columns = np.arange(len(_GRID))
    weights[right - 1, columns], weights[right, columns] = 1 - share, share
    return weights


def alone_distributions(
    model: PathModel, spans: Sequence[tuple[int, int]], at: Sequence[float], most: int = MAX_PATHS
) -> Floats:
    """Quantiles of the sums of each series by itself in each span, less their mean: float64 [N, S, len(at)]."""
    count = len(model.quantiles)
    alone = Level((), np.arange(count), tuple(() for _ in range(count)), ("",) * count)
    return sum_distributions(model, alone, spans, at, most)
