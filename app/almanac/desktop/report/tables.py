"""The tables of the report as HTML: totals next to last year, and every step of a series."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.series import Forecast
from almanac.core.text import shortened
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.phrases import forecast_decimals
from almanac.wording.totals import change_on_last_year, total_sentence

if TYPE_CHECKING:
    from almanac.exports import TotalLine

MAX_NAME_LENGTH, MAX_ON_ONE_LINE = 40, 24
CELL_PADDING, GAP, NAME_SHARE = 1, 6, 26  # points; points before a cell; percent of the width for names
MIN_STEPS_IN_TWO = 15  # from so many steps on they are in two columns
MAX_DIGITS_IN_TWO, MAX_DIGITS_IN_ROW = 7, 55  # letters of a number for two columns; of all in a row, for the usual type
TOTAL_HEADS = ("About", "Likely from", "to", "Last year", "Growth")
STEP_HEADS = ("", "About", "Likely from", "to")


def total_words(line: TotalLine) -> str:
    """One total in a sentence, as the person's computer writes numbers: "about 1,310, 80% likely 1,190 to 1,440"."""
    return total_sentence(line.figures, line.support, numbers.LOCALE)


def totals_table(title: str, lines: Sequence[TotalLine], names: Sequence[str] = ()) -> str:
    """A row for each total; ``names``: what the rows are called, where not by their titles."""
    units = {line.unit for line in lines}
    shared = f"{title}, in {min(units)}" if len(units) == 1 and min(units) else title
    rows = []
    for line, name in zip(lines, names or [line.title for line in lines], strict=True):
        unit = line.unit if len(units) > 1 else ""
        figures = (line.point, line.low, line.high, line.last_year)
        amounts = [
            f"{numbers.number(value, line.decimals)} {unit}".strip() if np.isfinite(value) else "" for value in figures
        ]
        rows.append([shortened(name, MAX_NAME_LENGTH), *amounts, change_on_last_year(line.figures, numbers.LOCALE)])
    return _table([shared, *TOTAL_HEADS], rows, (0,))


def steps_table(forecast: Forecast, i: int) -> str:
    """Every step of series ``i`` that has a value, in two columns where there are many and their numbers are short."""
    cells = step_texts(forecast, i)
    longest = max((len(text) for row in cells for text in row[1:]), default=0)
    if len(cells) < MIN_STEPS_IN_TWO or longest > MAX_DIGITS_IN_TWO:
        return _table(STEP_HEADS, cells, (0,))
    half = -(-len(cells) // 2)
    right = cells[half:] + [[""] * len(STEP_HEADS)] * (2 * half - len(cells))
    pairs = [[*one, *other] for one, other in zip(cells[:half], right, strict=True)]
    return _table([*STEP_HEADS, *STEP_HEADS], pairs, (0, len(STEP_HEADS)))


def step_texts(forecast: Forecast, i: int) -> list[list[str]]:
    """The period of each open step of series ``i``, its forecast and both ends of its likely range."""
    decimals = forecast_decimals(forecast, i)
    shown = [values[0] for values in forecast.select(i).shown]
    steps = [step for step in forecast.open_steps(i).tolist() if np.isfinite(shown[0][step])]
    return [
        [when(forecast.frequency, int(forecast.first[i]) + step), *(numbers.number(v[step], decimals) for v in shown)]
        for step in steps
    ]


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts, of which the first column has names."""
    return _table(heads, [[shortened(row[0], MAX_NAME_LENGTH), *row[1:]] for row in rows], (0,))


def quiet(text: str) -> str:
    """A sentence in grey."""
    return f"<p style='color:{LIGHT.quiet}; margin:2px 0'>{escape(text)}</p>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], names: tuple[int, ...]) -> str:
    """A table with lines below its rows, in smaller type where numbers are long; columns ``names`` hold words."""
    longest = max((sum(len(text) for k, text in enumerate(row) if k not in names) for row in rows), default=0)
    small = "font-size:7px" if longest > MAX_DIGITS_IN_ROW else ""
    made = [_row(heads, names, f"color:{LIGHT.quiet}; font-size:9px"), *(_row(row, names, small) for row in rows)]
    look = f"width='100%' cellspacing='0' cellpadding='{CELL_PADDING}' style='margin-top:6px'"
    return f"<table {look}>{''.join(made)}</table>"


def _row(cells: Sequence[str], names: tuple[int, ...], look: str) -> str:
    """A row of texts: those in ``names`` are aligned on the left, and long ones may have two lines."""
    style = f"{look}; border-bottom:1px solid {LIGHT.line}; padding-left:{GAP}px"
    made = []
    for column, text in enumerate(cells):
        place = f"align='left' width='{NAME_SHARE}%'" if column in names else "align='right'"
        breaks = column in names and len(text) > MAX_ON_ONE_LINE
        fixed = escape(text) if breaks else escape(text).replace(" ", "&nbsp;")
        made.append(f"<td {place} style='{style}{'' if breaks else '; white-space:nowrap'}'>{fixed}</td>")
    return f"<tr>{''.join(made)}</tr>"
