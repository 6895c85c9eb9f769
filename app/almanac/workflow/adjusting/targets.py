"""Which series an adjustment concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.entered.adjustments import Adjustment
from almanac.core.text import did_you_mean, normalise
from almanac.wording.totals import EVERYTHING, group_name
from almanac.workflow.totalling.aligned_parts import AlignedParts

MAX_COLUMNS = 3  # that make a group together, as for totals that are forecast


class UnusableError(ValueError):
    """Says why an adjustment does not fit a forecast; ``expired``: because its time has begun or is ``over``."""

    def __init__(self, why: str, *, expired: bool = False, over: bool = False) -> None:
        super().__init__(why)
        self.expired, self.over = expired or over, over


@dataclass(frozen=True)
class Target:
    """``name``: as totals call it; ``rows``: positions in the forecast."""

    name: str
    rows: Integers


@dataclass(frozen=True)
class Targets:
    """Finds series and groups of a forecast by their names."""

    parts: AlignedParts

    def find(self, adjustment: Adjustment) -> Target:
        """The series of an adjustment. Raises ``UnusableError`` when there are none, or the name is not clear."""
        return self.called(adjustment.name, adjustment.by)

    def called(self, called: str, by: tuple[str, ...] = ()) -> Target:
        """The series of a name; ``by``: the columns of a group, none where the name says enough. Raises as ``find``."""
        names = self.parts.series.names
        wanted = normalise(called)
        if not by and wanted:
            for k, name in enumerate(names):
                if normalise(name) == wanted:
                    return Target(name, self.parts.rows[k : k + 1])
        found = [
            Target(name, self.parts.rows[members])
            for name, columns, members in self._groups()
            if (columns == by or not by) and _is_called(name, columns, wanted)
        ]
        alike = {target.rows.tobytes(): target for target in found if len(target.rows)}
        if len(alike) == 1:
            return next(iter(alike.values()))
        called = called or EVERYTHING
        if alike:
            raise UnusableError(f"“{called}” is the name of {len(alike)} different groups")
        hint = did_you_mean(called, names, "")
        raise UnusableError(f"there is no series and no group “{called}”" + (f". {hint}" if hint else ""))

    def _groups(self) -> Iterator[tuple[str, tuple[str, ...], Integers]]:
        """The name, the columns and the members of every group that can be called by a name."""
        from almanac.totals import group_level

        parts, columns = self.parts, self.parts.series.key_columns
        among = np.flatnonzero(parts.active)
        for size in range(min(len(columns), MAX_COLUMNS) + 1):
            for by in combinations(columns, size):
                level = group_level(parts.series.keys, columns, by, parts.kinds, among)
                edges = np.cumsum(level.sizes)[:-1]
                for key, kind, members in zip(level.keys, level.kinds, np.split(level.order, edges), strict=False):
                    yield group_name(key, kind), by, members


def _is_called(name: str, columns: tuple[str, ...], wanted: str) -> bool:
    return normalise(name) == wanted or (not wanted and not columns)
