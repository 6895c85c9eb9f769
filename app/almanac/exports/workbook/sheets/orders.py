"""The sheet Orders: how much to order of each product, and when it runs out without an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from almanac.exports.content import OrderLine
from almanac.exports.workbook.printing import set_page
from almanac.exports.workbook.styles import WIDTH, Formats, name_width, number_width, write_heads
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    import xlsxwriter

HEADS = (
    "Product",
    "Order",
    "Packs",
    "Runs out",
    "Chance by then",
    "Runs out before an order arrives",
    "Enough with",
    "Wanted",
    "Stock",
    "On order",
    "Expected until the next order arrives",
    "Pack size",
)
HEAD_ROW = 3
_RUNS_OUT = 3
_SHARES = (4, 5, 6, 7)


def write_orders(book: xlsxwriter.Workbook, formats: Formats, lines: Sequence[OrderLine]) -> None:
    """Add the sheet, unless there are no orders: what to order today first."""
    if not lines:
        return
    sheet = book.add_worksheet("Orders")
    sheet.hide_gridlines(2)
    today = sum(line.order > 0 for line in lines)
    sheet.write_string(0, 0, "How much to order", formats.title)
    sheet.write_string(1, 0, f"{today:,} of {len(lines):,} products to order today.", formats.quiet)
    amounts = np.array([_amounts(line) for line in lines])
    decimals = 0 if (amounts[:, (0, 2, 3, 5)] % 1 == 0).all() else decimals_for(amounts[:, 0])
    write_heads(sheet, formats, HEADS, HEAD_ROW, numbers=range(1, len(HEADS)))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    for row, line in enumerate(lines, start=HEAD_ROW + 1):
        _write_line(sheet, formats, row, line, decimals)
    sheet.set_column(0, 0, name_width([line.name for line in lines]))
    sheet.set_column(1, len(HEADS) - 1, number_width(amounts.ravel(), decimals, WIDTH))
    set_page(sheet, formats, heads=HEAD_ROW)


def _amounts(line: OrderLine) -> tuple[float, ...]:
    return line.order, float(line.packs), line.on_hand, line.on_order, line.expected, line.pack


def _write_line(
    sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, row: int, line: OrderLine, decimals: int
) -> None:
    order, packs, on_hand, on_order, expected, pack = _amounts(line)
    shares = line.chance, line.before_arrival, line.reached, line.certainty
    number = formats.number(decimals)
    formats.write_name(sheet, row, line.name)
    sheet.write_number(row, 1, order, number)
    sheet.write_number(row, 2, packs, formats.number(0))
    if line.runs_out is None:
        sheet.write_string(row, _RUNS_OUT, "lasts", formats.quiet_right)
    else:
        formats.write_date(sheet, row, _RUNS_OUT, line.runs_out)
    for column, share in zip(_SHARES, shares, strict=True):
        sheet.write_number(row, column, share, formats.share)
    for column, amount in enumerate((on_hand, on_order, expected, pack), start=8):
        sheet.write_number(row, column, amount, number)
