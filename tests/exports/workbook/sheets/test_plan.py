"""The sheet Plan, as people use it: they type a change, and LibreOffice works out the results."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.jobs import run
from almanac.core.measure import Measure
from almanac.exports import ExportContent, write

NAMES = ("North · Bread", "North · =1+1", "South · *", "South · Milk")


def content() -> ExportContent:
    series = replace(
        series_set(*(seasonal(40, seed=k) for k in range(4)), names=NAMES),
        key_columns=("Store", "Product"),
        keys=tuple(tuple(name.split(" · ")) for name in NAMES),
        measures=(Measure("flow", "€"),) * 4,
    )
    return ExportContent(series, forecast_of(series))


def saved(path: Path, given: ExportContent) -> Worksheet:
    run(write(path, given, ()))
    return openpyxl.load_workbook(path)["Plan"]


def rows_named(sheet: Worksheet, name: str) -> list[int]:
    return [cell.row for cell in sheet["A"] if cell.value == name]


def test_every_total_and_result_is_a_formula_of_cells_only(tmp_path: Path) -> None:
    sheet = saved(tmp_path / "plan.xlsx", content())
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 4 * 3 + 4 * (1 + 2 + 4)  # a result each; everything, two stores and four series
    assert not any(text in formula for formula in formulas for text in ("Bread", "1+1", "North", "*)"))
    assert sheet.cell(rows_named(sheet, "North · =1+1")[0], 1).data_type == "s"


def test_without_changes_the_results_are_what_is_expected(tmp_path: Path) -> None:
    given = content()
    run(write(tmp_path / "plan.xlsx", given, ()))
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)["Plan"]  # as a viewer shows it
    everything = rows_named(sheet, "Everything")[0]
    assert sheet.cell(everything, 3).value == pytest.approx(given.forecast.mean.sum())
    assert sheet.cell(everything, 6).value == pytest.approx(given.forecast.mean.sum())
    for i, name in enumerate(NAMES):
        total, *steps = rows_named(sheet, name)
        assert sheet.cell(total, 6).value == pytest.approx(given.forecast.mean[i].sum())
        assert [sheet.cell(row, 3).value for row in steps] == pytest.approx(given.forecast.mean[i].tolist())


def test_levels_are_averaged_and_never_added_to_amounts(tmp_path: Path) -> None:
    given = content()
    mixed = replace(given, series=replace(given.series, measures=(Measure("level", "°C"), *given.series.measures[1:])))
    sheet = saved(tmp_path / "plan.xlsx", mixed)
    assert not rows_named(sheet, "Everything")
    assert str(sheet.cell(rows_named(sheet, "North · Bread, on average")[0], 3).value).startswith("=AVERAGE(")


def test_closed_steps_have_no_row(tmp_path: Path) -> None:
    given = content()
    closed = np.zeros((4, 3), dtype=bool)
    closed[0, 1] = True
    sheet = saved(tmp_path / "plan.xlsx", replace(given, forecast=replace(given.forecast, closed=closed)))
    assert [len(rows_named(sheet, name)) for name in NAMES] == [1 + 2, 1 + 3, 1 + 3, 1 + 3]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_works_out_what_was_typed(tmp_path: Path) -> None:
    given = content()
    path = tmp_path / "plan.xlsx"
    run(write(path, given, ()))
    book = openpyxl.load_workbook(path)
    sheet = book["Plan"]
    milk, cake = rows_named(sheet, "South · Milk")[1:], rows_named(sheet, "North · =1+1")[1:]
    sheet.cell(milk[0], 4, -5.5)
    sheet.cell(milk[1], 5, 1.2)
    sheet.cell(milk[2], 4, 10)
    sheet.cell(milk[2], 5, 0)  # closed that day, and a delivery of 10
    sheet.cell(cake[0], 5, 2)
    sheet.cell(cake[0], 7, "=a sale")
    book.save(path)
    found = tmp_path / "recalculated"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(found), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    book = openpyxl.load_workbook(found / "plan.xlsx", data_only=True, read_only=True)
    totals = {row[0]: row for row in reversed(list(book["Plan"].iter_rows(values_only=True)))}  # the first of each name
    book.close()
    mean = given.forecast.mean
    expected = mean.copy()
    expected[3] = [mean[3, 0] - 5.5, mean[3, 1] * 1.2, 10]
    expected[1, 0] = 2 * mean[1, 0]
    for name, values in (
        ("Everything", expected),
        ("North", expected[:2]),
        ("South", expected[2:]),
        *zip(NAMES, expected, strict=True),
    ):
        assert totals[name][5] == pytest.approx(values.sum()), name
    assert totals["Everything"][3] == pytest.approx(expected.sum() - mean.sum())
    assert totals["Everything"][4] == pytest.approx(expected.sum() / mean.sum())
