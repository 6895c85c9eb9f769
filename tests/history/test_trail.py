"""The audit trail: any entry that is changed, removed or moved is found, at its number."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from almanac import history

UNLOCK = "DROP TRIGGER trail_is_never_changed; DROP TRIGGER trail_is_never_cut;"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[history.Store]:
    with history.open_store(tmp_path / "history.db") as store:
        for n in range(5):
            with store.writing() as writer:
                writer.note("loaded", f"reading {n}", series=n)
        yield store


@pytest.mark.parametrize("change", ["DELETE FROM trail", "UPDATE trail SET subject = 'x' WHERE number = 2"])
def test_nothing_is_changed_or_removed_by_accident(change: str, store: history.Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        store.connection.execute(change)
    assert history.first_fault(store.connection) is None


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE trail SET subject = 'x' WHERE number = 3", 3),
        ("UPDATE trail SET details = '{}' WHERE number = 2", 2),
        ("UPDATE trail SET details = 'no json' WHERE number = 2", 2),
        ("UPDATE trail SET created_at = '2020-01-01' WHERE number = 1", 1),
        ("UPDATE trail SET kind = 'deleted' WHERE number = 6", 6),
        ("DELETE FROM trail WHERE number = 4", 4),
        ("DELETE FROM trail WHERE number = 6", 6),
        ("DELETE FROM trail WHERE number > 3", 4),
        ("DELETE FROM trail", 1),
        ("DELETE FROM trail WHERE number = 4; UPDATE trail SET number = number - 1 WHERE number > 4", 4),
        (
            "UPDATE trail SET number = 99 WHERE number = 3; UPDATE trail SET number = 3 WHERE number = 4;"
            "UPDATE trail SET number = 4 WHERE number = 99",
            3,
        ),
        ("INSERT INTO trail SELECT 7, created_at, kind, subject, details, hash, 'x' FROM trail WHERE number = 6", 7),
    ],
)
def test_a_change_is_found_where_it_is(change: str, number: int, store: history.Store) -> None:
    store.connection.executescript(UNLOCK + change)
    fault = history.first_fault(store.connection)
    assert fault is not None
    assert fault.number == number


def test_the_hashes_are_what_anyone_can_compute_from_an_export(store: history.Store) -> None:
    previous = ""
    for entry in store.trail:
        parts = {
            "number": entry.number,
            "created_at": entry.created_at,
            "kind": entry.kind,
            "subject": entry.subject,
            "details": dict(entry.details),
            "previous": previous,
        }
        text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(text.encode("ascii")).hexdigest()
        assert entry.hash == previous
