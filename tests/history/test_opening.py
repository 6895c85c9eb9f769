"""Opening the history: earlier and later versions, damage, a full disk, a folder without rights."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from tests.history.builders import add_run, cut_in_half, in_child, other_database, overwritten_in_the_middle, text

from almanac import history
from almanac.core.problems import ProblemError
from almanac.history import opening, schema


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
    steps = [hashlib.sha256(step.encode()).hexdigest()[:16] for step in schema.MIGRATIONS]
    assert steps == [
        "e8616c25ccf888a1",
        "d2800cd09069e8ad",
    ]


@pytest.mark.parametrize("version", range(schema.VERSION + 1))
def test_a_history_of_every_earlier_version_is_brought_up_to_date(version: int, path: Path) -> None:
    store_of_version(path, version)
    with history.open_store(path) as store:
        assert [one.title for one in store.all(history.Project)] == (["Bakery"] if version else [])
        add_run(store)
        assert history.first_fault(store.connection) is None
        assert store.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert store.notes == ()


def test_alerts_of_the_first_version_can_have_firings_of_the_second(path: Path) -> None:
    store_of_version(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        values = ("a1", "p1", None, "snoozed", "655", "{}", "2026-01-02T03:04:05.000000+00:00")
        connection.execute("INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.commit()
    with history.open_store(path) as store, store.writing() as writer:
        writer.add(history.Firing("p1", {"trigger": "forecast_again"}, "a1"))
        writer.add(history.TriggerChoice("p1", {"per_year": 0.25}))
    with history.open_store(path) as store:
        assert [one.alert for one in store.all(history.Firing, project="p1")] == ["a1"]
        assert [one.body["per_year"] for one in store.all(history.TriggerChoice)] == [0.25]
        assert (store.one(history.Alert, "a1").state, store.one(history.Alert, "a1").until) == ("snoozed", "655")


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


def test_a_file_that_is_no_database_is_not_left_open(path: Path) -> None:
    """Windows lets nobody set aside a file that is open."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        opening._connect(path, "rw")
    assert caught.tb is not None, "what is raised keeps every object of the function"
    assert str(path) not in {file.path for file in psutil.Process().open_files()}


def test_a_part_that_is_damaged_is_said_and_the_rest_is_shown(path: Path) -> None:
    with history.open_store(path) as store:
        run = add_run(store, content=b"these bytes were never packed")
        with pytest.raises(ProblemError) as caught:
            store.part(history.Run, run.id, "forecast", {})
        assert caught.value.problem.code == "history_part_damaged"
        assert store.one(history.Run, run.id) == run


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
