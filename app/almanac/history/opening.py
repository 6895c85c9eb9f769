"""Opens the history: creates it, brings an older one up to date, and sets a damaged one aside without changing it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from almanac.core.problems import Problem, ProblemError
from almanac.core.system.locks import hold
from almanac.history import trail
from almanac.history.problems import NEWER, NOT_A_HISTORY, is_damage, problem_of, set_aside
from almanac.history.records import TABLES, now
from almanac.history.schema import APPLICATION_ID, MIGRATIONS, VERSION

_APPLICATION_ID_AT = 68  # bytes from the beginning of the file, by SQLite's format (1.3.16)

MAX_WAIT = 10.0  # seconds for another process that writes; chosen by judgement, a deletion of gigabytes takes longer
COMPANIONS = ("-wal", "-shm", "-journal")  # files that SQLite keeps next to a database


class DamagedError(Exception):
    """The file is no history, or a damaged one."""


def open_database(path: Path) -> tuple[sqlite3.Connection, tuple[Problem, ...]]:
    """The history at ``path``, created when there is none, and what the person should know about its opening.

    Raises ``ProblemError`` when it is newer than this version, may not be written to, or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_private(path)
        try:
            return _open_current(path), ()
        except DamagedError:
            with _only_one(path.with_suffix(".lock")):
                return _begin_again(path)
    except (sqlite3.Error, OSError) as fault:
        problem = problem_of(fault)
        if problem is None:
            raise
        raise ProblemError(problem) from fault


def is_history(path: Path) -> bool:
    """Whether a file is a history or a backup of one, whatever its state."""
    try:
        with path.open("rb") as file:
            head = file.read(_APPLICATION_ID_AT + 4)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[_APPLICATION_ID_AT:] == APPLICATION_ID.to_bytes(4)


def open_copy(path: Path) -> sqlite3.Connection:
    """A backup at ``path``, to read. Raises ``ProblemError`` when it is none, is damaged, or is of a newer version."""
    try:
        if not path.is_file():
            raise DamagedError
        connection = _connect(path, "ro")
        try:
            version = _require_history(connection)
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise DamagedError
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, DamagedError) as fault:
        raise ProblemError(NOT_A_HISTORY) from fault
    if version > VERSION:
        connection.close()
        raise ProblemError(NEWER)
    return connection


def _open_current(path: Path) -> sqlite3.Connection:
    """Raises ``DamagedError`` when the file is no history."""
    connection = None
    try:
        connection = _connect(path, "rwc")
        is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        version = 0 if is_new else _require_history(connection)
        if version > VERSION:
            raise ProblemError(NEWER)
        connection.execute("PRAGMA journal_mode = WAL")
        if version < VERSION:
            migrate(connection)
        _require_whole(connection)
        return connection
    except BaseException as fault:
        if connection is not None:
            connection.close()
        if isinstance(fault, sqlite3.Error) and is_damage(fault):
            raise DamagedError from fault
        raise


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, timeout=MAX_WAIT, isolation_level=None, uri=True)
    settings = (
        "secure_delete = ON",  # what is deleted is overwritten
        "foreign_keys = ON",
        "synchronous = FULL",  # what was acknowledged survives a loss of power
        "fullfsync = ON",  # the same on macOS
        "temp_store = MEMORY",  # nothing of the history in the folder for temporary files
        "trusted_schema = OFF",  # a backup may come from someone else
    )
    try:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()  # Windows lets nobody set aside a file that is open
        raise
    return connection


def _require_history(connection: sqlite3.Connection) -> int:
    """The version of a history. Raises ``DamagedError`` for any other file."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise DamagedError
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a history up to date, all steps or none of them. Another process may have done so in the meantime."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in MIGRATIONS[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        if version < VERSION:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        if version == 0:
            trail.append(connection, "begun", "", {"version": VERSION})
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; those of a trigger hold semicolons themselves."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _require_whole(connection: sqlite3.Connection) -> None:
    """Raises ``DamagedError`` when what every history has is missing; takes the same time for any size."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not set(TABLES.values()) <= found:
        raise DamagedError
    for table in TABLES.values():
        connection.execute(f"SELECT id FROM {table} LIMIT 1").fetchone()
    last = connection.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
    if last is None or connection.execute("SELECT 1 FROM trail_end").fetchone() is None:
        raise DamagedError
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    wal = Path(f"{file}-wal")
    if not (wal.exists() and wal.stat().st_size) and file.stat().st_size < pages * size:
        raise DamagedError  # cut short


def _begin_again(path: Path) -> tuple[sqlite3.Connection, tuple[Problem, ...]]:
    with suppress(DamagedError):  # another process has set it aside by now
        return _open_current(path), ()
    aside = unused_name(path, "damaged")
    for companion in COMPANIONS:
        with suppress(FileNotFoundError):
            Path(f"{path}{companion}").replace(f"{aside}{companion}")
    path.replace(aside)
    _make_private(path)
    return _open_current(path), (set_aside(aside.name),)


def unused_name(path: Path, word: str) -> Path:
    """A name next to ``path`` that says what it is and when it was made, and that no other file has."""
    moment = now().strftime("%Y-%m-%d-%H%M%S")
    more = ("", *(f"-{n}" for n in range(2, 100)))
    names = (path.with_name(f"{path.stem}-{word}-{moment}{number}{path.suffix}") for number in more)
    return next(name for name in names if not name.exists())


def _make_private(path: Path) -> None:
    """Only the person may look into the folder, and into the file."""
    if path.exists():
        return
    with suppress(PermissionError):
        path.parent.chmod(0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def _only_one(path: Path) -> Generator[None]:
    """Wait until no other process is between these lines."""
    with path.open("a+b") as file:
        hold(file.fileno())
        yield
