"""Which columns hold money in and out, of the ways in which files write it."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.money.columns import MarkColumn, TwoColumns, find_mark_column, find_two_columns
from almanac.tables.columns.money.signed_amounts import SignedAmounts, find_balanced, find_taken_back
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.values.cells import Table

Money = TwoColumns | MarkColumn | SignedAmounts


def find_money(
    table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int], *, crowded: bool, uneven: bool
) -> Money | None:
    """Money in and out, if there is any among the ``free`` columns.

    ``crowded``: many dates occur more than once; ``uneven``: some do, or the dates are irregular.
    """
    found: Money | None = find_two_columns(table, profiles, free, crowded) or find_mark_column(table, profiles, free)
    if found is None and uneven:
        found = find_balanced(table, profiles, free)
    if found is None and crowded:
        found = find_taken_back(table, profiles, free)
    return found


def money_values(money: Money | None) -> tuple[int, ...]:
    """The columns of the amounts."""
    if money is None:
        return ()
    return (money.out, money.into) if isinstance(money, TwoColumns) else (money.amounts,)


def accounts_of(money: Money | None) -> tuple[int, ...]:
    """The column of the accounts, where each has its own balance."""
    account = money.account if isinstance(money, SignedAmounts) else None
    return () if account is None else (account,)


def refund_states(money: Money | None) -> tuple[int, ...] | None:
    """The columns that say which rows are refunds, where amounts cancel earlier ones; None where they do not."""
    return money.states if isinstance(money, SignedAmounts) and money.balance is None else None
