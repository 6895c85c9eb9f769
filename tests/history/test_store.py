"""The store: what was acknowledged is there, what cannot be opened is set aside, and what is deleted is gone."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from almanac import history
from almanac.core.problems import ProblemError
from almanac.history import opening, schema
from almanac.history.problems import problem_of

PYTHON = sys.executable
SECRET = "Confidential Bakery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history" / "history.db"


def add_run(store: history.Store, title: str = SECRET, content: bytes = b"secret figures 48151623") -> history.Run:
    project = history.Project(title, "shape")
    file = history.SourceFile(project.id, f"{title}.csv", f"/home/me/{title}.csv", "0" * 64)
    reading = history.Reading(project.id, file.id, "f", "monthly", 2, 10, "2024-01-01", "2024-05-01", {"sheet": title})
    run = history.Run(
        project.id, reading.id, title, "toy@1", "0" * 64, "cpu", "0.1", 3, 2, None, {"best": False}, {"all": 0.5}, {}
    )
    with store.writing() as writer:
        writer.add(project)
        writer.add(file)
        writer.add(reading, file=content)
        writer.add(run, forecast=content)
        writer.add(history.Adjustment(run.id, {"note": title}))
        writer.add(history.Event(project.id, {"name": title}))
        writer.add(history.Actual(run.id, reading.id, {"miss": 1.5}))
        alert = history.Alert(project.id, {"words": title}, reading.id)
        writer.add(alert)
        writer.add(history.Decision("snoozed", {"why": title}, project.id, alert.id))
        writer.note("forecast", run.id, reading=reading.id)
    return run


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


# Versions.


def store_of_version(path: Path, version: int) -> None:
    """A small history as that version wrote it: from the text of its steps, without the code that is tested."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        for step in schema.MIGRATIONS[:version]:
            connection.executescript(step)
        if version:
            connection.executescript(
                f"""PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = {version};
                INSERT INTO projects VALUES ('p1', 'Bakery', 's', '2026-01-02T03:04:05.000000+00:00', '');"""
            )
            history.trail.append(connection, "begun", "", {"version": version})
        connection.commit()


def test_a_step_that_is_released_is_never_changed() -> None:
    assert [hashlib.sha256(step.encode()).hexdigest()[:16] for step in schema.MIGRATIONS] == ["e8616c25ccf888a1"]


@pytest.mark.parametrize("version", range(schema.VERSION + 1))
def test_a_history_of_every_earlier_version_is_brought_up_to_date(version: int, path: Path) -> None:
    store_of_version(path, version)
    with history.open_store(path) as store:
        assert [one.title for one in store.all(history.Project)] == (["Bakery"] if version else [])
        add_run(store)
        assert history.first_fault(store.connection) is None
        assert store.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert store.notes == ()


def test_an_update_that_stops_half_way_leaves_the_earlier_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with history.open_store(path) as store:
        run = add_run(store)
    steps = (*schema.MIGRATIONS, "CREATE TABLE more (id TEXT) STRICT;\nCREATE TABLE more (id TEXT) STRICT;\n")
    with monkeypatch.context() as patch:
        patch.setattr(opening, "MIGRATIONS", steps)
        patch.setattr(opening, "VERSION", len(steps))
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            history.open_store(path)
    with history.open_store(path) as store:
        assert store.one(history.Run, run.id) == run
        assert store.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone() is None


def test_a_history_of_a_newer_version_is_left_exactly_as_it_is(path: Path) -> None:
    with history.open_store(path) as store:
        add_run(store)
        store.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(ProblemError) as caught:
        history.open_store(path)
    assert caught.value.problem.code == "history_is_newer"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["history.db"]


# Damage.


def cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten_in_the_middle(content: bytes) -> bytes:
    return content[:200] + random.Random(1).randbytes(len(content) - 200)


def text(_: bytes) -> bytes:
    return b"This was a shopping list.\n" * 40


