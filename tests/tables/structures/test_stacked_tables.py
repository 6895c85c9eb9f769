"""Tables below one another are never added up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.tables.accounted import read_and_account
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.tables.layout.several_tables import stacked_tables
from almanac.tables.values.cells import Cell
from almanac.tables.values.dates.read_dates import Dates, read_dates

MONTHS = months(24, "{y}-{m:02d}")
VALUES = [100 + 3 * n for n in range(24)]


def test_a_table_with_another_heading_is_another_series(read_text: Reader) -> None:
    text = lines(MONTHS, VALUES, header="Month,North") + "\n" + lines(MONTHS[3:], VALUES[3:], header="Month,South")
    file = read_text(text)
    assert file.series.names == ("North", "South")
    assert file.series[0].tolist() == VALUES
    assert file.series[1].tolist() == VALUES[3:]
    assert finding(file, "tables_below").rows == (27,)


def test_a_missing_value_of_the_second_table_is_named_with_its_own_row(read_text: Reader) -> None:
    second = [*map(str, VALUES[:4]), "", *map(str, VALUES[5:])]
    text = lines(MONTHS, VALUES, header="Month,North") + "\n" + lines(MONTHS, second, header="Month,South")
    assert finding(read_text(text), "missing_values").rows == (32,)


def test_a_table_of_other_dates_is_left_out_with_its_rows(tmp_path: Path) -> None:
    text = lines(MONTHS, VALUES, header="Month,Sold") + "\n"
    text += lines(range(2001, 2011), range(10), header="Year,Visits")
    path = tmp_path / "table.csv"
    path.write_text(text)
    file, lost = read_and_account(path)
    assert file.series.names == ("Sold",)
    assert not lost
    assert finding(file, "tables_left_out").rows == tuple(range(27, 38))


def test_later_dates_across_below_the_first_go_on_to_the_right(read_text: Reader) -> None:
    text = "".join(
        f"Region,{','.join(MONTHS[n : n + 6])}\n"
        + "".join(
            f"{region},{','.join(str(v + plus) for v in VALUES[n : n + 6])}\n"
            for region, plus in (("North", 0), ("South", 500))
        )
        + "\n"
        for n in (0, 6, 12, 18)
    )
    file = read_text(text)
    assert file.series.names == ("North", "South")
    assert file.series[0].tolist() == VALUES
    assert file.series[1].tolist() == [v + 500 for v in VALUES]


def test_the_same_heading_after_a_page_break_goes_on(read_text: Reader) -> None:
    text = lines(MONTHS[:12], VALUES[:12], header="Month,Sold") + "\n"
    file = read_text(text + lines(MONTHS[12:], VALUES[12:], header="Month,Sold"))
    assert file.series[0].tolist() == VALUES
    assert "tables_below" not in codes(file)


HOURS = [(2024, 5, 1 + n // 24, n % 24) for n in range(24 * 8)]
SPLIT = ("Year,Month,Day,Hour", "Jahr,Monat,Tag,Stunde", "Année,Mois,Jour,Heure")


def hourly(names: str, name: str, hours: list[tuple[int, int, int, int]], plus: int) -> str:
    return f"{names},{name}\n" + "".join(f"{y},{m},{d},{h},{plus + (d * h) % 17}.5\n" for y, m, d, h in hours)


@pytest.mark.parametrize("names", SPLIT)
def test_dates_split_down_to_the_hour_are_dates_in_every_table(read_text: Reader, names: str) -> None:
    file = read_text(hourly(names, "North", HOURS, 100) + "\n" + hourly(names, "South", HOURS, 900))
    assert (file.series.names, file.series.frequency.name) == (("North", "South"), "hourly")
    assert file.series.lengths.tolist() == [len(HOURS)] * 2


@pytest.mark.parametrize("names", [*SPLIT, "Date,Time", "Datum;Uhrzeit", "Date,Hour", "Date,HH"])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_heading_on_every_page_is_left_out(read_text: Reader, names: str, blank: str) -> None:
    mark = ";" if ";" in names else ","
    clock = names.endswith(("Time", "Uhrzeit"))
    rows = [f"{y}-{m:02d}-{d:02d}{mark}{h}{':00' * clock}" for y, m, d, h in HOURS]
    if len(names.split(mark)) > 2:
        rows = [mark.join(map(str, hour)) for hour in HOURS]
    heading = f"{names}{mark}Load"
    days = [range(n, n + 48) for n in range(0, len(rows), 48)]
    pages = [lines([rows[n] for n in day], day, header=heading, delimiter=mark) for day in days]
    file = read_text(blank.join(pages))
    assert (file.series.names, file.series.frequency.name) == (("Load",), "hourly")
    assert file.series[0].tolist() == list(range(len(HOURS)))
    page = 49 + len(blank)
    assert finding(file, "headings_repeated").rows == tuple(1 + n * page for n in range(1, 4))


MISSING = ["-", "–", "n/a", "k. A.", "NULL", "."]
PERIODS = {
    "Week": [f"KW {week}/2023" for week in range(1, 25)],
    "Woche": [f"Woche {week}, 2023" for week in range(1, 25)],
    "Monat": [f"{name} 2023" for name in ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August")],
    "Quarter": [f"Quarter {1 + k % 4} {2018 + k // 4}" for k in range(20)],
    "Year": [f"FY {2001 + k}" for k in range(18)],
}


@pytest.mark.parametrize("mark", MISSING)
@pytest.mark.parametrize("heading", PERIODS)
@pytest.mark.parametrize("shops", [(), ("North", "South")])
def test_a_row_whose_value_is_missing_is_no_heading(
    read_text: Reader, heading: str, mark: str, shops: tuple[str, ...]
) -> None:
    """Its period has a name like that of a column of dates in it: "Week 12", "Month", "FY"."""
    periods = PERIODS[heading]
    rows, values = [], []
    for k, period in enumerate(periods):
        for shop in shops or ("",):
            rows.append(f"{period};{shop}".rstrip(";"))
            values.append(mark if k in (3, len(periods) - 2) else str(5 + k))
    names = f"{heading};Shop" if shops else heading
    file = read_text(lines(rows, values, header=f"{names};Sold", delimiter=";"))
    assert file.series.names == (shops or ("Sold",))
    assert not {"tables_below", "tables_left_out", "headings_repeated"} & set(codes(file))


def test_a_long_table_without_words_is_not_read_cell_by_cell_for_headings(
    monkeypatch: pytest.MonkeyPatch, read_text: Reader
) -> None:
    looked_at = 0

    def counted(cells: Sequence[Cell]) -> Dates:
        nonlocal looked_at
        looked_at += len(cells)
        return read_dates(cells)

    monkeypatch.setattr(stacked_tables, "read_dates", counted)
    seconds = range(1_600_000_000, 1_600_000_000 + 60 * 500, 60)
    read_text(lines(seconds, range(500), header="timestamp,power"))
    assert looked_at == 0
