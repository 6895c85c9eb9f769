"""Totals of simulated hierarchies whose process is known: how often 80% ranges hold, over hundreds of futures each.

One future of a file says little, as all its totals move together. Here each file has a past, which is forecast and
practised as the program does, and hundreds of futures of the same process from where that past ends, so that few files
show how often a range holds. ± is the standard error of the means of files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.benchmarks.totals.data import grouped_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY, MONTHLY, WEEKLY, Frequency
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.series import SeriesSet
from almanac.evaluation.metrics import quantile_loss
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.aligned_parts import align
from almanac.workflow.totalling.total_ranges import offsets_of

FUTURES = 400
LEVELS = np.array(DEFAULT_LEVELS)


@dataclass(frozen=True)
class Wander:
    """A level that wanders by steps of ``spread``, back to its middle by a share of 1 - ``memory`` each period."""

    spread: float
    memory: float = 1.0

    def past(self, chance: np.random.Generator, points: int) -> Floats:
        """float64 [points]."""
        level, found = 0.0, np.zeros(points)
        for t, step in enumerate(chance.normal(0, 1, points) * self.spread):
            found[t] = level = self.memory * level + step
        return found

    def futures(self, chance: np.random.Generator, last: float, ahead: int) -> Floats:
        """From where the past ended: float64 [FUTURES, ahead]."""
        level, found = np.full(FUTURES, last), np.zeros((FUTURES, ahead))
        for h in range(ahead):
            level = self.memory * level + chance.normal(0, 1, FUTURES) * self.spread
            found[:, h] = level
        return found


@dataclass(frozen=True)
class Law:
    """What all series, those of a store, and each series have of drift (a share of the level), and their noise."""

    name: str
    frequency: Frequency
    points: int
    ahead: int
    stores: int
    products: int
    common: Wander
    store: Wander
    own: Wander
    shared_noise: float
    noise: float


STEADY = Wander(0.0)
LAWS = (
    Law("daily, all drift together", DAILY, 420, 28, 2, 4, Wander(0.015), STEADY, Wander(0.02), 0.0, 0.1),
    Law("daily, nothing in common", DAILY, 420, 28, 3, 5, STEADY, STEADY, Wander(0.02), 0.0, 0.1),
    Law(
        "daily, stores and all return",
        DAILY,
        540,
        28,
        3,
        5,
        Wander(0.03, 0.95),
        Wander(0.02, 0.95),
        Wander(0.02, 0.95),
        0.03,
        0.1,
    ),
    Law("weekly, stores drift", WEEKLY, 160, 13, 3, 4, Wander(0.01), Wander(0.02), Wander(0.02), 0.03, 0.1),
    Law("monthly, all drift together", MONTHLY, 108, 12, 3, 5, Wander(0.02), Wander(0.01), Wander(0.02), 0.03, 0.08),
    Law("monthly, nothing in common", MONTHLY, 108, 12, 3, 5, STEADY, STEADY, Wander(0.03), 0.0, 0.1),
)


def simulated(law: Law, seed: int) -> tuple[SeriesSet, Floats]:
    """The past, and futures of the same process: float64 [series, FUTURES, ahead]."""
    chance = np.random.default_rng([20_271, seed])
    season, times = law.frequency.season_length, np.arange(law.points + law.ahead)
    wave = np.exp(0.2 * np.sin(2 * np.pi * (np.arange(season) / season + chance.random())))[times % season]

    def wandering(wander: Wander) -> tuple[Floats, Floats]:
        past = wander.past(chance, law.points)
        return past, wander.futures(chance, float(past[-1]), law.ahead)

    def noise(spread: float) -> tuple[Floats, Floats]:
        return chance.normal(0, 1, law.points) * spread, chance.normal(0, 1, (FUTURES, law.ahead)) * spread

    whole = [wandering(law.common), noise(law.shared_noise)]
    members, later, keys = [], [], []
    for store in range(law.stores):
        of_store = wandering(law.store)
        for product in range(law.products):
            past, future = (
                sum(parts) for parts in zip(*whole, of_store, wandering(law.own), noise(law.noise), strict=True)
            )
            level = chance.normal(4.5, 0.6)
            members.append(np.round(np.exp(level + past) * wave[: law.points]))
            later.append(np.exp(level + future) * wave[law.points :])
            keys.append((f"store {store}", f"product {product}"))
    return grouped_set(members, keys, ("Store", "Product"), law.frequency), np.stack(later)


def held_and_lost(result: ForecastResult, names: tuple[str, ...], later: Floats) -> dict[str, tuple[float, float]]:
    """How often ranges of totals of the whole horizon hold, and their loss as a share of the total."""
    hierarchy = result.hierarchy
    assert hierarchy is not None
    parts, grouping = align(result.forecast, result.file.series), hierarchy.grouping
    at = [names.index(name) for name in parts.series.names]
    offsets = offsets_of(result, parts, grouping, [(0, parts.horizon)], DEFAULT_LEVELS)[:, 0]
    quantiles = np.sort(hierarchy.means.sum(axis=1)[:, None] + offsets, axis=1)
    happened = grouping.sums(later[at].sum(axis=2))
    held = ((quantiles[:, :1] <= happened) & (happened <= quantiles[:, -1:])).mean(axis=1)
    spread = np.broadcast_to(quantiles[:, None], (*happened.shape, len(LEVELS)))
    loss = quantile_loss(spread.reshape(-1, len(LEVELS)), happened.ravel(), LEVELS).mean(axis=1)
    lost = 2 * loss.reshape(happened.shape).mean(axis=1) / happened.mean(axis=1)
    columns = np.concatenate([np.full(len(level), len(level.columns)) for level in grouping.levels])
    found = {"all totals": (float(held.mean()), float(lost.mean()))}
    for count, name in enumerate(("everything", "a store or a product")):
        found[name] = float(held[columns == count].mean()), float(lost[columns == count].mean())
    return found
