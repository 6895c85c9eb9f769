"""What the own values of short series add to the prior: their season, and a forecast with the noise of the donors.

The values (or their logarithms) are a level that wanders, a season and noise, all normal: universal kriging (Matheron
1969), or Gaussian process regression, with an unknown level. Series that are known in the same periods share one
solution of linear equations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.forecasting.pooling.prior import Prior

MIN_VALUES = 3  # known ones, of a series that learns
# That a series of the file is like the donors and not without season, before its own values are seen; by judgement.
LOG_ODDS = float(np.log(0.9 / 0.1))
_LARGEST = 700.0  # whose exponential is a float64
_JITTER = 1e-9


@dataclass(frozen=True)
class Learned:
    """What S short series learned. ``rows`` int64 [S]: positions in their SeriesSet.

    ``season`` float64 [S, m]: what each phase (the period's number modulo m) adds to the logarithm of a value, or where
    ``additive`` to the value. ``middle``, ``spread`` [S, H] and ``degrees`` [S] of freedom: a forecast on the same
    scale from the level of the series and the noise of the donors, NaN where there is none.
    """

    rows: Integers
    season: Floats
    middle: Floats
    spread: Floats
    degrees: Floats
    additive: bool

    def select(self, chosen: slice) -> Learned:
        """Only those at these positions."""
        parts = self.season[chosen], self.middle[chosen], self.spread[chosen], self.degrees[chosen]
        return Learned(self.rows[chosen], *parts, self.additive)

    def without_season(self, series: SeriesSet) -> SeriesSet:
        """The series at ``rows`` alone, without their season."""
        values, offsets = _values_of(series, self.rows)
        lengths = np.diff(offsets)
        numbers = np.arange(len(values)) + np.repeat(series.first[self.rows] - offsets[:-1], lengths)
        season = self.season[np.repeat(np.arange(len(lengths)), lengths), numbers % self.season.shape[1]]
        return SeriesSet(
            names=tuple(map(str, range(len(lengths)))),
            values=values - season if self.additive else values / np.exp(season),
            offsets=offsets,
            first=series.first[self.rows],
            frequency=series.frequency,
        )

    def mixed(
        self, quantiles: Floats, last: Integers, levels: Sequence[float], shares: Sequence[float]
    ) -> list[Floats]:
        """The forecasts of the series: [S, H, levels] for each share that the forecast with the donors' noise may have.

        ``quantiles`` [S, H, levels]: those of the series without season; ``last`` [S]: their last periods.
        """
        steps = np.arange(1, quantiles.shape[1] + 1)
        phase = (last[:, None] + steps) % self.season.shape[1]
        season = np.take_along_axis(self.season, phase, axis=1)[:, :, None]
        with_season = quantiles + season if self.additive else quantiles * np.exp(season)
        z = np.array([NormalDist().inv_cdf(level) for level in levels])
        t = z + (z**3 + z) / (4 * self.degrees[:, None, None])  # Student's t, by Cornish and Fisher's expansion
        own = self.middle[:, :, None] + self.spread[:, :, None] * t
        own = own if self.additive else np.exp(np.minimum(own, _LARGEST))
        own = np.where(np.isfinite(own), own, with_season)
        return [(1 - share) * with_season + share * own for share in shares]


def learn(series: SeriesSet, rows: Integers, horizon: int, prior: Prior) -> Iterator[Learned]:
    """What those of the series at ``rows`` learn that can: all end in the same period."""
    alike: dict[tuple[int, bytes, bool], list[int]] = {}
    for i in rows.tolist():
        values = series[i]
        known = np.isfinite(values)
        seen = values[known]
        if len(seen) < MIN_VALUES or seen.min() == seen.max() or (not prior.additive and seen.min() < 0):
            continue
        usable = bool(np.isfinite(prior.noise)) and (prior.additive or bool(seen.min() > 0))
        alike.setdefault((len(values), known.tobytes(), usable), []).append(i)
    for (length, mask, usable), members in alike.items():
        known = np.flatnonzero(np.frombuffer(mask, bool))
        at = np.array(members)
        if usable:
            numbers = int(series.last[at[0]]) + 1 - length + known
            values = series.values[series.offsets[at][:, None] + known]
            yield _krige(at, values, numbers, int(series.last[at[0]]) + np.arange(1, horizon + 1), prior)
        else:  # a logarithm of 0 says nothing
            none = np.full((len(at), horizon), np.nan)
            season = np.tile(prior.mean, (len(at), 1))
            yield Learned(at, season, none, none, np.ones(len(at)), prior.additive)


def _krige(rows: Integers, values: Floats, numbers: Integers, ahead: Integers, prior: Prior) -> Learned:
    """``values`` float64 [S, n]: all known, in periods ``numbers`` [n]; ``ahead`` int64 [H]: periods to forecast."""
    m, n = len(prior.mean), len(numbers)
    phase, future = numbers % m, ahead % m
    since, later = numbers - numbers[0] + 1.0, ahead - numbers[0] + 1.0
    level_paths = prior.drift * np.minimum(since[:, None], since)
    apart = level_paths + prior.noise * np.eye(n)
    values = values if prior.additive else np.log(values)
    fit = _Fit(values - prior.mean[phase], prior.covariance[np.ix_(phase, phase)] + apart, prior.degrees)
    belongs = fit.log_likelihood + LOG_ODDS >= _Fit(values, apart, prior.degrees).log_likelihood
    rows, level, solved, error = rows[belongs], fit.level[belongs], fit.solved[belongs], fit.error[belongs]
    inverse, weights, precision = fit.inverse, fit.weights, fit.precision
    shared = prior.covariance[np.ix_(phase, future)] + prior.drift * np.minimum(since[:, None], later)  # [n, H]
    variance = np.diag(prior.covariance)[future] + prior.drift * later + prior.noise
    variance = variance - ((inverse @ shared) * shared).sum(axis=0) + (1 - weights @ shared) ** 2 / precision
    degrees = prior.degrees + n - 1
    scale = (prior.degrees + error) / degrees
    return Learned(
        rows,
        season=prior.mean + solved @ prior.covariance[phase],
        middle=prior.mean[future] + level[:, None] + solved @ shared,
        spread=np.sqrt(np.maximum(variance, 0.0) * scale[:, None]),
        degrees=np.full(len(rows), degrees),
        additive=prior.additive,
    )


class _Fit:
    """Values [S, n] as an unknown level and errors of a known covariance [n, n], whose scale is uncertain.

    ``level`` [S], ``error`` [S]: the squared errors, in units of their variance; ``solved`` [S, n]: the errors times
    the ``inverse``. ``log_likelihood`` [S]: up to the same constant for the same n.
    """

    def __init__(self, values: Floats, covariance: Floats, degrees: float) -> None:
        n = len(covariance)
        covariance = covariance + _JITTER * np.trace(covariance) / n * np.eye(n)
        self.inverse: Floats = np.asarray(np.linalg.inv(covariance), np.float64)
        self.weights: Floats = np.asarray(self.inverse.sum(axis=1), np.float64)
        self.precision = float(self.weights.sum())  # of the level
        self.level: Floats = values @ self.weights / self.precision
        away = values - self.level[:, None]
        self.solved: Floats = away @ self.inverse
        self.error: Floats = (self.solved * away).sum(axis=1)
        size = float(np.linalg.slogdet(covariance)[1]) + np.log(self.precision)
        self.log_likelihood: Floats = -(size + (degrees + n - 1) * np.log(degrees + self.error)) / 2


def _values_of(series: SeriesSet, rows: Integers) -> tuple[Floats, Integers]:
    """The values of the series at ``rows``, end to end, and their offsets."""
    lengths = series.lengths[rows]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return series.values[np.arange(offsets[-1]) + np.repeat(series.offsets[rows] - offsets[:-1], lengths)], offsets
