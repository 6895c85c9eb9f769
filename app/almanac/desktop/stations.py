"""The stations of the window, in the order of the work.

Sidebar, pages, preloading and the shortcuts of pages are all made from this table. A new station is one entry here and
one module with its page (see ``shell.page.Page``).
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

from almanac.desktop.shell.station import Station, StationKey

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.desktop.shell.page import Page


def _has_file(session: Session) -> bool:
    return session.file is not None and not session.set_aside


def _has_forecast(session: Session) -> bool:
    return session.result is not None and not session.set_aside


def _is_kept(session: Session) -> bool:
    kept = session.result.kept if session.result is not None else None
    return kept is not None and bool(kept.project) and not session.set_aside


def _data_page() -> Callable[[], Page]:
    from almanac.desktop.pages.data.page import DataPage

    return DataPage


def _forecast_page() -> Callable[[], Page]:
    from almanac.desktop.pages.forecast.page import ForecastPage

    return ForecastPage


def _orders_page() -> Callable[[], Page]:
    from almanac.desktop.pages.orders.page import OrdersPage

    return OrdersPage


def _trust_page() -> Callable[[], Page]:
    from almanac.desktop.pages.trust.page import TrustPage

    return TrustPage


def _watch_page() -> Callable[[], Page]:
    from almanac.desktop.pages.watch.page import WatchPage

    return WatchPage


def _export_page() -> Callable[[], Page]:
    from almanac.desktop.pages.export import ExportPage

    return ExportPage


def _chart() -> ModuleType:
    from almanac.desktop.charts import fan

    return fan


def _events() -> ModuleType:
    from almanac.desktop.pages.events import dialog

    return dialog


def _report() -> ModuleType:
    from almanac.desktop.report import document

    return document


STATIONS = (
    Station(StationKey.DATA, "Data", "table-2", _has_file, _data_page),
    Station(StationKey.FORECAST, "Forecast", "trending-up", _has_forecast, _forecast_page, (_chart, _events)),
    Station(StationKey.ORDERS, "Orders", "shopping-basket", _has_forecast, _orders_page),
    Station(StationKey.TRUST, "Trust", "shield-check", _has_forecast, _trust_page),
    Station(StationKey.WATCH, "Watch", "eye", _is_kept, _watch_page),
    Station(StationKey.EXPORT, "Export", "download", _has_forecast, _export_page, (_report,)),
)
