"""What other packages use: list the sheets, look at the first lines, read the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from almanac.core.jobs import Job, Progress
from almanac.core.problems import Finding
from almanac.core.system.memory import give_back
from almanac.tables.columns.money.columns import TwoColumns
from almanac.tables.layout.load import (
    PREVIEW_ROWS,
    Loaded,
    header_line,
    load,
    load_head,
    raw_text,
    sheet_score,
)
from almanac.tables.observer import Observer, ignore
from almanac.tables.plan import make_plan
from almanac.tables.reading import (
    Preview,
    ReadFile,
    Reading,
    ReadingOptions,
    Role,
    SheetInfo,
)
from almanac.tables.reading_plan import ReadingPlan, column_roles
from almanac.tables.series.amounts.value_columns import other_names
from almanac.tables.sources import workbook
from almanac.tables.sources.delimited import read_head
from almanac.tables.sources.files import identify_file
from almanac.tables.timeline.day_month_order import date_format
from almanac.tables.values.cells import SHEET_STEP, Cell

_HEAD_BYTES = 128 << 10  # of a text file, to count its columns


def sheets(path: Path) -> tuple[SheetInfo, ...]:
    """The tables a person can choose from: the sheets of a workbook, or a text file as the only one."""
    path = Path(path)
    if identify_file(path).kind == "text":
        _, grid = read_head(path, _HEAD_BYTES)
        return (SheetInfo(path.name, len(grid.rows), grid.width, bool(grid.rows)),)
    with workbook.open_workbook(path) as book:
        return tuple(SheetInfo(name, *book.size(name), sheet_score(book, name) > 0) for name in book.names)


def preview(path: Path, options: ReadingOptions = ReadingOptions()) -> Preview:  # noqa: B008 - frozen
    """The first rows and what each column seems to be, from the beginning of the file only."""
    path = Path(path)
    loaded = load_head(path, options.sheet)
    plan = make_plan(loaded.table, options, path.name, head_only=True)
    return _preview(loaded, column_roles(plan))


def read(
    path: Path,
    options: ReadingOptions = ReadingOptions(),  # noqa: B008 - frozen
    observe: Observer = ignore,
) -> Job[ReadFile]:
    """Read the whole file; ``observe`` gets each decision as it is made.

    Raises ProblemError, and nothing else, when the file cannot be understood.
    """
    path = Path(path)
    return (yield from understand(path, (yield from load(path, options.sheet, observe)), options, observe))


def understand(path: Path, loaded: Loaded, options: ReadingOptions, observe: Observer = ignore) -> Job[ReadFile]:
    """What the table of the file says, read with these options: the second half of ``read``, which may be repeated.

    ``loaded`` must be the sheet that the options name. Raises ProblemError like ``read``.
    """
    from almanac.tables.questions import as_findings, questions  # a preview needs neither: it comes first
    from almanac.tables.series.assemble import assemble

    yield Progress(0, 0, f"Understanding {path.name}")
    tables = [loaded.table]
    loaded = replace(loaded, table=loaded.table.heading)
    plan = make_plan(tables.pop(), options, path.name, observe=observe)  # what it does not keep is not kept here either
    give_back()
    yield Progress(0, 0, f"Putting the rows of {path.name} together")
    assembled = assemble(plan, loaded.findings, loaded.dialect.delimiter if loaded.dialect else None, observe)
    roles = column_roles(plan)
    if plan.crosstab is None:
        left_out = set(plan.roles.values) - set(assembled.values)
        ignored: Role = "ignored"
        roles = tuple(ignored if i in left_out else role for i, role in enumerate(roles))
    names, timeline = plan.table.names, plan.dates.timeline
    asked = questions(plan, assembled)
    found = _with_sheet((*as_findings(asked, plan), *assembled.series.findings), loaded)
    series = replace(assembled.series, findings=found)
    reading = Reading(
        file=path.name,
        sha256=loaded.sha256,
        sheet=loaded.sheet,
        encoding=loaded.dialect.encoding if loaded.dialect else None,
        delimiter=loaded.dialect.delimiter if loaded.dialect else None,
        decimal=assembled.conventions[plan.roles.values[0]].decimal,
        header_row=header_line(loaded.structure),
        columns=loaded.table.names,
        roles=roles,
        date_column=plan.date_name,
        date_format=date_format(timeline, plan.dates.order) if timeline else "no dates",
        value_columns=tuple(names[i] for i in assembled.values),
        series_columns=tuple(names[i] for i in plan.roles.series),
        layout=_layout(plan, 1 if isinstance(plan.roles.money, TwoColumns) else len(assembled.values)),
        frequency=series.frequency,
        rows=len(plan.table),
        questions=asked,
        other_value_columns=other_names(plan),
    )
    file = ReadFile(reading, series, _preview(loaded, roles), series.findings, options, event_columns=assembled.events)
    observe(file)
    return file


def _with_sheet(findings: tuple[Finding, ...], loaded: Loaded) -> tuple[Finding, ...]:
    """The findings with the sheet that their rows are in; of several joined sheets the first that has some."""
    if loaded.sheet is None:
        return findings
    if not loaded.table.sheets:
        return tuple(replace(found, sheet=loaded.sheet) if found.rows else found for found in findings)
    with_sheet = []
    for found in findings:
        parts = [divmod(row, SHEET_STEP) for row in found.rows]
        first = parts[0][0] if parts else 0
        rows = tuple(line for sheet, line in parts if sheet == first)
        with_sheet.append(replace(found, rows=rows, sheet=loaded.table.sheets[first] if parts else None))
    return tuple(with_sheet)


def _layout(plan: ReadingPlan, values: int) -> Literal["long", "wide", "single"]:
    if plan.crosstab is not None:
        return "wide"
    if plan.roles.series:
        return "long"
    return "wide" if values > 1 else "single"


def _texts(row: Sequence[Cell], columns: tuple[int, ...]) -> tuple[str, ...]:
    """The cells of a row in some columns, as they are in the file."""
    whole = columns == tuple(range(len(row)))
    cells = row if whole else [row[i] if i < len(row) else "" for i in columns]
    return tuple([cell if isinstance(cell, str) else raw_text(cell) for cell in cells])


def _preview(loaded: Loaded, roles: tuple[Role, ...]) -> Preview:
    structure, grid = loaded.structure, loaded.grid
    rows = grid.rows[structure.body : structure.body + PREVIEW_ROWS]
    return Preview(
        structure.names,
        roles[: len(structure.names)],
        tuple(_texts(row, structure.columns) for row in rows),
        tuple(range(structure.body + grid.first_line, structure.body + grid.first_line + len(rows))),
        header_line(structure),
    )
