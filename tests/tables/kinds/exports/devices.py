"""Logs of several sensors, meters or rooms, each of which reports at its own times, and lists that only look so."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from tests.tables.kinds.sample_file import NAN, SampleFile

STEPS = {600: "every 10 minutes", 900: "every 15 minutes", 1800: "every 30 minutes", 3600: "hourly"}
NAMED = (
    "entity_id", "Sensor", "device", "Device name", "sensor_id", "Gerät", "Messstelle", "Capteur", "Sonde",
    "Dispositivo", "Sensore", "Apparaat", "Czujnik", "Givare", "metric", "Probe",
)  # fmt: skip
PLACES = ("Room", "Station", "Location", "Raum", "Standort", "Pièce", "Sala", "Stanza", "Kamer", "Stacja", "Rum")
TELLING_NOTHING = ("Wo", "src", "name", "Label", "Bezeichnung", "which")
LEVELS = ("Temperature", "power_w", "Humidity %", "Temperatur", "Druck")
THINGS = ("Living", "Attic", "Cellar", "Garage", "North wall", "Shed", "b-17", "b-18")
Readings = list[tuple[datetime, float]]


def _times(rng: random.Random, start: datetime, step: int, count: int) -> list[datetime]:
    """Times that follow each other by about ``step`` seconds, some less and some more."""
    found = [start + timedelta(seconds=rng.randint(5, step))]
    while len(found) < count:
        found.append(found[-1] + timedelta(seconds=round(step * rng.uniform(0.3, 1.6))))
    return found


def _level(rng: random.Random, times: Sequence[datetime], middle: float) -> Readings:
    return [(when, round(middle + rng.uniform(-2, 2), 2)) for when in times]


def _counter(rng: random.Random, times: Sequence[datetime]) -> Readings:
    total = rng.uniform(900, 9000)
    found = []
    for when in times:
        total += rng.choice((0.0, rng.uniform(0.1, 3)))
        found.append((when, round(total, 2)))
    return found


def _by_period(readings: Readings, step: int, counts: bool) -> tuple[str, list[float]]:
    """The mean of each period, or of a counter what came on top by its last reading; gaps are shared evenly."""
    numbers = [int((when - datetime(1970, 1, 1)).total_seconds()) // step for when, _ in readings]
    values: list[list[float]] = [[] for _ in range(numbers[0], numbers[-1] + 1)]
    for number, (_, value) in zip(numbers, readings, strict=True):
        values[number - numbers[0]].append(value)
    first = datetime(1970, 1, 1) + timedelta(seconds=(numbers[0] + counts) * step)
    if not counts:
        return first.isoformat(), [float(np.mean(some)) if some else NAN for some in values]
    last = np.array([some[-1] if some else NAN for some in values])
    known = np.flatnonzero(~np.isnan(last))
    return first.isoformat(), np.diff(np.interp(np.arange(len(last)), known, last[known])).tolist()


def _written(
    rng: random.Random, names: tuple[str, str, str], sources: dict[str, Readings], more: tuple[str, str] | None = None
) -> bytes:
    """The file: by time or one source below the other; ``more``: a column that is the same in each row."""
    rows = [(when, source, value) for source, readings in sources.items() for when, value in readings]
    if rng.random() < 0.6:
        rows.sort(reverse=rng.random() < 0.3)
    form = rng.choice(("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.123Z", "%Y-%m-%d %H:%M"))
    cells = [(when.strftime(form), source, f"{value:.2f}") for when, source, value in rows]
    order = rng.sample(range(3), 3)
    lines = [[row[i] for i in order] + ([more[1]] if more else []) for row in cells]
    head = [names[i] for i in order] + ([more[0]] if more else [])
    return "\n".join(",".join(row) for row in (head, *lines)).encode()


def several_devices(rng: random.Random) -> SampleFile:
    """Several sensors or rooms: levels are averaged and counters differenced, each by itself."""
    step = rng.choice(tuple(STEPS))
    start = datetime(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28))
    kind = rng.choice(("named", "named", "named", "placed", "telling nothing"))
    column = rng.choice({"named": NAMED, "placed": PLACES, "telling nothing": TELLING_NOTHING}[kind])
    value = rng.choice(LEVELS) if kind == "placed" else rng.choice((*LEVELS, "state", "value", "Messwert", "value"))
    apart = kind == "telling nothing"
    counters = value not in LEVELS and rng.random() < 0.5
    sources, series = {}, {}
    for n, thing in enumerate(rng.sample(THINGS, rng.choice((2, 2, 3, 4, 7)))):
        times = _times(rng, start, step, rng.randint(170, 190) if apart else rng.randint(90, 130))
        counts = counters and n > 0
        sources[thing] = _counter(rng, times) if counts else _level(rng, times, 21 + 30 * n * apart)
        series[thing] = _by_period(sources[thing], step, counts)
    names = (rng.choice(("time", "timestamp", "last_changed", "Zeit")), column, value)
    more = rng.choice((None, None, ("battery", "full"), ("gateway", "g1")))
    return SampleFile(f"{names} {counters=} {step}", _written(rng, names, sources, more), STEPS[step], series)


def one_device(rng: random.Random) -> SampleFile:
    """One sensor, whose name in each row says that it is a level."""
    step = rng.choice(tuple(STEPS))
    thing = rng.choice(
        ("sensor.living_temperature", "attic humidity", "Pegelstand Nord", "Wassertemperatur", "hPa pressure")
    )
    times = _times(rng, datetime(2024, rng.randint(1, 12), 3), step, rng.randint(90, 130))
    readings = _level(rng, times, 21)
    names = (rng.choice(("time", "last_changed")), rng.choice(NAMED[:8]), rng.choice(("state", "value", "Messwert")))
    title = names[2]
    return SampleFile(
        f"{thing} {names}",
        _written(rng, names, {thing: readings}),
        STEPS[step],
        {title: _by_period(readings, step, False)},
    )


def no_devices(rng: random.Random) -> SampleFile:
    """Sales by shop at any time of day, a level with a word for its state, and days of which some device has a row."""
    start = datetime(2024, rng.randint(1, 12), rng.randint(1, 28))
    if rng.random() < 0.2:
        days = [start + timedelta(n) for n in range(rng.randint(90, 130))]
        worn: dict[str, Readings] = {"watch": [], "phone": []}
        for when, value in _level(rng, days, 6000):
            worn[rng.choice(("watch", "watch", "phone"))].append((when, value))
        content = _written(rng, ("Date", "Device", "Steps"), worn)
        values = [value for _, value in sorted(worn["watch"] + worn["phone"])]
        return SampleFile("days of one of two devices", content, "daily", {"Steps": (f"{start:%Y-%m-%d}", values)})
    if rng.random() < 0.6:
        column = rng.choice(("Location", "Channel", "Station", "Product", "Device", "Shop", "Kanal", "Machine"))
        value = rng.choice(("Amount", "Sales", "Umsatz", "Revenue", "Quantity", "Betrag"))
        days = rng.randint(40, 60)
        sales = [
            (
                start + timedelta(day, rng.randint(8 * 3600, 19 * 3600)),
                rng.choice(THINGS[:3]),
                round(rng.uniform(2, 90), 2),
            )
            for day in range(days)
            for _ in range(rng.randint(4, 9))
        ]
        sums = [0.0] * days
        for when, _, amount in sales:
            sums[(when.date() - start.date()).days] += amount
        by_shop = {shop: [(w, v) for w, s, v in sales if s == shop] for shop in THINGS[:3]}
        content = _written(rng, ("Time", column, value), by_shop)
        return SampleFile(f"sales {column} {value}", content, "daily", {value: (f"{start:%Y-%m-%d}", sums)})
    step = rng.choice(tuple(STEPS))
    readings, level = [], 20.0
    for when in _times(rng, start, step, 200):
        level += rng.uniform(-1, 1) + (20 - level) / 10
        readings.append((when, round(level, 2)))
    words = ("low", "normal", "high")
    by_word: dict[str, Readings] = {word: [] for word in words}
    for when, value in readings:
        by_word[words[(value > 19) + (value > 21)]].append((when, value))
    column = rng.choice(("Condition", "Band", "Label", "Status", "Bewölkung"))
    content = _written(rng, ("Time", column, "Temperature"), {w: r for w, r in by_word.items() if r})
    return SampleFile(
        f"a state {column} {step}", content, STEPS[step], {"Temperature": _by_period(readings, step, False)}
    )
