"""This program once more, as a separate process: how it is started, whether from its source or packaged."""

from __future__ import annotations

import subprocess
import sys


def command(argument: str) -> list[str]:
    """What starts this program with this argument."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "almanac"]), argument]


def start(words: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that answers through its pipes, without a window; what its libraries print is lost.

    Raises OSError where the system cannot.
    """
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags
    )
