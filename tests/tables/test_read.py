"""A text file is understood: delimiters, encodings, layouts, roles, and what is told about them."""

from __future__ import annotations

import pickle
import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.tables.conftest import Reader, codes, finding, labels, lines, months, same

from almanac.core.calendar.frequency import Unit
from almanac.core.jobs import Progress, run
from almanac.tables import describe, preview, read, sheets

VALUES = [round(100 + 7.25 * n, 2) for n in range(24)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_dialect_reads_the_same(read_text: Reader, delimiter: str, decimal: str, encoding: str) -> None:
    numbers = [f'"{v}"'.replace(".", decimal) for v in VALUES]
    file = read_text(
        lines(months(24), numbers, header=delimiter.join(["Date", "Umsatz Köln"]), delimiter=delimiter),
        encoding=encoding,
    )
    assert file.series.names == ("Umsatz Köln",)
    assert same(file.series.values, VALUES)
    assert (file.reading.layout, file.reading.delimiter, file.reading.decimal) == ("single", delimiter, decimal)
    assert file.series.frequency.name == "monthly"


def test_a_long_table_is_split_by_its_key(read_text: Reader) -> None:
    shops = [shop for shop in ("North", "South") for _ in range(24)]
    file = read_text(lines(shops, months(24) * 2, VALUES * 2, header="Shop,Date,Sales"))
    assert file.series.names == ("North", "South")
    assert file.series.key_columns == ("Shop",)
    assert file.series.keys == (("North",), ("South",))
    assert file.reading.roles == ("series", "date", "value")
    assert file.reading.layout == "long"


def test_keys_that_are_numbers_carry_the_name_of_their_column(read_text: Reader) -> None:
    shops = [shop for shop in (1, 2) for _ in range(24)]
    assert read_text(lines(shops, months(24) * 2, VALUES * 2, header="Store,Date,Sales")).series.names == (
        "Store 1",
        "Store 2",
    )


def test_two_keys_are_found_when_one_is_not_enough(read_text: Reader) -> None:
    keys = [(a, b) for a in ("Milk", "Bread") for b in ("North", "South") for _ in range(24)]
    text = lines(
        [a for a, _ in keys], [b for _, b in keys], months(24) * 4, VALUES * 4, header="Product,Region,Date,Sales"
    )
    file = read_text(text)
    assert file.reading.series_columns == ("Product", "Region")
    assert file.series.names[0] == "Milk · North"


def test_a_key_and_several_measures_propose_the_first_and_let_others_be_chosen(read_text: Reader) -> None:
    shops = [shop for shop in ("N", "S") for _ in range(24)]
    text = lines(shops, months(24) * 2, VALUES * 2, [0, 1] * 24, [2.5] * 48, header="Shop,Date,Sales,Holiday,Fuel")
    assert read_text(text).reading.value_columns == ("Sales",)
    file = read_text(text, values=("Sales", "Fuel"))
    assert file.series.names == ("N · Sales", "S · Sales", "N · Fuel", "S · Fuel")


def test_a_wide_table_forecasts_every_measure_but_no_row_numbers(read_text: Reader) -> None:
    text = lines(range(1, 25), months(24), VALUES, [v * 2 for v in VALUES], header="id,Date,Visits,Sales")
    file = read_text(text)
    assert file.series.names == ("Visits", "Sales")
    assert file.reading.layout == "wide"


def test_months_across_and_years_down_are_one_series(read_text: Reader) -> None:
    header = "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Total"
    rows = [
        f"{2020 + y}," + ",".join(str(y * 12 + m) for m in range(12)) + f",{sum(y * 12 + m for m in range(12))}"
        for y in range(3)
    ]
    file = read_text("\n".join([header, *rows]))
    assert same(file.series.values, list(range(36)))
    assert labels(file) == ("2020-01", "2022-12")


@pytest.mark.parametrize("form", ["{y}-{m:02d}", "{m:02d}/{y}", "01.{m:02d}.{y}"])
def test_dates_across_with_keys_down_are_many_series(read_text: Reader, form: str) -> None:
    header = "Product," + ",".join(months(12, form)) + ",Total"
    rows = [
        f"{name}," + ",".join(str(n + k) for n in range(12)) + f",{sum(n + k for n in range(12))}"
        for k, name in enumerate(["Milk", "Eggs", "Bread"])
    ]
    file = read_text("\n".join([header, *rows, "Total," + ",".join("9" * 13)]))
    assert file.series.names == ("Milk", "Eggs", "Bread")
    assert same(file.series[1], list(range(1, 13)))
    assert finding(file, "totals_left_out").rows == (5,)


def test_months_down_and_years_across_are_one_series(read_text: Reader) -> None:
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
    rows = [f"{name},{m},{m + 12},{m + 24}" for m, name in enumerate(names)]
    file = read_text("\n".join(["Month,2021,2022,2023", *rows, "Total,66,210,354"]))
    assert same(file.series.values, list(range(36)))
    assert labels(file) == ("2021-01", "2023-12")


@pytest.mark.parametrize("text", ["Month,2021,2022,2023", "Shop,01/2021,02/2021,03/2021"])
def test_the_column_names_of_a_reading_can_be_used_as_options(read_text: Reader, text: str) -> None:
    rows = "Jan,1,2,3\nFeb,4,5,6\nMar,7,8,9\n"
    first = read_text(f"{text}\n{rows}")
    reading = first.reading
    again = read_text(
        f"{text}\n{rows}", date=reading.date_column, values=reading.value_columns, series=reading.series_columns
    )
    assert again.series.names == first.series.names
    assert same(again.series.values, list(first.series.values))


@pytest.mark.parametrize(
    ("form", "name"), [("{y}{m:02d}", "monthly"), ("Q{q} {y}", "quarterly"), ("{y}M{m:02d}", "monthly")]
)
def test_compact_dates_are_dates_where_a_column_is_made_of_them(read_text: Reader, form: str, name: str) -> None:
    step = 3 if "q" in form else 1
    dates = [form.format(y=2000 + n * step // 12, m=n * step % 12 + 1, q=n * step % 12 // 3 + 1) for n in range(24)]
    file = read_text(lines(dates, VALUES, header="Period,Sales"))
    assert (file.series.names, file.series.frequency.name) == (("Sales",), name)


def test_prices_are_not_times_of_day(read_text: Reader) -> None:
    days = [date(2025, 1, 1) + timedelta(n) for n in range(40)]
    file = read_text(lines(days, [f"{n % 7}.99" for n in range(40)], range(40), header="Date,Price,Sold"))
    assert file.series.names == ("Price", "Sold")
    assert file.series.frequency.name == "daily"


def test_business_days_can_be_read_as_days(read_text: Reader) -> None:
    days = [d for n in range(60) if (d := date(2025, 1, 1) + timedelta(n)).weekday() < 5]
    text = lines(days, range(len(days)), header="Date,Close")
    assert read_text(text).series.frequency.name == "business-daily"
    assert read_text(text, frequency="daily").series.lengths[0] == (days[-1] - days[0]).days + 1


def test_years_across_are_yearly(read_text: Reader) -> None:
    file = read_text("Region,2001,2002,2003,2004\nNorth,1,2,3,4\nSouth,5,6,7,8\n")
    assert file.series.frequency.name == "yearly"
    assert same(file.series[1], [5, 6, 7, 8])


def test_titles_units_footers_and_totals_are_left_out_and_reported(read_text: Reader) -> None:
    body = "\n".join(
        f"{d};{v:.2f}".replace(".", ",") for d, v in zip(months(24, "01/{m:02d}/{y}"), VALUES, strict=True)
    )
    text = f"Sales report\nprinted 3 May\n\nDate;Sales\n{body}\nTotal;999\nSource: the till\n"
    file = read_text(text)
    assert same(file.series.values, VALUES)
    assert file.reading.header_row == 4
    assert {"header_not_first", "totals_left_out", "notes_left_out"} <= codes(file)
    assert finding(file, "totals_left_out").rows == (29,)


def test_a_total_column_is_left_out_and_reported(read_text: Reader) -> None:
    double = [v * 2 for v in VALUES]
    total = [round(a + b, 2) for a, b in zip(VALUES, double, strict=True)]
    file = read_text(lines(months(24), VALUES, double, total, header="Date,A,B,Total"))
    assert file.series.names == ("A", "B")
    assert file.reading.roles == ("date", "value", "value", "ignored")


def test_equal_headers_are_numbered_and_reported(read_text: Reader) -> None:
    file = read_text(lines(months(24), VALUES, VALUES, header="Date,Sales,Sales"))
    assert file.series.names == ("Sales", "Sales (2)")
    assert finding(file, "duplicate_headers").count == 1


def test_a_table_without_names_is_read_and_reported(read_text: Reader) -> None:
    file = read_text("\n".join(f"{d},{v}" for d, v in zip(months(24), VALUES, strict=True)))
    assert len(file.series[0]) == 24
    assert "no_header" in codes(file)


def test_columns_named_by_numbers_keep_their_names(read_text: Reader) -> None:
    days = "\n".join(f"2024-01-{day:02d},{day},{2 * day}" for day in range(1, 29))
    file = read_text("day,1001,1002\n" + days)
    assert file.reading.date_column == "day"
    assert file.series.names == ("1001", "1002")
    assert len(file.series[0]) == 28


def test_date_and_time_in_two_columns(read_text: Reader) -> None:
    stamps = [(n // 24 + 1, n % 24) for n in range(24 * 20)]
    text = lines(
        [f"{d:02d}/03/2004" for d, _ in stamps], [f"{h}:00:00" for _, h in stamps], range(480), header="Date,Time,Load"
    )
    file = read_text(text)
    assert file.reading.date_column == "Date + Time"
    assert file.series.frequency.unit is Unit.HOUR
    assert labels(file) == ("2004-03-01 00:00", "2004-03-20 23:00")


@pytest.mark.parametrize("month", ["{m}", "{name}"])
def test_year_and_month_in_two_columns(read_text: Reader, month: str) -> None:
    names = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ]
    month_cells = [month.format(m=n % 12 + 1, name=names[n % 12]) for n in range(24)]
    file = read_text(lines([2020 + n // 12 for n in range(24)], month_cells, VALUES, header="Jahr,Monat,Umsatz"))
    assert labels(file) == ("2020-01", "2021-12")
    assert file.series.names == ("Umsatz",)


def test_bare_years_are_dates(read_text: Reader) -> None:
    file = read_text(lines(range(1990, 2014), VALUES, header="Year,Population"))
    assert labels(file) == ("1990", "2013")


def test_numbers_without_dates_are_taken_in_row_order_and_reported(read_text: Reader) -> None:
    file = read_text(lines(VALUES, VALUES[::-1], header="a,b"))
    assert not file.series.frequency.dated
    assert same(file.series[0], VALUES)
    assert "no_dates_row_order" in codes(file)


def test_gaps_stay_missing_unless_chosen_otherwise(read_text: Reader) -> None:
    text = lines([*months(10)[:4], *months(10)[6:]], [1, 2, 3, 4, 7, 8, 9, 10], header="Date,Sales")
    nan = float("nan")
    file = read_text(text)
    assert same(file.series.values, [1, 2, 3, 4, nan, nan, 7, 8, 9, 10])
    assert finding(file, "gaps").count == 2
    assert same(read_text(text, gaps="zero").series.values, [1, 2, 3, 4, 0, 0, 7, 8, 9, 10])
    assert same(read_text(text, gaps="interpolate").series.values, list(range(1, 11)))


def test_repeated_dates_are_combined_as_chosen(read_text: Reader) -> None:
    text = lines([*months(30), months(30)[3]], [*range(1, 31), 10], header="Date,Sales")
    assert read_text(text).series.values[3] == 14
    assert finding(read_text(text), "repeated_dates").rows == (5, 32)
    assert read_text(text, repeated="mean").series.values[3] == 7
    assert read_text(text, repeated="last").series.values[3] == 10


def test_an_exact_duplicate_counts_once_and_is_reported(read_text: Reader) -> None:
    file = read_text(lines([*months(30), months(30)[3]], [*range(1, 31), 4], header="Date,Sales"))
    assert file.series.values[3] == 4
    assert finding(file, "duplicate_rows").rows == (5, 32)


def test_receipts_are_added_up_by_day(read_text: Reader) -> None:
    rng = random.Random(4)
    days = sorted(rng.randrange(60) for _ in range(900))
    amounts = [round(rng.uniform(1, 50), 2) for _ in days]
    text = lines(
        [date(2025, 1, 1) + timedelta(d) for d in days],
        [rng.choice("abcdef") * 3 for _ in days],
        amounts,
        header="Date,Customer,Amount",
    )
    file = read_text(text)
    assert "repeated_dates" in codes(file)
    assert np.nansum(file.series.values) == pytest.approx(sum(amounts))
    assert file.series.frequency.name == "daily"


def test_a_lower_frequency_adds_up_and_leaves_the_unfinished_last_period_out(read_text: Reader) -> None:
    days = [date(2025, 1, 1) + timedelta(n) for n in range(100)]
    file = read_text(lines(days, [1] * 100, header="Date,Sales"), frequency="monthly")
    assert same(file.series.values, [31, 28, 31])
    assert {"put_together", "partial_last_period"} <= codes(file)


def test_text_and_missing_words_among_numbers_are_counted_with_their_lines(read_text: Reader) -> None:
    cells = ["closed" if n == 5 else "n/a" if n in (7, 8) else str(v) for n, v in enumerate(VALUES)]
    file = read_text(lines(months(24), cells, header="Date,Sales"))
    assert finding(file, "text_among_numbers").rows == (7,)
    assert finding(file, "missing_values").rows == (9, 10)
    assert np.isnan(file.series.values[[5, 7, 8]]).all()


def test_a_number_that_means_missing_beyond_doubt_is_left_out_and_said(read_text: Reader) -> None:
    cells = [-999 if n % 9 == 0 else 20 + n % 5 for n in range(90)]
    days = [date(2025, 1, 1) + timedelta(n) for n in range(90)]
    file = read_text(lines(days, cells, header="Date,Temperature"))
    assert finding(file, "sentinels_left_out").count == 10
    assert np.isnan(file.series.values[8])


def test_day_or_month_first_is_asked_only_when_nothing_decides(read_text: Reader) -> None:
    # Nine of January to nine of December, or the first twelve days of September: both even, both rising.
    file = read_text(lines([f"{n}/9/2014" for n in range(1, 13)], range(12), header="Date,Sales"))
    (question,) = file.reading.questions
    assert question.text == "We read 1/9/2014 as 1 September 2014. Is that right?"
    assert [dict(choice.sets) for choice in question.choices] == [{"day_first": True}, {"day_first": False}]
    again = read_text(lines([f"{n}/9/2014" for n in range(1, 13)], range(12), header="Date,Sales"), day_first=False)
    assert again.series.frequency.name == "monthly"
    assert again.reading.questions == ()


def test_day_or_month_first_is_asked_of_dates_across_by_one_of_them(read_text: Reader) -> None:
    # 09/09/2014 is the same day either way.
    across = ",".join(f"{n:02d}/09/2014" for n in range(9, 13))
    file = read_text(f"Item,{across}\nTea,1,2,3,4\nMilk,5,6,7,8\n")
    (question,) = file.reading.questions
    assert question.cell == "10/09/2014"
    assert question.text == "We read 10/09/2014 as 10 September 2014. Is that right?"


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ([f"01/{m:02d}/{y}" for y in (2024, 2025) for m in range(1, 13)], "2024-01"),
        ([f"{m:02d}/01/{y}" for y in (2024, 2025) for m in range(1, 13)], "2024-01"),
        ([f"{d:02d}/05/2024" for d in range(1, 25)], "2024-05-01"),
        ([f"5/{d}/2024" for d in range(1, 25)], "2024-05-01"),
    ],
)
def test_calendar_and_frequency_decide_between_day_and_month_first(
    read_text: Reader, dates: list[str], first: str
) -> None:
    file = read_text(lines(dates, VALUES, header="Date,Sales"))
    assert labels(file)[0] == first
    assert file.reading.questions == ()


def test_a_reading_is_small_plain_data(read_text: Reader) -> None:
    file = read_text(lines(months(24), VALUES, header="Date,Sales"))
    assert pickle.loads(pickle.dumps(file.reading)) == file.reading
    assert describe(file) == {
        "file": "table.csv", "sheet": None, "date_column": "Date", "value_columns": ["Sales"],
        "other_value_columns": [], "series_columns": [], "layout": "single", "frequency": "monthly",
        "season_length": 12, "series": 1, "rows": 24, "first_date": "2020-01-01", "last_date": "2021-12-01",
        "last": {"Sales": ["2021-12-01", VALUES[-1]]}, "open_periods": [], "event_columns": [], "problems": [],
    }  # fmt: skip


def test_the_preview_shows_cells_exactly_as_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text('Report\n\nDate,Sales\n2020-01-01," 1,000 "\n2020-02-01,2000\n', encoding="utf-8")
    shown = preview(path)
    assert shown.columns == ("Date", "Sales")
    assert shown.roles == ("date", "value")
    assert shown.rows == (("2020-01-01", " 1,000 "), ("2020-02-01", "2000"))
    assert shown.lines == (4, 5)
    assert sheets(path)[0].looks_like_table


def test_reading_reports_its_progress(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(lines(months(24), VALUES, header="Date,Sales"), encoding="utf-8")
    told: list[Progress] = []
    run(read(path), told.append)
    assert told
    assert "p.csv" in told[0].message


def test_series_may_start_late_and_end_early(read_text: Reader) -> None:
    text = lines(
        ["A"] * 24 + ["B"] * 10, months(24) + months(24)[5:15], [*VALUES, *VALUES[:10]], header="Key,Date,Sales"
    )
    file = read_text(text)
    assert list(file.series.lengths) == [24, 10]
    assert labels(file, 1) == ("2020-06", "2021-03")
