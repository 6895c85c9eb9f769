"""Files with years, quarters and months next to each other, as statistics offices publish them: read one at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers
from almanac.core.calendar.frequency import MONTHLY, QUARTERLY, YEARLY
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.timeline.timeline import Timeline
from almanac.tables.values.cells import Column, Table
from almanac.tables.values.dates.date_patterns import Grain

# Chosen by judgement.
_MIN_ROWS = 4  # of each frequency
_MIN_REPEATED = 3  # rows for each distinct text of a column that says which frequency a row has
_CELLS_LOOKED_AT = 200
_NAMES = {Grain.YEAR: YEARLY.name, Grain.QUARTER: QUARTERLY.name, Grain.MONTH: MONTHLY.name}


@dataclass(frozen=True, eq=False)
class OtherFrequency:
    """Rows of a frequency that is not read: its ``name``, and the ``lines`` of the file, int64 [n]."""

    name: str
    lines: Integers


@dataclass(frozen=True, eq=False)
class MixedGrains:
    """``kept``: bool [N], the rows of the frequency called ``name`` that is read; ``others``: those left out."""

    name: str
    kept: Flags
    others: tuple[OtherFrequency, ...]


def find_mixed_grains(
    table: Table, timeline: Timeline, source: DateSource, requested: str | None
) -> MixedGrains | None:
    """The rows of the frequency that was requested, or that most rows have, where rows have several.

    Years among the months of the same series are totals, not another frequency: some column must tell them apart.
    """
    grains = timeline.grains
    if grains is None:
        return None
    counts = {grain: int((grains == grain).sum()) for grain in _NAMES}
    present = [grain for grain, count in counts.items() if count >= _MIN_ROWS]
    if len(present) < 2 or not _some_column_separates(table, grains, source):
        return None
    used = next((grain for grain in present if _NAMES[grain] == requested), max(present, key=counts.__getitem__))
    others = tuple(
        OtherFrequency(_NAMES[grain], table.lines[grains == grain])
        for grain in _NAMES
        if grain != used and counts[grain]
    )
    kept = ~np.isin(grains, [int(grain) for grain in _NAMES if grain != used])
    return MixedGrains(_NAMES[used], kept, others)


def _some_column_separates(table: Table, grains: Integers, source: DateSource) -> bool:
    """Whether rows of different grains never share a text in some column, such as A, Q and M, or series names."""
    dated = grains >= 0
    return any(
        _separates(column, grains, dated)
        for i, column in enumerate(table.columns)
        if i not in source.columns and not column.has_numbers
    )


def _separates(column: Column, grains: Integers, dated: Flags) -> bool:
    if len(column.cells) * _MIN_REPEATED > len(column) or column.empty[dated].any():
        return False
    texts = [isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in column.cells[:_CELLS_LOOKED_AT]]
    if not all(text or cell in ("", None) for text, cell in zip(texts, column.cells, strict=False)):
        return False
    pairs = np.unique(column.codes[dated].astype(np.int64) * len(Grain) + grains[dated])
    return len(np.unique(pairs // len(Grain))) == len(pairs)
