"""How sheets print: one page wide on A4, with their headings on every page and page numbers below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from almanac.exports.workbook.styles import POINTS_PER_LINE, Formats

if TYPE_CHECKING:
    import xlsxwriter

A4 = 9  # Excel's number for it
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches
MAX_NAME = 100  # of the file in the footer, which holds 255 characters in all


def set_page(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: Formats,
    *,
    landscape: bool = True,
    heads: int | None = None,
    scale: int | None = None,
) -> None:
    """Print the sheet one page wide, or at ``scale`` percent; ``heads``: the row of headings that each page repeats."""
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    if landscape:
        sheet.set_landscape()
    if scale is None:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(scale)
    if heads is not None:
        sheet.repeat_rows(heads)
    name = formats.source[:MAX_NAME].replace("&", "&&")
    sheet.set_footer(f"&L{name}&C&A&RPage &P of &N")


def write_paragraph(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: tuple[int, int],
    text: str,
    style: xlsxwriter.format.Format,
    widths: Sequence[int],
) -> None:
    """Write a text from a cell on across columns of these widths (in characters), with the lines it takes."""
    row, first = at
    lines = -(-len(text) // max(sum(widths), 1))
    if lines > 1:
        sheet.set_row(row, POINTS_PER_LINE * lines)
    if len(widths) > 1:
        sheet.merge_range(row, first, row, first + len(widths) - 1, "", style)
    sheet.write_string(row, first, text, style)
