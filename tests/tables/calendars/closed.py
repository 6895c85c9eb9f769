"""Files of shops, offices, meters and resorts that are closed on some days, at some hours, in some months."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.tables.calendars.export import Dialect, heading

SATURDAY, SUNDAY = 5, 6
Open = Callable[[datetime], bool]


@dataclass(frozen=True)
class ClosedFile:
    """``is_open``: the truth for each series; ``absent``: how many open periods have no row."""

    text: str
    frequencies: tuple[str, ...]
    step: timedelta
    values: dict[str, dict[datetime, float]]
    is_open: dict[str, Open]
    absent: int


def closed_file(seed: int) -> ClosedFile:
    """One file of the kind."""
    rng = random.Random(seed)
    return KINDS[seed % len(KINDS)](rng)


def _always(_: datetime) -> bool:
    return True


def _on_weekdays(closed: set[int]) -> Open:
    return lambda when: when.weekday() not in closed


def _value(rng: random.Random, when: datetime) -> float:
    return round(100 + 8 * when.weekday() + when.hour + rng.random() * 20, 2)


def _moments(first: datetime, step: timedelta, count: int) -> Iterator[datetime]:
    return (first + n * step for n in range(count))


def _draw(rng: random.Random, moments: list[datetime], opened: Open, absent_share: float) -> dict[datetime, float]:
    """Values at the open moments, a few of which have no row."""
    inside = [when for when in moments if opened(when)]
    kept = [inside[0], *(when for when in inside[1:-1] if rng.random() >= absent_share), inside[-1]]
    return {when: _value(rng, when) for when in kept}


def _single(
    rng: random.Random,
    values: dict[datetime, float],
    opened: Open,
    step: timedelta,
    frequency: str | tuple[str, ...],
) -> ClosedFile:
    dialect, clock = Dialect.drawn(rng), step < timedelta(1)
    name = heading(rng, "sales")
    write = dialect.moment if clock else dialect.day
    note = rng.random() < 0.3
    rows = [
        [write(when), *([rng.choice(["dry", "rain", "snow"])] if note else []), dialect.number(value)]
        for when, value in values.items()
    ]
    heads = [heading(rng, "time" if clock else "date"), *([heading(rng, "note")] if note else []), name]
    frequencies = (frequency,) if isinstance(frequency, str) else frequency
    text = dialect.table(heads, rows)
    between = _moments(min(values), step, (max(values) - min(values)) // step)
    absent = sum(opened(when) and when not in values for when in between)
    return ClosedFile(text, frequencies, step, {name: values}, {name: opened}, absent)


def weekdays(rng: random.Random) -> ClosedFile:
    """Days of the week: daily, or business days where both days of the weekend are closed and another day too."""
    closed = set(rng.sample(range(7), rng.choice([1, 1, 1, 2, 2, 3, 4, 5])))
    if closed == {SATURDAY, SUNDAY}:
        closed = {SUNDAY}
    frequency = ("business-daily", "daily") if {SATURDAY, SUNDAY} <= closed else "daily"
    weeks = rng.randint(6, 70)
    moments = list(_moments(datetime(2022, 1, 1) + timedelta(rng.randrange(400)), timedelta(1), 7 * weeks))
    opened = _on_weekdays(closed)
    values = _draw(rng, moments, opened, rng.choice([0, 0, 0.01, 0.03]))
    return _single(rng, values, opened, timedelta(1), frequency)


def exceptions(rng: random.Random) -> ClosedFile:
    """Closed on Sundays, but for one or two Sundays before Christmas."""
    first = datetime(2023, 1, 2)
    moments = list(_moments(first, timedelta(1), 364))
    opened = _on_weekdays({SUNDAY})
    values = _draw(rng, moments, opened, 0.01)
    extra = rng.sample([when for when in moments if when.weekday() == SUNDAY][:-1], rng.choice([1, 2]))
    values |= {when: _value(rng, when) for when in extra}
    return _single(rng, dict(sorted(values.items())), opened, timedelta(1), "daily")


def hours(rng: random.Random) -> ClosedFile:
    """Hours or parts of them, on all days or not on some."""
    minutes = rng.choice([60, 60, 60, 30, 15])
    first, last = rng.randint(5, 10) * 60 + rng.choice([0, minutes]), rng.randint(14, 22) * 60
    closed = set(rng.choice([[], [], [SUNDAY], [SATURDAY, SUNDAY], [0]]))
    short = rng.random() < 0.3 and SATURDAY not in closed

    def opened(when: datetime) -> bool:
        minute = when.hour * 60 + when.minute
        until = last - 120 if short and when.weekday() == SATURDAY else last
        return when.weekday() not in closed and first <= minute < until

    start = datetime(2023, 3, 1) + timedelta(rng.randrange(200))
    moments = list(_moments(start, timedelta(minutes=minutes), 7 * rng.randint(6, 10) * 1440 // minutes))
    values = _draw(rng, moments, opened, rng.choice([0, 0, 0.01]))
    frequency = "hourly" if minutes == 60 else f"every {minutes} minutes"
    return _single(rng, values, opened, timedelta(minutes=minutes), frequency)


def _season(rng: random.Random) -> Open:
    first, length = rng.randrange(12), rng.randint(3, 9)
    months = {(first + n) % 12 + 1 for n in range(length)}
    return lambda when: when.month in months


def season_of_days(rng: random.Random) -> ClosedFile:
    """A resort that is open for some months, day by day."""
    opened = _season(rng)
    moments = list(_moments(datetime(2018, 1, 1), timedelta(1), 365 * rng.randint(4, 5)))
    values = _draw(rng, moments, opened, rng.choice([0, 0.01]))
    return _single(rng, values, opened, timedelta(1), "daily")


def stores(rng: random.Random) -> ClosedFile:
    """Stores that are closed on different days, in one column under one another."""
    dialect = Dialect.drawn(rng)
    moments = list(_moments(datetime(2023, 5, 1), timedelta(1), 7 * rng.randint(10, 40)))
    values, is_open, absent = {}, {}, 0
    days = rng.sample(range(7), 3)
    for name, closed in zip(("North", "South", "West"), ([days[0]], [days[1]], [days[2], SUNDAY]), strict=True):
        is_open[name] = _on_weekdays(set(closed))
        values[name] = _draw(rng, moments, is_open[name], rng.choice([0, 0.02]))
        absent += sum(map(is_open[name], moments)) - len(values[name])
    rows = [
        [dialect.day(when), name, dialect.number(values[name][when])]
        for when in moments
        for name in values
        if when in values[name]
    ]
    heads = [heading(rng, "date"), heading(rng, "shop"), heading(rng, "sales")]
    return ClosedFile(dialect.table(heads, rows), ("daily",), timedelta(1), values, is_open, absent)


def chance(rng: random.Random) -> ClosedFile:
    """A near miss: days that are missing by chance, or all in one long gap."""
    moments = list(_moments(datetime(2023, 5, 1), timedelta(1), rng.randint(60, 400)))
    if rng.random() < 0.5:
        values = _draw(rng, moments, _always, rng.choice([0.05, 0.15, 0.3]))
    else:
        gap = rng.randrange(10, len(moments) - 40)
        values = {when: _value(rng, when) for when in moments[:gap] + moments[gap + 30 :]}
    return _single(rng, values, _always, timedelta(1), "daily")


def outages(rng: random.Random) -> ClosedFile:
    """A near miss: a meter that was off for some hours, now and then."""
    moments = list(_moments(datetime(2023, 5, 1), timedelta(hours=1), 24 * rng.randint(30, 60)))
    off: set[datetime] = set()
    for _ in range(rng.randint(3, 12)):
        start = rng.randrange(2, len(moments) - 30)
        off |= set(moments[start : start + rng.randint(1, 24)])
    values = {when: _value(rng, when) for when in moments if when not in off}
    return _single(rng, values, _always, timedelta(hours=1), "hourly")


KINDS = (weekdays, hours, weekdays, season_of_days, stores, exceptions, hours, chance, outages, weekdays)
