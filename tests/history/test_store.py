"""The store: what was written is there as it was, for everyone who may read it."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from tests.history.builders import SECRET, add_run

from almanac import history
from almanac.core.problems import ProblemError
from almanac.history import opening
from almanac.history.problems import problem_of


def test_every_record_comes_back_as_it_was(path: Path) -> None:
    with history.open_store(path) as store:
        run = add_run(store)
    with history.open_store(path) as store:
        assert store.one(history.Run, run.id) == run
        for kind in (history.Project, history.SourceFile, history.Reading, history.Adjustment, history.Event):
            assert len(store.all(kind)) == 1
        assert store.all(history.Actual)[0].body == {"miss": 1.5}
        assert store.all(history.Alert, state="open")[0].body == {"words": SECRET}
        assert store.all(history.Decision)[0].kind == "snoozed"
        assert [entry.kind for entry in store.trail] == ["begun", "forecast"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_only_the_person_can_read_it(path: Path) -> None:
    with history.open_store(path) as store:
        add_run(store)
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def _write_and_stop(writer: history.Writer) -> None:
    writer.add(history.Project("a", "b"))
    writer.note("loaded", "x")
    raise ZeroDivisionError


def test_a_transaction_that_stops_leaves_nothing(path: Path) -> None:
    with history.open_store(path) as store:
        with pytest.raises(ZeroDivisionError), store.writing() as writer:
            _write_and_stop(writer)
        assert store.all(history.Project) == ()
        assert [entry.kind for entry in store.trail] == ["begun"]


def test_two_that_write_at_once_both_keep_everything(path: Path) -> None:
    with history.open_store(path):
        pass

    def write() -> None:
        with history.open_store(path) as store:
            for _ in range(10):
                add_run(store)

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with history.open_store(path) as store:
        assert len(store.all(history.Run)) == 20
        assert history.first_fault(store.connection) is None


def test_who_waits_too_long_for_another_is_answered_and_can_still_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_WAIT", 0.05)
    with history.open_store(path) as first, history.open_store(path) as second:
        run = add_run(first)
        with first.writing():
            with pytest.raises(ProblemError) as caught:
                add_run(second)
            assert caught.value.problem.code == "history_is_busy"
            assert second.one(history.Run, run.id) == run


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_FULL, "history_disk_full"),
        (sqlite3.SQLITE_IOERR_WRITE, "history_disk_full"),
        (sqlite3.SQLITE_IOERR_FSYNC, "history_not_reachable"),
        (sqlite3.SQLITE_PROTOCOL, "history_not_reachable"),  # a network folder without locks
        (sqlite3.SQLITE_READONLY_DIRECTORY, "history_not_allowed"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "history_is_busy"),
        (sqlite3.SQLITE_CORRUPT, None),
        (sqlite3.SQLITE_CONSTRAINT, None),
    ],
)
def test_every_fault_of_a_disk_has_a_sentence(code: int, expected: str | None) -> None:
    fault = sqlite3.OperationalError()
    fault.sqlite_errorcode = code
    problem = problem_of(fault)
    assert (problem and problem.code) == expected
