"""What Almanac keeps, and where: every kind of file in the folder of settings, and what is there now.

``docs/privacy.md`` has the same table; a test compares them, and another what the program writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path


@dataclass(frozen=True)
class KeptFiles:
    """One kind: its ``pattern`` in the folder of settings, what it ``holds``, for how long, and how it is deleted."""

    pattern: str
    holds: str
    period: str
    deletion: str


_DELETE = "delete the file"
KEPT = (
    KeptFiles(
        "history/*",
        "the past values of files that were forecast, the forecasts, your changes and notes, later actual values, what "
        "you decided",
        "until you delete it; what is in the bin, one day",
        "Recent → Delete, `almanac history delete --now`, `almanac history keep nothing` for the future",
    ),
    KeptFiles(
        "corrections.json",
        "how you corrected the reading of a file, by a fingerprint of its column names",
        "the latest 200 kinds of files",
        _DELETE,
    ),
    KeptFiles(
        "events.json",
        "holidays, sales and closures you entered, by the same fingerprint",
        "the latest 200",
        _DELETE,
    ),
    KeptFiles(
        "adjustments.json",
        "changes you made to forecasts, with your notes, by the same fingerprint",
        "the latest 200",
        _DELETE,
    ),
    KeptFiles(
        "shared_summaries.json",
        "how much summaries you shared reveal, by a fingerprint of the column names",
        "the latest 200",
        _DELETE,
    ),
    KeptFiles("history.json", "whether anything is kept", "until you change it", _DELETE),
    KeptFiles("model.json", "which model you chose, when, and why if you said", "the latest 100 changes", _DELETE),
    KeptFiles(
        "graphics-card.json", "whether the graphics card gave the right numbers", "until its driver changes", _DELETE
    ),
    KeptFiles("window.ini", "size and place of the window, width of columns", "until you change it", _DELETE),
    KeptFiles("windows/*", "how a second start finds the open window", "while it is open", "closing the window"),
    KeptFiles(
        "logs/*",
        "times, steps and faults, without names, values or paths of yours",
        "three files of 1 MB for each kind of process",
        "delete the folder",
    ),
    KeptFiles(
        "unfinished/*",
        "the path of a file while it is being saved",
        "while it is being saved; after a crash, until the next start",
        "at the next start",
    ),
    KeptFiles("models/*", "models that you put there", "until you delete them", "delete the folder"),
    KeptFiles("*.set-aside", "a file of settings that could not be read", "until you delete it", _DELETE),
)
OTHER = KeptFiles("*", "files that Almanac did not write", "not known", _DELETE)


@dataclass(frozen=True)
class FoundFiles:
    """Files of one ``kind`` that are there now: how many, their bytes together, when the oldest was last changed."""

    kind: KeptFiles
    count: int
    size: int
    oldest: datetime


def find_kept(folder: Path) -> tuple[FoundFiles, ...]:
    """What is in the folder of settings now, by kind, in the order of ``KEPT``; kinds without a file are left out."""
    files: dict[KeptFiles, list[Path]] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            kind = next((one for one in KEPT if fnmatch(name, one.pattern)), OTHER)
            files.setdefault(kind, []).append(path)
    return tuple(_found(kind, files[kind]) for kind in (*KEPT, OTHER) if kind in files)


def _found(kind: KeptFiles, paths: list[Path]) -> FoundFiles:
    states = [path.stat() for path in paths]
    oldest = datetime.fromtimestamp(min(state.st_mtime for state in states)).astimezone()
    return FoundFiles(kind, len(paths), sum(state.st_size for state in states), oldest)
