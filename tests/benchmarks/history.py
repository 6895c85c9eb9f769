"""The history in figures: a store of many runs of many series, how fast it is, how large, and what a kill does to it.

Forecasts are simulated with random digits, which compress as badly as those of a model; no model runs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
from tests.history.test_kills import kill_while_writing

from almanac import history
from almanac.core.calendar.frequency import BY_NAME
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.tables.reading import Preview, ReadFile, Reading
from almanac.workflow import history_open, history_overview, history_runs
from almanac.workflow.history.access import open_history
from almanac.workflow.history.browse import history_size
from almanac.workflow.history.keep import keep_run
from almanac.workflow.results import ForecastResult

LEVELS = np.array([0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99])
REPEATS = 5


def simulated(series: int, points: int, horizon: int, seed: int) -> ForecastResult:
    """A forecast of so many monthly series with ``points`` past values each, another for another seed."""
    rng = np.random.default_rng(seed)
    frequency = BY_NAME["monthly"]
    names = tuple(f"Product {n}" for n in range(series))
    first = np.full(series, 600, np.int64)
    values = rng.integers(0, 400, series * points).astype(np.float64)
    past = SeriesSet(names, values, np.arange(series + 1, dtype=np.int64) * points, first, frequency)
    quantiles = np.sort(rng.lognormal(4, 1, (series, horizon, len(LEVELS))), axis=2)
    made = Forecast(
        names,
        first + points,
        frequency,
        LEVELS,
        quantiles,
        "careful@2.1.1",
        "0" * 64,
        "cpu",
        means=quantiles.mean(axis=2),
    )
    columns = ("month", "product", "sold")
    reading = Reading(
        f"sales {seed}.csv",
        f"{seed:064d}",
        None,
        "utf-8",
        ",",
        ".",
        1,
        columns,
        ("date", "series", "value"),
        "month",
        "%Y-%m-%d",
        ("sold",),
        ("product",),
        "long",
        frequency,
        series * points,
    )
    file = ReadFile(reading, past, Preview(columns, ("date", "series", "value"), (), ()))
    return ForecastResult(file, made, datetime.now().astimezone())


def median_seconds(work: Callable[[], object]) -> float:
    """How long this takes, as the median of a few times."""
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def fill(runs: int, series: int, horizon: int) -> float:
    """Keep so many runs, ten of each reading; returns the bytes of each forecast value, past values included."""
    result = simulated(series, 48, horizon, 0)
    for n in range(runs):
        if n % 10 == 0:
            result = simulated(series, 48 + n // 10, horizon, n)
        kept = keep_run(result, None, {}, 1.0).kept
        assert kept is not None
        assert kept.problem is None
    return history_size() / (runs * series * horizon)


def opening() -> None:
    """Open the history as every job does."""
    with open_history() as store:
        store.connection.execute("SELECT 1")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--series", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=1_000)
    options = parser.parse_args()
    os.environ["ALMANAC_HISTORY"] = "on"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALMANAC_STATE"] = folder
        size = fill(options.runs, options.series, 12)
        latest = run(history_runs())[0].id
        print(f"{options.runs} runs of {options.series} series, 12 steps, 17 quantiles")
        print(f"  bytes for each forecast value, everything included  {size:8.1f}   (goal 200)")
        print(f"  size of the history, MB                             {history_size() / 1e6:8.0f}")
        print(f"  opening, seconds                                    {median_seconds(opening):8.4f}   (goal 0.5)")
        print(f"  list of projects, seconds                           {median_seconds(_overview):8.4f}   (goal 0.1)")
        print(f"  list of all runs, seconds                           {median_seconds(_runs):8.4f}   (goal 0.1)")
        shown = median_seconds(lambda: run(history_open(latest)))
        print(f"  an earlier run shown, seconds                       {shown:8.4f}")
        print(f"  deletion of one run from the disk, seconds          {_deletion(latest):8.2f}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALMANAC_STATE"] = folder
        many = simulated(3_000, 48, 8, 1)
        begun = time.process_time()
        kept = median_seconds(lambda: _keep(many))
        busy = (time.process_time() - begun) / REPEATS
        print(f"3,000 series, 8 steps: kept in, seconds               {kept:8.4f}   (goal 0.15)")
        print(f"  seconds of the processor                            {busy:8.4f}")
    with tempfile.TemporaryDirectory() as folder:
        found = [
            kill_while_writing(Path(folder) / f"{n}.db", min(100, options.kills - n), n)
            for n in range(0, options.kills, 100)
        ]
    known, lost, damaged = (sum(column) for column in zip(*found, strict=True)) if found else (0, 0, 0)
    print(f"{options.kills} kills while writing: {known} acknowledged records, {lost} lost, {damaged} times not whole")


def _keep(result: ForecastResult) -> None:
    """Keep it as a new reading, which takes longest."""
    global _turn
    _turn += 1
    reading = replace(result.file.reading, sha256=f"{_turn:064d}")
    keep_run(replace(result, file=replace(result.file, reading=reading)), None, {}, 1.0)


_turn = 0


def _overview() -> None:
    run(history_overview())


def _runs() -> None:
    run(history_runs())


def _deletion(latest: str) -> float:
    begun = time.perf_counter()
    with open_history() as store:
        history.delete(store, (latest,))
        history.erase(store)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
