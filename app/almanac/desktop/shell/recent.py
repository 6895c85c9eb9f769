"""The folder that was used last, where a dialog for files begins."""

from __future__ import annotations

from pathlib import Path

from almanac.core.system import paths


def _store() -> Path:
    return paths.state() / "folder.txt"


def folder() -> Path:
    """Return the folder of the latest file, or the person's home folder where that is not known or gone."""
    try:
        latest = Path(_store().read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never a reason not to start
        return Path.home()
    return latest if latest.is_dir() else Path.home()


def remember(path: Path) -> None:
    """Begin in the folder of this file from now on, unless it is a sample; a full or locked disk is no matter."""
    if paths.resources() in path.parents:
        return
    try:
        _store().parent.mkdir(parents=True, exist_ok=True)
        _store().write_text(str(path.parent), encoding="utf-8")
    except OSError:
        return
