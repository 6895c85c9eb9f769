"""The side of the page: which groups to show, the search, the order, the list, and what is selected in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from almanac.core.arrays import Floats
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.forecast.listing.group_rows import GroupRow, parted
from almanac.desktop.pages.forecast.listing.list_order import SORTS
from almanac.desktop.pages.forecast.listing.series_list import SeriesList
from almanac.desktop.pages.forecast.listing.series_model import SeriesModel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, label

LIST_WIDTH = 272
SEARCH_DELAY_MS = 80  # typing must not search a long list at every letter


class SeriesSide(QWidget):
    """Choices about the list, and the list.

    ``column_chosen``: groups by this column are wanted, "" for single series; ``selected``: the row that is ``current``
    now, a series by its position in the forecast or -1 less the number of a group.
    """

    column_chosen = Signal(str)
    selected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(LIST_WIDTH)
        self.model: SeriesModel | None = None
        self.current = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE[1])
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._delay.timeout.connect(self.arrange)
        self.show_by = Selector()
        self.show_by.setAccessibleName("Show series or groups")
        self.show_by.activated.connect(lambda: self._show_by(self.column))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName("Search series")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._delay.start())
        self.sort = Selector()
        self.sort.addItems([f"Sorted by {name}" for name in SORTS])
        self.sort.setAccessibleName("Sort series by")
        self.sort.activated.connect(self.arrange)
        self.list, self.spans = SeriesList(), label("", "caption", wrap=True)
        self.found = label("", "caption", wrap=True)
        for widget in (self.show_by, self.search, self.sort, self.spans, self.list, self.found):
            box.addWidget(widget)

    @property
    def column(self) -> str:
        """The column whose groups are to be listed; empty for single series."""
        return self.show_by.currentData() or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are offered."""
        return tuple(self.show_by.itemData(k) for k in range(1, self.show_by.count()))

    def begin(self, model: SeriesModel, columns: Sequence[str]) -> None:
        """List other series, by name, the first selected; offer the groups of these columns."""
        self.search.clear()
        self.sort.setCurrentIndex(0)
        self.show_by.clear()
        self.show_by.addItem("Show: Every Series", "")
        for column in columns:
            words = f"By {' × '.join(parted(column))}"
            self.show_by.addItem(f"Show: {words}", column)
            self.show_by.setItemData(self.show_by.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.show_by.setVisible(bool(columns))
        self.setVisible(len(model.names) > 1)
        self._take(model)
        self.current = model.position(0)
        self.arrange()

    def update_model(self, model: SeriesModel) -> None:
        """List the same series with other forecasts; what is selected and where the list is stay as they are."""
        if self.model is not None:
            model.set_groups(self.model.whole, self.model.groups)  # added up again soon
            model.expand(self.model.expanded)
        self._take(model)
        self.arrange()

    def show_whole(self, whole: tuple[GroupRow, ...], growth: Floats, doubt: Floats) -> None:
        """List these totals of everything first, and know how much each series grows and how unsure it is."""
        if self.model is not None:
            self.model.set_totals(growth, doubt)
            self.model.set_groups(whole, self.model.groups)
            self.arrange()

    def show_groups(self, groups: tuple[GroupRow, ...]) -> None:
        """List these groups. The one that is selected stays so; if it is no longer there, everything is selected."""
        if self.model is None:
            return
        before = self.model.group(self.current)
        self.model.set_groups(self.model.whole, groups)
        after = self.model.group(self.current) if self.model.knows(self.current) else None
        if before is not None and (after is None or after.name != before.name):
            self.current = -1
            self.selected.emit(self.current)
        self.arrange()

    def select(self, row: int) -> None:
        """Select a row, listed or not."""
        if self.model is None or not self.model.knows(row):
            return
        if self.model.row_of(row) < 0:
            self.search.clear()
            self.arrange()
        if self.model.row_of(row) < 0:  # single series are not listed
            self.show_by.setCurrentIndex(0)
            self._show_by("")
        self._go_to(row)
        self.arrange()

    def arrange(self) -> None:
        """List what the search finds; what is selected stays so as long as it is listed."""
        self._delay.stop()
        if self.model is None:
            return
        self.model.arrange(self.search.text(), self.sort.currentIndex())
        self.spans.setText(self.model.spans)
        self._show_found()
        row = self.model.row_of(self.current)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _take(self, model: SeriesModel) -> None:
        old, self.model = self.model, model
        model.setParent(self)
        self.list.setModel(model)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        if old is not None:
            old.deleteLater()

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid() and self.model is not None:
            self._go_to(self.model.position(index.row()))

    def _go_to(self, row: int) -> None:
        if row == self.current or self.model is None:
            return
        self.current = row
        if self.model.expand_group(row):
            self.arrange()
        self.selected.emit(row)

    def _show_by(self, column: str) -> None:
        """Ask for the groups by a column, or list the single series."""
        self.column_chosen.emit(column)
        if not column:
            self.show_groups(())

    def _show_found(self) -> None:
        """Say how many series the search found."""
        assert self.model is not None
        total, search = len(self.model.names), self.search.text().strip()
        words = f"{numbers.count(total)} series"
        if self.model.rowCount() == 0:
            words = f"No name has all of “{search}”. Clear the search to see all {words}."
        elif search and self.model.found < total:
            words = f"{numbers.count(self.model.found)} of {words}"
        self.found.setText(words)
