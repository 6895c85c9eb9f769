"""What the workbook says of earlier forecasts of its table: a real history, a real workbook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from almanac import workflow
from almanac.core.jobs import run
from almanac.workflow.updates.update_file import UpdateFiles, UpdateOptions, update_file


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALMANAC_HISTORY", "on")


def table(path: Path, months: int, jump: float = 0.0) -> Path:
    t = np.arange(months)
    values = 100 + 20 * np.sin(2 * np.pi * t / 12) + np.random.default_rng(1).standard_normal(80)[:months]
    values[60:] += jump
    when = pd.date_range("2019-01-01", periods=months, freq="MS").strftime("%Y-%m")
    pd.DataFrame({"month": when, "sold": values.round(1)}).to_csv(path, index=False)
    return path


def test_the_workbook_has_what_was_forecast_and_what_happened(tmp_path: Path) -> None:
    first = run(workflow.check(table(tmp_path / "sales.csv", 60)))
    made = run(workflow.forecast(first, workflow.ForecastOptions(horizon=6), tmp_path / "sales.csv"))
    before = tmp_path / "before.xlsx"
    run(workflow.export(made, before, (), watched=True))
    assert "Forecast and Actual" not in openpyxl.load_workbook(before, read_only=True).sheetnames

    newer = table(tmp_path / "newer.csv", 63, jump=80.0)
    output = tmp_path / "after.xlsx"
    run(update_file(UpdateFiles(newer, output=output), workflow.ForecastOptions(), UpdateOptions()))
    book = openpyxl.load_workbook(output)
    rows = list(book["Forecast and Actual"].values)
    start = next(k for k, row in enumerate(rows) if row[0] == "Series")
    assert "3 forecast values have an actual value now" in rows[0][0]
    body = rows[start + 1 :]
    assert [row[1].strftime("%Y-%m") for row in body] == ["2024-01", "2024-02", "2024-03"]
    assert {row[2].strftime("%Y-%m") for row in body} == {"2024-01"}
    actual = pd.read_csv(newer)["sold"].to_numpy()[60:]
    np.testing.assert_allclose([row[6] for row in body], actual)
    np.testing.assert_allclose([row[3] for row in body], made.forecast.point[0, :3])
    np.testing.assert_allclose([row[7] for row in body], actual - made.forecast.point[0, :3])
    assert [row[8] for row in body] == ["no"] * 3  # 80 more than expected
    changes = list(book["Pattern Changes"].values)
    assert changes[1][0] == "Level"
    assert "sold" in str(changes[1][2])


def test_a_forecast_by_the_command_line_depends_on_its_file_alone(tmp_path: Path) -> None:
    file = run(workflow.check(table(tmp_path / "sales.csv", 60)))
    made = run(workflow.forecast(file, workflow.ForecastOptions(horizon=6), tmp_path / "sales.csv"))
    run(workflow.export(made, tmp_path / "plain.xlsx", ()))
    names = openpyxl.load_workbook(tmp_path / "plain.xlsx", read_only=True).sheetnames
    assert not {"Forecast and Actual", "Pattern Changes"} & set(names)
