"""A random table, and a newer copy of it that was edited in known ways."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from almanac.core.calendar.frequency import MONTHLY, Frequency
from almanac.core.series import SeriesSet

FIRST = 600  # January 2020

Table = dict[str, dict[int, float]]  # for each series its values by period


def series_of(table: Table, frequency: Frequency = MONTHLY) -> SeriesSet:
    """The table as a SeriesSet; periods between without a value are missing."""
    spans = {name: range(min(values), max(values) + 1) for name, values in table.items()}
    lengths = [len(span) for span in spans.values()]
    return SeriesSet(
        names=tuple(table),
        values=np.array([table[name].get(period, np.nan) for name, span in spans.items() for period in span]),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        first=np.array([span.start for span in spans.values()], np.int64),
        frequency=frequency,
    )


def random_table(rng: np.random.Generator, count: int, periods: int = 24) -> Table:
    """Series of counts, each with a level of its own."""
    levels = rng.integers(20, 2000, count)
    return {f"Product {i}": {FIRST + t: float(rng.poisson(levels[i])) for t in range(periods)} for i in range(count)}


@dataclass
class Edits:
    """What was done to a table, as a comparison should find it."""

    corrected: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    removed: set[tuple[str, int]] = field(default_factory=set)
    appended: set[tuple[str, int]] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)


def edited(rng: np.random.Generator, table: Table) -> tuple[Table, Edits]:
    """A newer copy of the table with random edits, and what they are: each series has one kind of edit at most."""
    edits = Edits()
    newer: Table = {}
    for name, values in table.items():
        kind = rng.choice(["none", "correct", "remove", "rename", "vanish"], p=[0.5, 0.2, 0.1, 0.1, 0.1])
        copy = dict(values)
        inner = sorted(copy)[1:-1]
        if kind == "vanish":
            edits.vanished.add(name)
            continue
        if kind == "correct":
            edits.corrected |= {(name, period): pair for period, pair in _corrected(rng, copy, inner).items()}
        if kind == "remove":
            gone = rng.choice(inner, 2, replace=False).tolist()
            edits.removed |= {(name, period) for period in gone}
            copy = {period: value for period, value in copy.items() if period not in gone}
        later = max(copy) + 1
        for period in range(later, later + int(rng.integers(0, 3))):
            copy[period] = float(rng.poisson(values[later - 1]))
            if kind != "rename":
                edits.appended.add((name, period))
        if kind == "rename":
            edits.renamed[name] = f"{name} (classic)"
        newer[edits.renamed.get(name, name)] = copy
    for i in range(int(rng.integers(0, 3))):
        newer[f"Novelty {i}"] = {FIRST + 20 + t: float(rng.poisson(50)) for t in range(6)}
        edits.new.add(f"Novelty {i}")
    order = rng.permutation(len(newer))
    names = list(newer)
    return {names[i]: newer[names[i]] for i in order}, edits


def _corrected(rng: np.random.Generator, values: dict[int, float], inner: list[int]) -> dict[int, tuple[float, float]]:
    """Change up to five of the values, and say what they were and are."""
    pairs = {}
    for period in rng.choice(inner, int(rng.integers(1, 6)), replace=False).tolist():
        pairs[period] = values[period], values[period] + float(rng.choice([-7, 3, 15]))
        values[period] = pairs[period][1]
    return pairs
