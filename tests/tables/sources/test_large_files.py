"""Large text files are read block by block, with the same result as small ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, lines, months

from almanac.core.arrays import end_to_end
from almanac.core.jobs import Progress, Stopped, run
from almanac.tables import ReadFile, preview, read
from almanac.tables.layout import large_text
from almanac.tables.sources import delimited


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a few kilobytes count as large, and a block is only a few lines."""
    monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 1000)
    monkeypatch.setattr(large_text, "BLOCK_BYTES", 700)


def table(count: int = 24) -> str:
    keys = [key for key in ("Käse", 'Milk, "fresh"', "Brot\nhell") for _ in range(count)]
    quoted = ['"' + key.replace('"', '""') + '"' for key in keys]
    values = [f"{n * 1.25:.2f}" for n in range(len(keys))]
    values[5], values[50] = "n/a", "closed"
    return "Report,,\n" + lines(quoted, months(count) * 3, values, header="Product,Date,Sales") + "Total,,99\n"


def parts(file: ReadFile) -> tuple[object, ...]:
    series = file.series
    return series.names, series.first.tolist(), series.offsets.tolist(), np.nan_to_num(series.values, nan=-1).tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_blocks_and_whole_files_read_the_same(read_text: Reader, request: pytest.FixtureRequest, encoding: str) -> None:
    whole = read_text(table(), encoding=encoding)
    request.getfixturevalue("in_blocks")
    blocks = read_text(table(), encoding=encoding)
    assert parts(blocks) == parts(whole)
    assert codes(blocks) == codes(whole)
    assert finding(blocks, "text_among_numbers").rows == finding(whole, "text_among_numbers").rows


@pytest.mark.usefixtures("in_blocks")
def test_lines_may_end_as_on_an_old_macintosh(read_text: Reader) -> None:
    text_ = lines(months(300), [n + 0.5 for n in range(300)], header="Date,Sales")
    assert parts(read_text(text_.replace("\n", "\r"))) == parts(read_text(text_))


@pytest.mark.usefixtures("in_blocks")
def test_a_longer_line_far_down_is_read(read_text: Reader) -> None:
    text_ = lines(months(300), [n + 0.5 for n in range(300)], header="Date,Sales") + "2045-01-01,3.5,what,is,this\n"
    assert len(read_text(text_).series[0]) == 301


@pytest.mark.usefixtures("in_blocks")
def test_reading_can_be_stopped_between_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(200), encoding="utf-8")
    reported: list[Progress] = []
    with pytest.raises(Stopped):
        run(read(path), reported.append, lambda: len(reported) >= 3)
    assert len(reported) == 3


def test_two_hundred_thousand_rows_take_about_a_second(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rng = np.random.default_rng(0)
    keys = np.repeat(np.arange(2000), 100)
    dates = np.tile(np.array(months(100)), 2000)
    values = np.round(rng.normal(100, 10, len(keys)), 2)
    path.write_text(lines([f"item {k}" for k in keys], list(dates), list(values), header="Item,Date,Sales"))
    file = run(read(path))
    assert len(file.series) == 2000
    assert np.array_equal(file.series.values, values)
    assert preview(path).lines[0] == 2


@pytest.mark.usefixtures("in_blocks")
@pytest.mark.usefixtures("in_blocks")
def test_thousands_of_blank_lines_leave_every_row_its_number(tmp_path: Path) -> None:
    path = tmp_path / "mostly blank.csv"
    rows = [f"{2000 + k // 12}-{k % 12 + 1:02d},{k % 7 + 3}" for k in range(48)]
    rows[40] = "no date,5"
    path.write_text("month,sold\n" + "\n".join(rows[:24]) + "\n" * 5_000 + "\n".join(rows[24:]) + "\n")
    file = run(read(path))
    assert len(file.series[0]) == 48
    found = next(finding for finding in file.findings if finding.rows)
    assert found.rows == (24 + 5_000 + 17,)


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest(
    read_text: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_text, "_MAX_CELL_BYTES", 100)
    notes = ["ok"] * 300
    notes[150] = '"5 inch'
    text_ = lines(months(300), [n + 0.5 for n in range(300)], notes, header="Date,Sales,Note")
    assert len(read_text(text_).series[0]) >= 290


def test_importing_the_package_loads_no_heavy_library() -> None:
    check = "import sys, almanac.tables; print(sorted({'pandas', 'python_calamine', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_lines_longer_than_the_beginning_are_previewed(tmp_path: Path) -> None:
    columns = 1500
    rows = [["month", *(f"product {k} {'with a long name ' * 6}" for k in range(columns))]]  # 165 KB
    rows += [[month, *(str((k + n) % 97) for k in range(columns))] for n, month in enumerate(months(30))]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")
    seen = preview(path)
    assert len(seen.columns) == columns + 1
    assert seen.rows[0][:3] == ("2020-01-01", "0", "1")


@pytest.mark.usefixtures("in_blocks")
@pytest.mark.parametrize("style", ["%d.%m.%Y", "%m.%Y", "%d.%m.%y", "%Y%m%d", "%Y-%m-%d %H:%M:%S"])
def test_dates_of_digits_are_no_fractions(read_text: Reader, style: str) -> None:
    days = [datetime(2021, 1, 1) + timedelta(days=n) for n in range(300)]
    if style == "%m.%Y":
        days = [datetime(1998 + n // 12, n % 12 + 1, 1) for n in range(300)]
    values = [f"{n},5" for n in range(len(days))]
    text_ = "\n".join(["Datum;Umsatz", *(f"{day:{style}};{v}" for day, v in zip(days, values, strict=True))])
    file = read_text(text_ + "\n")
    assert file.reading.date_column == "Datum"
    assert len(file.series[0]) == 300


@pytest.mark.usefixtures("in_blocks")
def test_whole_numbers_of_a_wide_table_are_numbers_and_dates_and_keys_stay(read_text: Reader) -> None:
    chance = np.random.default_rng(3)
    hours = [f"{datetime(2024, 1, 1) + timedelta(hours=n):%Y%m%d%H}" for n in range(600)]
    cells = chance.integers(1000, 9999, (600, 9)).astype(str)
    cells[5, 0], cells[17, 3], cells[40, 8] = "", "n/a", "closed"
    rows = [",".join([hour, "north", *row]) for hour, row in zip(hours, cells, strict=True)]
    text_ = "\n".join([",".join(["Hour", "Station", *(f"Sensor {n}" for n in range(9))]), *rows]) + "\n"
    file = read_text(text_)
    assert file.series.frequency.name == "hourly"
    assert len(file.series) == 9
    wanted = np.where(np.char.isdigit(cells), cells, "nan").astype(float)
    for i in range(9):
        got = file.series[i]
        assert np.array_equal(got[:600], wanted[: len(got), i], equal_nan=True)
    assert finding(file, "text_among_numbers").rows == (42,)
    assert file.preview.rows[0][:3] == (hours[0], "north", cells[0, 0])


def test_rows_of_one_array_are_joined_without_a_copy() -> None:
    whole = np.arange(6.0).reshape(2, 3)
    assert np.shares_memory(end_to_end([whole[0], whole[1]]), whole)
    assert end_to_end([whole[1], whole[0]]).tolist() == [3, 4, 5, 0, 1, 2]
    assert end_to_end([whole[0], whole[1][:2]]).tolist() == [0, 1, 2, 3, 4]
    assert end_to_end([whole[0]]) is not whole
