"""Use cases that change the history: rename, delete, undo, back up, restore, verify, export of the audit trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.jobs import Job, Progress, run
from almanac.core.problems import ProblemError, stop_with
from almanac.workflow.history.access import choose_keeping, keeps_history, open_history, there_is_a_history
from almanac.workflow.history.keep import digest_of

if TYPE_CHECKING:
    from almanac.history import Deletion, Store

MAX_ENTRY = 100_000  # characters of an entry of the audit trail that are looked at


@dataclass(frozen=True)
class Verification:
    """What a check of the whole history found: ``entries`` of the audit trail and ``runs`` that were checked.

    ``entry``: the number of the first entry that is not as it was written, None when all are, and ``why``;
    ``changed_runs``: ids of runs whose content is not what the audit trail says; ``damage``: what is wrong with the
    file, empty when nothing is; ``end``: the hash of the last entry.
    """

    entries: int
    runs: int
    end: str
    entry: int | None = None
    why: str = ""
    changed_runs: tuple[str, ...] = ()
    damage: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was written."""
        return self.entry is None and not self.changed_runs and not self.damage


def history_rename(record: str, title: str) -> Job[None]:
    """Give a project or a run another title. Raises ``ProblemError`` when it is not there, or the title is empty."""
    from almanac import history

    yield Progress(0, 0, "Renaming")
    if not title.strip():
        raise stop_with("no_title", "This has no name.", "A name has at least one letter.", "Type a name.")
    with open_history() as store, store.writing() as writer:
        kind = history.Project if store.all(history.Project, id=record) else history.Run
        writer.change(kind, record, title=title.strip())


def history_delete(ids: tuple[str, ...], now: bool = False) -> Job[Deletion]:
    """Delete projects and runs: they come back by ``history_undo`` until the bin is emptied, unless ``now``.

    Raises ``ProblemError`` when one of them is not there; then nothing is deleted.
    """
    from almanac import history

    yield Progress(0, 0, "Deleting")
    with open_history() as store:
        deletion = history.delete(store, ids)
        if now:
            history.erase(store)
    return deletion


def history_undo() -> Job[Deletion | None]:
    """Bring back what was deleted last; None when nothing is left in the bin."""
    from almanac import history

    yield Progress(0, 0, "Bringing it back")
    with open_history() as store:
        return history.undo(store)


def history_empty_bin() -> Job[int]:
    """Erase what was deleted from the disk; how many deletions that were."""
    from almanac import history

    yield Progress(0, 0, "Emptying the bin")
    if not there_is_a_history():
        return 0
    with open_history() as store:
        return 0 if history.is_empty(store) else history.erase(store)


def erase_deleted() -> None:
    """Empty the bin when the program ends; where that is not possible, the history does so when a day has passed."""
    with suppress(ProblemError):
        run(history_empty_bin())


def history_keep(keep: bool) -> Job[bool]:
    """Keep what is read and forecast from now on, or nothing; what it is now."""
    yield Progress(0, 0, "Saving your choice")
    choose_keeping(keep)
    return keeps_history()


def history_backup(path: Path) -> Job[Path]:
    """Save the whole history as one file. Raises ``ProblemError`` when it cannot be saved."""
    from almanac import history

    yield Progress(0, 0, f"Saving {path.name}")
    with open_history() as store:
        _refuse_itself(store, path)
        _refuse_to_replace(path, history.is_history)
        history.backup(store, path)
    return path


def history_restore(path: Path) -> Job[Path]:
    """Take the history from a backup; returns where the present one was put.

    Raises ``ProblemError``, with nothing changed, when the file is no backup.
    """
    from almanac import history

    yield Progress(0, 0, f"Checking {path.name}")
    if not path.is_file():
        raise stop_with("no_backup", f"“{path.name}” was not found.", "There is no such file.", "Name another file.")
    with open_history() as store:
        _refuse_itself(store, path)
        return history.restore(store, path)


def history_verify() -> Job[Verification]:
    """Check the file, the chain of the audit trail, and that each run is what was forecast."""
    from almanac import history

    yield Progress(0, 0, "Checking your history")
    with open_history() as store:
        faults = [text for (text,) in store.connection.execute("PRAGMA integrity_check(1)") if text != "ok"]
        fault = history.first_fault(store.connection)
        entries = list(store.trail)
        digests = {one.subject: one.details["digest"] for one in entries if "digest" in one.details}
        runs = store.all(history.Run)
        changed = [
            one.id for one in runs if one.id in digests and digest_of(one.id, _parts(store, one.id)) != digests[one.id]
        ]
    found = Verification(len(entries), len(runs), entries[-1].hash if entries else "", changed_runs=tuple(changed))
    if fault is not None:
        found = Verification(found.entries, found.runs, found.end, fault.number, fault.why, found.changed_runs)
    return found if not faults else Verification(**{**asdict(found), "damage": faults[0]})


def history_export(path: Path) -> Job[Path]:
    """Save the audit trail as JSON lines, the oldest entry first. Raises ``ProblemError`` when it cannot be saved."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    _refuse_to_replace(path, _is_export)
    with open_history() as store:
        lines = [json.dumps(asdict(entry), ensure_ascii=False) for entry in store.trail]
    return exports.save_bytes(path, ("\n".join(lines) + "\n").encode(), ())


def _parts(store: Store, owner: str) -> Mapping[str, bytes]:
    return dict(store.connection.execute("SELECT part, content FROM run_parts WHERE owner = ?", (owner,)))


def _is_export(path: Path) -> bool:
    """Whether a file is an audit trail that was saved before."""
    try:
        with path.open(encoding="utf-8") as file:
            entry = json.loads(file.readline(MAX_ENTRY))
    except (OSError, ValueError):
        return False
    return isinstance(entry, dict) and {"number", "previous", "hash"} <= entry.keys()


def _refuse_to_replace(path: Path, is_own: Callable[[Path], bool]) -> None:
    """Raises ``ProblemError`` where another file than one of the same kind would be replaced."""
    if path.exists() and not is_own(path):
        raise stop_with(
            "other_file_there",
            f"“{path.name}” was not saved: another file of this name is there.",
            "It is not one that Almanac saved from your history, and it would be lost.",
            "Choose another name or folder. Your file is unchanged.",
        )


def _refuse_itself(store: Store, path: Path) -> None:
    if path.absolute().parent == store.path.absolute().parent and path.name.startswith(store.path.name):
        raise stop_with(
            "same_file",
            "This is the history itself.",
            "A backup next to it under its own name would replace it.",
            "Choose another name or folder.",
        )
