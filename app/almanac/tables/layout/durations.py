"""Durations, such as 7:45:00 or "1h 30m": they are read as hours.

They are in a column called after one, or cannot be times of day: 25:10.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from almanac.core.problems import Finding
from almanac.tables.findings import registry as findings
from almanac.tables.values.cells import Column, Table, make_column
from almanac.tables.values.dates.calendar_names import names_clock, plain
from almanac.tables.values.durations import CLOCK, HOURS_AND_MINUTES, ISO, duration_hours
from almanac.tables.values.numbers import is_missing_word

_NAME = re.compile(
    r"\b(?:durations?|elapsed|(?:moving|working|work|net|total|tracked|logged|billable) (?:time|hours)|"
    r"(?:time|hours) (?:spent|worked|logged|tracked)|\w*dauer|\w*arbeitszeit|arbeitsstunden|zeitaufwand|"
    r"(?:avg\.?|average|mean|median) (?:session|visit|call|wait|ride|trip|stay|handle|handling|talk|response)|"
    r"(?:wait|waiting|handle|handling|talk|response|reply|resolution|session|travel) time|"
    r"time (?:on|in) (?:page|site|queue|call)|wartezeit|bearbeitungszeit|antwortzeit|sitzungszeit|"
    r"durees?|temps passe|duracion|durata|duracao|duur|czas trwania|varaktighet|varighed)\b"
)

_LESS_THAN_AN_HOUR = re.compile(r"0{1,2}:\d\d:\d\d(?:\.\d+)?")

# All chosen by judgement.
_MIN_SHORT = 10  # different ones, all shorter than an hour
_MIN_READ = 0.9  # share of filled cells that are durations
_ROWS_LOOKED_AT, _MIN_EQUAL_STEPS = 400, 0.8  # share of equal steps up in a column that keeps time
_CELLS_LOOKED_AT = 50
_LAST_HOUR = 24  # of a day: 24:00 is a time of day, too
_MIN_DIFFERENT = 2  # a column that says "1:00" everywhere is the length of each period, and measures nothing


def with_hours(table: Table) -> tuple[Table, tuple[Finding, ...]]:
    """The table with its durations as hours, and what there is to say about them."""
    columns, units, names = list(table.columns), list(table.units or [""] * len(table.columns)), []
    for i, column in enumerate(table.columns):
        if not _may_hold_durations(table.names[i], column):
            continue
        if (hours := _hours(column)) is not None:
            columns[i], units[i] = hours, "h"
            names.append(table.names[i])
    if not names:
        return table, ()
    return replace(table, columns=tuple(columns), units=tuple(units)), (findings.durations_as_hours(names),)


def _may_hold_durations(name: str, column: Column) -> bool:
    """Whether a column is called after durations, or holds some that nothing else is: 25:10, or "7h 5m".

    In a column of times of day, 25:10 is ten past one in the night after.
    """
    if column.has_numbers:
        return False
    if _NAME.search(plain(name)):
        return True
    if column.plain is not None:
        return False
    texts = [cell for cell in column.cells[:_CELLS_LOOKED_AT] if isinstance(cell, str) and cell]
    if texts and all(ISO.fullmatch(text) for text in texts):
        return True
    possible = any(HOURS_AND_MINUTES.fullmatch(text) or CLOCK.fullmatch(text) for text in texts[:2])
    if not possible or names_clock(name):
        return False
    short = len(texts) >= _MIN_SHORT and all(_LESS_THAN_AN_HOUR.fullmatch(text) for text in texts)
    clocks = [int(match[1]) for cell in column.cells if isinstance(cell, str) and (match := CLOCK.fullmatch(cell))]
    worded = sum(HOURS_AND_MINUTES.fullmatch(text) is not None for text in texts)
    return short or max(clocks, default=0) > _LAST_HOUR or worded >= _MIN_READ * len(texts)


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
