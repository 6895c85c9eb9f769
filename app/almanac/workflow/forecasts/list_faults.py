"""Rows of a person's lists that cannot be used: all of them at once, before the work begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.entered.adjustments import Adjustment
from almanac.core.entered.lists import ListFaults, RowFault
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast, SeriesSet
from almanac.wording import entered_lists as wording
from almanac.workflow.adjusting.apply import unusable
from almanac.workflow.forecasts.closed_periods import without_closed_periods
from almanac.workflow.forecasts.event_faults import EVENTS, event_code, faults_of_events

if TYPE_CHECKING:
    from almanac.workflow.adjusting.adjusted import Adjusted
    from almanac.workflow.forecasts.make_forecast import ForecastOptions


ADJUSTMENTS = "adjustment"


def require_usable_lists(series: SeriesSet, horizon: int, options: ForecastOptions) -> None:
    """Raises ``ProblemError`` naming every row of the lists of events and adjustments that cannot be used.

    Adjustments that the person entered elsewhere are no list; what does not fit of them is said with the forecast.
    """
    found: list[tuple[str, ListFaults]] = []
    codes: list[tuple[str, str]] = []
    events, adjustments = options.events, options.adjustment_faults
    if events is not None and events.faults is not None and series.frequency.dated:
        found.append((EVENTS, faults_of_events(series, events.events, events.faults)))
        codes.append((event_code(events.faults), ""))
    if adjustments is not None:
        unfit = faults_of_adjustments(series, horizon, options.adjustments or ())
        found.append((ADJUSTMENTS, adjustments.with_rows(unfit)))
        codes.append(_code(adjustments))
    bad = [k for k, (_, faults) in enumerate(found) if faults.rows]
    if bad:
        code, hint = codes[bad[0]] if len(bad) == 1 else ("lists_not_understood", "")
        raise ProblemError(wording.bad_rows([found[k] for k in bad], code, hint))


def _code(unread: ListFaults) -> tuple[str, str]:
    """The code of a Problem and a hint, by whether rows that cannot be read are among its rows."""
    if unread.rows:
        return "adjustments_not_understood", ""
    return "adjustments_do_not_fit", "--horizon looks further ahead."


def faults_of_adjustments(series: SeriesSet, horizon: int, adjustments: Sequence[Adjustment]) -> tuple[RowFault, ...]:
    """The adjustments that no forecast of these series so far ahead can take."""
    found = unusable(nothing_ahead(series, horizon), series, adjustments)
    return tuple(RowFault(one.row, str(why), one.name) for one, why in found)


def nothing_ahead(series: SeriesSet, horizon: int) -> Forecast:
    """A forecast of 0 of all series, closed where they are: what adjustments must fit before there is another."""
    nothing = Forecast(
        names=series.names,
        first=series.last + 1,
        frequency=series.frequency,
        levels=np.array([0.5]),
        quantiles=np.zeros((len(series), horizon, 1)),
        model="",
        checksum="",
        device="",
    )
    return without_closed_periods(nothing, series)


def unused_rows(adjusted: Adjusted) -> tuple[RowFault, ...]:
    """The adjustments of a list that turned out not to fit the forecast."""
    return tuple(
        RowFault(one.adjustment.row, one.why, one.adjustment.name) for one in adjusted.not_used if not one.over
    )


def require_used(adjusted: Adjusted | None, faults: ListFaults | None) -> None:
    """Raises ``ProblemError`` when adjustments of a list turn out not to fit the forecast, naming them."""
    if adjusted is None or faults is None:
        return
    listed = faults.with_rows(unused_rows(adjusted))
    if listed.rows:
        raise ProblemError(wording.bad_rows([(ADJUSTMENTS, listed)], *_code(ListFaults(listed.file, ()))))
