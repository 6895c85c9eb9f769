"""What is copied can be pasted into Excel, in every locale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders

from almanac.desktop.pages.forecast.tables.grid import forecast_grid
from almanac.desktop.pages.forecast.tables.steps_table import StepsTable
from almanac.desktop.pages.forecast.target import series_target
from almanac.desktop.widgets.copying import copy_all, copy_grid, copy_selection, plain_number


@pytest.fixture(params=["en_US", "de_DE", "fr_FR", "de_CH"])
def locale(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale()
    QLocale.setDefault(before)


@pytest.fixture
def table(qtbot: QtBot) -> StepsTable:
    made = StepsTable("steps", across=True)
    qtbot.addWidget(made)
    result = builders.result(builders.read_file(), 3)
    result.forecast.quantiles[2] *= 1000
    made.show_steps(series_target(result, 2, 2))
    return made


def test_numbers_are_copied_without_the_signs_that_group_digits(locale: QLocale) -> None:
    for value in (0.5, -1234.25, 1234567.0, 12.0):
        shown = locale.toString(value, "f", 2).replace("-", "−")
        number, understood = locale.toDouble(plain_number(shown))
        assert understood
        assert number == value
        assert not set(plain_number(shown)) - set("0123456789-" + locale.decimalPoint())
    assert plain_number("Jul 2026") == "Jul 2026"
    assert plain_number("+5%") == "+5%"


def test_a_whole_table_is_copied_with_its_heads(table: StepsTable) -> None:
    copy_all(table)
    data = QGuiApplication.clipboard().mimeData()
    rows = [line.split("\t") for line in data.text().split("\n")]
    assert rows[0] == ["", "Jul 2026", "Aug 2026", "Sep 2026"]
    assert [row[0] for row in rows[1:]] == ["About", "Likely from", "Likely to", "Last year"]
    assert all(cell.replace(".", "").isdigit() for row in rows[1:] for cell in row[1:])
    assert data.html().count("<td>") == 20


def test_the_cells_that_are_selected_are_copied(table: StepsTable) -> None:
    model, select = table.model(), QItemSelectionModel.SelectionFlag.Select
    table.selectionModel().select(model.index(1, 1), select)
    copy_selection(table)
    assert QGuiApplication.clipboard().text() == plain_number(model.index(1, 1).data())
    table.selectionModel().select(model.index(1, 2), select)
    copy_selection(table)
    assert QGuiApplication.clipboard().text().split("\n")[0].split("\t") == ["", "Aug 2026", "Sep 2026"]


def test_text_of_a_file_is_never_markup(qtbot: QtBot) -> None:  # noqa: ARG001 - the clipboard needs an application
    copy_grid([["<b>Bread</b>\tof\nrye", "2"]])
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "<b>Bread</b> of rye\t2"
    assert "&lt;b&gt;" in data.html()


def test_all_series_are_one_grid_by_period(locale: QLocale) -> None:
    forecast = builders.result(builders.read_file(3), 4).forecast
    forecast.first[1] += 2  # one series begins later
    grid = forecast_grid(forecast, [2, 0, 1])
    assert grid[0] == ["", *(forecast.names[i] for i in (2, 0, 1))]
    assert [len(row) for row in grid] == [4] * 7
    assert [row[3] for row in grid[1:3]] == ["", ""]
    assert [row[1] for row in grid[5:]] == ["", ""]
    number, understood = locale.toDouble(grid[1][1])
    assert understood
    assert number == pytest.approx(forecast.median[2, 0], abs=0.06)
