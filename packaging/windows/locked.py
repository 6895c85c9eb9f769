"""What a lock file asks for on Windows, read on another system."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[2]


def locked_for_windows(name: str) -> list[str]:
    """Return the entries of a lock file that Windows needs, without conditions: pip asks them about this computer."""
    windows = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "extra": ""}
    wanted = []
    for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8")):
        first, *hashes = entry.split("\n")
        pinned, _, condition = first.rstrip(" \\").partition(" ; ")
        if not condition or Marker(condition).evaluate(windows):
            wanted.append("\n".join([pinned + " \\" * bool(hashes), *hashes]))
    return wanted
