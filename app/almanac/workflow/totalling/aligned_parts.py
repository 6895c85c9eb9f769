"""The series of a forecast over one common stretch of time, so that they can be added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.measure import VALUE_COLUMN
from almanac.core.series import Forecast, SeriesSet

WIDTH_TO_SPREAD = 1 / 1.2816  # of a normal distribution: half of its 80% range is 1.28 standard deviations


@dataclass(frozen=True)
class AlignedParts:
    """N series by name, each with the same H steps from period ``first``, the one after the latest end.

    ``rows`` int64 [N]: their positions in the forecast; ``series``: the same series; ``means`` float64 [N, H],
    ``quantiles`` [N, H, Q] at ``levels``. ``fixed`` bool [N, H]: steps in which a series is closed or over;
    ``has_value`` bool [N, H]: those that count in an average. ``active`` bool [N]: not over: one that ended a horizon
    before the others adds nothing. ``averaged`` bool [N]: levels such as prices, which have no total; ``kinds``: what
    keeps series apart in every total, "" where all can be added up.
    """

    rows: Integers
    series: SeriesSet
    first: int
    means: Floats
    quantiles: Floats
    levels: Floats
    fixed: Flags
    has_value: Flags
    active: Flags
    averaged: Flags
    kinds: tuple[str, ...]

    @property
    def horizon(self) -> int:
        """H, the number of steps."""
        return int(self.means.shape[1])

    def written_back(self, forecast: Forecast) -> Forecast:
        """The forecast with these means, where its steps are among these."""
        means = forecast.mean.copy()
        steps = steps_of(forecast, self.first)[self.rows]
        row, step = np.nonzero(steps < forecast.horizon)
        means[self.rows[row], steps[row, step]] = self.means[row, step]
        return replace(forecast, means=means)


def align(forecast: Forecast, series: SeriesSet) -> AlignedParts:
    """The series of a forecast side by side. One that ended a little earlier goes on with the last season of its
    forecast.

    ``series``: those of the file.
    """
    rows = np.array(sorted(range(len(forecast.names)), key=lambda i: forecast.names[i]), np.int64)
    own = series.take(series.positions(forecast.names)[rows])
    first = int(forecast.first.max())
    wanted = steps_of(forecast, first)[rows]
    steps = at_steps(forecast, first, forecast.horizon)[rows]
    at = rows[:, None], steps
    active = wanted[:, 0] < forecast.horizon
    has_value = np.broadcast_to(active[:, None], steps.shape)
    if forecast.without_value is not None:
        has_value = has_value & ~forecast.without_value[at]
    fixed = ~has_value if forecast.closed is None else ~has_value | forecast.closed[at]
    counted = has_value[:, :, None]
    return AlignedParts(
        rows=rows,
        series=own,
        first=first,
        means=np.where(has_value, forecast.mean[at], 0.0),
        quantiles=np.where(counted, forecast.quantiles[at], 0.0),
        levels=forecast.levels,
        fixed=fixed,
        has_value=has_value,
        active=active,
        averaged=np.array([own.measure(i).kind == "level" for i in range(len(own))]),
        kinds=_kinds(own),
    )


def at_steps(forecast: Forecast, first: int, horizon: int) -> Integers:
    """Which step of each series stands for each of ``horizon`` periods from ``first``: int64 [N, horizon].

    After its end its last season is repeated, or its last step where the season is longer.
    """
    steps = first - forecast.first[:, None] + np.arange(horizon)
    season = forecast.frequency.season_length
    again = forecast.horizon - season + (steps - forecast.horizon) % season
    return np.where(steps < forecast.horizon, steps, again if season <= forecast.horizon else forecast.horizon - 1)


def steps_of(forecast: Forecast, first: int) -> Integers:
    """Which step of each series, from 0, is in each of the periods from ``first``: int64 [N, H], H and more after its
    end.
    """
    steps: Integers = first - forecast.first[:, None] + np.arange(forecast.horizon)
    return steps


def _kinds(series: SeriesSet) -> tuple[str, ...]:
    """What keeps series apart: the column of numbers where there are others to split by, a unit, prices and amounts.

    Of a kind that is a single column, the name of this column says more.
    """
    n = len(series)
    column = [""] * n
    if len(series.key_columns) > 1 and series.key_columns[-1] == VALUE_COLUMN:
        column = [key[-1] for key in series.keys]
    unit = [series.measure(i).unit for i in range(n)]
    kind = ["average" if series.measure(i).kind == "level" else "total" for i in range(n)]
    counted = [series.measure(i).counted for i in range(n)]
    further = [values for values in (unit, kind) if len({*zip(column, values, strict=True)}) > len({*column})]
    if len({*zip(column, *further, counted, strict=True)}) > len({*zip(column, *further, strict=True)}):
        further.append(counted)
    kinds = [" · ".join(filter(None, parts)) for parts in zip(column, *further, strict=True)]
    if series.key_columns != (VALUE_COLUMN,) or len({*kinds}) == 1:
        return tuple(kinds)
    members = Counter(kinds)
    return tuple(name if members[kind] == 1 else kind for name, kind in zip(series.names, kinds, strict=True))
