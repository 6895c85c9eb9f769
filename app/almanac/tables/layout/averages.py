"""Cells such as "Avg 2024" below months: "avg" is August in Slovenian, and an average in English."""

from __future__ import annotations

import re
from dataclasses import replace

from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.calendar_names import AVERAGE, means_average, month_words

_MAX_CELLS, _MIN_MONTHS = 5000, 3  # different cells of a column, and names of months in it; chosen by judgement
_ONLY_YEAR = re.compile(r"[\W\d]*")  # besides "avg"


def with_averages(table: Table) -> Table:
    """The table with "average" for "avg" in columns where it is not August, so that it is read as one."""
    columns = {i: read for i, column in enumerate(table.columns) if (read := _read(column)) is not None}
    if not columns:
        return table
    return replace(table, columns=tuple(columns.get(i, column) for i, column in enumerate(table.columns)))


def _read(column: Column) -> Column | None:
    """The column with "average" for "avg"; None where nothing changes."""
    if column.has_numbers or len(column.cells) > _MAX_CELLS or column.plain is not None:
        return None
    texts = [cell for cell in column.cells if isinstance(cell, str)]
    averages = {cell for cell in texts if AVERAGE.search(cell) and _ONLY_YEAR.fullmatch(AVERAGE.sub("", cell))}
    if not averages or len(month_words(texts)) < _MIN_MONTHS or not means_average(texts):
        return None
    return Column(column.codes, [AVERAGE.sub("average", cell) if cell in averages else cell for cell in column.cells])
