"""The heading is found above all data, however few values the first rows have, and what is not data is spoken of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tables.accounted import read_and_account
from tests.tables.conftest import Reader, codes, finding, lines, months
from tests.tables.kinds import families

MONTHS = months(24)
VALUES = [100 + 3 * n for n in range(24)]


@pytest.mark.parametrize("first", ["North,97,,,,,,5", "North,,,,,,,5", "North,97,,closed,,,,5", "North,n/a,,,,,,-"])
def test_a_sparse_first_row_is_never_part_of_the_names(read_text: Reader, first: str) -> None:
    names = ",".join(f"2024-{m:02d}" for m in range(1, 8))
    text = f"Region,{names}\n{first}\nSouth,1,2,3,4,5,6,7\nEast,2,3,4,5,6,7,9\n"
    file = read_text(text)
    assert file.reading.header_row == 1
    assert set(file.series.names) >= {"South", "East"}
    assert "North" in file.series.names or "North" in finding(file, "empty_series").what


def test_an_opening_balance_below_the_names_is_no_line_of_names(read_text: Reader) -> None:
    days = [f"2024-01-{n:02d}" for n in range(1, 13)]
    file = read_text(lines(["opening", *days], [1, *range(12)], [200, *range(50, 62)], header="Day,In,Stock"))
    assert file.reading.value_columns == ("In", "Stock")
    assert finding(file, "dates_not_understood").rows == (2,)


def test_the_line_of_units_is_no_part_of_the_names(read_text: Reader) -> None:
    text = lines(MONTHS, VALUES, VALUES[::-1], header="Month,Gas,Rain\n,kWh,mm")
    file = read_text(text)
    assert file.reading.value_columns == ("Gas", "Rain")
    assert finding(file, "units_line").rows == (2,)
    assert "Gas in kWh" in finding(file, "units_line").what


def test_lines_between_names_and_data_are_spoken_of(read_text: Reader) -> None:
    text = lines(MONTHS, VALUES, VALUES[::-1], header="Month,Gas,Rain\nNOT ADJUSTED,,\n")
    file = read_text(text)
    assert file.reading.header_row == 1
    assert finding(file, "lines_below_names").rows == (2,)


def test_lines_above_a_table_without_names_are_spoken_of(read_text: Reader) -> None:
    file = read_text("Sales per shop\n\n" + lines(MONTHS, VALUES, VALUES, header="").strip())
    assert finding(file, "no_header").rows == (1,)
    assert "copied_columns" in codes(file)


@pytest.mark.parametrize("step", [24, pytest.param(1, marks=pytest.mark.slow)])
def test_every_row_below_the_heading_of_any_kind_is_read_or_spoken_of(step: int, tmp_path: Path) -> None:
    lost = {}
    for samples in families().values():
        for sample in samples[::step]:
            path = tmp_path / sample.file
            path.write_bytes(sample.content)
            lost[sample.name] = read_and_account(path)[1]
    assert not {name: rows for name, rows in lost.items() if rows}


@pytest.mark.parametrize("start", [10, 3500])
def test_a_column_that_begins_after_thousands_of_rows_is_read(read_text: Reader, start: int) -> None:
    days = [date(2010, 1, 1) + timedelta(n) for n in range(3600)]
    late = ["" if n < start else 5 + n % 7 for n in range(3600)]
    file = read_text(lines(days, range(3600), late, header="Day,Sold,Returned"))
    assert file.series.names == ("Sold", "Returned")
    assert file.series.frequency.iso(int(file.series.first[1])) == days[start].isoformat()


@pytest.mark.parametrize("blank", ["\n", ""])
@pytest.mark.parametrize(
    "above",
    [
        "latitude,longitude,elevation\n52.52,13.41,38\n",
        "id,lat\n433,52.5\n",
        "Opening,1,2\n",
        "station,lat\n7,50.1\n8,51\n",
    ],
)
def test_a_small_table_about_the_place_has_no_names_of_the_data(read_text: Reader, above: str, blank: str) -> None:
    file = read_text(above + blank + lines(MONTHS, VALUES, VALUES[::-1], header="time,rain (mm),sun"))
    assert file.reading.value_columns == ("rain (mm)", "sun")
    assert len(file.series[0]) == len(MONTHS)


@pytest.mark.parametrize("row", ["45292,5,6", "20240101,5,6", "7,5,6"])
def test_a_first_row_with_an_odd_date_leaves_the_names_above_it(read_text: Reader, row: str) -> None:
    for words in ("", "closed,closed,closed\n"):
        file = read_text(
            f"Month,Gas,Rain\n{row}\n{words}"
            + "".join(f"{m},{v},{v + 1}\n" for m, v in zip(MONTHS, VALUES, strict=True))
        )
        assert file.reading.value_columns == ("Gas", "Rain")


@pytest.mark.parametrize("first", ["Year", "Accident year", "Jahr", "Cohort Year", "Year of birth"])
@pytest.mark.parametrize(
    "names", [("20", "30", "40", "50"), ("12", "24", "36"), ("Under 20", "20", "30"), ("101", "102"), ("0", "1", "2+")]
)
def test_numbers_next_to_a_name_of_years_are_names(read_text: Reader, first: str, names: tuple[str, ...]) -> None:
    rows = [f"{1995 + n}," + ",".join(str(100 + 7 * n + 31 * k) for k in range(len(names))) for n in range(25)]
    file = read_text("\n".join([",".join([first, *names]), *rows]))
    assert (file.series.names, len(file.series[0])) == (names, 25)
    assert "no_header" not in codes(file)


def test_a_row_that_is_no_year_below_names_is_a_row(read_text: Reader) -> None:
    rows = [f"{1995 + n},{100 + n},{300 - n}" for n in range(25)]
    file = read_text("\n".join(["Year,Births,Deaths", "Year to date,12,24", *rows]))
    assert file.series.names == ("Births", "Deaths")


def test_years_without_names_have_none(read_text: Reader) -> None:
    file = read_text("\n".join(f"{1995 + n},{100 + n},{300 - n % 7}" for n in range(25)))
    assert "no_header" in codes(file)
    assert len(file.series[0]) == 25
