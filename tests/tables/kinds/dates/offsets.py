"""Times with an offset from UTC or the name of a zone, which changes with the clocks."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.tables.kinds.dates.split import file, measured, values, wanted
from tests.tables.kinds.sample_file import SampleFile

ZONES = {
    "Europe/Paris": ("03-24", "10-25"),
    "Europe/London": ("03-24", "10-25"),
    "Europe/Helsinki": ("03-24", "10-25"),
    "America/New_York": ("03-08", "11-01"),
    "America/Denver": ("03-08", "11-01"),
    "Australia/Sydney": ("10-01", "04-01"),
    "Australia/Adelaide": ("10-01", "04-01"),
    "Australia/Lord_Howe": ("10-01", "04-01"),  # half an hour
}
NAMED = ("Europe/Paris", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Denver")


def offset(moment: datetime, form: str) -> str:
    text = moment.strftime("%z")
    if form == "+02:00":
        return f"{text[:3]}:{text[3:]}"
    if form == "name":
        return f" {moment:%Z}"
    return text if form == "+0200" else f" {text[:3]}:{text[3:]}"


def moments(rng: random.Random, zone: str, step: timedelta, days: int) -> list[datetime]:
    year, start = rng.randint(2015, 2024), rng.choice(ZONES[zone])
    begin = datetime.fromisoformat(f"{year}-{start}").replace(tzinfo=ZoneInfo(zone)) - timedelta(days=rng.randint(0, 5))
    begin = begin.astimezone(UTC)
    count = int(timedelta(days=days) / step) + rng.randint(0, 20)
    return [(begin + step * n).astimezone(ZoneInfo(zone)) for n in range(count)]


def iso(moment: datetime, changes: bool) -> str:
    text = f"{moment:%Y-%m-%dT%H:%M:%S}"
    return text + offset(moment, "+02:00") if changes else text


def clocks_with_offsets(rng: random.Random) -> SampleFile:
    """Hours and minutes: evenly spaced in time, not on the clock on the wall."""
    form = rng.choice(("+02:00", "+02:00", "+0200", " +02:00", "name"))
    zone = rng.choice(NAMED if form == "name" else list(ZONES))
    minutes = rng.choice((15, 30, 60, 60))
    times = moments(rng, zone, timedelta(minutes=minutes), rng.randint(9, 16))
    changes = len({t.utcoffset() for t in times}) > 1
    names, numbers = measured(rng, len(times))
    day = rng.choice(("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S"))
    stamps = [t.strftime(day) + offset(t, form) for t in times]
    rhythm = "hourly" if minutes == 60 else f"every {minutes} minutes"
    series = wanted(names, numbers, iso(times[0], changes), rhythm)
    columns, header = [stamps, *numbers], ["Horodate", *names]
    if rng.random() < 0.25:
        columns = [column[::-1] for column in columns]
    elif rng.random() < 0.3:
        other = values(rng, len(times))
        columns = [stamps * 2, ["A"] * len(times) + ["B"] * len(times), numbers[0] + other]
        header = ["Time", "Meter", "Load"]
        series = wanted(["A", "B"], [numbers[0], other], iso(times[0], changes), rhythm)
    return file(rng, f"{zone} {day} {form}", header, columns, **series)


def days_with_offsets(rng: random.Random) -> SampleFile:
    """Days, or quarters of a day, that begin at local midnight: even on the wall, not in time."""
    zone = rng.choice(list(ZONES))
    begin = moments(rng, zone, timedelta(days=1), 2)[0].replace(tzinfo=None, hour=0)
    step = timedelta(hours=rng.choice((24, 24, 6)))
    count = rng.randint(30, 90)
    times = [(begin + step * n).replace(tzinfo=ZoneInfo(zone)) for n in range(count)]
    names, numbers = measured(rng, count)
    stamps = [t.strftime("%Y-%m-%dT%H:%M:%S") + offset(t, "+02:00") for t in times]
    daily = step == timedelta(days=1)
    first = iso(times[0], False)
    series = wanted(names, numbers, first[:10] if daily else first, "daily" if daily else "every 6 hours")
    return file(rng, f"{zone} {step}", ["Date", *names], [stamps, *numbers], **series)
