"""Deletion: first into the bin, from where it comes back; then erased, so that no byte of it is left in the files."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from almanac.core.problems import ProblemError
from almanac.history.problems import BUSY, NOT_THERE
from almanac.history.records import Project, Run, new_id, now
from almanac.history.store import Store

MAX_AGE = timedelta(days=1)  # of what is in the bin, when the program ended before it could be emptied


# Erased ones stay until their bytes are gone as well.
_UNDOABLE = """SELECT id FROM deletions WHERE id IN (SELECT deleted FROM projects UNION SELECT deleted FROM runs)"""


@dataclass(frozen=True)
class Deletion:
    """What was deleted at once: so many projects, and so many runs that were deleted on their own."""

    id: str
    projects: int
    runs: int


def delete(store: Store, ids: tuple[str, ...]) -> Deletion:
    """Put projects and runs into the bin. Raises ``ProblemError`` when one of them is not there; then none is."""
    deletion = new_id()
    projects = runs = 0
    with store.writing() as writer:
        for one in dict.fromkeys(ids):
            if store.all(Project, id=one, deleted=""):
                writer.change(Project, one, deleted=deletion)
                projects += 1
            elif store.all(Run, id=one, deleted=""):
                writer.change(Run, one, deleted=deletion)
                runs += 1
            else:
                raise ProblemError(NOT_THERE)
        moment = now().isoformat(timespec="microseconds")
        store.connection.execute("INSERT INTO deletions VALUES (?, ?)", (deletion, moment))
        writer.note("deleted", deletion, projects=projects, runs=runs)
    return Deletion(deletion, projects, runs)


def undo(store: Store) -> Deletion | None:
    """Bring back what was deleted last, as long as it is in the bin; None when nothing is."""
    with store.writing() as writer:
        row = store.connection.execute(f"{_UNDOABLE} ORDER BY created_at DESC, rowid DESC").fetchone()
        if row is None:
            return None
        counts = [
            store.connection.execute(f"UPDATE {table} SET deleted = '' WHERE deleted = ?", row).rowcount
            for table in ("projects", "runs")
        ]
        store.connection.execute("DELETE FROM deletions WHERE id = ?", row)
        writer.note("brought_back", row[0], projects=counts[0], runs=counts[1])
    return Deletion(row[0], *counts)


def can_undo(store: Store) -> bool:
    """Whether something can be brought back."""
    return store.connection.execute(_UNDOABLE).fetchone() is not None


def has_expired(store: Store) -> bool:
    """Whether something is in the bin for longer than ``MAX_AGE``."""
    limit = (now() - MAX_AGE).isoformat(timespec="microseconds")
    return store.connection.execute("SELECT 1 FROM deletions WHERE created_at < ?", (limit,)).fetchone() is not None


def is_empty(store: Store) -> bool:
    """Whether nothing is in the bin, and no byte of what was is left."""
    return store.connection.execute("SELECT 1 FROM deletions").fetchone() is None


def erase(store: Store) -> int:
    """Erase what is in the bin from the files of the history; how many deletions that were.

    Raises ``ProblemError`` when another process reads the history for so long that the bytes cannot be removed; the
    records are gone by then, and the next call removes the bytes.
    """
    connection = store.connection
    with store.writing() as writer:
        ids = [row[0] for row in connection.execute("SELECT id FROM deletions")]
        emptied = connection.execute("SELECT DISTINCT project, reading FROM runs WHERE deleted != ''").fetchall()
        for table in ("projects", "runs"):
            connection.execute(f"DELETE FROM {table} WHERE deleted != ''")
        for project, reading in emptied:
            _erase_unused(connection, project, reading)
        for one in ids:
            writer.note("erased", one)
    _remove_bytes(connection)
    with store.writing():
        connection.executemany("DELETE FROM deletions WHERE id = ?", [(one,) for one in ids])
    return len(ids)


def _erase_unused(connection: sqlite3.Connection, project: str, reading: str) -> None:
    """Erase a reading that nothing is made of any more, its file, and a project without readings."""
    used = "SELECT reading FROM runs UNION SELECT reading FROM actuals"
    connection.execute(f"DELETE FROM readings WHERE id = ? AND id NOT IN ({used})", (reading,))
    for table, needed in (("files", "SELECT file FROM readings"), ("projects", "SELECT project FROM readings")):
        column = "project" if table == "files" else "id"
        connection.execute(f"DELETE FROM {table} WHERE {column} = ? AND id NOT IN ({needed})", (project,))


def _remove_bytes(connection: sqlite3.Connection) -> None:
    """Write the file again from scratch without free pages, and empty the journal, which still holds the old ones."""
    connection.execute("VACUUM")
    blocked, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if blocked:
        raise ProblemError(BUSY)
