"""Whether learning from others pays in a file: its donors are cut to the length of a new series and forecast both ways.

What is measured there, and not how alike the donors look, decides whether new series learn, and how.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet
from almanac.forecasting.pooling.donors import DonorPool, Donors, values_at
from almanac.forecasting.pooling.prior import MIN_DONORS, Prior, make_prior
from almanac.forecasting.pooling.short import Learned, learn

# The share of the forecast with the donors' noise; the rest is the model's for the series without season.
SHARES = (0.0, 0.25, 0.5, 0.75)
# Series and horizon → quantiles [series, horizon, levels] by the model, as it is without learning.
Predict = Callable[[SeriesSet, int], Floats]
# Chosen by judgement.
ORIGINS = 2
MAX_REPLAYS = 75  # of each origin
MAX_FOLDS = 8
SCALE_SEASONS = 3  # whose changes scale the losses of a donor
MAX_LOSS = 20.0  # in scaled units: a single series must not decide
STANDARD_ERRORS = 3.0  # by which learning must pay, as many lengths and dates are tried: no development set gets worse
MIN_LEVEL, MAX_LEVEL = 0.1, 0.9  # of the quantiles that are compared


@dataclass(frozen=True)
class Predictor:
    """How to ask the model: ``predict``, and the ``levels`` of the quantiles that it returns."""

    predict: Predict
    levels: tuple[float, ...]

    def each(self, sets: Sequence[SeriesSet], horizon: int) -> list[Floats]:
        """What ``predict`` returns for each of these sets of one frequency, by asking once: a question costs time."""
        lengths = np.concatenate([one.lengths for one in sets])
        whole = SeriesSet(
            names=tuple(map(str, range(len(lengths)))),
            values=np.concatenate([one.values for one in sets]),
            offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            first=np.concatenate([one.first for one in sets]),
            frequency=sets[0].frequency,
        )
        return np.split(self.predict(whole, horizon), np.cumsum([len(one) for one in sets])[:-1])


@dataclass(frozen=True)
class Replayed:
    """R donors forecast as new ones: ``rows`` [R], and by how much learning lowered their scaled loss: [R, shares]."""

    rows: Integers
    gains: Floats


@dataclass(frozen=True)
class Origin:
    """A period from which donors are forecast: all that does not depend on how many values they are left.

    ``donors``: the K that there were then; ``tried`` bool [K]: which of them are forecast; ``actual`` [K, ahead]: what
    came next, ``ahead`` periods or fewer; ``scale`` [K]: of their losses; ``fold`` int64 [K], and the prior that the
    donors of all other folds make.
    """

    period: int
    donors: Donors
    tried: Flags
    actual: Floats
    scale: Floats
    fold: Integers
    priors: tuple[Prior | None, ...]

    @property
    def ahead(self) -> int:
        """How many periods are forecast."""
        return int(self.actual.shape[1])


def origins(pool: DonorPool, until: int, horizon: int) -> list[Origin]:
    """Where to forecast donors from, in different parts of the season; nothing after ``until`` is needed.

    None where too few donors can be.
    """
    ahead = min(horizon, pool.season)
    periods = [until - ahead - back * max(1, 5 * pool.season // 12) for back in range(ORIGINS)]
    return [origin for period in periods if (origin := _origin(pool, period, ahead)) is not None]


def _origin(pool: DonorPool, period: int, ahead: int) -> Origin | None:
    donors = pool.at(period)
    numbers = np.broadcast_to(period + np.arange(1, ahead + 1), (len(donors), ahead))
    actual = values_at(pool.series, donors.rows, numbers, period + ahead)
    scale = _scale(pool, donors.rows, period)
    tried = np.isfinite(actual).any(axis=1) & (scale > 0)
    tried[np.flatnonzero(tried)[MAX_REPLAYS:]] = False
    if tried.sum() < MIN_DONORS or len(donors) <= MIN_DONORS:
        return None
    folds = min(MAX_FOLDS, len(donors))
    fold = np.arange(len(donors)) % folds
    priors = tuple(make_prior(donors.select(fold != k), pool.additive) for k in range(folds))
    return Origin(period, donors, tried, actual, scale, fold, priors)


def best_share(pool: DonorPool, past: list[Origin], length: int, predictor: Predictor) -> float | None:
    """The one of ``SHARES`` that forecast donors best when they had ``length`` values.

    None when they were not clearly better off with it; NaN when that cannot be tried.
    """
    parts = _replay(pool, past, length, predictor)
    if not parts:
        return float("nan")
    gains = np.concatenate([part.gains for part in parts])
    _, donor = np.unique(np.concatenate([part.rows for part in parts]), return_inverse=True)
    if len(gains) == 0 or donor.max() + 1 < MIN_DONORS:
        return float("nan")
    each = np.stack([np.bincount(donor, gain) / np.bincount(donor) for gain in gains.T])
    mean = each.mean(axis=1)
    best, count = int(mean.argmax()), each.shape[1]
    error = float(each[best].std(ddof=1)) / np.sqrt(count) * (1 + 2 / (count - 1))  # about Student's t for few donors
    return SHARES[best] if mean[best] > STANDARD_ERRORS * error else None


def _replay(pool: DonorPool, past: list[Origin], length: int, predictor: Predictor) -> list[Replayed]:
    """Forecast donors from each origin by their last ``length`` values, alone and with learning."""
    tried: list[tuple[Origin, Learned]] = []
    cut: list[SeriesSet] = []
    for origin in past:
        new = _last_values(pool.series, origin.donors.rows, origin.period, length)
        learned = _learned_from_others(origin, new)
        if learned is not None:
            tried.append((origin, learned))
            cut += [
                _last_values(pool.series, origin.donors.rows[learned.rows], origin.period, length),
                learned.without_season(new),
            ]
    if not tried:
        return []
    made = predictor.each(cut, tried[0][0].ahead)
    pairs = zip(tried, made[::2], made[1::2], strict=True)
    return [_gains(origin, learned, predictor.levels, (alone, without)) for (origin, learned), alone, without in pairs]


def _gains(origin: Origin, learned: Learned, levels: tuple[float, ...], made: tuple[Floats, Floats]) -> Replayed:
    """Compare ``made`` [R, ahead, levels]: forecasts of the donors alone, and of these without their season."""
    at, (alone, without) = learned.rows, made
    last = np.full(len(at), origin.period)
    forecasts = [alone, *learned.mixed(without, last, levels, SHARES)]
    losses = np.stack([_loss(one, origin.actual[at], levels) / origin.scale[at] for one in forecasts])
    losses = np.minimum(losses, MAX_LOSS)
    return Replayed(origin.donors.rows[at], losses[0][:, None] - losses[1:].T)


def _learned_from_others(origin: Origin, new: SeriesSet) -> Learned | None:
    """What those of ``new``, cut donors, that are tried learn from the donors of all folds but their own."""
    parts: list[Learned] = []
    for k, prior in enumerate(origin.priors):
        if prior is not None:
            parts += learn(new, np.flatnonzero(origin.tried & (origin.fold == k)), origin.ahead, prior)
    return joined(parts) if parts else None


def joined(parts: list[Learned]) -> Learned:
    """Several as one."""
    rows, season, middle, spread, degrees = (
        np.concatenate(arrays)
        for arrays in zip(*((p.rows, p.season, p.middle, p.spread, p.degrees) for p in parts), strict=True)
    )
    return Learned(rows, season, middle, spread, degrees, parts[0].additive)


def _last_values(series: SeriesSet, rows: Integers, origin: int, length: int) -> SeriesSet:
    """The ``length`` values up to ``origin`` of each series at ``rows``, as a separate file."""
    numbers = np.broadcast_to(origin + np.arange(1 - length, 1), (len(rows), length))
    return SeriesSet(
        names=tuple(map(str, range(len(rows)))),
        values=values_at(series, rows, numbers, origin).ravel(),
        offsets=np.arange(len(rows) + 1, dtype=np.int64) * length,
        first=np.full(len(rows), origin - length + 1),
        frequency=series.frequency,
    )


def _scale(pool: DonorPool, rows: Integers, origin: int) -> Floats:
    """The mean absolute change over a season, of the latest seasons up to ``origin``: [R], 0 where none is known."""
    m = pool.season
    numbers = np.broadcast_to(origin + np.arange(1 - SCALE_SEASONS * m, 1), (len(rows), SCALE_SEASONS * m))
    past = values_at(pool.series, rows, numbers, origin)
    change = np.abs(past[:, m:] - past[:, :-m])
    mean: Floats = np.nansum(change, axis=1) / np.maximum(np.isfinite(change).sum(axis=1), 1)
    return mean


def _loss(quantiles: Floats, actual: Floats, levels: tuple[float, ...]) -> Floats:
    """The quantile loss, mean over the compared levels and the known steps: [R]."""
    q = np.array(levels)
    compared = (q >= MIN_LEVEL - 1e-9) & (q <= MAX_LEVEL + 1e-9)
    known = np.isfinite(actual)
    miss = np.where(known, actual, 0.0)[:, :, None] - quantiles[:, :, compared]
    loss = 2 * np.maximum(q[compared] * miss, (q[compared] - 1) * miss).mean(axis=2)
    total: Floats = np.where(known, loss, 0.0).sum(axis=1) / known.sum(axis=1)
    return total
