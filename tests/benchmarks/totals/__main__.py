"""``make bench-totals``: do ranges of totals hold, are they better than sums of parts and than direct forecasts, speed.

Each data set is cut at several ends. At each, everything is forecast and checked as the program does, and the totals of
all groups of two or more series over the whole horizon, and over each third of it, are compared with what happened.
Totals with events are in ``events.py``, simulated ones with many futures each in ``known.py``, rare
sellers in ``rare.py``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from tests.benchmarks.totals.data import Grouped, development, public
from tests.benchmarks.totals.events import report_events
from tests.benchmarks.totals.known import LAWS, held_and_lost, simulated
from tests.benchmarks.totals.rare import report_rare
from tests.benchmarks.totals.speed import rows

from almanac.core.arrays import Floats
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.evaluation.metrics import quantile_loss
from almanac.tables import ReadFile
from almanac.workflow import ForecastOptions, check
from almanac.workflow.forecasts.make_forecast import forecast
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling import total_ranges
from almanac.workflow.totalling.aligned_parts import align

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "corner-shop.csv"
ENDS, FILES = 4, 80
LEVELS = np.array(DEFAULT_LEVELS)
Judged = dict[str, list[tuple[Floats, Floats]]]  # for each method, quantiles [T, Q] and actual totals [T] at each end


@cache
def read_sample() -> ReadFile:
    """Any file: only its series are replaced."""
    return run(check(SAMPLE))


def as_file(series: SeriesSet) -> ReadFile:
    """The series as if they had been read from a file."""
    return replace(read_sample(), series=series, findings=())


def judged(data: Grouped, ends: int) -> Judged:
    """The totals of all groups and spans by each method."""
    found: Judged = {}
    frequency = data.series.frequency
    for end in range(ends):
        back = data.horizon + end * max(1, data.horizon // 2)
        known, whole = data.until(back, 2 * frequency.season_length + 3)
        if len(known) < 8:
            break
        result = run(forecast(as_file(known), ForecastOptions(device="cpu")))
        for method, quantiles, actual in totals_of(result, whole, back):
            found.setdefault(method, []).append((quantiles, actual))
    return found


def totals_of(result: ForecastResult, whole: SeriesSet, back: int) -> list[tuple[str, Floats, Floats]]:
    """Quantiles of the totals by each method, and what happened."""
    hierarchy = result.hierarchy
    assert hierarchy is not None
    parts, grouping = align(result.forecast, result.file.series), hierarchy.grouping
    h = parts.horizon
    spans = [(0, h), (0, -(-h // 3)), (h - h // 3, h)]
    own = whole.take(result.file.series.positions(parts.series.names))
    actual = grouping.sums(np.stack([y[len(y) - back :][:h] for y in own]))
    happened = np.stack([actual[:, a:b].sum(axis=1) for a, b in spans], axis=1)
    numbers = np.arange(len(grouping))

    def quantiles(means: Floats, offsets: Floats) -> Floats:
        expected = np.stack([means[:, a:b].sum(axis=1) for a, b in spans], axis=1)
        return np.sort(expected[:, :, None] + offsets, axis=2).reshape(-1, len(LEVELS))

    direct = total_ranges.from_totals(hierarchy, numbers, spans, DEFAULT_LEVELS)
    summed = total_ranges.from_parts(result, parts, grouping, spans, DEFAULT_LEVELS)
    shipped = total_ranges.offsets_of(result, parts, grouping, spans, DEFAULT_LEVELS)
    base = grouping.sums(hierarchy.part_means)
    y = happened.ravel()
    return [
        ("program", quantiles(hierarchy.means, shipped), y),
        ("reconciled, direct ranges", quantiles(hierarchy.means, direct), y),
        ("reconciled, summed ranges", quantiles(hierarchy.means, summed), y),
        ("reconciled, mean of both", quantiles(hierarchy.means, (summed + direct) / 2), y),
        ("direct", quantiles(hierarchy.own_means, direct), y),
        ("bottom-up", quantiles(base, summed), y),
    ]


def report(name: str, found: Judged) -> None:
    """Print coverage and weighted quantile loss of each method."""
    for method, parts in found.items():
        quantiles, actual = np.concatenate([q for q, _ in parts]), np.concatenate([y for _, y in parts])
        held = np.mean((actual >= quantiles[:, 0]) & (actual <= quantiles[:, -1]))
        # each group weighs alike: losses in units of the size of its total
        loss = quantile_loss(quantiles, actual, LEVELS).mean(axis=1)
        wql = 2 * loss.sum() / np.abs(actual).sum()
        relative = 2 * (loss[actual != 0] / np.abs(actual[actual != 0])).mean()
        print(f"{name:24} {method:28} {100 * held:5.1f}% {wql:.4f} {relative:.4f}  ({len(actual)} totals)", flush=True)


def report_known(files: int) -> None:
    """Print how often ranges of the whole horizon held in simulated hierarchies whose process is known."""
    for law in LAWS:
        each = []
        for seed in range(files):
            series, later = simulated(law, seed)
            options = ForecastOptions(horizon=law.ahead, model="quick", device="cpu")
            each.append(held_and_lost(run(forecast(as_file(series), options)), series.names, later))
        for name in each[0]:
            held, lost = np.array([one[name] for one in each]).T
            error = held.std(ddof=1) / np.sqrt(files)
            print(f"{law.name:30} {name:22} {held.mean():6.1%} ± {error:.1%}  loss {lost.mean():.4f}", flush=True)


def run_all(sets: Iterable[Grouped], ends: int) -> None:
    """Judge all data sets, those of one name together; simulated ones are cut once, as each is another one."""
    found: dict[str, Judged] = {}
    for data in sets:
        own = found.setdefault(data.name, {})
        for method, parts in judged(data, 1 if data.name.startswith("simulated") else ends).items():
            own.setdefault(method, []).extend(parts)
    for name, own in found.items():
        report(name, own)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--only",
        default="",
        help="data sets with this in their name: simulated, known, rare, M1, Tourism, events, speed",
    )
    parser.add_argument(
        "--files",
        type=int,
        default=FILES,
        help="simulated files with events, of each kind; half as many of known processes",
    )
    parser.add_argument("--ends", type=int, default=ENDS, help="at how many ends M1 and Tourism are cut")
    options = parser.parse_args()
    if options.only in "speed":
        for done, seconds in rows():
            print(f"{done}: {seconds:.1f} s")
    for name, sets in (("simulated", development()), ("M1", public("M1")), ("Tourism", public("Tourism"))):
        if options.only in name:
            run_all(sets, options.ends)
    if options.only in "known":
        report_known(options.files // 2)
    if options.only in "rare":
        report_rare(as_file)
    if options.only in "events":
        report_events(options.files)
