"""The worker process: takes one job at a time from its input, sends progress and the result to its output."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import traceback
from typing import BinaryIO, NoReturn

from almanac.core.jobs import Stopped, run
from almanac.core.problems import Problem, ProblemError
from almanac.worker.messages import (
    Advanced,
    Finished,
    Message,
    MetBug,
    MetProblem,
    Start,
    Stop,
    WasStopped,
    packed,
    received,
)


def main() -> NoReturn:
    """Serve until the window closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the window ends us in order
    _give_way()
    incoming, outgoing = _private_pipes()
    jobs: queue.SimpleQueue[Start | None] = queue.SimpleQueue()
    stop = threading.Event()
    # Listening needs its own thread: a Stop must be heard while a job runs.
    threading.Thread(target=_listen, args=(incoming, jobs, stop), daemon=True).start()
    threading.Thread(target=_warm_up, daemon=True).start()
    while (job := jobs.get()) is not None:
        stop.clear()
        outgoing.write(packed(_answer(job, outgoing, stop)))
        outgoing.flush()
    # A thread may still be opening the model: to take the libraries down around it would end in a crash.
    os._exit(0)


def _give_way() -> None:
    """Let the window go first whenever both want a processor: it must answer the person at once."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(5)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The protocol's own ends; whatever a library prints goes to stderr instead of among our messages."""
    if sys.platform == "win32":
        import msvcrt

        for stream in (sys.stdin, sys.stdout):
            msvcrt.setmode(stream.fileno(), os.O_BINARY)
    incoming = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return incoming, outgoing


def _listen(incoming: BinaryIO, jobs: queue.SimpleQueue[Start | None], stop: threading.Event) -> None:
    while (message := received(incoming)) is not None:
        if isinstance(message, Start):
            jobs.put(message)
        elif isinstance(message, Stop):
            stop.set()
    stop.set()
    jobs.put(None)


def _warm_up() -> None:
    from almanac import workflow

    workflow.warm_up()


def _answer(start: Start, outgoing: BinaryIO, stop: threading.Event) -> Message:
    from almanac import workflow

    def report(message: Message) -> None:
        outgoing.write(packed(message))
        outgoing.flush()

    try:
        job = getattr(workflow, start.name)(*start.arguments)
        return Finished(run(job, lambda progress: report(Advanced(progress)), stop.is_set))
    except Stopped:
        return WasStopped()
    except ProblemError as problem:
        return MetProblem(problem.problem)
    except MemoryError:
        return MetProblem(
            Problem(
                "out_of_memory",
                "This is too large for this computer's memory.",
                "There was not enough free memory to go on.",
                "Close other programs, or split the file and try again.",
            )
        )
    except Exception:  # noqa: BLE001 - one of the two outermost runners
        return MetBug(traceback.format_exc())
