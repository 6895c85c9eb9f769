"""The frozen program next to the same from source, on a screen: first window, drop to forecast, idle memory.

    python -m tests.benchmarks.installed       # after `make package`; needs Xvfb and xdotool

Each is the median of RUNS, taken in turns so that what else runs on the computer troubles both alike. Exit code 1 where
a limit is exceeded.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
from tests.screen import Screen, display

ROOT = Path(__file__).resolve().parents[2]
FROZEN = [str(ROOT / "dist" / "almanac" / "almanac")]
SOURCE = [sys.executable, "-m", "almanac"]
RUNS = 5
PATIENCE_S = 60.0
IDLE_S = 5.0
MAX_START_RATIO = 1.5
MAX_FORECAST_S = 3.0
MAX_WINDOW_MB, MAX_WORKER_MB = 150, 300


class Started:
    """A window that was just started, with the time until it was on the screen."""

    def __init__(self, screen: Screen, command: Sequence[str], home: Path, title: str) -> None:
        self._screen = screen
        began = time.monotonic()
        environment = screen.environment | {"HOME": str(home), "ALMANAC_STATE": str(home / "state")}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        self.window = _until(lambda: screen.window(title))
        self.seconds = time.monotonic() - began

    def memory(self) -> tuple[float, float]:
        """Resident megabytes of the window and of its worker."""
        parent = psutil.Process(self.process.pid)
        (worker,) = [child for child in parent.children() if child.cmdline()[-1:] == ["--worker"]]
        return parent.memory_info().rss / 1e6, worker.memory_info().rss / 1e6

    def forecast(self) -> float:
        """Seconds from the press that uses the data to a forecast that can be saved."""
        self._screen.press(self.window, "alt+n")
        time.sleep(1)
        began = time.monotonic()
        self._screen.press(self.window, "alt+u")

        def savable() -> str:
            self._screen.press(self.window, "ctrl+s")  # does nothing until the forecast is there
            return self._screen.window("^Save")

        _until(savable)
        return time.monotonic() - began

    def end(self) -> None:
        """End it at once, with everything that it started."""
        family = [self.process, *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait(timeout=20)


def _until(found: Callable[[], str]) -> str:
    end = time.monotonic() + PATIENCE_S
    while not (what := found()):
        if time.monotonic() > end:
            raise SystemExit(f"Waited {PATIENCE_S:.0f} s in vain.")
        time.sleep(0.01)
    return what


def measure(screen: Screen, home: Path, sample: Path) -> dict[str, float]:
    """The medians, by what they measure."""
    starts: dict[str, list[float]] = {"frozen": [], "source": []}
    forecasts: list[float] = []
    memory: list[tuple[float, float]] = []
    for _ in range(RUNS):
        for name, command in (("frozen", FROZEN), ("source", SOURCE)):
            started = Started(screen, command, home, "^Almanac$")
            starts[name].append(started.seconds)
            if name == "frozen":
                time.sleep(IDLE_S)
                memory.append(started.memory())
            started.end()
        started = Started(screen, [*FROZEN, str(sample)], home, f"^{sample.name}")
        time.sleep(2)
        forecasts.append(started.forecast())
        started.end()
    return {
        "first window, frozen, s": statistics.median(starts["frozen"]),
        "first window, from source, s": statistics.median(starts["source"]),
        "one series, from use of the data to a forecast, frozen, s": statistics.median(forecasts),
        "idle window, frozen, MB": statistics.median(window for window, _ in memory),
        "idle worker, frozen, MB": statistics.median(worker for _, worker in memory),
    }


def main() -> int:
    """Print the medians and their limits; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sample = home / "one.csv"
        months = ((year, month) for year in range(2015, 2025) for month in range(1, 13))
        rows = [f"{year}-{month:02}-01,{100 + 10 * month + year - 2015}" for year, month in months]
        sample.write_text("\n".join(["month,sales", *rows]), encoding="utf-8")
        with display(dict(os.environ)) as screen:
            found = measure(screen, home, sample)
    source = found["first window, from source, s"]
    limits = [MAX_START_RATIO * source, float("inf"), MAX_FORECAST_S, MAX_WINDOW_MB, MAX_WORKER_MB]
    for (title, value), limit in zip(found.items(), limits, strict=True):
        print(f"{title}: {value:.2f} (limit {limit:.2f})")
    return 0 if all(value <= limit for value, limit in zip(found.values(), limits, strict=True)) else 1


if __name__ == "__main__":
    sys.exit(main())
