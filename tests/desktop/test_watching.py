"""A file that is watched, and a file that is dropped: each is looked at once, and nothing counts by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.desktop import builders
from tests.desktop.driving import hand_over
from tests.window_fixtures import WindowUnderTest

from almanac.desktop.shell.station import StationKey
from almanac.worker.messages import JobFinished
from almanac.workflow.history.kept import Kept


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
