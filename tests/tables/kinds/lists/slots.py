"""Slots of time on the days on which a practice is open: only those in which somebody came have a row."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.tables.calendars.export import Dialect
from tests.tables.kinds.lists.days import DAY, start
from tests.tables.kinds.sample_file import NAN, SampleFile

COUNTED = ("Patients", "Booked", "Appointments", "Termine", "Patienten", "Citas", "Appuntamenti", "Calls", "Bezoekers")
TIMES = ("Slot", "Time", "Slot start", "Zeit", "Hora", "Start")


def booked_slots(rng: random.Random) -> SampleFile:
    """Half-hours or hours in which one or more people came, or the minutes that were booked."""
    kind = rng.choice(("counts", "counts", "minutes"))
    name = rng.choice(COUNTED) if kind == "counts" else "Duration min"
    share = rng.uniform(0.35, 0.6)
    return _slots(rng, name, share, lambda: float(rng.choice((1, 1, 2, 3))) if kind == "counts" else 30.0, 0.0)


def measured_slots(rng: random.Random) -> SampleFile:
    """A near miss: what is measured in each slot, of which some are missing; or counts of which few are."""
    if rng.random() < 0.5:
        return _slots(rng, rng.choice(("Temperature", "Humidity")), 0.4, lambda: round(rng.uniform(15, 25), 1), NAN)
    return _slots(rng, rng.choice(COUNTED), 0.1, lambda: float(rng.choice((1, 1, 2, 3))), NAN)


def _slots(rng: random.Random, name: str, absent: float, draw: Callable[[], float], nothing: float) -> SampleFile:
    dialect, minutes = Dialect.drawn(rng), rng.choice((30, 60))
    opens, count = rng.randint(7, 9) * 60, rng.randint(14, 18) * 30 // minutes
    first = datetime.combine(start(rng), datetime.min.time())
    first -= first.weekday() * DAY
    values: dict[datetime, float] = {}
    for day in (first + n * DAY for n in range(7 * rng.randint(7, 9))):
        for slot in range(count if day.weekday() < 5 else 0):
            when = day + timedelta(minutes=opens + slot * minutes)
            if not values or rng.random() >= absent:
                values[when] = draw()
    rows = [[dialect.moment(when), f"{value:g}".replace(".", dialect.decimal)] for when, value in values.items()]
    inside, step = set(values), timedelta(minutes=minutes)
    last, series, when = max(values), [], min(values)
    while when <= last:
        minute = when.hour * 60 + when.minute - opens
        is_open = when.weekday() < 5 and 0 <= minute < count * minutes
        series.append(values[when] if when in inside else nothing if is_open else NAN)
        when += step
    text = dialect.table([rng.choice(TIMES), name], rows)
    frequency = "hourly" if minutes == 60 else "every 30 minutes"
    return SampleFile(
        f"{name} {minutes} {absent:.2f} {dialect}", text.encode(), frequency, {name: (min(values).isoformat(), series)}
    )
