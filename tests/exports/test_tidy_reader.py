"""A saved tidy file says the forecast that it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.builders import forecast_of, series_set

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, QUARTERLY, ROWS, WEEKLY, Frequency
from almanac.core.csv_style import WITH_COMMA
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.exports.content import ExportContent
from almanac.exports.tidy import write_csv
from almanac.exports.tidy_reader import read_tidy

NAMES = ("=Bread", "'Milk", 'Eggs; large, "free"')


@pytest.mark.parametrize("frequency", [MONTHLY, QUARTERLY, WEEKLY, DAILY, HOURLY, ROWS])
def test_what_is_read_is_what_was_saved(tmp_path: Path, frequency: Frequency) -> None:
    series = series_set(*(np.arange(20.0) + k for k in range(3)), frequency=frequency, names=NAMES)
    made = forecast_of(series, 4)
    content = ExportContent(series, made)
    run(write_csv(tmp_path / "out.csv", content))
    run(write_csv(tmp_path / "comma.csv", replace(content, csv_style=WITH_COMMA)))
    for name in ("out.csv", "comma.csv"):
        found = read_tidy(tmp_path / name, frequency).forecast
        order = [found.names.index(name) for name in made.names]
        assert found.first[order].tolist() == made.first.tolist()
        np.testing.assert_allclose(found.levels, made.levels)
        np.testing.assert_allclose(found.quantiles[order], made.quantiles, rtol=1e-6)
        np.testing.assert_allclose(found.point[order], made.point, rtol=1e-6)


def test_a_forecast_of_another_frequency_says_so(tmp_path: Path) -> None:
    series = series_set(np.arange(20.0))
    run(write_csv(tmp_path / "out.csv", ExportContent(series, forecast_of(series))))
    with pytest.raises(ProblemError) as stop:
        read_tidy(tmp_path / "out.csv", QUARTERLY)
    assert stop.value.problem.code == "other_frequency"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "series,date,step,forecast,mean\nBread,2025-01-01,1,2,2\n"])
def test_another_file_is_no_forecast(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text)
    with pytest.raises(ProblemError) as stop:
        read_tidy(path, MONTHLY)
    assert stop.value.problem.code == "not_a_forecast"
