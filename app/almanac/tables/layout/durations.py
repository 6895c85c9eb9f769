"""Durations, such as 7:45:00 or "1h 30m" in a column called after one: they are read as hours."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.values.calendar_names import plain
from almanac.tables.values.cells import Cell, Column, Table, make_column
from almanac.tables.values.numbers import is_missing_word

_NAME = re.compile(
    r"\b(?:durations?|elapsed|(?:moving|working|work|net|total|tracked|logged|billable) (?:time|hours)|"
    r"(?:time|hours) (?:spent|worked|logged|tracked)|\w*dauer|\w*arbeitszeit|arbeitsstunden|zeitaufwand|"
    r"durees?|temps passe|duracion|durata|duracao|duur|czas trwania|varaktighet|varighed)\b"
)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,6})?)?")
_IN_WORDS = re.compile(r"(?:(\d{1,4}) ?h(?:ours?|rs?)?)? ?(?:(\d{1,2}) ?m(?:in(?:ute)?s?)?)? ?(?:(\d{1,2}) ?s(?:ec)?)?")
_IN_MINUTES = re.compile(r"(\d{1,4}):([0-5]\d) ?min(?:utes)?")

# All chosen by judgement.
_MIN_READ = 0.9  # share of filled cells that are durations
_ROWS_LOOKED_AT, _MIN_EQUAL_STEPS = 400, 0.8  # share of equal steps up in a column that keeps time
_MIN_DIFFERENT = 2  # a column that says "1:00" everywhere is the length of each period, and measures nothing


def with_hours(table: Table) -> tuple[Table, tuple[Finding, ...]]:
    """The table with its durations as hours, and what there is to say about them."""
    columns, units, names = list(table.columns), list(table.units or [""] * len(table.columns)), []
    for i, column in enumerate(table.columns):
        if column.floats is None and _NAME.search(plain(table.names[i])) and (hours := _hours(column)) is not None:
            columns[i], units[i] = hours, "h"
            names.append(table.names[i])
    if not names:
        return table, ()
    return replace(table, columns=tuple(columns), units=tuple(units)), (findings.durations_as_hours(names),)


def _hours(column: Column) -> Column | None:
    """The column in hours; None when most of its cells are no durations."""
    filled = [cell for cell in column.cells if cell != "" and not is_missing_word(cell)]
    read = [hours for cell in filled if (hours := duration_hours(cell)) is not None]
    if len(set(read)) < _MIN_DIFFERENT or len(read) < _MIN_READ * len(filled):
        return None
    distinct = make_column(cell if (known := duration_hours(cell)) is None else known for cell in column.cells)
    found = replace(distinct, codes=distinct.codes[column.codes])
    return None if _keeps_time(found) else found


def _keeps_time(hours: Column) -> bool:
    """Whether the column goes on by one step from row to row: the time since a logger was started, or of the day."""
    values = np.array([np.nan if isinstance(cell, str) else cell for cell in hours.cells], dtype=np.float64)
    steps = np.round(np.diff(values[hours.codes[:_ROWS_LOOKED_AT]]), 4)
    sizes, counts = np.unique(steps[steps > 0], return_counts=True)
    return len(sizes) > 0 and bool(counts.max() >= _MIN_EQUAL_STEPS * len(steps))


def duration_hours(cell: Cell) -> float | None:
    """The hours of a duration as 7:45, 7:45:30, "1h 30m", "45 min" or "18:25 min"; None for any other cell."""
    if not isinstance(cell, str) or not cell[:1].isdigit():
        return None
    if match := _CLOCK.fullmatch(cell) or _IN_WORDS.fullmatch(cell.lower()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
    elif match := _IN_MINUTES.fullmatch(cell):
        hours, minutes, seconds = 0, int(match[1]), int(match[2])
    else:
        return None
    return round(hours + minutes / 60 + seconds / 3600, 6)
