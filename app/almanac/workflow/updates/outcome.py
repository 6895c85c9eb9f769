"""Use case: one series as it was forecast earlier, next to what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.history.access import file_of, open_history
from almanac.workflow.updates.past_runs import latest_reading, past_runs
from almanac.workflow.updates.scoring import GivenForecast

MAX_FORECASTS = 24  # of one series that can be chosen from, the latest; chosen by judgement


@dataclass(frozen=True)
class SeriesOutcome:
    """An earlier forecast of one series, and what happened.

    ``past``: the series up to the forecast, alone in its SeriesSet; ``forecast``: that forecast, of this series alone;
    ``happened`` float64 [H]: the values that have arrived, NaN for the others; ``adjusted`` float64 [H]: what the
    person had made of it, None where they changed nothing. ``made_before``: the first periods of all forecasts of this
    series with a value, the latest last; ``chosen``: the position of this one among them.
    """

    past: SeriesSet
    forecast: Forecast
    happened: Floats
    adjusted: Floats | None
    made_before: tuple[int, ...]
    chosen: int


def project_outcome(project: str, name: str, first: int | None = None) -> Job[SeriesOutcome | None]:
    """The forecast of the series ``name`` (its name now) that begins in period ``first`` (None: the latest with a
    value), next to the latest data of the project. None when no value of it has arrived.
    """
    yield Progress(0, 0, f"Looking up what happened to {name}")
    with open_history() as store:
        series = file_of(store, latest_reading(store, project).id).series
        past = past_runs(store, project)
    return outcome_of(past.given, series, past.renamed, name, first)


def outcome_of(
    given: Sequence[GivenForecast], series: SeriesSet, renamed: Mapping[str, str], name: str, first: int | None = None
) -> SeriesOutcome | None:
    """See ``project_outcome``; ``given``: oldest first, of forecasts from the same date the latest counts."""
    if name not in series.names:
        return None
    of = series.names.index(name)
    found: dict[int, tuple[GivenForecast, int]] = {}
    for one in given:
        for row in _rows(one.forecast, renamed, name):
            begin = int(one.forecast.first[row])
            if series.first[of] < begin <= series.last[of]:
                found[begin] = (one, row)
    begins = tuple(sorted(found)[-MAX_FORECASTS:])
    if not begins:
        return None
    chosen = begins.index(first) if first in begins else len(begins) - 1
    one, row = found[begins[chosen]]
    adjusted = None if one.adjusted is None else one.adjusted[row]
    if adjusted is not None and np.allclose(adjusted, one.forecast.point[row], equal_nan=True):
        adjusted = None
    past = _up_to(series.select(of), begins[chosen])
    happened = _happened(series, of, begins[chosen], one.forecast.horizon)
    return SeriesOutcome(past, one.forecast.select(row), happened, adjusted, begins, chosen)


def _rows(forecast: Forecast, renamed: Mapping[str, str], name: str) -> list[int]:
    return [k for k, before in enumerate(forecast.names) if renamed.get(before, before) == name]


def _up_to(alone: SeriesSet, begin: int) -> SeriesSet:
    """A single series without what came from period ``begin`` on."""
    length = begin - int(alone.first[0])
    kept: Integers = np.array([0, length], np.int64)
    raw = None if alone.raw_values is None else alone.raw_values[:length]
    return replace(alone, values=alone.values[:length], raw_values=raw, offsets=kept)


def _happened(series: SeriesSet, of: int, begin: int, horizon: int) -> Floats:
    at = begin - int(series.first[of]) + np.arange(horizon)
    inside = at < int(series.lengths[of])
    return np.where(inside, series.values[int(series.offsets[of]) + np.where(inside, at, 0)], np.nan)
