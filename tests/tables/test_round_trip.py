"""A table written in any dialect, locale, date style and layout reads back exactly, or raises the question."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.tables.written import Written, written

from almanac.core.jobs import run
from almanac.tables import ReadFile, ReadingOptions, read

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def same(file: ReadFile, made: Written) -> bool:
    series = file.series
    if series.frequency.name != made.frequency or set(series.names) != set(made.series):
        return False
    for i, name in enumerate(series.names):
        first, values = made.series[name]
        if series.frequency.iso(int(series.first[i])) != first or not np.array_equal(series[i], values, equal_nan=True):
            return False
    return True


def reads_back(made: Written) -> bool:
    """Read as it was written, or with one of the answers to what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(made.content)
        file = run(read(path))
        if not file.reading.questions:
            return same(file, made)
        for answers in product(*(question.choices for question in file.reading.questions)):
            options = ReadingOptions()
            for choice in answers:
                options = options.with_values(**dict(choice.sets))
            if same(run(read(path, options)), made):
                return True
        return False


@given(written())
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_a_table_reads_back_as_it_was_written(made: Written) -> None:
    assert reads_back(made)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@given(written())
@settings(max_examples=3000, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_thousands_of_tables_read_back_as_they_were_written(made: Written) -> None:
    assert reads_back(made)
