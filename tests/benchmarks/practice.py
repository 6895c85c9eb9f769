"""What checking the ranges on a person's own past costs: ``python -m tests.benchmarks.practice``.

For each of three files the processor time and the peak memory of a forecast, each in a fresh process: without practice
runs, up to the first answer, and with practice runs. Processor time, because a computer may be busy with other things.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Measured:
    """One file: ``series`` of ``points`` periods each, forecast ``ahead``; the most megabytes that it may take."""

    name: str
    frequency: str
    season: int
    series: int
    points: int
    ahead: int
    max_megabytes: int


FILES = (
    Measured("daily", "D", 7, 111, 735, 56, 500),
    Measured("weekly", "W-MON", 52, 3_000, 104, 13, 400),
    Measured("monthly", "MS", 12, 10_000, 120, 12, 700),
)
MAX_COST, MAX_FIRST_ANSWER = 2.5, 1.2  # times the processor time of a forecast without practice runs

COMMAND = """
import json, resource, sys
from almanac.cli.main import main
from tests.benchmarks.memory import peak_megabytes
code = main(sys.argv[1:])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([sum(u.ru_utime + u.ru_stime for u in used), peak_megabytes()]))
sys.exit(code)
"""
FIRST_ANSWER = """
import json, resource, sys
from pathlib import Path
from almanac import workflow
from almanac.core.jobs import run
from tests.benchmarks.memory import peak_megabytes
file = run(workflow.check(Path(sys.argv[1])))
job = workflow.forecast(file, workflow.ForecastOptions(horizon=int(sys.argv[2])))
while next(job).early is None:
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, peak_megabytes()]))
"""


def write(one: Measured, path: Path) -> None:
    """A long table of levels that drift, a season and noise."""
    rng, t = np.random.default_rng(one.series), np.arange(one.points)
    season = np.sin(2 * np.pi * (t / one.season + rng.random((one.series, 1)))) * rng.uniform(0, 30, (one.series, 1))
    level = 100 + np.cumsum(rng.normal(0, 1, (one.series, one.points)) * rng.choice([0, 1, 2], (one.series, 1)), axis=1)
    values = np.round(level + season + rng.normal(0, 5, (one.series, one.points)), 2)
    when = pd.date_range("2021-01-04", periods=one.points, freq=one.frequency).strftime("%Y-%m-%d")
    names = np.repeat([f"product {k:05d}" for k in range(one.series)], one.points)
    table = {"product": names, "date": np.tile(when, one.series), "sold": values.ravel()}
    pd.DataFrame(table).to_csv(path, index=False)


def fresh_process(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds of processor time, and the most megabytes, of a process that runs this code."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def rows(only: str = "", suffix: str = ".csv") -> list[tuple[str, str]]:
    """What each file takes, as labels and figures."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for one in FILES:
            if only not in one.name:
                continue
            source = Path(folder) / f"{one.name}.csv"
            write(one, source)
            ahead = str(one.ahead)
            target = str(Path(folder) / f"out{suffix}")
            asked = ("forecast", str(source), "--output", target, "--horizon", ahead, "--quiet")
            plain, _ = fresh_process(COMMAND, *asked, "--no-calibration")
            first, _ = fresh_process(FIRST_ANSWER, str(source), ahead)
            whole, megabytes = fresh_process(COMMAND, *asked)
            label = f"practice, {one.series:,} {one.name} × {one.points}, {ahead} ahead"
            figures = (
                f"{plain:.1f} s without, {whole:.1f} s with: {whole / plain:.2f} times (at most {MAX_COST}); "
                f"first answer {first / plain:.2f} times (at most {MAX_FIRST_ANSWER}); "
                f"peak {megabytes:,.0f} MB (at most {one.max_megabytes})"
            )
            found.append((label, figures))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="files with this in their name, such as daily")
    parser.add_argument("--suffix", default=".csv", help="what to save, such as .xlsx")
    options = parser.parse_args()
    for label, figures in rows(options.only, options.suffix):
        print(f"{label}\n  {figures}", flush=True)


if __name__ == "__main__":
    main()
