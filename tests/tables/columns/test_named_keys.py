"""Series called by words instead of numbers that tell the same things apart, and numbers that repeat the date."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, months

from almanac.tables import ReadFile

MONTHS = months(24)
NAMES = {"1": "pm25", "2": "no2", "3": "o3"}


def read_list(read_text: Reader, names: dict[str, str], heading: str = "sensor_id,day,quantity,parameter") -> ReadFile:
    rows = [
        f"{key},{month},{10 * int(key) + n * 7 % 13},{name}"
        for n, month in enumerate(MONTHS)
        for key, name in names.items()
    ]
    return read_text("\n".join([heading, *rows]))


def test_words_name_the_series_where_they_tell_the_same_apart(read_text: Reader) -> None:
    file = read_list(read_text, NAMES)
    assert file.reading.series_columns == ("parameter",)
    assert sorted(file.series.names) == ["no2", "o3", "pm25"]


def test_numbers_stay_where_two_things_have_the_same_name(read_text: Reader) -> None:
    file = read_list(read_text, {"1": "Main Street", "2": "Main Street", "3": "Station"}, "store,day,sales,street")
    assert len(file.series) == 3
    assert "store" in file.reading.series_columns


@pytest.mark.parametrize(
    "code", [lambda month: month.replace("-", ""), lambda month: f"{month[:4]}00{month[5:7]}{month[5:7]}"]
)
def test_a_code_of_the_date_is_not_forecast(read_text: Reader, code) -> None:
    rows = [f"{code(month[:7])},{month},{40 + n * 7 % 13}" for n, month in enumerate(MONTHS)]
    file = read_text("\n".join(["Time axis,Month,Food", *rows]))
    assert file.reading.value_columns == ("Food",)
    assert any("Time axis" in found.what for found in file.findings)


def test_amounts_that_begin_with_a_year_by_chance_are_forecast(read_text: Reader) -> None:
    rows = [f"{month},{202_400 + n * 37 % 90},{40 + n * 7 % 13}" for n, month in enumerate(MONTHS)]
    file = read_text("\n".join(["Month,Visitors,Food", *rows]))
    assert file.reading.value_columns == ("Visitors", "Food")
