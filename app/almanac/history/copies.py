"""One file with the whole history: backed up to, and restored from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from almanac.core.problems import ProblemError
from almanac.core.system.unfinished import temporary_file
from almanac.history import trail
from almanac.history.opening import migrate, open_copy, unused_name
from almanac.history.problems import BACKUP_NOT_SAVED, NOT_A_HISTORY
from almanac.history.store import Store


def backup(store: Store, path: Path) -> None:
    """Write the whole history to ``path`` as one file, while others may go on writing.

    Raises ``ProblemError`` when it cannot be saved; an earlier file stays as it was.
    """
    try:
        with temporary_file(path) as new:
            with closing(sqlite3.connect(new)) as target:
                target.execute("PRAGMA journal_mode = MEMORY")  # no second file next to it, that a kill would leave
                store.connection.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            new.replace(path)
    except (sqlite3.Error, OSError) as fault:
        raise ProblemError(BACKUP_NOT_SAVED) from fault


def restore(store: Store, path: Path) -> Path:
    """Take the history from a backup; the present one is kept next to it under the name that is returned.

    Raises ``ProblemError``, with nothing changed, when the file is no backup, is damaged, or is of a newer version.
    """
    with closing(open_copy(path)) as source:
        if trail.first_fault(source) is not None:
            raise ProblemError(NOT_A_HISTORY)
        aside = unused_name(store.path, "before-restore")
        backup(store, aside)
        source.backup(store.connection)
    store.connection.execute("PRAGMA journal_mode = WAL")
    migrate(store.connection)
    with store.writing() as writer:
        writer.note("restored", "")
    return aside
