"""Workbooks: XLSX, XLS, XLSB and ODS, each taken apart in a separate process."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from almanac.core.problems import ProblemError, stop_with
from almanac.tables.sources.files import damaged_workbook, password_protected, system_errors_as_problems
from almanac.tables.values.cells import Grid
from almanac.workbooks.client import WorkbookProcess
from almanac.workbooks.hidden_parts import Hidden
from almanac.workbooks.messages import Reason, RefusedError


class Book:
    """An open workbook. The sheet that was read last is kept, so that reading it again costs little."""

    def __init__(self, process: WorkbookProcess) -> None:
        self.names = process.names
        self.visible = process.visible
        self._process = process

    def grid(self, name: str, rows: int | None = None) -> Grid:
        """The cells of one sheet, or its first ``rows``."""
        cells, height = self._process.rows(name, rows)
        return Grid(cells, complete=rows is None or height <= rows)

    def size(self, name: str) -> tuple[int, int]:
        """Rows and columns of a sheet, from its first used line to its last."""
        return self._process.size(name)

    def hidden(self, name: str) -> Hidden:
        """The hidden rows and columns of a sheet; none in workbooks other than XLSX."""
        return self._process.hidden(name)


@contextmanager
def open_workbook(path: Path) -> Generator[Book]:
    """The workbook, open inside the ``with`` block.

    Raises ProblemError for one that is damaged, protected or too large, and so does every look into it.
    """
    process = None
    with system_errors_as_problems(path):
        try:
            process = WorkbookProcess(path)
            yield Book(process)
        except RefusedError as refusal:
            if refusal.reason == "system":
                number = int(refusal.detail)
                raise OSError(number, os.strerror(number)) from refusal
            raise _PROBLEMS[refusal.reason](path, refusal.detail) from refusal
        finally:
            if process is not None:
                process.close()


def _use_text(path: Path, why: str) -> ProblemError:
    return stop_with(
        "too_large",
        f"{path.name} is too large for a workbook.",
        why,
        "Open it and save the sheet as CSV: Almanac reads text files of any size.",
    )


def _too_large(path: Path, why: str) -> ProblemError:
    return stop_with(
        "too_large",
        f"{path.name} holds more than Almanac can read from a workbook.",
        why,
        "Open it in Excel, delete everything outside the data, save it under a new name, and open that.",
    )


_PROBLEMS: dict[Reason, Callable[[Path, str], ProblemError]] = {
    "damaged": lambda path, _: damaged_workbook(path),
    "password": lambda path, _: password_protected(path),
    "too_large": _too_large,
    "too_slow": _use_text,
    "too_many_cells": _use_text,
}
