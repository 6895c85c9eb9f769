"""From a dropped file to a saved workbook and to a saved order list, every click counted."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop.driving import WAIT_MS, drop, idle
from tests.journeys.person import Person
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.orders.page import OrdersPage
from almanac.desktop.shell.sidebar import StationButton
from almanac.desktop.shell.station import StationKey

MAX_TO_WORKBOOK, MAX_TO_ORDERS = 5, 8
IN_SYSTEM_DIALOG = 1  # its button Save
STOCK = "Product\tStock\tLead time\nBREAD\t20\t1 month\nmilk\t900\t2 months\n"


def station(window: WindowUnderTest, key: StationKey) -> StationButton:
    buttons = window.sidebar.findChildren(StationButton)
    return next(button for button in buttons if button.station.key is key)


def dropped(window: WindowUnderTest, qtbot: QtBot, path: Path) -> Person:
    """The file is dropped, its reading confirmed, and everything checked."""
    person = Person(qtbot)
    drop(window, path)
    idle(window, qtbot)
    while not window.data.use.isVisible():
        person.click(window.data.next)
        idle(window, qtbot)
    person.click(window.data.use)
    qtbot.waitUntil(lambda: window.session.result is not None and window.session.result.is_checked, timeout=WAIT_MS)
    idle(window, qtbot)
    return person


def save_as(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))  # the system's own dialog


def test_a_saved_workbook_takes_few_clicks(
    window: WindowUnderTest, qtbot: QtBot, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, target = dropped(window, qtbot, sales), tmp_path / "out.xlsx"
    save_as(target, monkeypatch)
    person.click(station(window, StationKey.EXPORT))
    person.click(window.export.save_buttons[".xlsx"])
    qtbot.waitUntil(lambda: "Saved as out.xlsx" in window.export.saved.text(), timeout=WAIT_MS)
    assert person.clicks + IN_SYSTEM_DIALOG <= MAX_TO_WORKBOOK
    assert "Forecast" in openpyxl.load_workbook(target, read_only=True).sheetnames


def test_a_saved_order_list_takes_few_clicks(
    window: WindowUnderTest, qtbot: QtBot, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, target = dropped(window, qtbot, sales), tmp_path / "orders.csv"
    save_as(target, monkeypatch)
    person.click(station(window, StationKey.ORDERS))
    page = cast(OrdersPage, window.page(StationKey.ORDERS))
    QGuiApplication.clipboard().setText(STOCK)
    person.click(page.paste_list)
    qtbot.waitUntil(lambda: page.today.text().startswith("Order today: bread "), timeout=WAIT_MS)
    person.click(page.save)
    qtbot.waitUntil(target.is_file, timeout=WAIT_MS)
    idle(window, qtbot)
    assert person.clicks + IN_SYSTEM_DIALOG <= MAX_TO_ORDERS
    assert target.read_text(encoding="utf-8-sig").count("\n") >= 3
