"""Amounts with their sign in one column, known by the numbers: a balance follows them, or some cancel others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.tables.columns.column_words import Meaning, is_money_name, meaning_of
from almanac.tables.columns.money.row_units import holds_currencies
from almanac.tables.columns.money.words import is_account_name
from almanac.tables.columns.profile import ColumnProfile, unnamed
from almanac.tables.columns.targets import first_numbers
from almanac.tables.values.cells import Column, Table, as_cells

# All chosen by judgement.
_ROWS_LOOKED_AT = 2000
_MAX_COLUMNS = 40  # each is compared with each other; the list of an account has few
_MIN_STEPS, _MIN_RIGHT_STEPS = 8, 0.9  # changes of a balance, and the share that must be the amounts
_MIN_MOVED = 0.5  # share of the amounts that change the balance
_MIN_CANCELLED, _MIN_AMOUNTS, _MIN_CANCELLED_SHARE = 3, 3, 0.8  # amounts taken back, different ones, share of a sign
_MAX_STATES = 12  # different cells of a column that tells which amounts were taken back
_CENT = 0.011


@dataclass(frozen=True)
class SignedAmounts:
    """Column indices. ``balance``: the column that changes by the amounts from row to row, None where amounts cancel
    earlier ones instead; ``states``: columns that say which do, such as "paid" and "refunded"; ``account``: the column
    that says whose balance it is, None where all rows are of one.
    """

    amounts: int
    balance: int | None = None
    states: tuple[int, ...] = ()
    account: int | None = None


def find_balanced(table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> SignedAmounts | None:
    """Which column of money, or without a name, holds amounts in and out, and which the balance after each.

    Of the whole table, or of each account whose rows are among those of others.
    """
    columns = [i for i in free if profiles[i].numeric and _may_be_of_account(profiles[i].name)][:_MAX_COLUMNS]
    numbers = {i: first_numbers(table.columns[i], _ROWS_LOOKED_AT) for i in columns}
    accounts = [i for i in free if profiles[i].distinct > 1 and _names_accounts(table.columns[i], profiles[i].name)]
    orders = [(i, _by_account(table.columns[i])) for i in accounts] if len(columns) > 1 else []
    for amounts, balance in permutations(columns, 2):
        if not ((numbers[amounts] < 0).any() and (numbers[amounts] > 0).any()):
            continue
        for account, order in (*orders, (None, slice(None))):
            steps, change = np.diff(numbers[balance][order]), numbers[amounts][order]
            if any(_follow(steps, moved) for moved in (change[1:], -change[:-1])):  # the newest row last, or first
                return SignedAmounts(amounts, balance, account=account)
    return None


def _names_accounts(column: Column, name: str) -> bool:
    """Whether a column says whose balance it is: the account, or the currency of a pocket."""
    return is_account_name(name) or holds_currencies(column)


def _by_account(column: Column) -> Integers:
    """The first rows in the order of their accounts: int64."""
    order: Integers = np.argsort(as_cells(column).codes[:_ROWS_LOOKED_AT], kind="stable")
    return order


def _may_be_of_account(name: str) -> bool:
    return unnamed(name) or is_money_name(name) or meaning_of(name) is Meaning.BALANCE


def _follow(steps: Floats, amounts: Floats) -> bool:
    """Whether a balance changes by the amounts, or not at all where a payment did not go through."""
    known = ~np.isnan(steps) & ~np.isnan(amounts) & (amounts != 0)
    moved = known & (steps != 0)
    known = moved if moved.sum() >= _MIN_MOVED * known.sum() else known
    right = np.isclose(steps[known], amounts[known], rtol=0, atol=_CENT)
    return bool(len(right) >= _MIN_STEPS and right.mean() >= _MIN_RIGHT_STEPS)


def find_taken_back(table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> SignedAmounts | None:
    """The amounts of which nearly all of one sign cancel one of the other: refunds, returned payments."""
    for i in free:
        if not profiles[i].numeric or not is_money_name(profiles[i].name) or profiles[i].lowest >= 0:
            continue
        values = first_numbers(table.columns[i], _ROWS_LOOKED_AT)
        fewer = _fewer(values)
        cancelled = taken_back(values)
        different = len(np.unique(np.abs(values[cancelled])))
        enough = cancelled.sum() >= max(_MIN_CANCELLED, _MIN_CANCELLED_SHARE * fewer.sum())
        if enough and different >= _MIN_AMOUNTS:
            return SignedAmounts(i, None, _states(table, profiles, free, cancelled))
    return None


def taken_back(values: Floats) -> Flags:
    """Which amounts of the rarer sign cancel an amount of the other sign, each a different one: bool [N]."""
    fewer = _fewer(values)
    size = np.round(np.abs(np.nan_to_num(values)) * 100).astype(np.int64)
    others, counts = np.unique(size[~fewer & ~np.isnan(values) & (values != 0)], return_counts=True)
    at = np.flatnonzero(fewer)
    order = at[np.argsort(size[at], kind="stable")]
    ordered = size[order]
    nth = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)  # how many of the same size came before
    place = np.minimum(np.searchsorted(others, ordered), max(len(others) - 1, 0))
    cancelled = np.zeros(len(values), dtype=bool)
    if len(others):
        cancelled[order] = (others[place] == ordered) & (nth < counts[place])
    return cancelled


def _fewer(values: Floats) -> Flags:
    """The amounts of the rarer sign."""
    out, into = values < 0, values > 0
    rarer: Flags = out if out.sum() <= into.sum() else into
    return rarer


def _states(
    table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int], cancelling: Flags
) -> tuple[int, ...]:
    """The columns of a few words that only amounts which cancel others have."""
    found = []
    for i in free:
        column = table.columns[i]
        if profiles[i].numeric or column.has_numbers or not 1 < profiles[i].distinct <= _MAX_STATES:
            continue
        codes = column.codes[: len(cancelling)]
        counts = np.bincount(codes, minlength=len(column.cells))
        of_cancelling = np.bincount(codes[cancelling], minlength=len(column.cells))
        own = (of_cancelling == counts) & (counts > 0)
        if own.any() and of_cancelling[own].sum() >= _MIN_CANCELLED_SHARE * cancelling.sum():
            found.append(i)
    return tuple(found)
