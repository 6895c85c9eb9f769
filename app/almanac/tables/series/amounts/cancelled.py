"""Rows that were cancelled, given back or are not valid: left out, unless a balance shows that they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.problems import Finding
from almanac.tables.columns.column_words import Meaning, meaning_of
from almanac.tables.columns.money.signed_amounts import SignedAmounts
from almanac.tables.columns.states import NOT_VALID, described, meanings_of
from almanac.tables.columns.targets import first_numbers
from almanac.tables.findings import registry as findings
from almanac.tables.findings.rows import Said
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.series.rows import Rows
from almanac.tables.values.numbers import NUMBER, Numbers

# All chosen by judgement.
_ROWS_LOOKED_AT = 5000
_MIN_STEPS, _MIN_SHARE = 5, 0.8  # steps of a balance that tell, and the share that must agree
_CENT = 0.011
_MIN_NEGATIVE = 0.05  # share of the other amounts that are negative in a list of money in and out


@dataclass(frozen=True)
class Evidence:
    """Whether the rows count, and a sentence on how that is known; empty where nothing shows it."""

    count: bool
    why: str = ""


_MISTAKES = Evidence(False, "Such readings say nothing of what was measured.")


def without_cancelled(
    plan: ReadingPlan, rows: Rows, columns: tuple[int, ...], numbers: Mapping[int, Numbers]
) -> tuple[Rows, list[Finding]]:
    """The rows without those that a column calls cancelled, refunded or not valid, as the person or the file says.

    Rows without an amount count nothing anyway. Negative ones take back what was counted before, unless others are
    negative as well.
    """
    money = plan.roles.money
    refunds = money.states if isinstance(money, SignedAmounts) else ()  # columns that say which amounts cancel others
    states = [state for state in plan.roles.states if state.column not in (*plan.roles.series, *refunds)]
    if not states:
        return rows, []
    undone = rows.keep & np.logical_or.reduce([state.undone for state in states])
    readings = all(state.meanings == NOT_VALID for state in states)
    affected = np.zeros(len(plan.table), dtype=bool)
    for i in columns:
        values = np.nan_to_num(numbers[i].values)
        out_as_well = (values[~undone] < 0).mean() >= _MIN_NEGATIVE if not undone.all() else False
        amounts = values != 0 if out_as_well else values > 0
        affected |= undone & (numbers[i].kinds == NUMBER if readings else amounts)
    if not affected.any():
        return rows, []
    evidence = _MISTAKES if readings else _evidence(plan, numbers[columns[0]].values, affected)
    proposed = "keep" if evidence.count else "leave_out"
    used = plan.options.repair(findings.cancelled_rows.code) or proposed
    words = described(states, plan.table, affected)
    said = Said([plan.table.names[state.column] for state in states], meanings_of(states), words)
    lines = plan.table.lines[affected], int(undone.sum())
    finding = findings.cancelled_rows(said, lines, evidence.why, (used, proposed))
    return rows.without(affected) if used == "leave_out" else rows, [finding]


def _evidence(plan: ReadingPlan, values: Floats, affected: Flags) -> Evidence:
    """What a balance says about the rows: it stays as it is, is blank, or changes by their amounts."""
    stop = min(len(values), _ROWS_LOOKED_AT)
    amounts, rows = values[:stop], affected[:stop]
    for i, name in enumerate(plan.table.names):
        if meaning_of(name) is not Meaning.BALANCE or i in plan.roles.values:
            continue
        balance = first_numbers(plan.table.columns[i], stop)
        known = ~np.isnan(balance)
        if known[~rows].mean() >= _MIN_SHARE and not known[rows].any() and rows.any():
            return Evidence(False, f"“{name}” is blank next to them.")
        for steps in (np.diff(balance, prepend=np.nan), -np.diff(balance, append=np.nan)):
            others = ~rows & ~np.isnan(steps) & (amounts != 0)
            if others.sum() < _MIN_STEPS or _share(steps[others], amounts[others]) < _MIN_SHARE:
                continue
            mine = rows & ~np.isnan(steps)
            if mine.any() and _share(steps[mine], np.zeros(int(mine.sum()))) >= _MIN_SHARE:
                return Evidence(False, f"“{name}” does not change by them.")
            if mine.any() and _share(steps[mine], amounts[mine]) >= _MIN_SHARE:
                return Evidence(True, f"“{name}” changes by them, as by all others.")
    return Evidence(False)


def _share(steps: Floats, amounts: Floats) -> float:
    return float(np.isclose(steps, amounts, rtol=0, atol=_CENT).mean())
