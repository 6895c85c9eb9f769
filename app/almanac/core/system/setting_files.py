"""Settings as files of JSON in the person's own folder, for them alone; one that cannot be read is set aside."""

from __future__ import annotations

import json
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from almanac.core.system.unfinished import temporary_file

MAX_BYTES = 16 << 20  # no file of settings comes near; chosen by judgement
ASIDE = ".set-aside"  # what its name then ends with
_set_aside: list[str] = []


def read_setting(path: Path) -> Any:
    """What a file holds; None when there is none, or when it cannot be read and was set aside."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise ValueError("no settings")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    except (ValueError, RecursionError):
        set_aside(path)
        return None


def set_aside(path: Path) -> None:
    """Keep a file that cannot be used under another name, so that the defaults take its place."""
    with suppress(OSError):
        path.replace(path.with_name(path.name + ASIDE))
        _set_aside.append(path.name)


def take_notices() -> tuple[str, ...]:
    """A sentence for each file that was set aside since the last call."""
    names, _set_aside[:] = tuple(_set_aside), []
    return tuple(
        f"The settings in {name} could not be read. They were kept as {name}{ASIDE}, and Almanac goes on without them."
        for name in names
    )


def write_setting(path: Path, content: Any) -> None:
    """Replace a file as a whole; only the person can read it. Raises OSError where that is not possible."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with temporary_file(path) as new:
        with new.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        new.replace(path)
