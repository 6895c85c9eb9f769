"""In a list of events, what had no row after its last one had nothing until the list ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests.tables.conftest import Reader, finding

START = date(2024, 1, 1)  # a Monday
DAYS = 140


def orders(until: dict[str, int], weekdays: range = range(7), numbered: bool = True) -> str:
    """One to three orders of each product on most days until its last; the last of all is on the last day."""
    chance = np.random.default_rng(3)
    rows, n = [], 0
    for k in range(DAYS):
        day = START + timedelta(k)
        for name, last in until.items():
            if k > last or day.weekday() not in weekdays or (chance.random() < 0.3 and k != last):
                continue
            for _ in range(int(chance.integers(1, 4))):
                n += 1
                number = f"A{10_000 + n}," if numbered else ""
                rows.append(f"{number}{day},{name},{chance.integers(1, 9)}")
    return "\n".join([f"{'Order No,' if numbered else ''}Date,Product,Quantity", *rows])


@pytest.mark.parametrize("last", [138, 100, 40])
def test_a_product_that_is_not_sold_any_more_is_zero_until_the_list_ends(read_text: Reader, last: int) -> None:
    file = read_text(orders({"Lamp": DAYS - 1, "Desk": last}))
    assert file.series.last.tolist() == [file.series.last[0]] * 2
    desk = file.series[file.series.names.index("Desk")]
    ends = last + (START - date(1970, 1, 1)).days - int(file.series.first[file.series.names.index("Desk")])
    assert (desk[ends + 1 :] == 0).all()
    assert desk[ends] > 0
    found = finding(file, "gaps")
    gaps = sum(int((values == 0).sum()) for values in file.series)
    assert (found.count, found.changed) == (gaps, gaps)


def test_closed_days_at_the_end_are_no_zeros(read_text: Reader) -> None:
    file = read_text(orders({"Lamp": DAYS - 2, "Desk": 100}, range(6)))  # until a Saturday
    assert file.series.last.tolist() == [file.series.last[0]] * 2
    desk = file.series[file.series.names.index("Desk")]
    weekdays = (np.arange(len(desk)) + (file.series.first[file.series.names.index("Desk")] + 3)) % 7
    assert np.isnan(desk[weekdays == 6]).all()
    assert (desk[(weekdays < 6) & (np.arange(len(desk)) > 100)] == 0).all()


@pytest.mark.parametrize("options", [{"gaps": "leave"}, {"gaps": "interpolate"}])
def test_where_gaps_are_not_zero_a_series_ends_with_its_last_row(read_text: Reader, options: dict[str, Any]) -> None:
    file = read_text(orders({"Lamp": DAYS - 1, "Desk": 100}), **options)
    assert len(set(file.series.last.tolist())) == 2
    assert finding(file, "gaps").changed in (0, finding(file, "gaps").count)


def test_measurements_end_where_they_end(read_text: Reader) -> None:
    rows = [
        f"{START + timedelta(k)},{name},{20 + k % 7}.5" for k in range(90) for name in "AB" if name == "A" or k < 50
    ]
    file = read_text("Date,Sensor,Temperature\n" + "\n".join(rows))
    assert (file.series.lengths == [90, 50]).all()
