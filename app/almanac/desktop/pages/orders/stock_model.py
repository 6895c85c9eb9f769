"""The products of a forecast with what a person says of their stock, and how much to order of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.number_entry import read_number
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY
from almanac.wording.orders import OrderFigures, amount_text, chance_text, product_sentence

if TYPE_CHECKING:
    from almanac.tables import StockEntry
    from almanac.workflow import Orders

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TYPED = ("Stock", "On order", "Lead time", "Order every", "Pack size", "Certainty")
FOUND = ("Order", "Runs out", "Chance")
STOCK, LEAD, CERTAINTY = TYPED.index("Stock"), TYPED.index("Lead time"), TYPED.index("Certainty")
ORDER, FIRST_TYPED = 1, 1 + len(FOUND)  # columns: the name, what was found, what is typed
AMOUNTS = (TYPED.index("Stock"), TYPED.index("On order"), TYPED.index("Pack size"))
HINTS = {
    "Stock": "What is there now; below 0 for what is owed to customers",
    "On order": "What is on its way already",
    "Lead time": "From an order to its arrival, such as 10 days or 2 weeks",
    "Order every": "From one order to the next, such as 1 week; blank: every period",
    "Pack size": "What an order is a multiple of; blank: single units",
    "Order": "As many as bring stock up to what lasts until the order after this one arrives",
    "Runs out": "When it has more likely run out than not, if nothing is ordered",
    "Chance": "How likely it has run out by then, or by the end of the forecast",
    "Certainty": "Such as 95%, or once in 20 times; blank: as chosen above",
}
_TWO_LINES = {"On order": "On\norder", "Pack size": "Pack\nsize"}
Cell = str | float  # amounts are numbers, other cells are texts as they were typed


class StockModel(QAbstractTableModel):
    """A row for each product: its name, what was typed, and what was found. ``edited``: a cell has another value;
    ``refused`` carries a text that is no amount.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self._typed: dict[str, list[Cell]] = {}
        self._figures: dict[str, OrderFigures] = {}
        self._unit = "days"

    def show_products(self, names: Sequence[str], unit: str) -> None:
        """Show these products; what was typed of those that were here before stays. ``unit``: of time, "days"."""
        self.beginResetModel()
        self.names, self._unit = list(names), unit
        blank: list[Cell] = [""] * len(TYPED)
        self._typed = {name: self._typed.get(name, list(blank)) for name in names}
        self._figures = {}
        self.endResetModel()

    def show_entries(self, entries: Mapping[str, StockEntry]) -> None:
        """Take over what a list says of products; the others stay as they are."""
        for name in [name for name in self.names if name in entries]:
            entry = entries[name]
            texts = ["" if length is None else str(length) for length in (entry.lead, entry.review)]
            on_order, pack = ("" if amount is None else amount for amount in (entry.on_order, entry.pack))
            certainty = "" if entry.certainty is None else numbers.percent(entry.certainty, _decimals(entry.certainty))
            self._typed[name] = [entry.on_hand, on_order, *texts, pack, certainty]
        self._changed(range(FIRST_TYPED, self.columnCount()))

    def show_orders(self, found: Orders) -> None:
        """Show what was found."""
        self._figures = {}
        for k, one in enumerate(found.products):
            self._figures[one.product.name] = found.figures(k, numbers.LOCALE)
        self._changed(range(ORDER, FIRST_TYPED))

    def forget_orders(self) -> None:
        """Show no orders."""
        self._figures = {}
        self._changed(range(ORDER, FIRST_TYPED))

    def sort_by_urgency(self, found: Orders) -> None:
        """What to order today first, then the other products of the orders, then the rest."""
        place = {one.product.name: k for k, one in enumerate(found.products)}
        self.layoutAboutToBeChanged.emit()
        self.names.sort(key=lambda name: place.get(name, len(place)))
        self.layoutChanged.emit()

    def rows(self, certainty: str) -> tuple[tuple[Cell, ...], ...]:
        """The heading and the products of which stock and lead time are known, as a stock list."""
        known = [name for name in self.names if self._typed[name][STOCK] != "" and self._typed[name][LEAD] != ""]
        heads = ("Product", *(f"{head} ({self._unit})" if _of_time(head) else head for head in TYPED))
        filled = [
            tuple(cell or certainty if k == CERTAINTY else cell for k, cell in enumerate(self._typed[name]))
            for name in known
        ]
        return (heads, *((name, *cells) for name, cells in zip(known, filled, strict=True)))

    @property
    def incomplete(self) -> int:
        """Of how many products only the stock or only the lead time is known."""
        return sum((cells[STOCK] == "") != (cells[LEAD] == "") for cells in self._typed.values())

    def cells(self, rows: Sequence[int]) -> list[list[str]]:
        """The heads and these rows as texts."""
        columns = range(self.columnCount())
        heads = [str(self.headerData(k, Qt.Orientation.Horizontal)).replace("\n", " ") for k in columns]
        return [heads, *([self._text(row, k) for k in columns] for row in rows)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the products."""
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the name, what is typed and what is found."""
        return 0 if parent.isValid() else 1 + len(TYPED) + len(FOUND)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is typed can be edited."""
        typed = index.column() >= FIRST_TYPED
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if typed else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell as text."""
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ORDER:
            figures = self._figures.get(self.names[index.row()])
            return None if figures is None else product_sentence(figures, numbers.LOCALE)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() else LEFT
        if role == Qt.ItemDataRole.FontRole and index.column() in (0, ORDER):
            figures = self._figures.get(self.names[index.row()])
            return style.font(BODY, bold=figures is not None and figures.amount > 0)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; ``refused`` when an amount is wanted and it is none."""
        if role != Qt.ItemDataRole.EditRole or index.column() < FIRST_TYPED or not index.isValid():
            return False
        text, k = str(value).strip(), index.column() - FIRST_TYPED
        cell: Cell = text
        if k in AMOUNTS and text:
            typed = read_number(text)
            if typed is None:
                self.refused.emit(text)
                return False
            cell = typed.value
        cells = self._typed[self.names[index.row()]]
        if cells[k] != cell:
            cells[k] = cell
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column, and what belongs there."""
        if orientation == Qt.Orientation.Vertical:
            return None
        head = ("Product", *FOUND, *TYPED)[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{head}\n({self._unit})" if _of_time(head) else _TWO_LINES.get(head, head)
        if role == Qt.ItemDataRole.ToolTipRole:
            return HINTS.get(head)
        return (RIGHT if section else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _text(self, row: int, column: int) -> str:
        name = self.names[row]
        if column == 0:
            return name
        if column >= FIRST_TYPED:
            cell = self._typed[name][column - FIRST_TYPED]
            return amount_text(cell, numbers.LOCALE) if isinstance(cell, float) else cell
        figures = self._figures.get(name)
        return "" if figures is None else _found(figures)[column - ORDER]

    def _changed(self, columns: range) -> None:
        if self.names:
            self.dataChanged.emit(self.index(0, columns[0]), self.index(len(self.names) - 1, columns[-1]))


def _found(figures: OrderFigures) -> tuple[str, ...]:
    """What was found of one product, for the columns ``FOUND``."""
    return (
        amount_text(figures.amount, numbers.LOCALE),
        figures.runs_out or f"not in {figures.ahead}",
        chance_text(figures.chance, numbers.LOCALE),
    )


def _of_time(head: str) -> bool:
    return head in (TYPED[LEAD], TYPED[LEAD + 1])


def _decimals(share: float) -> int:
    """How many decimals a share needs in percent: none for 95%, one for 97.5%."""
    return 0 if round(share * 100, 1) == round(share * 100) else 1
