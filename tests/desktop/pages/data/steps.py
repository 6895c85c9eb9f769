"""What tests of Check my data have in common: a choice, and the page after the file was read with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from almanac.desktop.pages.data.page import DataPage
from almanac.tables import ReadFile, ReadingOptions


def again(data: DataPage, file: ReadFile, options: ReadingOptions) -> None:
    """Shows the file as read again, with a choice."""
    data.show_file(file, options, opened=False)


def choose(step: Any, card: int, answer: int) -> None:
    step.cards[card].choices.buttons[answer].click()


def heads(data: DataPage) -> list[str]:
    model = data.preview.model()
    return [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
