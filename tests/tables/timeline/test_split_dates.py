"""Dates in several columns."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.tables.conftest import Reader, lines

HOURS = [datetime(2024, 3, 4) + timedelta(hours=n) for n in range(96)]
LOADS = [10.5 + n % 24 for n in range(96)]


def first_and_last(file: object) -> tuple[str, str]:
    series = file.series  # type: ignore[attr-defined]
    return series.frequency.label(int(series.first[0])), series.frequency.label(int(series.last[0]))


def test_a_time_belongs_to_year_month_and_day(read_text: Reader) -> None:
    rows = [f"{t.year},{t.month},{t.day},{t:%H:%M}" for t in HOURS]
    file = read_text(lines(rows, LOADS, header="Year,Month,Day,Time,Load"))
    assert file.reading.frequency.name == "hourly"
    assert file.reading.date_column == "Year + Month + Day + Time"
    assert first_and_last(file) == ("2024-03-04 00:00", "2024-03-07 23:00")


def test_minutes_belong_to_their_hour_and_a_minimum_does_not(read_text: Reader) -> None:
    times = [datetime(2024, 3, 4) + timedelta(minutes=15 * n) for n in range(200)]
    values = [5.5 + n % 7 for n in range(200)]
    file = read_text(lines([f"{t:%Y-%m-%d},{t.hour},{t.minute}" for t in times], values, header="Date,Hour,Min,Flow"))
    assert file.reading.frequency.name == "every 15 minutes"
    lowest = [(n * 7) % 23 for n in range(96)]
    rows = [f"{t:%Y-%m-%d},{t.hour},{low}" for t, low in zip(HOURS, lowest, strict=True)]
    file = read_text(lines(rows, [low + 11 for low in lowest], header="Date,Hour,Min,Max"))
    assert file.series.names == ("Min", "Max")


def test_some_hours_of_the_day_are_hours_and_hours_worked_are_not(read_text: Reader) -> None:
    open_hours = [(t, v) for t, v in zip(HOURS, LOADS, strict=True) if 8 <= t.hour <= 17]
    rows = [f"{t:%Y-%m-%d},{t.hour}" for t, _ in open_hours]
    file = read_text(lines(rows, [v for _, v in open_hours], header="Date,Hour,Visits"))
    assert file.reading.frequency.name == "hourly"
    days = [date(2024, 3, 4) + timedelta(n) for n in range(60)]
    rows = [f"{d},{(n * 5) % 9 + 1}" for n, d in enumerate(days)]
    file = read_text(lines(rows, [20.5 + n for n in range(60)], header="Date,Hours,Sales"))
    assert file.series.names == ("Hours", "Sales")


def test_days_of_the_year_and_days_and_months_stand_next_to_their_year(read_text: Reader) -> None:
    days = [date(2023, 12, 1) + timedelta(n) for n in range(60)]
    sold = [7.5 + n for n in range(60)]
    counted = lines([f"{d.year},{d.timetuple().tm_yday}" for d in days], sold, header="YEAR,DOY,Sold")
    written = lines([f"{d.year},{d:%d.%m.}" for d in days], sold, header="Jahr,Datum,Sold")
    for text in (counted, written):
        assert first_and_last(read_text(text)) == ("2023-12-01", "2024-01-29")


def test_a_column_of_weeks_called_kw_holds_no_quarters(read_text: Reader) -> None:
    rows = [f"{2022 + n // 52},{n % 52 + 1}" for n in range(90)]
    assert read_text(lines(rows, LOADS[:90], header="Jahr,KW,Umsatz")).reading.frequency.name == "weekly"


def test_years_in_headings_belong_to_the_months_next_to_them(read_text: Reader) -> None:
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
    text = "Month,Arrivals_2023,Arrivals_2024,Change %\n" + "".join(
        f"{m},{100 + n},{200 + n},{n}.5\n" for n, m in enumerate(months)
    )
    file = read_text(text)
    assert file.series.names == ("Arrivals",)
    assert first_and_last(file) == ("2023-01", "2024-12")
    assert file.series.values.tolist() == [*range(100, 112), *range(200, 212)]


def test_a_heading_of_years_above_numbers_is_a_heading(read_text: Reader) -> None:
    text = "Week,2023,2024\n" + "".join(f"{n},{100 + n},{300 + n}\n" for n in range(1, 53))
    file = read_text(text)
    assert (file.reading.frequency.name, len(file.series[0])) == ("weekly", 104)


def test_dates_above_a_table_may_have_the_month_first_or_be_none(read_text: Reader) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(60)]
    for above in ("Ending balance as of 10/31/2024", "From 31/31/2024 on", "As of 2024-02-30"):
        text = f"{above}\n\n" + lines(days, range(100, 160), header="Date,Amount")
        assert len(read_text(text).series.values) == 60
