"""Hours written as spans or with a word, down the table next to days or across it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.tables.kinds.dates.split import HEADINGS, file, measured, values, wanted
from tests.tables.kinds.sample_file import SampleFile

DASHES = (" - ", "-", " – ", "–", "\u00a0-\u00a0", " to ", "—")
OTHER_NAMES = ("Interval", "Zeitraum", "Slot", "Period", "Time", "Uhrzeit", "Hours", "Tranche horaire", "")
WORDS = (
    "Hour {}",
    "Hour{}",
    "H{}",
    "H {}",
    "hr {}",
    "HE{}",
    "Stunde {}",
    "heure {}",
    "Hora {}",
    "Ora {}",
    "godzina {}",
)


def _written(rng: random.Random) -> tuple[str, Callable[[int], str], bool]:
    """How an hour is written, and whether only the name of its column says that it is one."""
    style = rng.choice(("span", "span", "span", "word", "half days"))
    if style == "span":
        end = rng.choice(("", "", "", ":00", ".00", "h"))
        wide, dash, midnight = rng.choice((1, 2)), rng.choice(DASHES), rng.choice((0, 24))

        def span(hour: int) -> str:
            last = hour + 1 if hour < 23 else midnight
            return f"{hour:0{wide}d}{end}{dash}{last:0{wide}d}{end}"

        return f"span {dash!r} {end}", span, False
    if style == "word":
        word, first = rng.choice(WORDS), rng.choice((0, 1))
        first = 1 if word.startswith("HE") else first
        return word, lambda hour: word.format(hour + first), True
    return style, lambda hour: f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}", True


def hours_in_words(rng: random.Random) -> SampleFile:
    """Spans of one hour, hours with a word, or with AM and PM: of whole days, or only those of opening."""
    label, write, needs_name = _written(rng)
    start = datetime(rng.randint(2005, 2024), rng.randint(1, 12), rng.randint(1, 28))
    days = rng.randint(8, 14)
    if rng.random() < 0.25 and label != "half days":  # across
        numbers = values(rng, 24 * days)
        rows = [[f"{start + timedelta(n):%Y-%m-%d}" for n in range(days)], *(numbers[hour::24] for hour in range(24))]
        known = wanted(("Value",), (numbers,), start.isoformat(), "hourly")
        return file(rng, f"{label} across", ["Date", *map(write, range(24))], rows, **known)
    hours = range(7, 17) if not needs_name and rng.random() < 0.3 else range(24)
    times = [start + timedelta(days=n, hours=hour) for n in range(days) for hour in hours]
    names, numbers = measured(rng, len(times))
    name = HEADINGS[rng.choice(list(HEADINGS))][3] if needs_name or rng.random() < 0.4 else rng.choice(OTHER_NAMES)
    dates = [f"{t:%Y-%m-%d}" for t in times]
    whole = int((times[-1] - times[0]) / timedelta(hours=1)) + 1
    filled = [[float("nan")] * whole for _ in numbers]
    for n, t in enumerate(times):
        for column, full in zip(numbers, filled, strict=True):
            full[int((t - times[0]) / timedelta(hours=1))] = column[n]
    series = wanted(names, filled, times[0].isoformat(), "hourly")
    header = ["Date", name, *names]
    return file(
        rng, f"{label} {name!r} {len(hours)}", header, [dates, [write(t.hour) for t in times], *numbers], **series
    )
