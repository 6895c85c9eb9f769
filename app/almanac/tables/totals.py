"""Totals and averages beside what they add up: they must not be forecast as if they were more of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from almanac.tables.cells import Cell, Floats
from almanac.tables.months import plain

_TOTAL = re.compile(
    r"(?:grand |sub-?|column |row |overall )?totals?(?: general)?|sum|sums|summe|gesamt|gesamtsumme|insgesamt|"
    r"zwischensumme|"
    r"totaal|totale|totaux|somme|suma|soma|ensemble|all|alle|average|avg\.?|mean|mittelwert|durchschnitt|moyenne|media|"
    r"gemiddelde|cy cum|py cum|ytd|year to date"
)


def is_total(cell: Cell) -> bool:
    """Whether the cell is a word for a total or an average."""
    return isinstance(cell, str) and len(cell) <= 24 and _TOTAL.fullmatch(plain(cell).strip(" :.=*")) is not None


def total_columns(columns: Mapping[int, Floats], names: tuple[str, ...]) -> tuple[int, ...]:
    """Which columns are called a total and are the sum or the average of all the others, row by row."""
    found = []
    for i, values in columns.items():
        others = [v for j, v in columns.items() if j != i and not is_total(names[j])]
        if len(others) < 2 or not any(
            is_total(word) for word in (names[i], *names[i].split()[:1], *names[i].split()[-1:])
        ):
            continue
        total = np.nansum(others, axis=0)
        known = ~np.isnan(values) & ~np.isnan(others).any(axis=0)
        for candidate in (total, total / len(others)):
            if known.any() and np.isclose(values[known], candidate[known], rtol=0.01, atol=0.51).mean() >= 0.8:
                found.append(i)
                break
    return tuple(found)
