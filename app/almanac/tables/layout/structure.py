"""Where the table is in a grid: titles above it, header lines, first line of data, and the columns that belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from almanac.core.arrays import Flags
from almanac.tables.columns.column_words import Meaning, meaning_of
from almanac.tables.layout.column_names import cell_text_at, column_names, title_of, titled
from almanac.tables.layout.heading import Heading, find_heading
from almanac.tables.layout.sample import SAMPLE_ROWS, Sample, sampled
from almanac.tables.layout.several_tables.side_by_side import DataArea, find_side_by_side
from almanac.tables.layout.units import is_units_label, unit_in_name, unit_of_lines, unit_of_text
from almanac.tables.values.cells import Grid, cell_text, clean_cell

_MAX_UNITS_DISTANCE = 12  # lines above the names in which one of units is looked for; chosen by judgement

# What columns mean that have not the unit which the lines above a table give for all of it.
_OF_OTHER_UNITS = frozenset(
    [Meaning.IDENTIFIER, Meaning.CALENDAR, Meaning.COUNT, Meaning.SHARE, Meaning.PRICE, Meaning.PART]
)


@dataclass(frozen=True)
class Structure:
    """``header``: indices of the header rows in the grid (empty = none), ``body``: index of the first row of data,
    ``columns``: indices of the table's columns, ``names`` and ``units`` theirs; ``duplicated`` names were given a
    number. ``units_row``: index of the row that holds the units; ``notes``: rows between header and data that are
    neither, ``above``: filled rows above the table. ``elsewhere``: columns of another table next to this one.
    ``title`` is the text above. ``tables``: how many tables next to one another, with the same dates, were joined.
    ``marked_dates``: dates in the header whose marks of footnotes ``names`` lack.
    ``header_rule`` says which rule found the header.
    """

    header: tuple[int, ...]
    body: int
    columns: tuple[int, ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    duplicated: tuple[str, ...]
    units_row: int | None
    notes: tuple[int, ...]
    above: tuple[int, ...]
    elsewhere: tuple[int, ...]
    title: str
    tables: int = 1
    marked_dates: tuple[str, ...] = ()
    header_rule: str = field(default="", compare=False)


def find_structure(grid: Grid) -> Structure | None:
    """The table in the grid, or None when nothing in it looks like one."""
    sample = sampled(grid)
    heading = find_heading(sample)
    if heading is None:
        return None
    body, header = heading.body, heading.rows
    named = np.logical_or.reduce([sample.filled[h] for h in header], initial=False)
    used = sample.filled[body:].any(axis=0) | (named & sample.data_columns) | _used_later(grid, named)
    area = DataArea(body, header, np.asarray(used), sample.measured[body:], sample.dates[body:])
    found = find_side_by_side(grid.rows, area)
    names, duplicated, marked = column_names(sample.rows, header, found.columns, found.titles)
    above = sample.rows[: min(header, default=body)]
    names = titled(names, found.columns, above)
    title = title_of([[cell_text(clean_cell(cell)) for cell in row] for row in above])
    return Structure(
        header,
        body,
        found.columns,
        names,
        _units(sample, heading, found.columns, names),
        duplicated,
        heading.units,
        heading.notes,
        tuple(n for n in range(len(above)) if sample.filled[n].any()),
        found.elsewhere,
        title,
        found.tables,
        marked,
        heading.rule,
    )


def _used_later(grid: Grid, named: Flags) -> Flags:
    """Columns that hold something below the rows looked at; of a larger file those that have a name: bool [columns]."""
    if not grid.complete:
        return named
    blank = list(range(grid.width))
    for row in grid.rows[SAMPLE_ROWS:]:
        if row:
            blank = [i for i in blank if i >= len(row) or clean_cell(row[i]) == ""]
    used = np.ones(grid.width, dtype=bool)
    used[blank] = False
    return used


def _units(sample: Sample, heading: Heading, columns: tuple[int, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The unit of each column: from the line of units, or from its name; an empty tuple when none is known."""
    first = min(heading.rows, default=0)
    nearby = range(max(first - _MAX_UNITS_DISTANCE, 0), first)
    lines = [n for n in (heading.units, *heading.rows[1:], *nearby) if n is not None]
    texts = {n: [cell_text_at(sample.rows[n], i) for i in columns] for n in lines}
    labelled = {n for n in lines if is_units_label(next(filter(None, texts[n]), ""))}
    lines = [n for n in lines if n in labelled or n not in nearby]
    above = [[cell_text(clean_cell(cell)) for cell in sample.rows[n]] for n in nearby]
    units = []
    for k, name in enumerate(names):
        found = (texts[n][k] if n in labelled and k > 0 else unit_of_text(texts[n][k]) for n in lines)
        units.append(next((unit for unit in found if unit), "") or unit_in_name(name))
    everywhere = unit_of_lines(above)
    if everywhere:
        numbers = sample.numbers[heading.body :].sum(0) > sample.dates[heading.body :].sum(0)
        without = [k for k, unit in enumerate(units) if not unit and numbers[columns[k]]]
        for k in _of_one_kind([(k, meaning_of(names[k])) for k in without]):
            units[k] = everywhere
    return tuple(units) if any(units) else ()


def _of_one_kind(meanings: Sequence[tuple[int, Meaning | None]]) -> list[int]:
    """The columns that a unit for the whole table may be of: power and temperature in one table are not both."""
    fitting = [(k, meaning) for k, meaning in meanings if meaning not in _OF_OTHER_UNITS]
    flows = [k for k, meaning in fitting if meaning is not Meaning.STATE]
    return flows or [k for k, _ in fitting]
