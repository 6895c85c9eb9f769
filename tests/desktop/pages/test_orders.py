"""Orders: from the file to the list to order today, and what is typed into its table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from time import process_time
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, answer_all, confirm_data, drop, hand_over, idle, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.jobs import run
from almanac.desktop.pages.orders.page import OrdersPage
from almanac.desktop.pages.orders.stock_model import FIRST_TYPED, ORDER, TYPED, StockModel
from almanac.desktop.pages.orders.stock_table import StockTable
from almanac.desktop.shell.station import StationKey
from almanac.workflow.results import ForecastResult

PASTED = "Product\tStock\tOn order\tLead time\tPack size\nBREAD\t20\t0\t1 month\t12\nmilk\t900\t0\t2 months\t6\n"


def column(name: str) -> int:
    return FIRST_TYPED + TYPED.index(name)


def orders_of(window: WindowUnderTest) -> OrdersPage:
    return cast(OrdersPage, window.page(StationKey.ORDERS))


def answer(window: WindowUnderTest) -> None:
    """Let the worker do what is asked for, one job after the other."""
    page = orders_of(window)
    if page._delay.isActive():
        page._request()
    answer_all(window)


@cache
def result() -> ForecastResult:
    return builders.result(builders.read_file(3))


@pytest.fixture
def page(still: WindowUnderTest) -> OrdersPage:
    hand_over(still, "check", result().file)
    hand_over(still, "forecast", result())
    answer(still)
    still.go_to(StationKey.ORDERS)
    return orders_of(still)


def type_in(page: OrdersPage, row: int, **cells: str) -> None:
    for name, text in cells.items():
        page.model.setData(page.model.index(row, column(name.replace("_", " "))), text)


def text(page: OrdersPage, row: int, at: int) -> str:
    return str(page.model.index(row, at).data())


def test_from_a_file_to_the_order_list_in_few_clicks(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    confirm_data(window, qtbot)
    qtbot.waitUntil(lambda: window.session.result is not None and window.session.result.is_checked, timeout=60_000)
    qtbot.mouseClick(window.forecast.to_orders, Qt.MouseButton.LeftButton)
    page = orders_of(window)
    assert page.isVisible()
    QGuiApplication.clipboard().setText(PASTED)
    qtbot.mouseClick(page.paste_list, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.today.text().startswith("Order today: bread "), timeout=30_000)
    assert text(page, 0, 0) == "bread"
    assert "12" in page.today.text()
    assert "In your past" in page.note.text() or "Your past is too short" in page.note.text()
    assert window.session.result is not None
    assert window.session.result.orders is not None
    assert not any(word in shown_text(window).lower() for word in FORBIDDEN)


def test_stock_and_lead_time_that_are_typed_are_enough(still: WindowUnderTest, page: OrdersPage) -> None:
    type_in(page, 0, Stock="0")
    page._request()
    assert page.missing.text() == "1 product needs both a stock and a lead time."
    assert not page.save.isEnabled()
    type_in(page, 0, Lead_time="2")
    answer(still)
    assert page.today.text().startswith(f"Order today: {page.model.names[0]} ")
    assert int(text(page, 0, ORDER).replace(",", "")) > 0
    assert text(page, 1, ORDER) == ""
    assert page.missing.text() == ""
    assert page.save.isEnabled()


def test_more_certainty_orders_more(still: WindowUnderTest, page: OrdersPage) -> None:
    type_in(page, 0, Stock="0", Lead_time="2")
    amounts = []
    for choice in (0, page.certainty.count() - 1):
        page.certainty.setCurrentIndex(choice)
        page.certainty.activated.emit(choice)
        answer(still)
        amounts.append(float(text(page, 0, ORDER).replace(",", "")))
    assert amounts[0] < amounts[1]


def test_what_is_typed_goes_into_every_selected_cell(still: WindowUnderTest, page: OrdersPage) -> None:
    first, last = (page.model.index(row, column("Lead time")) for row in (0, 2))
    page.table.setCurrentIndex(first)
    page.table.selectColumn(column("Lead time"))
    delegate, editor = page.table.itemDelegate(), still.forecast.search
    editor.setText("5 days")
    delegate.setModelData(editor, page.model, first)
    assert [text(page, row, column("Lead time")) for row in (first.row(), last.row())] == ["5 days", "5 days"]


def test_what_is_no_amount_is_not_taken_and_said(page: OrdersPage) -> None:
    type_in(page, 0, Stock="12")
    type_in(page, 0, Stock="a few")
    assert text(page, 0, column("Stock")) == "12"
    assert "“a few” is no amount" in page.missing.text()


def test_cells_are_pasted_from_the_current_one_on(page: OrdersPage) -> None:
    page.table.setCurrentIndex(page.model.index(1, column("Stock")))
    page.table.paste("5\t0\t3 days\n1,250.5\t\t2 weeks\n")
    assert text(page, 1, column("Stock")) == "5"
    assert text(page, 2, column("Lead time")) == "2 weeks"
    assert float(text(page, 2, column("Stock")).replace(",", "")) == 1250.5


def test_a_long_list_of_cells_is_pasted_at_once(qtbot: QtBot) -> None:
    model = StockModel()
    table = StockTable(model)
    qtbot.addWidget(table)
    model.show_products([f"Product {n}" for n in range(2_000)], "weeks")
    table.show()
    table.setCurrentIndex(model.index(0, FIRST_TYPED))
    text = "\n".join(["5\t3\t2"] * 2_000)
    began = process_time()
    table.paste(text)
    QApplication.processEvents()
    assert process_time() - began < 2  # 0.2 s; a minute when the columns are fitted after each cell
    assert model.index(1_999, FIRST_TYPED).data() == "5"


def test_what_cannot_be_read_of_a_list_is_said(still: WindowUnderTest, page: OrdersPage) -> None:
    name = page.model.names[0]
    page.table.paste(f"Product\tStock\tLead time\n{name}\t5\t1 month\nBicycles\t5\t1 month\n")
    answer(still)
    assert [problem.code for problem in page.shown_problems] == ["no_such_product"]
    page.table.paste("Product\tColour\nTea\tgreen\n")
    answer(still)
    assert [problem.code for problem in page.shown_problems] == ["no_stock_list"]


def test_a_new_forecast_keeps_what_was_typed(still: WindowUnderTest, page: OrdersPage) -> None:
    type_in(page, 0, Stock="0", Lead_time="2")
    answer(still)
    hand_over(still, "forecast", result())
    answer(still)
    assert text(page, 0, column("Stock")) == "0"
    assert page.today.text().startswith("Order today: ")


def test_orders_can_be_copied_and_are_in_the_workbook(still: WindowUnderTest, page: OrdersPage, tmp_path: Path) -> None:
    type_in(page, 0, Stock="0", Lead_time="2")
    answer(still)
    page.copy_table.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Product\tOrder\tRuns out\tChance\tStock\tOn order\tLead time (months)")
    assert lines[1].split("\t")[1] == text(page, 0, ORDER)
    assert still.session.result is not None
    path = run(workflow.export(still.session.result, tmp_path / "out.xlsx", ()))
    assert openpyxl.load_workbook(path)["Orders"]["A5"].value == page.model.names[0]
