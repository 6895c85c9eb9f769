"""Everything works without a mouse, and the focus is visible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.data.page import DataPage
from almanac.desktop.pages.data.step import Step
from almanac.desktop.shell.page import Page

pytestmark = pytest.mark.usefixtures("dressed")  # the focus must be seen


@pytest.fixture
def full(still: WindowUnderTest, qtbot: QtBot) -> WindowUnderTest:
    """A window with a file and a forecast in it."""
    file = builders.with_sheets(builders.read_file(findings=builders.FINDINGS, questions=(builders.DAY_OR_MONTH,)))
    hand_over(still, "check", file)
    hand_over(still, "forecast", builders.result(file))
    still.activateWindow()
    qtbot.waitUntil(still.isActiveWindow, timeout=5000)
    return still


PAGES: dict[str, Callable[[WindowUnderTest], Page]] = {
    "start": lambda window: window.start,
    "forecast": lambda window: window.forecast,
    "export": lambda window: window.export,
}
STEPS: dict[str, Callable[[DataPage], Step]] = {  # the steps of Data
    "sheets": lambda data: data.sheets,
    "columns": lambda data: data.columns,
    "dates": lambda data: data.dates,
    "findings": lambda data: data.findings,
    "summary": lambda data: data.summary,
}
NAMES = [*PAGES, *STEPS]


def show(window: WindowUnderTest, name: str) -> QWidget:
    """Show one page, or one step of Data."""
    if name in STEPS:
        window.show_page(window.data)
        window.data.show_step(STEPS[name](window.data))
        window.data.initial_focus.setFocus()
    else:
        window.show_page(PAGES[name](window))
    QApplication.processEvents()
    return window.pages.currentWidget()


def walk(qtbot: QtBot) -> list[QWidget]:
    """Press Tab until it comes back to the first widget; return what had the focus."""
    seen: list[QWidget] = []
    while (at := QApplication.focusWidget()) not in seen and len(seen) < 100:
        assert at is not None
        seen.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    return seen


FILLED_IN = (QPushButton, QComboBox, QListWidget, QLineEdit, QSpinBox)


def test_tab_reaches_everything_that_can_be_pressed_or_filled_in(full: WindowUnderTest, qtbot: QtBot) -> None:
    for name in NAMES:
        page = show(full, name)
        seen = walk(qtbot)
        wanted = [w for kind in FILLED_IN for w in page.findChildren(kind) if w.isVisible() and w.isEnabled()]
        wanted = [w for w in wanted if not isinstance(w.parent(), QSpinBox)]
        assert wanted, name
        missed = [w.accessibleName() or w.objectName() for w in wanted if w not in seen]
        assert not missed, name
        assert [w for w in seen if full.sidebar.isAncestorOf(w)], name


def test_everything_has_a_name_for_screen_readers(full: WindowUnderTest) -> None:
    for name in NAMES:
        for widget in show(full, name).findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.metaObject():
                if widget.objectName().startswith("qt_") or type(widget) is QWidget:
                    continue  # inner parts of Qt's own widgets
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, (name, widget)


def test_the_focus_is_visible(full: WindowUnderTest) -> None:
    full.show_page(full.export)
    button = full.export.save_buttons[".csv"]
    full.export.save_buttons[".parquet"].setFocus()
    QApplication.processEvents()
    before = button.grab().toImage()
    button.setFocus()
    QApplication.processEvents()
    assert button.grab().toImage() != before


def test_f6_goes_between_sidebar_and_page(full: WindowUnderTest, qtbot: QtBot) -> None:
    full.show_page(full.forecast)
    qtbot.keyClick(full, Qt.Key.Key_F6)
    assert full.sidebar.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget().accessibleName() == "Forecast, Ready"
    qtbot.keyClick(full, Qt.Key.Key_F6)
    assert full.forecast.isAncestorOf(QApplication.focusWidget())


def test_shortcuts(full: WindowUnderTest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    dialogs: list[str] = []
    for name, word in (("getOpenFileName", "open"), ("getSaveFileName", "save")):
        monkeypatch.setattr(QFileDialog, name, lambda *_, word=word: (dialogs.append(word), ("", ""))[1])
    qtbot.keyClick(full, Qt.Key.Key_O, control)
    qtbot.keyClick(full, Qt.Key.Key_S, control)
    assert dialogs == ["open", "save"]
    assert full.pages.currentWidget() is full.export
    qtbot.keyClick(full, Qt.Key.Key_F, control)
    assert QApplication.focusWidget() is full.forecast.search
    qtbot.keyClick(full, Qt.Key.Key_N, control)
    assert full.pages.currentWidget() is full.start


def test_mnemonics_of_a_page_do_not_collide(full: WindowUnderTest) -> None:
    for name in NAMES:
        page = show(full, name)
        texts = [w.text() for kind in (QPushButton, QLabel) for w in page.findChildren(kind) if w.isVisible()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
        assert len(letters) == len(set(letters)), (name, letters)


def test_arrows_choose_between_answers(full: WindowUnderTest, qtbot: QtBot) -> None:
    show(full, "dates")
    first = full.data.dates.answers.buttons[0]
    assert QApplication.focusWidget() is first  # the question comes first
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert full.data.dates.chosen_options.day_first is False


def test_enter_presses_a_button(full: WindowUnderTest, qtbot: QtBot) -> None:
    full.show_page(full.forecast)
    full.forecast.as_table.setFocus()
    qtbot.keyClick(full.forecast.as_table, Qt.Key.Key_Return)
    qtbot.waitUntil(full.forecast.table.isVisible, timeout=2000)
