"""Every row below the heading is in a series, or in a finding with its number: none is lost without a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tables.conftest import Reader, codes, finding

from almanac.core.jobs import run
from almanac.tables import ReadFile, excerpt, read
from almanac.tables.layout import large_text
from almanac.tables.sources import delimited

ROWS = 180
STRAY = 40  # index of the row with the first stray quotation mark
FIRST_VALUE = 1000
DAYS = [date(2020, 1, 1) + timedelta(n) for n in range(ROWS)]


def rows_of(note: str = "a note", quoted: bool = False) -> list[list[str]]:
    """Rows of date, note and value, each with a value of its own."""
    mark = '"' if quoted else ""
    return [[f"{day}", f"{mark}{note}{mark}", f"{FIRST_VALUE + n}"] for n, day in enumerate(DAYS)]


def text_of(rows: Sequence[Sequence[str]], heading: str = "Date,Note,Sales") -> str:
    return "\n".join([*([heading] if heading else []), *(",".join(row) for row in rows)]) + "\n"


def lost(file: ReadFile, values: Sequence[int], first_line: int = 2) -> list[int]:
    """The lines whose value is in no series and that are in no finding."""
    known = set(file.series.values[file.series.values == file.series.values].tolist())
    named = {row for found in file.findings for row in found.rows}
    return [n + first_line for n, value in enumerate(values) if value not in known and n + first_line not in named]


VALUES = range(FIRST_VALUE, FIRST_VALUE + ROWS)

ODD_DATES = (
    "9999-12-31",
    "31.12.9999",
    "12/31/9999",
    "9999-12-31 00:00:00",
    "0000-00-00",
    "00.00.0000",
    "2020-13-45",
    "99/99/9999",
    "1500-01-01",
    "31 Dec 9999",
    "9999-366",
    "0000-001",
)


@pytest.mark.parametrize("odd", ODD_DATES)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("heading", ["Date,Note,Sales", "Report of today\nDate,Note,Sales", ""])
def test_first_rows_with_an_odd_date_are_data(read_text: Reader, odd: str, count: int, heading: str) -> None:
    rows = [[odd, "a note", f"{n + 1}"] for n in range(count)] + rows_of()
    file = read_text(text_of(rows, heading))
    first_line = len(heading.split("\n")) + 1 if heading else 1
    assert file.reading.header_row == first_line - 1
    assert not lost(file, [*range(1, count + 1), *VALUES], first_line)
    assert file.reading.value_columns == (("Sales",) if heading else ("Column C",))


@pytest.mark.parametrize("odd", ODD_DATES)
def test_first_rows_with_an_odd_date_are_data_in_a_workbook(read_sheets: Reader, odd: str) -> None:
    rows = [("Date", "Sales"), (odd, 1), *((f"{day}", FIRST_VALUE + n) for n, day in enumerate(DAYS))]
    file = read_sheets({"A": rows})
    assert file.reading.value_columns == ("Sales",)
    assert not lost(file, [1, *VALUES])


@pytest.mark.parametrize("word", ["closed", "see below", "-", "1.234,5 t"])
@pytest.mark.parametrize("day", ["2019-12-31", "9999-12-31"])
def test_a_first_row_with_a_date_and_a_word_is_data(read_text: Reader, word: str, day: str) -> None:
    rows = [[day, word]] + [[row[0], row[2]] for row in rows_of()]
    file = read_text(text_of([[cell.replace(",", ";") for cell in row] for row in rows], "Date,Sales"))
    assert file.reading.value_columns == ("Sales",)
    assert not lost(file, [-1, *VALUES])


def test_a_date_that_is_a_name_stays_in_the_heading(read_text: Reader) -> None:
    """Dates across, a date above the names, and facts about the columns below their names."""
    across = text_of([["A", "1", "2", "3"], ["B", "4", "5", "6"]], "Shop,2024-01-01,2024-02-01,2024-03-01")
    assert read_text(across).series.names == ("A", "B")
    dated = read_text(text_of(rows_of(), "Report of 2024-05-01,,\nDate,Note,Sales"))
    assert dated.reading.header_row == 2
    assert dated.reading.value_columns == ("Sales",)


@pytest.fixture(params=["whole", "in blocks", "in small blocks"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether files are read as a whole or in blocks."""
    if request.param != "whole":
        monkeypatch.setattr(delimited, "MAX_WHOLE_BYTES", 1500)
        monkeypatch.setattr(large_text, "BLOCK_BYTES", 1 << 20 if request.param == "in blocks" else 2200)
    return str(request.param)


