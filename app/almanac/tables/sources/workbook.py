"""Workbooks: XLSX, XLS, XLSB and ODS, read through calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.problems import stop_with
from almanac.tables.sources.files import damaged, reading
from almanac.tables.sources.workbook_limits import refuse_bombs
from almanac.tables.values.cells import Grid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


class Book:
    """An open workbook. A sheet that was just looked at is not taken apart a second time."""

    def __init__(self, workbook: CalamineWorkbook, path: Path) -> None:
        self.path = path
        self.names = workbook.sheet_names
        self.visible = [m.name for m in workbook.sheets_metadata if str(m.visible).endswith(".Visible")] or self.names
        self._workbook = workbook
        self._last: CalamineSheet | None = None

    def grid(self, name: str, rows: int | None = None) -> Grid:
        """The cells of one sheet, or its first ``rows``."""
        sheet = self._sheet(name)
        with _taking_apart(self.path):
            cells = sheet.to_python(skip_empty_area=False) if rows is None else list(islice(sheet.iter_rows(), rows))
        return Grid(cells, complete=rows is None or sheet.total_height < rows)

    def size(self, name: str) -> tuple[int, int]:
        """Rows and columns of a sheet, from its first used line to its last."""
        sheet = self._sheet(name)
        return sheet.height, sheet.width

    def _sheet(self, name: str) -> CalamineSheet:
        if self._last is None or self._last.name != name:
            with _taking_apart(self.path):
                self._last = self._workbook.get_sheet_by_name(name)
        return self._last


@contextmanager
def _taking_apart(path: Path) -> Iterator[None]:
    """Turns what the reader says of a damaged workbook into a Problem, also when it gives up altogether."""
    import python_calamine as calamine

    try:
        with reading(path):
            yield
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, calamine.WorksheetNotFound) as cause:
        raise damaged(path) from cause
    except BaseException as cause:
        # What a panic in Rust becomes is no Exception and has no name that could be imported.
        if type(cause).__name__ == "PanicException":
            raise damaged(path) from cause
        raise


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """The workbook, closed again at the end.

    Raises ProblemError for one that is damaged or protected.
    """
    import python_calamine as calamine

    refuse_bombs(path)
    try:
        with _taking_apart(path):
            workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as cause:
        raise stop_with(
            "password_protected",
            f"{path.name} is protected with a password.",
            "Almanac cannot look inside without it.",
            "Open it in Excel, remove the password under File, Info, Protect Workbook, save a copy, and open that.",
        ) from cause
    try:
        yield Book(workbook, path)
    finally:
        workbook.close()
