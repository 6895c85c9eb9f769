"""A plain table as a file, such as totals by group and span, in the formats of a forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.exports.formats import format_of
from almanac.exports.tidy import as_text
from almanac.exports.write_file import moved_into_place

if TYPE_CHECKING:
    import pandas as pd

_SHARES = ("certainty", "reached", "runs_out_chance", "out_before_arrival")  # columns that are written as percent
MAX_WIDTH = 40  # of a column of the workbook, in letters


@dataclass(frozen=True)
class _Named:
    title: str
    table: pd.DataFrame
    csv_style: CsvStyle


def save_table(
    path: Path,
    columns: Mapping[str, Sequence[Any]],
    inputs: Sequence[Path],
    sheet: str = "Totals",
    csv_style: CsvStyle = FOR_PROGRAMS,
) -> Path:
    """Write a table to ``path`` in the format of its ending, whole or not at all, and return the path.

    ``columns``: their values by name, None where there is none; ``inputs``: the files it was made from;
    ``sheet``: its name in a workbook; ``csv_style``: of a CSV file. Raises ``ProblemError`` as ``write`` does.
    """
    import pandas as pd

    save = _WRITERS[format_of(path).suffix]
    with moved_into_place(path, inputs) as temporary:
        save(temporary, _Named(sheet, pd.DataFrame(dict(columns)), csv_style))
    return path


def _save_csv(path: Path, named: _Named) -> None:
    table = named.table
    texts = {name: table[name].map(lambda x: as_text(x) if isinstance(x, str) else x) for name in _texts(table)}
    style = named.csv_style
    table.assign(**texts).to_csv(
        path, index=False, sep=style.separator, decimal=style.decimal, encoding="utf-8-sig", lineterminator="\r\n"
    )


def _save_parquet(path: Path, named: _Named) -> None:
    import fastparquet

    table = named.table
    known = {name: table[name].fillna("") for name in _texts(table)}
    fastparquet.write(str(path), table.assign(**known), compression="ZSTD", object_encoding="utf8")


def _save_workbook(path: Path, named: _Named) -> None:
    import xlsxwriter

    table = named.table
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(named.title), book.add_format({"bold": True, "bottom": 1})
        share = book.add_format({"num_format": "0.0%"})
        formats = {"growth": book.add_format({"num_format": "+0%;-0%;0%"})} | dict.fromkeys(_SHARES, share)
        amounts = book.add_format({"num_format": "#,##0.##" if _has_fractions(table) else "#,##0"})
        for at, name in enumerate(table):
            values = table[name].astype(object).where(table[name].notna(), None).tolist()
            sheet.write(0, at, name, bold)
            style = formats.get(str(name), amounts if table[name].dtype.kind == "f" else None)
            sheet.write_column(1, at, values, style)
            width = max([len(str(name)), *(len(str(value)) for value in values[:200] if isinstance(value, str))])
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


_WRITERS: Mapping[str, Callable[[Path, _Named], None]] = {
    ".xlsx": _save_workbook,
    ".csv": _save_csv,
    ".parquet": _save_parquet,
}
