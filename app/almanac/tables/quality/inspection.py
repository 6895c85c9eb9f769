"""Looks for odd values in finished series, reports them, and repairs what the person chose to have repaired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.tables.columns.column_words import Meaning, meaning_of
from almanac.tables.findings import registry as findings
from almanac.tables.findings.quality import SidesKind
from almanac.tables.quality.computed_series import Computed, Sides, find_computed, find_sides, sum_of_all
from almanac.tables.quality.level_breaks import find_level_breaks
from almanac.tables.quality.outliers import find_few_negatives, find_outliers, find_unit_jumps
from almanac.tables.quality.repairs import Repairs
from almanac.tables.quality.segments import owners
from almanac.tables.quality.whole_file import find_imbalance, find_low_last_period
from almanac.tables.reading import ReadingOptions

MIN_VALUES = 8  # a shorter series has too little history to learn from; chosen by judgement
OTHER_PLACES = "other places"  # what totals of the parts of areas are called
PARTS = "parts of {}"  # and those of the parts of a sum
MIN_CONSTANT = 3  # values from which on it says something that all are the same


@dataclass(frozen=True, eq=False)
class Inspection:
    """``series`` as they were read; ``lines_of``: the lines of the file that made the values at some positions."""

    series: SeriesSet
    options: ReadingOptions
    lines_of: Callable[[Integers], tuple[int, ...]]

    @cached_property
    def unit_jumps(self) -> tuple[Integers, Floats]:
        """Positions of values in another unit, and what to multiply each by."""
        return find_unit_jumps(self.series)

    @cached_property
    def sides(self) -> list[Sides]:
        """Kinds of keys whose texts no sum may join, by their names, except where the numbers already show it."""
        taken = {computed.position for computed in self.computed}
        return [sides for sides in find_sides(self.series) if sides.position not in taken]

    @cached_property
    def computed(self) -> list[Computed]:
        """Series that are worked out from others."""
        return find_computed(self.series, self.is_total)

    def is_total(self, name: str) -> bool:
        """Whether a running total is called so, by its name or because the person chose its differences."""
        code = findings.running_total.code
        return meaning_of(name) is Meaning.COUNTER or self.options.repair(code, name) == "difference"

    def names_at(self, positions: Integers) -> list[str]:
        """Names of the series that the values at these positions belong to, each once."""
        return [self.series.names[i] for i in dict.fromkeys(owners(self.series, positions).tolist())]


@dataclass(frozen=True, eq=False)
class Inspected:
    """The series, repaired as chosen, and what was found."""

    series: SeriesSet
    findings: tuple[Finding, ...]


def inspect(series: SeriesSet, options: ReadingOptions, lines_of: Callable[[Integers], tuple[int, ...]]) -> Inspected:
    """Every inspector in turn. Raises ProblemError when the repairs leave nothing, or one does not exist."""
    inspection, repairs = Inspection(series, options, lines_of), Repairs.none(series)
    found = []
    for inspector in INSPECTORS:
        finding, repairs = inspector(inspection, repairs)
        if finding is not None:
            found.append(finding)
    return Inspected(repairs.applied(), tuple(found))


Result = tuple[Finding | None, Repairs]


def inspect_unit_jumps(inspection: Inspection, repairs: Repairs) -> Result:
    """Values in another unit."""
    positions, factors = inspection.unit_jumps
    if not len(positions):
        return None, repairs
    used = findings.unit_jump.treatment(inspection.options)
    finding = findings.unit_jump(inspection.names_at(positions), factors, inspection.lines_of(positions), used)
    return finding, repairs.treat(positions, used, factors)


def inspect_outliers(inspection: Inspection, repairs: Repairs) -> Result:
    """Single values far from all others, except those in another unit."""
    series = inspection.series
    positions = np.setdiff1d(find_outliers(series), inspection.unit_jumps[0])
    if not len(positions):
        return None, repairs
    used = findings.outliers.treatment(inspection.options)
    names, lines = inspection.names_at(positions), inspection.lines_of(positions)
    return findings.outliers(names, series.values[positions], lines, used), repairs.treat(positions, used)


def inspect_negatives(inspection: Inspection, repairs: Repairs) -> Result:
    """A few values below zero in series of counts."""
    positions = find_few_negatives(inspection.series)
    if not len(positions):
        return None, repairs
    used = findings.negatives.treatment(inspection.options)
    names, lines = inspection.names_at(positions), inspection.lines_of(positions)
    return findings.negatives(names, len(positions), lines, used), repairs.treat(positions, used)


def inspect_level_breaks(inspection: Inspection, repairs: Repairs) -> Result:
    """Series that changed their level for good, except those with values in another unit."""
    series = inspection.series
    breaks = find_level_breaks(series)
    positions = breaks[~np.isin(owners(series, breaks), owners(series, inspection.unit_jumps[0]))]
    if not len(positions):
        return None, repairs
    used = findings.level_break.treatment(inspection.options)
    broken = owners(series, positions)
    periods = series.first[broken] + positions - series.offsets[broken]
    dates = [series.frequency.label(int(period)) for period in periods]
    finding = findings.level_break(inspection.names_at(positions), dates, inspection.lines_of(positions), used)
    return finding, repairs.begin_at(positions) if used == "after" else repairs


def inspect_last_period(inspection: Inspection, repairs: Repairs) -> Result:
    """A last period far below all before, which may not be over."""
    series = inspection.series
    positions = find_low_last_period(series)
    if not len(positions):
        return None, repairs
    used = findings.low_last_period.treatment(inspection.options)
    label, lines = series.frequency.label(int(series.last.max())), inspection.lines_of(positions)
    finding = findings.low_last_period(label, series.frequency, used, lines, len(positions))
    return finding, repairs.end_before(positions) if used == "leave_out" else repairs


def inspect_constant_series(inspection: Inspection, repairs: Repairs) -> Result:
    """Series whose values are all the same."""
    series = inspection.series
    lows = np.fmin.reduceat(series.values, series.offsets[:-1])
    highs = np.fmax.reduceat(series.values, series.offsets[:-1])
    constant = (lows == highs) & (series.lengths >= MIN_CONSTANT)
    if not constant.any():
        return None, repairs
    used = findings.constant_series.treatment(inspection.options)
    finding = findings.constant_series([series.names[i] for i in np.flatnonzero(constant)], used)
    return finding, repairs.without(constant) if used == "leave_out" else repairs


def inspect_short_series(inspection: Inspection, repairs: Repairs) -> Result:
    """Series with too little history."""
    series = inspection.series
    short = series.lengths < MIN_VALUES
    if not short.any():
        return None, repairs
    used = findings.too_short.treatment(inspection.options)
    finding = findings.too_short([series.names[i] for i in np.flatnonzero(short)], MIN_VALUES, used)
    return finding, repairs.without(short) if used == "leave_out" else repairs


def inspect_imbalance(inspection: Inspection, repairs: Repairs) -> Result:
    """A few series that hold nearly all of the volume."""
    series = inspection.series
    largest, share = find_imbalance(series)
    if not len(largest):
        return None, repairs
    return findings.imbalance([series.names[i] for i in largest], len(series), share), repairs


def inspect_computed(inspection: Inspection, repairs: Repairs) -> Result:
    """Series that are worked out from others: each is its own kind, which no sum joins with another.

    Where one is the sum of all others that are not, these are parts of one whole, and added up.
    """
    computed = inspection.computed
    if not computed:
        return None, repairs
    used = findings.computed_series.treatment(inspection.options)
    whole = sum_of_all(computed, inspection.series)
    said = [(one.thing, one.added, one.subtracted) for one in computed]
    finding = findings.computed_series(said, used, parts_only=whole is not None)
    position = computed[0].position
    if whole is None or used != "apart":
        return finding, _apart(inspection, repairs, position, used)
    sums = {one.thing for one in computed}
    texts = [key[position] for key in inspection.series.keys]
    return finding, repairs.apart([text if text in sums else PARTS.format(whole.thing) for text in texts])


def inspect_sides(inspection: Inspection, repairs: Repairs, kind: SidesKind) -> Result:
    """Series for what came in and what went out and the like, where the numbers do not show more: no sum joins them."""
    found = next((sides for sides in inspection.sides if sides.kind == kind), None)
    if found is None:
        return None, repairs
    used = findings.opposite_sides.treatment(inspection.options)
    finding = findings.opposite_sides(found.out, found.into, found.kind, used)
    if found.kind == "areas":
        return finding, _areas_apart(inspection, repairs, found) if used == "apart" else repairs
    return finding, _apart(inspection, repairs, found.position, used)


def _areas_apart(inspection: Inspection, repairs: Repairs, found: Sides) -> Repairs:
    """With each area as its own kind; its parts are added up as before."""
    areas = set(found.out)
    texts = [key[found.position] for key in inspection.series.keys]
    others = [
        "" if repairs.are_apart else inspection.series.measure(i).counted or OTHER_PLACES for i in range(len(texts))
    ]
    return repairs.apart([text if text in areas else other for text, other in zip(texts, others, strict=True)])


def _apart(inspection: Inspection, repairs: Repairs, position: int, used: str) -> Repairs:
    """With each text at a position of the keys as its own kind, unless the person chose otherwise."""
    return repairs.apart([key[position] for key in inspection.series.keys]) if used == "apart" else repairs


# In the order of their findings. A repair of values acts on what those before it left.
INSPECTORS: tuple[Callable[[Inspection, Repairs], Result], ...] = (
    inspect_unit_jumps,
    inspect_outliers,
    inspect_negatives,
    inspect_level_breaks,
    inspect_last_period,
    inspect_constant_series,
    inspect_short_series,
    inspect_imbalance,
    inspect_computed,
    *(partial(inspect_sides, kind=kind) for kind in ("flow", "plan", "parts", "indicators", "areas")),
)
