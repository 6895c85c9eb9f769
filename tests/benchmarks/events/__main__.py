"""``make bench-events``: what knowing of events is worth, on simulated retail, as a person gets it.

Each case is written as a file with a column promo and read again; ``with`` uses that column and the public holidays,
``without`` ignores both. ``--peers PYTHON``: the Python of an environment with ``requirements.txt``, which forecasts
the same cases by other methods. WQL: weighted quantile loss over nine levels, summed over all shops of a case.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from tests.benchmarks.events.simulate import COUNTRY, LAWS, Case, simulate

from almanac import workflow
from almanac.core.jobs import run
from almanac.workflow import EventChoice, ForecastOptions

LEVELS = np.arange(1, 10) / 10
IGNORED = workflow.reading_options(repairs=(("event_column:promo", "ignore"),))
PEERS = ("Prophet", "ARIMA")


def ours(case: Case, path: Path, known: bool) -> np.ndarray:
    """Almanac's quantiles [shops, horizon, 9], with or without events."""
    file = run(workflow.check(path, None if known else IGNORED))
    options = ForecastOptions(horizon=case.law.horizon, levels=tuple(LEVELS))
    if known:
        options = replace(options, events=EventChoice(country=COUNTRY))
    made = run(workflow.forecast(file, options)).forecast
    return np.stack([made.quantile(level) for level in LEVELS], axis=-1)


def loss(quantiles: np.ndarray, actual: np.ndarray) -> tuple[float, float]:
    """The sum of quantile losses, and of absolute values: their ratio is WQL."""
    error = actual[:, :, None] - quantiles
    return float(2 * np.maximum(LEVELS * error, (LEVELS - 1) * error).mean(axis=-1).sum()), float(np.abs(actual).sum())


def within(quantiles: np.ndarray, actual: np.ndarray, where: np.ndarray) -> float:
    """How many of the values at some steps are within the middle 80%."""
    held = (quantiles[:, :, 0] <= actual) & (actual <= quantiles[:, :, -1])
    return float(held[where].mean())


def store(case: Case, folder: Path, number: int) -> None:
    """The case for the peers."""
    np.savez(
        folder / f"case-{number:03}.npz",
        sales=case.sales,
        promo=case.promo,
        dates=np.array(case.dates, dtype="datetime64[D]"),
        names=np.array([name for name, _ in case.holidays]),
        days=np.array([day for _, day in case.holidays], dtype="datetime64[D]"),
        history=case.law.history,
        period_days=case.law.days,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=6, help="of each law, ten shops each")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--peers", help="the Python of the peers' environment")
    options = parser.parse_args()
    for law in LAWS:
        cases = [simulate(law, options.seed + k) for k in range(options.cases)]
        with tempfile.TemporaryDirectory() as folder:
            show(law.name, cases, forecasts(cases, Path(folder), options.peers))


def forecasts(cases: list[Case], folder: Path, peers: str | None) -> dict[str, list[np.ndarray]]:
    """The quantiles of each method for each case."""
    made: dict[str, list[np.ndarray]] = {"without": [], "with": []}
    for number, case in enumerate(cases):
        path = case.write(folder / "sales.csv")
        made["without"].append(ours(case, path, known=False))
        made["with"].append(ours(case, path, known=True))
        store(case, folder, number)
    if peers:
        subprocess.run([peers, str(Path(__file__).with_name("peers.py")), str(folder)], check=True)
        for name in PEERS:
            made[name] = [np.load(folder / f"peers-{n:03}.npz")[name] for n in range(len(cases))]
    return made


def show(title: str, cases: list[Case], made: dict[str, list[np.ndarray]]) -> None:
    """Print the WQL of each method, its difference from Almanac without events, and how often its ranges held."""
    print(title)
    figures = {}
    for name, quantiles in made.items():
        losses = np.array([loss(q, case.future) for case, q in zip(cases, quantiles, strict=True)])
        figures[name] = losses[:, 0].sum() / losses[:, 1].sum()
    on = [case.promo[:, case.law.history :] > 0 for case in cases]
    for name, wql in figures.items():
        pairs = list(zip(cases, made[name], on, strict=True))
        held = np.mean([within(q, case.future, where) for case, q, where in pairs])
        other = np.mean([within(q, case.future, ~where) for case, q, where in pairs])
        change = wql / figures["without"] - 1
        ranges = f"80% ranges held {held:.0%} in promotions, {other:.0%} elsewhere"
        print(f"  {name:8} WQL {wql:.4f} ({change:+.1%}); {ranges}", flush=True)


if __name__ == "__main__":
    main()
