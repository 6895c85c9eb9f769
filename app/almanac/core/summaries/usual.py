"""What is usual for a series: the one average that a forecast is compared with, whatever its horizon."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Frequency
from almanac.core.series import SeriesSet

PERIODS_WITHOUT_SEASON = 5  # of yearly and undated data: recent, and not a single value; chosen by judgement


def usual_span(frequency: Frequency) -> int:
    """How many of the latest periods show what is usual: a year of days, weeks or months, a week of hours."""
    season = max(frequency.season_length, frequency.long_season)
    return season if season > 1 else PERIODS_WITHOUT_SEASON


def usual_words(frequency: Frequency) -> str:
    """What usual means: "the average of the last 12 months"."""
    return f"the average of the last {frequency.duration(usual_span(frequency))}"


def usual_levels(series: SeriesSet) -> Floats:
    """The mean of the latest known values of each series, over ``usual_span``: float64 [N], NaN where none is known."""
    ends = series.offsets[1:]
    starts = np.maximum(series.offsets[:-1], ends - usual_span(series.frequency))
    edges = np.stack([starts, ends], axis=1).ravel()
    known = np.append(np.isfinite(series.values), False)  # one more, as the last edge is the end
    sums = np.add.reduceat(np.where(known, np.append(series.values, 0.0), 0.0), edges)[::2]
    counts = np.add.reduceat(known.astype(np.int64), edges)[::2]
    levels: Floats = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return levels
