"""The files opened lately, kept in a small file among the person's settings."""

from __future__ import annotations

import json
from pathlib import Path

from almanac.core import paths

MAX_FILES = 5


def _store() -> Path:
    return paths.state() / "recent.json"


def files() -> list[Path]:
    """Return the latest files that still exist, newest first; none where the list cannot be read."""
    try:
        names = json.loads(_store().read_text(encoding="utf-8"))
        return [Path(name) for name in names if Path(name).is_file()][:MAX_FILES]
    except (OSError, ValueError, TypeError):  # never a reason not to start
        return []


def folder() -> Path:
    """Return the folder of the latest file, or the person's home folder."""
    latest = files()
    return latest[0].parent if latest else Path.home()


def remember(path: Path) -> None:
    """Put a file first, unless it is one of the samples; a settings folder that cannot be written to is ignored."""
    if paths.resources() in path.parents:
        return
    names = [str(path), *(str(p) for p in files() if p != path)]
    try:
        _store().parent.mkdir(parents=True, exist_ok=True)
        _store().write_text(json.dumps(names[:MAX_FILES]), encoding="utf-8")
    except OSError:
        return
