"""What the sheet Checks says about backtests of simulated series."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
from tests.builders import forecast_of, seasonal, series_set
from tests.evaluation.builders import noise_set, runs_of

from almanac.core.calendar.frequency import MONTHLY
from almanac.core.jobs import run
from almanac.evaluation import BacktestReport, make_report
from almanac.exports import ExportContent, write
from almanac.wording.trust.sections import Section, sections


def backtested(windows: int = 12, **wrong: float) -> BacktestReport:
    series = noise_set(40, 160)
    runs = runs_of(series, windows=windows, **wrong)
    return make_report(series, runs, runs, runs)


def part(report: BacktestReport, heading: str) -> Section:
    return next(one for one in sections(report, None, "As the model gives them.", MONTHLY) if one.heading == heading)


def test_the_histogram_comes_with_what_chance_allows() -> None:
    report = backtested(centre=99.0)
    fell = part(report, "Where did the values fall?")
    assert "the forecasts were too low" in fell.lines[0]
    assert [row[0] for row in fell.rows] == ["Lowest", *map(str, range(2, 10)), "Highest"]
    assert sum(row[1] for row in fell.rows) == np.float64(1).round(9)  # type: ignore[misc]
    assert report.pit.low < 0.1 < report.pit.high < report.pit.shares[-1]
    assert f"{report.pit.low:.0%} to {report.pit.high:.0%} in each" in fell.lines[1]


def test_an_analyst_finds_each_figure_by_its_name() -> None:
    report = backtested()
    found = {str(row[2]): row[1] for row in part(report, "Figures for analysts").rows}
    assert found["sMAPE"] == report.accuracy.smape
    assert found["MASE"] == report.mase
    assert found["Interval score, 95%, scaled"] == report.accuracy.interval_95
    assert set(found) > {"RMSSE", "CRPS, scaled as MASE", "Bias, scaled as MASE", "Weighted quantile loss (WQL)"}


def test_too_few_checks_give_a_sentence_and_no_table() -> None:
    report = backtested(windows=1)
    fell = part(report, "Where did the values fall?")
    assert "too few checks" in fell.lines[0]
    assert fell.rows == ()


def test_without_windows_there_is_neither() -> None:
    series = noise_set(3, 60)
    none = runs_of(series).select(np.arange(0))
    headings = [one.heading for one in sections(make_report(series, none, none, none), None, "", MONTHLY)]
    assert headings == ["Can it be trusted?", "What can it not know?"]


def test_the_sheet_shows_figures_as_numbers_and_the_analysts_names_in_grey(tmp_path: Path) -> None:
    series = series_set(seasonal(40))
    report = replace(backtested(), slices=(), worst_series=())
    made = sections(report, None, "As the model gives them.", MONTHLY)
    run(write(tmp_path / "out.xlsx", ExportContent(series, forecast_of(series), checks=lambda: made), ()))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Checks"]
    rows = {row[2].value: row for row in sheet.iter_rows()}
    name, figure = rows["sMAPE"][2], rows["sMAPE"][1]
    assert figure.value == report.accuracy.smape
    assert figure.number_format == "#,##0.00"
    assert name.font.color is not None
    assert name.font.color.rgb == "FF5F6B76"
    lowest = next(row for row in sheet.iter_rows() if row[0].value == "Lowest")
    assert lowest[1].number_format == "0%"
