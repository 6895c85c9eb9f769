"""Standard input, output and error: for messages alone in a helper process, for text in UTF-8 in any other."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import BinaryIO

from almanac.core.text import plain


def use_utf8() -> None:
    """Print in UTF-8 whatever the system's code page is; a program without a console prints into nothing.

    Text for a terminal is right either way; text for a pipe or a file would otherwise end in a crash at the first
    character that an old code page does not have.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _nowhere())
        elif type(stream) is io.TextIOWrapper:
            setattr(sys, name, PlainOutput(stream))
        elif isinstance(stream, io.TextIOWrapper):  # someone else's: a test's
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class PlainOutput(io.TextIOWrapper):
    """A stream for a person, in UTF-8: what could command a terminal is written as a symbol (␛)."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        buffering = stream.line_buffering
        super().__init__(stream.detach(), encoding="utf-8", errors="backslashreplace", line_buffering=buffering)

    def write(self, text: str) -> int:
        """Write a text from a file or of ours."""
        super().write(plain(text))
        return len(text)

    def command(self, text: str) -> None:
        """Write what is meant to command the terminal."""
        super().write(text)


def take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take over stdin and stdout for messages; whatever a library prints goes to stderr instead.

    Both are pipes without overlapped I/O, so that plain reads and writes work on Windows too.
    """
    sys.stdin, sys.stdout = None, None  # nothing else may use what they stand for
    nothing = os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:  # before any other descriptor takes its number
        os.dup2(nothing, 2)
        sys.stderr = _nowhere()
    incoming, outgoing = os.dup(0), os.dup(1)
    _make_binary(incoming, outgoing)
    os.dup2(nothing, 0)  # a library that asks about its input must not wait until the pipe has been read
    os.dup2(2, 1)
    _tell_windows()
    sys.stdout = sys.stderr
    return os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")


def _nowhere() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")


def _make_binary(*descriptors: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        for descriptor in descriptors:
            msvcrt.setmode(descriptor, os.O_BINARY)


def _tell_windows() -> None:
    """Give Windows the new standard handles: libraries in C ask it, and it would still name the pipes."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        for descriptor, name in ((0, -10), (1, -11), (2, -12)):
            ctypes.windll.kernel32.SetStdHandle(name, ctypes.c_void_p(msvcrt.get_osfhandle(descriptor)))
