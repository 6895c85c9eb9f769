"""Workbooks: XLSX, XLS, XLSB and ODS, read through calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.problems import stop_with
from almanac.tables.cells import Grid
from almanac.tables.files import damaged, reading

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_GLANCE = 60  # rows looked at to judge whether a sheet holds a table


@contextmanager
def opened(path: Path) -> Iterator[CalamineWorkbook]:
    """The workbook, closed again at the end.

    Raises ProblemError for one that is damaged or protected.
    """
    import python_calamine as calamine

    try:
        with reading(path):
            workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as cause:
        raise stop_with(
            "password_protected",
            f"{path.name} is protected with a password.",
            "Almanac cannot look inside without it.",
            "Open it in Excel, remove the password under File, Info, Protect Workbook, save a copy, and open that.",
        ) from cause
    except calamine.CalamineError as cause:
        raise damaged(path) from cause
    try:
        yield workbook
    finally:
        workbook.close()


def sheet_grid(workbook: CalamineWorkbook, name: str, path: Path, rows: int | None = None) -> Grid:
    """The cells of one sheet, or its first ``rows``."""
    import python_calamine as calamine

    try:
        sheet = workbook.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False) if rows is None else list(islice(sheet.iter_rows(), rows))
    except (calamine.CalamineError, calamine.WorksheetNotFound) as cause:
        raise damaged(path) from cause
    return Grid(cells, complete=rows is None or sheet.total_height < rows)


def sheet_size(workbook: CalamineWorkbook, name: str) -> tuple[int, int]:
    """Rows and columns of a sheet, from its first used line to its last."""
    sheet = workbook.get_sheet_by_name(name)
    return sheet.height, sheet.width


def glance(workbook: CalamineWorkbook, name: str, path: Path) -> Grid:
    """The first rows of a sheet, enough to judge it."""
    return sheet_grid(workbook, name, path, _GLANCE)
