"""Money in and out: in two columns, or in one with a column of marks such as D and C."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from almanac.core.arrays import Floats
from almanac.tables.columns.column_words import Meaning, is_money_name, meaning_of
from almanac.tables.columns.money.words import ANY_PAIRS, MONEY_PAIRS, is_side_name, pair_in
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.targets import sample
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.calendar_names import plain
from almanac.tables.values.debit_credit_marks import MARKS

# All chosen by judgement.
_MIN_EXCLUSIVE = 0.9  # share of the rows with an amount that have it in one of the two columns only
_MIN_STEPS = 0.8  # share of the steps of a balance that must be the amounts
_MIN_ROWS = 3
_MAX_PAIRED = 12  # columns with blank cells among which two sides of money are looked for
_MAX_MARKS = 6  # distinct cells of a column of marks
_MIN_UNSIGNED = 0.95  # share of amounts without a minus where marks say which side they are on
# Names of a column of marks too short to be sure of.
_MARK_WORDS = "type typ tipo sens sign indicator direction richtung soort rodzaj kz side kennzeichen"
_MARK_NAMES = frozenset(_MARK_WORDS.split())
_CENT = 0.011
_BETWEEN = re.compile(r"[\s/-]+")  # words in a name such as "Soll/Haben-Kennzeichen"
_SIGNS = frozenset(["€", "$", "£", "¥", "R$"])


@dataclass(frozen=True)
class TwoColumns:
    """Column indices: of money out and of money in; of the balance that shows it, if there is one."""

    out: int
    into: int
    balance: int | None = None


@dataclass(frozen=True)
class MarkColumn:
    """``amounts`` and ``marks``: column indices; ``out``: the marks of money out."""

    amounts: int
    marks: int
    out: frozenset[str]


def find_two_columns(
    table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int], several_a_date: bool
) -> TwoColumns | None:
    """The columns of money out and of money in, when each row fills one of them or a balance shows them.

    ``several_a_date``: one date has several rows, so that even rows with both are single movements.
    """
    numeric = [i for i in free if profiles[i].numeric]
    named = [i for i in numeric if is_side_name(profiles[i].name)]
    for pairs, sure in ((MONEY_PAIRS, several_a_date), (ANY_PAIRS, False)):
        positions = pair_in([profiles[i].name for i in named], pairs)
        if positions is None:
            continue
        found = named[positions[0]], named[positions[1]]
        out, into = (np.nan_to_num(sample(table.columns[i])) for i in found)
        balance = _balance(table, profiles, numeric, found, (out, into))
        if balance is not None:
            column, falls_by_out = balance
            return TwoColumns(*(found if falls_by_out else found[::-1]), column)
        money = pairs is MONEY_PAIRS or any(_in_cents(table, profiles, i) for i in found)
        if sure or (money and _exclusive(out, into)):
            return TwoColumns(*found)
    return _by_balance(table, profiles, numeric)


def _by_balance(table: Table, profiles: tuple[ColumnProfile, ...], numeric: list[int]) -> TwoColumns | None:
    """Two neighbouring columns of which each row fills one, and a balance that they change: whatever their names."""
    rows = len(table)
    partly = [i for i in numeric if _MIN_ROWS < profiles[i].filled < rows]
    for pair in pairwise(partly[:_MAX_PAIRED]):
        shared = abs(sum(profiles[i].filled for i in pair) - rows) > (1 - _MIN_EXCLUSIVE) * rows
        if shared or all(profiles[i].whole for i in pair):
            continue
        out, into = (np.nan_to_num(sample(table.columns[i])) for i in pair)
        balance = _balance(table, profiles, numeric, pair, (out, into)) if _exclusive(out, into) else None
        if balance is not None:
            column, falls_by_out = balance
            return TwoColumns(*(pair if falls_by_out else pair[::-1]), column)
    return None


def _in_cents(table: Table, profiles: tuple[ColumnProfile, ...], i: int) -> bool:
    """Whether a column holds amounts of money rather than goods or people: cents, or a currency."""
    unit = table.units[i] if table.units else ""
    return not profiles[i].whole or is_money_name(profiles[i].name) or is_money_name(unit) or unit in _SIGNS


def _exclusive(out: Floats, into: Floats) -> bool:
    """Whether nearly every row has an amount on one side only."""
    either = (out != 0) | (into != 0)
    both = (out != 0) & (into != 0)
    return bool(either.sum() >= _MIN_ROWS and both.sum() <= (1 - _MIN_EXCLUSIVE) * either.sum())


def _balance(
    table: Table,
    profiles: tuple[ColumnProfile, ...],
    numeric: list[int],
    pair: tuple[int, int],
    amounts: tuple[Floats, Floats],
) -> tuple[int, bool] | None:
    """The column that changes by the amounts from row to row, and whether it falls by those of the first side."""
    net = amounts[1] - np.abs(amounts[0]) if (amounts[0] <= 0).all() else amounts[1] - amounts[0]
    for i in numeric:
        if i in pair or profiles[i].filled < _MIN_ROWS + 1:
            continue
        steps = np.diff(sample(table.columns[i]))
        for change in (net[1:], -net[:-1]):  # the newest row comes last, or first
            moved = ~np.isnan(steps) & (change != 0)
            if moved.sum() < _MIN_ROWS:
                continue
            for sign in (1, -1):
                if np.isclose(steps[moved], sign * change[moved], atol=_CENT).mean() >= _MIN_STEPS:
                    return i, sign == 1
    return None


def find_mark_column(table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> MarkColumn | None:
    """A column that marks each amount as money out or in, and the amounts."""
    for marks in free:
        if profiles[marks].numeric:
            continue
        found = _out_marks(table.columns[marks], profiles[marks].name)
        if found is None:
            continue
        out, sure = found
        amounts = [i for i in free if profiles[i].numeric and meaning_of(profiles[i].name) is not Meaning.BALANCE]
        money = [i for i in amounts if is_money_name(profiles[i].name)]
        column = next(iter(money or (amounts if sure else ())), None)
        if column is not None and is_unsigned(sample(table.columns[column])):
            return MarkColumn(column, marks, out)
    return None


def _out_marks(column: Column, name: str) -> tuple[frozenset[str], bool] | None:
    """The cells for money out, where every cell is for money out or in; and whether they can mean nothing else."""
    if column.has_numbers or len(column.cells) > _MAX_MARKS:
        return None
    cells = {cell: plain(cell).strip(" .") for cell in column.cells if isinstance(cell, str) and cell}
    for pairs, sure in ((MONEY_PAIRS, True), (ANY_PAIRS, False), (MARKS, False)):
        for outs, ins in pairs:
            words = set(cells.values())
            both = len(words & outs) == len(words & ins) == 1 and words <= outs | ins
            if both and (sure or _names_marks(name)):
                return frozenset(cell for cell, word in cells.items() if word in outs), sure
    return None


def _names_marks(name: str) -> bool:
    """Whether a name is one for marks: "Type", or both words of a pair, such as "Soll/Haben" and "Af Bij"."""
    parts = _BETWEEN.split(plain(name).strip())
    if parts and (parts[-1] in _MARK_NAMES or len(parts) != 2):
        return parts[-1] in _MARK_NAMES
    pairs = (*MONEY_PAIRS, *MARKS)
    return bool(parts) and pair_in(parts, pairs) is not None


def is_unsigned(values: Floats) -> bool:
    """Whether nearly no number has a minus."""
    known = values[~np.isnan(values)]
    return len(known) >= _MIN_ROWS and bool((known >= 0).mean() >= _MIN_UNSIGNED)
