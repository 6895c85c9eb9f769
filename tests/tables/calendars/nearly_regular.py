"""Files that are regular but for a few rows: Saturdays among business days, odd minutes, weeks that shift by a day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.tables.calendars.export import Dialect, heading

DAY = timedelta(1)
SATURDAY = 5


@dataclass(frozen=True)
class NearlyRegularFile:
    """``values``: by the label of each period; ``strays``: the lines of rows elsewhere; ``code``: of the finding."""

    text: str
    frequency: str
    name: str
    values: dict[datetime, float]
    strays: tuple[int, ...]
    code: str


def nearly_regular_file(seed: int) -> NearlyRegularFile:
    """One file of the kind."""
    rng = random.Random(seed)
    return KINDS[seed % len(KINDS)](rng)


def _value(rng: random.Random) -> float:
    return round(100 + rng.random() * 50, 2)


def _steps(first: datetime, step: timedelta, count: int) -> Iterator[datetime]:
    return (first + n * step for n in range(count))


@dataclass(frozen=True)
class Row:
    """A row and the period it counts to."""

    when: datetime
    label: datetime
    value: float


def _file(rng: random.Random, rows: list[Row], frequency: str, clock: str, code: str) -> NearlyRegularFile:
    """``clock``: how times of day are written, empty for days."""
    rows = sorted(rows, key=lambda row: row.when)
    dialect, name = Dialect.drawn(rng), heading(rng, "sales")
    write = (lambda when: f"{dialect.day(when)} {when:{clock}}") if clock else dialect.day
    text = dialect.table(
        [heading(rng, "time" if clock else "date"), name],
        [[write(row.when), dialect.number(row.value)] for row in rows],
    )
    values: dict[datetime, float] = {}
    for row in rows:
        values[row.label] = values.get(row.label, 0.0) + row.value
    strays = tuple(n + 2 for n, row in enumerate(rows) if row.when != row.label)
    return NearlyRegularFile(text, frequency, name, values, strays, code)


def business_days(rng: random.Random) -> NearlyRegularFile:
    days = list(_steps(datetime(2022, 1, 3), DAY, 7 * rng.randint(20, 80)))
    rows = [Row(day, day, _value(rng)) for day in days if day.weekday() < SATURDAY and rng.random() > 0.02]
    weekend = [day for day in days if day.weekday() >= SATURDAY]
    strays = rng.sample(weekend, rng.randint(1, max(len(days) // 60, 2)))
    rows += [Row(day, day - (day.weekday() - 4) * DAY, _value(rng)) for day in strays]
    return _file(rng, rows, "business-daily", "", "weekend_rows")


def odd_minutes(rng: random.Random) -> NearlyRegularFile:
    """A few rows between the others, near times that have no other row."""
    minutes = rng.choice([60, 60, 30, 15])
    times = list(_steps(datetime(2023, 3, 1), timedelta(minutes=minutes), 24 * 20 * 60 // minutes))
    odd = set(rng.sample(range(2, len(times) - 2), rng.randint(1, 8)))
    shift = [n for n in range(-minutes // 2 + 1, minutes // 2) if n]
    rows = [
        Row(when + timedelta(minutes=rng.choice(shift)) if n in odd else when, when, _value(rng))
        for n, when in enumerate(times)
    ]
    name = "hourly" if minutes == 60 else f"every {minutes} minutes"
    return _file(rng, rows, name, "%H:%M", "odd_times")


def uneven_clocks(rng: random.Random) -> NearlyRegularFile:
    """A device whose clock is never exact."""
    minutes = rng.choice([60, 30, 15, 10])
    most = int(minutes * 60 * 0.08)
    times = list(_steps(datetime(2023, 3, 1, 1), timedelta(minutes=minutes), 24 * 10 * 60 // minutes))
    rows = [Row(when + timedelta(seconds=rng.randint(-most, most)), when, _value(rng)) for when in times]
    name = "hourly" if minutes == 60 else f"every {minutes} minutes"
    return _file(rng, rows, name, "%H:%M:%S", "uneven_times")


def shifted_weeks(rng: random.Random) -> NearlyRegularFile:
    """Weeks, a few of which end a day or two early or late because of a holiday."""
    weeks = list(_steps(datetime(2021, 1, 4) + rng.randrange(7) * DAY, 7 * DAY, rng.randint(40, 120)))
    odd = set(rng.sample(range(1, len(weeks) - 1), rng.randint(1, len(weeks) // 10)))
    rows = [
        Row(day + rng.choice([-2, -1, 1, 2]) * DAY if n in odd else day, day, _value(rng))
        for n, day in enumerate(weeks)
    ]
    return _file(rng, rows, "weekly", "", "odd_times")


def regular(rng: random.Random) -> NearlyRegularFile:
    """A near miss: nothing is odd."""
    step, name = rng.choice([(timedelta(hours=1), "hourly"), (timedelta(minutes=30), "every 30 minutes")])
    rows = [Row(when, when, _value(rng)) for when in _steps(datetime(2023, 3, 1, 0, 30), step, 400)]
    return _file(rng, rows, name, "%H:%M", "")


def six_days(rng: random.Random) -> NearlyRegularFile:
    """A near miss: Saturdays are usual."""
    days = _steps(datetime(2022, 1, 3), DAY, 7 * rng.randint(20, 80))
    return _file(rng, [Row(day, day, _value(rng)) for day in days if day.weekday() < 6], "daily", "", "")


KINDS = (business_days, odd_minutes, uneven_clocks, shifted_weeks, business_days, regular, odd_minutes, six_days)
