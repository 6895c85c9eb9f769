"""Jobs: long work as a generator that yields ``Progress`` and returns its result.

A ``yield`` is at once the progress report and the only place where the work can be stopped: the runner throws
``Stopped`` into the generator there. A job that has something worth keeping catches it and returns what
is finished; any other lets it pass.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` (0 when the total is not known), as a person reads it: "412 of 3,000 products".

    ``early``: a result that can be shown already, in most steps None; the job's own result takes its place.
    """

    done: int
    total: int
    message: str
    early: Any = None


class Stopped(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person asked to stop."""


Job = Generator[Progress, None, T]


def run(
    job: Job[T],
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> T:
    """Run a job to its end and return its result.

    Raises ``Stopped`` when ``should_stop`` became true and the job had nothing to keep, and whatever the job raises.
    """
    try:
        progress = next(job)
        while True:
            on_progress(progress)
            progress = job.throw(Stopped()) if should_stop() else next(job)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        job.close()


def part_of(job: Job[T], part: int, parts: int) -> Job[T]:
    """A job as part number ``part`` (from 0) of so many of the same size, so that all of them are one progress."""
    try:
        progress = next(job)
        while True:
            total = progress.total
            try:
                yield replace(progress, done=part * total + progress.done, total=parts * total)
            except Stopped as stop:
                progress = job.throw(stop)
            else:
                progress = next(job)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        job.close()
