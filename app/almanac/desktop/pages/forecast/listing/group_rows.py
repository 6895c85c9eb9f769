"""Groups of series as rows of the list: their total, last year, and how much more that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt

from almanac.desktop.formatting.numbers import LOCALE
from almanac.wording import totals as wording
from almanac.wording.phrases import RangeSupport
from almanac.wording.totals import TotalFigures

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totals.make_totals import Totals

UNCHECKED = (RangeSupport.TOO_FEW_CHECKS, RangeSupport.STOPPED, RangeSupport.CONSTANT, RangeSupport.ADJUSTED)


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
        word = "perhaps" if self.support in UNCHECKED else "likely"
        return f"{word} {self._number(self.figures.low)} to {self._number(self.figures.high)}"

    @property
    def last_year(self) -> str:
        """Last year: "last year 1,250"; empty where it is not known."""
        return f"last year {self._number(self.figures.last_year)}" if np.isfinite(self.figures.last_year) else ""

    @property
    def growth(self) -> str:
        """How much more than last year: "+5%"; empty where that is not known."""
        return wording.signed_percent(self.figures.growth, LOCALE) if np.isfinite(self.figures.growth) else ""

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
    """The columns that put the series into fewer groups than there are series."""
    series, names = result.file.series, result.forecast.names
    keys = [series.keys[i] for i in series.positions(names).tolist()] if series.keys else []
    found = []
    for k, column in enumerate(series.key_columns):
        groups = len({key[k] for key in keys})
        if 1 < groups < len(keys):
            found.append(column)
    return tuple(found)
