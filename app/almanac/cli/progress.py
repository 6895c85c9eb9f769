"""Run a job with a progress bar when someone is watching."""

from __future__ import annotations

import sys

from almanac.core.jobs import Job, Progress, T, run
from almanac.core.system import logs
from almanac.core.system.pipes import PlainOutput

BAR_WIDTH = 24
CLEAR_LINE = "\r\033[K"


def run_job(job: Job[T], *, quiet: bool) -> T:
    """Run a job to its end and return its result, with a bar on stderr unless ``quiet`` or stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        return run(job, logs.step)
    try:
        return run(job, _show)
    finally:
        _clear_line()


def _show(progress: Progress) -> None:
    logs.step(progress)
    share = progress.done / progress.total if progress.total else 0.0
    filled = int(BAR_WIDTH * share)
    bar = "█" * filled + "░" * (BAR_WIDTH - filled)
    _clear_line()
    print(f"{bar} {progress.message}", end="", file=sys.stderr, flush=True)


def _clear_line() -> None:
    if isinstance(sys.stderr, PlainOutput):
        sys.stderr.command(CLEAR_LINE)
    else:
        print(CLEAR_LINE, end="", file=sys.stderr)
    sys.stderr.flush()
