"""Totals and averages beside what they add up: they must not be forecast as if they were more of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.tables.values.calendar_names import plain
from almanac.tables.values.cells import Cell

_TOTAL = re.compile(
    r"(?:grand |sub-?|column |row |overall )?totals?(?: general)?|sum|sums|summe|gesamt|gesamtsumme|insgesamt|"
    r"zwischensumme|"
    r"totaal|totale|totaux|somme|suma|soma|ensemble|all|alle|average|avg\.?|mean|mittelwert|durchschnitt|moyenne|media|"
    r"gemiddelde|cy cum|py cum|ytd|year to date"
)

_MOST = 2000  # series among which subtotals are looked for
_FITS = 0.95  # share of dates at which a subtotal must be the sum


def is_total(cell: Cell) -> bool:
    """Whether the cell is a word for a total or an average."""
    return isinstance(cell, str) and len(cell) <= 24 and _TOTAL.fullmatch(plain(cell).strip(" :.=*")) is not None


def total_columns(columns: Mapping[int, Floats], names: tuple[str, ...]) -> tuple[int, ...]:
    """Which columns are called a total and are the sum or the average of all the others, row by row."""
    found = []
    for i, values in columns.items():
        if not any(is_total(word) for word in (names[i], *names[i].split()[:1], *names[i].split()[-1:])):
            continue
        others = [v for j, v in columns.items() if j != i and not is_total(names[j])]
        if len(others) < 2:
            continue
        total = np.nansum(others, axis=0)
        known = ~np.isnan(values) & ~np.isnan(others).any(axis=0)
        for candidate in (total, total / len(others)):
            if known.any() and np.isclose(values[known], candidate[known], rtol=0.01, atol=0.51).mean() >= 0.8:
                found.append(i)
                break
    return tuple(found)


def total_groups(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series are called a total and are the sum (or average) of the others with the same other keys.

    ``groups`` and ``dates``: int64 [N]; ``values``: float64 [N]; ``keys``: the texts of each group.
    """
    found = _subtotals(groups, dates, values, keys)
    for position in range(len(keys[0]) if keys else 0):
        whole = np.array([is_total(key[position]) for key in keys], dtype=bool)
        if not whole.any() or whole.all():
            continue
        whole[found] = True
        beside = [key[:position] + key[position + 1 :] for key in keys]
        families = {family: n for n, family in enumerate(dict.fromkeys(beside))}
        family = np.array([families[b] for b in beside], dtype=np.int64)
        place = family[groups] * (int(dates.max(initial=0)) + 1) + dates
        _, place = np.unique(place, return_inverse=True)
        part = ~whole[groups] & ~np.isnan(values)
        sums = np.bincount(place[part], weights=values[part], minlength=int(place.max()) + 1)
        sizes = np.bincount(place[part], minlength=len(sums))
        for group in sorted(set(np.flatnonzero(whole).tolist()) - set(found)):
            if np.bincount(family[~whole], minlength=len(families))[family[group]] < 2:
                continue
            mine = (groups == group) & ~np.isnan(values)
            at = place[mine]
            both = (sums[at], sums[at] / np.maximum(sizes[at], 1))
            if mine.any() and max(np.isclose(values[mine], b, rtol=0.01, atol=0.51).mean() for b in both) >= 0.8:
                found.append(int(group))
    return found


def _subtotals(groups: Integers, dates: Integers, values: Floats, keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Which series, named "Total Income" or "North Total", are the sum of those between them and the one before."""
    if not keys or len(keys[0]) != 1 or len(keys) > _MOST:
        return []
    words = [key[0].split() for key in keys]
    named = [group for group, word in enumerate(words) if len(word) > 1 and (is_total(word[0]) or is_total(word[-1]))]
    found, before = [], 0
    for group in named:
        part = (groups >= before) & (groups < group) & ~np.isnan(values)
        mine = (groups == group) & ~np.isnan(values)
        if part.any() and mine.any():
            sums = np.bincount(dates[part], weights=values[part], minlength=int(dates.max()) + 1)[dates[mine]]
            if np.isclose(values[mine], sums, rtol=0.001, atol=0.51).mean() >= _FITS:
                found.append(group)
        before = group + 1
    return found
