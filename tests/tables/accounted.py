"""Which rows of a file are in no series and in no finding: a reading may have none."""

from __future__ import annotations

from pathlib import Path

from almanac.core.jobs import run
from almanac.core.problems import MAX_ROWS_LISTED
from almanac.tables import ReadFile, ReadingOptions, read
from almanac.tables.columns.profile import TableProfile
from almanac.tables.layout.load import Loaded, load
from almanac.tables.reading_plan import ReadingPlan

_DRAWN = frozenset("-=_|:+ ")


def read_and_account(path: Path, options: ReadingOptions = ReadingOptions()) -> tuple[ReadFile, list[int]]:  # noqa: B008
    """The file as read, and the lines below the heading that hold something, are not read, and are not spoken of.

    Lines of names have no number other than a year; a line that has one counts as lost when it was taken for names.
    """
    plans: list[ReadingPlan] = []
    file = run(read(path, options, lambda made: plans.append(made) if isinstance(made, ReadingPlan) else None))
    if any(len(found.rows) >= MAX_ROWS_LISTED for found in file.findings) or plans[-1].table.sheets:
        return file, []  # more rows than a finding lists, or lines of several sheets
    loaded: Loaded = run(load(path, options.sheet))
    header, first = loaded.structure.header, loaded.grid.first_line
    filled = set()
    for n, row in enumerate(loaded.grid.rows):
        texts = [text for cell in row if cell is not None and (text := str(cell).strip())]
        names = n in header and not any(map(_is_value, texts))
        if texts and not names and n >= min(header, default=0) and not all(_DRAWN.issuperset(text) for text in texts):
            filled.add(n + first)
    listed = {row for found in file.findings for row in found.rows}
    table = plans[-1].table
    known = {line for lines in (table.lines, *table.column_lines) for line in lines.tolist()}
    return file, sorted(filled - known - listed)


def read_and_account_for_columns(path: Path) -> tuple[ReadFile, list[str]]:
    """The file as read, and the columns of numbers that are in no series, not offered and not in a finding."""
    profiles: list[TableProfile] = []
    file = run(read(path, observe=lambda made: profiles.append(made) if isinstance(made, TableProfile) else None))
    roles = dict(zip(file.reading.columns, file.reading.roles, strict=False))
    said = "\n".join(f"{found.column} {found.what} {found.why}" for found in file.findings)
    numeric = [profile.name for profile in profiles[-1].columns if profile.numeric]
    unused = [name for name in numeric if roles.get(name) == "ignored" and name not in file.reading.other_value_columns]
    return file, [name for name in unused if name not in said]


def _is_value(text: str) -> bool:
    """Whether a text is a plain number, and neither a year, a day of the month nor a code without a fraction."""
    try:
        return not float(text.replace(",", ".")).is_integer()
    except ValueError:
        return False
