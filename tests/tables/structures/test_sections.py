"""Rows below a line that names them are separate series, and rows below a date have it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tables.accounted import read_and_account
from tests.tables.conftest import Reader, codes, finding, lines, months

MONTHS = months(24, "{y}-{m:02d}")
VALUES = {name: [plus + 3 * n for n in range(24)] for plus, name in ((100, "North"), (500, "South"), (900, "Airport"))}


def sections(names: dict[str, str], heading: str = "Month,Sold\n", end: str = "") -> str:
    """A block for each of the names, below a line that says it."""
    return heading + "".join(
        "\n".join([line, *(f"{month},{value}" for month, value in zip(MONTHS, VALUES[name], strict=True)), end])
        for name, line in names.items()
    )


@pytest.mark.parametrize("line", ["{}", "{},", "Store: {}", "--- {} ---", "{} \n"])
@pytest.mark.parametrize("heading", ["Month,Sold\n", "Report\n\nMonth,Sold\n", ""])
def test_blocks_with_the_same_dates_are_separate_series(tmp_path: Path, line: str, heading: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(sections({name: line.format(name) for name in VALUES}, heading))
    file, lost = read_and_account(path)
    assert {name: file.series[i].tolist() for i, name in enumerate(file.series.names)} == VALUES
    assert len(finding(file, "sections").rows) == 3
    assert not lost


def test_totals_of_the_blocks_are_left_out(read_text: Reader) -> None:
    file = read_text(sections({name: name for name in VALUES}, end="Total for block,9999\n\n"))
    assert {name: file.series[i].tolist() for i, name in enumerate(file.series.names)} == VALUES
    assert finding(file, "totals_left_out").count == 3


def test_names_that_come_again_below_other_names_are_kept_apart(read_text: Reader) -> None:
    text = "Month,Sold\nEast\n" + sections({"North": "Bar", "South": "Kitchen"}, "")
    text += "West\n" + sections({"Airport": "Bar", "North": "Kitchen"}, "")
    file = read_text(text)
    assert file.series.names == ("East · Bar", "East · Kitchen", "West · Bar", "West · Kitchen")
    assert file.series[2].tolist() == VALUES["Airport"]


def test_a_note_between_rows_whose_dates_go_on_is_no_section(read_text: Reader) -> None:
    rows = lines(MONTHS, VALUES["North"], header="Month,Sold").splitlines()
    file = read_text("\n".join([*rows[:12], "New manager", *rows[12:]]) + "\n")
    assert file.series.names == ("Sold",)
    assert finding(file, "notes_left_out").rows == (13,)
    assert "sections" not in codes(file)


def test_each_account_of_a_ledger_is_a_series_whatever_else_its_rows_say(read_text: Reader) -> None:
    days = [f"{1 + n // 28:02d}/{1 + n % 28:02d}/2024" for n in range(0, 160, 2)]
    text = ",Date,Name,Amount\n"
    for plus, account in enumerate(("Checking", "Sales")):
        text += f"{account},,,\n"
        text += "".join(f",{day},{'Ann' if n % 2 else 'Bob'},{n + 100 * plus}.50\n" for n, day in enumerate(days))
        text += f"Total for {account},,,1\n"
    file = read_text(text)
    assert file.series.names == ("Checking", "Sales")


@pytest.mark.parametrize("line", ["{}", "Date: {},,", "Sales of {},,", "Date,{},"])
@pytest.mark.parametrize("again", [False, True])
def test_rows_below_a_date_have_it(tmp_path: Path, line: str, again: bool) -> None:
    heading = "Product,Pieces,Takings\n"
    text = "" if again else heading
    for n in range(20):
        text += line.format(f"2024-03-{n + 1:02d}") + "\n" + heading * again
        text += f"Tea,{n + 2},{n}.50\nCake,{n + 3},{n}.75\nTotal,,{2 * n + 1}.25\nTaxes,,20{n + 1:02d}.11\n"
    path = tmp_path / "table.csv"
    path.write_text(text)
    file, lost = read_and_account(path)
    assert (file.series.names, file.series.frequency.name) == (("Tea", "Cake", "Taxes"), "daily")
    assert file.series[1].tolist() == [n + 0.75 for n in range(20)]
    assert finding(file, "dates_above_rows").count == 20
    assert not lost


def test_years_above_months_and_days_above_hours_are_parts_of_the_date(read_text: Reader) -> None:
    words = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    words += ["November", "December"]
    text = "Shop,Month,Sold\n"
    for year in (2022, 2023):
        text += f"Year {year},,\n" + "".join(f"{shop},{word},{year % 7}\n" for word in words for shop in "AB")
    file = read_text(text)
    assert (file.series.names, file.series.frequency.name) == (("A", "B"), "monthly")
    assert file.series.lengths.tolist() == [24, 24]
    days = "".join(f"2024-05-{d:02d},\n" + "".join(f"{h:02d}:00,{h + d}\n" for h in range(24)) for d in range(1, 9))
    file = read_text(f"Time,Visitors\n{days}")
    assert (file.series.frequency.name, file.series.lengths.tolist()) == ("hourly", [192])


@pytest.mark.parametrize(
    ("heading", "lines_of", "rows"),
    [
        ("Date,Sold", "{0:%Y}", "{0.day:02d}.{0.month:02d}.,{1}"),
        ("Day,Sold", "{0:%B %Y}", "{0.day},{1}"),
        ("Tag,Verkauft", "KW {0:%V/%G}", "{0:%A},{1}"),
    ],
)
def test_rows_below_a_year_month_or_week_have_the_day_they_say(
    read_text: Reader, heading: str, lines_of: str, rows: str
) -> None:
    """Not a series for each day of the month or the week."""
    days = [date(2023, 10, 2) + timedelta(n) for n in range(140)]
    text, last = heading + "\n", ""
    for n, day in enumerate(days):
        line = lines_of.format(day)
        text += (f"{line},\n" if line != last else "") + rows.format(day, 100 + n) + "\n"
        last = line
    file = read_text(text)
    assert (len(file.series), file.series.frequency.name) == (1, "daily")
    assert file.series.frequency.iso(int(file.series.first[0])) == "2023-10-02"
    assert file.series.values.tolist() == [100 + n for n in range(140)]
