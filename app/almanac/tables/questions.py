"""What the file itself cannot answer: asked, with the reading that was assumed as the first answer."""

from __future__ import annotations

from datetime import date

import numpy as np

from almanac.core.problems import Choice, Finding
from almanac.tables.plan import Plan
from almanac.tables.reading import Question
from almanac.tables.series.assemble import Assembled
from almanac.tables.values.numbers import read_number


def questions(plan: Plan, made: Assembled, asked_sign: bool) -> tuple[Question, ...]:
    """Every question the file leaves open; ``asked_sign``: the person already said which side of a ledger counts."""
    found = (_day_or_month(plan), _point_or_comma(plan, made), None if asked_sign else _side(made))
    return tuple(question for question in found if question is not None)


def as_findings(asked: tuple[Question, ...], plan: Plan) -> tuple[Finding, ...]:
    """The questions for those who read a list of findings instead of being asked."""
    why = {
        "day_or_month": f"Every date in “{plan.date_words}” can be read with the day or with the month first.",
        "point_or_comma": "Every number with a point or comma has exactly three digits behind it.",
    }
    return tuple(
        Finding(q.code, q.text, why[q.code], "Choose the other reading if it is not.", choices=q.choices)
        for q in asked
        if q.code in why
    )


def _day_or_month(plan: Plan) -> Question | None:
    if plan.order.certain or plan.line is None or plan.source is None:
        return None
    column = plan.before.columns[plan.source.columns[0]]
    day_first, month_first = plan.line.day_first, plan.line.month_first
    differing = np.flatnonzero((day_first != month_first) & ~np.isnat(day_first) & ~np.isnat(month_first))
    if not len(differing):
        return None
    row = int(differing[0])
    choices = [
        Choice(_long_date(when[row].astype("datetime64[D]").item()), (("day_first", first),))
        for when, first in ((day_first, True), (month_first, False))
    ]
    if not plan.order.day_first:
        choices.reverse()
    words = f"We read {column.text(row)} as {choices[0].label}. Is that right?"
    return Question("day_or_month", words, tuple(choices))


def _long_date(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")


def _point_or_comma(plan: Plan, made: Assembled) -> Question | None:
    for i in made.values:
        convention = made.conventions[i]
        example = next((c for c in plan.table.columns[i].cells if isinstance(c, str) and _both_ways(c)), None)
        if convention.certain or example is None:
            continue
        other = "," if convention.decimal == "." else "."
        choices = tuple(
            Choice(f"{read_number(example, sign):,g}", (("decimal", sign),), f"“{sign}” is the decimal sign.")
            for sign in (convention.decimal, other)
        )
        words = f"We read {example} in “{plan.table.names[i]}” as {choices[0].label}. Is that right?"
        return Question("point_or_comma", words, choices)
    return None


def _both_ways(cell: str) -> bool:
    point, comma = read_number(cell, "."), read_number(cell, ",")
    return point is not None and comma is not None and point != comma


def _side(made: Assembled) -> Question | None:
    for finding in made.series.findings:
        if finding.code == "signs_mixed" and finding.choices:
            words = {"out": "only money out", "in": "only money in", "all": "money in and out together"}
            sign = dict(finding.choices[finding.chosen].sets)["sign"]
            return Question(
                "signs_mixed",
                f"“{finding.column}” holds money in and money out. We read {words[sign]}. Is that right?",
                finding.choices,
            )
    return None
