"""Reads each file that it is asked for in a separate process, with little memory: started by ``test_hostile.py``.

Those processes are copies of this one, which has loaded all that reading needs: that takes longer than most files do.
Each line of the input has the path, the settings and the temporary folder as JSON. Each line of the output has what
reading, preview and list of sheets ended with, and the peak of memory in megabytes: that of the process (VmHWM, as
``ru_maxrss`` begins at that of the process that started it) and the highest of those that it started. A process that
ends otherwise leaves its number instead.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import preview, read, sheets

MEMORY = 4 << 30
SECONDS = 30  # of the processor, for each look: on a busy machine the clock says little
SECONDS_UNTIL_IT_HANGS = 300
SECONDS_BETWEEN = 0.02  # two looks at the memory
ACTIONS: tuple[Callable[[Path], object], ...] = (lambda path: run(read(path)), preview, sheets)


def outcome(action: Callable[[Path], object], path: Path) -> str:
    try:
        action(path)
    except ProblemError as stop:
        return stop.problem.code
    return "read"


def peak(process: str) -> int:
    """The most memory that a process has used, in megabytes; 0 when it is gone."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
    return 0


class Watch(threading.Thread):
    """Looks for the highest peak of the processes that this one starts."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0

    def run(self) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while True:
            self.peak = max(self.peak, *map(peak, children.read_text().split()), 0)
            time.sleep(SECONDS_BETWEEN)


def answer(path: Path) -> list[str | int]:
    """What reading the file ended with, within the limits."""
    signal.alarm(SECONDS_UNTIL_IT_HANGS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    watch = Watch()
    watch.start()
    said = []
    for action in ACTIONS:
        before = processor_seconds()
        said.append(outcome(action, path))
        if processor_seconds() - before > SECONDS:
            said[-1] = f"took {processor_seconds() - before:.0f} seconds"
    return [*said, peak("self") + watch.peak]


def processor_seconds() -> float:
    """What this process and those that it started and that have ended have used."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def say(something: object) -> None:
    sys.stdout.write(json.dumps(something) + "\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        path, state, scratch = json.loads(line)
        child = os.fork()
        if child == 0:
            os.environ.update(ALMANAC_STATE=state, TMPDIR=scratch)
            tempfile.tempdir = None
            say(answer(Path(path)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            say(status)


if __name__ == "__main__":
    main()
