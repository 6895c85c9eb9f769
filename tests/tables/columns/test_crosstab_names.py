"""What the cells of a table with years down and months across are called."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def table(corner: str, title: str = "") -> str:
    rows = [f"{year},{','.join(str(300 + year % 7 + n * 5 % 11) for n in range(12))}" for year in range(2018, 2024)]
    return "\n".join([*([title, ""] if title else []), ",".join((corner, *MONTHS)), *rows]) + "\n"


@pytest.mark.parametrize(
    ("corner", "unit"), [("Consumption (kWh)", "kWh"), ("Niederschlag in mm", "mm"), ("Visits", "")]
)
def test_the_corner_names_them_where_it_says_what_was_measured(read_text: Reader, corner: str, unit: str) -> None:
    file = read_text(table(corner))
    assert file.series.names == (corner,)
    assert file.series.measure(0).unit == unit


@pytest.mark.parametrize("corner", ["Year", "Jahr", "", "Année", "Month"])
def test_a_corner_that_names_the_years_does_not(read_text: Reader, corner: str) -> None:
    assert read_text(table(corner)).series.names == ("Value",)
    assert read_text(table(corner, "Water used")).series.names == ("Water used",)
