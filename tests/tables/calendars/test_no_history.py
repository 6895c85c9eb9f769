"""A list that is no history says so, and is forecast only when the person wants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.calendars.no_history import MaybeHistory, maybe_history_file
from tests.tables.conftest import Reader, codes, finding

from almanac import workflow
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.tables import ReadFile, ReadingOptions


def faults(file: ReadFile, truth: MaybeHistory) -> list[str]:
    found = []
    if truth.date and file.reading.date_column != truth.date:
        found.append(f"dates are in {file.reading.date_column}")
    if ("no_history" in codes(file)) == truth.history:
        found.append("no history" if truth.history else "not said")
    if not truth.history and "closed_periods" in codes(file):
        found.append("closed")
    if truth.born in file.reading.value_columns:
        found.append("years of birth are forecast")
    return found


def check(read_text: Reader, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        truth = maybe_history_file(seed)
        if found := faults(read_text(truth.text), truth):
            wrong[seed] = found
    assert not wrong


def test_lists_that_are_no_history_say_so(read_text: Reader) -> None:
    check(read_text, range(51))


@pytest.mark.slow
def test_many_lists_that_are_no_history_say_so(read_text: Reader) -> None:
    check(read_text, range(51, 561))


def test_only_a_choice_makes_a_forecast_of_it(tmp_path: Path) -> None:
    source = tmp_path / "stock.csv"
    source.write_text(maybe_history_file(0).text, encoding="utf-8")
    files = workflow.ForecastFiles(source, tmp_path / "out.csv")
    options = workflow.ForecastOptions(horizon=4, calibrate=False)
    with pytest.raises(ProblemError) as caught:
        run(workflow.forecast_file(files, None, options))
    assert caught.value.problem.code == "no_history"
    assert not files.output.exists()
    anyway = ReadingOptions(repairs=(("no_history", "forecast"),))
    result = run(workflow.forecast_file(files, anyway, options))
    assert files.output.exists()
    assert "as you chose" in finding(result.file, "no_history").fix
