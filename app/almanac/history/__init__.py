"""The history: what was read and forecast, kept in one SQLite file that belongs to the person.

Every change is one transaction with an entry in the audit trail. What was acknowledged survives a crash, a kill and a
loss of power; what cannot be opened is set aside and never overwritten.
"""

from almanac.history.bin import Deletion, can_undo, delete, erase, has_expired, is_empty, undo
from almanac.history.copies import backup, restore
from almanac.history.opening import is_history
from almanac.history.packing import class_name, pack, rounded
from almanac.history.records import (
    Actual,
    Adjustment,
    Alert,
    Decision,
    Event,
    Firing,
    Project,
    Reading,
    Run,
    SourceFile,
    TriggerChoice,
)
from almanac.history.store import Store, Writer, open_store
from almanac.history.trail import TrailEntry, TrailFault, first_fault

__all__ = [
    "Actual",
    "Adjustment",
    "Alert",
    "Decision",
    "Deletion",
    "Event",
    "Firing",
    "Project",
    "Reading",
    "Run",
    "SourceFile",
    "Store",
    "TrailEntry",
    "TrailFault",
    "TriggerChoice",
    "Writer",
    "backup",
    "can_undo",
    "class_name",
    "delete",
    "erase",
    "first_fault",
    "has_expired",
    "is_empty",
    "is_history",
    "open_store",
    "pack",
    "restore",
    "rounded",
    "undo",
]
