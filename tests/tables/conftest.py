"""Writes small files and reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from almanac.core.jobs import run
from almanac.core.problems import Finding, Problem, ProblemError
from almanac.tables import ReadFile, ReadingOptions, read

Reader = Callable[..., ReadFile]


@pytest.fixture
def read_text(tmp_path: Path) -> Reader:
    """Reads a text as if it were the contents of a file; options by name."""

    def reader(text: str | bytes, name: str = "table.csv", encoding: str = "utf-8", **options: Any) -> ReadFile:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return run(read(path, ReadingOptions(**options)))

    return reader


@pytest.fixture
def read_sheets(tmp_path: Path) -> Reader:
    """Reads a workbook with these rows in each of its sheets; options by name."""

    def reader(sheets: dict[str, list[tuple[Any, ...]]], **options: Any) -> ReadFile:
        path = tmp_path / "book.xlsx"
        book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
        book.close()
        return run(read(path, ReadingOptions(**options)))

    return reader


@pytest.fixture
def stopped(read_text: Reader) -> Callable[..., Problem]:
    """The Problem that reading this text ends with."""

    def reader(text: str | bytes, name: str = "table.csv", **options: Any) -> Problem:
        with pytest.raises(ProblemError) as caught:
            read_text(text, name, **options)
        return caught.value.problem

    return reader


def months(count: int, form: str = "{y}-{m:02d}-01", start: int = 2020) -> list[str]:
    return [form.format(y=start + n // 12, m=n % 12 + 1) for n in range(count)]


def lines(*columns: list[Any], header: str, delimiter: str = ",") -> str:
    rows = (delimiter.join(str(cell) for cell in row) for row in zip(*columns, strict=True))
    return "\n".join([header, *rows]) + "\n"


def codes(file: ReadFile) -> set[str]:
    return {finding.code for finding in file.findings}


def finding(file: ReadFile, code: str) -> Finding:
    return next(found for found in file.findings if found.code == code)


def labels(file: ReadFile, i: int = 0) -> tuple[str, str]:
    """First and last date of a series."""
    series = file.series
    return series.frequency.label(int(series.first[i])), series.frequency.label(int(series.last[i]))


def same(values: Any, wanted: list[float]) -> bool:
    return bool(np.allclose(values, wanted, equal_nan=True))
