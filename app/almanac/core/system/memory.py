"""Memory that is no longer used goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress

_RARELY = 100_000  # objects made since the last look, instead of 700 or 2,000; chosen by judgement


def give_back() -> None:
    """Return what this process no longer uses to the system, where that takes a call: in the C library of Linux.

    It keeps the gaps between what is still in use, and after much has come and gone these are as large as what is left.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)


@contextmanager
def rarely_collected() -> Generator[None]:
    """Look for objects that refer to one another, and to which nothing else does, less often than usual.

    A table of 20,000 columns is half a million objects, which are in use to the end: Python would go through all of
    them again and again (measured: for a thirtieth of the time of a forecast).
    """
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
