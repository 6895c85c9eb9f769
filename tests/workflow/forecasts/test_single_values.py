"""Which cells a saved forecast rests on, from the file to the workbook."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
from tests.builders import seasonal

from almanac import workflow
from almanac.core.jobs import run
from almanac.workflow.forecasts.explain_forecast import MAX_EXAMINED, single_values
from almanac.workflow.results import ForecastResult


def result_of(tmp_path: Path, columns: int = 2) -> ForecastResult:
    values = np.stack([seasonal(60, level=100.0 * (k + 1), seed=k, noise=1.0) for k in range(columns)], axis=1).round(1)
    values[57, 0] = 9000.0  # a decimal comma that was not typed
    rows = [f"{2020 + t // 12}-{t % 12 + 1:02},{','.join(map(str, row))}" for t, row in enumerate(values)]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join([",".join(["month", *(f"p{k}" for k in range(columns))]), *rows]))
    return run(workflow.forecast(run(workflow.check(path)), workflow.ForecastOptions(horizon=4, calibrate=False)))


def test_a_poisoned_cell_is_found_and_the_robust_forecast_is_near_the_truth(tmp_path: Path) -> None:
    result = result_of(tmp_path)
    found = run(single_values(result))
    assert found is not None
    poisoned = next(one for one in found.series if one.name == "p0")
    assert int(result.file.series.first[0]) + 57 in poisoned.set_aside
    assert 90 < poisoned.robust < 150
    run(workflow.export(result, tmp_path / "out.xlsx", ()))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Single Values"]
    assert "p0" in [cell.value for cell in sheet["A"]]


def test_of_many_series_those_with_the_largest_forecasts_are_examined(tmp_path: Path) -> None:
    result = result_of(tmp_path, MAX_EXAMINED + 2)
    found = run(single_values(replace(result, baselines={"p13": "theta"})))
    assert found is not None
    assert found.total == MAX_EXAMINED + 2
    names = [one.name for one in found.series]
    assert len(names) == MAX_EXAMINED
    assert "p13" not in names
    assert "p12" in names


def test_a_model_that_is_gone_leaves_nothing_to_say(tmp_path: Path) -> None:
    result = result_of(tmp_path)
    gone = replace(result, forecast=replace(result.forecast, model="careful@0.0.1"))
    assert run(single_values(gone)) is None
