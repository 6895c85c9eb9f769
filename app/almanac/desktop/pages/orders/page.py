"""Orders: a table of stock, and how much to order of each product."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from almanac.core.calendar.frequency import Unit
from almanac.core.problems import Problem
from almanac.desktop.formatting import numbers
from almanac.desktop.pages.orders.stock_model import StockModel
from almanac.desktop.pages.orders.stock_table import StockTable
from almanac.desktop.shell import recent
from almanac.desktop.shell.file_filter import SPREADSHEETS
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, button, label
from almanac.wording import orders as wording

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow import ListedStock, Orders
    from almanac.workflow.results import ForecastResult

CERTAINTIES = (0.8, 0.9, 0.95, 0.98, 0.99)
USUAL = CERTAINTIES.index(0.95)
EDIT_DELAY_MS = 300  # several cells are often typed one after the other
COPIED_MS = 1500
SHOWN_BY_TABLE = ("not_in_stock_list", "order_defaults", "unused_stock_columns", "stock_below_zero")
HOW_TO = "Paste your stock list (Ctrl+V), open it as a file, or type stock and lead time of what you order."


class OrdersPage(Page):
    """What to order today, and the table that it follows from.

    ``stock_given`` carries a path or pasted cells; ``rows_changed`` the rows of the table as a stock list;
    ``path_chosen`` where to save.
    """

    stock_given = Signal(object)
    rows_changed = Signal(tuple)
    path_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How much to order?", parent, fill=True)
        self._sort_next = False
        self._list_problems: tuple[Problem, ...] = ()
        self._file_name = "orders"
        self._make_heading()
        self.today = label(HOW_TO, "section", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.model = StockModel(self)
        self.table = StockTable(self.model)
        self.box.addWidget(self.today)
        self.box.addLayout(self._make_second_row())
        self.box.addWidget(self.table, 1)
        self._make_ways_on()
        self.initial_focus = self.table
        self._delay = QTimer(self, singleShot=True, interval=EDIT_DELAY_MS)
        self._delay.timeout.connect(self._request)
        self.model.edited.connect(self._delay.start)
        self.model.refused.connect(self._say_refused)
        self.table.list_pasted.connect(self.stock_given)

    def attach(self, session: Session) -> None:
        """Let the session read stock lists and find orders; show what it finds."""
        self.stock_given.connect(session.orders.read_stock)
        self.rows_changed.connect(session.orders.find)
        self.path_chosen.connect(session.orders.save)
        session.forecast_made.connect(self.show_result)
        session.forecast_checked.connect(self.show_result)
        session.orders.listed.connect(self.show_stock)
        session.orders.found.connect(self.show_orders)
        session.orders.refused.connect(self.show_refused)
        session.orders.saved.connect(lambda path: self.note.setText(f"Saved as {path.name} in {path.parent}."))

    def enter(self) -> None:
        """Find the orders of a forecast that was made meanwhile."""
        if not self.save.isEnabled():
            self._request()

    def _make_heading(self) -> None:
        self.open_list, self.paste_list = button("&Open Stock List…", "", "folder-open"), button("&Paste List")
        self.open_list.clicked.connect(self._ask_for_list)
        self.paste_list.clicked.connect(lambda: self.table.paste(QGuiApplication.clipboard().text()))
        for widget in (self.paste_list, self.open_list):
            self.heading.addWidget(widget)

    def _make_second_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        text = QLabel("R&uns out")
        self.certainty = Selector()
        self.certainty.addItems([wording.certainty_words(c).removeprefix("runs out ") for c in CERTAINTIES])
        self.certainty.setCurrentIndex(USUAL)
        self.certainty.setAccessibleName("How often it may run out")
        self.certainty.activated.connect(lambda: self._request())
        text.setBuddy(self.certainty)
        row.addWidget(self.note, 1)
        row.addWidget(text)
        row.addWidget(self.certainty)
        return row

    def _make_ways_on(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        self.missing = label("", "caption", wrap=True)
        self.copy_table, self.save = button("&Copy as Table"), button("&Save Orders…")
        self.copy_table.clicked.connect(self._copy)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(lambda: self.copy_table.setText("&Copy as Table"))
        self.save.clicked.connect(self._ask_where_to_save)
        row.addWidget(self.missing, 1)
        row.addWidget(self.copy_table)
        row.addWidget(self.save)
        self.box.addLayout(row)
        self._allow_saving(False)

    def show_result(self, result: ForecastResult) -> None:
        """Show the products of a new forecast; what was typed of them stays."""
        series, names = result.file.series, result.forecast.names
        positions = series.positions(names).tolist()
        products = [name for name, i in zip(names, positions, strict=True) if series.measure(i).kind == "flow"]
        unit = result.forecast.frequency.unit
        self.model.show_products(products, "rows" if unit is Unit.ROW else _unit_of_time(unit))
        self._file_name = f"{Path(result.file.reading.file).stem} orders"
        self._list_problems = ()
        self.show_problems()
        self._clear()
        if self.isVisible():
            self._request()

    def show_stock(self, found: ListedStock) -> None:
        """Take over a stock list."""
        self.model.show_entries(found.entries)
        self._list_problems = found.problems
        self._show_problems(found.problems)
        self._sort_next = True
        self._request()

    def show_orders(self, found: Orders) -> None:
        """Show what was found."""
        self.model.show_orders(found)
        if self._sort_next:
            self.model.sort_by_urgency(found)
            self._sort_next = False
        figures = [found.figures(k, numbers.LOCALE) for k in range(len(found.products))]
        self.today.setText(wording.today_sentence(figures, numbers.LOCALE))
        tested = found.backtest
        said = (tested.wanted, tested.held, tested.checks, tested.enough) if tested is not None else None
        self.note.setText("" if said is None else wording.practice_sentence(*said, numbers.LOCALE))
        self._show_problems((*self._list_problems, *found.problems))
        self._say_missing()
        self._allow_saving(True)

    def show_refused(self, problem: Problem) -> None:
        """Say why there are no orders."""
        self._clear()
        self.show_problems(problem)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        said = [problem for problem in problems if problem.code not in SHOWN_BY_TABLE]
        self.show_problems(*said, quiet=True)

    def _request(self) -> None:
        """Ask for orders as soon as the stock and the lead time of a product are known."""
        self._delay.stop()
        rows = self.model.rows(f"{CERTAINTIES[self.certainty.currentIndex()]:.0%}")
        self._say_missing()
        if len(rows) > 1:
            self.rows_changed.emit(rows)
        else:
            self._clear()

    def _clear(self) -> None:
        self.model.forget_orders()
        self.today.setText(HOW_TO)
        self.note.setText("")
        self._allow_saving(False)

    def _say_missing(self) -> None:
        count = self.model.incomplete
        which = numbers.plural(count, "product needs", "products need")
        self.missing.setText(f"{which} both a stock and a lead time." if count else "")

    def _say_refused(self, text: str) -> None:
        self.missing.setText(f"“{text}” is no amount, so the cell stays as it was.")

    def _allow_saving(self, allowed: bool) -> None:
        for way in (self.copy_table, self.save):
            way.setEnabled(allowed)

    def _copy(self) -> None:
        rows = self.model.cells(range(self.model.rowCount()))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows))
        self.copy_table.setText("Copied")
        self._copied.start()

    def _ask_for_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open Stock List", str(recent.folder()), SPREADSHEETS)
        if name:
            self.stock_given.emit(Path(name))

    def _ask_where_to_save(self) -> None:
        proposal = str(recent.folder() / f"{self._file_name}.xlsx")
        kinds = "Excel workbook (*.xlsx);;CSV (*.csv)"
        name, kind = QFileDialog.getSaveFileName(self, "Save Orders", proposal, kinds)
        if name:
            path = Path(name)
            self.path_chosen.emit(path if path.suffix else path.with_suffix(".csv" if "csv" in kind else ".xlsx"))


def _unit_of_time(unit: Unit) -> str:
    """The unit of lead times: that of the data, or days where it is shorter."""
    if unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        return "months"
    return "weeks" if unit is Unit.WEEK else "days"
