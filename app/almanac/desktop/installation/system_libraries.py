"""Libraries of the system that the window needs on Linux: what is missing is named, before Qt ends the process."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from almanac.core.problems import Problem

# What Qt, and its plugin for X11, load from the system, with the package that has it in Debian and in Fedora.
FOR_WINDOWS = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
FOR_X11 = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}

# Small programs that some desktops have, and how each shows a sentence: a start from a menu has no terminal.
SHOWING = (("zenity", "--error", "--text"), ("kdialog", "--error"), ("xmessage", "-center"))


def say(words: str) -> None:
    """Say why the window does not open: in the terminal, or where there is none with what the desktop has."""
    sys.stderr.write(f"{words}\n")
    if not sys.stderr.isatty():
        found = next((command for command in SHOWING if shutil.which(command[0])), None)
        if found is not None:
            subprocess.run([*found, words], check=False)


def problem() -> Problem | None:
    """Return what is missing here as a Problem, or None."""
    if not sys.platform.startswith("linux"):
        return None
    missing = {name: packages for name, packages in _needed().items() if not _is_there(name)}
    if not missing:
        return None
    names, debian, fedora = ", ".join(missing), *(" ".join(p[n] for p in missing.values()) for n in (0, 1))
    return Problem(
        "missing_library",
        f"The window cannot be opened: this computer lacks {names}.",
        "Linux brings these libraries with its desktops, and they were not installed here.",
        f"Install them (Debian, Ubuntu: apt install {debian}; Fedora: dnf install {fedora}), then start Almanac again.",
    )


def _needed() -> dict[str, tuple[str, str]]:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    on_x11 = chosen.startswith("xcb") or (not chosen and not os.environ.get("WAYLAND_DISPLAY"))
    return FOR_WINDOWS | (FOR_X11 if on_x11 else {})


def _is_there(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