GAPS = (1, 2, 3, 10, 100)
OPENINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "before the date": lambda row: [f'"{row[0]}', *row[1:]],
    "before the note": lambda row: [row[0], f'"{row[1]}', row[2]],
    "before the value": lambda row: [*row[:2], f'"{row[2]}'],
    "alone in the note": lambda row: [row[0], '"', row[2]],
}


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("gap", GAPS)
def test_two_stray_quotation_marks_lose_no_row(read_text: Reader, opening: str, gap: int) -> None:
    rows = rows_of()
    rows[STRAY] = OPENINGS[opening](rows[STRAY])
    rows[STRAY + gap][1] += '"'
    file = read_text(text_of(rows))
    assert not lost(file, VALUES)
    assert finding(file, "stray_quotes").rows == (STRAY + 2,)
    assert file.reading.rows >= ROWS - 1


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("at", [0, 1, STRAY, ROWS - 2])
def test_a_quotation_mark_that_is_never_closed_loses_no_row(read_text: Reader, opening: str, at: int) -> None:
    rows = rows_of()
    rows[at] = OPENINGS[opening](rows[at])
    file = read_text(text_of(rows))
    assert not lost(file, VALUES)
    assert finding(file, "stray_quotes").rows == (at + 2,)


@pytest.mark.usefixtures("size")
def test_many_stray_quotation_marks_lose_no_row(read_text: Reader) -> None:
    rows = rows_of()
    for n in range(5, ROWS - 3, 7):
        rows[n] = OPENINGS["before the note"](rows[n])
    file = read_text(text_of(rows))
    assert not lost(file, VALUES)
    stray = finding(file, "stray_quotes")
    assert stray.rows == tuple(n + 2 for n in range(5, ROWS - 3, 7))


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("gap", GAPS)
def test_a_stray_quotation_mark_among_quoted_cells_loses_no_row(read_text: Reader, gap: int) -> None:
    """The next quoted cell closes what the stray mark opened."""
    rows = rows_of()
    rows[STRAY] = OPENINGS["before the note"](rows[STRAY])
    rows[STRAY + gap][1] = '"well, well"'
    file = read_text(text_of(rows))
    assert not lost(file, VALUES)
    assert finding(file, "stray_quotes").rows == (STRAY + 2,)


def test_a_swallowed_part_longer_than_any_cell_is_read_as_rows(read_text: Reader) -> None:
    days = [date(2000, 1, 1) + timedelta(n) for n in range(9000)]
    rows = [[f"{day}", "a longer note", f"{FIRST_VALUE + n}"] for n, day in enumerate(days)]
    rows[STRAY] = OPENINGS["before the note"](rows[STRAY])
    file = read_text(text_of(rows))
    assert not lost(file, range(FIRST_VALUE, FIRST_VALUE + 9000))
    assert finding(file, "stray_quotes").rows == (STRAY + 2,)


COMMENTS = (
    "two\nlines",
    "Dear Sir,\nthank you, and goodbye",
    "a list:\n1, 2, 3\n4, 5, 6\n7, 8, 9",
    "with marks in it\nand more",
    "blank\n\nlines",
)


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize("every", [1, 5])
def test_comments_of_several_lines_are_left_as_they_are(read_text: Reader, comment: str, every: int) -> None:
    rows = rows_of()
    for row in rows[::every]:
        row[1] = f'"{comment}"'
    file = read_text(text_of(rows))
    assert file.series.values.tolist() == list(VALUES)
    assert not {"stray_quotes", "lines_in_one_cell"} & set(codes(file))


def test_a_comment_of_very_many_lines_is_worth_a_word(read_text: Reader) -> None:
    rows = rows_of()
    rows[50][1] = '"' + "\n".join(f"line {n}" for n in range(30)) + '"'
    file = read_text(text_of(rows))
    assert file.series.values.tolist() == list(VALUES)
    assert finding(file, "lines_in_one_cell").rows == (52,)


@pytest.mark.usefixtures("size")
def test_the_rows_of_the_finding_are_the_rows_that_are_shown(tmp_path: Path) -> None:
    rows = rows_of()
    rows[30][1] = '"two\nlines"'
    rows[STRAY] = OPENINGS["before the note"](rows[STRAY])
    path = tmp_path / "table.csv"
    path.write_text(text_of(rows), encoding="utf-8")
    found = finding(run(read(path)), "stray_quotes")
    shown = run(excerpt(path, None, (*found.rows, 150)))
    assert shown.rows == (("2020-02-10", '"a note', "1040"), ("2020-05-28", "a note", "1148"))
