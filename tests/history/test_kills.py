"""What was acknowledged survives a kill at any moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.history.builders import IMPORTS, PYTHON

KILLER = """
import os, random, signal, time, itertools
chosen = random.Random(int(sys.argv[3]))
for _ in range(int(sys.argv[2])):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with history.open_store(path) as store:
            while True:
                os.write(writing, add_run(store, content=bytes(5_000)).id.encode() + b" ")
    os.close(writing)
    known = set()
    if chosen.random() < 0.75:  # in the other rounds it may still be opening the history
        known |= set(os.read(reading, 65536).decode().split())
    time.sleep(chosen.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while text := os.read(reading, 65536):
        known |= set(text.decode().split())
    os.close(reading)
    with history.open_store(path) as store:
        kept = {run.id for run in store.all(history.Run)}
        checked = store.connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        whole = store.notes == () and checked and history.first_fault(store.connection) is None
    print(len(known), len(known - kept), int(not whole))
"""


def kill_while_writing(path: Path, rounds: int, seed: int) -> tuple[int, int, int]:
    """Kill a process that writes, so many times at random moments.

    Returns how many runs were acknowledged, how many of them are lost, and how often the history was not whole.
    """
    command = [PYTHON, "-c", IMPORTS + KILLER, str(path), str(rounds), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    lines = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(lines) == rounds
    known, lost, damaged = (sum(column) for column in zip(*lines, strict=True))
    return known, lost, damaged


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_acknowledged_survives_a_kill_at_any_moment(path: Path) -> None:
    known, *bad = kill_while_writing(path, rounds=30, seed=1)
    assert bad == [0, 0]
    assert known >= 15


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.timeout(3600)
def test_what_was_acknowledged_survives_a_thousand_kills(path: Path) -> None:
    for seed in range(10):
        assert kill_while_writing(path.with_name(f"{seed}.db"), rounds=100, seed=seed)[1:] == (0, 0)
