"""What the report says of the person's own adjustments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.spans import periods_words
from almanac.desktop.report.tables import quiet
from almanac.wording.adjustments import change_words

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

MAX_NAMED = 4  # on a page that has much else to say
SECOND_LINE = "The dashed line is the forecast before that."


def unadjusted(result: ForecastResult, i: int) -> Floats | None:
    """The forecast of series ``i`` before the person adjusted it: float64 [H]; None where they did not."""
    adjusted = result.adjusted
    if adjusted is None or not adjusted.touches(np.array([i])):
        return None
    before: Floats = result.forecast.select(i).shown[0][0]
    return before


def adjustment_lines(result: ForecastResult, rows: Integers, *, drawn: bool) -> list[str]:
    """The adjustments of these series of the forecast with their notes; none where there are none.

    ``drawn``: whether a chart has the forecast before them as a second line.
    """
    adjusted = result.adjusted
    about = [] if adjusted is None else [one for one in adjusted.applied if np.isin(one.rows, rows).any()]
    if not about:
        return []
    said = []
    for one in about[:MAX_NAMED]:
        when = periods_words(result.forecast.frequency, one.span.first, one.span.last)
        note = f" ({one.adjustment.note})" if one.adjustment.note else ""
        said.append(f"{one.name}, {when}: {change_words(one.adjustment, numbers.LOCALE)}{note}")
    if len(about) > MAX_NAMED:
        said.append(f"and {numbers.count(len(about) - MAX_NAMED)} more, in the workbook")
    return [quiet(f"Adjusted by you: {'; '.join(said)}.{f' {SECOND_LINE}' if drawn else ''}")]
