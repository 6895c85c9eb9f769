"""Memory that is no longer used goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Return what this process no longer uses to the system, where that takes a call: in the C library of Linux.

    It keeps the gaps between what is still in use, and after much has come and gone these are as large as what is left.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").malloc_trim(0)
