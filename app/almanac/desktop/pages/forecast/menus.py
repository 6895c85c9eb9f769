"""The menus of the list and the chart: copy, and the ways on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from almanac.desktop.pages.forecast.tables.grid import forecast_grid
from almanac.desktop.pages.forecast.tables.steps_table import StepsTable
from almanac.desktop.widgets.copying import copy_all

if TYPE_CHECKING:
    from almanac.desktop.pages.forecast.page import ForecastPage


def add_menus(page: ForecastPage) -> None:
    """Give the list, the chart's card and the keys for copying what belongs to them."""
    page.list.menu_wanted.connect(lambda place: list_menu(page).popup(place))
    page.list.copy_wanted.connect(lambda: copy_shown(page))
    page.detail.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    page.detail.customContextMenuRequested.connect(lambda place: chart_menu(page).popup(page.detail.mapToGlobal(place)))


def list_menu(page: ForecastPage) -> QMenu:
    """What can be done with the series or group that is shown, and with all of them."""
    menu = _menu(page.list)
    menu.addAction("&Copy", lambda: copy_shown(page))
    menu.addAction("Copy &All Series", lambda: copy_every_series(page))
    menu.addSeparator()
    menu.addAction(page.as_table.text(), page.detail.toggle_table)
    menu.addAction("Ad&just…", page.open_adjust).setEnabled(page.can_adjust)
    single = page.shows_series
    menu.addAction("&Why This Forecast", page.reasons_wanted.emit).setEnabled(single)
    menu.addAction("How &Likely?", page.how_likely.click).setEnabled(single)
    return menu


def chart_menu(page: ForecastPage) -> QMenu:
    """What can be done with the chart."""
    menu, detail = _menu(page.detail), page.detail
    menu.addAction("&Copy Picture", detail.copy_chart)
    menu.addAction("Copy &All", lambda: copy_all(detail.table))
    menu.addSeparator()
    menu.addAction(page.as_table.text(), detail.toggle_table)
    menu.addAction(detail.history.text(), detail.toggle_history).setEnabled(detail.has_more_history)
    single = page.shows_series
    menu.addAction("&Why This Forecast", page.reasons_wanted.emit).setEnabled(single)
    menu.addAction("How &Likely?", page.how_likely.click).setEnabled(single)
    return menu


def copy_shown(page: ForecastPage) -> None:
    """Copy what comes next for what is shown, as a table."""
    table: StepsTable = page.steps
    if table.model() is not None:
        copy_all(table)


def copy_every_series(page: ForecastPage) -> None:
    """Copy the forecasts of all series that are listed, or of all where only groups are."""
    if page.result is None or page.model is None:
        return
    listed = [row for row in page.model.rows if row >= 0]
    forecast, order = page.result.plan, listed or list(range(len(page.model.names)))
    page.copier.start(lambda: forecast_grid(forecast, order))


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
