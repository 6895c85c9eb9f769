"""Cells without a number on days that are always closed: that it is closed says it, once for all columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.tables.findings import registry as findings
from almanac.tables.reading_plan import ReadingPlan
from almanac.tables.values.cells import CellKind
from almanac.tables.values.numbers import Numbers

_EXPLAINED: Mapping[str, tuple[CellKind, ...]] = {
    findings.missing_values.code: (CellKind.EMPTY, CellKind.MISSING),
    findings.text_among_numbers.code: (CellKind.TEXT,),
}


def without_explained(
    plan: ReadingPlan,
    found: Sequence[Finding],
    numbers: Mapping[int, Numbers],
    periods: Integers,
    series: SeriesSet,
) -> tuple[Finding, ...]:
    """The findings without those about cells that are all in periods in which every series is closed.

    ``numbers``: by value column; ``periods``: int64 [N], the period number of every row. What the person chose for such
    cells stays.
    """
    if not series.open_periods or not any(one.code in _EXPLAINED for one in found):
        return tuple(found)
    closed = np.ones(len(periods), dtype=bool)
    for one in {open_periods.key: open_periods for open_periods in series.open_periods}.values():
        closed &= ~one.is_open(series.frequency, periods)
    names = {plan.table.names[i]: i for i in numbers}
    return tuple(one for one in found if not _is_explained(one, numbers, names, closed, plan))


def _is_explained(
    one: Finding, numbers: Mapping[int, Numbers], names: Mapping[str, int], closed: Flags, plan: ReadingPlan
) -> bool:
    kinds = _EXPLAINED.get(one.code)
    if kinds is None or one.column not in names or plan.options.repair(one.code, one.column):
        return False
    cells = np.isin(numbers[names[one.column]].kinds, kinds)
    return bool(closed[cells].all())
