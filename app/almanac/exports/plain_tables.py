"""Plain tables, such as totals by group and span, as a workbook, CSV or Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.csv_style import CsvStyle
from almanac.exports.tidy import as_text

if TYPE_CHECKING:
    import pandas as pd

_SHARES = ("certainty", "reached", "runs_out_chance", "out_before_arrival")  # columns that are written as percent
MAX_WIDTH = 40  # of a column of the workbook, in letters


@dataclass(frozen=True)
class NamedTable:
    """A table with its ``title``, the name of its sheet in a workbook; ``csv_style``: of a CSV file."""

    title: str
    table: pd.DataFrame
    csv_style: CsvStyle


def write_csv_table(path: Path, named: NamedTable) -> None:
    """Write a table as CSV."""
    table = named.table
    texts = {name: table[name].map(lambda x: as_text(x) if isinstance(x, str) else x) for name in _texts(table)}
    style = named.csv_style
    table.assign(**texts).to_csv(
        path, index=False, sep=style.separator, decimal=style.decimal, encoding="utf-8-sig", lineterminator="\r\n"
    )


def write_parquet_table(path: Path, named: NamedTable) -> None:
    """Write a table as Parquet."""
    import fastparquet

    table = named.table
    known = {name: table[name].fillna("") for name in _texts(table)}
    fastparquet.write(str(path), table.assign(**known), compression="ZSTD", object_encoding="utf8")


def write_workbook_table(path: Path, named: NamedTable) -> None:
    """Write a table as a workbook of one sheet."""
    import xlsxwriter

    table = named.table
    # In memory: stopped, XlsxWriter would leave its files behind.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        sheet, bold = book.add_worksheet(named.title), book.add_format({"bold": True, "bottom": 1})
        share = book.add_format({"num_format": "0.0%"})
        formats = {"growth": book.add_format({"num_format": "+0%;-0%;0%"})} | dict.fromkeys(_SHARES, share)
        amounts = book.add_format({"num_format": "#,##0.##" if _has_fractions(table) else "#,##0"})
        for at, name in enumerate(table):
            values = table[name].astype(object).where(table[name].notna(), None).tolist()
            sheet.write(0, at, name, bold)
            style = formats.get(str(name), amounts if table[name].dtype.kind == "f" else None)
            sheet.write_column(1, at, values, style)
            width = max([len(str(name)), *(len(value) for value in values[:200] if isinstance(value, str))])
            sheet.set_column(at, at, min(max(width + 2, 10), MAX_WIDTH))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _has_fractions(table: pd.DataFrame) -> bool:
    """Whether amounts are so small that they need decimals."""
    largest = float(table["point"].abs().max()) if "point" in table else 0.0
    return largest < 20


def _texts(table: pd.DataFrame) -> list[str]:
    """The columns that are not numbers."""
    return [str(name) for name in table if table[name].dtype.kind not in "bif"]
