"""Ctrl-C, the end of a session and a closed terminal stop a command at once, and leave nothing behind."""

from __future__ import annotations

import argparse
import io
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.builders import seasonal

from almanac.cli import main
from almanac.core.system.pipes import PlainOutput
from almanac.core.system.unfinished import sweep

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Many products over three years."""
    lines = ["date,product,sold"]
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}-01" for n in range(36)]
    for product in range(2_000):
        lines += [
            f"{day},p{product},{value:.2f}" for day, value in zip(months, seasonal(36, seed=product), strict=True)
        ]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join(lines))
    return path


def stopped(sales: Path, number: signal.Signals, after: float) -> tuple[int, str]:
    words = [sys.executable, "-m", "almanac", "forecast", str(sales), "--output", str(sales.with_name("out.csv"))]
    with subprocess.Popen([*words, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(after)
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
    return running.returncode, said


NUMBERS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("seed", range(10))
def test_a_command_stops_without_a_trace(number: signal.Signals, seed: int, sales: Path) -> None:
    after = random.Random(seed).uniform(0.05, 4)
    code, said = stopped(sales, number, after)
    assert code in {128 + number, -number, 0}  # the second while modules still load, the last when it was done
    assert "Traceback" not in said
    left = {path.name for path in sales.parent.iterdir()}
    assert left <= {"sales.csv", "out.csv"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_killed_command_leaves_the_old_file_or_the_new_one(seed: int, sales: Path) -> None:
    out = sales.with_name("out.csv")
    out.write_text("old")
    stopped(sales, signal.SIGKILL, random.Random(seed).uniform(0.5, 6))
    text = out.read_text()
    assert text == "old" or len(text.splitlines()) > 2_000
    sweep()
    assert {path.name for path in sales.parent.iterdir()} == {"sales.csv", "out.csv"}


def test_a_stop_that_a_library_drops_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "ASKED_AGAIN_S", 0.05)

    def dropping(_: argparse.Namespace) -> int:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        time.sleep(30)
        return 0

    began = time.monotonic()
    assert main._run(argparse.Namespace(title="drop", run=dropping)) == 128 + signal.SIGTERM
    assert time.monotonic() - began < 10


def test_names_cannot_command_the_terminal() -> None:
    written = io.BytesIO()
    stream = PlainOutput(io.TextIOWrapper(written, encoding="cp1252"))
    stream.write("a\x1b]0;owned\x07\x9b31m\r\x7f\tb\n")
    stream.command("\r\x1b[K")
    stream.write("café \ud800 😀")
    stream.flush()
    said = written.getvalue().decode("utf-8")
    assert said == "a␛]0;owned␇\ufffd31m␍␡\tb\n\r\x1b[Kcafé \ufffd 😀"
