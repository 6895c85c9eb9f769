"""A file that is watched, and a file that is dropped: each is looked at once, and nothing counts by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.core.alerts import AlertAction
from almanac.desktop.shell.station import StationKey
from almanac.worker.messages import JobFinished
from almanac.workflow.history.kept import Kept
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


def test_forecast_again_uses_the_latest_data_of_the_work(still: WindowUnderTest) -> None:
    session = still.session
    hand_over(still, "check", builders.read_file())
    result = replace(builders.result(session.file), kept=Kept("r1", "reading", "p1", "sales.csv"))
    hand_over(still, "forecast", result)
    _, accepted = builders.new_data()
    session.watching.answer("p1", OpenAlert("a1", accepted.alerts[0]), AlertAction.FORECAST_AGAIN)
    assert running(still) == ("answer_alert", ("a1", AlertAction.FORECAST_AGAIN))
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
