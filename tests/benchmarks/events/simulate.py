"""Simulated sales of shops with promotions and the public holidays of Germany, with what comes next.

A level that drifts, a pattern of the week and of the year; a promotion multiplies the value by a factor of the shop's
own, the two days before a holiday sell more, and on most holidays little is sold, in some shops nothing. Values are
counts (negative binomial). In the cases without effect the same promotions and holidays do nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from almanac.events import public_holidays

COUNTRY, START = "DE", date(2021, 1, 4)  # a Monday
SHOPS = 10


@dataclass(frozen=True)
class Law:
    """What a case is drawn from: days in a period, periods of history, horizon, and whether events do anything."""

    name: str
    days: int
    history: int
    horizon: int
    effect: bool


LAWS = (
    Law("daily, events matter", 1, 900, 28, effect=True),
    Law("daily, events do nothing", 1, 900, 28, effect=False),
    Law("weekly, events matter", 7, 170, 13, effect=True),
    Law("weekly, events do nothing", 7, 170, 13, effect=False),
)


@dataclass(frozen=True, eq=False)
class Case:
    """``sales`` and ``promo``: [shops, history + horizon]; ``holidays``: name and day of each within the span."""

    law: Law
    seed: int
    sales: np.ndarray
    promo: np.ndarray
    holidays: tuple[tuple[str, date], ...]

    @property
    def dates(self) -> list[date]:
        """The first day of each period."""
        return [START + timedelta(self.law.days * n) for n in range(self.sales.shape[1])]

    @property
    def future(self) -> np.ndarray:
        """What happened in the horizon: [shops, horizon]."""
        return self.sales[:, self.law.history :]

    def write(self, path: Path) -> Path:
        """The case as a person's file: a row for each period and shop; those to come have a promotion but no sales."""
        with path.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["date", "shop", "sales", "promo"])
            for n, day in enumerate(self.dates):
                for i in range(len(self.sales)):
                    sold = f"{self.sales[i, n]:.0f}" if n < self.law.history else ""
                    rows.writerow([day.isoformat(), f"Shop {chr(65 + i)}", sold, int(self.promo[i, n])])
        return path


def simulate(law: Law, seed: int) -> Case:
    """Draw one case."""
    rng = np.random.default_rng([seed, law.days])
    periods = law.history + law.horizon
    days = periods * law.days
    named = _holidays(days)
    closed = np.zeros(days)
    closed[[(day - START).days for _, day in named]] = 1
    before = np.zeros(days)
    before[:-1] += closed[1:]
    before[:-2] += closed[2:]
    before = np.minimum(before, 1) * (1 - closed)
    sales, promo = np.zeros((SHOPS, periods)), np.zeros((SHOPS, periods))
    for i in range(SHOPS):
        usual, on = _usual(rng, days), _promotions(rng, days)
        lift, rush, lost = rng.uniform(0.2, 1.0), rng.uniform(0.1, 0.6), -rng.uniform(0.5, 1.0)
        factor = (1 + lift * on) * (1 + rush * before) * (1 + lost * closed) if law.effect else np.ones(days)
        drawn = _counts(rng, usual * factor)
        sales[i] = drawn.reshape(periods, law.days).sum(axis=1)
        promo[i] = on.reshape(periods, law.days)[:, 0]
    return Case(law, seed, sales, promo, named)


def _holidays(days: int) -> tuple[tuple[str, date], ...]:
    last = START + timedelta(days - 1)
    events = public_holidays(COUNTRY, range(START.year, last.year + 1))
    spans = ((event.name, span.first) for event in events for span in event.spans)
    return tuple(sorted((one for one in spans if START <= one[1] <= last), key=lambda one: one[1]))


def _usual(rng: np.random.Generator, days: int) -> np.ndarray:
    """The mean of each day without events."""
    t = np.arange(days)
    week = np.array([1.0, 0.9, 0.95, 1.0, 1.2, 1.5, 0.7]) * np.exp(0.1 * rng.standard_normal(7))
    year = np.exp(rng.uniform(0.05, 0.25) * np.sin(2 * np.pi * (t / 365.25 + rng.random())))
    drift = np.exp(np.cumsum(rng.uniform(0.002, 0.008) * rng.standard_normal(days)))
    return np.exp(rng.normal(4.0, 0.8)) * week[t % 7] * year * drift


def _promotions(rng: np.random.Generator, days: int) -> np.ndarray:
    """Whole weeks, one in six on average."""
    weeks = rng.random(days // 7 + 1) < 1 / 6
    return weeks.repeat(7)[:days].astype(float)


def _counts(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    size = rng.uniform(10, 40)
    return rng.negative_binomial(size, size / (size + np.maximum(mean, 1e-9))).astype(float)
