"""A file becomes a Table: the right sheet, its structure, its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import numpy as np

from almanac.core.jobs import Progress
from almanac.core.problems import Finding, ProblemError, stop_with
from almanac.core.system.memory import give_back
from almanac.core.text import did_you_mean, some
from almanac.tables.findings import registry as findings
from almanac.tables.layout.averages import with_averages
from almanac.tables.layout.durations import with_hours
from almanac.tables.layout.several_tables.counted_days import with_counted_days
from almanac.tables.layout.several_tables.joined_sheets import SheetTable, join_sheets, sheets_after_dates
from almanac.tables.layout.several_tables.section_lines import lines_above
from almanac.tables.layout.several_tables.sections import with_sections
from almanac.tables.layout.several_tables.stacked_tables import unstack
from almanac.tables.layout.several_tables.years_above import with_years_above
from almanac.tables.layout.structure import Structure, find_structure
from almanac.tables.layout.units import with_units
from almanac.tables.observer import Observer, ignore
from almanac.tables.sources import delimited, workbook
from almanac.tables.sources.files import file_state, identify_file, keeps_changing, sha256
from almanac.tables.sources.quotes import QuoteNotes
from almanac.tables.sources.workbook import Book
from almanac.tables.values.cells import Cell, Grid, Table, cell_text, clean_cell, column_letter, make_column
from almanac.workbooks.hidden_parts import Hidden

_MAX_READINGS = 2  # of a file that changes while it is read
_SHEET_RULE = "the first sheet that holds a table, unless a later one is far larger"
PREVIEW_ROWS = 100
PREVIEW_BYTES = 128 << 10
# All chosen by judgement.
_MIN_PREVIEW_ROWS = 20  # fewer, because lines are long, would not show what the columns hold
_MAX_PREVIEW_BYTES = 2 << 20
_MORE_BYTES = 4  # times as many bytes, where there were too few rows
_PREVIEW_SHEET_ROWS = 400
_LARGE_WORKBOOK_BYTES = 3 << 20  # from which on the first sheet with a table is taken: looking at all takes too long
_SCORED_ROWS = 60  # rows looked at to decide whether a sheet holds a table
_MUCH_LARGER = 4  # times the cells of an earlier sheet, from which on a later sheet is the better choice


@dataclass(frozen=True)
class SheetChoice:
    """The sheet of a workbook and the rule that chose it; ``scores``: of the sheets that were looked at."""

    name: str
    rule: str
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class Loaded:
    """The table of a file, how it was found, and its first rows as they are in the file.

    ``sha256``: of the bytes that were read, in hexadecimal; empty when only the beginning was.
    """

    table: Table
    grid: Grid
    structure: Structure
    sheet: str | None
    dialect: delimited.Dialect | None
    findings: tuple[Finding, ...]
    sha256: str = ""


def load(path: Path, sheet: str | None, observe: Observer = ignore) -> Generator[Progress, None, Loaded]:
    """Read the whole table; ``observe`` gets the format, sheet or dialect, grid and structure.

    A file that changes meanwhile is read again once. Raises ProblemError when it changes again, or cannot be read.
    """
    for _ in range(_MAX_READINGS):
        before = file_state(path)
        decisions: list[object] = []
        problem = loaded = None
        try:
            loaded = yield from _load_once(path, sheet, decisions.append)
        except ProblemError as error:  # a file that is half written may look damaged
            problem = error
        if file_state(path) != before:
            continue
        for decision in decisions:
            observe(decision)
        decisions.clear()
        give_back()
        if loaded is not None:
            return loaded
        if problem is not None:
            raise problem
    raise keeps_changing(path)


def _load_once(path: Path, sheet: str | None, observe: Observer) -> Generator[Progress, None, Loaded]:
    """Read the whole table as it is now."""
    file_format = identify_file(path)
    observe(file_format)
    yield Progress(0, 0, f"Opening {path.name}")
    if file_format.kind == "workbook":
        return replace(_load_workbook(path, sheet, observe), sha256=sha256(path))
    _refuse_sheet_name(path, sheet)
    digest = hashlib.sha256()
    dialect, grid = delimited.read_head(path, delimited.MAX_WHOLE_BYTES, digest.update)
    observe(dialect)
    observe(grid)
    structure = structure_of(path, grid)
    observe(structure)
    if grid.complete:
        found = _text_findings(dialect, dialect.quotes)
        return replace(_loaded(grid, structure, None, dialect, found), sha256=digest.hexdigest())
    from almanac.tables.layout.large_text import read_columns

    digest = hashlib.sha256()  # of the blocks, which begin with the head once more
    table, quotes = yield from read_columns(path, dialect, grid, structure, digest.update)
    table, durations = with_hours(table)
    table, stacked = _one_table(table, grid, structure)
    found = (*_text_findings(dialect, quotes), *_structure_findings(structure, stacked), *stacked, *durations)
    shown = replace(grid, rows=grid.rows[: structure.body + PREVIEW_ROWS])  # all that is asked for later
    return Loaded(table, shown, structure, None, dialect, found, digest.hexdigest())


def _text_findings(dialect: delimited.Dialect, quotes: QuoteNotes) -> tuple[Finding, ...]:
    found = [findings.nul_characters()] if dialect.nuls else []
    if quotes.stray:
        found.append(findings.stray_quotes(quotes.stray))
    if quotes.long_cells:
        found.append(findings.lines_in_one_cell(quotes.long_cells))
    if quotes.joined:
        found.append(findings.cells_joined(quotes.example, quotes.joined))
    if quotes.longer:
        found.append(findings.longer_rows(quotes.longer))
    return tuple(found)


def _load_workbook(path: Path, sheet: str | None, observe: Observer) -> Loaded:
    with workbook.open_workbook(path) as book:
        if sheet is None and (joined := _joined(book, path, observe)) is not None:
            return joined
        choice = choose_sheet(book, path, sheet)
        observe(choice)
        grid = book.grid(choice.name)
        hidden = book.hidden(choice.name)
        others = [name for name in book.names if name != choice.name]
    observe(grid)
    structure = structure_of(path, grid)
    observe(structure)
    found = (findings.several_sheets(choice.name, others),) if others and sheet is None else ()
    loaded = _loaded(grid, structure, choice.name, None, found)
    return replace(loaded, findings=loaded.findings + _hidden(hidden, loaded))


def _hidden(hidden: Hidden, loaded: Loaded) -> tuple[Finding, ...]:
    """Hidden rows and columns inside the table."""
    assert loaded.sheet is not None
    structure = loaded.structure
    last = structure.body + len(loaded.table)
    rows = tuple(row for row in hidden.rows if structure.body < row <= last)
    names = [name for i, name in zip(structure.columns, structure.names, strict=True) if i in hidden.columns]
    return (findings.hidden(rows, names, loaded.sheet),) if rows or names else ()


def _joined(book: Book, path: Path, observe: Observer) -> Loaded | None:
    """The visible sheets that are called after dates as one table, when they have the same columns.

    Where there are others, only when one of them would be read, or when together they are far larger than that.
    Sheets without data, such as forms for months to come, are left out.
    """
    names = sheets_after_dates(book.visible)
    if not names or not _larger_together(book, path, names):
        return None
    parts = {}
    for name in names:
        grid = book.grid(name)
        structure = find_structure(grid)
        if structure is not None:
            above = tuple(cell_text(clean_cell(cell)) for n in structure.above for cell in grid.rows[n])
            parts[name] = grid, structure, SheetTable(name, grid_table(grid, structure), above)
    joined = join_sheets([part for _, _, part in parts.values()], path.stem) if len(parts) > 1 else None
    if joined is None:
        return None
    grid, structure, _ = parts[joined.names[0]]
    sheet = f"{joined.names[0]} … {joined.names[-1]}"
    rule = f"{len(joined.names)} sheets are called after dates and have the same columns, so they are joined"
    for decision in (SheetChoice(sheet, rule), grid, structure):
        observe(decision)
    others = [name for name in book.visible if name not in joined.names]
    found = (findings.sheets_joined(joined.names, others, joined.dated), *_structure_findings(structure))
    return Loaded(joined.table, grid, structure, sheet, None, found)


def _larger_together(book: Book, path: Path, names: Sequence[str]) -> bool:
    """Whether these sheets as one are what ``choose_sheet`` would take."""
    chosen = choose_sheet(book, path, None).name
    if chosen in names:
        return True
    size = sum(height * width for height, width in map(book.size, names))
    return size > sheet_score(book, chosen) * _MUCH_LARGER


def load_head(path: Path, sheet: str | None) -> Loaded:
    """Read the beginning of the table only."""
    if identify_file(path).kind == "workbook":
        with workbook.open_workbook(path) as book:
            if sheet is None and (joined := _joined(book, path, ignore)) is not None:
                return joined
            name = choose_sheet(book, path, sheet).name
            grid = book.grid(name, _PREVIEW_SHEET_ROWS)
            return _loaded(grid, structure_of(path, grid), name, None, ())
    _refuse_sheet_name(path, sheet)
    dialect, grid = _text_head(path)
    return _loaded(grid, structure_of(path, grid), None, dialect, ())


def _text_head(path: Path) -> tuple[delimited.Dialect, Grid]:
    """The dialect and the first rows of a text file: more bytes where its lines are so long that few fit."""
    size = PREVIEW_BYTES
    while True:
        dialect, grid = delimited.read_head(path, size)
        if len(grid.rows) >= _MIN_PREVIEW_ROWS or size >= min(path.stat().st_size, _MAX_PREVIEW_BYTES):
            return dialect, grid
        size *= _MORE_BYTES


def _loaded(
    grid: Grid, structure: Structure, sheet: str | None, dialect: delimited.Dialect | None, found: tuple[Finding, ...]
) -> Loaded:
    table, durations = with_hours(grid_table(grid, structure))
    table, stacked = _one_table(table, grid, structure)
    return Loaded(
        table, grid, structure, sheet, dialect, (*found, *_structure_findings(structure, stacked), *stacked, *durations)
    )


def _one_table(table: Table, grid: Grid, structure: Structure) -> tuple[Table, tuple[Finding, ...]]:
    """The table with those below it as further columns, and with the names of its sections, and what was found."""
    lines = [[clean_cell(cell) for cell in grid.rows[n]] for n in structure.above]
    above = lines_above(lines, [n + grid.first_line for n in structure.above])
    table, counted = with_counted_days(with_averages(table), lines)
    table, years = with_years_above(table, lines)
    table, stacked = unstack(table, above)
    table, sections = with_sections(table, above)
    return table, (*counted, *years, *stacked, *sections)


def structure_of(path: Path, grid: Grid) -> Structure:
    """Where the table is; raises ProblemError when there is none."""
    structure = find_structure(grid)
    if structure is not None:
        return structure
    cells = [cell for row in grid.rows for cell in row if cell not in ("", None) and str(cell).strip()]
    if not cells:
        raise stop_with(
            "empty_file",
            f"{path.name} holds no data.",
            "Every cell is blank.",
            "Choose another sheet or another file.",
        )
    raise stop_with(
        "no_numbers",
        f"No numbers were found in {path.name}.",
        "It holds only text, and a forecast needs numbers over time.",
        "Choose a file with a column of dates and a column of numbers.",
    )


def grid_table(grid: Grid, structure: Structure) -> Table:
    """The columns below the header."""
    body = grid.rows[structure.body :]
    wanted = set(structure.columns)
    made = {i: make_column(cells) for i, cells in enumerate(zip_longest(*body, fillvalue="")) if i in wanted}
    columns = tuple(made[i] if i in made else make_column([""] * len(body)) for i in structure.columns)
    lines = np.arange(structure.body, structure.body + len(body), dtype=np.int64) + grid.first_line
    return with_units(Table(structure.names, columns, lines, header_line(structure), structure.title), structure.units)


def header_line(structure: Structure) -> int:
    """The line of the (first) header row, counted from 1; 0 when there is none."""
    return structure.header[0] + 1 if structure.header else 0


def _structure_findings(structure: Structure, below: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """What there is to say about lines above the data and columns; ``below``: what was found among the rows."""
    found = []
    line = header_line(structure)
    used = {row for one in below for row in one.rows}
    if line > 1 and not (structure.above and structure.above[-1] + 1 in used):
        found.append(findings.header_not_first(line, structure.title))
    if line == 0:
        found.append(findings.no_header([row + 1 for row in structure.above]))
    if structure.units_row is not None:
        units = dict(zip(structure.names, structure.units, strict=False))
        found.append(findings.units_line(structure.units_row + 1, {n: unit for n, unit in units.items() if unit}))
    if structure.notes:
        found.append(findings.lines_below_names([row + 1 for row in structure.notes]))
    if structure.duplicated:
        found.append(findings.duplicate_headers(structure.duplicated))
    if structure.marked_dates:
        found.append(findings.marked_dates(structure.marked_dates))
    if structure.tables > 1:
        found.append(findings.tables_beside(structure.tables))
    if structure.elsewhere:
        found.append(findings.second_table([column_letter(i) for i in structure.elsewhere]))
    return tuple(found)


def choose_sheet(book: Book, path: Path, asked: str | None) -> SheetChoice:
    """The sheet asked for, or the one that looks most like a table of numbers."""
    names = book.names
    if asked is not None:
        if asked in names:
            return SheetChoice(asked, "the sheet that was chosen")
        raise stop_with(
            "no_such_sheet",
            f"{path.name} has no sheet “{asked}”.",
            f"Its sheets are {some(names, 10)}.",
            did_you_mean(asked, names, "Choose one of these sheets."),
        )
    visible = book.visible
    large = path.stat().st_size > _LARGE_WORKBOOK_BYTES
    best, best_size = visible[0] if visible else "", 0
    scores = []
    for name in visible:
        size = sheet_score(book, name)
        scores.append((name, size))
        # The first sheet that holds a table is taken, unless a later one is far larger.
        if size > best_size * (_MUCH_LARGER if best_size else 1):
            best, best_size = name, size
        if large and size:
            break
    return SheetChoice(
        best, _SHEET_RULE if best_size else "no sheet holds a table, so the first is taken", tuple(scores)
    )


def sheet_score(book: Book, name: str) -> int:
    """0 for a sheet without a table, otherwise about how many cells it has."""
    grid = book.grid(name, _SCORED_ROWS)
    structure = find_structure(grid)
    if structure is None or len(structure.columns) < 1 or len(grid.rows) - structure.body < 2:
        return 0
    height, width = book.size(name)
    return height * width


def _refuse_sheet_name(path: Path, sheet: str | None) -> None:
    if sheet is not None and sheet != path.name:
        raise stop_with(
            "no_such_sheet",
            f"{path.name} has no sheet “{sheet}”.",
            "It is a text file, which holds a single table.",
            "Leave out the sheet name.",
        )


def raw_text(cell: Cell | None) -> str:
    """A cell exactly as it is in the file."""
    return cell if isinstance(cell, str) else "" if cell is None else cell_text(cell)
