"""What the views of the Trust page share: the series they show, and what they ask the worker to find out about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.use_cases import UseCaseName

UNAVAILABLE = "This could not be worked out."


class View(QWidget):
    """A view of one forecast, or of one series of it (``of_one_series``).

    ``lookup_requested`` asks for a job: its name and its arguments. ``lookups`` says what to do with the result of each
    job that the view asks for.
    """

    lookup_requested = Signal(str, tuple)
    name = ""
    of_one_series = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.name.replace("&", ""))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE[2])
        self.lookups: Mapping[UseCaseName, Callable[[Any], None]] = {}
        self.result: ForecastResult
        self.index = 0

    def show_series(self, result: ForecastResult, i: int) -> None:
        """Show what is known of series ``i`` of the forecast, and ask for the rest."""
        self.result, self.index = result, i
        self.fill()

    def fill(self) -> None:
        """Set every part for ``result`` and ``index``."""

    def show_lookup(self, job: UseCaseName, found: Any) -> None:
        """Show the result of a job that was asked for."""
        self.lookups[job](found)

    def show_unavailable(self) -> None:
        """Show that what was asked for will not come; the page says why."""


def is_adjusted(result: ForecastResult, i: int) -> bool:
    """Whether the person adjusted series ``i`` of the forecast: what a view says is about the forecast before that."""
    return result.adjusted is not None and bool(result.adjusted.changed[i].any())
