"""A file that is watched, and a file that is dropped: each is looked at once, and nothing counts by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.desktop.pages.watch.alert_card import AlertCard
from almanac.desktop.pages.watch.page import WatchPage
from almanac.desktop.shell.station import StationKey
from almanac.worker.messages import JobFinished
from almanac.workflow.history.kept import Kept
from almanac.workflow.pattern_changes.answer import explain_alert
from almanac.workflow.updates.alerts import OpenAlert


def running(window: WindowUnderTest) -> tuple[str, tuple[object, ...]] | None:
    """The job that runs, and what it was asked with."""
    job = window.session.jobs.running
    return None if job is None else (job.name, job.arguments)


def test_what_is_saved_while_something_is_done_is_looked_at_afterwards(still: WindowUnderTest, tmp_path: Path) -> None:
    session, path = still.session, tmp_path / "sales.csv"
    hand_over(still, "check", builders.read_file())
    result = replace(builders.result(session.file), kept=Kept("r1", "reading", "p1", str(path)))
    hand_over(still, "forecast", result)
    session.path = path
    session.watching.watch(True)
    session.open_file(tmp_path / "other.csv")
    session.watching.file.saved.emit(path)
    session.watching.file.saved.emit(path)
    assert running(still) == ("check", (tmp_path / "other.csv", None))
    session.worker.receive(JobFinished(builders.read_file(3)))
    QApplication.processEvents()
    assert running(still) == ("propose_update", (path, "p1"))  # of the work that it is watched for
    proposal, _ = builders.new_data()
    session.worker.receive(JobFinished(proposal))
    QApplication.processEvents()
    assert running(still) is None
    assert session.new_data.proposal is proposal  # shown, and nothing accepted
    session.watching.watch(False)
    session.watching.file.saved.emit(path)
    assert running(still) is None


def test_a_dropped_file_that_goes_on_from_nothing_is_read_once(still: WindowUnderTest, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    still._go_to_start()
    while running(still) is not None:  # recent work
        still.session.worker.receive(JobFinished(builders.RECENT_WORK))
        QApplication.processEvents()
    still._on_dropped(path)
    assert running(still) == ("recognise_file", (path,))
    file = builders.read_file()
    still.session.worker.receive(JobFinished(file))
    QApplication.processEvents()
    assert still.session.file is file
    assert still.session.path == path
    assert still.pages.currentWidget() is still.page(StationKey.DATA)
    job = running(still)
    assert job is None or job[0] != "check"


@pytest.mark.parametrize("action", [AlertAction.FORECAST_AGAIN, AlertAction.RECALIBRATE])
def test_forecast_again_uses_the_latest_data_of_the_work(still: WindowUnderTest, action: AlertAction) -> None:
    session = still.session
    hand_over(still, "check", builders.read_file())
    result = replace(builders.result(session.file), kept=Kept("r1", "reading", "p1", "sales.csv"))
    hand_over(still, "forecast", result)
    _, accepted = builders.new_data()
    session.watching.answer("p1", OpenAlert("a1", accepted.alerts[0]), action)
    assert running(still) == ("answer_alert", ("a1", action))
    session.worker.receive(JobFinished(None))
    job = running(still)
    assert job is not None
    name, (project, options) = job
    assert (name, project) == ("forecast_latest", "p1")
    assert options.horizon == result.forecast.horizon  # type: ignore[attr-defined]
    newer = replace(accepted.result, kept=Kept("r2", "later", "p1", "april.csv"))
    session.worker.receive(JobFinished(newer))
    assert session.result is newer
    assert session.path == Path("april.csv")
    assert still.pages.currentWidget() is still.forecast


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_time_when_it_was_sold_out_is_asked_about_and_counts_once_the_person_has_said_it(
    still: WindowUnderTest,
) -> None:
    session, page = still.session, still.page(StationKey.WATCH)
    assert isinstance(page, WatchPage)
    hand_over(still, "check", builders.read_file())
    result = replace(builders.result(session.file), kept=Kept("r1", "reading", "p1", "sales.csv"))
    hand_over(still, "forecast", result)
    name = session.file.series.names[1]
    alert = Alert(AlertKind.ZEROS, name, 660, 661, 1.0, 0.01, (AlertAction.ASK_STOCK,))
    page.show_alerts([OpenAlert("a1", alert)])
    (card,) = page.findChildren(AlertCard)
    card.buttons[AlertAction.ASK_STOCK].click()
    job = running(still)
    assert job == ("explain_alert", (alert, AlertAction.ASK_STOCK, "Sold out", result.forecast.frequency))
    event = run(explain_alert(*job[1]))  # type: ignore[arg-type]
    session.worker.receive(JobFinished(event))
    dialog = page.events
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.use.isEnabled()
    assert dialog.entry.kinds[EventKind.STOCK_OUT].isChecked()
    assert (dialog.entry.first.day, dialog.entry.last.day) == (date(2025, 1, 1), date(2025, 2, 28))
    assert dialog.entry.series.chosen == (name,)
    dialog.entry.last.setDate(QDate(2025, 2, 10))
    dialog.use.click()
    assert running(still) == ("answer_alert", ("a1", AlertAction.ASK_STOCK))
    session.worker.receive(JobFinished(None))
    job = running(still)
    assert job is not None
    assert job[0] == "forecast"
    (said,) = job[1][1].events.events  # type: ignore[attr-defined]
    assert said == Event("Sold out", EventKind.STOCK_OUT, (Span(date(2025, 1, 1), date(2025, 2, 10)),), (name,))
