"""Tables with time across: one column for each date, or years down and months across. They become long tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.tables.columns.profile import Facts, unnamed
from almanac.tables.columns.totals import is_total
from almanac.tables.values.calendar_names import month_number
from almanac.tables.values.cells import Cell, Column, Table, cell_text, make_column
from almanac.tables.values.dates import is_compact_date, looks_like_date, read_clock, read_dates
from almanac.tables.values.numbers import is_missing_word, looks_like_number

_QUARTER = re.compile(r"[QTK]\s?([1-4])|([1-4])\.?\s?(?:Q|T|quartal|quarter|qtr)", re.IGNORECASE)
_FISCAL = re.compile(r"(?:FY|SY|AY)\s?(?:19|20)\d\d", re.IGNORECASE)
_WEEK = re.compile(r"(?:W|Wk|Week|KW|CW)[\s._-]?(\d{1,2})", re.IGNORECASE)
_WEEKS = 12  # columns of weeks that make a table of weeks across
SECTION = "Section"


@dataclass(frozen=True)
class Crosstab:
    """``across``: the columns that are dates, with what each adds to the date; ``year``: the column of years down, or
    ``month``: the column of months down where years run across; ``days``: the column of dates down where the days of
    their months or, with ``clocks``, the times of the day run across; ``keys``: the columns that name the rows.
    """

    across: tuple[tuple[int, str], ...]
    year: int | None
    keys: tuple[int, ...]
    month: int | None = None
    days: int | None = None
    clocks: bool = False

    @property
    def columns(self) -> frozenset[int]:
        return frozenset(i for i, _ in self.across)


def find_crosstab(table: Table, facts: tuple[Facts, ...]) -> Crosstab | None:
    """How time runs across this table, or None when it does not."""
    # Below a date, notes at the end of the table may outnumber the figures.
    numeric = [
        i
        for i, f in enumerate(facts)
        if f.numeric or f.filled == 0 or (f.numbers and is_date_name(f.name, compact=False))
    ]
    clocks = _clocks_across(table, facts, numeric)
    if clocks is not None:
        return clocks
    days = _days_across(table, facts, numeric)
    if days is not None:
        return days
    years = [i for i in numeric if facts[i].years >= 0.8 and facts[i].different > 1]
    year = next((i for i in years if facts[i].named("year")), years[0] if years and years[0] == numeric[0] else None)
    if year is not None:
        months = {i: n for i in numeric if i != year and (n := _part_of_year(table.names[i])) is not None}
        counted = {i: f"-{int(table.names[i]):02d}" for i in numeric if table.names[i].isdecimal() and i != year}
        weeks = {i: f"-W{int(m[1]):02d}" for i in numeric if (m := _WEEK.fullmatch(table.names[i])) is not None}
        if len(set(weeks.values())) == len(weeks) >= _WEEKS:
            return Crosstab(tuple(weeks.items()), year, _keys(facts, frozenset({*weeks, year})))
        if list(counted.values()) == [f"-{n:02d}" for n in range(1, 13)]:
            months = counted
        if (len(set(months.values())) == len(months) and len(months) in (4, 6, 12)) or len(months) >= 7:
            return Crosstab(tuple(months.items()), year, _keys(facts, frozenset(months) | {year}))
    compact = sum(is_compact_date(table.names[i]) for i in numeric) > 2
    dated = [i for i in numeric if is_date_name(table.names[i], compact)]
    if len(dated) < 3 or len(dated) < 0.5 * len([i for i in numeric if facts[i].filled]):
        return None
    if any(f.dated for i, f in enumerate(facts) if i not in dated):
        return None
    month = next((i for i, f in enumerate(facts) if f.months >= 0.8 and i not in dated), None)
    if month is not None and all(_is_year(table.names[i]) for i in dated):
        across = tuple((i, table.names[i]) for i in dated)
        return Crosstab(across, None, _keys(facts, frozenset({*dated, month})), month)
    return Crosstab(tuple((i, _bare(table.names[i])) for i in dated), None, _keys(facts, frozenset(dated)))


def _days_across(table: Table, facts: tuple[Facts, ...], numeric: list[int]) -> Crosstab | None:
    """Columns called 1 to 28, 29, 30 or 31 beside a column of months."""
    days = {i: int(table.names[i]) for i in numeric if table.names[i].isdecimal() and int(table.names[i]) <= 31}
    if len(days) < 28 or list(days.values()) != list(range(1, len(days) + 1)):
        return None
    down = next((i for i, f in enumerate(facts) if f.dated and i not in days), None)
    if down is None:
        return None
    across = tuple((i, f"-{day:02d}") for i, day in days.items())
    return Crosstab(across, None, _keys(facts, frozenset({*days, down})), None, down)


def _clocks_across(table: Table, facts: tuple[Facts, ...], numeric: list[int]) -> Crosstab | None:
    """Columns called 00:00, 00:30, 01:00 … beside a column of days."""
    times = {i: seconds for i in numeric if (seconds := read_clock(table.names[i])) is not None}
    steps = set(np.diff(list(times.values())).tolist())
    down = next((i for i, f in enumerate(facts) if f.dated and i not in times), None)
    if len(times) < 12 or len(steps) != 1 or min(steps) <= 0 or down is None:
        return None
    across = tuple((i, f" {seconds // 3600:02d}:{seconds // 60 % 60:02d}") for i, seconds in times.items())
    return Crosstab(across, None, _keys(facts, frozenset({*times, down})), None, down, True)


def _bare(name: str) -> str:
    """The name without the marks of preliminary or revised figures."""
    return re.sub(r"\s*\((?:p|r|e|s)\)$", "", name)


def is_date_name(name: str, compact: bool = True) -> bool:
    """Whether a column is called after a date; ``compact``: digits alone may be one."""
    if looks_like_date(_bare(name)) or _is_year(name) or _FISCAL.fullmatch(name) is not None:
        return True
    return compact and is_compact_date(name)


def _is_year(name: str) -> bool:
    return re.fullmatch(r"(?:1[6-9]|20|21)\d\d", name) is not None


def _part_of_year(name: str) -> str | None:
    """ "-03" for a month, "Q3" for a quarter, None for anything else."""
    month = month_number(name)
    if month is not None:
        return f"-{month:02d}"
    quarter = _QUARTER.fullmatch(name)
    return None if quarter is None else f"Q{quarter[1] or quarter[2]}"


def _keys(facts: tuple[Facts, ...], taken: frozenset[int]) -> tuple[int, ...]:
    """The columns that name the rows: the first text that does it alone, all texts, or a code before the dates."""
    free = [i for i, f in enumerate(facts) if i not in taken and f.filled and not is_total(f.name)]
    free = [i for i in free if i < min(taken) or not unnamed(facts[i].name)]  # behind a date: marks of its figures
    words = [i for i in free if facts[i].numbers < 0.6]
    rows = max((facts[i].filled for i in words), default=0)
    complete = [i for i in words if facts[i].filled >= 0.9 * rows]
    alone = [i for i in complete if facts[i].different >= 0.9 * facts[i].filled]
    numbered = [i for i in free if i < min(taken) and facts[i].whole and facts[i].different >= 0.9 * facts[i].filled]
    return tuple(alone[:1] or complete or words or numbered[:1])


@dataclass(frozen=True, eq=False)
class Melted:
    """The long table, and the lines that were no data: totals and notes (int64)."""

    table: Table
    totals: Integers
    notes: Integers


def melt(table: Table, cross: Crosstab, value_name: str) -> Melted:
    """One row for each cell under a date: columns Date, the keys (and Section where names repeat), and the value."""
    across = [i for i, _ in cross.across]
    numbers = np.zeros(len(table), dtype=bool)
    empty = np.ones(len(table), dtype=bool)
    for i in across:
        column = table.columns[i]
        if column.floats is None:
            known = np.array([looks_like_number(c) or is_missing_word(c) for c in column.cells], dtype=bool)[
                column.codes
            ]
        else:
            known = ~column.empty
        numbers |= known
        empty &= column.empty
    labels = [[table.columns[k].text(row) for k in cross.keys] for row in range(len(table))]
    whole = np.array([any(is_total(text) for text in label) for label in labels], dtype=bool)
    if cross.year is not None:
        years = table.columns[cross.year]
        dated = np.array([_is_year(cell_text(c)) for c in years.cells], dtype=bool)[years.codes]
        whole |= np.array([is_total(years.text(row)) for row in range(len(table))], dtype=bool)
    elif cross.days is not None:
        column = table.columns[cross.days]
        bases = _days_of(column) if cross.clocks else _months_of(column)
        dated = np.array([bool(base) for base in bases], dtype=bool)
    else:
        dated = np.ones(len(table), dtype=bool)
        if cross.month is not None:
            months_down = table.columns[cross.month]
            dated = np.array(
                [_part_of_year(months_down.text(row)) is not None for row in range(len(table))], dtype=bool
            )
            whole |= np.array([is_total(months_down.text(row)) for row in range(len(table))], dtype=bool)
        elif cross.keys:
            dated = np.array([any(label) for label in labels], dtype=bool)
    kept = numbers & dated & ~whole
    blank = empty & np.logical_and.reduce([c.empty for c in table.columns])
    sections = _sections(labels, kept, empty)
    names = [tuple(labels[row]) for row in np.flatnonzero(kept)]
    with_sections = len(set(names)) < len(names) and cross.year is None and len(set(sections)) > 1
    rows = np.flatnonzero(kept).tolist()
    dates = [table.columns[cross.year].text(row) if cross.year is not None else "" for row in rows]
    if cross.days is not None:
        dates = [bases[row] for row in rows]
    months = [_part_of_year(table.columns[cross.month].text(row)) if cross.month is not None else "" for row in rows]
    blank_cells = np.stack([table.columns[i].empty[rows] for i in across], axis=1)
    # Joined sheets leave the dates of the other sheets blank: these cells never existed.
    # Neither did the 30th of February.
    leave_blanks = blank_cells.sum() > 0.5 * blank_cells.size or cross.days is not None
    cell_rows, cell_columns = np.nonzero(~blank_cells if leave_blanks else np.ones_like(blank_cells))
    adds = [add for _, add in cross.across]
    keys = [make_column(labels[row][n] for row in rows) for n in range(len(cross.keys))]
    if with_sections:
        keys.append(make_column(sections[row] for row in rows))
    body = Table(
        ("Date", *(table.names[k] for k in cross.keys), *([SECTION] if with_sections else []), value_name),
        (
            make_column(f"{dates[r]}{adds[c]}{months[r]}" for r, c in zip(cell_rows, cell_columns, strict=True)),
            *(Column(key.codes[cell_rows], key.cells) for key in keys),
            make_column(_cell(table.columns[across[c]], rows[r]) for r, c in zip(cell_rows, cell_columns, strict=True)),
        ),
        table.lines[rows][cell_rows],
        table.header_row,
        table.title,
        table.sheets,
    )
    return Melted(body, table.lines[whole], table.lines[~kept & ~whole & ~blank])


def _months_of(column: Column) -> list[str]:
    """The month of every row as 2024-01, an empty text where there is none."""
    when = read_dates(column.cells).day_first.astype("datetime64[M]")
    texts = ["" if np.isnat(month) else str(month) for month in when]
    return [texts[code] for code in column.codes]


def _days_of(column: Column) -> list[str]:
    """The day of every row as it is written, an empty text where there is none."""
    texts = [cell_text(cell) if looks_like_date(cell) else "" for cell in column.cells]
    return [texts[code] for code in column.codes]


def _cell(column: Column, row: int) -> Cell:
    if column.floats is not None:
        return "" if np.isnan(column.floats[row]) else float(column.floats[row])
    cell: Cell = column.cells[int(column.codes[row])]
    return cell


def _sections(labels: list[list[str]], kept: Flags, empty: Flags) -> list[str]:
    """For each row the heading above it: the last line that held nothing but a few words."""
    heading, found = "", []
    for label, data, bare in zip(labels, kept, empty, strict=True):
        words = " ".join(text for text in label if text)
        if not data and bare and words and len(words) <= 60:
            heading = re.sub(r"\(\d+\)$", "", words).strip()
        found.append(heading)
    return found
