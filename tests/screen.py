"""A display of our own, and the hands of a person at it: Xvfb and xdotool."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

CLIENT_MESSAGE = 33  # of X11/X.h
SIZE = "1600x900x24"


class Screen:
    """There is no window manager: focus is set by hand."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def do(self, *words: object) -> str:
        command = ["xdotool", *(str(w) for w in words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False).stdout.strip()

    def window(self, title: str) -> str:
        """The number of the window with this title (a regular expression); empty if there is none."""
        return self.do("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def close(self, window: str) -> None:
        """What a window manager sends when somebody clicks on the cross."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype, x11.XInternAtom.restype = ctypes.c_void_p, ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.environment["DISPLAY"].encode()))
        protocols, delete = (x11.XInternAtom(display, n, 0) for n in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        event = (ctypes.c_long * 24)(CLIENT_MESSAGE, 0, 1, 0, int(window), protocols, 32, delete)
        x11.XSendEvent(display, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), event)
        x11.XCloseDisplay(display)

    def press(self, window: str, key: str) -> None:
        self.do("windowfocus", "--sync", window)
        self.do("key", key)


@contextmanager
def display(environment: dict[str, str]) -> Iterator[Screen]:
    """A new display, for programs with this environment; the test is skipped where there can be none."""
    if missing := [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    reading, writing = os.pipe()
    options = ["-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(["Xvfb", *options], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    try:
        yield Screen({**environment, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"})
    finally:
        server.terminate()
        server.wait(timeout=10)
