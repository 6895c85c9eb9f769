"""A small table about the whole file above the one of its data: where a station is, when an export was made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from almanac.tables.layout.structure import Structure, find_structure
from almanac.tables.values.cells import Cell, Grid

DAYS = [(date(2024, 1, 1) + timedelta(n)).isoformat() for n in range(30)]
ROWS: list[list[Cell]] = [[day, str(7 + n * 5 % 11), str(3 + n * 3 % 7)] for n, day in enumerate(DAYS)]
ABOUT: dict[str, list[list[Cell]]] = {
    "where": [["latitude", "longitude", "elevation"], ["52.5", "13.4", "38"]],
    "two places": [["place", "latitude", "longitude"], ["0", "52.5", "13.4"], ["1", "48.1", "11.6"]],
    "when": [["from", "to", "rows"], ["2024-01-01", "2024-01-30", "30"]],
    "what": [["Logger", "Serial", "Battery"], ["North", "4711", "98"]],
    "wide": [["a", "b", "c", "d", "e"], ["1", "2", "3", "GMT", "GMT"]],
}


def structure_of(above: list[list[Cell]]) -> Structure:
    found = find_structure(Grid([*above, ["Date", "Temp", "Rain"], *ROWS], complete=True))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ABOUT)
def test_the_names_are_those_of_the_data(kind: str) -> None:
    above = [*ABOUT[kind], []]
    found = structure_of(above)
    assert (found.names[:3], found.header, found.body) == (("Date", "Temp", "Rain"), (len(above),), len(above) + 1)


@pytest.mark.parametrize(
    "rows",
    [
        [["2024-01-01", "5", "6"], ["closed", "closed", "closed"]],  # no blank line, and no names
        [["2024-01-01", "5", "6"], ["2024-01-02", "7", "8"], [], ["closed", "closed", "closed"]],
        [["1", "5", "6"]],
    ],
)
def test_rows_of_the_table_itself_stay(rows: list[list[Cell]]) -> None:
    found = find_structure(Grid([["Date", "Temp", "Rain"], *rows, *ROWS], complete=True))
    assert found is not None
    assert (found.names, found.header) == (("Date", "Temp", "Rain"), (0,))


def test_a_first_day_without_a_year_is_no_name() -> None:
    days = [f"{n + 2:02d}.01." for n in range(25)]
    rows = [[day, "Mo", str(30 + n * 7 % 11)] for n, day in enumerate(days)]
    found = find_structure(Grid([["Tag", "Wochentag", "Gäste"], ["01.01.", "So", "Ruhetag"], *rows], complete=True))
    assert found is not None
    assert (found.names, found.body) == (("Tag", "Wochentag", "Gäste"), 1)


def test_a_line_of_widths_is_no_part_of_the_names() -> None:
    above: list[list[Cell]] = [["datetime", "Flow", "Temp"], ["20d", "14n", "14n"]]
    found = find_structure(Grid([*above, *ROWS], complete=True))
    assert found is not None
    assert (found.names, found.body) == (("datetime", "Flow", "Temp"), 2)


def test_days_of_a_month_are_names_where_some_are_closed() -> None:
    days: list[Cell] = [str(day) for day in range(1, 31)]
    rows: list[list[Cell]] = [[n, *("closed" if day % 6 == 0 else "40" for day in range(30)), "900"] for n in "ABC"]
    found = find_structure(Grid([["Category", *days, "Total"], *rows], complete=True))
    assert found is not None
    assert found.names == ("Category", *days, "Total")
