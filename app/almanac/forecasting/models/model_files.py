"""The files of a model folder as bytes: regular files of at most a known size, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_MANIFEST_BYTES = 1 << 20
MAX_FILE_BYTES = 64 << 20  # the largest bundled one has one megabyte
# A pipe would be waited for without end; Windows would change the ends of lines.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path, most: int) -> bytes:
    """The content of a regular file of at most ``most`` bytes. Raises OSError or ValueError for anything else."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("not a regular file")
        if found.st_size > most:
            raise ValueError("too large")
        return file.read(most + 1)
