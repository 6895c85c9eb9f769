"""Backups: everything in one file, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.history.builders import add_run, cut_in_half, other_database, overwritten_in_the_middle, text

from almanac import history
from almanac.core.problems import ProblemError


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
