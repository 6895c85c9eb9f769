"""Check This Installation: the self-test in a separate process, its report, and its end with the dialog."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.window_fixtures import WindowUnderTest

from almanac.core.system import own_process
from almanac.desktop.installation import check_dialog
from almanac.desktop.installation.check_dialog import CheckDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PATIENCE_MS = 30_000  # of a busy computer


def instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let another program run than the self-test, which takes half a minute."""
    monkeypatch.setattr(own_process, "command", lambda _: [sys.executable, "-c", code])


@pytest.fixture
def shown(qtbot: QtBot, still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch) -> CheckDialog:
    instead(monkeypatch, "print('ok   Models: 6 ✓')")
    entry, *_ = still.sidebar.help_menu.actions()
    entry.trigger()
    dialog = still.findChild(CheckDialog)
    qtbot.waitExposed(dialog)
    return dialog


def test_the_report_is_shown_and_copied(qtbot: QtBot, shown: CheckDialog) -> None:
    qtbot.waitUntil(lambda: shown.copy.isEnabled(), timeout=PATIENCE_MS)
    assert shown.outcome.text() == check_dialog.WORKS
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == "ok   Models: 6 ✓"
    shown.close_button.click()


def test_what_does_not_work_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "print('NOT  Models: none was found'); raise SystemExit(1)")
    dialog = CheckDialog()
    qtbot.waitUntil(lambda: dialog.copy.isEnabled(), timeout=PATIENCE_MS)
    assert dialog.outcome.text() == check_dialog.DOES_NOT
    dialog.reject()


def test_closing_ends_a_check_that_still_runs(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import time; print('begun', flush=True); time.sleep(60)")
    dialog = CheckDialog()
    qtbot.waitUntil(lambda: dialog.report.toPlainText() == "begun", timeout=PATIENCE_MS)
    process = dialog._test._process
    assert process is not None
    dialog.reject()
    assert process.poll() is not None


def test_what_cannot_be_started_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(own_process, "command", lambda _: ["/nowhere/almanac"])
    dialog = CheckDialog()
    assert dialog.outcome.text() == check_dialog.CANNOT_START
    dialog.reject()


def test_it_starts_the_self_test_of_this_program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    asked: list[str] = []
    monkeypatch.setattr(own_process, "command", lambda argument: asked.append(argument) or ["/nowhere/almanac"])
    CheckDialog().reject()
    assert asked == ["--self-test"]