def other_database(_: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE songs (title TEXT)")
    content = connection.serialize()
    connection.close()
    return content


@pytest.mark.parametrize("damage", [cut_in_half, overwritten_in_the_middle, text, other_database])
def test_a_damaged_file_is_set_aside_unchanged_and_a_new_one_begun(damage: object, path: Path) -> None:
    with history.open_store(path) as store:
        add_run(store, content=bytes(100_000))
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with history.open_store(path) as store:
        (note,) = store.notes
        assert note.code == "history_set_aside"
        add_run(store)
    (aside,) = path.parent.glob("history-damaged-*.db")
    assert aside.read_bytes() == before
    assert aside.name in note.why
    with history.open_store(path) as store:
        assert len(store.all(history.Run)) == 1
        assert store.notes == ()


def test_a_part_that_is_damaged_is_said_and_the_rest_is_shown(path: Path) -> None:
    with history.open_store(path) as store:
        run = add_run(store, content=b"these bytes were never packed")
        with pytest.raises(ProblemError) as caught:
            store.part(history.Run, run.id, "forecast", {})
        assert caught.value.problem.code == "history_part_damaged"
        assert store.one(history.Run, run.id) == run


# A disk that is full, a folder that may not be written to, another process.


IMPORTS = """
import sys
from pathlib import Path
from almanac import history
from almanac.core.problems import ProblemError
from tests.history.test_store import add_run
path = Path(sys.argv[1])
"""


def in_child(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [PYTHON, "-c", IMPORTS + textwrap.dedent(code), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_full_disk_is_said_and_loses_nothing(path: Path) -> None:
    with history.open_store(path) as store:
        kept = add_run(store, "kept")
    done = in_child(
        """
        import resource
        with history.open_store(path) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000,) * 2)
            for n in range(100):
                try:
                    add_run(store, f"run {n}", content=bytes(range(256)) * 200)
                except ProblemError as error:
                    print(error.problem.code)
                    break
                print("kept")
        """,
        path,
    )
    *acknowledged, last = done.stdout.split()
    assert last == "history_disk_full", done.stderr
    with history.open_store(path) as store:
        assert len(store.all(history.Run)) == 1 + len(acknowledged)
        assert store.one(history.Run, kept.id) == kept
        assert store.notes == ()
        assert history.first_fault(store.connection) is None


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can become someone without rights")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    done = in_child(
        """
        import os
        os.setuid(65534)
        try:
            history.open_store(path)
        except ProblemError as error:
            print(error.problem.code)
        """,
        tmp_path / "history.db",
    )
    assert done.stdout.split() == ["history_not_allowed"], done.stderr
    assert list(tmp_path.iterdir()) == []


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


KILLER = """
import os, random, signal, time, itertools
chosen = random.Random(int(sys.argv[3]))
for _ in range(int(sys.argv[2])):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with history.open_store(path) as store:
            while True:
                os.write(writing, add_run(store, content=bytes(5_000)).id.encode() + b" ")
    os.close(writing)
    known = set()
    if chosen.random() < 0.75:  # in the other rounds it may still be opening the history
        known |= set(os.read(reading, 65536).decode().split())
    time.sleep(chosen.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while text := os.read(reading, 65536):
        known |= set(text.decode().split())
    os.close(reading)
    with history.open_store(path) as store:
        kept = {run.id for run in store.all(history.Run)}
        checked = store.connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        whole = store.notes == () and checked and history.first_fault(store.connection) is None
    print(len(known), len(known - kept), int(not whole))
"""


def kill_while_writing(path: Path, rounds: int, seed: int) -> tuple[int, int, int]:
    """Kill a process that writes, so many times at random moments.

    Returns how many runs were acknowledged, how many of them are lost, and how often the history was not whole.
    """
    command = [PYTHON, "-c", IMPORTS + KILLER, str(path), str(rounds), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    lines = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(lines) == rounds
    known, lost, damaged = (sum(column) for column in zip(*lines, strict=True))
    return known, lost, damaged


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_acknowledged_survives_a_kill_at_any_moment(path: Path) -> None:
    known, *bad = kill_while_writing(path, rounds=30, seed=1)
    assert bad == [0, 0]
    assert known >= 15


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.timeout(3600)
def test_what_was_acknowledged_survives_a_thousand_kills(path: Path) -> None:
    for seed in range(10):
        assert kill_while_writing(path.with_name(f"{seed}.db"), rounds=100, seed=seed)[1:] == (0, 0)


# Deletion.


def bytes_next_to(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_what_is_deleted_comes_back_until_it_is_erased(path: Path) -> None:
    with history.open_store(path) as store:
        run = add_run(store)
        deletion = history.delete(store, (run.id,))
        assert store.all(history.Run, deleted="") == ()
        assert history.undo(store) == replace(deletion)
        assert store.one(history.Run, run.id) == run
        assert history.undo(store) is None


@pytest.mark.parametrize("whole_project", [True, False])
def test_what_is_erased_is_in_no_byte_of_any_file(whole_project: bool, path: Path) -> None:
    secret = b"secret figures 48151623"
    with history.open_store(path) as store:
        other = add_run(store, "Other Shop", b"other figures")
        run = add_run(store, content=secret * 2000)
        beside = bytes_next_to(path)
        assert secret in beside
        assert SECRET.encode() in beside
        history.delete(store, (run.project if whole_project else run.id,) * 2)
        assert history.erase(store) == 1
        left = bytes_next_to(path)
        assert secret not in left
        assert SECRET.encode() not in left
        assert store.one(history.Run, other.id) == other
        assert [entry.kind for entry in store.trail][-2:] == ["deleted", "erased"]
        assert history.first_fault(store.connection) is None
    assert SECRET.encode() not in bytes_next_to(path)


def test_bytes_that_another_process_still_reads_are_erased_the_next_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_WAIT", 0.05)
    with history.open_store(path) as store, history.open_store(path) as reader:
        run = add_run(store)
        reader.connection.execute("BEGIN")
        reader.all(history.Run)
        history.delete(store, (run.id,))
        with pytest.raises(ProblemError) as caught:
            history.erase(store)
        assert caught.value.problem.code == "history_is_busy"
        assert not history.is_empty(store)
        assert not history.can_undo(store)
        assert history.undo(store) is None
        reader.connection.execute("COMMIT")
        history.erase(store)
        assert history.is_empty(store)
        assert SECRET.encode() not in bytes_next_to(path)


def test_all_or_nothing_is_deleted(path: Path) -> None:
    with history.open_store(path) as store:
        run = add_run(store)
        with pytest.raises(ProblemError) as caught:
            history.delete(store, (run.id, "no such run"))
        assert caught.value.problem.code == "not_in_history"
        assert store.one(history.Run, run.id).deleted == ""


# Backups.


def test_a_backup_is_one_file_that_brings_everything_back(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with history.open_store(path) as store:
        run = add_run(store)
        history.backup(store, copy)
        later = add_run(store, "later")
        assert list(tmp_path.glob("backup*")) == [copy]
        aside = history.restore(store, copy)
        assert [one.id for one in store.all(history.Run)] == [run.id]
        assert [entry.kind for entry in store.trail] == ["begun", "forecast", "restored"]
    with history.open_store(aside) as before:
        assert {one.id for one in before.all(history.Run)} == {run.id, later.id}
    with history.open_store(path) as store:
        assert history.first_fault(store.connection) is None


@pytest.mark.parametrize("damage", [cut_in_half, overwritten_in_the_middle, text, other_database])
def test_what_is_no_backup_changes_nothing(damage: object, path: Path, tmp_path: Path) -> None:
    assert callable(damage)
    copy = tmp_path / "backup.db"
    with history.open_store(path) as store:
        run = add_run(store, content=bytes(100_000))
        history.backup(store, copy)
        copy.write_bytes(damage(copy.read_bytes()))
        with pytest.raises(ProblemError) as caught:
            history.restore(store, copy)
        assert caught.value.problem.code == "not_a_history"
        assert store.one(history.Run, run.id) == run


def test_a_backup_whose_trail_was_changed_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    with history.open_store(path) as store:
        run = add_run(store)
        history.backup(store, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.executescript(
                "DROP TRIGGER trail_is_never_changed; UPDATE trail SET kind = 'x' WHERE number = 2;"
            )
        with pytest.raises(ProblemError):
            history.restore(store, copy)
        assert store.one(history.Run, run.id) == run


def test_a_backup_that_cannot_be_saved_leaves_the_earlier_one(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    with history.open_store(path) as store:
        for target in (tmp_path / "missing" / "backup.db", folder):
            with pytest.raises(ProblemError) as caught:
                history.backup(store, target)
            assert caught.value.problem.code == "backup_not_saved"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.db", "history"]


def test_a_missing_backup_is_not_created(path: Path, tmp_path: Path) -> None:
    with history.open_store(path) as store, pytest.raises(ProblemError):
        history.restore(store, tmp_path / "nothing.db")
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can make a small disk")
def test_a_disk_that_is_really_full_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
    try:
        path = disk / "history" / "history.db"
        done = in_child(
            """
            for n in range(1000):
                try:
                    with history.open_store(path) as store:
                        print(add_run(store, f"run {n}", content=bytes(range(256)) * 100).id)
                except ProblemError as error:
                    print(error.problem.code)
                    break
            """,
            path,
        )
        *acknowledged, last = done.stdout.split()
        assert (last, done.returncode) == ("history_disk_full", 0), done.stderr
        assert len(acknowledged) > 5
        with history.open_store(path) as store:
            assert {run.id for run in store.all(history.Run)} == set(acknowledged)
            assert store.notes == ()
            assert history.first_fault(store.connection) is None
    finally:
        subprocess.run(["umount", str(disk)], check=True)
