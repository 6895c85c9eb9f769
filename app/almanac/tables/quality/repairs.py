"""What a person chose to change in series: single values, where each begins and ends, and which are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.problems import stop_with
from almanac.core.series import SeriesSet
from almanac.tables.quality.segments import owners


@dataclass(frozen=True, eq=False)
class Repairs:
    """Changes to ``series``, which itself stays as it is. ``values``: float64 [points], as they will be; ``begin``,
    ``end``: int64 [N], the part of them that each series keeps; ``keep``: bool [N], the series that stay;
    ``are_apart``: whether they are of several kinds.
    """

    series: SeriesSet
    values: Floats
    begin: Integers
    end: Integers
    keep: Flags
    are_apart: bool = False

    @classmethod
    def none(cls, series: SeriesSet) -> Repairs:
        """Nothing changed."""
        offsets = series.offsets
        return cls(series, series.values, offsets[:-1], offsets[1:], np.ones(len(series), dtype=bool))

    def treat(self, positions: Integers, treatment: str, factors: Floats | float = 1.0) -> Repairs:
        """With the values at these positions treated; ``factors``: what to multiply each by, for "scale"."""
        if treatment == "keep":
            return self
        changed = self.values.copy()
        changed[positions] = TREATMENTS[treatment](self, positions, factors)
        return replace(self, values=changed)

    def begin_at(self, positions: Integers) -> Repairs:
        """With only what is from these positions on, in the series they belong to."""
        begin = self.begin.copy()
        begin[owners(self.series, positions)] = positions
        return replace(self, begin=begin)

    def end_before(self, positions: Integers) -> Repairs:
        """Without the last values of some series, which are at these positions."""
        end = self.end.copy()
        end[owners(self.series, positions)] -= 1
        return replace(self, end=end)

    def without(self, series: Flags) -> Repairs:
        """Without some series, given as bool [N]."""
        return replace(self, keep=self.keep & ~series)

    def apart(self, kinds: Sequence[str]) -> Repairs:
        """With each series of one of these kinds, which no sum joins; of those that they are of before, too."""
        named = []
        for i, kind in enumerate(kinds):
            measure = self.series.measure(i)
            of_both = filter(None, (kind, measure.counted if self.are_apart else ""))
            named.append(replace(measure, counted=" · ".join(of_both)))
        return replace(self, series=replace(self.series, measures=tuple(named)), are_apart=True)

    def applied(self) -> SeriesSet:
        """The series as repaired; ``raw_values`` remember what was read. Raises ProblemError when nothing is left."""
        series, begin, end = self.series, self.begin, self.end
        keep = self.keep & (end > begin)
        if not keep.any():
            raise stop_with(
                "nothing_left",
                "Every series was left out.",
                "The repairs you chose leave nothing to forecast.",
                "Undo one of them.",
            )
        raw = series.values if series.raw_values is None else series.raw_values
        repaired = raw is not self.values and not np.array_equal(raw, self.values, equal_nan=True)
        whole = (begin == series.offsets[:-1]).all() and (end == series.offsets[1:]).all()
        if keep.all() and whole:
            return replace(series, values=self.values, raw_values=raw if repaired else None)
        depth = np.zeros(len(self.values) + 1, dtype=np.int64)  # 1 where a value is kept, as a running sum
        np.add.at(depth, begin[keep], 1)
        np.add.at(depth, end[keep], -1)
        chosen, kept = np.flatnonzero(keep).tolist(), np.cumsum(depth[:-1]) > 0
        return replace(
            series,
            names=tuple(series.names[i] for i in chosen),
            keys=tuple(series.keys[i] for i in chosen) if series.keys else (),
            measures=tuple(series.measures[i] for i in chosen) if series.measures else (),
            open_periods=tuple(series.open_periods[i] for i in chosen) if series.open_periods else (),
            values=self.values[kept],
            raw_values=raw[kept] if repaired else None,
            offsets=np.concatenate([[0], np.cumsum((end - begin)[keep])]).astype(np.int64),
            first=(series.first + begin - series.offsets[:-1])[keep],
        )


Treat = Callable[[Repairs, Integers, Floats | float], Floats | float]


def _between(repairs: Repairs, positions: Integers, _factors: Floats | float) -> Floats:
    """Values on a straight line between the neighbours that stay; the nearest one at either end of a series."""
    values = repairs.values.copy()
    odd = np.zeros(len(values), dtype=bool)
    odd[positions] = True
    offsets = repairs.series.offsets
    for i in np.unique(owners(repairs.series, positions)).tolist():
        part = slice(offsets[i], offsets[i + 1])
        good = np.flatnonzero(np.isfinite(values[part]) & ~odd[part])
        bad = np.flatnonzero(odd[part])
        if len(good):
            values[part][bad] = np.interp(bad, good, values[part][good])
    between: Floats = values[positions]
    return between


# By the names of the treatments in ``findings.quality``: the new values at these positions.
TREATMENTS: dict[str, Treat] = {
    "missing": lambda _repairs, _positions, _factors: np.nan,
    "zero": lambda _repairs, _positions, _factors: 0.0,
    "positive": lambda repairs, positions, _factors: np.abs(repairs.values[positions]),
    "scale": lambda repairs, positions, factors: repairs.values[positions] * factors,
    "between": _between,
}
