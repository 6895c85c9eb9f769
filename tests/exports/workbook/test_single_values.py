"""The sheet Single Values: what rests on one cell of the file, and the forecast without odd values."""

from pathlib import Path

import numpy as np
import openpyxl
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import Job, run
from almanac.exports import ExportContent, write
from almanac.exports.single_values import SeriesValues, SingleValues

SERIES = series_set(seasonal(40), seasonal(40), names=("=1+1", "Milk"))
NONE, EMPTY = np.zeros(0, np.int64), np.zeros(0)
ODD = np.array([637])
MILK = SeriesValues("Milk", 480.0, 120.0, -0.75, ODD, 0.75, ODD, np.array([5e3]), np.array([0.8]), np.array([0.75]))
PLAIN = SeriesValues("=1+1", 100.0, 100.0, 0.0, NONE, 0.01, NONE, EMPTY, EMPTY, EMPTY)


def book_with(path: Path, found: SingleValues | None) -> openpyxl.Workbook:
    def look() -> Job[SingleValues | None]:
        yield from ()
        return found

    run(write(path, ExportContent(SERIES, forecast_of(SERIES), single_values=look), ()))
    return openpyxl.load_workbook(path)


def test_each_series_says_what_rests_on_one_value_and_the_robust_forecast_stands_next_to_it(tmp_path: Path) -> None:
    sheet = book_with(tmp_path / "out.xlsx", SingleValues((PLAIN, MILK), 7, 48))["Single Values"]
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert "2 series with the largest forecasts, of 7" in rows[0][0]
    heads = next(k for k, row in enumerate(rows) if row[0] == "Series")
    assert rows[heads][:4] == ("Series", "Forecast", "Without odd values", "Differs by")
    assert rows[heads + 1][:4] == ("=1+1", 100, 100, 0)
    name, forecast, robust, differs, odd, share, when = rows[heads + 2][:7]
    assert (name, forecast, robust, differs, share) == ("Milk", 480, 120, -0.75, 0.75)
    assert odd == SERIES.frequency.label(637)
    assert when is not None
    values = rows[heads + 4]
    assert (values[0], *values[2:5]) == ("Milk", 5000, 0.8, 0.75)
    assert next(cell for cell in sheet["A"] if cell.value == "=1+1").data_type == "s"


def test_where_nothing_stands_out_that_is_said(tmp_path: Path) -> None:
    book = book_with(tmp_path / "out.xlsx", SingleValues((PLAIN,), 1, 240))
    texts = [cell.value for cell in book["Single Values"]["A"] if cell.value]
    assert texts[0].startswith("Every series")
    assert texts[-1].startswith("No single value changes")


def test_without_a_model_to_ask_there_is_no_sheet(tmp_path: Path) -> None:
    assert "Single Values" not in book_with(tmp_path / "out.xlsx", None).sheetnames
