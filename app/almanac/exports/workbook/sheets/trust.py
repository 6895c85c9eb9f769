"""The sheet Checks: how far the forecast can be trusted, as headings, sentences and small tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.exports.workbook.printing import set_page, write_paragraph
from almanac.wording.trust.sections import Section

if TYPE_CHECKING:
    import xlsxwriter

    from almanac.exports.workbook.styles import Formats

WIDTHS = (60, 22, 30, 22, 16, 16)


def write_checks(book: xlsxwriter.Workbook, formats: Formats, sections: tuple[Section, ...]) -> None:
    """Add the sheet, unless there are no sections."""
    if not sections:
        return
    sheet = book.add_worksheet("Checks")
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    line = 0
    for section in sections:
        line = _write_section(sheet, formats, section, line) + 1
    set_page(sheet, formats)


def _write_section(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, section: Section, line: int) -> int:
    """Write a section from ``line`` on; returns the line after it."""
    sheet.write_string(line, 0, section.heading, formats.section)
    for k, text in enumerate(section.lines, start=1):
        style = formats.quiet_paragraph if section.undecided else formats.paragraph
        write_paragraph(sheet, (line + k, 0), text, style, list(WIDTHS))
    table = line + 1 + len(section.lines)
    for column, text in enumerate(section.heads):
        texts = any(isinstance(row[column], str) for row in section.rows if column < len(row))
        style = formats.head if texts else formats.number_head
        sheet.write_string(table, column, text, formats.note_head if column == section.quiet else style)
    first_row = table + bool(section.heads)
    for k, row in enumerate(section.rows):
        for column, value in enumerate(row):
            _write_cell(sheet, formats, section, (first_row + k, column), value)
    return first_row + len(section.rows)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: Formats,
    section: Section,
    at: tuple[int, int],
    value: str | float,
) -> None:
    """Write a text or a number; nothing for a number that is not finite."""
    if isinstance(value, str):
        sheet.write_string(*at, value, formats.note if at[1] == section.quiet else None)
    elif np.isfinite(value):
        whole = float(value).is_integer()
        sheet.write_number(*at, value, formats.share if at[1] in section.shares else formats.number(0 if whole else 2))
