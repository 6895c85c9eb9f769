"""A forecast is 0 where a series is closed, or has no value there."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl

from almanac import workflow
from almanac.core.calendar.frequency import DAILY
from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.measure import Measure
from almanac.core.series import Forecast, SeriesSet
from almanac.exports.content import ExportContent
from almanac.exports.tidy import tidy
from almanac.exports.workbook.book import write_workbook
from almanac.wording.phrases import next_step
from almanac.workflow.forecasts.closed_periods import without_closed_periods

SUNDAYS = OpenPeriods(np.arange(7)[:, None] < 6, np.ones(12, dtype=bool))
MONDAY = (date(2024, 1, 1) - date(1970, 1, 1)).days


def series(*kinds: str) -> SeriesSet:
    """A week of 1 to 7 for each kind of measure, Monday to Sunday."""
    n = len(kinds)
    return SeriesSet(
        names=tuple(kinds),
        values=np.tile(np.arange(1.0, 8.0), n),
        offsets=np.arange(n + 1) * 7,
        first=np.full(n, MONDAY),
        frequency=DAILY,
        measures=tuple(Measure(kind) for kind in kinds),  # type: ignore[arg-type]
        open_periods=(SUNDAYS,) * n,
    )


def forecast(names: tuple[str, ...], ahead: int = 13) -> Forecast:
    """Eight days from a Sunday on."""
    quantiles = np.full((len(names), 8, 3), 5.0) + np.array([-1.0, 0.0, 1.0])
    levels = np.array([0.1, 0.5, 0.9])
    return Forecast(names, np.full(len(names), MONDAY + ahead), DAILY, levels, quantiles, "m@1", "0", "cpu")


def test_flows_are_zero_and_levels_have_no_row_when_closed() -> None:
    known = series("flow", "level")
    made = without_closed_periods(forecast(("flow", "level")), known)
    assert made.median[0].tolist() == [0, 5, 5, 5, 5, 5, 5, 0]
    table = tidy(ExportContent(known, made), 0, 2)
    assert table["series"].tolist() == ["flow"] * 8 + ["level"] * 6
    assert table[table["series"] == "level"]["step"].tolist() == [2, 3, 4, 5, 6, 7]
    assert "0 then, or has no value" in made.notes[0].what
    assert made.select(1).has_value(0).tolist() == [False, *[True] * 6, False]


def test_what_comes_next_is_the_first_open_day(tmp_path: Path) -> None:
    known = series("flow")
    made = without_closed_periods(forecast(("flow",)), known)
    assert next_step(made, 0).startswith("flow, 2024-01-15: about 5")
    path = tmp_path / "book.xlsx"
    for _ in write_workbook(path, ExportContent(known, made)):
        pass
    sheet = openpyxl.load_workbook(path)["Summary"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "flow"]
    assert row[8].date() == date(2024, 1, 15)
    assert row[9] == 5


def test_series_that_are_always_open_are_left_as_they_are() -> None:
    made = forecast(("flow",))
    assert (
        without_closed_periods(made, SeriesSet(("flow",), np.ones(3), np.array([0, 3]), np.array([0]), DAILY)) is made
    )
    open_until = forecast(("flow",), ahead=1)
    never_closed = without_closed_periods(
        Forecast(**{**vars(open_until), "quantiles": open_until.quantiles[:, :3]}), series("flow")
    )
    assert never_closed.closed is None


def test_a_shop_that_is_closed_on_sundays_sells_nothing_on_them(tmp_path: Path) -> None:
    days = [date(2024, 1, 1) + timedelta(n) for n in range(182)]
    rows = [f"{day},{100 + 10 * day.weekday()}" for day in days if day.weekday() < 6]
    source, output = tmp_path / "sales.csv", tmp_path / "forecast.csv"
    source.write_text("Date,Sales\n" + "\n".join(rows), encoding="utf-8")
    job = workflow.forecast_file(workflow.ForecastFiles(source, output), None, workflow.ForecastOptions(horizon=14))
    for _ in job:
        pass
    with output.open(encoding="utf-8-sig") as file:
        read = {date.fromisoformat(row["date"]): float(row["forecast"]) for row in csv.DictReader(file)}
    assert {day for day, value in read.items() if value == 0} == {day for day in read if day.weekday() == 6}
