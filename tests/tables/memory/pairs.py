"""Pairs of files with the same headings: the first is corrected by a person, the second must not suffer from it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Rows = list[tuple[Any, ...]]
HEADINGS = (
    ("Date", "Sales"), ("Datum", "Umsatz"), ("Fecha", "Ventas"), ("Data", "Vendite"), ("Day", "Visitors"),
    ("Dato", "Salg"), ("Datum", "Forbrukning"),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """``options``: what the person chose for the first file; ``wanted``: the right values of the second, by date.

    ``carried``: whether the correction must be used for the second, must not be (True, False), or may be (None).
    """

    kind: str
    first: str
    options: dict[str, Any]
    second: str
    wanted: dict[str, float]
    carried: bool | None


def text(header: tuple[str, ...], rows: Rows, delimiter: str) -> str:
    return "\n".join([delimiter.join(header), *(delimiter.join(str(c) for c in row) for row in rows)]) + "\n"


def month(n: int, start: int) -> date:
    return date(start + n // 12, n % 12 + 1, 1)


def days(count: int, start: date) -> list[date]:
    return [start + timedelta(n) for n in range(count)]


def wanted(when: list[date], values: list[Any]) -> dict[str, float]:
    return {day.isoformat(): float(value) for day, value in zip(when, values, strict=True)}


class Maker:
    """Random parts of a pair."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.delimiter = self.random.choice([";", "\t", ","])
        self.header = self.random.choice(HEADINGS)
        self.separator = self.random.choice("/-")
        self.year = self.random.randint(2012, 2023)

    def values(self, count: int) -> list[int]:
        start = self.random.randint(300, 900)
        return [start + self.random.randint(-40, 40) for _ in range(count)]

    def written(self, when: list[date], values: list[Any], form: str) -> str:
        rows: Rows = [(day.strftime(form), value) for day, value in zip(when, values, strict=True)]
        return text(self.header, rows, self.delimiter)

    def numeric(self, *, day_first: bool) -> str:
        return self.separator.join(("%d", "%m", "%Y") if day_first else ("%m", "%d", "%Y"))


def both_ways(make: Maker) -> str:
    """A few dates with the same day of the month and no other: days of one month, or months."""
    count, day = make.random.randint(6, 12), make.random.randint(2, 12)
    when = [date(make.year, n + 1, day) for n in range(count)]
    return make.written(when, make.values(count), make.numeric(day_first=False))


def day_month(make: Maker, chosen: bool, second: list[date], form: str, carried: bool | None) -> Pair:
    values = make.values(len(second))
    return Pair(
        "day_month", both_ways(make), {"day_first": chosen}, make.written(second, values, form),
        wanted(second, values), carried,
    )  # fmt: skip


def then_months(make: Maker) -> Pair:
    """Months with the day first, in a file that shows it, after month first was chosen."""
    months = [month(n, make.year) for n in range(make.random.randint(24, 60))]
    return day_month(make, False, months, make.numeric(day_first=True), False)


def then_month_first(make: Maker) -> Pair:
    """The same the other way round."""
    months = [month(n, make.year) for n in range(make.random.randint(24, 60))]
    return day_month(make, True, months, make.numeric(day_first=False), False)


def then_iso(make: Maker) -> Pair:
    """ISO dates, days or months, whose order is never in doubt."""
    count, start = make.random.randint(12, 60), date(make.year, make.random.randint(1, 12), 1)
    when = make.random.choice([days(count, start), [month(n, make.year) for n in range(count)]])
    return day_month(make, make.random.random() < 0.5, when, make.random.choice(["%Y-%m-%d", "%Y/%m/%d"]), False)


def then_past_the_twelfth(make: Maker) -> Pair:
    """Days of a month, past the twelfth: the calendar says which is the day."""
    first = make.random.random() < 0.5
    when = days(make.random.randint(20, 90), date(make.year, make.random.randint(1, 9), 1))
    return day_month(make, not first, when, make.numeric(day_first=first), False)


def then_both_ways(make: Maker) -> Pair:
    """The next file of the kind that was asked about: the answer is used again."""
    count, day = make.random.randint(6, 12), make.random.randint(2, 12)
    when = [date(make.year + 1, n + 1, day) for n in range(count)]
    return day_month(make, False, when, make.numeric(day_first=False), True)


