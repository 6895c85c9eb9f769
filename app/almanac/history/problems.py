"""What can keep the history from being opened or written to, as Problems. None of them ever stops a forecast."""

from __future__ import annotations

import errno
import sqlite3

from almanac.core.problems import Problem

NEWER = Problem(
    "history_is_newer",
    "Your history was written by a newer version of Almanac.",
    "This version does not know everything in it, so it is left exactly as it is. What you do now is not kept.",
    "Use the newer version again to see your earlier work.",
)
NO_PERMISSION = Problem(
    "history_not_allowed",
    "Your history cannot be opened.",
    "This computer does not let Almanac write to the folder of the history.",
    "Allow Almanac to write there; until then your work is not kept.",
)
DISK_FULL = Problem(
    "history_disk_full",
    "This is not kept in your history.",
    "The disk is full. Everything that was kept before is still there.",
    "Free some space, then do it again.",
)
BUSY = Problem(
    "history_is_busy",
    "Another Almanac is writing to your history just now.",
    "Only one can write at a time, and it has not finished within the time this one waited.",
    "Wait until it has finished, then do it again.",
)
NOT_WORKING = Problem(
    "history_not_reachable",
    "This is not kept in your history.",
    "The disk, or the network folder, that your history is on did not do what was asked of it.",
    "Everything that was kept before is still there. Do it again when the disk can be reached.",
)
NOT_READABLE = Problem(
    "history_part_damaged",
    "This part of your history cannot be shown.",
    "What is on the disk is damaged, or was written by a version that knows more.",
    "Restore a backup, or delete this part. Everything else stays as it is.",
)
NOT_A_HISTORY = Problem(
    "not_a_history",
    "This file is not a backup of a history.",
    "It does not hold what Almanac writes into one, or it is damaged.",
    "Choose a file that Almanac saved as a backup. Your present history is unchanged.",
)
BACKUP_NOT_SAVED = Problem(
    "backup_not_saved",
    "The backup could not be saved.",
    "The folder does not exist or may not be written to, or the disk is full.",
    "Choose another folder, or free some space. Your history and earlier backups are unchanged.",
)
NOT_THERE = Problem(
    "not_in_history",
    "This is not in your history.",
    "It may have been deleted, or the id has a typing mistake.",
    "“almanac history list” shows what there is.",
)


def set_aside(name: str) -> Problem:
    """Says that a damaged history now has this name, and a new one is begun."""
    return Problem(
        "history_set_aside",
        "Your history could not be opened, so a new one was begun.",
        f"The file is damaged. It was not changed, only renamed: {name}.",
        "Restore your latest backup if you have one: almanac history restore.",
    )


def problem_of(fault: sqlite3.Error | OSError) -> Problem | None:
    """What a fault of the disk or of another program means for the person; None for a damaged file or a bug."""
    if isinstance(fault, OSError):
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return DISK_FULL if full else NO_PERMISSION
    code = getattr(fault, "sqlite_errorcode", 0)
    primary = code & 0xFF
    if code in _CANNOT_GROW or primary == sqlite3.SQLITE_FULL:
        return DISK_FULL
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BUSY
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return NO_PERMISSION
    return NOT_WORKING if primary in _DISK_FAULTS else None


_DISK_FAULTS = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_NOMEM)
# A disk that is full, or a limit on the size of files, shows as one of these when memory is shared with the file.
_CANNOT_GROW = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE)


def is_damage(fault: sqlite3.Error) -> bool:
    """Whether the file itself is damaged, or no database at all."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
