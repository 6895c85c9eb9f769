"""Recent work on the first page: state in words, search, open, rename, delete with Undo, and keeping nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import shown_text
from tests.window_fixtures import WindowUnderTest

from almanac.core.problems import Problem
from almanac.core.system import paths
from almanac.desktop.pages.recent import panel
from almanac.desktop.pages.recent.row import when_words
from almanac.desktop.shell import recent
from almanac.wording.watching.recent_work import size_words, state_words
from almanac.worker.messages import JobFinished
from almanac.workflow.history.browse import HistoryOverview
from almanac.workflow.history.kept import Kept


def listed(window: WindowUnderTest, work: HistoryOverview = builders.RECENT_WORK) -> None:
    """Let the worker answer what the first page asks when it is shown."""
    window._go_to_start()
    answer(window, "history_overview", work)


def answer(window: WindowUnderTest, job: str, result: object) -> tuple[object, ...]:
    """Let the worker answer the job that runs; what it was asked with."""
    running = window.session.jobs.running
    assert running is not None
    assert running.name == job
    window.session.worker.receive(JobFinished(result))
    QApplication.processEvents()
    return running.arguments


def test_a_project_is_listed_with_its_state_in_words(still: WindowUnderTest) -> None:
    listed(still)
    text = shown_text(still)
    assert "Shop & Sons" in text
    assert "3 changes need a look" in text
    assert "Ready for new data" in text
    assert "12 series, 12 months ahead, 3 forecasts" in still.start.recent.rows[0].open.accessibleDescription()
    assert "Your work takes 3.4 MB on this computer." in text
    names = [b.accessibleName() for b in still.start.findChildren(QPushButton) if b.isVisible()]
    assert "Open Shop & Sons, 3 changes need a look" in names


def test_opening_a_project_shows_its_latest_forecast(still: WindowUnderTest) -> None:
    listed(still)
    still.start.recent.rows[0].open.click()
    kept = Kept("r1", "reading", "p1", "gone.csv")
    result = replace(builders.result(builders.read_file()), kept=kept)
    assert answer(still, "history_open", result) == ("r1",)
    assert still.pages.currentWidget() is still.forecast
    assert still.forecast.sentence.text().startswith("Apples, Jul 2026: about ")
    assert still.windowTitle().startswith("corner-shop.csv")
    assert not still.session.unsaved  # it is kept
    assert still.session.path == Path("gone.csv")


def test_a_forecast_that_was_not_kept_is_unsaved(still: WindowUnderTest) -> None:
    full = Problem("history_full", "The disk is full.", "", "")
    for kept in (None, Kept(problem=full)):
        still.session._show_forecast(replace(builders.result(builders.read_file()), kept=kept))
        assert still.session.unsaved


def test_a_deleted_project_comes_back_with_undo(still: WindowUnderTest) -> None:
    listed(still)
    still.start.recent.rows[0].delete.click()
    assert answer(still, "history_delete", None) == (("p1",),)
    answer(still, "history_overview", replace(builders.RECENT_WORK, projects=builders.RECENT_WORK.projects[1:]))
    assert "“Shop & Sons” was deleted." in shown_text(still)
    undo = next(b for b in still.start.findChildren(QPushButton) if b.text() == "&Undo")
    undo.click()
    answer(still, "history_undo", None)
    answer(still, "history_overview", builders.RECENT_WORK)
    assert [row.summary.project.title for row in still.start.recent.rows] == ["Shop & Sons", "Clinic"]
    assert "was deleted" not in shown_text(still)


def test_a_project_is_renamed_in_place(still: WindowUnderTest, qtbot: QtBot) -> None:
    listed(still)
    row = still.start.recent.rows[0]
    row.rename.click()
    qtbot.keyClicks(row.title, "Two Shops")  # what was there is selected
    qtbot.keyClick(row.title, Qt.Key.Key_Return)
    assert answer(still, "history_rename", None) == ("p1", "Two Shops")


@pytest.mark.parametrize("leave", [lambda row: row.title.clear(), lambda _: None], ids=["no name", "the same name"])
def test_a_name_that_is_no_other_changes_nothing(
    still: WindowUnderTest, qtbot: QtBot, leave: Callable[[object], object]
) -> None:
    listed(still)
    row = still.start.recent.rows[0]
    row.rename.click()
    leave(row)
    qtbot.keyClick(row.title, Qt.Key.Key_Return)
    assert still.session.jobs.running is None
    assert row.open.isVisible()


def test_escape_leaves_the_name_as_it_was(still: WindowUnderTest, qtbot: QtBot) -> None:
    listed(still)
    row = still.start.recent.rows[0]
    row.rename.click()
    qtbot.keyClicks(row.title, "Two Shops")
    qtbot.keyClick(row.title, Qt.Key.Key_Escape)
    assert still.session.jobs.running is None
    assert row.open.isVisible()


def test_a_search_asks_once_for_what_was_typed(still: WindowUnderTest, qtbot: QtBot) -> None:
    many = HistoryOverview(tuple(builders.work_of(k, f"Shop {k}") for k in range(9)), 1000)
    listed(still, many)
    panel = still.start.recent
    assert len(panel.rows) == 3
    panel.more.click()
    assert len(panel.rows) == 9
    qtbot.keyClicks(panel.search, "zebra")
    qtbot.waitUntil(lambda: still.session.jobs.running is not None, timeout=2000)
    assert answer(still, "history_overview", replace(many, projects=())) == ("zebra",)
    assert "Nothing is called that." in shown_text(still)
    assert panel.search.isVisible()  # to search for something else


def test_nothing_is_kept_when_that_is_wanted(still: WindowUnderTest) -> None:
    listed(still)
    still.start.recent.keep.click()
    assert answer(still, "history_keep", None) == (False,)
    answer(still, "history_overview", HistoryOverview(keeps=False))
    text = shown_text(still)
    assert "Nothing is kept when Almanac closes." in text
    assert "Recent Work" not in text
    assert not still.start.recent.keep.isChecked()


def test_a_store_that_was_set_aside_is_said(still: WindowUnderTest) -> None:
    problem = Problem("history_set_aside", "Your earlier work could not be opened.", "It is damaged.", "It was kept.")
    listed(still, HistoryOverview(problem=problem))
    assert "Your earlier work could not be opened." in shown_text(still)


@pytest.mark.parametrize(
    ("before", "said"), [(timedelta(days=1), "yesterday"), (timedelta(days=40), "2 Jan 2026"), (timedelta(0), "today")]
)
def test_when_something_was_made_is_said_as_people_say_it(before: timedelta, said: str) -> None:
    now = datetime(2026, 2, 11, 12, tzinfo=UTC)
    words = when_words(now - before, now)
    assert words.startswith(said) or words == "Jan 2, 2026"


def test_state_and_size_in_words() -> None:
    assert state_words(1, "product") == "1 product needs a look"
    assert state_words(3, "product") == "3 products need a look"
    assert size_words(0) == "Nothing is kept yet."
    assert size_words(420_000) == "Your work takes 420 KB on this computer."
    assert size_words(2_500_000_000) == "Your work takes 2.5 GB on this computer."


def test_dialogs_begin_in_the_folder_of_the_latest_file(own_state: Path, tmp_path: Path) -> None:
    assert recent.folder() == Path.home()
    recent.remember(tmp_path / "sales.csv")
    recent.remember(paths.resources() / "samples" / "clinic.xlsx")  # not the person's own
    assert recent.folder() == tmp_path
    (own_state / "folder.txt").write_text(str(tmp_path / "gone"))
    assert recent.folder() == Path.home()


def test_all_work_is_backed_up_to_one_file_and_taken_back_from_it(
    still: WindowUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(still)
    chosen = tmp_path / "mine.almanac"
    monkeypatch.setattr(panel.QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    monkeypatch.setattr(panel.QFileDialog, "getOpenFileName", lambda *_: (str(chosen), ""))
    still.start.recent.back_up.click()
    assert answer(still, "history_backup", chosen) == (chosen,)
    assert "All of your work is saved in “mine.almanac”." in shown_text(still)
    still.start.recent.restore.click()
    assert answer(still, "history_restore", tmp_path / "history.before-restore.db") == (chosen,)
    answer(still, "history_overview", builders.RECENT_WORK)
    assert "What was here before is kept as “history.before-restore.db”" in shown_text(still)


def test_a_person_who_cancels_backs_nothing_up(still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(still)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(panel.QFileDialog, name, lambda *_: ("", ""))
    still.start.recent.back_up.click()
    still.start.recent.restore.click()
    assert still.session.jobs.running is None
