"""What the views about a single series share: which one, and what the worker has to find out about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import card, label

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult


class View(QWidget):
    """``looked`` asks for a job: its name and its arguments."""

    looked = Signal(str, tuple)
    name = ""
    of_one_series = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.name.replace("&", ""))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(SPACE[2])
        self.result: ForecastResult
        self.at = 0

    def show_series(self, result: ForecastResult, i: int) -> None:
        """Show what is known of series ``i`` of the forecast, and ask for the rest."""
        self.result, self.at = result, i
        self.fill()

    def fill(self) -> None:
        """Set every part for the series at hand."""

    def show_answer(self, answer: Any) -> None:
        """What was asked for has come."""

    def do_without(self) -> None:
        """It will not come; the page says why."""


def framed(heading: str) -> tuple[QFrame, QVBoxLayout]:
    """A card under a heading, and where its parts go."""
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    box.setSpacing(SPACE[1])
    box.addWidget(label(heading, "strong"))
    return frame, box
