"""Workbooks: XLSX, XLS, XLSB and ODS, read through calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.tables.sources.files import damaged_workbook, password_protected, system_errors_as_problems
from almanac.tables.values.cells import Grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class Book:
    """An open workbook. The sheet that was read last is kept, so that reading it again costs nothing."""

    def __init__(self, workbook: CalamineWorkbook, path: Path) -> None:
        self.path = path
        self.names = workbook.sheet_names
        self.visible = [m.name for m in workbook.sheets_metadata if str(m.visible).endswith(".Visible")] or self.names
        self._workbook = workbook
        self._last: CalamineSheet | None = None

    def grid(self, name: str, rows: int | None = None) -> Grid:
        """The cells of one sheet, or its first ``rows``."""
        sheet = self._sheet(name)
        with _reader_errors_as_problems(self.path):
            cells = sheet.to_python(skip_empty_area=False) if rows is None else list(islice(sheet.iter_rows(), rows))
        return Grid(cells, complete=rows is None or sheet.total_height < rows)

    def size(self, name: str) -> tuple[int, int]:
        """Rows and columns of a sheet, from its first used line to its last."""
        sheet = self._sheet(name)
        return sheet.height, sheet.width

    def _sheet(self, name: str) -> CalamineSheet:
        if self._last is None or self._last.name != name:
            with _reader_errors_as_problems(self.path):
                self._last = self._workbook.get_sheet_by_name(name)
        return self._last


@contextmanager
def _reader_errors_as_problems(path: Path) -> Iterator[None]:
    """Turns errors of calamine about a damaged workbook into a ProblemError, also when it panics."""
    import python_calamine as calamine

    try:
        with system_errors_as_problems(path):
            yield
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, calamine.WorksheetNotFound) as cause:
        raise damaged_workbook(path) from cause
    except BaseException as cause:
        # A panic in Rust raises a class that is no Exception and cannot be imported.
        if type(cause).__name__ == "PanicException":
            raise damaged_workbook(path) from cause
        raise


@contextmanager
def open_workbook(path: Path) -> Iterator[Book]:
    """The workbook, open inside the ``with`` block.

    Raises ProblemError for one that is damaged or protected.
    """
    import python_calamine as calamine

    from almanac.tables.sources.workbook_limits import refuse_oversized

    refuse_oversized(path)
    try:
        with _reader_errors_as_problems(path):
            workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as cause:
        raise password_protected(path) from cause
    try:
        yield Book(workbook, path)
    finally:
        workbook.close()
