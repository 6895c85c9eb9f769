"""Simulated products whose demand follows a known process, so that the chance that an amount is enough is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats

FUTURES = 4_000  # of each product, to know how often an amount is enough


@dataclass(frozen=True)
class Demand:
    """``past`` float64 [T] of one product, and possible ``futures`` [FUTURES, H] of the same process from there."""

    past: Floats
    futures: Floats


Draw = np.random.Generator
Process = Callable[[Draw, int, int, int], Demand]  # chance, points of the past, steps ahead, season


def _counts(chance: Draw, mean: Floats, dispersion: float) -> Floats:
    """Negative binomial counts with variance mean * dispersion, or Poisson where that is 1."""
    if dispersion <= 1:
        return chance.poisson(mean).astype(float)
    shape = np.maximum(mean / (dispersion - 1), 1e-9)
    return chance.poisson(chance.gamma(shape, dispersion - 1)).astype(float)


@dataclass(frozen=True)
class Steady:
    """A level between ``low`` and ``high`` that lasts, with a season and counts around it."""

    low: float
    high: float

    def __call__(self, chance: Draw, points: int, ahead: int, season: int) -> Demand:
        """One product."""
        level = float(np.exp(chance.uniform(np.log(self.low), np.log(self.high))))
        times = np.arange(points + ahead)
        wave = 1 + chance.uniform(0, 0.5) * np.sin(2 * np.pi * (times / season + chance.random()))
        dispersion = float(chance.choice([1.0, 1.5, 3.0]))
        past = _counts(chance, level * wave[:points], dispersion)
        return Demand(past, _counts(chance, np.broadcast_to(level * wave[points:], (FUTURES, ahead)), dispersion))


def drifting(chance: Draw, points: int, ahead: int, season: int) -> Demand:
    """A level that wanders, so that errors of neighbouring steps go together."""
    log_level = np.log(chance.uniform(20, 200)) + np.cumsum(chance.normal(0, 0.02, points))
    wave = 1 + chance.uniform(0, 0.4) * np.sin(2 * np.pi * (np.arange(points + ahead) / season + chance.random()))
    past = _counts(chance, np.exp(log_level) * wave[:points], 1.5)
    later = log_level[-1] + np.cumsum(chance.normal(0, 0.02, (FUTURES, ahead)), axis=1)
    return Demand(past, _counts(chance, np.exp(later) * wave[points:], 1.5))


PROCESSES: dict[str, Process] = {
    "fast": Steady(10, 200),
    "drifting": drifting,
    "slow": Steady(1, 5),
    "rare": Steady(0.05, 0.5),
}
