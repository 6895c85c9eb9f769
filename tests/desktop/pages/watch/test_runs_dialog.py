"""Earlier forecasts: open one again, or compare two and see what is added up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.pages.watch.runs_dialog import MAX_SERIES, RunsDialog
from almanac.desktop.shell.station import StationKey
from almanac.worker.messages import JobFinished
from almanac.workflow.history.compare import ForecastChange
from almanac.workflow.history.kept import Kept

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def running(window: WindowUnderTest) -> tuple[str, tuple[object, ...]]:
    """The job that runs, and what it was asked with."""
    job = window.session.jobs.running
    assert job is not None
    return job.name, job.arguments


SAME = ForecastChange("Milk", 70.0, 70.0 + 1e-12, 11)
FOUND = replace(builders.run_comparison("Bread", "Soup"), series=(ForecastChange("Bread", 1000.0, 1180.0, 11), SAME))


@pytest.fixture
def dialog(qtbot: QtBot) -> RunsDialog:
    made = RunsDialog()
    qtbot.addWidget(made)
    made.show_runs(builders.RUNS, "r6")
    return made


def test_the_one_that_is_shown_is_chosen_at_first_and_another_can_be_opened(dialog: RunsDialog, qtbot: QtBot) -> None:
    assert dialog.runs.model().rowCount() == 3
    with qtbot.waitSignal(dialog.open_wanted) as opened:
        dialog.open_again.click()
    assert opened.args == ["r6"]
    dialog.runs.selectRow(2)
    with qtbot.waitSignal(dialog.open_wanted) as opened:
        dialog.open_again.click()
    assert opened.args == ["r5"]


def test_two_are_compared_the_earlier_first(dialog: RunsDialog, qtbot: QtBot) -> None:
    assert not dialog.compare.isEnabled()
    dialog.runs.selectionModel().select(dialog.runs.model().index(0, 0), ROWS)
    assert not dialog.open_again.isEnabled()
    with qtbot.waitSignal(dialog.comparison_wanted) as asked:
        dialog.compare.click()
    assert asked.args == ["r6", "r7"]
    dialog.runs.selectionModel().select(dialog.runs.model().index(2, 0), ROWS)
    assert not dialog.compare.isEnabled()  # three


def test_a_comparison_says_what_is_added_up(dialog: RunsDialog) -> None:
    dialog.show_comparison(FOUND)
    said = [dialog._said.itemAt(k).widget().text() for k in range(dialog._said.count())]  # type: ignore[attr-defined]
    assert said == [
        "2 past values differ; the later one has 3 values more.",
        "Only in the earlier one: Soup.",
        "For each series: its forecast from 2026-07 to 2027-05 added up, the dates that both forecasts have.",
    ]
    rows = [[dialog.series.model().index(r, c).data() for c in range(5)] for r in range(2)]
    assert rows[0][0] == "Bread"
    assert rows[0][4] == "18%"
    assert rows[1][3:] == ["", "the same"]
    dialog.show_runs(builders.RUNS, "")
    assert dialog.series.isHidden()
    assert dialog._said.count() == 0


def test_of_thousands_of_series_those_with_the_largest_changes_are_listed(dialog: RunsDialog) -> None:
    dialog.show_comparison(replace(FOUND, series=FOUND.series * 2500))
    assert dialog.series.model().rowCount() == MAX_SERIES


def test_the_list_is_asked_for_and_what_is_chosen_is_opened(still: WindowUnderTest) -> None:
    hand_over(still, "check", builders.read_file())
    result = replace(builders.result(still.session.file), kept=Kept("r6", "reading", "p1", "gone.csv"))
    hand_over(still, "forecast", result)
    page = still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    page.earlier.click()
    job = still.session.jobs.running
    assert job is not None
    assert (job.name, job.arguments) == ("history_runs", ("p1",))
    still.session.worker.receive(JobFinished(builders.RUNS))
    assert page.runs is not None
    assert page.runs.isVisible()
    page.runs.runs.selectRow(2)
    page.runs.open_again.click()
    assert not page.runs.isVisible()
    job = still.session.jobs.running
    assert job is not None
    assert (job.name, job.arguments) == ("history_open", ("r5",))


def test_single_forecasts_are_deleted_and_brought_back(still: WindowUnderTest) -> None:
    hand_over(still, "check", builders.read_file())
    kept = Kept("r6", "reading", "p1", "gone.csv")
    hand_over(still, "forecast", replace(builders.result(still.session.file), kept=kept))
    page = still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    page.show_runs(builders.RUNS)
    dialog = page.runs
    assert dialog is not None
    assert dialog.undo.isHidden()
    dialog.delete.click()
    assert running(still) == ("history_delete", (("r6",),))
    still.session.worker.receive(JobFinished(None))
    assert still.session.unsaved  # what is shown is kept nowhere now
    assert running(still) == ("history_runs", ("p1",))
    still.session.worker.receive(JobFinished((builders.RUNS[0], builders.RUNS[2])))
    assert dialog.runs.model().rowCount() == 2
    assert dialog.hint.text().startswith("1 forecast was deleted")
    QApplication.processEvents()
    while still.session.jobs.running is not None:  # the lists of work and of scores
        still.session.worker.receive(JobFinished(None if "scores" in running(still)[0] else builders.RECENT_WORK))
        QApplication.processEvents()
    dialog.undo.click()
    assert running(still) == ("history_undo", ())
    assert dialog.undo.isHidden()
    assert dialog.hint.text().startswith("Choose one")
