"""Locks on open files. The system frees them when their program ends, however it ends; no number of a process is kept.

A file that says which process holds it seems held when that number belongs to another program later.
"""

from __future__ import annotations

import os
import sys
import time

_PLACE = 1 << 16  # on Windows a locked byte cannot be read by others: one behind all that these files hold
_LOOK_AGAIN_S = 0.02

if sys.platform == "win32":
    import msvcrt

    def try_to_hold(descriptor: int) -> bool:
        """Hold an open file until it is closed; False where it is held already. Raises OSError where nothing can be."""
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, place, os.SEEK_SET)
        return True

else:
    import fcntl

    def try_to_hold(descriptor: int) -> bool:
        """Hold an open file until it is closed; False where it is held already. Raises OSError where nothing can be."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def hold(descriptor: int) -> None:
    """Hold an open file until it is closed, as soon as nobody else does. Raises OSError where nothing can be held."""
    while not try_to_hold(descriptor):
        time.sleep(_LOOK_AGAIN_S)
