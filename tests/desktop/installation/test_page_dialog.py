"""What Almanac Keeps, and How Almanac Is Governed: opened from the menu Help, read and copied."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.window_fixtures import WindowUnderTest

from almanac.core.system import paths
from almanac.desktop.installation.page_dialog import PageDialog
from almanac.wording.accountability import governance

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(qtbot: QtBot, window: WindowUnderTest, words: str) -> PageDialog:
    entry = next(one for one in window.sidebar.help_menu.actions() if words in one.text().replace("&", ""))
    entry.trigger()
    dialog = window.findChild(PageDialog)
    qtbot.waitExposed(dialog)
    return dialog


def test_the_record_of_what_is_kept_is_shown_and_copied(qtbot: QtBot, still: WindowUnderTest) -> None:
    paths.state().mkdir(parents=True, exist_ok=True)
    (paths.state() / "corrections.json").write_text("{}")
    dialog = opened(qtbot, still, "What Almanac Keeps")
    assert "corrections.json" in dialog.page.toPlainText()
    dialog.copy.click()
    assert "`corrections.json`" in QGuiApplication.clipboard().text()
    dialog.close_button.click()


def test_how_it_is_governed_is_shown_with_every_row(qtbot: QtBot, still: WindowUnderTest) -> None:
    dialog = opened(qtbot, still, "How Almanac Is Governed")
    assert "MANAGE 4.3" in dialog.page.toPlainText()
    dialog.close_button.click()


def test_the_sentence_counts_what_the_page_says() -> None:
    rows = [line for line in governance.governance_page().splitlines() if line.startswith(("| GOV", "| MA", "| ME"))]
    without = sum("| not done: " in row or "| does not apply: " in row for row in rows)
    assert f"evidence for {len(rows) - without} of 72 subcategories" in governance.governance_summary()
    assert len(rows) == 72
