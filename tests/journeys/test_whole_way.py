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
from tests.desktop.driving import confirm_data, idle
from tests.eventloop import MAX_PAUSE_S, Heartbeat, best_of_three

from almanac.core.system import paths
from almanac.desktop.shell.station import StationKey
from almanac.desktop.window import MainWindow

SAMPLES = sorted(p for p in (paths.resources() / "samples").iterdir() if p.suffix in (".csv", ".xlsx"))
QUICK = ("clinic", "household")  # the others take seconds


@pytest.mark.parametrize(
    "sample",
    [pytest.param(p, marks=[] if p.stem in QUICK else [pytest.mark.slow], id=p.name) for p in SAMPLES],
)
def test_each_sample_goes_the_whole_way_with_the_mouse(
    sample: Path, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.open_file(sample)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.data
    confirm_data(window, qtbot)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.forecast
    target = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))  # the system's own dialog
    window.go_to(StationKey.EXPORT)
    qtbot.mouseClick(window.export.save_buttons[".xlsx"], Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert "Saved as out.xlsx" in window.export.saved.text()
    assert window.session.result is not None
    made = window.session.result.forecast
    rows = list(openpyxl.load_workbook(target)["Forecast"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(made.names) * made.horizon
    assert [row[3] for row in rows[: made.horizon]] == pytest.approx(made.median[0].tolist())


def test_the_window_always_responds_from_drop_to_forecast(window: MainWindow, qtbot: QtBot) -> None:
    def longest_pause() -> float:
        with Heartbeat() as heart:
            window.session.open_file(SAMPLES[0])
            idle(window, qtbot)
            confirm_data(window, qtbot)
            idle(window, qtbot)
        assert window.pages.currentWidget() is window.forecast
        return heart.pauses[0]

    pauses = best_of_three(longest_pause)
    assert min(pauses) < MAX_PAUSE_S, pauses


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
    assert window.sidebar.isAncestorOf(QApplication.focusWidget())
    for _ in range(5):
        if QApplication.focusWidget().accessibleName().startswith("Export"):
            break
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.export
    assert QApplication.focusWidget() is window.export.save_buttons[".xlsx"]
    for following in (
        window.export.report_about,
        window.export.save_buttons[".pdf"],
        window.export.save_buttons[".csv"],
    ):
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is following
    press(Qt.Key.Key_Space)
    idle(window, qtbot)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as lines:
        assert len(list(csv.DictReader(lines))) == 24


def test_a_messy_file_is_checked_with_the_keyboard_only(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Two sheets, dates that can be read in two ways, a duplicate row, a month without a row."""
    book = openpyxl.Workbook()
    months = [f"0{n % 9 + 1}/0{n // 9 + 1}/2023" for n in range(27)]
    for name, sheet in (("Costs", book.active), ("Sales", book.create_sheet("Sales"))):
        sheet.title = name
        sheet.append(["day", "amount"])
        for n, day in enumerate(months):
            sheet.append([day, 100 + n])
    path = tmp_path / "messy.xlsx"
    book.save(path)

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)
        qtbot.wait(200)  # a mnemonic shows its button pressed for a moment before it acts
        idle(window, qtbot)

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.session.open_file(path)
    idle(window, qtbot)
    assert window.data.current is window.data.sheets
    press(Qt.Key.Key_Down)  # the second sheet
    for _ in range(5):
        if window.data.use.isVisible():
            break
        press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert window.session.file is not None
    assert window.session.file.reading.sheet == "Sales"
    press(Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert window.pages.currentWidget() is window.forecast


@pytest.mark.slow  # the workbook's formulas, worked out by LibreOffice, are checked in every run (exports/workbook)
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_reads_the_same_numbers(window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path) -> None:
    window.session.open_file(sales)
    idle(window, qtbot)
    confirm_data(window, qtbot)
    idle(window, qtbot)
    target = tmp_path / "out.xlsx"
    window.session.saving.save(target)
    idle(window, qtbot)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,3"  # sheet 3, full numbers
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    (converted,) = tmp_path.glob("out*.csv")
    with converted.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    assert window.session.result is not None
    made = window.session.result.forecast
    values = [float(row[3]) for row in rows]
    assert values == pytest.approx(made.median.ravel().tolist(), rel=1e-9)
