"""Very wide and very long files, from reading to a saved forecast: ``python -m tests.benchmarks.long_files``.

For each file the processor time and the peak memory of one command in a fresh process, each with its limit; ends with 1
when one is exceeded. The limits of time are for a machine that makes ten million additions in 0.75 s; on a slower or
busier one they are longer by as much as its additions, made before and after each command, take longer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

COMMAND = """
import json, resource, sys
from almanac.cli.main import main
from tests.benchmarks.memory import peak_megabytes
code = main(sys.argv[1:])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([sum(u.ru_utime + u.ru_stime for u in used), peak_megabytes()]))
sys.exit(code)
"""
ADDITIONS = """
import time
began, total = time.process_time(), 0
for number in range(10**7):
    total += number
print(time.process_time() - began)
"""  # in a module, where names are looked up in a dictionary
USUAL_ADDITIONS = 0.75  # seconds
MINUTES, SENSORS, AT_ONCE = 1_000_000, 49, 50_000
PRODUCTS, MONTHS, DAYS = 20_000, 24, 30
BLANK_LINES = 50_000_000


@dataclass(frozen=True)
class LongFile:
    """One file, how it is written, what is done with it, and its limits."""

    name: str
    write: Callable[[Path], None]
    command: str
    max_seconds: float
    max_megabytes: float


def write_long(path: Path) -> None:
    """A million minutes of 49 sensors."""
    rng = np.random.default_rng(1)
    minutes = pd.date_range("2023-01-01", periods=MINUTES, freq="min").strftime("%Y-%m-%d %H:%M").to_numpy()
    day = 50 + 10 * np.sin(np.arange(MINUTES) * 2 * np.pi / 1440)
    with path.open("w") as file:
        file.write("time," + ",".join(f"sensor {k}" for k in range(1, SENSORS + 1)) + "\n")
        for start in range(0, MINUTES, AT_ONCE):
            values = np.char.mod("%.1f", day[start : start + AT_ONCE, None] + rng.normal(0, 2, (AT_ONCE, SENSORS)))
            lines = zip(minutes[start : start + AT_ONCE], values, strict=True)
            file.write("\n".join(f"{minute}," + ",".join(row) for minute, row in lines) + "\n")


def write_wide(path: Path) -> None:
    """Two years of 20,000 products, each with a column of its own."""
    sold = np.random.default_rng(2).poisson(50, (MONTHS, PRODUCTS))
    with path.open("w") as file:
        file.write("month," + ",".join(f"product {k}" for k in range(1, PRODUCTS + 1)) + "\n")
        for month, row in enumerate(sold.tolist()):
            file.write(f"{2022 + month // 12}-{month % 12 + 1:02d}," + ",".join(map(str, row)) + "\n")


def write_prices(path: Path) -> None:
    """A month of 20,000 prices, whose names alone do not say whether they add up, next to a column of notes."""
    prices = np.random.default_rng(3).integers(1, 99, (DAYS, PRODUCTS))
    with path.open("w") as file:
        file.write("day,note," + ",".join(f"price {k}" for k in range(1, PRODUCTS + 1)) + "\n")
        for day, row in enumerate(prices.tolist(), start=1):
            file.write(f"2024-01-{day:02d},note {day}," + ",".join(map(str, row)) + "\n")


def write_blank(path: Path) -> None:
    """Three years of months, and fifty million blank lines."""
    with path.open("w") as file:
        file.write("month,sold\n" + "".join(f"{2022 + k // 12}-{k % 12 + 1:02d},{100 + k}\n" for k in range(36)))
        for _ in range(50):
            file.write("\n" * (BLANK_LINES // 50))


FILES = (
    LongFile("1,000,000 rows x 50 columns, forecast", write_long, "forecast", 60, 1500),
    LongFile("20,000 columns x 24 rows, check", write_wide, "check", 5, 1000),
    LongFile("20,000 prices x 30 rows, check", write_prices, "check", 6, 1000),
    LongFile("20,000 columns x 24 rows, forecast", write_wide, "forecast", 14, 1000),
    LongFile("50,000,000 blank lines, check", write_blank, "check", 20, 1700),
)


def seconds_of_additions() -> float:
    """How fast this machine is just now: seconds of the processor for ten million additions."""
    done = subprocess.run([sys.executable, "-c", ADDITIONS], capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure(file: LongFile, folder: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes at most."""
    source = folder / f"{file.write.__name__}.csv"
    if not source.exists():
        file.write(source)
    saved = ["--output", str(folder / "forecast.csv")] if file.command == "forecast" else []
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, file.command, str(source), *saved],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"ALMANAC_STATE": str(folder / "state")},
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def main() -> int:
    """Print a line for each file; 1 when a limit is exceeded."""
    exceeded = False
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            additions = seconds_of_additions()
            seconds, megabytes = measure(file, Path(folder))
            additions = (additions + seconds_of_additions()) / 2
            limit = file.max_seconds * max(additions / USUAL_ADDITIONS, 1.0)
            over = seconds > limit or megabytes > file.max_megabytes
            exceeded |= over
            print(
                f"{file.name:<40} {seconds:6.1f} s of the processor (additions {additions:.2f} s: limit {limit:.0f}), "
                f"{megabytes:6.0f} MB (limit {file.max_megabytes:.0f}){'  EXCEEDED' if over else ''}",
                flush=True,
            )
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main())
