"""The process that has the graphics card, as the program starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from tests.builders import TOY
from tests.forecasting.gpu.conftest import PRETEND

from almanac.forecasting.gpu import client
from almanac.forecasting.gpu.client import CardCrashedError, CardProcess

MODEL = (TOY / "1.0.0" / "model.onnx").read_bytes()


def test_a_provider_that_is_not_installed_opens_nothing() -> None:
    process = CardProcess()
    try:
        assert not process.open(MODEL, "DmlExecutionProvider" if sys.platform != "win32" else "CoreMLExecutionProvider")
    finally:
        process.close()


def test_what_is_no_model_is_not_opened_and_a_closed_process_answers_nothing() -> None:
    process = CardProcess()
    assert not process.open(b"no model", "CUDAExecutionProvider")
    process.close()
    with pytest.raises(CardCrashedError):
        process.open(MODEL, "CUDAExecutionProvider")


def test_a_batch_before_a_model_ends_the_process() -> None:
    process = CardProcess()
    with pytest.raises(CardCrashedError):
        process.run({})


@pytest.mark.parametrize(
    ("frozen", "expected"), [(False, ["-m", "almanac", "--graphics-card"]), (True, ["--graphics-card"])]
)
def test_the_program_starts_itself(frozen: bool, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert client.command() == [sys.executable, *expected]


OWNER = """
import sys
from almanac.forecasting.gpu import client
client.command = lambda: [sys.executable, {card!r}, "hang in-trial"]
process = client.CardProcess()
assert process.open(open({model!r}, "rb").read(), "CUDAExecutionProvider")
import threading
from almanac.forecasting.sessions import feed_of
import numpy as np
ones = np.ones((1, 24), np.float32)
threading.Thread(target=process.run, args=(feed_of(ones, ones, (1, 1), np.arange(1, 4)),), daemon=True).start()
print(process._process.pid, flush=True)
threading.Event().wait()
"""


def test_a_process_that_hangs_ends_with_the_program_even_when_that_is_killed() -> None:
    code = OWNER.format(card=str(PRETEND), model=str(TOY / "1.0.0" / "model.onnx"))
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    card = int(owner.stdout.readline())
    assert psutil.pid_exists(card)
    os.kill(owner.pid, signal.SIGTERM)
    owner.wait(10)
    owner.stdout.close()
    end = time.monotonic() + 10
    while psutil.pid_exists(card):
        assert time.monotonic() < end, "the process is still there"
        time.sleep(0.05)
