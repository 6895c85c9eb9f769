"""How long reconciliation and ranges of 10,000 series in 1,200 groups take."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import NormalDist, median

import numpy as np

from almanac.totals import (
    PathModel,
    SeriesCorrelation,
    error_covariance,
    grouping_of,
    reconcile,
    sum_distributions,
)

SERIES, STEPS, CUTOFFS, REPEATS = 10_000, 28, 5, 3
STORES, PRODUCTS = 199, 1_000
LEVELS = np.array([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])


def rows() -> list[tuple[str, float]]:
    """What was done, and the median of its seconds."""
    chance = np.random.default_rng(0)
    keys = [(f"s{i % STORES}", f"p{chance.integers(PRODUCTS)}") for i in range(SERIES)]
    whole = grouping_of(keys, ("Store", "Product"), ("Store", "Product"), [""] * SERIES, np.arange(SERIES))
    grouping = whole.keep(whole.sizes > 1)
    grouping = grouping.keep(np.arange(len(grouping)) < 1_200)
    parts = chance.gamma(2, 5, (SERIES, STEPS))
    totals = grouping.sums(parts) * chance.normal(1, 0.05, (len(grouping), STEPS))
    errors = chance.normal(size=(len(grouping) + SERIES, CUTOFFS * STEPS))
    bounds = np.zeros(SERIES), np.zeros(parts.shape, bool)
    spread = np.ones(len(errors))
    scores = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
    quantiles = np.maximum(parts[:, :, None] + 3 * scores, 0)
    shared = SeriesCorrelation.alike(grouping.levels[:2], np.array([0.1, 0.1]), np.eye(STEPS))
    model = PathModel(quantiles, LEVELS, np.eye(STEPS), shared, np.ones(parts.shape))

    def reconciled() -> None:
        reconcile(grouping, totals, parts, error_covariance(errors, spread, CUTOFFS), bounds)

    def ranges() -> None:
        sum_distributions(model, grouping.levels[0], [(0, STEPS)], (0.1, 0.9))

    name = f"{SERIES:,} series in {len(grouping):,} groups"
    return [(f"{name} reconciled", _seconds(reconciled)), (f"{name}, range of everything by paths", _seconds(ranges))]


def _seconds(work: Callable[[], None]) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)
