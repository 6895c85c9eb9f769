"""Series that no sum may join: worked out from others, such as "Profit" from "Income" and "Costs"; in and out.

All thresholds were chosen by judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.measure import VALUE_COLUMN
from almanac.core.series import SeriesSet
from almanac.tables.columns.column_words import Meaning, meaning_of
from almanac.tables.columns.keys.territories import areas_among, country_among
from almanac.tables.columns.money.documents import are_documents
from almanac.tables.columns.money.parts import Whole, wholes_by_name
from almanac.tables.columns.money.sides import names_indicators, opposite_sides, planned_names
from almanac.tables.columns.words.measure_words import count_different_things
from almanac.tables.findings.quality import SidesKind

MAX_THINGS = 40  # different texts of one key: more are products or shops, not lines of one account
WINDOW = 6  # things just before one that it may be worked out from; statements keep them together
MAX_BETWEEN = 2  # things between such a run of many things and what is worked out from them
MAX_PLACES = 2000  # different texts among which names of areas are looked for
MAX_ROWS = 500  # compared
CLOSE = 0.95  # share of rows that must agree
ROUNDING = 1.05  # units of the last decimal by which rounded numbers may miss their sum
MAX_DECIMALS = 3
_OF_SEVERAL_KINDS = (Meaning.COST, Meaning.PART)  # a cost and a profit, a tax and what it is on
SURE = 1e-6  # how likely an agreement by chance may be


@dataclass(frozen=True)
class Computed:
    """``thing`` is the sum of ``added`` less that of ``subtracted``: texts at ``position`` of the keys."""

    position: int
    thing: str
    added: tuple[str, ...]
    subtracted: tuple[str, ...]


@dataclass(frozen=True)
class Sides:
    """Texts at ``position`` of the keys: what went out and came in, what was planned and came, different things,
    parts (``out``) and their wholes, or areas (``out``) and their parts.
    """

    position: int
    out: tuple[str, ...]
    into: tuple[str, ...]
    kind: SidesKind


def find_computed(series: SeriesSet, is_total: Callable[[str], bool]) -> list[Computed]:
    """The first kind of key of which some things are worked out from others, and how.

    ``is_total``: whether a thing is a running total, so that its differences may be what another thing already says.
    """
    for position in range(len(series.key_columns)):
        texts = list(dict.fromkeys(key[position] for key in series.keys))
        if 2 <= len(texts) <= MAX_THINGS:
            table = _side_by_side(series, position, texts)
            sums = [
                Computed(position, whole.name, whole.parts, ())
                for whole in wholes_by_name(texts)
                if len(whole.parts) > 1 and _is_sum(table, texts, whole)
            ]
            parts_of_sums = {part for one in sums for part in (one.thing, *one.added)}
            found = sums + [
                Computed(
                    position,
                    texts[column],
                    tuple(texts[i] for i, sign in parts if sign > 0),
                    tuple(texts[i] for i, sign in parts if sign < 0),
                )
                for column, parts in _of_columns(table)
                if texts[column] not in parts_of_sums  # each part is the whole less the others
            ]
            found += [Computed(position, total, (part,), ()) for total, part in _differences(table, texts, is_total)]
            if found:
                return found
    return []


def sum_of_all(computed: Sequence[Computed], series: SeriesSet) -> Computed | None:
    """The one that adds up all things that are not worked out themselves: these are of one kind then, as regions are.

    None where some are subtracted, or the names say that the others are what came in and went out, or of several kinds:
    sales and the tax on them.
    """
    if not computed or any(one.subtracted for one in computed):
        return None
    parts = {one.thing: one.added for one in computed}
    texts = dict.fromkeys(key[computed[0].position] for key in series.keys)
    alone = [text for text in texts if text not in parts]
    meanings = {meaning_of(text) for text in alone}
    alike = len(meanings) == 1 and meanings.isdisjoint(_OF_SEVERAL_KINDS)
    if len(alone) < 2 or not alike or opposite_sides(alone) or planned_names(alone):
        return None
    return next((one for one in computed if sorted(_all_parts(one.added, parts)) == sorted(alone)), None)


def _all_parts(added: Sequence[str], parts: Mapping[str, Sequence[str]]) -> list[str]:
    """What is added up, and for what is worked out itself its own parts, which are none of later ones."""
    return [part for text in added for part in (_all_parts(parts[text], parts) if text in parts else [text])]


def _differences(table: Floats, texts: list[str], is_total: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Running totals, of which the table has the differences, each with the thing that it is the total of."""
    found = []
    totals = [n for n, text in enumerate(texts) if is_total(text)]
    for total, other in ((n, i) for n in totals for i in range(len(texts)) if i not in totals):
        both = ~np.isnan(table[:, [total, other]]).any(axis=1)
        values, same = table[both, total], table[both, other]
        tolerance = ROUNDING * 10.0 ** -_decimals(same) if len(same) else 0.0
        if len(same) and _may_tell(same) and (np.abs(values - same) <= tolerance).mean() >= CLOSE:
            found.append((texts[total], texts[other]))
    return found


