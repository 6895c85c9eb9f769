"""The rows of a list by the headings of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from almanac.core.problems import ProblemError, stop_with
from almanac.core.text import normalise, some
from almanac.tables.columns.column_words import words_of
from almanac.tables.entered_lists.words import HEADINGS, ListColumn, listed

Entry = dict[ListColumn, str]


@dataclass(frozen=True)
class ListKind:
    """What is listed: "event"; ``code`` of its Problems; which ``columns`` it has, and which it must have."""

    name: str
    plural: str
    code: str
    columns: tuple[ListColumn, ...]
    required: tuple[ListColumn, ...]

    @property
    def column_names(self) -> str:
        """Its columns in English."""
        return ", ".join(column.value for column in self.columns)


@dataclass(frozen=True)
class ListRows:
    """The rows below the headings that are not empty, each with its number in the file, cell by cell.

    ``english``: whether the headings are; then 03/04/2025 may have the month first.
    """

    lines: tuple[int, ...]
    entries: tuple[Entry, ...]
    english: bool


def rows_by_heading(rows: Sequence[Sequence[str]], kind: ListKind, file: str) -> ListRows:
    """Raises ``ProblemError`` when a column is missing, two are called the same, or nothing is listed."""
    headings = rows[0] if rows else ()
    at = {column: place for column in kind.columns if (place := _place(column, headings, file)) is not None}
    missing = [f"“{column.value}”" for column in kind.required if column not in at]
    if missing and rows:
        optional = some([column.value for column in kind.columns if column not in kind.required], len(kind.columns))
        raise stop_with(
            f"{kind.code}_without_columns",
            f"{file} has no column {some(missing)}.",
            f"A list of {kind.plural} has the columns {kind.column_names}; {optional} may be left out.",
            "Name the columns so in the first row, in English or another language that Almanac reads.",
        )
    found = [
        (line, {column: row[i].strip() if i < len(row) else "" for column, i in at.items()})
        for line, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise nothing_listed(kind, file)
    english = all(normalise(headings[i]) in (column.value, "date") for column, i in at.items())
    return ListRows(tuple(line for line, _ in found), tuple(entry for _, entry in found), english)


def nothing_listed(kind: ListKind, file: str) -> ProblemError:
    """A list without rows."""
    return stop_with(
        f"no_{kind.code}",
        f"{file} lists no {kind.plural}.",
        "It has no row below the names of the columns.",
        f"Add rows with {kind.column_names}.",
    )


def _place(column: ListColumn, headings: Sequence[str], file: str) -> int | None:
    """Where a column is: by its name in English, else by the only heading that means it."""
    words = [words_of(heading.replace("_", " ")) for heading in headings]
    if column.value in words:
        return words.index(column.value)
    known = listed(HEADINGS[column])
    found = [i for i, heading in enumerate(words) if heading in known]
    if len(found) > 1:
        both = some([f"“{headings[i]}”" for i in found])
        raise stop_with(
            "list_with_two_columns",
            f"{file} has {both}, and each may be the column “{column.value}”.",
            "Almanac does not guess which one counts.",
            f"Call the one that counts “{column.value}”.",
        )
    return found[0] if found else None
