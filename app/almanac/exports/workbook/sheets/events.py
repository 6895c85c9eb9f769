"""The sheet Events: each event with its dates, its effect and how often it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.entered.events import EventEffect
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import Formats, write_heads
from almanac.wording.events import KINDS, effect_size, event_name

if TYPE_CHECKING:
    import xlsxwriter

HEADS = (
    ("Event", 44),
    ("Kind", 20),
    ("Effect", 18),
    ("Likely at least", 14),
    ("Likely at most", 14),
    ("Seen", 8),
    ("In the forecast", 14),
    ("Values left out", 14),
    ("When", 60),
)
MAX_DATES = 40  # in one cell, the latest; a column such as promo may have hundreds


def write_events(book: xlsxwriter.Workbook, formats: Formats, events: tuple[EventEffect, ...]) -> None:
    """Add the sheet, unless there are no events."""
    if not events:
        return
    sheet = book.add_worksheet("Events")
    for column, (_, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
    write_heads(sheet, formats, [head for head, _ in HEADS], numbers=range(2, 8))
    sheet.freeze_panes(1, 1)
    for row, effect in enumerate(events, start=1):
        _write_event(sheet, formats, row, effect)
    set_page(sheet, formats, heads=0)


def _write_event(sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, row: int, effect: EventEffect) -> None:
    sheet.write_string(row, 0, event_name(effect), formats.wrap)
    sheet.write_string(row, 1, KINDS[effect.kind])
    if effect.is_measured and effect.relative:
        for column, share in ((2, effect.size), (3, effect.low), (4, effect.high)):
            sheet.write_number(row, column, round(share, 4), formats.share)
    else:
        sheet.write_string(row, 2, effect_size(effect))
    for column, count in ((5, effect.seen), (6, effect.to_come), (7, effect.left_out)):
        sheet.write_number(row, column, count)
    earlier = "… " if len(effect.dates) > MAX_DATES else ""
    sheet.write_string(row, 8, earlier + ", ".join(effect.dates[-MAX_DATES:]), formats.wrap)