def find_sides(series: SeriesSet) -> list[Sides]:
    """The kinds of keys whose texts name opposite sides ("Income" and "Expenses"), plans, areas, or different things.

    Several may: a column of areas next to one of what was counted there.
    """
    every = ((n, list(dict.fromkeys(key[n] for key in series.keys))) for n in range(len(series.key_columns)))
    found = (_areas(series, n, texts) or _sides(series, n, texts) for n, texts in every)
    return [sides for sides in found if sides is not None]


def _sides(series: SeriesSet, position: int, texts: list[str]) -> Sides | None:
    if not 2 <= len(texts) <= MAX_THINGS:
        return None
    if (found := opposite_sides(texts)) is not None:
        return Sides(position, tuple(found[0]), tuple(found[1]), "flow")
    if planned := planned_names(texts):
        return Sides(position, tuple(planned), tuple(text for text in texts if text not in planned), "plan")
    wholes = [whole for whole in wholes_by_name(texts) if whole.says_so]
    table = _side_by_side(series, position, texts) if wholes else np.zeros((0, 0))
    if wholes := [whole for whole in wholes if _holds_parts(table, texts, whole)]:
        parts = tuple(part for whole in wholes for part in whole.parts)
        return Sides(position, parts, tuple(whole.name for whole in wholes), "parts")
    name = series.key_columns[position]
    apart = names_indicators(name) or (name != VALUE_COLUMN and count_different_things(texts))
    return Sides(position, (), tuple(texts), "indicators") if apart or _are_papers(series, texts) else None


def _are_papers(series: SeriesSet, texts: list[str]) -> bool:
    """Whether the texts are kinds of papers, such as invoices and payments, and none has amounts with a minus."""
    return are_documents(texts) and not (series.values < 0).any()


def _areas(series: SeriesSet, position: int, texts: list[str]) -> Sides | None:
    """Texts that name areas which others are part of, such as "World"; of amounts only those that are as large."""
    if not 2 <= len(texts) <= MAX_PLACES:
        return None
    areas, country = areas_among(texts), country_among(series.key_columns[position], texts)
    added_up = all(series.measure(i).kind == "flow" for i in range(len(series)))
    if country or (areas and added_up):
        table = _side_by_side(series, position, texts)
        areas = {
            area: parts for area, parts in areas.items() if not added_up or _is_as_large(table, texts, area, parts)
        }
        each = all(_is_as_large(table, texts, area, [part]) for area, parts in country.items() for part in parts)
        areas = areas or (country if each else {})
    if not areas:
        return None
    parts = dict.fromkeys(part for parts in areas.values() for part in parts if part not in areas)
    return Sides(position, tuple(areas), tuple(parts or next(iter(areas.values()))), "areas")


def _is_as_large(table: Floats, texts: list[str], area: str, parts: list[str]) -> bool:
    """Whether an area has as much as its parts together in nearly all rows; "Europe" may be the rest of it."""
    values, known = _with_parts(table, texts, Whole(area, tuple(parts), True))
    return bool(len(values) and (known.sum(axis=1) <= values + ROUNDING * 10.0 ** -_decimals(values)).mean() >= CLOSE)


