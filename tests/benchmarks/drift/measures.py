"""False alerts a year of unchanged workbooks, and how soon changes are seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lgamma, log

import numpy as np
from tests.benchmarks.drift.looks import look
from tests.benchmarks.drift.workbooks import (
    SETTINGS,
    Case,
    Change,
    clean,
    gaps,
    level,
    season,
    spread,
    times,
    trend,
    unchanged,
    zeros,
)

MEMORIES = (0.0, 0.4, 0.8)
# Series in a workbook, and how many workbooks of each are simulated.
SIZES = {1: 300, 2: 150, 3: 150, 5: 120, 10: 100, 30: 50, 100: 25, 500: 36}
AHEAD = {"monthly": (1, 2, 3, 4, 6, 9, 12), "weekly": (1, 2, 3, 4, 5, 6, 8, 13, 26), "daily": (2, 4, 7, 10, 14, 21, 28)}
CHANGES: dict[str, Change] = {
    "level +10%": level(0.1),
    "level +20%": level(0.2),
    "level -20%": level(-0.2),
    "level +30%": level(0.3),
    "level +50%": level(0.5),
    "spread x2": spread(2),
    "spread x3": spread(3),
    "trend +50% a year": trend(0.5),
    "season later by a quarter": season(0.25),
    "zeros in 30%": zeros(0.3),
    "gaps in 30%": gaps(0.3),
    "units x10": times(10),
    "units x100": times(100),
    "units x1000": times(1000),
    "sign": times(-1),
}


def false_alerts(share: float, seed: int, model: str | None, sizes: Sequence[int] = tuple(SIZES)) -> Iterator[str]:
    """A line for each kind of workbook, and one for each size."""
    total: dict[int, list[tuple[int, float]]] = {size: [] for size in sizes}
    for name, setting in SETTINGS.items():
        for memory in MEMORIES:
            for size in sizes:
                count = max(round(SIZES[size] * share), 1)
                rng = np.random.default_rng([seed, size, int(10 * memory), setting.year])
                books = [unchanged(rng, size, setting.past + setting.ahead, setting, memory) for _ in range(count)]
                past, new = [b[:, : setting.past] for b in books], [b[:, setting.past :] for b in books]
                alerts = sum(map(len, look(past, new, setting, model)))
                years = count / setting.looks
                total[size].append((alerts, years))
                yield f"{name:<8} memory {memory:.1f} {size:>4} series: {rate(alerts, years)}"
    for size, parts in total.items():
        yield f"all, {size:>4} series: {rate(sum(a for a, _ in parts), sum(y for _, y in parts))}"


def rate(alerts: int, years: float) -> str:
    """Alerts a year, with the interval that holds it with 95% (Garwood, 1936)."""
    low = 0.0 if alerts == 0 else _poisson_bound(alerts - 1, 0.975)
    return (f"{alerts / years:.2f} a year [{low / years:.2f}, {_poisson_bound(alerts, 0.025) / years:.2f}] "
            f"({alerts} in {years:.0f} workbook-years)")  # fmt: skip


def _poisson_bound(count: int, probability: float) -> float:
    """The mean at which at most ``count`` have this probability, by bisection."""
    low, high = 0.0, count + 10 + 10 * np.sqrt(count + 1)
    for _ in range(60):
        middle = (low + high) / 2
        terms = sum(np.exp(k * log(middle) - middle - lgamma(k + 1)) for k in range(count + 1))
        low, high = (middle, high) if terms > probability else (low, middle)
    return (low + high) / 2


def delays(share: float, seed: int, model: str | None) -> Iterator[str]:
    """For each change in a workbook of one series: the share that was seen after so many periods, and the median."""
    for name, setting in SETTINGS.items():
        yield f"{name}, noise {setting.noise:.0%}: seen after {', '.join(map(str, AHEAD[name]))} periods; median"
        for title, change in CHANGES.items():
            shares = _seen(name, change, max(round(100 * share), 10), seed, model)
            median = next((str(k) for k, one in zip(AHEAD[name], shares, strict=True) if one >= 0.5), "later")
            yield f"  {title:<26}" + "".join(f"{one:>6.0%}" for one in shares) + f"   {median}"


def _seen(name: str, change: Change, count: int, seed: int, model: str | None) -> list[float]:
    """The share of workbooks in which it was seen in a look after so many periods, or in one before."""
    setting, most = SETTINGS[name], AHEAD[name][-1]
    rng = np.random.default_rng([seed, setting.year])
    values = clean(rng, count, setting.past + most, setting)
    past, new = values[:, : setting.past], values[:, setting.past :]
    after = change(Case(past, new, setting, rng))
    seen = np.zeros(count, dtype=bool)
    shares = []
    for ahead in AHEAD[name]:
        alerts = look([row[None] for row in past], [row[None, :ahead] for row in after], setting, model)
        seen |= np.array([bool(found) for found in alerts])
        shares.append(float(seen.mean()))
    return shares
