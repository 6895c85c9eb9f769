"""Score earlier forecasts of a table by its newest values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.backtests.baselines import REFERENCE

if TYPE_CHECKING:
    from almanac.evaluation import PastForecasts, Scores

NONE_RENAMED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class GivenForecast:
    """A forecast that a person was given: the model's, and what they made of it, the point forecasts float64 [N, H];
    None where they changed nothing.
    """

    forecast: Forecast
    adjusted: Floats | None = None


def score_forecasts(
    given: Sequence[GivenForecast],
    series: SeriesSet,
    renamed: Mapping[str, str] = NONE_RENAMED,
    capped: Flags | None = None,
) -> Job[Scores | None]:
    """Score earlier forecasts, oldest first, by ``series``; None where nothing has arrived yet.

    ``capped`` bool [points]: values that are left out, as it was sold out.
    """
    from almanac import evaluation

    past = evaluation.past_forecasts([one.forecast for one in given], series, renamed, capped)
    return (yield from score_past(past, given, series, renamed))


def score_past(
    past: PastForecasts, given: Sequence[GivenForecast], series: SeriesSet, renamed: Mapping[str, str] = NONE_RENAMED
) -> Job[Scores | None]:
    """Score the forecasts that were ``given``, put next to what happened as ``past``; None where nothing has.

    Seasonal naive forecasts from the same dates, each time with what was known then.
    """
    from almanac import evaluation

    if len(past) == 0:
        return None
    levels = tuple(map(float, past.runs.levels))
    naive = yield from evaluation.run_backtest(
        series, past.runs.horizon, REFERENCE.forecaster, levels, past.runs.windows
    )
    beside = evaluation.Beside(naive, _adjusted(given, past, renamed))
    return evaluation.score(past, beside, series.key_columns, series.keys)


def _adjusted(given: Sequence[GivenForecast], past: PastForecasts, renamed: Mapping[str, str]) -> Floats | None:
    """What the person made of each forecast, NaN where it is the model's: float64 [W, H]; None where nothing is."""
    if all(one.adjusted is None for one in given):
        return None
    found = np.full(past.point.shape, np.nan)
    for k, one in enumerate(given):
        if one.adjusted is None:
            continue
        row_of = {renamed.get(name, name): row for row, name in enumerate(one.forecast.names)}
        windows = np.flatnonzero(past.made == k)
        rows = np.array([row_of[past.runs.names[past.runs.series[w]]] for w in windows.tolist()], np.int64)
        changed = one.adjusted != one.forecast.point
        found[windows, : one.forecast.horizon] = np.where(changed, one.adjusted, np.nan)[rows]
    return found
