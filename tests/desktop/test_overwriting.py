"""Saving from the window onto the file that is open: the page says why not, and nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop.driving import forecast, idle, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.shell.station import StationKey


def test_no_button_saves_onto_the_opened_file(
    window: WindowUnderTest, qtbot: QtBot, sales: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sales.read_bytes()
    forecast(window, qtbot, sales)
    window.go_to(StationKey.EXPORT)
    for suffix, save in window.export.save_buttons.items():
        target = sales if suffix == sales.suffix else sales.with_name(f"link{suffix}")
        if target != sales:
            os.link(sales, target)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=target: (str(path), ""))
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda name=target.name: f"“{name}” was not saved" in shown_text(window), timeout=20_000)
        idle(window, qtbot)
        assert sales.read_bytes() == target.read_bytes() == before
        assert window.session.result is not None
        assert window.session.unsaved
        assert not window.export.confirmation.isVisible()
