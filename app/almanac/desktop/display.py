"""Whether a window can be shown, without loading Qt, which ends the process where it cannot."""

from __future__ import annotations

import os
import sys

from almanac.core.problems import Problem

NO_DISPLAY = Problem(
    "no_display",
    "There is no display here, so the window cannot be opened.",
    "Neither DISPLAY nor WAYLAND_DISPLAY is set, as in a session without a desktop.",
    "Start Almanac on a desktop, or use its commands: almanac --help lists them.",
)


def has_display() -> bool:
    """Whether this session has a screen; always true but on Linux, where a program may run without one."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open_windows() -> bool:
    """Whether Qt can open windows: on the screen, or on what QT_QPA_PLATFORM names instead (tests)."""
    return has_display() or bool(os.environ.get("QT_QPA_PLATFORM"))
