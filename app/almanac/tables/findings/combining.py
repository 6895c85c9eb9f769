"""How findings say that several values of one period became one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from almanac.core.text import some
from almanac.tables.findings.finding_type import Treatment
from almanac.tables.reading import Repeated

_WORDS: dict[Repeated, str] = {"sum": "added together", "mean": "averaged", "last": "reduced to the last one"}
_OF_TOTALS_AND_OTHERS = "averaged, or, of a running total, reduced to the last one"
COMBINE = (
    Treatment("each", "As each column needs", "Amounts are added together; levels, such as temperatures, averaged."),
    Treatment("sum", "Add together", "Values of the same {period} are added together."),
    Treatment("mean", "Average", "Values of the same {period} are averaged."),
    Treatment("last", "Keep the last", "Only the last row of each {period} counts."),
)


@dataclass(frozen=True)
class OwnWays:
    """How the values of each series of one column become one, by what its key at a ``position`` says."""

    position: int
    by_text: Mapping[str, Repeated]


@dataclass(frozen=True)
class Combined:
    """``used``: for each of the ``names`` of the value columns, how its values become one; ``usual``: how they would
    without a choice of the person; ``reason``: why some are levels, a sentence or nothing. ``own``: for each column,
    where its series differ, how those of each do unless the person ``chose`` one way for all; otherwise None.
    ``partly``: columns of which some series are running totals, and others averaged.
    """

    names: tuple[str, ...]
    used: tuple[Repeated, ...]
    usual: tuple[Repeated, ...]
    reason: str = ""
    own: tuple[OwnWays | None, ...] = ()
    chose: bool = False
    partly: frozenset[str] = frozenset()

    def own_of(self, n: int) -> OwnWays | None:
        """How the series of the n-th column do, where they differ."""
        return self.own[n] if self.own and not self.chose else None

    @property
    def words(self) -> str:
        """How, as part of a sentence: "added together", or "added together (Sales) and averaged (Temperature)"."""
        ways: dict[str, list[str]] = {}
        for n, (name, way) in enumerate(zip(self.names, self.used, strict=True)):
            own = self.own_of(n)
            for text, its_way in own.by_text.items() if own is not None else ((name, way),):
                said = _OF_TOTALS_AND_OTHERS if name in self.partly else _WORDS[its_way]
                ways.setdefault(said, []).append(text)
        if len(ways) == 1:
            return next(iter(ways))
        return " and ".join(f"{way} ({some(names)})" for way, names in ways.items())

    @property
    def treatments(self) -> dict[str, Any]:
        """The fields of a ``Report`` that say which treatment is used, which proposed, and which are not offered."""
        mixed = len(set(self.usual)) > 1 or any(own is not None for own in self.own) or bool(self.partly)
        chosen = self.chose if mixed else self.used != self.usual
        return {
            "used": "each" if mixed and not chosen else self.used[0],
            "proposed": "each" if mixed else self.usual[0],
            "values": {"each": None},
            "hidden": () if mixed else ("each",),
        }
