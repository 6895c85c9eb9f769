"""The sheets What Was Changed and About This Forecast."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from almanac.core.problems import Finding, Problem
from almanac.core.text import some
from almanac.exports.content import ExportContent
from almanac.exports.workbook.printing import set_page, write_paragraph
from almanac.exports.workbook.styles import Formats, write_heads

if TYPE_CHECKING:
    import xlsxwriter

MAX_ROWS = 12  # of a finding that are listed
CHANGES = (
    ("What", 44),
    ("How many", 9),
    ("Explanation", 44),
    ("What you can do", 44),
    ("Rows in your file", 22),
    ("Treated as", 22),
    ("Changed", 9),
)


def write_changes(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> None:
    """Add the sheet of every finding with its treatment, and below how the file was read."""
    sheet = book.add_worksheet("What Was Changed")
    for column, (_, width) in enumerate(CHANGES):
        sheet.set_column(column, column, width)
    write_heads(sheet, formats, [head for head, _ in CHANGES], numbers=(1, 6))
    sheet.freeze_panes(1, 0)
    if not content.findings:
        sheet.write_string(1, 0, "Nothing was changed.")
    for row, finding in enumerate(content.findings, start=1):
        _write_finding(sheet, formats, row, finding)
    for row, (label, text) in enumerate(content.record, start=max(len(content.findings), 1) + 3):
        sheet.write_string(row, 0, label, formats.strong)
        write_paragraph(sheet, (row, 2), text, formats.wrap, [width for _, width in CHANGES[2:]])
    set_page(sheet, formats, heads=0)


def _write_finding(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, row: int, finding: Problem) -> None:
    sheet.write_string(row, 0, finding.what, formats.wrap)
    sheet.write_number(row, 1, finding.count, formats.top)
    sheet.write_string(row, 2, finding.why, formats.wrap)
    sheet.write_string(row, 3, finding.fix, formats.wrap)
    sheet.write_string(row, 4, some([str(row) for row in finding.rows], MAX_ROWS), formats.wrap)
    if isinstance(finding, Finding):
        treatment = finding.choices[finding.chosen].label if finding.choices else ""
        sheet.write_string(row, 5, treatment, formats.wrap)
        sheet.write_number(row, 6, finding.changed, formats.top)


def write_about(book: xlsxwriter.Workbook, formats: Formats, about: tuple[tuple[str, str], ...]) -> None:
    """Add the sheet of what it takes to make the same forecast again."""
    sheet = book.add_worksheet("About This Forecast")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (label, text) in enumerate(about):
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_string(row, 1, text, formats.wrap)
    set_page(sheet, formats)
    book.set_properties({"title": "Forecast", "comments": "Made with Almanac", "created": datetime.now()})
