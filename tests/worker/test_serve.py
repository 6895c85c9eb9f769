"""The worker process over its real pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from tests.builders import seasonal

from almanac.core.jobs import Progress
from almanac.worker.messages import (
    CancelJob,
    JobCancelled,
    JobFailed,
    JobFinished,
    JobProgress,
    Message,
    MessageBuffer,
    StartJob,
    encode,
    read_message,
)
from almanac.workflow import ForecastOptions
from almanac.workflow.results import ForecastResult


def started(state: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with its settings in this folder; it must end in order."""
    command, pipe = [sys.executable, "-m", "almanac", "--worker"], subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=os.environ | {"ALMANAC_STATE": str(state)})
    yield process
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    """The worker of several tests: it keeps no state between jobs."""
    yield from started(tmp_path_factory.mktemp("state"))


@pytest.fixture
def own_worker(own_state: Path) -> Iterator[subprocess.Popen[bytes]]:
    yield from started(own_state)


def ask(worker: subprocess.Popen[bytes], *messages: Message) -> tuple[Message, list[Progress]]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(b"".join(encode(m) for m in messages))
    worker.stdin.flush()
    seen = []
    while isinstance(message := read_message(worker.stdout), JobProgress):  # type: ignore[arg-type]
        seen.append(message.progress)
    assert message is not None
    return message, seen


def test_a_file_goes_in_and_a_workbook_comes_out(worker: subprocess.Popen[bytes], tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    months = pd.date_range("2019-01-01", periods=60, freq="MS").strftime("%Y-%m-%d")
    pd.DataFrame({"month": months, "bread": seasonal(60).round(2)}).to_csv(path, index=False)
    read, _ = ask(worker, StartJob("check", (path, None)))
    assert isinstance(read, JobFinished)
    outcome, steps = ask(worker, StartJob("forecast", (read.result, ForecastOptions(horizon=4))))
    assert isinstance(outcome, JobFinished)
    assert isinstance(outcome.result, ForecastResult)
    assert outcome.result.forecast.horizon == 4
    assert steps
    saved, _ = ask(worker, StartJob("export", (outcome.result, tmp_path / "out.xlsx", (path,))))
    assert saved == JobFinished(tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").exists()


def test_a_problem_comes_back_as_one(worker: subprocess.Popen[bytes], tmp_path: Path) -> None:
    answer, _ = ask(worker, StartJob("check", (tmp_path / "nowhere.csv", None)))
    assert isinstance(answer, JobFailed)


def test_after_a_problem_the_worker_goes_on(worker: subprocess.Popen[bytes], tmp_path: Path) -> None:
    for _ in range(2):
        answer, _ = ask(worker, StartJob("check", (tmp_path / "nowhere.csv", None)))
        assert isinstance(answer, JobFailed)


def test_a_stop_without_a_job_harms_nothing(worker: subprocess.Popen[bytes], tmp_path: Path) -> None:
    answer, _ = ask(worker, CancelJob(), StartJob("check", (tmp_path / "nowhere.csv", None)))
    assert isinstance(answer, JobFailed | JobCancelled)


def test_the_log_says_what_the_worker_did_but_names_no_file(
    own_worker: subprocess.Popen[bytes], tmp_path: Path, own_state: Path
) -> None:
    ask(own_worker, StartJob("check", (tmp_path / "nowhere.csv", None)))
    said = (own_state / "logs" / "worker.log").read_text(encoding="utf-8")
    assert "check: begins" in said
    assert "check: problem " in said
    assert "nowhere" not in said


def test_messages_arrive_whole_from_any_pieces() -> None:
    messages = [CancelJob(), JobProgress(Progress(1, 2, "half")), JobFinished(list(range(1000)))]
    stream, buffer = b"".join(encode(m) for m in messages), MessageBuffer()
    got: list[Message] = []
    for start in range(0, len(stream), 7):
        got += buffer.feed(stream[start : start + 7])
    assert got == messages
