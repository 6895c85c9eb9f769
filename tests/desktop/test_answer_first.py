"""The answer first: a forecast is shown before its ranges are checked, and changes quietly when they are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.driving import answer_early, drop, hand_over, idle, shown_text, stop_lookups
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.distribution.levels import LIKELY
from almanac.core.jobs import Progress, run
from almanac.desktop.shell import problems
from almanac.desktop.shell.station import StationKey, Status
from almanac.wording.phrases import RangeSupport
from almanac.worker.messages import JobCancelled, JobFinished, JobProgress
from almanac.workflow.results import ForecastResult


@cache
def early_and_checked(horizon: int = 6) -> tuple[ForecastResult, ForecastResult]:
    """What the job of one forecast hands over first, and in the end."""
    steps: list[Progress] = []
    checked = run(workflow.forecast(builders.read_file(4), workflow.ForecastOptions(horizon=horizon)), steps.append)
    (early,) = (step.early for step in steps if step.early is not None)
    return early, checked


def answered(window: WindowUnderTest) -> ForecastResult:
    """A window that shows a forecast whose ranges are being checked."""
    early, _ = early_and_checked()
    hand_over(window, "check", early.file)
    window.session.make_forecast(6)
    answer_early(window, early)
    return early


def finish(window: WindowUnderTest, result: ForecastResult) -> None:
    window.session.worker.receive(JobFinished(result))
    stop_lookups(window)
    QApplication.processEvents()


def test_the_early_result_has_the_ranges_of_the_model_and_the_last_one_checked_ranges() -> None:
    early, checked = early_and_checked()
    assert early.is_being_checked
    assert not early.is_checked
    assert checked.is_checked
    assert not checked.is_being_checked
    assert early.forecast.names == checked.forecast.names
    assert early.created_at == checked.created_at
    assert early.range_support(0, LIKELY) is RangeSupport.UNDER_WAY


def test_the_answer_is_shown_while_its_ranges_are_checked(still: WindowUnderTest) -> None:
    early = answered(still)
    assert still.pages.currentWidget() is still.forecast
    assert still.forecast.sentence.text()
    assert still.forecast.likely.text().endswith("(80%), checking on your past …")
    assert still.forecast.again.isEnabled()
    assert still.sidebar.status(StationKey.TRUST) is Status.CHECKING
    still.go_to(StationKey.TRUST)
    assert "Checking on your past …" in shown_text(still)
    assert "There were no practice runs" not in shown_text(still)
    still.go_to(StationKey.EXPORT)
    assert early.range_note in shown_text(still)


def test_a_check_that_takes_long_takes_neither_buttons_nor_focus(still: WindowUnderTest, qtbot: QtBot) -> None:
    still.activateWindow()
    answered(still)
    still.forecast.search.setFocus()
    qtbot.waitUntil(still.progress.isVisible, timeout=3000)
    assert still.progress.message.text() == "Checking on your past"
    assert still.forecast.again.isEnabled()
    assert still.focusWidget() is still.forecast.search


def test_checked_ranges_come_without_a_jump(still: WindowUnderTest) -> None:
    answered(still)
    page = still.forecast
    page.search.setText("e")
    page.side.arrange()
    page.list.setCurrentIndex(page.model.index(1))  # type: ignore[union-attr]
    page.as_table.click()
    page.table.verticalScrollBar().setValue(3)
    page.search.setFocus()
    QApplication.processEvents()
    name, place = page.name.accessibleName(), page.table.verticalScrollBar().value()
    finish(still, early_and_checked()[1])
    assert page.name.accessibleName() == name
    assert page.list.currentIndex().row() == 1
    assert page.list.currentIndex().data() == name
    assert page.search.text() == "e"
    assert page.view.currentIndex() == 1
    assert page.table.verticalScrollBar().value() == place
    assert still.focusWidget() is page.search
    assert page.likely.text().startswith("80% likely to be between ")
    assert still.sidebar.status(StationKey.TRUST) is Status.READY
    assert not still.progress.isVisible()


def test_the_page_the_person_went_to_stays(still: WindowUnderTest) -> None:
    answered(still)
    still.go_to(StationKey.TRUST)
    finish(still, early_and_checked()[1])
    assert still.pages.currentWidget() is still.trust
    assert "Checking on your past" not in shown_text(still)
    assert "Are the ranges honest?" in shown_text(still)


def test_what_was_asked_about_chances_stays(still: WindowUnderTest) -> None:
    answered(still)
    still.go_to(StationKey.TRUST)
    still.trust.show_series(2)
    still.trust.tabs.setCurrentIndex(still.trust.views.index(still.trust.probabilities))
    view = still.trust.probabilities
    view.last.setCurrentIndex(3)
    view.last.activated.emit(3)
    view.amount.setText("1234")
    view.amount.setModified(True)  # as typing does
    finish(still, early_and_checked()[1])
    assert still.trust.series.currentIndex() == 2
    assert (view.first.currentIndex(), view.last.currentIndex(), view.amount.text()) == (0, 3, "1234")


def test_stopping_the_first_check_keeps_the_answer_and_says_that_it_is_unchecked(still: WindowUnderTest) -> None:
    early = answered(still)
    finish(still, early.stopped_checking)
    assert still.session.result is not None
    assert still.forecast.likely.text().endswith("not checked: the check was stopped.")
    still.go_to(StationKey.EXPORT)
    assert "the practice runs that check the ranges were stopped" in shown_text(still)


@pytest.mark.parametrize("ending", ["stopped", "killed", "died"])
def test_stopping_never_replaces_a_checked_forecast(still: WindowUnderTest, ending: str) -> None:
    early, checked = early_and_checked()
    answered(still)
    finish(still, checked)
    still.session.unsaved = False
    other, _ = early_and_checked(9)
    still.session.make_forecast(9)
    answer_early(still, other)
    assert still.session.result is other
    if ending == "stopped":
        finish(still, other.stopped_checking)
    elif ending == "killed":
        still.session.worker.receive(JobCancelled())
    else:
        still.session.worker.busy = False
        still.session.worker.worker_died.emit()
    assert still.session.result is checked
    assert not still.session.unsaved
    assert still.forecast.horizon.value() == 6
    assert still.forecast.likely.text().startswith("80% likely to be between ")
    said = problems.WORKER_DIED if ending == "died" else problems.EARLIER_KEPT
    assert still.forecast.shown_problems == (said,)
    assert early.forecast.names == checked.forecast.names


def test_a_forecast_stopped_before_its_answer_leaves_the_checked_one(still: WindowUnderTest) -> None:
    early, checked = early_and_checked()
    answered(still)
    finish(still, checked)
    still.session.make_forecast(9)
    finish(still, replace(early, stopped_early=True).stopped_checking)
    assert still.session.result is checked


def test_another_forecast_stops_the_check_of_the_one_before(
    still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops: list[bool] = []
    monkeypatch.setattr(still.session.worker, "cancel_job", lambda: stops.append(True))
    early = answered(still)
    still.forecast.horizon.setValue(9)
    still.forecast.again.click()
    assert stops == [True]
    finish(still, early.stopped_checking)
    assert still.session.jobs.running is not None
    assert still.session.jobs.running.arguments[1].horizon == 9
    other, checked = early_and_checked(9)
    answer_early(still, other)
    finish(still, checked)
    assert still.session.result is checked


def test_saving_waits_for_the_check(still: WindowUnderTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[str, tuple[object, ...]]] = []
    answered(still)
    still.go_to(StationKey.EXPORT)
    still.session.saving.save(tmp_path / "out.xlsx")
    assert still.export.shown_problems == (problems.SAVED_AFTER_CHECK,)
    monkeypatch.setattr(still.session.worker, "start_job", lambda name, *arguments: started.append((name, arguments)))
    checked = early_and_checked()[1]
    finish(still, checked)
    name, arguments = started[-1]  # after what is added up for the page
    assert name == "export"
    assert arguments[0] is checked


def test_a_step_without_a_result_changes_nothing(still: WindowUnderTest) -> None:
    early = answered(still)
    still.session.worker.receive(JobProgress(Progress(3, 9, "Checking on your past: 3 of 9 practice runs")))
    assert still.session.result is early


def test_a_workbook_of_an_unchecked_forecast_says_so(tmp_path: Path) -> None:
    import openpyxl

    early, _ = early_and_checked()
    path = run(workflow.export(early.stopped_checking, tmp_path / "out.xlsx", ()))
    book = openpyxl.load_workbook(path)
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("the practice runs that check the ranges were stopped" in text for text in texts)
    steps = early.forecast.horizon  # on the sheet Forecast each row says so, on Summary each series and each total
    assert texts.count("no: the check was stopped") > len(early.forecast.names) * (1 + steps)


def test_with_a_real_worker_the_answer_comes_first(window: WindowUnderTest, qtbot: QtBot, sales: Path) -> None:
    drop(window, sales)
    idle(window, qtbot)
    shown: list[str] = []
    window.session.forecast_made.connect(lambda _: shown.append(window.forecast.likely.text()))
    window.session.forecast_checked.connect(lambda _: shown.append(window.forecast.likely.text()))
    window.session.make_forecast(6)
    idle(window, qtbot)
    first, then = shown
    assert first.endswith("checking on your past …")
    assert then.startswith("80% likely to be between ")
    assert window.session.result is not None
    assert window.session.result.is_checked
    assert not np.isnan(window.session.result.forecast.quantiles).any()
    qtbot.mouseClick(window.forecast.again, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert window.session.result.is_checked
