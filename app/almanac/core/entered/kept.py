"""What a person entered about a file, kept for files of the same shape in the person's own folder.

The caller knows what the shape of a file is. A store that cannot be read or written is never a reason to stop.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from almanac.core.system import paths
from almanac.core.system.setting_files import read_setting, write_setting

MAX_SHAPES = 200  # kept; the oldest is forgotten first


@dataclass(frozen=True)
class KeptStore:
    """A JSON file that has an entry for each shape; ``name``: of the file."""

    name: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        return not self._read()

    def entry(self, shape: str) -> Any:
        """What is kept for this shape. Raises ``KeyError`` where nothing is."""
        return self._read()[shape]

    def keep(self, shape: str, entry: Any) -> None:
        """Keep this for the shape instead of what was kept before; nothing at all where it is None."""
        store = self._read()
        if store.pop(shape, None) is None and entry is None:
            return
        if entry is not None:
            store[shape] = entry
        self._write(store)

    @property
    def _path(self) -> Path:
        return paths.state() / self.name

    def _read(self) -> dict[str, Any]:
        kept = read_setting(self._path)
        return kept if isinstance(kept, dict) else {}

    def _write(self, store: dict[str, Any]) -> None:
        """Replace the store as a whole."""
        latest = dict(list(store.items())[-MAX_SHAPES:])
        with suppress(OSError):
            write_setting(self._path, latest)
