"""Fiscal years: what is asked, and what their periods are called."""

from __future__ import annotations

import pytest
from tests.tables.conftest import Reader, codes, lines

from almanac.core.calendar.fiscal import FiscalYear

VALUES = [100.5 + n % 4 * 10 + n for n in range(32)]
QUARTERS = [f"{2015 + n // 4}/{16 + n // 4} Q{n % 4 + 1}" for n in range(32)]


def label(file: object, ahead: int = 0) -> str:
    series = file.series  # type: ignore[attr-defined]
    return series.frequency.label(int(series.last[0]) + ahead)


def first(file: object) -> str:
    series = file.series  # type: ignore[attr-defined]
    return series.frequency.iso(int(series.first[0]))


def test_the_names_of_the_file_go_on(read_text: Reader) -> None:
    file = read_text(lines(QUARTERS, VALUES, header="Quarter,Sales"))
    assert [label(file, n) for n in range(3)] == ["2022/23 Q4", "2023/24 Q1", "2023/24 Q2"]


@pytest.mark.parametrize(("start", "day"), [(3, "2015-04-01"), (6, "2015-07-01"), (9, "2015-10-01")])
def test_the_beginning_of_the_year_is_asked_once_and_then_known(read_text: Reader, start: int, day: str) -> None:
    text = lines(QUARTERS, VALUES, header="Quarter,Sales")
    (question,) = read_text(text).reading.questions
    assert question.code == "fiscal_start"
    assert question.text == "We read 2015/16 Q1 as April to June 2015. Is that right?"
    answers = [dict(choice.sets)["fiscal_start"] for choice in question.choices]
    assert answers == [3, 6, 9]
    file = read_text(text, fiscal_start=start)
    assert (first(file), file.reading.questions, label(file, 1)) == (day, (), "2023/24 Q1")


def test_a_name_with_one_year_may_mean_where_it_begins_or_ends(read_text: Reader) -> None:
    text = lines([f"FY{15 + n // 4} Q{n % 4 + 1}" for n in range(32)], VALUES, header="Quarter,Sales")
    (question,) = read_text(text).reading.questions
    assert [choice.label for choice in question.choices] == [
        "January to March 2015",
        "April to June 2014",
        "July to September 2014",
        "October to December 2014",
        "April to June 2015",
    ]


def test_a_heading_that_says_it_answers_the_question(read_text: Reader) -> None:
    rows = [f"{2015 + n // 4}/{16 + n // 4},{n % 4 + 1}" for n in range(32)]
    file = read_text(lines(rows, VALUES, header="Financial year (July to June),Quarter,Sales"))
    assert (first(file), file.reading.questions) == ("2015-07-01", ())


def test_months_by_name_show_where_the_year_begins(read_text: Reader) -> None:
    months = "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split()  # noqa: SIM905
    rows = [f"{2018 + n // 12}-{19 + n // 12},{months[n % 12]}" for n in range(32)]
    file = read_text(lines(rows, VALUES, header="Financial Year,Month,Sales"))
    assert (first(file), file.reading.questions) == ("2018-04-01", ())
    assert file.series.values.tolist() == VALUES


def test_years_alone_ask_nothing_and_keep_their_names(read_text: Reader) -> None:
    file = read_text(lines([f"{1990 + n}/{(91 + n) % 100:02d}" for n in range(32)], VALUES, header="Year,Sales"))
    assert (file.reading.questions, label(file, 1)) == ((), "2022/23")


def test_totals_of_years_among_quarters_are_left_out(read_text: Reader) -> None:
    cells, values = [], []
    for n, (cell, value) in enumerate(zip(QUARTERS, VALUES, strict=True)):
        cells.append(cell)
        values.append(value)
        if n % 4 == 3:
            cells.append(cell[:7])
            values.append(sum(VALUES[n - 3 : n + 1]))
    file = read_text(lines(cells, values, header="Quarter,Sales"))
    assert file.series.values.tolist() == VALUES
    assert "totals_left_out" in codes(file)


def test_months_in_years_from_october_are_called_by_the_year_in_which_it_ends() -> None:
    year = FiscalYear(-3, "FY{y2} P{p2}")
    assert [year.label(2023 * 12 + month) for month in (8, 9, 10)] == ["FY23 P12", "FY24 P01", "FY24 P02"]


WRITTEN = {
    "FY{b:02d} P{p:02d}": "2022-01-01",
    "FY20{b:02d}-P{p:02d}": "2022-01-01",
    "20{a:02d}/{b:02d} P{p:02d}": "2022-04-01",
    "P{p:02d} 20{a:02d}/{b:02d}": "2022-04-01",
    "20{a:02d}/{b:02d} M{p:02d}": "2022-04-01",
    "20{a:02d}-{b:02d} Period {p}": "2022-04-01",
}


@pytest.mark.parametrize(("form", "begins"), WRITTEN.items())
@pytest.mark.parametrize("measures", [("",), (" Budget", " Actual")])
def test_periods_of_fiscal_years_across(read_text: Reader, form: str, begins: str, measures: tuple[str, ...]) -> None:
    first_year = 21 if form.startswith("FY") else 22
    periods = [form.format(a=first_year + n // 12, b=first_year + 1 + n // 12, p=n % 12 + 1) for n in range(30)]
    names = [f"{period}{measure}" for period in periods for measure in measures]
    rows = [
        ";".join([site, *(str(100 * k + n) for n in range(len(names)))]) for k, site in enumerate(["Depot", "Yard"])
    ]
    file = read_text("\n".join([";".join(["Site", *names]), *rows]))
    assert (first(file), len(file.series[0]), len(file.series)) == (begins, 30, 2 * len(measures))
    assert [question.code for question in file.reading.questions] == ["fiscal_start"]


@pytest.mark.parametrize("form", ["A{a} P{p:02d}", "P{p:02d}", "Model {a}-{p} P", "{a}{b} P{p:02d}"])
def test_names_like_periods_of_fiscal_years_are_not(read_text: Reader, form: str) -> None:
    names = [form.format(a=22 + n // 12, b=n, p=n % 12 + 1) for n in range(12)]
    rows = [",".join([f"2024-01-{day:02d}", *(str(10 * day + n) for n in range(12))]) for day in range(1, 29)]
    assert read_text("\n".join([",".join(["Date", *names]), *rows])).series.names == tuple(names)
