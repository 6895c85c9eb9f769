"""The window and its worker: reading, forecasting, crashing, closing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, WAIT_MS, big, drag, drop, forecast, hand_over, idle, shown_text
from tests.window_fixtures import WindowUnderTest

from almanac import __version__
from almanac.core.system import logs
from almanac.desktop.app import report_exceptions_in
from almanac.desktop.shell import problems
from almanac.desktop.shell.page import Page
from almanac.desktop.shell.station import StationKey
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG
from almanac.desktop.widgets.basic import Button
from almanac.desktop.widgets.file_drop import refusal
from almanac.desktop.widgets.problem_card import ProblemCard
from almanac.desktop.window import MainWindow


def test_a_dropped_file_is_understood_and_forecast(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    assert window.pages.currentWidget() is window.forecast
    assert window.forecast.sentence.text().startswith("bread, Jan 2024: about ")
    assert window.forecast.likely.text().startswith("80% likely to be between ")
    assert window.windowTitle() == "sales.csv – Almanac"
    assert [window.sidebar.status(key) for key in (StationKey.FORECAST, StationKey.EXPORT)] == ["Ready", "Ready"]


@pytest.mark.parametrize("kind", ["folder", "picture", "document", "two files", "nothing"])
def test_what_cannot_be_opened_is_refused_in_place(still: MainWindow, tmp_path: Path, kind: str) -> None:
    paths = {
        "folder": [tmp_path],
        "picture": [tmp_path / "a.png"],
        "document": [tmp_path / "a.pdf"],
        "two files": [tmp_path / "a", tmp_path / "b"],
        "nothing": [],
    }[kind]
    problem = refusal(paths)
    assert problem is not None
    if paths:
        drop(still, *paths)
        assert problem.what in shown_text(still)
        assert problem.fix in shown_text(still)
    assert still.pages.currentWidget() is still.start
    assert not still.session.worker.busy


def test_a_file_can_be_dropped_on_any_page(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    forecast(window, qtbot, sales)
    window.go_to(StationKey.EXPORT)
    drop(window, sales)
    idle(window, qtbot)
    assert window.pages.currentWidget() is window.data


def test_a_problem_keeps_the_earlier_forecast(window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path) -> None:
    forecast(window, qtbot, sales)
    (tmp_path / "empty.csv").write_text("")
    window.session.open_file(tmp_path / "empty.csv")
    idle(window, qtbot)
    assert window.session.result is not None
    assert window.pages.currentWidget() is window.start  # nothing of the earlier file is beside the Problem
    assert not any(window.sidebar.is_usable(key) for key in StationKey)
    assert window.windowTitle() == "Almanac"
    assert "empty.csv" in shown_text(window)
    assert not [word for word in FORBIDDEN if word in shown_text(window).casefold()]
    (back,) = window.start.findChild(ProblemCard).findChildren(Button)
    assert back.text() == "&Back to sales.csv"
    back.click()
    assert window.pages.currentWidget() is window.forecast
    assert window.windowTitle() == "sales.csv – Almanac"
    assert window.sidebar.is_usable(StationKey.EXPORT)
    window.forecast.horizon.setValue(3)  # the earlier file can still be forecast, and read in another way
    window.forecast.again.click()
    idle(window, qtbot)
    assert window.session.result.forecast.horizon == 3
    assert window.session.path == sales


def test_a_crash_of_the_worker_is_said_and_the_work_goes_on(
    own_worker_window: MainWindow, qtbot: QtBot, sales: Path, tmp_path: Path
) -> None:
    window = own_worker_window
    window.session.open_file(big(tmp_path / "big.csv", 3000))
    qtbot.waitUntil(lambda: window.session.jobs.running.name == "check", timeout=WAIT_MS)
    with qtbot.waitSignal(window.session.worker.worker_died, timeout=WAIT_MS):
        psutil.Process(window.session.worker.process_id).kill()
    assert problems.WORKER_DIED.what in shown_text(window)
    assert "Nothing was lost." in shown_text(window)
    forecast(window, qtbot, sales)


def test_while_the_worker_is_busy_nothing_else_can_be_started(
    own_worker_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = own_worker_window
    window.session.open_file(big(tmp_path / "big.csv", 5000))
    qtbot.waitUntil(window.progress.isVisible, timeout=WAIT_MS)
    assert not window.start.drop.isEnabled()
    assert window.sidebar.status(StationKey.DATA) == "Running"
    drop(window, tmp_path / "other.csv")
    assert window.start.shown_problems == (problems.STILL_BUSY,)
    with qtbot.waitSignal(window.session.worker.cancelled, timeout=WAIT_MS):
        window.progress.stop.click()
    assert window.start.drop.isEnabled()
    assert not window.progress.isVisible()


def test_progress_shows_itself_only_after_a_moment(still: MainWindow, qtbot: QtBot) -> None:
    still.progress.begin("Reading")
    qtbot.wait(400)
    assert not still.progress.isVisible()
    qtbot.waitUntil(still.progress.isVisible, timeout=2000)
    still.progress.end()
    assert not still.progress.isVisible()


def test_a_window_can_be_hidden_and_shown_again(window: MainWindow, qtbot: QtBot, sales: Path) -> None:
    window.hide()
    window.show()
    qtbot.waitExposed(window)
    forecast(window, qtbot, sales)


def test_closing_with_an_unsaved_forecast_asks_once(still: MainWindow) -> None:
    hand_over(still, "check", builders.read_file())
    hand_over(still, "forecast", builders.result(builders.read_file()))
    assert not still.close()
    assert problems.UNSAVED.what in shown_text(still)
    assert still.close()


@pytest.fixture
def log() -> Iterator[None]:
    logs.start("window")
    yield
    logs.stop()


def copied(page: Page) -> str:
    """What Copy Details puts on the clipboard."""
    QApplication.processEvents()  # new cards appear with the next paint
    (copy,) = [b for b in page.findChildren(QPushButton) if b.text() == "&Copy Details" and b.isVisible()]
    copy.click()
    return QApplication.clipboard().text()


@pytest.mark.usefixtures("log")
def test_a_crash_is_shown_and_its_details_can_be_copied_with_the_log(still: MainWindow) -> None:
    try:
        float("1,234 kg of Milk")
    except ValueError as error:
        report_exceptions_in(still)(ValueError, error, error.__traceback__)
    assert problems.CRASH.what in shown_text(still)
    details = copied(still.start)
    assert details.startswith("ValueError\n")
    assert "test_window.py" in details
    assert "window.log\n" in details
    assert f"Almanac {__version__}, Python " in details
    assert "Milk" not in details


def test_when_the_worker_crashes_its_log_can_be_copied(
    own_worker_window: MainWindow, qtbot: QtBot, sales: Path
) -> None:
    window = own_worker_window
    drop(window, sales)
    idle(window, qtbot)
    with qtbot.waitSignal(window.session.worker.job_crashed, timeout=WAIT_MS):
        window.session.worker.start_job("check", 3)  # no path: it crashes
    details = copied(window.data)
    assert "worker.log\n" in details
    assert "check: begins" in details
    assert "check: done in " in details
    assert "check: failed after " in details
    assert details.count("AttributeError") + details.count("TypeError") >= 2  # the crash itself, and its log
    assert not [name for name in ("bread", "milk", "sales") if name in details]


def test_the_window_loads_none_of_the_heavy_libraries_before_its_first_paint() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]);"
        "from almanac.desktop import app, window;"
        "window.MainWindow._after_first_paint = lambda self: None;"
        "w = window.MainWindow(); w.show(); a.processEvents(); w.close();"
        "print(sorted({'pandas', 'numpy', 'onnxruntime', 'scipy', 'statsmodels', 'pyqtgraph'} & set(sys.modules)))"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert out.stdout.strip() == "[]"


def test_nothing_heavy_is_loaded_later_either() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; a = QApplication([]);"
        "from almanac.desktop import stations, window;"
        "from almanac.desktop.worker_client.preload import load_modules;"
        "load_modules(tuple(load for s in stations.STATIONS for load in (s.load_page, *s.load_later)));"
        "w = window.MainWindow(); list(w._preload()); import almanac.tables;"
        "print(sorted({'pandas', 'onnxruntime', 'scipy', 'statsmodels'} & set(sys.modules)))"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert out.stdout.strip() == "[]"


def test_the_scheme_can_change_while_running(still: MainWindow, qapp: QApplication) -> None:
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    hand_over(still, "forecast", builders.result(builders.read_file()))
    grounds = []
    for scheme, tokens in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        style.apply(qapp, scheme)
        QApplication.processEvents()
        assert style.current() is tokens
        for page in (still.start, still.data, still.forecast, still.export):
            still.show_page(page)
            assert not still.grab().isNull()
        assert still.forecast.chart is not None
        grounds.append(still.forecast.chart.backgroundBrush().color().name())
    assert grounds == [DARK.surface.lower(), LIGHT.surface.lower()]


def test_more_contrast_is_given_when_the_system_asks_for_it(
    still: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        for scheme, tokens in ((Qt.ColorScheme.Dark, DARK_STRONG), (Qt.ColorScheme.Light, LIGHT_STRONG)):
            style.apply(qapp, scheme, strong=True)
            QApplication.processEvents()
            assert style.current() is tokens
            assert not still.grab().isNull()
        dressed: list[QApplication] = []
        monkeypatch.setattr(style, "apply", dressed.append)
        style.follow_system(qapp)
        qapp.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
        assert len(dressed) == 2  # at first, and when the person changed it
    finally:
        monkeypatch.undo()
        style.apply(qapp, Qt.ColorScheme.Light, strong=False)


def test_a_file_can_be_dropped_on_every_page_which_shows_it(still: WindowUnderTest) -> None:
    opened: list[Path] = []
    hand_over(still, "check", builders.read_file(findings=builders.FINDINGS))
    hand_over(still, "forecast", builders.result(builders.read_file()))
    still.session.open_file = opened.append  # type: ignore[method-assign]
    still.file_dropped.disconnect()
    still.file_dropped.connect(opened.append)
    path = Path("next.csv").absolute()
    for page in (still.start, still.data, still.forecast, still.trust, still.export):
        still.show_page(page)
        QApplication.processEvents()
        takers = [w for w in page.findChildren(QWidget) if w.acceptDrops() and w.isVisibleTo(page)]
        assert not takers, f"{takers} would take the file instead of the window"
        drag(still, path)
        assert still.cover.isVisible()
        assert still.cover.width() > still.width() * 0.9
        drop(still, path)
        assert not still.cover.isVisible()
    assert opened == [path] * 5
