"""``make bench-speed``: series per second of both models and of other methods.

Measured from a SeriesSet to its Forecast, without reading a file. ``--store`` keeps the models' figures in their
results. ``make bench`` measures memory, from a file to a file.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time

import numpy as np
from models.training.card import describe
from models.training.evaluation.development import Task
from models.training.evaluation.results import Results, Speed
from models.training.folder import stored_manifest
from tests.benchmarks.accuracy.__main__ import peers_timed
from tests.builders import seasonal, series_set

from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.core.system import paths
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.models.catalogue import list_models

MONTHS, STEPS, RUNS = 120, 12, 9
BATCHES = (1, 64, 1024)
PEER_SERIES = {"autotheta": 300, "autoets": 100}


def many(count: int) -> SeriesSet:
    return series_set(*[seasonal(MONTHS, seed=k) for k in range(count)])


def seconds(model: str, series: SeriesSet) -> float:
    """Median of several runs, after two that warm up."""
    taken = []
    for _ in range(RUNS + 2):
        began = time.perf_counter()
        run(forecast(series, STEPS, model=ModelRequest(model, "cpu")))
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[2:])


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
    if options.store:
        for entry in list_models(paths.models()[0]):  # the newest version of each comes first
            if entry.name in rates:
                found = rates.pop(entry.name)
                speed = tuple(Speed(batch=b, series_per_second=round(r, 1)) for b, r in found.items())
                Results.read(entry.folder).model_copy(update={"speed": speed}).write(entry.folder)
                describe(entry.folder, stored_manifest(entry.folder))


if __name__ == "__main__":
    main()
