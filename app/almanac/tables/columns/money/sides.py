"""Names for opposite sides of something, such as "Received" and "Sold": no sum may join them."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.tables.columns.column_words import words_of
from almanac.tables.columns.money.movements import goes_out
from almanac.tables.columns.money.words import ANY_PAIRS, MONEY_PAIRS, pair_in
from almanac.tables.values.dates.calendar_names import plain

# What a business spends and what it earns, in the nine languages of ``words``.
_SPENT_WORDS = """
cost costs expense expenses expenditure kosten aufwand aufwendungen charges couts costes costos gastos costi spese
custos despesas lasten uitgaven koszty wydatki kostnader utgifter
"""
_EARNED_WORDS = """
revenue revenues sales turnover income earnings umsatz umsatze erlos erlose ertrag ertrage einnahmen recettes ventes
revenus ventas ingresos ricavi vendite fatturato receitas vendas faturamento omzet opbrengst opbrengsten inkomsten
przychody przychod sprzedaz intakter omsattning forsaljning
"""
_SPENT, _EARNED = frozenset(plain(_SPENT_WORDS).split()), frozenset(plain(_EARNED_WORDS).split())
_MIN_KNOWN = 0.5  # share of the names that say what came in or went out; chosen by judgement


def opposite_sides(names: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The names of what went out or was spent and of what came in or was earned, where there are both."""
    pair = pair_in(names, (*MONEY_PAIRS, *ANY_PAIRS))
    if pair is not None:
        return [names[pair[0]]], [names[pair[1]]]
    moved = {name: goes_out(name) for name in names}
    out, into = ([name for name, side in moved.items() if side is which] for which in (True, False))
    if out and into and len(out) + len(into) >= _MIN_KNOWN * len(names):
        return out, into
    words = {name: frozenset(words_of(name).split()) for name in names}
    spent = [name for name in names if words[name] & _SPENT and not words[name] & _EARNED]
    earned = [name for name in names if words[name] & _EARNED and not words[name] & _SPENT]
    return (spent, earned) if spent and earned else None