def _side_by_side(series: SeriesSet, position: int, texts: list[str]) -> Floats:
    """The latest values of the series, a column for each text and a row for each period of each of the other keys:
    float64 [rows, texts], NaN where there is none.
    """
    others = [key[:position] + key[position + 1 :] for key in series.keys]
    families = list(dict.fromkeys(others))[:MAX_ROWS]
    periods = max(MAX_ROWS // len(families), 1)
    first = int(series.last.max()) + 1 - periods
    table = np.full((len(families), periods, len(texts)), np.nan)
    family, text = ({key: n for n, key in enumerate(keys)} for keys in (families, texts))
    for i, other in enumerate(others):
        if other in family:
            at = int(series.first[i]) - first
            values = series[i][max(-at, 0) :]
            into = table[family[other], :, text[series.keys[i][position]]]
            into[max(at, 0) : max(at, 0) + len(values)] = values
    return table.reshape(-1, len(texts))


def _of_columns(table: Floats) -> list[tuple[int, list[tuple[int, int]]]]:
    """Columns that are sums or differences of two or more of those before them: each with the columns and signs."""
    known = ~np.isnan(table)
    table = np.nan_to_num(table)
    found = []
    for column in range(2, table.shape[1]):
        rows = known[:, column] & (table[:, column] != 0)
        if not rows.any():
            continue
        values, before = table[rows, column], table[rows, :column]
        parts = None
        if _may_tell(values):
            parts = _parts(values, before[:, -WINDOW:])
        if parts is None and column > WINDOW and _may_tell(values, len(_runs(column))):
            parts = _first_way(values, before, _runs(column))
        if parts is not None:
            places = range(column - len(parts), column)
            found.append((column, [(i, sign) for i, sign in zip(places, parts.tolist(), strict=True) if sign]))
    return found


def _is_sum(table: Floats, texts: list[str], whole: Whole) -> bool:
    """Whether a whole is the sum of its parts in nearly all rows; ``table``: float64 [rows, texts]."""
    values, parts = _with_parts(table, texts, whole)
    if not len(values) or not _may_tell(values):
        return False
    tolerance = ROUNDING * 10.0 ** -_decimals(np.column_stack([values, parts]))
    return bool((np.abs(parts.sum(axis=1) - values) <= tolerance).mean() >= CLOSE)


def _holds_parts(table: Floats, texts: list[str], whole: Whole) -> bool:
    """Whether each part is as large as the whole or less in nearly all rows, and less in some."""
    values, parts = _with_parts(table, texts, whole)
    within = (parts >= 0) & (parts <= values[:, None])
    return bool(len(values) and within.mean() >= CLOSE and (parts < values[:, None]).any(axis=0).all())


def _with_parts(table: Floats, texts: list[str], whole: Whole) -> tuple[Floats, Floats]:
    """The values of a whole, float64 [rows], and of its parts, 0 where there is none: float64 [rows, parts]."""
    values, parts = table[:, texts.index(whole.name)], table[:, [texts.index(part) for part in whole.parts]]
    known = ~np.isnan(values) & ~np.isnan(parts).all(axis=1)
    return values[known], np.nan_to_num(parts[known])


def _may_tell(values: Floats, ways: int = 3**WINDOW) -> bool:
    """Whether values differ enough for none of so many sums of others to be as near to them by chance."""
    ordered, unit = np.sort(values), ROUNDING * 10.0 ** -_decimals(values)
    most = (np.searchsorted(ordered, ordered + unit, "right") - np.searchsorted(ordered, ordered - unit)).max()
    most = most / len(values)
    return bool(most < 1 and len(values) * CLOSE * np.log(most) + np.log(ways) < np.log(SURE))


def _parts(values: Floats, before: Floats) -> Integers | None:
    """The signs with which columns add up to the values, 0 for those that do not count; None where they do not.

    Of several, those with the fewest columns.
    """
    return _first_way(values, before, _signs(before.shape[1]))


def _first_way(values: Floats, before: Floats, signs: Integers) -> Integers | None:
    """The first of some ways to add up columns that gives the values; None where there is none."""
    tolerance = ROUNDING * 10.0 ** -_decimals(np.column_stack([values, before]))
    if np.abs(values).max(initial=0.0) <= tolerance:
        return None  # so small that anything adds up to it
    apart = np.abs(before @ signs.T - values[:, None])
    agree = (apart <= tolerance).mean(axis=0) >= CLOSE
    copies: Flags = (np.abs(np.abs(before) - np.abs(values)[:, None]) <= tolerance).mean(axis=0) >= CLOSE
    for n in np.flatnonzero(agree).tolist():
        used: Flags = signs[n] != 0
        if copies[used].any():
            continue  # the others cancel one another, as two readings of one temperature do
        if used.sum() > 1 and (before[:, used] != 0).mean(axis=0).min() > 1 - CLOSE:
            way: Integers = signs[n]
            return way
    return None


def _decimals(values: Floats) -> int:
    """How many decimals the numbers have, ``MAX_DECIMALS`` at most."""
    for decimals in range(MAX_DECIMALS):
        scaled = values * 10.0**decimals
        if np.allclose(scaled, np.round(scaled), rtol=0, atol=1e-6 * max(1.0, float(np.abs(scaled).max()) * 1e-9)):
            return decimals
    return MAX_DECIMALS


@cache
def _signs(columns: int) -> Integers:
    """All ways to add and subtract some of these columns, the fewest first: int64 [ways, columns]."""
    ways = sorted(product((1, -1, 0), repeat=columns), key=lambda way: columns - way.count(0))
    return np.array(ways, dtype=np.int64)


@cache
def _runs(columns: int) -> Integers:
    """All ways to add some neighbours and to subtract the next ones, as "Left over" does with income and expenses.

    Only those with more columns than ``_signs`` looks at, up to the last one or nearly so: int64 [ways, columns].
    """
    ways = [
        [0] * start + [1] * (middle - start) + [-1] * (end - middle) + [0] * (columns - end)
        for end in range(columns, columns - MAX_BETWEEN - 1, -1)
        for start in range(end - WINDOW)
        for middle in range(start + 1, end + 1)
    ]
    return np.array(ways, dtype=np.int64)
