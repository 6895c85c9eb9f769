"""The program's side of the process that has the graphics card."""

from __future__ import annotations

import atexit
import pickle
import queue
import subprocess
import threading
from contextlib import suppress

from almanac.core.arrays import Singles
from almanac.core.system import own_process
from almanac.forecasting.gpu.messages import Open, Opened, Quantiles, Question, Run
from almanac.forecasting.sessions import Feed

ARGUMENT = "--graphics-card"  # of the program, when it is to be this process
PATIENCE_AT_END_S = 1.0
# Chosen by judgement: a slow driver translates the graph for seconds; the slowest batch takes a processor about two.
MAX_SECONDS_TO_OPEN, MAX_SECONDS_FOR_A_BATCH = 60.0, 60.0


class CardCrashedError(Exception):
    """The process ended, or said that it cannot go on."""


class CardHangsError(Exception):
    """The process gave no answer within the time it had."""


def command() -> list[str]:
    """What starts the process."""
    return own_process.command(ARGUMENT)


class CardProcess:
    """A running process that has the graphics card.

    ``open`` and ``run`` raise ``CardCrashedError`` when it ended and ``CardHangsError`` when it did not answer in time;
    then it has been closed.
    """

    def __init__(self) -> None:
        self._process = own_process.start(command())  # drivers talk a lot
        self._exchanging: threading.Thread | None = None
        atexit.register(self.close)

    def open(self, content: bytes, provider: str) -> bool:
        """Open the graph ``content`` on this provider; whether there is such a device that takes it."""
        return isinstance(self._ask(Open(content, provider), MAX_SECONDS_TO_OPEN), Opened)

    def run(self, feed: Feed) -> Singles:
        """Quantiles float32 [batch, steps, levels]."""
        answer = self._ask(Run(feed), MAX_SECONDS_FOR_A_BATCH)
        if isinstance(answer, Quantiles):
            return answer.values
        self.close()
        raise CardCrashedError

    def _ask(self, question: Question, seconds: float) -> object:
        answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        # Another thread waits: neither reading nor writing has a time limit.
        self._exchanging = threading.Thread(target=self._exchange, args=(question, answers), daemon=True)
        self._exchanging.start()
        try:
            found = answers.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise CardHangsError from None
        if isinstance(found, Exception):
            self.close()
            raise CardCrashedError from found
        return found

    def _exchange(self, question: Question, answers: queue.SimpleQueue[object]) -> None:
        stdin, stdout = self._process.stdin, self._process.stdout
        try:
            pickle.dump(question, stdin, protocol=5)  # pyrefly: ignore[bad-argument-type]
            stdin.flush()  # pyrefly: ignore[missing-attribute]
            answers.put(pickle.load(stdout))  # pyrefly: ignore[bad-argument-type]
        except (OSError, ValueError, EOFError, pickle.UnpicklingError) as reason:
            answers.put(reason)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        atexit.unregister(self.close)
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):  # a driver can keep even a killed process
            self._process.wait(PATIENCE_AT_END_S)
            if self._exchanging is not None:
                self._exchanging.join(PATIENCE_AT_END_S)  # closing a pipe waits for whoever reads it
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    pipe.close()  # pyrefly: ignore[missing-attribute]
