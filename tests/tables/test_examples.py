"""The real examples: which come out right, value by value."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.score_examples import rows, score


def test_real_examples_are_read_correctly_without_options() -> None:
    for row in rows():
        result = score(row)
        assert result.series == result.true_series, row["file"]
        assert result.right == pytest.approx(1), row["file"]


@pytest.mark.usefixtures("shared")
def test_a_file_with_nothing_to_forecast_is_refused_kindly() -> None:
    (row,) = [row for row in rows() if row["file"] == "pageview.csv"]
    assert score(row).problem == "one_date"


def test_the_examples_are_available(shared: Path) -> None:
    assert (shared / "data" / "spreadsheets" / "manifest.csv").exists()
