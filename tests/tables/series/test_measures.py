"""The unit of a series comes from the file."""

from __future__ import annotations

from tests.tables.conftest import Reader, lines, months

from almanac.tables import ReadFile

MONTHS = months(24)
VALUES = [100 + 3 * n for n in range(24)]


def units(file: ReadFile) -> list[str]:
    series = file.series
    return [series.measure(i).unit for i in range(len(series))]


def test_dates_across_have_the_unit_of_all_their_columns(read_text: Reader) -> None:
    names = ",".join(f"2024-{m:02d}" for m in range(1, 13))
    text = f"Region,{names}\nUnit{',kWh' * 12}\nNorth,{','.join(map(str, VALUES[:12]))}\n"
    file = read_text(text + f"South,{','.join(map(str, VALUES[12:]))}\n")
    assert file.series.names == ("North", "South")
    assert units(file) == ["kWh", "kWh"]


def test_a_column_called_unit_gives_the_unit_of_all_series(read_text: Reader) -> None:
    file = read_text(lines(MONTHS, ["kt"] * 24, VALUES, header="Month,Unit,Steel"))
    assert units(file) == ["kt"]


def test_a_unit_that_names_the_series_is_theirs(read_text: Reader) -> None:
    text = lines(MONTHS * 2, ["kWh"] * 24 + ["EUR"] * 24, VALUES + VALUES[::-1], header="Month,Unit,Value")
    file = read_text(text)
    assert dict(zip(file.series.names, units(file), strict=True)) == {"kWh": "kWh", "EUR": "EUR"}


def test_series_without_a_unit_have_none(read_text: Reader) -> None:
    assert read_text(lines(MONTHS, VALUES, header="Month,Sold")).series.measures == ()
