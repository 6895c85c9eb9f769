"""This program once more, as a separate process: how it is started, whether from its source or packaged."""

from __future__ import annotations

import subprocess
import sys

NO_CONSOLE = 0  # how a process is started so that Windows opens no console window for it
if sys.platform == "win32":
    NO_CONSOLE = subprocess.CREATE_NO_WINDOW


def command(argument: str) -> list[str]:
    """What starts this program with this argument."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "almanac"]), argument]


def start(words: list[str]) -> subprocess.Popen[bytes]:
    """Start a process that answers through its pipes, without a window; what its libraries print is lost.

    Raises OSError where the system cannot.
    """
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=NO_CONSOLE
    )
