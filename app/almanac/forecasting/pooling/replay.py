"""Whether learning from others pays in a file: its donors are cut to the length of a new series and forecast both ways.

What is measured there, and not how alike the donors look, decides whether new series learn, and how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet
from almanac.forecasting.pooling.donors import DonorPool, Donors, values_at
from almanac.forecasting.pooling.prior import MIN_DONORS, make_prior
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


@dataclass(frozen=True)
class Replayed:
    """R donors forecast as new ones: ``rows`` [R]; scaled losses ``alone`` [R], and with learning [R, shares]."""

    rows: Integers
    alone: Floats
    learning: Floats


@dataclass(frozen=True)
class Origin:
    """A period from which donors are forecast, ``ahead`` periods or fewer, and the ``donors`` that there were then."""

    period: int
    ahead: int
    donors: Donors


def origins(pool: DonorPool, until: int, horizon: int) -> list[Origin]:
    """Where to forecast donors from, in different parts of the season; nothing after ``until`` is needed."""
    ahead = min(horizon, pool.season)
    periods = [until - ahead - back * max(1, 5 * pool.season // 12) for back in range(ORIGINS)]
    return [Origin(period, ahead, pool.at(period)) for period in periods]


def best_share(pool: DonorPool, past: list[Origin], length: int, predictor: Predictor) -> float | None:
    """The one of ``SHARES`` that forecast donors best when they had ``length`` values.

    None when they were not clearly better off with it; NaN when that cannot be tried.
    """
    parts = [made for origin in past for made in _replay(pool, origin, length, predictor)]
    if not parts:
        return float("nan")
    gains = np.concatenate([part.alone[:, None] - part.learning for part in parts])
    _, donor = np.unique(np.concatenate([part.rows for part in parts]), return_inverse=True)
    if len(gains) == 0 or donor.max() + 1 < MIN_DONORS:
        return float("nan")
    each = np.stack([np.bincount(donor, gain) / np.bincount(donor) for gain in gains.T])
    mean = each.mean(axis=1)
    best, count = int(mean.argmax()), each.shape[1]
    error = float(each[best].std(ddof=1)) / np.sqrt(count) * (1 + 2 / (count - 1))  # about Student's t for few donors
    return SHARES[best] if mean[best] > STANDARD_ERRORS * error else None


def _replay(pool: DonorPool, at_origin: Origin, length: int, predictor: Predictor) -> Iterator[Replayed]:
    """Forecast donors from one origin by their last ``length`` values."""
    series, donors, origin, ahead = pool.series, at_origin.donors, at_origin.period, at_origin.ahead
    numbers = origin + np.arange(1, ahead + 1)
    actual = values_at(series, donors.rows, np.broadcast_to(numbers, (len(donors), ahead)), origin + ahead)
    scale = _scale(pool, donors.rows, origin)
    usable = np.isfinite(actual).any(axis=1) & (scale > 0)
    usable[np.flatnonzero(usable)[MAX_REPLAYS:]] = False
    if usable.sum() < MIN_DONORS or len(donors) <= MIN_DONORS:
        return
    new = _last_values(series, donors.rows, origin, length)
    for learned in _learned_from_others(pool, donors, usable, new, ahead):
        at = learned.rows
        last = np.full(len(at), origin)
        without = predictor.predict(learned.without_season(new), ahead)
        made = [predictor.predict(_last_values(series, donors.rows[at], origin, length), ahead)]
        made += learned.mixed(without, last, predictor.levels, SHARES)
        losses = np.stack([_loss(quantiles, actual[at], predictor.levels) / scale[at] for quantiles in made])
        losses = np.minimum(losses, MAX_LOSS)
        yield Replayed(donors.rows[at], losses[0], losses[1:].T)


def _learned_from_others(
    pool: DonorPool, donors: Donors, usable: Flags, new: SeriesSet, ahead: int
) -> Iterator[Learned]:
    """What the usable ones of ``new``, cut donors, learn from the donors of all folds but their own."""
    parts: list[Learned] = []
    fold = np.arange(len(donors)) % min(MAX_FOLDS, len(donors))
    for k in range(int(fold.max()) + 1):
        prior = make_prior(donors.select(fold != k), pool.additive)
        if prior is not None:
            parts += learn(new, np.flatnonzero(usable & (fold == k)), ahead, prior)
    if parts:
        yield joined(parts)


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
