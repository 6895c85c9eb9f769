"""The registry of output formats: to add one, write a function and add an entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.problems import stop_with

if TYPE_CHECKING:
    from almanac.core.jobs import Job
    from almanac.exports.content import ExportContent
    from almanac.exports.plain_tables import NamedTable


@dataclass(frozen=True)
class OutputFormat:
    """One kind of file.

    ``suffix`` with its dot; ``name`` as a person calls it; ``purpose``: whom it is for and what is in it; ``write``: a
    job that writes the content to a path that no one else uses yet; ``write_table``: writes a plain table there, such
    as totals; None where this kind of file is for forecasts alone.
    """

    suffix: str
    name: str
    purpose: str
    write: Callable[[Path, ExportContent], Job[None]]
    write_table: Callable[[Path, NamedTable], None] | None = None


# The libraries behind these are heavy, so each is imported when it writes.
def _write_workbook(path: Path, content: ExportContent) -> Job[None]:
    from almanac.exports.workbook.book import write_workbook

    return write_workbook(path, content)


def _write_csv(path: Path, content: ExportContent) -> Job[None]:
    from almanac.exports.tidy import write_csv

    return write_csv(path, content)


def _write_parquet(path: Path, content: ExportContent) -> Job[None]:
    from almanac.exports.tidy import write_parquet

    return write_parquet(path, content)


def _table_as_workbook(path: Path, table: NamedTable) -> None:
    from almanac.exports.plain_tables import write_workbook_table

    write_workbook_table(path, table)


def _table_as_csv(path: Path, table: NamedTable) -> None:
    from almanac.exports.plain_tables import write_csv_table

    write_csv_table(path, table)


def _table_as_parquet(path: Path, table: NamedTable) -> None:
    from almanac.exports.plain_tables import write_parquet_table

    write_parquet_table(path, table)


FORMATS = (
    OutputFormat(
        ".xlsx",
        "Excel workbook",
        "For people: totals next to last year, every forecast with its likely range, a plan and charts you can edit, "
        "what we noticed in your file, and how the forecast was made.",
        _write_workbook,
        _table_as_workbook,
    ),
    OutputFormat(
        ".csv", "CSV", "For other programs: plain text, one row for each series and step.", _write_csv, _table_as_csv
    ),
    OutputFormat(
        ".parquet",
        "Parquet",
        "For data tools: the same rows, in a small file with data types.",
        _write_parquet,
        _table_as_parquet,
    ),
)


def format_of(path: Path, *, of_table: bool = False) -> OutputFormat:
    """The format that the ending of ``path`` asks for; ``of_table``: one that plain tables can be saved in.

    Raises ``ProblemError`` for any other ending.
    """
    known = [entry for entry in FORMATS if not of_table or entry.write_table is not None]
    for entry in known:
        if entry.suffix == path.suffix.lower():
            return entry
    endings = [f"{entry.suffix} ({entry.name})" for entry in known]
    raise stop_with(
        "unknown_format",
        f"Almanac cannot save as “{path.suffix or path.name}”.",
        "The ending of the name says which kind of file to write.",
        f"Choose a name that ends in {', '.join(endings[:-1])} or {endings[-1]}.",
    )
