"""Single lines of a file, exactly as they are in it: those that a finding refers to."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from almanac.core.jobs import Job, Progress
from almanac.tables.layout.large_text import MEGABYTE, blocks
from almanac.tables.layout.load import header_line, load_head, raw_text, structure_of
from almanac.tables.reading import Preview, Role
from almanac.tables.sources import delimited, workbook
from almanac.tables.sources.files import identify_file
from almanac.tables.values.cells import Cell, Grid


def excerpt(path: Path, sheet: str | None, lines: Sequence[int]) -> Job[Preview]:
    """These lines (1 = the first of the file or sheet), each with every column of the table."""
    path = Path(path)
    yield Progress(0, 0, f"Looking up rows of {path.name}")
    if identify_file(path).kind == "workbook":
        structure = load_head(path, sheet).structure
        with workbook.open_workbook(path) as book:
            grid = book.grid(sheet or book.visible[0])
        found = _from_grid(grid, lines)
    else:
        dialect, grid = delimited.read_head(path, delimited.MAX_WHOLE_BYTES)
        structure = structure_of(path, grid)
        found = _from_grid(grid, lines) if grid.complete else (yield from _from_blocks(path, dialect, set(lines)))
    rows = tuple(tuple(raw_text(row[i]) if i < len(row) else "" for i in structure.columns) for _, row in found)
    roles: list[Role] = ["ignored"] * len(structure.columns)
    return Preview(structure.names, tuple(roles), rows, tuple(line for line, _ in found), header_line(structure))


def _from_grid(grid: Grid, lines: Sequence[int]) -> list[tuple[int, Sequence[Cell]]]:
    inside = sorted(line for line in set(lines) if 0 <= line - grid.first_line < len(grid.rows))
    return [(line, grid.rows[line - grid.first_line]) for line in inside]


def _from_blocks(
    path: Path, dialect: delimited.Dialect, lines: set[int]
) -> Generator[Progress, None, list[tuple[int, Sequence[Cell]]]]:
    """The lines of a large file, which is read no further than the last of them."""
    found: list[tuple[int, Sequence[Cell]]] = []
    total = max(path.stat().st_size // MEGABYTE, 1)
    last, line = max(lines, default=0), 0
    for block, done in blocks(path, dialect.encoding):
        for row in delimited.split(block.decode("utf-8", "replace"), dialect.delimiter_choice, path).rows:
            line += 1
            if line in lines:
                found.append((line, row))
        if line >= last:
            break
        yield Progress(done // MEGABYTE, total, f"Looking up rows of {path.name}")
    return found


def rows_of_file(path: Path) -> list[list[str]]:
    """Every row of a small file as text, of a workbook those of its first visible sheet. Raises ``ProblemError``."""
    path = Path(path)
    if identify_file(path).kind == "workbook":
        with workbook.open_workbook(path) as book:
            grid = book.grid(book.visible[0])
    else:
        _, grid = delimited.read_head(path, delimited.MAX_WHOLE_BYTES)
    return [[raw_text(cell) for cell in row] for row in grid.rows]
