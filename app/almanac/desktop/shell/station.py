"""What a station of the window is; the stations themselves are listed in ``desktop.stations``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.desktop.shell.page import Page


class StationKey(StrEnum):
    """Names a station in code."""

    DATA = "data"
    FORECAST = "forecast"
    ORDERS = "orders"
    TRUST = "trust"
    WATCH = "watch"
    EXPORT = "export"


class TrustView(StrEnum):
    """Names a view of the station Trust to which other pages lead."""

    EVIDENCE = "evidence"
    MODELS = "models"


class Status(StrEnum):
    """The word under a station's title in the sidebar."""

    NONE = ""
    READY = "Ready"
    NEEDS_A_LOOK = "Needs a look"
    RUNNING = "Running"
    CHECKING = "Checking …"


@dataclass(frozen=True)
class Station:
    """One step of the work: an entry in the sidebar, and the page it leads to.

    ``is_usable`` says whether the person can go there yet. ``load_page`` imports the page and returns its class;
    ``load_later`` imports what the page needs at its first use. Both run ahead of time, in a thread.
    """

    key: StationKey
    title: str
    icon: str
    is_usable: Callable[[Session], bool]
    load_page: Callable[[], Callable[[], Page]]
    load_later: tuple[Callable[[], ModuleType], ...] = ()
