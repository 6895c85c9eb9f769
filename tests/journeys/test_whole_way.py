"""A person's path, end to end: a file goes in, a forecast is read, a workbook comes out."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from almanac import places
from almanac.desktop.window import MainWindow

WAIT_MS = 40_000
SAMPLES = sorted(p for p in (places.resources() / "samples").iterdir() if p.suffix in (".csv", ".xlsx"))


def idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.link.busy, timeout=WAIT_MS)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_each_sample_goes_the_whole_way_with_the_mouse(
    sample: Path, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open(sample)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.data
    qtbot.mouseClick(window.data.use, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.forecast
    target = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))  # the system's own dialog
    window._go("Export")
    qtbot.mouseClick(window.export.workbook, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert "Saved as out.xlsx" in window.export.saved.text()
    assert window.outcome is not None
    made = window.outcome.forecast
    rows = list(openpyxl.load_workbook(target)["Forecast"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(made.names) * made.horizon
    assert [row[3] for row in rows[: made.horizon]] == pytest.approx(made.median[0].tolist())


def test_the_whole_way_with_the_keyboard_only(
    window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sales), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.csv"), ""))

    def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        target = QApplication.focusWidget() or window
        qtbot.keyClick(target, key, *modifiers)

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.start.drop.setFocus()
    press(Qt.Key.Key_Space)  # the drop zone is a button
    idle(window, qtbot)
    assert QApplication.focusWidget() is window.data.use
    press(Qt.Key.Key_Space)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.forecast
    press(Qt.Key.Key_F6)
    assert window.rail.isAncestorOf(QApplication.focusWidget())
    for _ in range(5):
        if QApplication.focusWidget().accessibleName().startswith("Export"):
            break
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.export
    assert QApplication.focusWidget() is window.export.workbook
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    idle(window, qtbot)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as lines:
        assert len(list(csv.DictReader(lines))) == 24


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_reads_the_same_numbers(window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path) -> None:
    window.open(sales)
    idle(window, qtbot)
    window.data.use.click()
    idle(window, qtbot)
    target = tmp_path / "out.xlsx"
    window.save(target)
    idle(window, qtbot)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2"  # sheet 2, full numbers
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    (converted,) = tmp_path.glob("out*.csv")
    with converted.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    assert window.outcome is not None
    made = window.outcome.forecast
    values = [float(row[3]) for row in rows]
    assert values == pytest.approx(made.median.ravel().tolist(), rel=1e-9)
