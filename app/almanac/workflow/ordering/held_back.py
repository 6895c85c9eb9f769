"""Products whose adjustment cannot be used: they have no order, and the others do not wait for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from almanac.core.entered.lists import ListFaults, RowFault
from almanac.core.series import SeriesSet
from almanac.workflow.adjusting.apply import unusable
from almanac.workflow.adjusting.targets import Targets, UnusableError
from almanac.workflow.forecasts.list_faults import nothing_ahead, require_usable_lists, unused_rows
from almanac.workflow.totalling.aligned_parts import align

if TYPE_CHECKING:
    from almanac.workflow.forecasts.make_forecast import ForecastOptions
    from almanac.workflow.results import ForecastResult


@dataclass(frozen=True)
class HeldBack:
    """``names`` of series, and the rows of the list of adjustments that are about them."""

    names: frozenset[str]
    faults: ListFaults

    def with_unused(self, result: ForecastResult) -> HeldBack:
        """With the adjustments that turned out not to fit the forecast."""
        if result.adjusted is None:
            return self
        rows = unused_rows(result.adjusted)
        targets = Targets(align(result.forecast, result.file.series))
        return HeldBack(self.names | _names(rows, targets), self.faults.with_rows(rows))


def without_bad_rows(
    series: SeriesSet, horizon: int, options: ForecastOptions
) -> tuple[ForecastOptions, HeldBack | None]:
    """The options with the adjustments that can be used, and the products that the other rows are about.

    An adjustment whose time is over changes nothing and holds nothing back. Raises ``ProblemError`` naming all rows
    when one of them may be about any product, or an event cannot be used.
    """
    unread = options.adjustment_faults
    if unread is None:
        return options, None
    nothing = nothing_ahead(series, horizon)
    bad = {one.row: why for one, why in unusable(nothing, series, options.adjustments or ()) if not why.over}
    unfit = [RowFault(one.row, str(bad[one.row]), one.name) for one in options.adjustments or () if one.row in bad]
    faults = unread.with_rows(tuple(unfit))
    usable = tuple(one for one in options.adjustments or () if one.row not in bad)
    kept = replace(options, adjustments=usable, adjustment_faults=None)
    require_usable_lists(series, horizon, kept)
    try:
        names = _names(faults.rows, Targets(align(nothing, series)))
    except UnusableError:
        names = frozenset(series.names)
    if len(names) == len(series):
        require_usable_lists(series, horizon, options)
    return kept, HeldBack(names, faults)


def _names(rows: tuple[RowFault, ...], targets: Targets) -> frozenset[str]:
    """The series that rows are about. Raises ``UnusableError`` for a name that no series and no group has."""
    number = dict(zip(targets.parts.rows.tolist(), targets.parts.series.names, strict=True))
    found = (targets.called(fault.name).rows.tolist() for fault in rows)
    return frozenset(number[row] for rows_of_one in found for row in rows_of_one)
