"""Deleted work comes back until it is erased, and then no byte of it is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.history.builders import SECRET, add_run

from almanac import history
from almanac.core.problems import ProblemError
from almanac.history import opening


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
