"""Prints medians of several runs in one go, with the machine they were measured on."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from tests.benchmarks.memory import peak_megabytes
from tests.builders import seasonal, series_set

from almanac.core.jobs import run
from almanac.forecasting import forecast

RUNS = 5
MONTHS, STEPS = 120, 12


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    work()  # warm
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def engine_rows() -> list[tuple[str, str]]:
    rows = []
    for batch in (1, 64, 1024):
        series = series_set(*[seasonal(MONTHS, seed=k) for k in range(batch)])
        seconds = median_seconds(lambda s=series: run(forecast(s, STEPS)))  # type: ignore[misc]
        rows.append((f"forecast, batch {batch:,}", f"{batch / seconds:,.0f} series/s ({seconds * 1000:.1f} ms)"))
    return rows


def long_csv(path: Path, series: int) -> None:
    months = pd.date_range("2015-01-01", periods=MONTHS, freq="MS").strftime("%Y-%m-%d")
    values = np.concatenate([seasonal(MONTHS, seed=k) for k in range(series)]).round(2)
    names = np.repeat([f"product {k:05d}" for k in range(series)], MONTHS)
    pd.DataFrame({"product": names, "month": np.tile(months, series), "sales": values}).to_csv(path, index=False)


def command_line(source: Path, output: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a fresh process, start to end."""
    code = (
        "import sys; from almanac.cli.main import main; from tests.benchmarks.memory import peak_megabytes;"
        "c=main(sys.argv[1:]); print(peak_megabytes()); sys.exit(c)"
    )
    began = time.perf_counter()
    arguments = ["forecast", str(source), "--output", str(output), "--horizon", "12", "--quiet"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, float(done.stdout.split()[-1])


def whole_way_rows() -> list[tuple[str, str]]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for series in (1_000, 10_000):
            source = Path(folder) / f"{series}.csv"
            long_csv(source, series)
            for suffix in (".csv", ".xlsx"):
                results = [command_line(source, Path(folder) / f"out{suffix}") for _ in range(3)]
                seconds = statistics.median(r[0] for r in results)
                peak = max(r[1] for r in results)
                rows.append((f"{series:,} monthly series, CSV to {suffix}", f"{seconds:.1f} s, peak {peak:,.0f} MB"))
    return rows


def window_rows() -> list[tuple[str, str]]:
    from tests.benchmarks.window import rows

    return rows()


def practice_rows() -> list[tuple[str, str]]:
    from tests.benchmarks.practice import rows

    return rows()


def model_rows() -> list[tuple[str, str]]:
    from tests.benchmarks.models import rows

    return rows()


def table_rows() -> list[tuple[str, str]]:
    from tests.benchmarks.tables import rows

    return rows()


def main() -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    rows = (table_rows, model_rows, engine_rows, whole_way_rows, practice_rows, window_rows)
    for label, figure in (row for make in rows for row in make()):
        print(f"{label:<45} {figure}", flush=True)
    print(f"{'peak memory of this process':<45} {peak_megabytes():,.0f} MB")


if __name__ == "__main__":
    main()
