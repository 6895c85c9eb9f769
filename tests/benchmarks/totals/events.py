"""Totals of simulated shops with sales that the person entered: how often their 80% ranges hold.

Two stores sell four products for 420 days, each with a level that drifts, partly with all others, and a week of its
own. Of ``often``, two products have a sale of four days every two to four weeks; of ``seldom``, all of them a week's
sale every ten to sixteen weeks, the last of which is in the forecast. Totals of one file move together: the range of an
answer is that of the means of files.
"""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.workflow import EventChoice, ForecastOptions, check, forecast, totals

START = date(2024, 1, 1)
DAYS, AHEAD = 420, 28
STORES, PRODUCTS, ON_SALE = "AB", "wxyz", "xy"


@dataclass(frozen=True)
class SaleKind:
    """``seldom``: see above; ``effect``: of a sale, as a share; ``varies``: its standard deviation between sales."""

    name: str
    seldom: bool
    effect: float
    varies: float
    known: bool = True


KINDS = (
    SaleKind("often, +80%", False, 0.8, 0.0),
    SaleKind("often, no effect", False, 0.0, 0.0),
    SaleKind("often, no effect, not entered", False, 0.0, 0.0, known=False),
    SaleKind("seldom, +80%", True, 0.8, 0.0),
    SaleKind("seldom, +80% ± 30%", True, 0.8, 0.3),
)


def sales(kind: SaleKind, chance: np.random.Generator) -> tuple[list[Span], Floats]:
    """The days of the sales, and by what share each day is changed: float64 [days]."""
    change, spans = np.zeros(DAYS + AHEAD), []
    gap, length = ((70, 110), 7) if kind.seldom else ((14, 30), 4)
    begin = int(chance.integers(20, 80) if kind.seldom else chance.integers(5, 20))
    while begin < DAYS + AHEAD - length:
        following = begin + int(chance.integers(*gap))
        if kind.seldom and begin < DAYS <= following:
            following = DAYS + int(chance.integers(0, AHEAD - length))
        change[begin : begin + length] = kind.effect + kind.varies * chance.standard_normal()
        spans.append(Span(START + timedelta(begin), START + timedelta(begin + length - 1)))
        begin = following
    return spans, np.maximum(change, -0.9)


def simulated(kind: SaleKind, seed: int) -> tuple[Event, dict[tuple[str, str], Floats]]:
    """The sales, and what each product of each store sold on each day."""
    chance = np.random.default_rng(seed)
    days = DAYS + AHEAD
    week, common = chance.uniform(0.7, 1.3, 7), np.cumsum(chance.normal(0, 0.015, days))
    spans, change = sales(kind, chance)
    sold = {}
    for store in STORES:
        for product in PRODUCTS:
            level = np.exp(chance.normal(4, 0.5) + common + np.cumsum(chance.normal(0, 0.02, days)))
            noise = np.exp(chance.normal(0, 0.1, days))
            factor = 1 + change * (kind.seldom or product in ON_SALE)
            sold[store, product] = np.round(level * week[np.arange(days) % 7] * factor * noise)
    return Event("Sale", EventKind.SALE, tuple(spans), () if kind.seldom else tuple(ON_SALE)), sold


def judged(kind: SaleKind, seed: int, folder: Path) -> dict[str, tuple[Flags, Floats]]:
    """Whether the range of each total held, and its loss as a share of the total, for each kind of total."""
    event, sold = simulated(kind, seed)
    path = folder / "sales.csv"
    with path.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("day", "store", "product", "sold"))
        for n in range(DAYS):
            rows.writerows((START + timedelta(n), *key, f"{values[n]:.0f}") for key, values in sold.items())
    choice = EventChoice((event,) if kind.known else ())
    made = run(forecast(run(check(path)), ForecastOptions(horizon=AHEAD, model="quick", device="cpu", events=choice)))
    found: dict[str, list[tuple[bool, float]]] = {}
    for per in ("horizon", "week"):
        summed = run(totals(made, ("store", "product"), per))
        for g, group in enumerate(summed.groups):
            if len(group.key) > 1:
                continue
            parts = [values[DAYS:] for key, values in sold.items() if set(group.key) <= set(key)]
            for s, span in enumerate(summed.spans):
                happened = float(sum(part[span.start : span.stop].sum() for part in parts))
                ends = summed.low[g, s], summed.high[g, s]
                loss = sum(
                    2 * max(level * (happened - end), (level - 1) * (happened - end))
                    for level, end in zip((LIKELY_LOW, LIKELY_HIGH), ends, strict=True)
                )
                what = group.columns[0] if group.columns else "everything"
                for name in ("all totals", f"{what}, {per}"):
                    found.setdefault(name, []).append((ends[0] <= happened <= ends[1], loss / happened))
    return {name: (np.array([h for h, _ in each]), np.array([x for _, x in each])) for name, each in found.items()}


def report_events(files: int) -> None:
    """Print how often ranges held, with the standard error of that, and their loss."""
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            each = [judged(kind, seed, Path(folder)) for seed in range(files)]
        for name in each[0]:
            held = np.array([one[name][0].mean() for one in each])
            loss = np.mean([one[name][1].mean() for one in each])
            error = held.std(ddof=1) / np.sqrt(files)
            print(
                f"{kind.name:30} {name:22} {held.mean():6.1%} ± {error:.1%}  loss {loss:.4f}  ({files} files)",
                flush=True,
            )
