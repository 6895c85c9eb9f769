"""Totals per week, month, quarter or year as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.formatting.spans import span_words
from almanac.desktop.pages.forecast.tables.steps_table import (
    ABOUT,
    HEADS,
    LAST_YEAR,
    LEFT,
    RIGHT,
    UNCHECKED_HEADS,
)
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY
from almanac.wording.totals import change_on_last_year, total_decimals

if TYPE_CHECKING:
    from almanac.workflow.totalling.make_totals import Totals

Index = QModelIndex | QPersistentModelIndex
GROWTH = "Change"


class SpansModel(QAbstractTableModel):
    """The totals of one group: a column for each span of time, a row for each figure."""

    past = 0

    def __init__(self, totals: Totals, *, checked: bool = True) -> None:
        super().__init__()
        self._spans = [span_words(totals, s) for s in range(len(totals.spans))]
        self._figures = [totals.figures(0, s) for s in range(len(totals.spans))]
        self._decimals = max((total_decimals(one) for one in self._figures), default=0)
        heads = HEADS if checked else UNCHECKED_HEADS
        known = any(np.isfinite(one.last_year) for one in self._figures)
        self._heads: tuple[str, ...] = (*heads, LAST_YEAR, GROWTH) if known else heads

    @property
    def longest(self) -> str:
        """The longest of all figures as text."""
        texts = (self._text(row, s) for row in range(len(self._heads)) for s in range(len(self._spans)))
        return max(texts, key=len, default="")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the figures of each span."""
        return 0 if parent.isValid() else len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the spans."""
        return 0 if parent.isValid() else len(self._spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a figure as text, the total itself in bold."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and self._heads[index.row()] == ABOUT:
            return style.font(BODY, bold=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the spans above and the figures on the left."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._spans[section] if orientation == Qt.Orientation.Horizontal else self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if orientation == Qt.Orientation.Vertical else RIGHT
        return None

    def _text(self, row: int, s: int) -> str:
        one = self._figures[s]
        if self._heads[row] == GROWTH:
            return change_on_last_year(one, LOCALE)
        value = (one.point, one.low, one.high, one.last_year)[row]
        return LOCALE.number(value, self._decimals) if np.isfinite(value) else ""
