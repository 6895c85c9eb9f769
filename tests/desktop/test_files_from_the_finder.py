"""macOS hands a file to a program that runs as an event, not as an argument."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.app import FilesFromTheFinder

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_file_dropped_on_the_dock_is_opened(
    qapp: QApplication, still: WindowUnderTest, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(still.session, "open_file", opened.append)
    taker = FilesFromTheFinder(still)
    qapp.installEventFilter(taker)
    QApplication.sendEvent(qapp, QFileOpenEvent(str(sales)))
    qapp.removeEventFilter(taker)
    QApplication.sendEvent(qapp, QFileOpenEvent(str(sales)))
    assert opened == [sales]
