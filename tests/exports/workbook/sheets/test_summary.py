"""The sheet Summary: totals next to last year, groups by time, and units kept as number formats."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac import workflow
from almanac.core.jobs import run
from almanac.core.measure import Measure
from almanac.exports import ExportContent, write
from almanac.exports.workbook.styles import number_format
from almanac.wording.phrases import RangeSupport
from almanac.workflow.results import ForecastResult
from almanac.workflow.totalling.make_totals import totals
from almanac.workflow.totalling.overview import overview

STORES = ("North", "South")
PRODUCTS = ("Bread", "=1+1")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> ForecastResult:
    """Two stores with two products each, in euros, over four years of months; without practice runs."""
    path = tmp_path_factory.mktemp("totals") / "stores.csv"
    rows = ["Month,Store,Product,Sales (€)"]
    for s, store in enumerate(STORES):
        for p, product in enumerate(PRODUCTS):
            values = seasonal(48, level=1000 * (1 + s + 2 * p), seed=s + 2 * p)
            rows += [f"{2022 + m // 12}-{m % 12 + 1:02},{store},{product},{v:.2f}" for m, v in enumerate(values)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return run(workflow.forecast(run(workflow.check(path, None)), workflow.ForecastOptions(calibrate=False)))


def rows_of(result: ForecastResult, path: Path) -> list[tuple[object, ...]]:
    run(workflow.export(result, path, ()))
    return list(openpyxl.load_workbook(path)["Summary"].iter_rows(values_only=True))


def test_it_leads_with_the_totals_of_everything_of_groups_and_of_months(result: ForecastResult, tmp_path: Path) -> None:
    rows = rows_of(result, tmp_path / "out.xlsx")
    assert str(rows[1][0]).startswith("Next 12 months: about ")
    heads = [n for n, row in enumerate(rows) if row[1:6] == ("About", "Likely from", "to", "Last year", "Growth")]
    assert [rows[n][0] for n in heads] == ["Next 12 months", "By month", "Each series"]
    whole = run(totals(result, ("Store", "Product")))
    by_name = {row[0]: row for row in rows[heads[0] + 1 : heads[1] - 1]}
    assert list(by_name) == ["Everything", *STORES, "=1+1", "Bread"]
    for g, group in enumerate(whole.groups):
        if group.series > 1:
            expected = [array[g, 0] for array in (whole.point, whole.low, whole.high, whole.last_year)]
            assert by_name[group.name][1:5] == pytest.approx(expected)
            assert by_name[group.name][5] == pytest.approx(whole.growth[g, 0], abs=0.005)
    months = rows[heads[1] + 1 : heads[1] + 13]
    assert sum(float(str(row[1])) for row in months) == pytest.approx(float(whole.point[0, 0]))


def test_groups_by_month_add_up_to_the_groups(result: ForecastResult, tmp_path: Path) -> None:
    rows = rows_of(result, tmp_path / "out.xlsx")
    (at,) = [n for n, row in enumerate(rows) if row[0] == "By group and month"]
    north = next(row for row in rows[at:] if row[0] == "North")
    total = next(row for row in rows if row[0] == "North")
    assert sum(float(str(value)) for value in north[1:13]) == pytest.approx(float(str(total[1])))


def test_the_total_of_each_series_is_next_to_its_next_step(result: ForecastResult, tmp_path: Path) -> None:
    rows = rows_of(result, tmp_path / "out.xlsx")
    for i, name in enumerate(result.forecast.names):
        (row,) = [row for row in rows if row[0] == name]
        assert row[1] == pytest.approx(float(result.forecast.mean[i].sum()))
        assert row[9] == pytest.approx(float(result.forecast.shown[0][i, 0]))


def test_amounts_keep_the_unit_of_the_file_as_a_number_format(result: ForecastResult, tmp_path: Path) -> None:
    run(workflow.export(result, tmp_path / "out.xlsx", ()))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book["Forecast"]["D2"].number_format.endswith(' "€"')
    assert isinstance(book["Forecast"]["D2"].value, float)
    everything = next(row for row in book["Summary"].iter_rows() if row[0].value == "Everything")
    assert everything[1].number_format == '#,##0 "€"'


@pytest.mark.parametrize(
    ("decimals", "unit", "written"),
    [
        (0, "", "#,##0"),
        (2, "€", '#,##0.00 "€"'),
        (0, "$", '"$"#,##0;-"$"#,##0'),
        (1, 'a"b\n', '#,##0.0 "ab"'),
        (1, "%", '#,##0.0 "%"'),
    ],
)
def test_a_unit_is_literal_text_in_a_number_format(decimals: int, unit: str, written: str) -> None:
    assert number_format(decimals, unit) == written


def test_a_single_series_has_its_own_total(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Month,Sales\n" + "\n".join(f"{2022 + m // 12}-{m % 12 + 1:02},{m + 50}" for m in range(48)))
    made = run(workflow.forecast(run(workflow.check(path, None)), workflow.ForecastOptions(calibrate=False)))
    found = run(overview(made))
    assert found.tables[0].lines[0].title == "Everything"
    assert found.series[made.forecast.names[0]].point == pytest.approx(found.tables[0].lines[0].point)
    assert found.grid is None


def test_many_series_have_totals_without_ranges(
    result: ForecastResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[overview.__module__], "MAX_SERIES", 3)
    rows = rows_of(result, tmp_path / "out.xlsx")
    for i, name in enumerate(result.forecast.names):
        (row,) = [row for row in rows if row[0] == name]
        assert row[1] == pytest.approx(float(result.forecast.mean[i].sum()))
        assert row[2:6] == (None,) * 4


def test_what_is_not_known_stays_empty_and_unchecked_totals_say_so(tmp_path: Path) -> None:
    from almanac.exports import Overview, TotalLine, TotalTable

    nan = float("nan")
    line = TotalLine("Everything", 10.0, 8.0, 12.0, nan, nan, RangeSupport.TOO_FEW_CHECKS)
    series = series_set(seasonal(40))
    given = replace(
        ExportContent(series, forecast_of(series)),
        overview=lambda: _made(Overview("Next 3 months", ("10.",), (TotalTable("Next 3 months", (line,), 3),))),
    )
    run(write(tmp_path / "out.xlsx", given, ()))
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["Summary"].iter_rows(values_only=True))
    (row,) = [row for row in rows if row[0] == "Everything"]
    assert row[1:7] == (10, 8, 12, None, None, "no: too little history")
    assert ("… and 3 more", None) in [row[:2] for row in rows]


def test_numbers_of_units_are_formatted_by_series(tmp_path: Path) -> None:
    series = replace(series_set(seasonal(40), seasonal(40)), measures=(Measure("flow", "kWh"), Measure("level", "°C")))
    run(write(tmp_path / "out.xlsx", ExportContent(series, forecast_of(series)), ()))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Forecast"]
    assert [sheet.cell(row, 4).number_format for row in (2, 5)] == ['#,##0.0 "kWh"', '#,##0.0 "°C"']


def _made(found):  # type: ignore[no-untyped-def]
    yield from ()
    return found


def test_heads_are_aligned_with_what_is_below_them(result: ForecastResult, tmp_path: Path) -> None:
    run(workflow.export(result, tmp_path / "out.xlsx", ()))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for name in ("Forecast", "Plan"):
        sheet = book[name]
        head = next(row for row in sheet.iter_rows() if row[0].value == "Series")
        below = next(sheet.iter_rows(min_row=head[0].row + 1))
        for top, cell in zip(head, below, strict=True):
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                assert top.alignment.horizontal in (None, "left", "general"), top.value
            elif cell.value is not None:
                assert top.alignment.horizontal == "right", top.value
