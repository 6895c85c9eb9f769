"""Each step of a reading says what was decided and why, and decides what ``read`` reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.tables.conftest import lines, months

from almanac.core.calendar.frequency import ROW_ORDER
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.core.text import plural
from almanac.tables import ReadingOptions, read
from almanac.tables.explain import Step, explain

Explained = dict[str, Step]


def explained(path: Path, **options: Any) -> Explained:
    return {step.name: step for step in run(explain(path, ReadingOptions(**options)))}


def agrees_with_read(path: Path, **options: Any) -> Explained:
    """The steps of a file, after checking every decision against the Reading."""
    steps = explained(path, **options)
    file = run(read(path, ReadingOptions(**options)))
    reading = file.reading
    wanted = {
        "file": "workbook" if reading.encoding is None else "text",
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "header": f"line {reading.header_row}" if reading.header_row else "no header",
        "columns": plural(len(reading.columns), "column"),
        "dates": reading.date_column,
        "date format": None if reading.date_column == ROW_ORDER else reading.date_format,
        "rows": plural(reading.rows, "row"),
        "roles": ", ".join(f"{name}: {role}" for name, role in zip(reading.columns, reading.roles, strict=True)),
        "numbers": reading.decimal,
        "frequency": reading.frequency.name,
        "findings": ", ".join(finding.code for finding in file.findings) or "none",
    }
    decided = {name: step.decision for name, step in steps.items() if name != "grid"}
    assert decided == {name: decision for name, decision in wanted.items() if decision is not None}
    return steps


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file and returns its path."""

    def writer(text: str | bytes, encoding: str = "utf-8", name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return writer


def write_book(path: Path, sheets: dict[str, list[tuple[Any, ...]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    book.close()
    return path


def monthly_rows(count: int) -> list[tuple[Any, ...]]:
    return [("Month", "Sales"), *((month, 100.5 + n) for n, month in enumerate(months(count)))]


def test_encoding_and_delimiter_show_the_scores_of_what_was_compared(write: Callable[..., Path]) -> None:
    values = [f"{100 + n},5" for n in range(24)]
    text = "Verkäufe der Bäckerei\n" + lines(months(24), values, header="Tag;Erlös", delimiter=";")
    steps = agrees_with_read(write(text, "latin-1"))
    assert steps["encoding"].decision == "cp1252"
    assert any(sentence.startswith("cp1250: ") for sentence in steps["encoding"].evidence)
    scores = dict(sentence.split(": ", 1) for sentence in steps["delimiter"].evidence[1:])
    assert set(scores) == {";", ","}
    assert "title above the table: Verkäufe der Bäckerei" in steps["header"].evidence
    assert any("24 with a decimal comma" in sentence for sentence in steps["numbers"].evidence)


def test_a_tab_is_named(write: Callable[..., Path]) -> None:
    steps = agrees_with_read(write(lines(months(24), range(24), header="Day\tSales", delimiter="\t")))
    assert any(sentence.startswith("tab: ") for sentence in steps["delimiter"].evidence)


def test_the_sheets_of_a_workbook_are_compared(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"Notes": [("nothing here",)], "Figures": monthly_rows(30)})
    steps = agrees_with_read(path)
    assert steps["sheet"].evidence[1:] == ("Notes: no table", "Figures: 62 cells")
    assert steps["grid"].decision == "31 rows × 2 columns"
    assert agrees_with_read(path, sheet="Figures")["sheet"].evidence == ("the sheet that was chosen",)


def test_joined_sheets_are_one_sheet(tmp_path: Path) -> None:
    rows = {str(year): [("Month", "Sales"), *((f"{year}-{m:02d}", m) for m in range(1, 13))] for year in (2023, 2024)}
    steps = agrees_with_read(write_book(tmp_path / "a.xlsx", rows))
    assert steps["sheet"].decision == "2023 … 2024"


def test_each_column_shows_how_many_cells_were_read_as_what(write: Callable[..., Path]) -> None:
    values: list[Any] = [n + 0.5 for n in range(24)]
    values[3] = "closed"
    steps = agrees_with_read(write(lines(months(24), values, header="Day,Sales")))
    assert steps["columns"].evidence == (
        "Day: 24 filled cells, 24 distinct: 24 dates",
        "Sales: 24 filled cells, 24 distinct: 23 numbers, 1 other text",
    )


@pytest.mark.parametrize("options", [{}, {"series": ("Shop",)}], ids=["proposed", "chosen"])
def test_a_table_with_time_across(write: Callable[..., Path], options: dict[str, Any]) -> None:
    header = ",".join(["Shop", *(f"{m:02d}/2024" for m in range(1, 13))])
    steps = agrees_with_read(
        write(f"{header}\nNorth,{','.join('123456789123')}\nSouth,{','.join('987654321987')}\n"), **options
    )
    assert steps["dates"].evidence == ("12 columns are called after dates",)
    assert steps["date format"].evidence[0] == "12 of 12 different dates could be read, each a month"


def test_years_across_and_months_down_keep_their_months_when_the_series_are_chosen(write: Callable[..., Path]) -> None:
    rows = "".join(f"North,{month},{n},{n + 1},{n + 2}\n" for n, month in enumerate(("Jan", "Feb", "Mar", "Apr")))
    steps = agrees_with_read(write("Shop,Month,2022,2023,2024\n" + rows), series=("Shop",))
    assert steps["dates"].decision == "Month × 2022 … 2024"
    assert steps["frequency"].decision == "monthly"


@pytest.mark.parametrize(
    ("dates", "rule"),
    [
        (["13/04/2025", "05/04/2025", "06/04/2025", "07/04/2025"], "the calendar"),
        (["05/01/2024", "03/02/2024", "07/03/2024", "01/04/2024"], "rows in order of time"),
    ],
)
def test_votes_decide_between_day_and_month(write: Callable[..., Path], dates: list[str], rule: str) -> None:
    steps = agrees_with_read(write(lines(dates, range(len(dates)), header="Day,Sales")))
    assert any(sentence.endswith(f"first, decided by: {rule}") for sentence in steps["date format"].evidence)


def test_an_order_of_day_and_month_that_nothing_decides_is_not_certain(write: Callable[..., Path]) -> None:
    path = write(lines([f"{n:02d}/01/2024" for n in range(1, 13)], range(12), header="Day,Sales"))
    steps = agrees_with_read(path)
    assert run(read(path)).reading.questions
    assert "not certain, so it is asked" in steps["date format"].evidence
    chosen = agrees_with_read(path, day_first=False)["date format"]
    assert "month first, decided by: it was chosen" in chosen.evidence


def test_dates_name_the_rules_that_were_tried_before(write: Callable[..., Path]) -> None:
    years = [2020 + n // 4 for n in range(16)]
    steps = agrees_with_read(
        write(lines(years, [n % 4 + 1 for n in range(16)], range(16), header="Year,Quarter,Sales"))
    )
    assert steps["dates"].evidence[0] == "found: a column of years and one of quarters"
    assert "a column of dates" in steps["dates"].evidence[1]


def test_a_table_of_numbers_is_taken_in_the_order_of_its_rows(write: Callable[..., Path]) -> None:
    steps = agrees_with_read(write(lines([5, 3, 8, 1, 9, 2, 7, 4], header="Sales")))
    assert steps["dates"].decision == ROW_ORDER


def test_keys_show_how_well_they_identify_the_rows(write: Callable[..., Path]) -> None:
    shops = [shop for shop in ("North", "South") for _ in range(24)]
    steps = agrees_with_read(write(lines(shops, months(24) * 2, range(48), header="Shop,Date,Sales")))
    assert steps["roles"].evidence == (
        "50% of the rows have a date that occurred before",
        "date and Shop identify 100% of the rows",
    )


def test_the_frequency_shows_the_gaps_between_dates(write: Callable[..., Path]) -> None:
    days = [f"2024-01-{day:02d}" for day in range(1, 31) if day != 10]
    steps = agrees_with_read(write(lines(days, range(29), header="Day,Sales")))
    assert "gaps between dates: 1 day 27×, 2 days 1×" in steps["frequency"].evidence


def test_a_frequency_that_was_chosen_is_said(write: Callable[..., Path]) -> None:
    days = [f"2024-{1 + n // 28:02d}-{1 + n % 28:02d}" for n in range(140)]
    steps = agrees_with_read(write(lines(days, range(140), header="Day,Sales")), frequency="monthly")
    assert "the file is daily; monthly was chosen" in steps["frequency"].evidence


def test_a_large_file_is_explained_from_its_beginning(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almanac.tables.sources.delimited.MAX_WHOLE_BYTES", 1000)
    steps = agrees_with_read(write(lines(months(200), [n + 0.5 for n in range(200)], header="Day,Sales")))
    assert steps["grid"].evidence


@pytest.mark.parametrize(
    ("content", "name", "code", "last"),
    [
        (b"PK\x03\x04 cut off", "a.xlsx", "damaged_workbook", None),
        (b"%PDF-1.7 " + bytes(range(256)), "a.csv", "not_a_table", None),
        (b"only,words\nin,here\n", "a.csv", "no_numbers", "grid"),
        (b"word,value\na,1\nb,2\nc,3\n", "a.csv", "no_dates", "columns"),
        (b"day,value\n2024-01-01,1\n2024-01-01,2\n2024-01-01,3\n", "a.csv", "one_date", "date format"),
    ],
)
def test_a_problem_is_the_last_step(
    write: Callable[..., Path], content: bytes, name: str, code: str, last: str | None
) -> None:
    path = write(content, name=name)
    *before, end = run(explain(path))
    with pytest.raises(ProblemError) as caught:
        run(read(path))
    assert end.problem == caught.value.problem
    assert (end.name, end.decision) == ("problem", code)
    assert [step.name for step in before][-1:] == ([] if last is None else [last])
    assert all(step.problem is None for step in before)
