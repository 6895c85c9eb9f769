"""Intermittent demand: real jewelry sales by week, and simulated series of three demand patterns."""

from __future__ import annotations

import numpy as np
from models.training.evaluation import development
from models.training.evaluation.development import Task
from models.training.evaluation.scores import TENTHS

from almanac.core.arrays import Floats
from almanac.forecasting.batches import make_batches
from almanac.forecasting.engine import Engine
from almanac.forecasting.quantile_levels import interpolation_weights

SERIES, POINTS, AHEAD = 500, 120, 13


def tasks() -> list[Task]:
    """Jewelry sales where the data is available; simulated demand always."""
    real = [t for t in development.tasks() if t.name == "intermittent"]
    return [*real, *(_simulated(name, *pattern) for name, pattern in PATTERNS.items())]


# Mean periods between sales, and how sizes vary (Syntetos, Boylan and Croston 2005): drawn here by simple formulas,
# not by the prior that trains the models.
PATTERNS = {"simulated intermittent": (3.0, 0.3), "simulated lumpy": (3.0, 1.2), "simulated erratic": (1.2, 1.2)}


def _simulated(name: str, interval: float, spread: float) -> Task:
    rng = np.random.default_rng([int(10 * interval), int(10 * spread)])
    mean = np.exp(rng.uniform(np.log(1), np.log(30), (SERIES, 1)))
    sells = rng.random((SERIES, POINTS + AHEAD)) < 1 / (interval * np.exp(rng.normal(0, 0.3, (SERIES, 1))))
    sizes = np.maximum(np.round(mean * np.exp(spread * rng.standard_normal(sells.shape) - spread**2 / 2)), 1)
    y = np.where(sells, sizes, 0.0)
    y = y[(y[:, :POINTS] > 0).sum(axis=1) >= 3]
    return Task(name, "weekly", tuple(y[:, :POINTS]), y[:, POINTS:])


def means_and_tenths(engine: Engine, task: Task) -> tuple[Floats, Floats]:
    """Mean [series, horizon], integrated over all quantiles, and the deciles."""
    levels = np.array(engine.model.manifest.levels)
    edges = np.concatenate([[0], (levels[1:] + levels[:-1]) / 2, [1]])
    series, steps = task.series(), np.arange(1, task.horizon + 1)
    mean = np.empty(task.actual.shape)
    tenths = np.empty((*task.actual.shape, len(TENTHS)))
    mix = interpolation_weights(TENTHS, engine.model.manifest.levels)
    for batch in make_batches(series, np.arange(len(series))):
        q = engine.run(batch.values, batch.mask, batch.seasons, steps)
        mean[batch.rows], tenths[batch.rows] = q @ np.diff(edges), q @ mix
    return mean, tenths
