"""Series whose season is known, because they were made with it: some have another one than their frequency suggests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.calendar.frequency import (
    BUSINESS_DAILY,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    ROWS,
    WEEKLY,
    YEARLY,
    Frequency,
    Unit,
)

FREQUENCIES = (
    YEARLY,
    QUARTERLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    BUSINESS_DAILY,
    HOURLY,
    Frequency(Unit.MINUTE, 30),
    Frequency(Unit.MINUTE, 15),
    ROWS,
)
LENGTHS = (12, 18, 24, 30, 40, 60, 90, 120, 200, 400, 735)
NOISES = (0.0, 0.01, 0.03)
CYCLES = (3, 4, 6, 10)
MIN_MORE = 12  # points beyond one cycle: of two or three phases a handful of values shows nothing


@dataclass(frozen=True)
class Family:
    """Series of one frequency; ``name``: what they are; ``periods``: the season of each, 0: the usual one or none."""

    name: str
    frequency: Frequency
    series: list[np.ndarray]
    periods: np.ndarray


def repeating(seed: int, step: int = 1) -> Iterator[Family]:
    """Jagged patterns of periods from 2 to 53 at every frequency, with noise of 0 to 3% and from 3 cycles on.

    ``step``: every how many periods one is drawn.
    """
    rng = np.random.default_rng(seed)
    for frequency in FREQUENCIES:
        usual = (frequency.season_length, frequency.long_season)
        for noise in NOISES:
            for cycles in CYCLES:
                periods = np.array([p for p in range(2 + int(rng.integers(step)), 54, step) if p not in usual])
                made = []
                for p in periods.tolist():
                    length = max(cycles * p, p + MIN_MORE) + int(rng.integers(0, p))
                    pattern = rng.uniform(10, 190, p)[np.arange(length) % p]
                    made.append(pattern + 100 * noise * rng.standard_normal(length))
                yield Family(f"{cycles} cycles", frequency, made, periods)


def near_misses(seed: int, count: int) -> Iterator[Family]:
    """Series that have no other season: walks, noise, trends, counts, and those with their usual season."""
    rng = np.random.default_rng(seed)
    for frequency in FREQUENCIES:
        for length in LENGTHS:
            for name, values in _without_another(rng, count, length, frequency.season_length):
                yield Family(name, frequency, list(values), np.zeros(count, np.int64))


def _without_another(
    rng: np.random.Generator, count: int, length: int, season: int
) -> Iterator[tuple[str, np.ndarray]]:
    shape, when = (count, length), np.arange(length)
    noise = rng.standard_normal(shape)
    line = rng.uniform(-20, 60, (count, 1)) * when / length
    yield "noise", noise
    yield "rare large values", np.where(rng.random(shape) < 0.03, 30 * noise, noise)
    yield "random walk", noise.cumsum(axis=1)
    yield "random walk of slopes", noise.cumsum(axis=1).cumsum(axis=1)
    yield "memory", _with_memory(rng, shape)
    yield "line and noise", 100 + line + 3 * noise
    yield "growth", np.exp(rng.uniform(0, 2, (count, 1)) * when / length + 0.03 * noise)
    yield "counts", rng.poisson(0.5, shape).astype(float)
    yield "rare sales", np.where(rng.random(shape) < 0.12, rng.gamma(1, 20, shape), 0.0)
    yield "prices", 100 + np.where(rng.random(shape) < 0.05, 10 * noise, 0.0).cumsum(axis=1)
    if season > 1:
        angle = 2 * np.pi * when / season
        smooth = sum(
            rng.normal(0, 15, (count, 1)) * f(k * angle) for f in (np.sin, np.cos) for k in (1, 2) if season > 3
        )
        jagged = rng.normal(0, 20, (count, season))[:, when % season]
        for kind, pattern in (("smooth", smooth), ("jagged", jagged)):
            for size in (0.1, 3.0, 10.0):
                yield f"{kind} season, line, noise {size}", 100 + line + pattern + size * noise
            yield f"{kind} season on a walk", 100 + pattern + 3 * noise.cumsum(axis=1)
            yield f"{kind} season, gaps", np.where(rng.random(shape) < 0.15, np.nan, 100 + pattern + 3 * noise)


def _with_memory(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    share = rng.uniform(-0.5, 0.9, shape[0])
    values = rng.standard_normal(shape)
    for t in range(1, shape[1]):
        values[:, t] += share * values[:, t - 1]
    return values
