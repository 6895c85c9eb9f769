"""The audit trail: an entry for everything that happened, each with the hash of the one before.

It holds random ids, codes and counts, and no name and no value, so that it may stay when what it is about is deleted.
Whoever changes, removes or reorders an entry breaks the chain there. A chain alone cannot show that someone replaced
all of it: for that, note the hash of its end elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from almanac.history.records import now

TrailKind = Literal[
    "loaded",
    "changed",
    "forecast",
    "adjusted",
    "exported",
    "deleted",
    "brought_back",
    "erased",
    "alert",
    "decision",
    "firing",
    "switched",
    "restored",
    "begun",
]


@dataclass(frozen=True)
class TrailEntry:
    """Number ``number`` from 1; ``subject``: the id of what it is about; ``previous``: the hash of the entry before."""

    number: int
    created_at: str
    kind: str
    subject: str
    details: Mapping[str, Any]
    previous: str
    hash: str

    @property
    def computed_hash(self) -> str:
        """SHA-256 over everything else in the entry, as canonical JSON."""
        parts = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(canonical(parts).encode()).hexdigest()


@dataclass(frozen=True)
class TrailFault:
    """The first entry, by its number, that is not as it was written, and in what way."""

    number: int
    why: str


def canonical(value: Any) -> str:
    """JSON that is the same for the same content: keys in order, no spaces, only ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def append(connection: sqlite3.Connection, kind: TrailKind, subject: str, details: Mapping[str, Any]) -> None:
    """Add an entry, in the transaction that is open."""
    number, previous = connection.execute("SELECT number, hash FROM trail_end").fetchone()
    moment = now().isoformat(timespec="microseconds")
    entry = TrailEntry(number + 1, moment, kind, subject, dict(details), previous, "")
    found = entry.computed_hash
    row = (entry.number, moment, kind, subject, canonical(entry.details), previous, found)
    connection.execute("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("UPDATE trail_end SET number = ?, hash = ?", (entry.number, found))


def entries(connection: sqlite3.Connection) -> Iterator[TrailEntry]:
    """All entries, the oldest first."""
    query = "SELECT number, created_at, kind, subject, details, previous, hash FROM trail ORDER BY number"
    for number, created_at, kind, subject, details, previous, found in connection.execute(query):
        yield TrailEntry(number, created_at, kind, subject, _details(details), previous, found)


def _details(text: str) -> Any:
    """The details of an entry; a text that is no JSON as it is, so that its hash shows the change."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def end(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last entry that was written; 0 and an empty text when there is none."""
    row: tuple[int, str] = connection.execute("SELECT number, hash FROM trail_end").fetchone()
    return row


def first_fault(connection: sqlite3.Connection) -> TrailFault | None:
    """The first entry that was changed, removed or moved since it was written; None when there is none."""
    number, previous = 0, ""
    for entry in entries(connection):
        number += 1
        if entry.number != number:
            return TrailFault(number, "It was removed.")
        if entry.previous != previous:
            return TrailFault(number, "It does not follow the one before: one was moved, removed or replaced.")
        if entry.hash != entry.computed_hash:
            return TrailFault(number, "It was changed after it was written.")
        previous = entry.hash
    last = end(connection)
    if last == (number, previous):
        return None
    why = "It was removed." if last[0] > number else "It was added or changed by something other than Almanac."
    return TrailFault(min(number + 1, last[0]) if last[0] > number else number, why)
