"""``make bench-speed``: series per second of both models and of others, and memory up to 1,000,000 series.

Spreadsheets are left out: from a SeriesSet to its Forecast. ``--store`` keeps the models' figures in their results.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
from models.training.card import describe
from models.training.evaluation.development import Task
from models.training.evaluation.results import Results, Speed
from models.training.folder import stored_manifest
from tests.benchmarks.accuracy.__main__ import peers_timed
from tests.builders import seasonal, series_set

from almanac.core import paths
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.forecasting import forecast
from almanac.forecasting.models.catalogue import listed

MONTHS, STEPS, RUNS = 120, 12, 9
BATCHES = (1, 64, 1024)
PEER_SERIES = {"autotheta": 300, "autoets": 100}
CHUNK = 10_000


def many(count: int) -> SeriesSet:
    return series_set(*[seasonal(MONTHS, seed=k) for k in range(count)])


def seconds(model: str, series: SeriesSet) -> float:
    """Median of several runs, after two that warm up."""
    taken = []
    for _ in range(RUNS + 2):
        began = time.perf_counter()
        run(forecast(series, STEPS, model=model, device="cpu"))
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[2:])


def peak_megabytes(model: str, count: int) -> tuple[float, float]:
    """Peak memory of a fresh process that streams ``count`` series through a model, and its series per second."""
    code = (
        "import resource,sys,time,numpy as np\n"
        "from tests.benchmarks.speed import streamed\n"
        "n,s=streamed(sys.argv[1],int(sys.argv[2]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024, n/s)"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, model, str(count)], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(made[0]), float(made[1])


def streamed(model: str, count: int) -> tuple[int, float]:
    """Series forecast and the seconds it took, a chunk at a time."""
    from almanac.forecasting.forecast import stream

    base = many(500)
    rows = np.tile(base.values, CHUNK // 500)
    chunk = replace(
        base,
        names=tuple(f"s{k}" for k in range(CHUNK)),
        values=rows,
        offsets=np.arange(CHUNK + 1, dtype=np.int64) * MONTHS,
        first=np.full(CHUNK, 600, np.int64),
    )
    began, done = time.perf_counter(), 0
    for made in stream((chunk for _ in range(count // CHUNK)), STEPS, model=model, device="cpu"):
        done += len(made.names)
    return done, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    rates: dict[str, dict[int, float]] = {}
    for model in ("careful", "quick"):
        for batch in BATCHES:
            taken = seconds(model, many(batch))
            rates.setdefault(model, {})[batch] = batch / taken
            print(f"{model:10s} batch {batch:5,}: {batch / taken:9,.0f} series/s ({1000 * taken:.1f} ms)", flush=True)
    for method, count in PEER_SERIES.items():
        series = many(count)
        task = Task("speed", "monthly", tuple(series), np.zeros((count, STEPS)))
        _, took = peers_timed(task, (method,))
        rate = count / took[method]
        ratios = ", ".join(f"{name} {rates[name][1024] / rate:,.0f} times" for name in rates)
        print(f"{method:10s} one by one: {rate:9,.1f} series/s; {ratios} as fast", flush=True)
    for model in ("quick", "careful"):
        for count in (10_000, 100_000, 1_000_000) if model == "quick" else (10_000, 100_000):
            megabytes, rate = peak_megabytes(model, count)
            print(
                f"{model:10s} {count:9,} series streamed: {megabytes:,.0f} MB at most, {rate:,.0f} series/s", flush=True
            )
    if options.store:
        for entry in listed(paths.models()[0]):
            if entry.name in rates:
                speed = tuple(Speed(batch=b, series_per_second=round(r, 1)) for b, r in rates[entry.name].items())
                Results.read(entry.folder).model_copy(update={"speed": speed}).write(entry.folder)
                describe(entry.folder, stored_manifest(entry.folder))


if __name__ == "__main__":
    main()
