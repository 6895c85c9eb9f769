"""The worker process, seen from the window: stopping, dying, closing."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.desktop.driving import WAIT_MS, big

from almanac.desktop.worker_client.client import MOST_RESTARTS, WorkerLink


@pytest.fixture
def link(qtbot: QtBot) -> Iterator[WorkerLink]:  # noqa: ARG001 - needs an application
    made = WorkerLink()
    yield made
    made.close()


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_job_reports_its_progress_and_its_result(link: WorkerLink, qtbot: QtBot, sales: Path) -> None:
    seen = []
    link.advanced.connect(seen.append)
    with qtbot.waitSignal(link.finished, timeout=WAIT_MS) as finished:
        link.start("check", sales, None)
    assert len(finished.args[0].series) == 2
    assert seen
    assert all(progress.message for progress in seen)
    assert not link.busy


def test_one_job_at_a_time(link: WorkerLink, qtbot: QtBot, sales: Path) -> None:
    with qtbot.waitSignal(link.finished, timeout=WAIT_MS):
        link.start("check", sales, None)
        with pytest.raises(RuntimeError):
            link.start("check", sales, None)


def test_a_problem_arrives_as_one(link: WorkerLink, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(link.met_problem, timeout=WAIT_MS) as met:
        link.start("check", tmp_path / "nothing.csv", None)
    assert "nothing.csv" in met.args[0].what


def test_a_fault_arrives_with_its_details(link: WorkerLink, qtbot: QtBot) -> None:
    with qtbot.waitSignal(link.met_bug, timeout=WAIT_MS) as met:
        link.start("check", 3, None)
    assert "Traceback" in met.args[0]


def test_stop_ends_the_work_within_a_second(link: WorkerLink, qtbot: QtBot, tmp_path: Path) -> None:
    link.start("check", big(tmp_path / "big.csv", 5000), None)
    qtbot.wait(500)
    assert link.busy
    began = time.monotonic()
    with qtbot.waitSignal(link.stopped, timeout=WAIT_MS):
        link.stop()
        link.stop()  # pressed twice
    assert time.monotonic() - began < 1.3  # a second, and the scheduling of a busy test machine
    assert not link.busy


def test_after_a_stop_the_next_job_runs(link: WorkerLink, qtbot: QtBot, tmp_path: Path, sales: Path) -> None:
    link.start("check", big(tmp_path / "big.csv", 5000), None)
    qtbot.wait(300)
    with qtbot.waitSignal(link.stopped, timeout=WAIT_MS):
        link.stop()
    with qtbot.waitSignal(link.finished, timeout=WAIT_MS):
        link.start("check", sales, None)


def test_a_killed_worker_is_noticed_and_started_again(link: WorkerLink, qtbot: QtBot, sales: Path) -> None:
    link.open()
    qtbot.waitUntil(lambda: link.process_id > 0, timeout=WAIT_MS)
    killed = link.process_id
    with qtbot.waitSignal(link.crashed, timeout=WAIT_MS):
        link.start("check", sales, None)
        os.kill(killed, signal.SIGKILL)
    assert not link.busy
    with qtbot.waitSignal(link.finished, timeout=WAIT_MS):
        link.start("check", sales, None)
    assert link.process_id not in (0, killed)


@pytest.mark.parametrize("program", [sys.executable, "/nowhere/python"], ids=["ends at once", "does not start"])
def test_a_worker_that_cannot_live_is_not_started_for_ever(
    link: WorkerLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    deaths = []
    link.crashed.connect(lambda: deaths.append(1))
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # "--worker" is no option of Python's: it ends at once
    link.open()
    qtbot.waitUntil(lambda: len(deaths) == MOST_RESTARTS, timeout=WAIT_MS)
    qtbot.wait(300)
    assert len(deaths) == MOST_RESTARTS
    assert link.process_id == 0


@pytest.mark.parametrize("busy", [False, True])
def test_closing_leaves_no_process(link: WorkerLink, qtbot: QtBot, tmp_path: Path, busy: bool) -> None:
    link.open()
    qtbot.waitUntil(lambda: link.process_id > 0, timeout=WAIT_MS)
    process = link.process_id
    if busy:
        link.start("check", big(tmp_path / "big.csv", 2000), None)
        qtbot.wait(200)
    link.close()
    assert gone(process)
