"""A plain table as a file, such as totals by group and span, in the formats of the registry that can hold one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.exports.formats import format_of
from almanac.exports.plain_tables import NamedTable
from almanac.exports.write_file import moved_into_place


def save_table(
    path: Path,
    columns: Mapping[str, Sequence[Any]],
    inputs: Sequence[Path],
    sheet: str = "Totals",
    csv_style: CsvStyle = FOR_PROGRAMS,
) -> Path:
    """Write a table to ``path`` in the format of its ending, whole or not at all, and return the path.

    ``columns``: their values by name, None where there is none; ``inputs``: the files it was made from;
    ``sheet``: its name in a workbook; ``csv_style``: of a CSV file. Raises ``ProblemError`` as ``write`` does.
    """
    import pandas as pd

    write_table = format_of(path, of_table=True).write_table
    assert write_table is not None
    with moved_into_place(path, inputs) as temporary:
        write_table(temporary, NamedTable(sheet, pd.DataFrame(dict(columns)), csv_style))
    return path
