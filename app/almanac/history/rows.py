"""Records as rows of their tables: a field is a column; times are ISO 8601 in UTC, mappings are JSON."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from almanac.history.records import TABLES, Record

R = TypeVar("R", bound=Record)
_JSON = {"body", "settings", "timings", "summary"}
_TIMES = {"created_at"}


def insert(connection: sqlite3.Connection, record: Record) -> None:
    """Add a record to its table."""
    names = _columns(type(record))
    values = [_plain(getattr(record, name)) for name in names]
    marks = ", ".join("?" * len(names))
    connection.execute(f"INSERT INTO {TABLES[type(record)]} ({', '.join(names)}) VALUES ({marks})", values)


def select(connection: sqlite3.Connection, kind: type[R], **equal: Any) -> tuple[R, ...]:
    """The records of one kind whose fields have these values, the latest first."""
    names = _columns(kind)
    where = " AND ".join(f"{name} = ?" for name in equal) or "1"
    query = f"SELECT {', '.join(names)} FROM {TABLES[kind]} WHERE {where} ORDER BY created_at DESC, rowid DESC"
    found = connection.execute(query, list(equal.values()))
    return tuple(kind(**{name: _value(name, value) for name, value in zip(names, row, strict=True)}) for row in found)


def update(connection: sqlite3.Connection, kind: type[Record], record_id: str, **changes: Any) -> bool:
    """Change fields of one record; whether there is such a record."""
    sets = ", ".join(f"{name} = ?" for name in changes)
    values = [_plain(value) for value in changes.values()]
    done = connection.execute(f"UPDATE {TABLES[kind]} SET {sets} WHERE id = ?", [*values, record_id])
    return done.rowcount > 0


def delete(connection: sqlite3.Connection, kind: type[Record], **equal: Any) -> None:
    """Delete the records of one kind whose fields have these values."""
    where = " AND ".join(f"{name} = ?" for name in equal)
    connection.execute(f"DELETE FROM {TABLES[kind]} WHERE {where}", list(equal.values()))


def _columns(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind)]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value


def _value(name: str, value: Any) -> Any:
    if name in _TIMES:
        return datetime.fromisoformat(value)
    return json.loads(value) if name in _JSON else value
