"""Donors: series of a file that are long enough to know their own season, which short ones may borrow.

Their seasonal indices are those of classical decomposition: Hyndman and Athanasopoulos, *Forecasting: Principles and
Practice*, 3rd ed., section 3.4. Everything goes by the number of the period, so that a season is that of the calendar,
and nothing later than a given period is read, so that no forecast of the past learns from its future.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.series import SeriesSet

# Chosen by judgement.
MIN_SEASONS = 2  # of known values, of a donor
MAX_SEASONS = 6  # that are read of it, the latest
MIN_KNOWN = 0.75  # of a moving mean's values, and of a donor's that have one
MIN_INDEX = 0.05  # of the level: a lower index is raised to this
MAX_DONORS = 300  # of a file; more would only take longer
MIN_NOISE = 0.05  # of what changes from one period to the next


@dataclass(frozen=True)
class Donors:
    """K donors. ``rows`` int64 [K]: positions in the SeriesSet.

    ``index`` float64 [K, m]: what each phase (the period's number modulo m) adds to the logarithm of a value, or where
    values are additive to the value itself; each row's mean is 0. ``variance`` [K]: of the sampling error of an index.
    ``noise`` and ``drift`` [K]: variances of the noise and of the steps of the level of what is left without the
    season; NaN where values of 0 hide them.
    """

    rows: Integers
    index: Floats
    variance: Floats
    noise: Floats
    drift: Floats

    def __len__(self) -> int:
        return len(self.rows)

    def select(self, chosen: Flags | Integers) -> Donors:
        """Some of them: positions, or a mask bool [K]."""
        return Donors(
            rows=self.rows[chosen],
            index=self.index[chosen],
            variance=self.variance[chosen],
            noise=self.noise[chosen],
            drift=self.drift[chosen],
        )


@dataclass(frozen=True)
class DonorPool:
    """Series among which donors are found: those at ``rows`` of ``series``, in an order that only depends on names.

    ``additive``: whether seasons are added to values, as most of these are negative at times, or multiply them.
    """

    series: SeriesSet
    rows: Integers
    additive: bool

    @property
    def season(self) -> int:
        """Periods in a season."""
        return self.series.frequency.season_length

    def at(self, until: int) -> Donors:
        """The donors at the end of period ``until``, from their values up to there alone."""
        m = self.season
        last = np.minimum(self.series.last[self.rows], until)
        start = (last // m - MAX_SEASONS + 1) * m  # whole seasons of the calendar, so that phases are in columns
        values = values_at(self.series, self.rows, start[:, None] + np.arange(MAX_SEASONS * m), until)
        enough = np.isfinite(values).sum(axis=1) >= MIN_SEASONS * m
        if not self.additive:
            enough &= ~(values < 0).any(axis=1) & (np.nansum(values, axis=1) > 0)
        return _decomposed(self.rows[enough], values[enough], m, self.additive)


def donor_pool(series: SeriesSet) -> DonorPool:
    """The series that may be donors: the long ones, or as many of them as are worth the time."""
    rows = np.flatnonzero(series.lengths >= MIN_SEASONS * series.frequency.season_length)
    # By a checksum of their names: neither the order of a file nor that of the alphabet decides who is left out.
    order = sorted(rows.tolist(), key=lambda i: (zlib.crc32(series.names[i].encode()), series.names[i]))
    rows = np.array(order[:MAX_DONORS], dtype=np.int64)
    negative = np.isneginf(series.lower_bound[rows])
    return DonorPool(series, rows, bool(len(rows) and negative.mean() > 0.5))


def values_at(series: SeriesSet, rows: Integers, numbers: Integers, until: int) -> Floats:
    """Values of the series at ``rows`` [R] in periods ``numbers`` [R, P], NaN where there is none up to ``until``."""
    first, last = series.first[rows][:, None], np.minimum(series.last[rows], until)[:, None]
    inside = (numbers >= first) & (numbers <= last)
    at = series.offsets[rows][:, None] + numbers - first
    return np.where(inside, series.values[np.where(inside, at, 0)], np.nan)


def _decomposed(rows: Integers, values: Floats, m: int, additive: bool) -> Donors:
    """The donors among series with these ``values`` [R, seasons × m]."""
    level = _level(values, m, additive)
    index, fitted = _indices(values, level, m, additive)
    left = values - fitted if additive else values / np.where(fitted > 0, fitted, np.nan) - 1
    seasons = np.isfinite(left).sum(axis=1) / m
    variance = np.nansum(left**2, axis=1) / (m * np.maximum(seasons - 1, 1) * np.maximum(seasons, 1))
    found = Donors(rows, index, variance, *_noise_and_drift(values, index, m, additive))
    return found.select(np.isfinite(index).all(axis=1) & (seasons >= MIN_SEASONS * MIN_KNOWN))


def _level(values: Floats, m: int, additive: bool) -> Floats:
    """The moving mean over a season, continued at both ends along its own mean slope: [R, points]."""
    weights = np.ones(m) if m % 2 else np.concatenate([[0.5], np.ones(m - 1), [0.5]])
    known = np.isfinite(values)
    total = _moving_sum(np.where(known, values, 0.0), weights)
    count = _moving_sum(known.astype(np.float64), weights)
    points, edge = values.shape[1], len(weights) // 2
    mean = np.full(values.shape, np.nan)
    mean[:, edge : points - edge] = np.where(count >= MIN_KNOWN * m, total / np.maximum(count, 1.0), np.nan)
    if not additive:
        mean = np.log(np.where(mean > 0, mean, np.nan))
    has, at = np.isfinite(mean), np.arange(points)
    low, high = has.argmax(axis=1)[:, None], points - 1 - has[:, ::-1].argmax(axis=1)[:, None]
    first, last = np.take_along_axis(mean, low, axis=1), np.take_along_axis(mean, high, axis=1)
    slope = (last - first) / np.maximum(high - low, 1)
    mean = np.where(at < low, first + slope * (at - low), np.where(at > high, last + slope * (at - high), mean))
    return mean if additive else np.exp(mean)


def _moving_sum(values: Floats, weights: Floats) -> Floats:
    """[R, points] → [R, points - len(weights) + 1]; the weights are 1 but for both ends, which are equal."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    width = len(weights)
    ends = values[:, : values.shape[1] - width + 1] + values[:, width - 1 :]
    moved: Floats = sums[:, width:] - sums[:, :-width] - (1 - weights[0]) * ends
    return moved


def _indices(values: Floats, level: Floats, m: int, additive: bool) -> tuple[Floats, Floats]:
    """The indices [R, m], and the level with them [R, points]."""
    seasons = values.shape[1] // m
    known = np.isfinite(values) & np.isfinite(level)
    count, total, base = (
        part.reshape(len(values), seasons, m).sum(axis=1)
        for part in (known, np.where(known, values, 0.0), np.where(known, level, 0.0))
    )
    seen = count > 0
    if additive:
        index = (total - base) / np.where(seen, count, np.nan)
        index -= index.mean(axis=1, keepdims=True)
        return index, level + np.tile(index, seasons)
    ratio = np.maximum(total / np.where(seen, base, np.nan), MIN_INDEX)
    index = np.log(ratio)
    return index - index.mean(axis=1, keepdims=True), level * np.tile(ratio, seasons)


def _noise_and_drift(values: Floats, index: Floats, m: int, additive: bool) -> tuple[Floats, Floats]:
    """Variances of noise and of level steps [R], from mean squares of changes over one period and over a season.

    A random walk with noise changes over k periods by twice the noise and k times the drift.
    """
    if not additive:
        values = np.log(np.where((values > 0) & ~(values == 0).any(axis=1, keepdims=True), values, np.nan))
    rest = values - np.tile(index, values.shape[1] // m)
    seasons = np.maximum(np.isfinite(rest).sum(axis=1) / m, 1.5)
    # The indices were fitted to these values and took a share of the noise with them, but not of a season's change.
    step = _mean_square_change(rest, 1) * seasons / (seasons - 1)
    drift = np.maximum(_mean_square_change(rest, m) - step, 0.0) / max(m - 1, 1)
    return np.maximum(step - drift, MIN_NOISE * step) / 2, drift


def _mean_square_change(values: Floats, lag: int) -> Floats:
    """[R]; NaN where nothing is known."""
    change = values[:, lag:] - values[:, :-lag]
    count = np.isfinite(change).sum(axis=1)
    return np.where(count > 0, np.nansum(change**2, axis=1) / np.maximum(count, 1), np.nan)
