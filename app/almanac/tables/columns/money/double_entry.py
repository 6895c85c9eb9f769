"""Books kept by double entry: what is booked on one side of an account is on the other side of another.

All of it together is 0 on every date, so that only single accounts, or one side, say anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.tables.columns.column_words import has_word, is_money_name
from almanac.tables.columns.money.columns import MarkColumn, TwoColumns
from almanac.tables.columns.money.find import Money
from almanac.tables.columns.money.signed_amounts import SignedAmounts
from almanac.tables.columns.money.words import is_account_name
from almanac.tables.columns.profile import ColumnProfile
from almanac.tables.columns.targets import first_numbers
from almanac.tables.values.cells import Table

# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, in lower case without accents.
_ACCOUNT_NAMES = """
    account, accounts, account name, account no, account code, account number, nominal, nominal a c, nominal code, a c,
    nominal account, ledger, ledger account, gl, gl account, gl code, acct, -konto, -kontonummer, kontobezeichnung,
    kontoname, kontonr, compte, numero de compte, comptenum, comptelib, libelle du compte, cuenta, codigo cuenta, conto,
    codice conto, conta, codigo conta, grootboek, grootboekrekening, rekening, rekeningnummer, konto ksiegowe, kontonamn
"""
_CONTRA_NAMES = """
    contra, counter, offset, gegenkonto, gegenkontonummer, contrepartie, contrapartida, contropartita, tegenrekening,
    konto przeciwstawne, motkonto, opposing, balancing, split
"""
# All chosen by judgement.
_ROWS_LOOKED_AT = 20_000
_MIN_DATES = 6
_MIN_BALANCED = 0.97  # share of dates on which both sides are equal; the last one may be cut off
_CENT = 0.006  # by which the sides of one date may differ; more on dates with thousands of amounts
_MAX_ACCOUNTS = 0.5  # different accounts, as a share of the rows


@dataclass(frozen=True)
class DoubleEntry:
    """``money``: both sides; ``accounts``: the column that says which account each amount belongs to, if one does."""

    money: Money
    accounts: tuple[int, ...]


def find_double_entry(
    table: Table, profiles: tuple[ColumnProfile, ...], free: Sequence[int], money: Money | None, dates: Integers
) -> DoubleEntry | None:
    """The two sides of books, where they are equal on nearly every date; ``dates``: int64 [N], the place of each."""
    able = [money] if money is not None else _signed_columns(profiles, free)
    if not able or getattr(money, "balance", None) is not None:
        return None
    early = dates <= np.partition(dates, _ROWS_LOOKED_AT)[_ROWS_LOOKED_AT] if len(dates) > _ROWS_LOOKED_AT else None
    of = table if early is None else table.take(early)
    when = dates if early is None else dates[early]
    for sides in able:
        if _is_balanced(_net(of, sides), when):
            return DoubleEntry(sides, _accounts(profiles, free, len(table)))
    return None


def _signed_columns(profiles: tuple[ColumnProfile, ...], free: Sequence[int]) -> list[Money]:
    signed = (i for i in free if profiles[i].numeric and profiles[i].lowest < 0 < profiles[i].highest)
    return [SignedAmounts(i) for i in signed if is_money_name(profiles[i].name)]


def _net(table: Table, money: Money) -> Floats:
    """What each row adds to all accounts together: float64 [N]."""
    if isinstance(money, TwoColumns):
        out, into = (np.nan_to_num(first_numbers(table.columns[i], len(table))) for i in (money.out, money.into))
        return into + out if (out <= 0).all() else into - out
    amounts = np.nan_to_num(first_numbers(table.columns[money.amounts], len(table)))
    if isinstance(money, MarkColumn):
        marks = table.columns[money.marks]
        out = np.array([cell in money.out for cell in marks.cells], dtype=bool)[marks.codes]
        return np.where(out, -amounts, amounts)
    return amounts


def _is_balanced(net: Floats, dates: Integers) -> bool:
    """Whether amounts of both signs add up to nothing on nearly every date that has some."""
    sums, counts = (
        np.bincount(dates, weights=net),
        np.bincount(dates[net != 0], minlength=int(dates.max(initial=0)) + 1),
    )
    some = counts > 0
    close = np.abs(sums[some]) <= _CENT * np.sqrt(counts[some])
    return bool(some.sum() >= _MIN_DATES and close.mean() >= _MIN_BALANCED)


def _accounts(profiles: tuple[ColumnProfile, ...], free: Sequence[int], rows: int) -> tuple[int, ...]:
    """The column of the accounts, if there is one: one of words before one of numbers."""
    named = [i for i in free if 1 < profiles[i].distinct <= _MAX_ACCOUNTS * rows and _names_account(profiles[i].name)]
    return tuple(sorted(named, key=lambda i: (profiles[i].numeric, i))[:1])


def _names_account(name: str) -> bool:
    return (is_account_name(name) or has_word(name, _ACCOUNT_NAMES)) and not has_word(name, _CONTRA_NAMES)
