"""The worker process, seen from the window: stopping, dying, closing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot
from tests.desktop.driving import WAIT_MS, big

from almanac.desktop.worker_client.client import MAX_QUICK_DEATHS, WorkerClient


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[WorkerClient]:  # noqa: ARG001 - needs an application
    made = WorkerClient()
    yield made
    made.close()


@pytest.fixture
def client(qtbot: QtBot, shared_worker: None) -> Iterator[WorkerClient]:  # noqa: ARG001
    """A client of the worker that tests share: for what is about jobs, not about processes."""
    made = WorkerClient()
    yield made
    made.close()


def has_ended(process: int) -> bool:
    return not psutil.pid_exists(process)


def test_a_job_reports_its_progress_and_its_result(client: WorkerClient, qtbot: QtBot, sales: Path) -> None:
    seen = []
    client.progressed.connect(seen.append)
    with qtbot.waitSignal(client.finished, timeout=WAIT_MS) as finished:
        client.start_job("check", sales, None)
    assert len(finished.args[0].series) == 2
    assert seen
    assert all(progress.message for progress in seen)
    assert not client.busy


def test_one_job_at_a_time(client: WorkerClient, qtbot: QtBot, sales: Path) -> None:
    with qtbot.waitSignal(client.finished, timeout=WAIT_MS):
        client.start_job("check", sales, None)
        with pytest.raises(RuntimeError):
            client.start_job("check", sales, None)


def test_a_problem_arrives_as_a_problem(client: WorkerClient, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(client.failed, timeout=WAIT_MS) as emitted:
        client.start_job("check", tmp_path / "nothing.csv", None)
    assert "nothing.csv" in emitted.args[0].what


def test_a_crash_arrives_with_its_traceback(client: WorkerClient, qtbot: QtBot) -> None:
    with qtbot.waitSignal(client.job_crashed, timeout=WAIT_MS) as emitted:
        client.start_job("check", 3, None)
    assert "almanac/worker/serve.py" in emitted.args[0]


def test_stop_ends_the_work_within_a_second(worker: WorkerClient, qtbot: QtBot, tmp_path: Path) -> None:
    worker.start_job("check", big(tmp_path / "big.csv", 5000), None)
    qtbot.wait(500)
    assert worker.busy
    began = time.monotonic()
    with qtbot.waitSignal(worker.cancelled, timeout=WAIT_MS):
        worker.cancel_job()
        worker.cancel_job()  # pressed twice
    assert time.monotonic() - began < 1.3  # a second, and the scheduling of a busy test machine
    assert not worker.busy


def test_after_a_stop_the_next_job_runs(worker: WorkerClient, qtbot: QtBot, tmp_path: Path, sales: Path) -> None:
    worker.start_job("check", big(tmp_path / "big.csv", 5000), None)
    qtbot.wait(300)
    with qtbot.waitSignal(worker.cancelled, timeout=WAIT_MS):
        worker.cancel_job()
    with qtbot.waitSignal(worker.finished, timeout=WAIT_MS):
        worker.start_job("check", sales, None)


def test_a_killed_worker_is_noticed_and_started_again(worker: WorkerClient, qtbot: QtBot, sales: Path) -> None:
    worker.launch()
    qtbot.waitUntil(lambda: worker.process_id > 0, timeout=WAIT_MS)
    killed = worker.process_id
    with qtbot.waitSignal(worker.worker_died, timeout=WAIT_MS):
        worker.start_job("check", sales, None)
        psutil.Process(killed).kill()
    assert not worker.busy
    with qtbot.waitSignal(worker.finished, timeout=WAIT_MS):
        worker.start_job("check", sales, None)
    assert worker.process_id not in (0, killed)


@pytest.mark.parametrize("program", [sys.executable, "/nowhere/python"], ids=["ends at once", "does not start"])
def test_a_worker_that_always_dies_is_not_restarted_forever(
    worker: WorkerClient, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    deaths = []
    worker.worker_died.connect(lambda: deaths.append(1))
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(sys, "frozen", True, raising=False)  # "--worker" is no option of Python's: it ends at once
    worker.launch()
    qtbot.waitUntil(lambda: len(deaths) == MAX_QUICK_DEATHS, timeout=WAIT_MS)
    qtbot.wait(300)
    assert len(deaths) == MAX_QUICK_DEATHS
    assert worker.process_id == 0


@pytest.mark.parametrize("busy", [False, True])
def test_closing_leaves_no_process(worker: WorkerClient, qtbot: QtBot, tmp_path: Path, busy: bool) -> None:
    worker.launch()
    qtbot.waitUntil(lambda: worker.process_id > 0, timeout=WAIT_MS)
    process = worker.process_id
    if busy:
        worker.start_job("check", big(tmp_path / "big.csv", 2000), None)
        qtbot.wait(200)
    worker.close()
    assert has_ended(process)
