"""The worker process: runs one job at a time from its input and writes progress and results to its output."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from typing import BinaryIO, NoReturn

from almanac.core.jobs import Progress, Stopped, run
from almanac.core.problems import Problem, ProblemError
from almanac.core.system import logs, unfinished
from almanac.core.system.pipes import take_over_pipes
from almanac.worker.messages import (
    CancelJob,
    JobCancelled,
    JobCrashed,
    JobFailed,
    JobFinished,
    JobProgress,
    Message,
    StartJob,
    encode,
    read_message,
)

MAX_SECONDS_AFTER_THE_WINDOW = 2.0  # for a job to remove what it has half-written; chosen by judgement
REFUSED = 4  # the exit code after a message that no window of ours sends

OUT_OF_MEMORY = Problem(
    "out_of_memory",
    "This is too large for this computer's memory.",
    "There was not enough free memory to go on.",
    "Close other programs, or split the file and try again.",
)


def main() -> NoReturn:
    """Run jobs until the window closes the pipe, in order or by its own end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes; the window ends this one in order
    _lower_priority()
    incoming, outgoing = take_over_pipes()
    logs.start("worker")
    unfinished.sweep()
    jobs: queue.SimpleQueue[StartJob | None] = queue.SimpleQueue()
    cancel = threading.Event()
    # Reading needs its own thread: CancelJob must arrive while a job runs.
    threading.Thread(target=_read_messages, args=(incoming, jobs, cancel), daemon=True).start()
    threading.Thread(target=_warm_up, daemon=True).start()
    while (job := jobs.get()) is not None:
        cancel.clear()
        _send(outgoing, _run_job(job, outgoing, cancel))
    _erase_deleted()
    # A thread may still be loading the model: unloading libraries under it would end in a crash.
    os._exit(0)


def _lower_priority() -> None:
    """Let the window go first when both processes want a processor: it has to respond at once."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(5)


def _read_messages(incoming: BinaryIO, jobs: queue.SimpleQueue[StartJob | None], cancel: threading.Event) -> None:
    try:
        while (message := read_message(incoming)) is not None:
            if isinstance(message, StartJob):
                jobs.put(message)
            elif isinstance(message, CancelJob):
                cancel.set()
    except pickle.UnpicklingError:  # not from our window
        os._exit(REFUSED)
    cancel.set()
    jobs.put(None)
    time.sleep(MAX_SECONDS_AFTER_THE_WINDOW)
    os._exit(0)  # a job that does not stop must not outlive the window


def _send(outgoing: BinaryIO, message: Message) -> None:
    try:
        outgoing.write(encode(message))
        outgoing.flush()
    except OSError:  # the window is gone, and nobody is left to say it to
        os._exit(0)


def _warm_up() -> None:
    from almanac import workflow

    workflow.warm_up()


def _erase_deleted() -> None:
    from almanac.workflow.history.manage import erase_deleted

    erase_deleted()


def _run_job(start: StartJob, outgoing: BinaryIO, cancel: threading.Event) -> Message:
    """Run one job, send its progress, and return the message that ends it."""
    from almanac.workflow.use_cases import USE_CASES

    def report(progress: Progress) -> None:
        logs.step(progress)
        _send(outgoing, JobProgress(progress))

    try:
        job = USE_CASES[start.name](*start.arguments)
        with logs.job(start.name):
            return JobFinished(run(job, report, cancel.is_set))
    except Stopped:
        return JobCancelled()
    except ProblemError as error:
        return JobFailed(error.problem)
    except MemoryError:
        return JobFailed(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - one of the two outermost runners
        traceback.print_exc()
        return JobCrashed(logs.describe(error))
