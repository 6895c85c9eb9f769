"""Money in and out: one flow of what came in less what went out, or only one side of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.problems import Finding
from almanac.core.text import agree, plural, some
from almanac.tables.columns.money.columns import MarkColumn, TwoColumns
from almanac.tables.columns.money.signed_amounts import SignedAmounts, taken_back
from almanac.tables.findings import registry as findings
from almanac.tables.reading import Sign
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.values.cells import CellKind, as_cells, cell_text
from almanac.tables.values.numbers import Numbers

_MANY_TAKEN_BACK = 0.25  # share of the payments that are given back, from which on it is said; chosen by judgement


@dataclass(frozen=True, eq=False)
class MoneyFlow:
    """The amounts that count, under the number of a column, and their name.

    ``dropped``: bool [N], rows of the side that does not count; ``finding``: what is said about them.
    """

    column: int
    name: str
    numbers: Numbers
    dropped: Flags
    finding: Finding


@dataclass(frozen=True, eq=False)
class _Sides:
    """Amounts of money out and in, float64 [N], NaN where a row has none; ``what`` and ``why``: how they are known."""

    out: Floats
    into: Floats
    names: tuple[str, str, str]
    what: str
    why: str


def money_flow(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> MoneyFlow | None:
    """What is counted of money in and out; None when no columns or marks tell the two apart."""
    money, names = plan.roles.money, plan.table.names
    if isinstance(money, TwoColumns):
        return _flow(
            plan, money.out, _of_columns(plan, money, numbers), _joined(numbers[money.out], numbers[money.into])
        )
    marked = [marks for marks in plan.marks if marks.column in plan.roles.values]
    if isinstance(money, MarkColumn):
        column = money.amounts
        sides = _by_sign(_signed(plan, money, numbers[column]), names[column], *_words_of_marks(plan, money))
    elif isinstance(money, SignedAmounts):
        column = money.amounts
        sides = _by_sign(numbers[column].values, names[column], *_words_of_signs(plan, money, numbers[column].values))
    elif marked:
        column = marked[0].column
        quoted = some([f"“{names[marks.column]}”" for marks in marked])
        what = f"{quoted} marks money out with “{marked[0].out}” and money in with “{marked[0].into}”."
        sides = _by_sign(numbers[column].values, names[column], what, "The mark is in the cell of each amount.")
    else:
        return None
    return _flow(plan, column, sides, numbers[column])


def movement_flow(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> MoneyFlow | None:
    """What is counted of goods in and out: the side with more rows, unless the person chose; None without such."""
    moved = plan.roles.movements
    if moved is None:
        return None
    column, names = plan.roles.values[0], plan.table.names
    marks = as_cells(plan.table.columns[moved.marks])
    values = np.abs(numbers[column].values)  # signs say the same as the marks
    goes_out, comes_in = (
        np.array([cell in cells for cell in marks.cells], dtype=bool)[marks.codes] & ~np.isnan(values)
        for cells in (moved.out, moved.into)
    )
    proposed: Sign = "out" if goes_out.sum() >= comes_in.sum() else "in"
    sign = plan.options.sign or proposed
    counted = {"out": goes_out, "in": comes_in, "all": goes_out | comes_in}[sign]
    kept = np.where(counted, np.where(goes_out & (sign == "all"), -values, values), np.nan)
    dropped = ~np.isnan(values) & ~counted
    out, into = (sorted(map(cell_text, side)) for side in (moved.out, moved.into))
    sides = (out, int(goes_out.sum())), (into, int(comes_in.sum()))
    finding = findings.goods_in_and_out(
        names[moved.marks], sides, moved.others, plan.table.lines[dropped], (sign, proposed)
    )
    return MoneyFlow(column, names[column], Numbers(kept, numbers[column].kinds), dropped, finding)


def known_on_one_side(plan: ReadingPlan, numbers: Mapping[int, Numbers]) -> dict[int, Numbers]:
    """The numbers, where a blank next to an amount of the other side is no missing value."""
    money, found = plan.roles.money, dict(numbers)
    if isinstance(money, TwoColumns):
        for i, other in ((money.out, money.into), (money.into, money.out)):
            unread = np.isin(numbers[i].kinds, (CellKind.TEXT, CellKind.TOO_LARGE))
            one_sided = ~unread & (numbers[other].kinds == CellKind.NUMBER)
            kinds = np.where(one_sided, CellKind.NUMBER, numbers[i].kinds).astype(np.int8)
            found[i] = Numbers(numbers[i].values, kinds, numbers[i].kept_raw)
    return found


def _flow(plan: ReadingPlan, column: int, sides: _Sides, numbers: Numbers) -> MoneyFlow:
    """The side that counts, or both together."""
    books = plan.roles.books
    account = some([plan.table.names[i] for i in books.accounts if i in plan.roles.series]) if books else ""
    proposed: Sign = "out" if books and not plan.roles.series else "all"  # all together is 0
    sign = plan.options.sign or proposed
    net = np.nan_to_num(sides.into) - np.nan_to_num(sides.out)
    net[np.isnan(sides.into) & np.isnan(sides.out)] = np.nan
    values = {"all": net, "out": sides.out, "in": sides.into}[sign]
    dropped = np.isnan(values) & ~np.isnan(net)
    name = dict(zip(("all", "out", "in"), sides.names, strict=True))[sign]
    counts = int((np.nan_to_num(sides.out) != 0).sum()), int((np.nan_to_num(sides.into) != 0).sum())
    lines = plan.table.lines[dropped]
    finding = (
        findings.money_in_and_out(sides.what, sides.why, counts, lines, sign)
        if books is None
        else findings.double_entry(list(dict.fromkeys(sides.names[1:])), account, lines, (sign, proposed))
    )
    return MoneyFlow(column, name, Numbers(values, numbers.kinds), dropped, finding)


def _of_columns(plan: ReadingPlan, money: TwoColumns, numbers: Mapping[int, Numbers]) -> _Sides:
    names = plan.table.names
    out, into = numbers[money.out].values, numbers[money.into].values
    if np.nanmax(out, initial=0.0) <= 0:  # some banks write what went out with a minus in its own column
        out = -out
    quoted = f"“{names[money.out]}”", f"“{names[money.into]}”"
    return _Sides(
        _unless_zero(out, into),
        _unless_zero(into, out),
        (f"{names[money.into]} minus {names[money.out]}", names[money.out], names[money.into]),
        f"{quoted[0]} is money out, and {quoted[1]} money in.",
        "Their names are words for that."
        if money.balance is None
        else f"“{names[money.balance]}” falls by the one and rises by the other.",
    )


def _unless_zero(side: Floats, other: Floats) -> Floats:
    """Amounts of one side; a zero next to an amount of the other side is none."""
    return np.where((side == 0) & (np.nan_to_num(other) != 0), np.nan, side)


def _joined(out: Numbers, into: Numbers) -> Numbers:
    """The kinds of two columns as one: a number where either holds one."""
    kinds = np.where(out.kinds == CellKind.NUMBER, out.kinds, into.kinds).astype(np.int8)
    return Numbers(out.values, kinds)


def _signed(plan: ReadingPlan, money: MarkColumn, numbers: Numbers) -> Floats:
    marks = plan.table.columns[money.marks]
    out = np.array([cell in money.out for cell in marks.cells], dtype=bool)[marks.codes]
    return np.where(out, -numbers.values, numbers.values)


def _words_of_marks(plan: ReadingPlan, money: MarkColumn) -> tuple[str, str]:
    cells = [cell for cell in plan.table.columns[money.marks].cells if isinstance(cell, str) and cell]
    out, into = (some([f"“{c}”" for c in cells if (c in money.out) is side]) for side in (True, False))
    names = plan.table.names
    return (
        f"“{names[money.marks]}” marks each amount of “{names[money.amounts]}” as money out or in.",
        f"{out} is for money out, {into} for money in.",
    )


def _words_of_signs(plan: ReadingPlan, money: SignedAmounts, values: Floats) -> tuple[str, str]:
    """What shows that the amounts are money in and out, or that some of them cancel others."""
    names = plan.table.names
    if money.balance is not None:
        what = f"“{names[money.amounts]}” is money in and out."
        return what, f"“{names[money.balance]}” is the balance: it changes by these amounts from row to row."
    cancelled = taken_back(values)
    count, others = int(cancelled.sum()), int(np.isfinite(values).sum() - cancelled.sum())
    what = f"{plural(count, 'amount')} of “{names[money.amounts]}” {agree(count, 'cancels', 'cancel')} another one."
    why = "A payment that is given back adds nothing, so both are counted, with their signs."
    if count > _MANY_TAKEN_BACK * others:
        why += f" Mind that so many were: {count / max(others, 1):.0%} of the payments."
    return what, why


def _by_sign(values: Floats, name: str, what: str, why: str) -> _Sides:
    out, into = np.where(values < 0, -values, np.nan), np.where(values >= 0, values, np.nan)
    return _Sides(out, into, (name, name, name), what, why)
