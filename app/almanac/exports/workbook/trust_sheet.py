"""The sheet Checks: how far the forecast can be trusted, as headings, sentences and small tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.wording.trust_sections import Section

if TYPE_CHECKING:
    import xlsxwriter

    from almanac.exports.workbook.styles import Formats

WIDTHS = (60, 22, 30, 22, 16, 16)


def write_checks(book: xlsxwriter.Workbook, formats: Formats, sections: tuple[Section, ...]) -> None:
    """Add the sheet; nothing when there is nothing to tell."""
    if not sections:
        return
    sheet = book.add_worksheet("Checks")
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    line = 0
    for section in sections:
        sheet.write_string(line, 0, section.heading, formats.section)
        line += 1
        for text in section.lines:
            sheet.write_string(line, 0, text)
            line += 1
        for column, text in enumerate(section.heads):
            sheet.write_string(line, column, text, formats.head)
        line += bool(section.heads)
        for row in section.rows:
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value, formats.quiet if column == section.quiet else None)
                elif np.isfinite(value):
                    whole = float(value).is_integer()
                    style = formats.share if column in section.shares else formats.number(0 if whole else 2)
                    sheet.write_number(line, column, value, style)
            line += 1
        line += 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