def column_chosen(make: Maker) -> Pair:
    """Another column was chosen; the next file has numbers in it again."""
    return _other_column(make, lambda values: values, True)


def column_now_blank(make: Maker) -> Pair:
    """Another column was chosen, which is nearly empty in the next file."""
    return _other_column(make, lambda values: [values[0], values[1], *([""] * (len(values) - 2))], None)


def _other_column(make: Maker, then: Callable[[list[Any]], list[Any]], carried: bool | None) -> Pair:
    count = make.random.randint(24, 40)
    names = ("Month", "Orders", "Stock", "Returned")
    chosen = make.random.choice(names[2:])

    def table(start: int, change: Callable[[list[Any]], list[Any]]) -> tuple[str, dict[str, list[Any]]]:
        when = [month(n, start) for n in range(count)]
        columns: dict[str, list[Any]] = {name: make.values(count) for name in names[1:]}
        columns[chosen] = change(columns[chosen])
        rows: Rows = [tuple(row) for row in zip(when, *columns.values(), strict=True)]
        return text(names, rows, make.delimiter), columns

    first, _ = table(make.year, lambda values: values)
    second, columns = table(make.year + 2, then)
    when = [month(n, make.year + 2) for n in range(count)]
    right = wanted(when, columns[chosen if carried else "Orders"])
    return Pair("column", first, {"values": (chosen,)}, second, right, carried)


def frequency_then_slower(make: Maker) -> Pair:
    """Days were made weeks; the next file is monthly."""
    start = days(make.random.randint(60, 200), date(make.year, 1, 3))
    months = [month(n, make.year) for n in range(make.random.randint(24, 60))]
    values = make.values(len(months))
    return Pair(
        "frequency", make.written(start, make.values(len(start)), "%Y-%m-%d"), {"frequency": "weekly"},
        make.written(months, values, "%Y-%m-%d"), wanted(months, values), False,
    )  # fmt: skip


def sign_then_positive(make: Maker) -> Pair:
    """Only money out was chosen; the next file has no minus."""
    when = days(make.random.randint(40, 90), date(make.year, 1, 3))
    mixed = [-v if make.random.random() < 0.8 else v for v in make.values(len(when))]
    header = (make.header[0], "Amount")
    first = text(header, list(zip(when, mixed, strict=True)), make.delimiter)
    values = make.values(len(when))
    second = text(header, list(zip(when, values, strict=True)), make.delimiter)
    return Pair("sign", first, {"sign": "out"}, second, wanted(when, values), False)


def repeated_then_events(make: Maker) -> Pair:
    """The last of a few repeated rows was kept; the next file lists several sales a day."""
    when = days(make.random.randint(40, 90), date(make.year, 1, 3))
    first = make.written([*when, when[5]], [*make.values(len(when)), 77], "%Y-%m-%d")
    rows = [(day, make.random.randint(3, 60)) for day in when for _ in range(make.random.randint(2, 5))]
    right: dict[str, float] = {}
    for day, value in rows:
        right[day.isoformat()] = right.get(day.isoformat(), 0.0) + value
    return Pair("repeated", first, {"repeated": "last"}, text(make.header, rows, make.delimiter), right, False)


def missing_then_real(make: Maker) -> Pair:
    """-999 meant missing; in the next file it is a value among others like it."""
    when = days(make.random.randint(40, 90), date(make.year, 1, 3))
    first = [-999 if n % 9 == 4 else v for n, v in enumerate(make.values(len(when)))]
    values = [-1000 + n * 7 % 13 for n in range(len(when))]
    return Pair(
        "missing", make.written(when, first, "%Y-%m-%d"), {"missing": (-999.0,)},
        make.written(when, values, "%Y-%m-%d"), wanted(when, values), False,
    )  # fmt: skip


PAIRS: tuple[Callable[[Maker], Pair], ...] = (
    then_months,
    then_month_first,
    then_iso,
    then_past_the_twelfth,
    then_both_ways,
    column_chosen,
    column_now_blank,
    frequency_then_slower,
    sign_then_positive,
    repeated_then_events,
    missing_then_real,
)


def pairs(first_seed: int, rounds: int) -> list[Pair]:
    """One pair of each kind for each of these seeds."""
    return [kind(Maker(1000 * seed + n)) for seed in range(first_seed, first_seed + rounds) for n, kind in
            enumerate(PAIRS)]  # fmt: skip
