"""``make bench-orders``: is the certainty that was asked for held?

Each product has a known process. Its past is forecast and practised as the program does; the order-up-to level of each
certainty is then compared with thousands of futures of that process. Demand comes in whole numbers, so even one who
knows the process is more certain than asked for: the "known" column. A certainty is held when it is reached within two
points: at least what was wanted less two, at most two more than one who knows the process reaches. That is said of each
process, over all lead times, and of all together; the standard error is that of the means of products.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from tests.benchmarks.orders.products import PROCESSES, Demand, Process
from tests.builders import series_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import DAILY, WEEKLY, Frequency
from almanac.core.jobs import run
from almanac.orders import enough
from almanac.tables import ReadFile
from almanac.workflow import ForecastOptions, check
from almanac.workflow.forecasts.make_forecast import forecast
from almanac.workflow.ordering.make_orders import orders
from almanac.workflow.results import ForecastResult

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "corner-shop.csv"
CERTAINTIES = (0.80, 0.90, 0.95, 0.99)
WITHIN = 0.02  # the measure: held within two points of a hundred
# Points of the past, steps ahead, and lead times with one period of review.
DATA: dict[str, tuple[Frequency, int, int, tuple[int, ...]]] = {
    "daily": (DAILY, 540, 28, (2, 6, 20)),
    "weekly": (WEEKLY, 156, 13, (1, 3, 8)),
}


def simulated(process: Process, points: int, ahead: int, season: int, count: int) -> list[Demand]:
    """So many products of one kind, the same every time."""
    chance = np.random.default_rng([20_261, points, list(PROCESSES.values()).index(process)])
    return [process(chance, points, ahead, season) for _ in range(count)]


def forecast_of(products: list[Demand], frequency: Frequency, ahead: int) -> ForecastResult:
    """Forecast and practised like a file."""
    series = series_set(*(one.past for one in products), frequency=frequency)
    sample: ReadFile = run(check(SAMPLE))
    return run(forecast(replace(sample, series=series, findings=()), ForecastOptions(horizon=ahead, device="cpu")))


def service(result: ForecastResult, products: list[Demand], lead: int, certainty: float) -> Floats:
    """How often the level of each product is enough, and that of one who knows the process: float64 [products, 2]."""
    names = result.file.series.names
    rows = [(name, "0", f"{lead}", f"{certainty:.0%}") for name in names]
    unit = "days" if result.forecast.frequency.season_length == 7 else "weeks"
    found = run(orders(result, [("Product", "Stock", f"Lead time ({unit})", "Certainty"), *rows]))
    level = {one.product.name: one.order.level for one in found.products}
    sums = np.stack([one.futures[:, : lead + 1].sum(axis=1) for one in products])
    known = enough(sums, certainty)
    held = [(sums[k] <= level[name]).mean() for k, name in enumerate(names)]
    return np.stack([held, (sums <= known[:, None]).mean(axis=1)], axis=1)


def main() -> None:
    """Print a row for each kind of product and certainty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=40, help="of each kind and frequency")
    count = parser.parse_args().products
    everything: dict[str, dict[float, list[Floats]]] = {kind: {c: [] for c in CERTAINTIES} for kind in PROCESSES}
    print(f"{'data':8}{'kind':10}{'lead':>6}" + "".join(f"{c:>9.0%} known" for c in CERTAINTIES))
    for name, (frequency, points, ahead, leads) in DATA.items():
        season = frequency.season_length
        kinds = {kind: simulated(process, points, ahead, season, count) for kind, process in PROCESSES.items()}
        products = [one for several in kinds.values() for one in several]
        result = forecast_of(products, frequency, ahead)
        for lead in leads:
            table = {certainty: service(result, products, lead, certainty) for certainty in CERTAINTIES}
            for k, kind in enumerate(kinds):
                of_kind = {c: rows[k * count : (k + 1) * count] for c, rows in table.items()}
                cells = "".join(f"{row[:, 0].mean():>9.1%}{row[:, 1].mean():>6.1%}" for row in of_kind.values())
                print(f"{name:8}{kind:10}{lead:>6}{cells}", flush=True)
                for certainty, rows in of_kind.items():
                    everything[kind][certainty].append(rows)
    print(f"{'process':12}{'wanted':>8}{'held':>8}{'±':>6}{'known':>8}")
    for kind, found in everything.items():
        for certainty, parts in found.items():
            print(f"{kind:12}{_verdict(certainty, parts)}")
    for certainty in CERTAINTIES:
        of_kinds = zip(*(found[certainty] for found in everything.values()), strict=True)
        print(f"{'all':12}{_verdict(certainty, [np.concatenate(parts) for parts in of_kinds])}")


def _verdict(wanted: float, parts: list[Floats]) -> str:
    """How often so much was enough, next to what was wanted; ``parts`` float64 [products, 2] for each lead time."""
    held, known = np.concatenate(parts).mean(axis=0)
    of_product = np.stack([part[:, 0] for part in parts]).mean(axis=0)
    error = of_product.std(ddof=1) / np.sqrt(len(of_product))
    said = f"held within {WITHIN:.0%}"
    if wanted - held > WITHIN:
        said = f"{100 * (wanted - held):.1f} points too low"
    elif held - max(known, wanted) > WITHIN:
        said = f"{100 * (held - known):.1f} points more than one who knows the process reaches"
    return f"{wanted:>8.0%}{held:>8.1%}{error:>6.1%}{known:>8.1%}  {said}"


if __name__ == "__main__":
    main()
