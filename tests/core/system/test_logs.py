"""The log: what it holds, and above all what it does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from almanac import __version__
from almanac.core.jobs import Job, Progress, run
from almanac.core.problems import ProblemError, stop_with
from almanac.core.system import logs


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    logs.stop()


def text_of(role: str) -> str:
    return (logs.folder() / f"{role}.log").read_text(encoding="utf-8")


def test_without_a_start_nothing_is_written() -> None:
    with logs.job("forecast"):
        logs.step(Progress(1, 2, "half"))
    logs.failure(ValueError("bad"))
    assert not logs.folder().exists()
    assert logs.recent() == ""


def test_versions_jobs_and_steps_are_written_but_no_texts_of_steps() -> None:
    assert logs.start("window") == logs.folder() / "window.log"
    with logs.job("forecast"):
        logs.step(Progress(3, 7, "Reading Quittenbrot.xlsx"))
    logs.event("the worker died")
    text = text_of("window")
    assert f"Almanac {__version__}, Python {sys.version.split()[0]}" in text
    assert "forecast: begins" in text
    assert "step 3 of 7" in text
    assert "the worker died" in text
    assert "forecast: done in " in text
    assert "Quittenbrot" not in text


def test_steps_in_quick_succession_are_written_for_debugging_only() -> None:
    for role, debug, count in (("window", False, 1), ("worker", True, 5)):
        logs.start(role, debug=debug)
        for k in range(5):
            logs.step(Progress(k, 5, ""))
        assert text_of(role).count("step ") == count


def failing(message: str, cause: Exception) -> None:
    try:
        raise cause
    except Exception as error:
        raise RuntimeError(message) from error


def test_an_exception_is_described_by_types_and_positions_without_messages(tmp_path: Path) -> None:
    logs.start("worker")
    reason = FileNotFoundError(2, "No such file", str(tmp_path / "Quittenbrot.csv"))
    with pytest.raises(RuntimeError), logs.job("check"):
        failing("Quittenbrot is 48151.62", reason)
    text = text_of("worker")
    assert "check: failed after" in text
    assert "RuntimeError\n" in text
    assert "in failing" in text
    assert "caused by FileNotFoundError 2 (No such file or directory)" in text
    for secret in ("Quittenbrot", "48151", str(tmp_path), str(Path(__file__).parent)):
        assert secret not in text


def test_positions_in_the_code_hold_no_folder_of_the_person() -> None:
    def work() -> Job[None]:
        yield Progress(0, 0, "")
        raise stop_with("no_dates", "Quittenbrot has no dates.", "", "")

    with pytest.raises(ProblemError) as stop:
        run(work())
    text = logs.describe(stop.value)
    assert "almanac/core/jobs.py:" in text
    assert "ProblemError no_dates" in text
    assert "Quittenbrot" not in text
    assert str(Path(__file__).parents[3]) not in text


def test_a_problem_is_described_by_its_code_and_a_stop_as_such() -> None:
    logs.start("worker")
    with pytest.raises(ProblemError), logs.job("check"):
        raise stop_with("no_dates", "Quittenbrot has no dates.", "", "")
    with pytest.raises(KeyboardInterrupt), logs.job("forecast"):
        raise KeyboardInterrupt
    text = text_of("worker")
    assert "check: problem no_dates after" in text
    assert "forecast: stopped after" in text
    assert "Quittenbrot" not in text


def test_old_lines_are_dropped_when_the_log_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2_000)
    logs.start("worker", debug=True)
    for k in range(200):
        logs.step(Progress(k, 200, ""))
    names = sorted(path.name for path in logs.folder().iterdir())
    assert names == ["worker.log", "worker.log.1", "worker.log.2"]
    assert sum(path.stat().st_size for path in logs.folder().iterdir()) < 3 * 2_000
    assert "step 199 of 200" in text_of("worker")


def test_the_latest_lines_of_every_process_can_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_RECENT", 200)
    for role in ("window", "worker"):
        logs.start(role, debug=True)
        for k in range(50):
            logs.step(Progress(k, 50, ""))
    copied = logs.recent()
    assert copied.startswith("window.log\n")
    assert copied.count("step 49 of 50") == 2
    assert len(copied) < 500


def test_work_goes_on_where_no_log_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    monkeypatch.setenv("ALMANAC_STATE", str(tmp_path / "state"))
    assert logs.start("worker") is None
    with logs.job("check"):
        logs.step(Progress(0, 1, ""))
