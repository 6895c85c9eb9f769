"""The steps of one forecast as a table: across above the chart, or down in place of the chart and with the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from almanac.core.arrays import Floats, Integers
from almanac.core.series import Forecast
from almanac.desktop.charts.extent import last_year
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION
from almanac.desktop.widgets.copying import copies, copy_all, copy_selection
from almanac.wording.phrases import forecast_decimals

if TYPE_CHECKING:
    from almanac.desktop.pages.forecast.tables.spans_model import SpansModel
    from almanac.desktop.pages.forecast.target import Target

Index = QModelIndex | QPersistentModelIndex
ABOUT, ACTUAL, ADJUSTED, UNADJUSTED, LAST_YEAR = "About", "Actual", "Adjusted", "Forecast", "Last year"
HEADS = (ABOUT, "Likely from", "Likely to")
UNCHECKED_HEADS = (ABOUT, "Perhaps from", "Perhaps to")  # of a range that too few checks support
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW = 30
Past = tuple[Integers, Floats]  # period numbers and their values
NO_PAST: Past = (np.empty(0, np.int64), np.empty(0))
MIN_COLUMN_WIDTH, COLUMN_GAP, SCROLL_BAR = 88, 8, 16
MAX_MEASURED = 8  # heads of columns that are measured: the others are as long


@dataclass(frozen=True)
class Known:
    """``checked``: whether enough checks support the likely range; ``unadjusted`` float64 [H]: each step before the
    person adjusted it, None where they did not; ``last_year`` float64 [S]: what was a year before each open step, NaN
    where unknown, empty where none of it is.
    """

    checked: bool = True
    unadjusted: Floats | None = None
    last_year: Floats = field(default_factory=lambda: np.empty(0))


CHECKED = Known()


class StepsModel(QAbstractTableModel):
    """Periods with their actual values and forecasts; ``across`` lays the periods out as columns.

    ``past``: the periods before the first step, and their values. Closed steps are left out.
    """

    def __init__(
        self,
        forecast: Forecast,
        i: int,
        past: Past = NO_PAST,
        known: Known = CHECKED,
        *,
        across: bool = False,
    ) -> None:
        super().__init__()
        self._frequency, self._across = forecast.frequency, across
        numbers_before, before = past
        steps = forecast.open_steps(i)
        self.past = len(before)
        self._periods: Integers = np.concatenate([numbers_before, int(forecast.first[i]) + steps])
        carried = forecast_decimals(forecast, i)
        self._decimals = carried if known.unadjusted is None else max(carried, 0)  # a person sees what they typed
        blank = np.full(len(before), np.nan)
        columns = [np.concatenate([blank, values[0, steps]]) for values in forecast.select(i).shown]
        self._heads: tuple[str, ...] = HEADS if known.checked else UNCHECKED_HEADS
        if known.unadjusted is not None:
            self._heads = (ADJUSTED, *self._heads[1:], UNADJUSTED)
            columns.append(np.concatenate([blank, known.unadjusted[steps]]))
        if len(known.last_year):
            self._heads = (*self._heads, LAST_YEAR)
            columns.append(np.concatenate([blank, known.last_year]))
        if len(before):
            columns.insert(0, np.concatenate([before, np.full(len(steps), np.nan)]))
            self._heads = (ACTUAL, *self._heads)
        self._figures = np.column_stack(columns)
        happened = max(self._decimals, 0)  # what happened is known to the last digit
        self._decimals_of = [happened if head in (ACTUAL, LAST_YEAR) else self._decimals for head in self._heads]

    @property
    def longest(self) -> str:
        """The longest of all figures as text."""
        known = self._figures[np.isfinite(self._figures)]
        extremes = (known.min(), known.max()) if len(known) else (0.0,)
        return max((numbers.number(value, max(self._decimals, 0)) for value in extremes), key=len)

    def period(self, k: int) -> int:
        """The number of the period in row or column ``k``."""
        return int(self._periods[k])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the figures of each period, or the periods."""
        return 0 if parent.isValid() else len(self._heads) if self._across else len(self._periods)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the periods, or the figures of each."""
        return 0 if parent.isValid() else len(self._periods) if self._across else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a figure as text, the forecast itself in bold; empty where there is none."""
        step, head = (index.column(), index.row()) if self._across else (index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            figure = self._figures[step, head]
            return numbers.number(figure, self._decimals_of[head]) if np.isfinite(figure) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and self._heads[head] in (ABOUT, ADJUSTED):
            return style.font(BODY, bold=True)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the periods along one side and the figures along the other."""
        periods = (orientation == Qt.Orientation.Horizontal) == self._across
        if role == Qt.ItemDataRole.DisplayRole:
            return when(self._frequency, int(self._periods[section])) if periods else self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if orientation == Qt.Orientation.Vertical else RIGHT
        return None


class StepsTable(QTableView):
    """The table itself; ``adjust_wanted``: the selected steps are to be adjusted."""

    adjust_wanted = Signal()

    def __init__(self, name: str, *, across: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across, self._column_width = across, MIN_COLUMN_WIDTH
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setFont(style.font(CAPTION))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setFixedHeight(ROW)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerItem)

    def show_steps(self, target: Target, past: Past = NO_PAST) -> None:
        """Show the steps of a series or a group, after those of the ``past``, or next to last year where these are not
        shown.
        """
        before = np.empty(0)
        if self._across:
            before = last_year(target.series, target.position, target.forecast, target.i)[1]
        known = Known(target.checked, target.unadjusted, before)
        model = StepsModel(target.forecast, target.i, past, known, across=self._across)
        self.show_model(model)

    @property
    def selected_span(self) -> tuple[int, int] | None:
        """The first and the last period that are selected; None where none is, or the table shows none."""
        model = self.model()
        if not isinstance(model, StepsModel) or self.selectionModel() is None:
            return None
        chosen = self.selectionModel().selectedIndexes()
        periods = [model.period(index.column() if self._across else index.row()) for index in chosen]
        return (min(periods), max(periods)) if periods else None

    def show_model(self, model: StepsModel | SpansModel) -> None:
        """Show the figures of a model."""
        old = self.model()
        model.setParent(self)
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        if self._across:
            self.setFixedHeight(ROW * (model.rowCount() + 1) + SCROLL_BAR)
        some = range(min(model.columnCount(), MAX_MEASURED))
        heads = {*some, model.columnCount() - 1} if self._across else some
        head = max(self.horizontalHeader().sectionSizeHint(column) for column in heads)
        figure = QFontMetrics(style.font(BODY, bold=True)).horizontalAdvance(model.longest)
        self._column_width = max(head + COLUMN_GAP, figure + 3 * COLUMN_GAP, MIN_COLUMN_WIDTH)
        self._fit_columns()
        self.updateGeometries()  # the names of the rows may be longer than those before
        if model.past and not self._across:  # what comes next is at the top; scrolling up shows the past
            self.scrollTo(model.index(model.past, 0), QTableView.ScrollHint.PositionAtTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected."""
        if not copies(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        if self.model() is None:
            return
        menu = QMenu(self)
        menu.addAction("&Copy", QKeySequence.StandardKey.Copy, lambda: copy_selection(self))
        menu.addAction("Copy &All", lambda: copy_all(self))
        if self.selected_span is not None:
            menu.addAction("Ad&just…", self.adjust_wanted.emit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Show whole columns only."""
        if self.model() is not None:
            room = self.viewport().width()
            count = min(max(room // self._column_width, 1), self.model().columnCount())
            self.horizontalHeader().setDefaultSectionSize(max(room // count, self._column_width))
