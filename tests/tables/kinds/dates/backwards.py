"""Files in order of time in which a few dates were typed wrong, and files that only look like these."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.tables.kinds.dates.split import file, measured, values, wanted
from tests.tables.kinds.sample_file import SampleFile

FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d %b %Y")


def written(day: date, year: int, form: str) -> str:
    return day.replace(year=year).strftime(form)


def days_of(rng: random.Random) -> tuple[list[date], str]:
    step, frequency = rng.choice(((1, "daily"), (1, "daily"), (7, "weekly")))
    start = date(rng.randint(2008, 2021), rng.randint(9, 11), rng.randint(1, 28))
    return [start + timedelta(step * n) for n in range(rng.randint(130, 190))], frequency


def old_years(rng: random.Random) -> SampleFile:
    """The first rows of a new year still have the old one, at the end of the file or within it."""
    days, frequency = days_of(rng)
    turn = next(n for n, day in enumerate(days) if day.year > days[0].year)
    count = rng.randint(1, min(12 if frequency == "daily" else 4, turn // 3))
    if rng.random() < 0.4:
        days = days[: turn + count]
    late = rng.randint(0, 2) if turn + count + 2 < len(days) else 0  # a few of the new year were right before
    wrong = range(turn + late, turn + late + count)
    form = rng.choice(FORMS)
    cells = [
        written(day, day.year - 1 if n in wrong and valid(day, -1) else day.year, form) for n, day in enumerate(days)
    ]
    names, numbers = measured(rng, len(days))
    columns = [cells, *numbers]
    if rng.random() < 0.25:
        columns = [column[::-1] for column in columns]
    return file(rng, f"{form} {count}", ["Date", *names], columns, **wanted(names, numbers, str(days[0]), frequency))


def valid(day: date, years: int) -> bool:
    return (day.month, day.day) != (2, 29) or (day.year + years) % 4 == 0


def single_years(rng: random.Random) -> SampleFile:
    """Single rows somewhere inside with another year: one more or less, ten, or a hundred."""
    days, frequency = days_of(rng)
    places = rng.sample(range(5, len(days) - 5, 4), rng.randint(1, 3))
    changed = {n: rng.choice((-1, -1, 1, 10, -10, -100)) for n in places}
    changed = {n: years for n, years in changed.items() if (days[n].month, days[n].day) != (2, 29)}
    form = rng.choice(FORMS)
    cells = [written(day, day.year + changed.get(n, 0), form) for n, day in enumerate(days)]
    if rng.random() < 0.4:
        a, b = values(rng, len(days)), values(rng, len(days))
        clean = [day.strftime(form) for day in days]
        columns = [cells + clean, ["North"] * len(days) + ["South"] * len(days), a + b]
        return file(
            rng, f"{form} {changed}, two regions", ["Date", "Region", "Sales"], columns,
            **wanted(["North", "South"], [a, b], str(days[0]), frequency),
        )  # fmt: skip
    names, numbers = measured(rng, len(days))
    return file(
        rng, f"{form} {changed}", ["Date", *names], [cells, *numbers], **wanted(names, numbers, str(days[0]), frequency)
    )


def single_parts(rng: random.Random) -> SampleFile:
    """A single row whose month is wrong, or whose day and month are swapped."""
    days, frequency = days_of(rng)
    n = rng.randint(10, len(days) - 10)
    day = days[n]
    form = rng.choice(("%Y-%m-%d", "%d %b %Y"))
    before = day.month - 1 if day.month > 2 else day.month + 2
    wrong = day.replace(month=before, day=min(day.day, 28))
    if wrong.day != day.day:
        wrong = day
    if rng.random() < 0.5 and day.day <= 12 and day.day != day.month:
        wrong = day.replace(month=day.day, day=day.month)
    cells = [(wrong if k == n else d).strftime(form) for k, d in enumerate(days)]
    names, numbers = measured(rng, len(days))
    return file(
        rng, f"{day} as {wrong}", ["Date", *names], [cells, *numbers], **wanted(names, numbers, str(days[0]), frequency)
    )


def in_another_order(rng: random.Random) -> SampleFile:
    """Nothing is typed wrong: rows in no order, newest first, years in blocks, or a row that was added later."""
    days, frequency = days_of(rng)
    form = rng.choice(("%Y-%m-%d", "%d %b %Y"))
    names, numbers = measured(rng, len(days))
    order = list(range(len(days)))
    kind = rng.choice(("shuffled", "newest first", "blocks", "added later"))
    if kind == "shuffled":
        rng.shuffle(order)
    elif kind == "newest first":
        order.reverse()
    elif kind == "blocks":
        cut = rng.randint(len(days) // 3, len(days) // 2)
        order = order[cut:] + order[:cut]
    else:
        late = rng.randint(5, len(days) - 8)
        order = [n for n in order if n != late] + [late]
    cells = [days[n].strftime(form) for n in order]
    columns = [cells, *([column[n] for n in order] for column in numbers)]
    return file(rng, kind, ["Date", *names], columns, **wanted(names, numbers, str(days[0]), frequency))
