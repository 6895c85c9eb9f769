"""CSV and Parquet, and what happens when saving goes wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import pyarrow.parquet
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.calendar.frequency import HOURLY, ROWS
from almanac.core.jobs import Stopped, run
from almanac.core.problems import ProblemError
from almanac.exports import FORMATS, ExportContent, OutputFormat, write

SERIES = series_set(seasonal(40), seasonal(40), names=("Bread", "=1+1"))
COLUMNS = ["series", "date", "step", "forecast", "mean", *[f"q0.{k}" for k in range(1, 10)]]


@pytest.mark.parametrize("output_format", FORMATS, ids=lambda f: f.suffix)
def test_every_format_of_the_registry_writes_a_file(output_format: OutputFormat, tmp_path: Path) -> None:
    path = tmp_path / f"OUT{output_format.suffix.upper()}"
    assert run(write(path, ExportContent(SERIES, forecast_of(SERIES)), ())) == path
    assert path.stat().st_size > 100
    assert output_format.name
    assert output_format.purpose.endswith(".")


def test_an_ending_that_no_format_has_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as stop:
        run(write(tmp_path / "out.docx", ExportContent(SERIES, forecast_of(SERIES)), ()))
    assert "“.docx”" in stop.value.problem.what
    assert all(f"{one.suffix} ({one.name})" in stop.value.problem.fix for one in FORMATS)


def test_csv_is_tidy_and_exact(tmp_path: Path) -> None:
    forecast = forecast_of(SERIES)
    table = pd.read_csv(run(write(tmp_path / "out.csv", ExportContent(SERIES, forecast), ())))
    assert list(table.columns) == COLUMNS
    assert table["date"].tolist()[:3] == ["2023-05-01", "2023-06-01", "2023-07-01"]
    np.testing.assert_array_equal(table["forecast"].to_numpy().reshape(2, 3), forecast.median)
    np.testing.assert_allclose(table["mean"].to_numpy().reshape(2, 3), forecast.mean)
    np.testing.assert_array_equal(table["q0.9"].to_numpy().reshape(2, 3), forecast.quantile(0.9))


def test_a_name_that_a_spreadsheet_would_run_as_a_formula_is_text_in_csv(tmp_path: Path) -> None:
    table = pd.read_csv(run(write(tmp_path / "out.csv", ExportContent(SERIES, forecast_of(SERIES)), ())))
    assert table["series"].unique().tolist() == ["Bread", "'=1+1"]


def test_only_the_requested_levels_are_written(tmp_path: Path) -> None:
    table = pd.read_csv(
        run(write(tmp_path / "out.csv", ExportContent(SERIES, forecast_of(SERIES, requested_levels=(0.25, 0.5))), ()))
    )
    assert list(table.columns)[5:] == ["q0.25", "q0.5"]


def test_parquet_reads_the_same_with_another_library(tmp_path: Path) -> None:
    forecast = forecast_of(SERIES)
    table = pyarrow.parquet.read_table(run(write(tmp_path / "out.parquet", ExportContent(SERIES, forecast), ())))
    assert table.column_names == COLUMNS
    assert table.column("series").to_pylist()[3] == "=1+1"
    np.testing.assert_array_equal(np.array(table.column("q0.1")).reshape(2, 3), forecast.quantile(0.1))


def test_hours_have_their_time_and_rows_their_number(tmp_path: Path) -> None:
    for frequency, expected in ((HOURLY, "1970-01-27 16:00:00"), (ROWS, 641)):
        series = series_set(seasonal(40), frequency=frequency)
        table = pd.read_csv(run(write(tmp_path / "out.csv", ExportContent(series, forecast_of(series)), ())))
        assert table["date"][0] == expected


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_bytes(b"old")
    # A test cannot fill a real disk; the system call that would meet it fails instead.
    with (
        patch.object(Path, "replace", side_effect=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
        pytest.raises(ProblemError) as stop,
    ):
        run(write(path, ExportContent(SERIES, forecast_of(SERIES)), ()))
    assert stop.value.problem.code == "disk_full"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_disk_that_fills_while_writing_is_a_problem() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    from almanac.exports.write_file import _cannot_save

    with pytest.raises(OSError) as reason, open("/dev/full", "w") as full:  # noqa: PT011, PTH123
        full.write("x" * 100_000)
    assert _cannot_save(Path("/somewhere/out.csv"), reason.value).problem.code == "disk_full"


def test_a_stopped_export_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        run(write(tmp_path / "out.csv", ExportContent(SERIES, forecast_of(SERIES)), ()), should_stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("out.pdf", "unknown_format"), ("missing/out.csv", "no_such_folder"), ("taken.csv", "is_a_folder")],
)
def test_a_path_that_cannot_be_written_is_a_problem(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(ProblemError) as stop:
        run(write(tmp_path / name, ExportContent(SERIES, forecast_of(SERIES)), ()))
    assert stop.value.problem.code == code


def test_a_file_without_permission_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with patch("os.access", return_value=False), pytest.raises(ProblemError) as stop:  # root may write anything
        run(write(path, ExportContent(SERIES, forecast_of(SERIES)), ()))
    assert stop.value.problem.code == "no_permission"
    assert path.read_text() == "old"
