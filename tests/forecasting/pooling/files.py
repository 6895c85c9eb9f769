"""Files of series that have something in common, or nothing, with what really comes next.

Nothing here uses the program's own decomposition or prior: laws are drawn, and whoever knows them can forecast best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from tests.builders import series_set

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, WEEKLY, Frequency
from almanac.core.series import SeriesSet

FREQUENCIES = (MONTHLY, MONTHLY, QUARTERLY, WEEKLY, DAILY, HOURLY)
TENTHS = tuple(k / 10 for k in range(1, 10))


@dataclass(frozen=True)
class File:
    """``series``: long ones first, then ``new`` short ones; ``future`` [new, H]; ``possible`` [new, H]: medians of
    somebody who knows the common season.
    """

    series: SeriesSet
    new: int
    future: np.ndarray
    possible: np.ndarray

    @property
    def horizon(self) -> int:
        return self.future.shape[1]


def sisters(seed: int, *, alike: float = 1.0, additive: bool = False, frequency: Frequency | None = None) -> File:
    """Old series and new ones; ``alike``: what share of their season is common, from 0 to 1."""
    rng = np.random.default_rng(seed)
    frequency = frequency or FREQUENCIES[seed % len(FREQUENCIES)]
    m = frequency.season_length
    old, new, seasons, horizon = int(rng.integers(8, 30)), int(rng.integers(3, 8)), 5, min(m, 12)
    length, noise = seasons * m + horizon, rng.uniform(0.03, 0.12)
    common, own = rng.normal(0, 0.35, m), rng.normal(0, 0.35, (old + new, m))
    season = np.sqrt(alike) * common + np.sqrt(1 - alike) * own
    season -= season.mean(axis=1, keepdims=True)
    start = int(rng.integers(0, 1000))
    phase = (start + np.arange(length)) % m
    level = rng.normal(3, 1.5, (old + new, 1))
    logs = level + season[:, phase] + noise * rng.standard_normal((old + new, length))
    values = 20 * logs - 60 if additive else np.exp(logs)
    known = [values[i, : seasons * m] for i in range(old)]
    points = [int(rng.integers(3, 2 * m)) for _ in range(new)]
    known += [values[old + k, seasons * m - n : seasons * m] for k, n in enumerate(points)]
    first = [start] * old + [start + seasons * m - n for n in points]
    centre = [
        np.mean(logs[old + k, seasons * m - n : seasons * m] - season[old + k, phase[seasons * m - n : seasons * m]])
        for k, n in enumerate(points)
    ]
    best = np.array(centre)[:, None] + season[old:, phase[seasons * m :]]
    return File(
        replace(series_set(*known, frequency=frequency), first=np.array(first, np.int64)),
        new,
        values[old:, seasons * m :],
        20 * best - 60 if additive else np.exp(best),
    )


def loss(quantiles: np.ndarray, file: File) -> np.ndarray:
    """Quantile loss of each new series at the tenths, as a share of the mean size of its future: [new]."""
    miss = file.future[:, :, None] - quantiles[-file.new :]
    q = np.array(TENTHS)
    return 2 * np.maximum(q * miss, (q - 1) * miss).mean(axis=(1, 2)) / np.abs(file.future).mean(axis=1)


def error(point: np.ndarray, file: File) -> np.ndarray:
    """Mean absolute error of each new series, as a share of the mean size of its future: [new]."""
    return np.abs(point[-file.new :] - file.future).mean(axis=1) / np.abs(file.future).mean(axis=1)


def unlike(seed: int, law: str) -> File:
    """Files without a season to learn: "walk" (random walks), "noise" (about a level), "counts" (rare sales), "others"
    (the old ones have a common season, the new ones are random walks).
    """
    one = sisters(seed)
    rng = np.random.default_rng([seed, 1])
    h, lengths = one.horizon, one.series.lengths
    old = len(lengths) - one.new
    paths = []
    for n in lengths.tolist():
        steps = rng.standard_normal(n + h)
        walk = np.exp(rng.normal(3, 1) + 0.05 * np.cumsum(steps))
        paths.append({"noise": 50 * np.exp(0.2 * steps), "counts": rng.poisson(0.7, n + h) + 0.0}.get(law, walk))
    known = [path[:-h] for path in paths]
    if law == "others":
        known[:old] = [one.series[i] for i in range(old)]
    future = np.array([path[-h:] for path in paths[old:]])
    values = replace(series_set(*known, frequency=one.series.frequency), first=one.series.first)
    return File(values, one.new, future, np.array([np.full(h, np.median(path[:-h])) for path in paths[old:]]))
