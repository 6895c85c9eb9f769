"""Types of movements: what came in and what went out are told apart, and never added up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from tests.tables.conftest import Reader, finding, lines

from almanac.core.calendar.frequency import Unit

DAYS = [day for n in range(200) if (day := date(2024, 1, 1) + timedelta(days=n)).weekday() < 5]
MARKS = [  # of the column, what goes out, what comes in
    ("MvT", "261", "101"),
    ("BwA", "601", "501"),
    ("Movement type", "201", "561"),
    ("Bewegungsart", "251", "531"),
    ("Type", "Issue", "GRN"),
    ("Belegart", "Warenausgang", "Wareneingang"),
    ("Tipo de movimiento", "Salida", "Entrada"),
]
Row = tuple[date, str, str, int]


def _moved(rng: random.Random, out: str, into: str) -> Iterator[Row]:
    """What is issued of two articles on each day, and what is delivered on two days of a month."""
    for day in DAYS:
        for article in ("B-100", "F-310"):
            yield day, article, out, -rng.randint(20, 90)
            if day.day in (3, 17):
                yield day, article, into, 700


CASES = [
    (mark, signs, value)
    for mark in range(len(MARKS))
    for signs in ("before", "behind", "none")
    for value in ("Quantity", "Amount")
]


@pytest.mark.parametrize(
    ("mark", "signs", "value"),
    [case if n % 6 == n // 6 else pytest.param(*case, marks=pytest.mark.slow) for n, case in enumerate(CASES)],
)
def test_rare_receipts_are_not_added_to_daily_issues(read_text: Reader, mark: int, signs: str, value: str) -> None:
    name, out, into = MARKS[mark]
    rows = list(_moved(random.Random(mark), out, into))
    form = {"before": "{:d}", "behind": "{:d}-", "none": "{:d}"}[signs]
    shown = [form.format(n if signs == "before" else -n) if n < 0 else str(n) for *_, n in rows]
    quantity, amount = shown, [re.sub(r"\d+", lambda n: str(12 * int(n[0])), text) for text in shown]
    columns: list[list[object]] = [list(column) for column in list(zip(*rows, strict=True))[:3]]
    file = read_text(lines(*columns, quantity, amount, header=f"Date,Material,{name},Quantity,Amount"), values=(value,))
    asked = finding(file, "goods_in_and_out")
    assert f"“{out}”" in asked.what
    assert file.series.frequency.unit is Unit.BUSINESS_DAY
    assert file.series.names == ("B-100", "F-310")
    issued = -sum(n for *_, n in rows if n < 0)
    assert np.nansum(file.series.values) == issued * (12 if value == "Amount" else 1)


def test_both_columns_of_the_same_rows_have_the_same_gaps(read_text: Reader) -> None:
    rng = random.Random(3)
    rows = [
        (day, article, sold := rng.randint(1, 9), f"{sold * 2.45:.2f}")
        for day in DAYS
        for article, share in (("Nut", 1.0), ("Bolt", 0.25))
        if rng.random() < share
    ]
    text = lines(*map(list, zip(*rows, strict=True)), header="Date,Article,Quantity,Amount")
    filled = [read_text(text, values=(value,)).series.values for value in ("Quantity", "Amount")]
    assert np.array_equal(*[np.isnan(values) for values in filled])
    assert np.array_equal(*[values == 0 for values in filled])
    assert (filled[1] == 0).any()
