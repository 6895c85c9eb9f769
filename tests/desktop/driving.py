"""What tests of the window have in common: dropping, waiting, reading what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from almanac.desktop.window import MainWindow

WAIT_MS = 30_000
FORBIDDEN = ("error", "failed", "invalid", "fatal", "exception")


def drop(window: MainWindow, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    where, action = QPointF(400, 300), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(where.toPoint(), action, data, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(where, action, data, buttons, keys))


def idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.link.busy, timeout=WAIT_MS)


def go_on(window: MainWindow, qtbot: QtBot) -> None:
    """Press what is there to go on: Next until it is Use This Data."""
    for _ in range(5):
        if window.data.use.isVisible():
            break
        qtbot.mouseClick(window.data.next, Qt.MouseButton.LeftButton)
        idle(window, qtbot)
    assert window.data.use.isVisible()
    qtbot.mouseClick(window.data.use, Qt.MouseButton.LeftButton)


def forecast(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    """From the file to its forecast."""
    drop(window, path)
    idle(window, qtbot)
    assert window.file is not None
    go_on(window, qtbot)
    idle(window, qtbot)
    assert window.result is not None


def hand_over(window: MainWindow, job: Any, result: Any) -> None:
    """As if the worker had finished ``job`` with ``result``."""
    window.errands.running = job
    if job == "check":
        window._asked = (Path("corner-shop.csv"), None)
    window._on_finished(result)
    QApplication.processEvents()


def told(window: MainWindow) -> str:
    """Every text of the page."""
    QApplication.processEvents()  # new cards appear with the next paint
    labels = window.pages.currentWidget().findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def big(path: Path, series: int) -> Path:
    """A wide file of 200 days."""
    days = pd.date_range("2020-01-01", periods=200).strftime("%Y-%m-%d")
    values = np.random.default_rng(0).uniform(1, 9, (200, series)).round(2)
    pd.DataFrame(values, columns=[f"p{k}" for k in range(series)]).assign(day=days).to_csv(path, index=False)
    return path
