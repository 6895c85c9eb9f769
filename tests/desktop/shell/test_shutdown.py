"""The program as a separate process: the end of the session, or Ctrl-C, ends it and its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

PATIENCE_S = 30.0
QUICKLY_S = 5.0


def until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"timed out waiting for: {what}"
        time.sleep(0.05)


def workers(process: int) -> list[int]:
    children = psutil.Process(process).children()
    return [child.pid for child in children if "--worker" in child.cmdline()]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow, id="end of session"),
        pytest.param(signal.SIGINT, id="Ctrl-C"),
    ],
)
def test_an_idle_window_ends_in_order_with_its_worker(number: signal.Signals) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "almanac"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            until(lambda: workers(process.pid), "the worker")
            (worker,) = workers(process.pid)
            time.sleep(2)  # everything is loaded, and the loop sleeps
            began = time.monotonic()
            # A terminal sends Ctrl-C to the worker as well; the end of a session may reach the window alone.
            (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
            assert process.wait(timeout=PATIENCE_S) == 0
            assert time.monotonic() - began < QUICKLY_S
            assert process.stderr is not None
            assert process.stderr.read() == b""
            with pytest.raises(ProcessLookupError):
                os.kill(worker, 0)
        finally:
            process.kill()
