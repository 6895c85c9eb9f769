"""Groups of series by the person's own columns: nested (department, product) or crossed (store, department).

Every level puts each series into one group at most, so that membership is one number a series: nothing here is ever a
matrix of groups × series.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers

NO_GROUP = -1


@dataclass(frozen=True)
class Level:
    """One way to divide N series into G groups.

    ``columns``: those whose values tell the groups apart, none for everything; ``codes`` int64 [N]: the group of each
    series, ``NO_GROUP`` for none; ``keys``: for each group its value in each of ``columns``; ``kinds``: for each
    group what it adds up, where a file has amounts of several kinds (units and money), else "".
    """

    columns: tuple[str, ...]
    codes: Integers
    keys: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def order(self) -> Integers:
        """The positions of the series that are in a group, group by group: int64."""
        inside = np.flatnonzero(self.codes != NO_GROUP)
        return inside[np.argsort(self.codes[inside], kind="stable")]

    @cached_property
    def sizes(self) -> Integers:
        """How many series each group has: int64 [G]."""
        return np.bincount(self.codes[self.codes != NO_GROUP], minlength=len(self)).astype(np.int64)

    def keep(self, chosen: Flags) -> Level:
        """Only the groups of a mask bool [G]."""
        kept = np.flatnonzero(chosen)
        number = np.full(len(self) + 1, NO_GROUP, np.int64)
        number[kept] = np.arange(len(kept))
        at = kept.tolist()
        keys, kinds = tuple(self.keys[g] for g in at), tuple(self.kinds[g] for g in at)
        return Level(self.columns, number[self.codes], keys, kinds)

    def sums(self, values: Floats) -> Floats:
        """Totals of the groups: values of series [N, …] → [G, …]. Every group has a series."""
        starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        totals: Floats = np.add.reduceat(values[self.order], starts, axis=0)
        return totals


@dataclass(frozen=True)
class Grouping:
    """Several levels of the same N series; groups are numbered through, level by level."""

    levels: tuple[Level, ...]

    def __len__(self) -> int:
        return sum(map(len, self.levels))

    @cached_property
    def sizes(self) -> Integers:
        """How many series each group has: int64 [G]."""
        return np.concatenate([level.sizes for level in self.levels])

    @property
    def members(self) -> Iterator[Integers]:
        """The positions of the series of each group, ascending."""
        for level in self.levels:
            yield from np.split(level.order, np.cumsum(level.sizes)[:-1])

    def keep(self, chosen: Flags) -> Grouping:
        """Only the groups of a mask bool [G]; levels without any are left out."""
        starts = np.cumsum([0, *map(len, self.levels)])
        kept = [
            level.keep(chosen[start : start + len(level)])
            for start, level in zip(starts.tolist(), self.levels, strict=False)
        ]
        return Grouping(tuple(level for level in kept if len(level)))

    def sums(self, values: Floats) -> Floats:
        """Totals of all groups: values of series [N, …] → [G, …]."""
        return np.concatenate([level.sums(values) for level in self.levels])

    def spread(self, values: Floats) -> Floats:
        """For each series the sum over its groups: values of groups [G, …] → [N, …]; the transpose of ``sums``."""
        out = np.zeros((len(self.levels[0].codes), *values.shape[1:]))
        start = 0
        for level in self.levels:
            inside = level.codes != NO_GROUP
            out[inside] += values[start + level.codes[inside]]
            start += len(level)
        return out

    def overlaps(self, weights: Floats) -> Floats:
        """The sum of the ``weights`` [N] of the series that two groups share: float64 [G, G]."""
        shared = np.zeros((len(self), len(self)))
        starts = np.cumsum([0, *map(len, self.levels)])
        for a, first in zip(starts, self.levels, strict=False):
            for b, second in zip(starts, self.levels, strict=False):
                both = (first.codes != NO_GROUP) & (second.codes != NO_GROUP)
                pair = first.codes[both] * len(second) + second.codes[both]
                block = np.bincount(pair, weights[both], minlength=len(first) * len(second))
                shared[a : a + len(first), b : b + len(second)] = block.reshape(len(first), len(second))
        return shared


def group_level(
    keys: Sequence[tuple[str, ...]],
    key_columns: Sequence[str],
    by: Sequence[str],
    kinds: Sequence[str],
    among: Integers,
) -> Level:
    """The groups of the series at the positions ``among`` that ``by`` tells apart, ordered by their values.

    ``keys``: N tuples, a value for each of ``key_columns``; ``kinds``: N texts, what each series measures: those of
    different kinds are never in one group. Raises ``ValueError`` when ``by`` names no column.
    """
    at = [list(key_columns).index(column) for column in by]
    labels = [(kinds[i], *(keys[i][n] for n in at)) for i in among.tolist()]
    numbers = {label: number for number, label in enumerate(sorted(set(labels)))}
    codes = np.full(len(kinds), NO_GROUP, np.int64)
    codes[among] = [numbers[label] for label in labels]
    return Level(tuple(by), codes, tuple(label[1:] for label in numbers), tuple(label[0] for label in numbers))


def grouping_of(
    keys: Sequence[tuple[str, ...]],
    key_columns: Sequence[str],
    by: Sequence[str],
    kinds: Sequence[str],
    among: Integers,
) -> Grouping:
    """Everything, the groups of each column of ``by`` alone, and those of all of them together.

    A column that only divides as finely as all of them do, as a product that belongs to one department, comes once:
    with the columns it is nested in. Arguments as for ``group_level``.
    """
    wanted = [(), *((column,) for column in by), tuple(by)]
    made = [group_level(keys, key_columns, columns, kinds, among) for columns in dict.fromkeys(wanted)]
    finest = made[-1]
    return Grouping(
        tuple(one for one in made if one is finest or one is made[0] or len(one) < len(finest))
        if len(made) > 1
        else tuple(made)
    )
