"""Check my data: what is in each column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import hand_over, shown_text
from tests.desktop.pages.data.steps import heads
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.shell import problems
from almanac.desktop.widgets.basic import Button
from almanac.tables import ReadingOptions
from almanac.worker.messages import JobCancelled
from almanac.workflow import reading_options


def test_other_columns_of_numbers_are_offered(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    file = builders.read_file()
    others = tuple(f"Price {n}" for n in range(6))
    hand_over(still, "check", replace(file, reading=replace(file.reading, other_value_columns=("Remark", *others))))
    assert "Also possible to forecast: Remark, Price 0" in shown_text(still)
    data.show_step(data.columns)
    offers = data.columns.also_possible.findChildren(Button)
    assert [offer.text() for offer in offers] == ["Remark", "Price 0", "Price 1", "Price 2"]
    assert "and 3 more in the list" in shown_text(still)
    offers[0].click()
    assert data.columns.values.text() == "Remark"
    data.next.click()
    assert asked == [reading_options(values=("Remark",))]


def test_each_column_shows_its_role(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    assert heads(data) == ["Month\nWhen", "Product\nSplit by", "Sold\nTo forecast", "Remark\nNot used"]
    assert data.preview.model().headerData(0, Qt.Orientation.Vertical) == "2"  # the line in the person's file


def test_a_choice_is_painted_at_once_and_applied_on_next(
    still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]
) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    data.columns.values.changed.emit(("Product", "Remark"))
    assert heads(data) == ["Month\nWhen", "Product\nTo forecast", "Sold\nNot used", "Remark\nTo forecast"]
    assert data.columns.series.text() == "Not split"  # a column has one role
    assert asked == []
    data.next.click()
    data.next.click()  # impatient: still asked for once
    assert asked == [reading_options(values=("Product", "Remark"))]


def test_back_applies_nothing(still: WindowUnderTest, data: DataPage, asked: list[ReadingOptions]) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.dates)
    data.dates.frequency.setCurrentIndex(1)
    data.dates.frequency.activated.emit(1)
    data.back.click()
    assert asked == []


@pytest.mark.qt_log_ignore("This plugin does not support")  # no screen, no grabbing
def test_columns_are_checked_with_mouse_and_keyboard(still: WindowUnderTest, data: DataPage, qtbot: QtBot) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    choice = data.columns.values
    chosen: list[Any] = []
    choice.changed.connect(chosen.append)
    view = choice._view
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(view.isVisible)
    view.setCurrentIndex(view.model().index(3, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(2, 0)).center())
    choice.list.close()
    assert chosen == [("Remark",)]


def test_choices_are_kept_while_the_worker_is_busy(still: WindowUnderTest, data: DataPage) -> None:
    hand_over(still, "check", builders.read_file())
    data.show_step(data.columns)
    data.columns.values.changed.emit(("Remark",))
    still.session.make_forecast()
    data.next.click()
    assert problems.STILL_BUSY.what in shown_text(still)
    still.session.worker.receive(JobCancelled())
    asked: list[ReadingOptions] = []
    data.options_chosen.disconnect()
    data.options_chosen.connect(asked.append)
    data.next.click()
    assert asked == [reading_options(values=("Remark",))]
