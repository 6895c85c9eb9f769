"""What the file itself cannot answer: asked, with the reading that was assumed as the first answer."""

from __future__ import annotations

import re
from datetime import date

import numpy as np

from almanac.core.calendar.fiscal import MONTHS
from almanac.core.problems import Choice, Finding
from almanac.tables.columns.crosstab.fiscal_across import FiscalMonths
from almanac.tables.findings import registry as findings
from almanac.tables.reading import Question
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.assemble import Assembled
from almanac.tables.values.dates.date_patterns import Grain
from almanac.tables.values.numbers import read_number
from almanac.wording.reading import DAY_OR_MONTH

_ONE_SIGN = re.compile(r"(-?\d{1,3})([.,])(\d{3})(?!\d)")
_MOVED = {"out": "only what went out", "in": "only what came in", "all": "the difference"}
_BOOKED = {"out": "only debits", "in": "only credits", "all": "the difference"}
_COUNTED = {"out": "only money out", "in": "only money in", "all": "money in and out together"}


def questions(plan: ReadingPlan, assembled: Assembled) -> tuple[Question, ...]:
    """Every question that the file leaves open and the person has not answered yet."""
    asked = (_day_or_month(plan), _fiscal_start(plan), _point_or_comma(plan, assembled), _ledger_side(plan, assembled))
    return tuple(question for question in asked if question is not None)


def as_findings(asked: tuple[Question, ...], plan: ReadingPlan) -> tuple[Finding, ...]:
    """The questions for those who read a list of findings instead of being asked; a ledger has a finding already."""
    found = []
    for question in asked:
        if question.code == findings.day_or_month.code:
            found.append(findings.day_or_month(plan.date_name, question.text, question.choices))
        elif question.code == findings.fiscal_start.code:
            found.append(findings.fiscal_start(plan.date_name, question.text, question.choices))
        elif question.code == findings.point_or_comma.code:
            found.append(findings.point_or_comma(question.text, question.choices))
    return tuple(found)


def _day_or_month(plan: ReadingPlan) -> Question | None:
    order, timeline, source = plan.dates.order, plan.dates.timeline, plan.dates.source
    if order.certain or timeline is None or source is None:
        return None
    column = plan.all_rows.columns[source.columns[0]]
    day_first, month_first = timeline.day_first, timeline.month_first
    differing = np.flatnonzero((day_first != month_first) & ~np.isnat(day_first) & ~np.isnat(month_first))
    if not len(differing):
        return None
    row = int(differing[0])
    choices = [
        Choice(_long_date(when[row].astype("datetime64[D]").item()), (("day_first", first),))
        for when, first in ((day_first, True), (month_first, False))
    ]
    if not order.day_first:
        choices.reverse()
    cell = column.text(row)
    return Question(DAY_OR_MONTH, _is_that_right(f"{cell} as {choices[0].label}"), tuple(choices), cell)


def _fiscal_start(plan: ReadingPlan) -> Question | None:
    timeline = plan.dates.timeline
    if plan.melted is not None and plan.melted.fiscal is not None:
        return _start_of_months(plan.melted.fiscal)
    if timeline is None or len(timeline.fiscal_starts) < 2 or not len(plan.table):
        return None
    first = plan.dates.when[0].astype("datetime64[M]")
    months = 3 if plan.dates.grain is Grain.QUARTER else 1
    choices = [
        Choice(_span(first + (start - timeline.fiscal_starts[0]), months), (("fiscal_start", start),))
        for start in timeline.fiscal_starts
    ]
    source = plan.dates.source
    cell = " ".join(plan.table.columns[i].text(0) for i in source.columns) if source else ""
    return Question(findings.fiscal_start.code, _is_that_right(f"{cell} as {choices[0].label}"), tuple(choices), cell)


def _start_of_months(fiscal: FiscalMonths) -> Question | None:
    """Which months of the calendar a year has whose months are named, but not their years."""
    if len(fiscal.starts) < 2:
        return None
    january = np.datetime64(f"{fiscal.year:04d}-01", "M")
    choices = tuple(Choice(_span(january + start, MONTHS), (("fiscal_start", start),)) for start in fiscal.starts)
    return Question(
        findings.fiscal_start.code, _is_that_right(f"{fiscal.cell} as {choices[0].label}"), choices, fiscal.cell
    )


def _span(first: np.datetime64, months: int) -> str:
    """The months from the first on: "April 2022", "April to June 2022", "April 2022 to March 2023"."""
    begin, end = (month.astype("datetime64[D]").item() for month in (first, first + (months - 1)))
    if months == 1:
        return f"{begin:%B %Y}"
    return f"{begin:%B} to {end:%B %Y}" if begin.year == end.year else f"{begin:%B %Y} to {end:%B %Y}"


def _long_date(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")


def _is_that_right(reading: str) -> str:
    return f"We read {reading}. Is that right?"


def _point_or_comma(plan: ReadingPlan, assembled: Assembled) -> Question | None:
    for i in assembled.values:
        convention = assembled.conventions[i]
        if convention.certain:
            continue
        example = next((c for c in plan.table.columns[i].cells if isinstance(c, str) and _reads_both_ways(c)), None)
        if example is None:
            continue
        other = "," if convention.decimal == "." else "."
        choices = tuple(
            Choice(_spoken(example, sign), (("decimal", sign),), f"“{sign}” is the decimal sign.")
            for sign in (convention.decimal, other)
        )
        reading = f"{example} in “{plan.table.names[i]}” as {choices[0].label}"
        return Question(findings.point_or_comma.code, _is_that_right(reading), choices)
    return None


def _spoken(cell: str, decimal: str) -> str:
    """A number with one sign before three digits as it is spoken, which no sign can blur: "25 point 192"."""
    parts = _ONE_SIGN.search(cell)
    if parts is None:
        return f"{read_number(cell, decimal):,}"
    if parts[2] == decimal:
        return f"{parts[1]} point {parts[3]}"
    return f"{parts[1]} thousand" if parts[3] == "000" else f"{parts[1]} thousand {int(parts[3])}"


def _reads_both_ways(cell: str) -> bool:
    point, comma = read_number(cell, "."), read_number(cell, ",")
    return point is not None and comma is not None and point != comma


def _ledger_side(plan: ReadingPlan, assembled: Assembled) -> Question | None:
    if plan.options.sign is not None:
        return None
    for finding in assembled.series.findings:
        if finding.code == findings.signs_mixed.code:
            counted = _COUNTED[_used_sign(finding)]
            text = f"“{finding.column}” holds money in and money out. {_is_that_right(counted)}"
            return Question(finding.code, text, finding.choices)
        if finding.code == findings.double_entry.code and finding.asks:
            counted = _BOOKED[_used_sign(finding)]
            return Question(finding.code, f"{finding.what} {_is_that_right(counted)}", finding.choices)
        if finding.code in (findings.goods_in_and_out.code, findings.goods_by_sign.code):
            return Question(
                finding.code, f"{finding.what} {_is_that_right(_MOVED[_used_sign(finding)])}", finding.choices
            )
    return None


def _used_sign(finding: Finding) -> str:
    return str(dict(finding.choices[finding.chosen].sets)[findings.signs_mixed.option])
