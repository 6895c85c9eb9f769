"""A file dragged with a real pointer over a real display lands in the window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.screen import Screen, display

PATIENCE_S = 30.0
SOURCE = Path(__file__).parent / "drag_source.py"


@pytest.fixture
def screen() -> Iterator[Screen]:
    with display(dict(os.environ)) as made:
        yield made


def until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"timed out waiting for: {what}"
        time.sleep(0.1)


def drag(screen: Screen, start: tuple[int, int], goal: tuple[int, int], steps: int = 12) -> None:
    """Press, move as a hand does, and let go."""
    screen.do("mousemove", *start)
    screen.do("mousedown", 1)
    for k in range(1, steps + 1):
        x, y = (round(a + (b - a) * k / steps) for a, b in zip(start, goal, strict=True))
        screen.do("mousemove", x, y)
        time.sleep(0.05)
    time.sleep(0.3)
    screen.do("mouseup", 1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs an X display")
def test_a_file_dragged_onto_the_window_is_read(screen: Screen, sales: Path) -> None:
    programs = [
        subprocess.Popen([sys.executable, *words], env=screen.environment)
        for words in (("-m", "almanac"), (str(SOURCE), str(sales)))
    ]
    window = programs[0]
    try:
        until(lambda: screen.window("^Almanac$"), "the window")
        until(lambda: screen.window("^Drag source$"), "the place to drag from")
        time.sleep(2)  # both have painted, and the worker is up
        drag(screen, (1400, 200), (600, 300))
        until(lambda: screen.window("^sales.csv – Almanac$"), "the file to be read")
        window.terminate()
        assert window.wait(timeout=10) == 0
    finally:
        for program in programs:
            program.kill()
            program.wait(timeout=10)
