"""The most memory that a process took. Light enough to be imported in what is measured."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """Of this process, as long as it runs this program.

    ``ru_maxrss`` would begin at the peak of the process that started this one (it survives fork and exec on Linux).
    """
    if STATUS.exists():
        return int(STATUS.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024
    bytes_each = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * bytes_each / 2**20
