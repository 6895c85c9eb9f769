"""Groups of series as rows of the list: their total, last year, and how much more that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt

from almanac.desktop.formatting.numbers import LOCALE
from almanac.wording import totals as wording
from almanac.wording.phrases import RangeSupport, from_to
from almanac.wording.totals import TotalFigures

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.make_totals import Totals

SEPARATOR = "\0"  # of columns; no name has it


@dataclass(frozen=True)
class GroupRow:
    """A group of series: its total over the horizon; ``members``: the positions of its series in the forecast;
    ``columns``: those whose values make the group."""

    name: str
    members: tuple[int, ...]
    figures: TotalFigures
    support: RangeSupport
    averaged: bool
    columns: tuple[str, ...] = ()
    SORTED_BY: ClassVar[tuple[Callable[[GroupRow], float], ...]]

    @property
    def total(self) -> str:
        """The total: "1,310"."""
        return self._number(self.figures.point)

    @property
    def likely(self) -> str:
        """Its range: "likely 1,190 to 1,440"."""
        if not np.isfinite(self.figures.point):
            return ""
        word = "likely" if self.support.is_likely else "perhaps"
        return f"{word} {from_to(self._number(self.figures.low), self._number(self.figures.high))}"

    @property
    def last_year(self) -> str:
        """Last year: "last year 1,250"; empty where it is not known."""
        return f"last year {self._number(self.figures.last_year)}" if np.isfinite(self.figures.last_year) else ""

    @property
    def growth(self) -> str:
        """How much more than last year: "+5%"; empty where that is not known."""
        return wording.change_on_last_year(self.figures, LOCALE)

    def text(self, role: int) -> str | None:
        """What is shown for a role of the list; see ``series_model``."""
        from almanac.desktop.pages.forecast.listing.series_model import CHANGE, LIKELY, NEXT, ROUGHLY

        count = f"{LOCALE.count(len(self.members))} series"
        below = self.last_year or (count if len(self.members) > 1 else self.likely)
        texts = {
            Qt.ItemDataRole.DisplayRole: self.name,
            NEXT: self.total,
            LIKELY: below,
            ROUGHLY: below,
            CHANGE: self.growth,
        }
        told = [self.name, self.total, self.likely, self.last_year, self.growth, count]
        texts[Qt.ItemDataRole.ToolTipRole] = "\n".join(filter(None, told))
        texts[Qt.ItemDataRole.AccessibleTextRole] = ", ".join(filter(None, told))
        return texts.get(role)

    @property
    def doubt(self) -> float:
        """The width of its range as a share of the total."""
        figures = self.figures
        return (figures.high - figures.low) / abs(figures.point) if figures.point else np.nan

    def _number(self, value: float) -> str:
        return LOCALE.number(value, wording.total_decimals(self.figures)) if np.isfinite(value) else ""


GroupRow.SORTED_BY = (lambda row: row.figures.point, lambda row: row.figures.growth, lambda row: row.doubt)


def group_rows(totals: Totals, columns: tuple[str, ...]) -> tuple[GroupRow, ...]:
    """The groups of these columns as rows; none for everything."""
    return tuple(
        GroupRow(group.name, group.members, totals.figures(g, 0), group.support, group.averaged, group.columns)
        for g, group in enumerate(totals.groups)
        if group.columns == columns
    )


def group_columns(result: ForecastResult) -> tuple[str, ...]:
    """The columns that put the series into fewer groups than there are series, and pairs of columns that do.

    A pair is ``joined`` into one name.
    """
    series, names = result.file.series, result.forecast.names
    keys = [series.keys[i] for i in series.positions(names).tolist()] if series.keys else []
    counts: dict[tuple[int, ...], int] = {}
    wanted = [*((k,) for k in range(len(series.key_columns))), *combinations(range(len(series.key_columns)), 2)]
    for at in wanted if keys else ():
        groups = len({tuple(key[k] for k in at) for key in keys})
        finer = all(counts.get((k,), 0) < groups for k in at) or len(at) == 1
        counts[at] = groups if finer else len(keys)
    found = [at for at, groups in counts.items() if 1 < groups < len(keys)]
    return tuple(joined([series.key_columns[k] for k in at]) for at in found)


def joined(columns: Sequence[str]) -> str:
    """Columns as one name; ``parted`` is the inverse."""
    return SEPARATOR.join(columns)


def parted(name: str) -> tuple[str, ...]:
    """The columns of a name that was ``joined``; none of an empty one."""
    return tuple(name.split(SEPARATOR)) if name else ()
