"""The sheet Plan, which people edit: what Almanac expects, their own change, and the result as formulas.

Formulas hold only cell addresses and numbers, never a name, so that no text of the person's file is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job
from almanac.core.series import Forecast
from almanac.exports.content import ExportContent
from almanac.exports.workbook.printing import set_page, write_paragraph
from almanac.exports.workbook.styles import SERIES_PER_STEP, Formats, name_width, number_width, write_heads, writing
from almanac.wording.phrases import decimals_for, forecast_decimals

if TYPE_CHECKING:
    import xlsxwriter

MAX_RANGES = 250  # in a formula; Excel takes 255
MAX_ROWS = 20_000  # more are not planned by hand; chosen by judgement
WIDTHS = (34, 13, 13, 13, 9, 13, 40)  # of columns, in characters
EXPECTED, ADDED, TIMES, RESULT, NOTE = range(2, 7)  # columns
HEADS = ("Expected", "Add (+) or take off (−)", "Times", "Result", "Note")
TEXTS = (
    "Type into the yellow cells what you know and Almanac does not: an amount to add or take off (−), or a factor, "
    "such as 1.2 for 20% more, or both. Result = Expected × Times + the amount, and every total follows.",
    "Expected is the average to expect, as averages add up to totals. Closed periods are left out.",
)


@dataclass(frozen=True)
class _Part:
    """A series of the plan: ``i``: its position in the forecast; ``steps``: those it has a row for, from ``first``."""

    i: int
    steps: Integers
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.steps) - 1

    def cells(self, column: int) -> str:
        """Its rows of a column, as in a formula: "F20:F47"."""
        return f"{_cell(self.first, column)}:{_cell(self.last, column)}"


def write_plan(book: xlsxwriter.Workbook, formats: Formats, content: ExportContent) -> Job[None]:
    """Add the sheet: totals above, and below them a row for each series and step."""
    sheet = book.add_worksheet("Plan")
    sheet.hide_gridlines(2)
    plan = _Plan(sheet, formats, content)
    chosen = _that_fit(content.forecast)
    texts = list(TEXTS)
    if len(chosen) < len(content.forecast.names):
        texts.append(f"The {len(chosen):,} largest of {len(content.forecast.names):,} series are here.")
    sheet.write_string(0, 0, "Plan", formats.title)
    for row, text in enumerate(texts, start=1):
        write_paragraph(sheet, (row, 0), text, formats.quiet_paragraph, WIDTHS)
    top = len(texts) + 2
    groups = plan.groups(chosen)
    summable = len({plan.kind(i) for i in chosen}) == 1 and len(chosen) > 1
    rows_above = summable + len(groups) + len(chosen)
    parts = _parts(content.forecast, chosen, top + rows_above + 3)
    plan.write_totals(top, parts, groups, summable)
    head = top + rows_above + 2
    date = "Date" if content.forecast.frequency.dated else "Row"
    write_heads(sheet, formats, ["Series", date, *HEADS], head, numbers=range(1, NOTE))
    for done, part in enumerate(parts):
        if done % SERIES_PER_STEP == 0:
            yield writing(done, 2 * len(parts))
        plan.write_part(part)
    plan.restrict(head + 1, parts[-1].last)
    set_page(sheet, formats, landscape=False, heads=head)


def _that_fit(forecast: Forecast) -> list[int]:
    """The series that have a row for each step on the sheet: the largest where there are too many, in their order."""
    most = max(MAX_ROWS // forecast.horizon, 1)
    size = np.nansum(np.abs(forecast.mean), axis=1)
    return sorted(np.argsort(-size, kind="stable")[:most].tolist())


def _parts(forecast: Forecast, chosen: list[int], row: int) -> list[_Part]:
    parts = []
    for i in chosen:
        opened = forecast.open_steps(i)
        steps = opened[forecast.has_value(i)[opened]]
        part = _Part(i, steps if len(steps) else opened[:1], row)
        parts.append(part)
        row = part.last + 1
    return parts


class _Plan:
    """Writes the cells of the sheet from top to bottom."""

    def __init__(self, sheet: xlsxwriter.worksheet.Worksheet, formats: Formats, content: ExportContent) -> None:
        self.sheet, self.formats, self.content = sheet, formats, content
        self.expected: Floats = content.forecast.mean
        highest = self.expected if content.adjusted is None else content.adjusted.forecast.mean
        widths = [name_width(content.forecast.names), formats.date_width, *WIDTHS[2:]]
        for unit in set(content.units):
            own = [i for i, other in enumerate(content.units) if other == unit]
            most = np.maximum(self.expected[own], highest[own])
            totals = np.append(most.sum(axis=1), most.sum())
            widths[EXPECTED] = number_width(totals, 0, widths[EXPECTED], unit)
            widths[EXPECTED] = number_width(most.ravel(), self.decimals(own[0]), widths[EXPECTED], unit)
        widths[ADDED] = widths[RESULT] = widths[EXPECTED]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def decimals(self, i: int) -> int:
        """How many decimals the steps of a series have: enough for averages where it is 0 in most of them."""
        forecast = self.content.forecast
        return min(decimals_for(self.expected[i]), 2) if forecast.is_rare(i) else forecast_decimals(forecast, i)

    def kind(self, i: int) -> tuple[str, str]:
        """What keeps a series from being added to others: whether it is averaged, and its unit."""
        measure = self.content.series.measure(int(self.content.positions[i]))
        return measure.kind, measure.unit

    def groups(self, chosen: list[int]) -> list[tuple[str, list[int]]]:
        """Groups of two or more of the chosen series of one kind by a column each, and their members among these."""
        series = self.content.series
        if not series.keys or len(series.key_columns) < 2:
            return []
        found = []
        for n in range(len(series.key_columns)):
            members: dict[str, list[int]] = {}
            for k, i in enumerate(chosen):
                members.setdefault(series.keys[int(self.content.positions[i])][n], []).append(k)
            found += [(name or "(blank)", own) for name, own in members.items() if 1 < len(own) < len(chosen)]
        found = [(name, own) for name, own in found if _ranges_of(own) <= MAX_RANGES]
        return [(name, own) for name, own in found if len({self.kind(chosen[k]) for k in own}) == 1]

    def write_totals(self, row: int, parts: list[_Part], groups: list[tuple[str, list[int]]], summable: bool) -> None:
        """Write a total for everything, each group and each series, from the heads in ``row`` on."""
        write_heads(self.sheet, self.formats, ["Totals", "", *HEADS[:-1]], row, numbers=range(1, NOTE))
        everything = [("Everything", list(range(len(parts))))] if summable else []
        for name, members in everything + groups:
            row += 1
            self._write_total(row, name, [parts[k] for k in members])
        for part in parts:
            row += 1
            self._write_total(row, self.content.forecast.names[part.i], [part])

    def _write_total(self, row: int, name: str, parts: list[_Part]) -> None:
        averaged = self.kind(parts[0].i)[0] == "level"
        values = np.concatenate([self.expected[part.i][part.steps] for part in parts])
        total = float(values.mean() if averaged else values.sum())
        planned, times = self._planned(parts, averaged, total)
        decimals = self.decimals(parts[0].i) if averaged else min(self.decimals(parts[0].i), 0 if total >= 20 else 2)
        unit = self.content.units[parts[0].i]
        number = self.formats.sum(decimals, unit) if len(parts) > 1 else self.formats.number(decimals, unit)
        self.formats.write_name(self.sheet, row, f"{name}, on average" if averaged else name)
        for column in (EXPECTED, RESULT):
            cells = ",".join(_joined(parts, column))
            amount = planned if column == RESULT else total
            self.sheet.write_formula(row, column, f"={'AVERAGE' if averaged else 'SUM'}({cells})", number, amount)
        expected, result = _cell(row, EXPECTED), _cell(row, RESULT)
        self.sheet.write_formula(row, ADDED, f"={result}-{expected}", number, planned - total)
        self.sheet.write_formula(row, TIMES, f'=IF({expected}=0,"",{result}/{expected})', self.formats.number(2), times)

    def _planned(self, parts: list[_Part], averaged: bool, total: float) -> tuple[float, float | str]:
        """The same total as the person adjusted it, and by what it is multiplied by that."""
        if self.content.adjusted is None:
            return total, 1
        mean = self.content.adjusted.forecast.mean
        values = np.concatenate([mean[part.i][part.steps] for part in parts])
        planned = float(values.mean() if averaged else values.sum())
        return planned, planned / total if total else ""

    def write_part(self, part: _Part) -> None:
        """Write the rows of a series."""
        forecast, unit = self.content.forecast, self.content.units[part.i]
        decimals = self.decimals(part.i)
        number, entry, factor = self.formats.number(decimals, unit), self.formats.entry(decimals), self.formats.entry(2)
        text, changed = self.formats.entry(0), self.content.adjusted
        notes = {} if changed is None else changed.notes(part.i)
        for row, step in enumerate(part.steps.tolist(), start=part.first):
            value = float(self.expected[part.i][step])
            self.formats.write_name(self.sheet, row, forecast.names[part.i])
            self.formats.write_date(self.sheet, row, 1, int(forecast.first[part.i]) + step)
            self.sheet.write_number(row, EXPECTED, value, number)
            more = 0.0 if changed is None else float(changed.forecast.mean[part.i, step]) - value
            if more:
                self.sheet.write_number(row, ADDED, more, entry)
            else:
                self.sheet.write_blank(row, ADDED, None, entry)
            self.sheet.write_blank(row, TIMES, None, factor)
            expected, added, times = (_cell(row, column) for column in (EXPECTED, ADDED, TIMES))
            formula = f"={expected}*IF(ISNUMBER({times}),{times},1)+N({added})"
            self.sheet.write_formula(row, RESULT, formula, number, value + more)
            if note := notes.get(step, ""):
                self.sheet.write_string(row, NOTE, note, text)
            else:
                self.sheet.write_blank(row, NOTE, None, text)

    def restrict(self, first: int, last: int) -> None:
        """Let only numbers be typed where numbers belong, and no factor below 0."""
        words = {"error_title": "A number is needed", "error_message": "Type a number, or leave the cell empty."}
        number = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15} | words
        self.sheet.data_validation(first, ADDED, last, ADDED, number)
        factor = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1e6} | words
        self.sheet.data_validation(first, TIMES, last, TIMES, factor)


def _ranges_of(members: list[int]) -> int:
    """How many stretches of neighbours these are."""
    return 1 + sum(after - before > 1 for before, after in pairwise(members))


def _joined(parts: list[_Part], column: int) -> list[str]:
    """The rows of several series as ranges, those that follow one another joined."""
    ranges: list[tuple[int, int]] = []
    for part in parts:
        if ranges and ranges[-1][1] + 1 == part.first:
            ranges[-1] = ranges[-1][0], part.last
        else:
            ranges.append((part.first, part.last))
    return [f"{_cell(first, column)}:{_cell(last, column)}" for first, last in ranges]


def _cell(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"
