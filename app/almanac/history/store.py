"""The store: records, their contents and the audit trail, read at any time and written in whole transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from almanac.core.problems import Problem, ProblemError
from almanac.history import rows
from almanac.history.opening import open_database
from almanac.history.packing import UnreadableError, unpack
from almanac.history.problems import NOT_READABLE, NOT_THERE, is_damage, problem_of
from almanac.history.records import Reading, Record, Run
from almanac.history.trail import TrailEntry, TrailKind, append, entries

R = TypeVar("R", bound=Record)
_PARTS: Mapping[type[Any], str] = {Reading: "reading_parts", Run: "run_parts"}


class Writer:
    """What can be done within one transaction: all of it is kept, or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, record: Record, **parts: bytes) -> None:
        """Keep a record, and what belongs to a reading or a run as packed ``parts``."""
        rows.insert(self._connection, record)
        for part, content in parts.items():
            table = _PARTS[type(record)]
            self._connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", (record.id, part, content))

    def change(self, kind: type[Record], record_id: str, **changes: Any) -> None:
        """Change fields of a record. Raises ``ProblemError`` when there is none."""
        if not rows.update(self._connection, kind, record_id, **changes):
            raise ProblemError(NOT_THERE)

    def remove(self, kind: type[Record], **equal: Any) -> None:
        """Remove the records of one kind whose fields have these values, for good."""
        rows.delete(self._connection, kind, **equal)

    def note(self, kind: TrailKind, subject: str, **details: Any) -> None:
        """Add an entry to the audit trail: ids, codes and counts, never a name or a value of the person's."""
        append(self._connection, kind, subject, details)


@dataclass(frozen=True, eq=False)
class Store:
    """An open history. ``notes``: what the person should know about how it was opened."""

    path: Path
    connection: sqlite3.Connection
    notes: tuple[Problem, ...] = ()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self.connection.close()
        if isinstance(fault, sqlite3.Error):
            problem = NOT_READABLE if is_damage(fault) else problem_of(fault)
            if problem is not None:
                raise ProblemError(problem) from fault

    @contextmanager
    def writing(self) -> Generator[Writer]:
        """One transaction, on the disk when the block ends. Raises ``ProblemError`` when it cannot be written."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield Writer(connection)
            connection.execute("COMMIT")
        except BaseException as fault:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            problem = problem_of(fault) if isinstance(fault, sqlite3.Error) else None
            if problem is not None:
                raise ProblemError(problem) from fault
            raise

    def all(self, kind: type[R], **equal: Any) -> tuple[R, ...]:
        """The records of one kind whose fields have these values, the latest first."""
        return rows.select(self.connection, kind, **equal)

    def one(self, kind: type[R], record_id: str) -> R:
        """The record with this id. Raises ``ProblemError`` when there is none."""
        found = self.all(kind, id=record_id)
        if not found:
            raise ProblemError(NOT_THERE)
        return found[0]

    def part(self, kind: type[Record], record_id: str, part: str, classes: Mapping[str, type[Any]]) -> Any:
        """A part of a reading or a run, made of these classes. Raises ``ProblemError`` when it cannot be read."""
        query = f"SELECT content FROM {_PARTS[kind]} WHERE owner = ? AND part = ?"
        row = self.connection.execute(query, (record_id, part)).fetchone()
        if row is None:
            raise ProblemError(NOT_THERE)
        try:
            return unpack(row[0], classes)
        except UnreadableError as fault:
            raise ProblemError(NOT_READABLE) from fault

    @property
    def trail(self) -> Iterator[TrailEntry]:
        """The audit trail, the oldest entry first."""
        return entries(self.connection)


def open_store(path: Path) -> Store:
    """The history at ``path``, created when there is none.

    Raises ``ProblemError`` when it is newer than this version, may not be written to, or the disk is full.
    """
    connection, notes = open_database(path)
    return Store(path, connection, notes)
