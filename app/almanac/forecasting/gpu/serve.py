"""The process that has the graphics card: opens a model there and runs batches, until the program closes the pipe.

A driver may end this process or keep it for good; the program then goes on without it (see client.py).
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from almanac.core.system.pipes import take_over_pipes
from almanac.forecasting.gpu.messages import Answer, NotOpened, Open, Opened, Quantiles, Question
from almanac.forecasting.gpu.providers import PROVIDERS, NotUsableError, open_session
from almanac.forecasting.sessions import run_whole

if TYPE_CHECKING:
    import onnxruntime


def main() -> NoReturn:
    """Answer one question at a time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the program ends this one
    _crash_quietly()
    incoming, outgoing = take_over_pipes()
    questions: queue.SimpleQueue[Question] = queue.SimpleQueue()
    # Reading needs its own thread: this process ends with the program even while the driver keeps it.
    threading.Thread(target=_read, args=(incoming, questions), daemon=True).start()
    session = None
    while True:
        answer, session = _answer(questions.get(), session)
        pickle.dump(answer, outgoing, protocol=5)
        outgoing.flush()


def _answer(
    question: Question, session: onnxruntime.InferenceSession | None
) -> tuple[Answer, onnxruntime.InferenceSession | None]:
    if isinstance(question, Open):
        provider = next(p for p in PROVIDERS if p.name == question.provider)
        try:
            return Opened(), open_session(question.content, provider)
        except NotUsableError:
            return NotOpened(), None
    if session is None:
        return NotOpened(), None
    return Quantiles(run_whole(session, question.feed)), session


def _read(incoming: BinaryIO, questions: queue.SimpleQueue[Question]) -> None:
    while True:
        try:
            questions.put(pickle.load(incoming))
        except EOFError:
            os._exit(0)  # not in order: taking drivers down can crash or hang as well


def _crash_quietly() -> None:
    """Keep the system from showing a message or writing the memory to disk when a driver crashes."""
    if sys.platform == "win32":
        import ctypes

        no_message = 0x0001 | 0x0002
        ctypes.windll.kernel32.SetErrorMode(no_message)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
