"""Look at many workbooks as ``almanac drift`` would: one refresh each, their forecasts made together to save time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from tests.benchmarks.drift.workbooks import Setting

from almanac.core.alerts import Alert
from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.drift import Promise, find_changes
from almanac.workflow.pattern_changes.stretches import Stretch
from almanac.workflow.pattern_changes.watch import StretchForecast, WatchOptions, broken_values, forecast_stretch

MAX_TOGETHER = 2_000  # series whose forecasts are made in one go


def as_series(values: Floats, setting: Setting) -> SeriesSet:
    """The rows of [N, T] as series that begin together."""
    count, length = values.shape
    return SeriesSet(
        names=tuple(f"s{i}" for i in range(count)),
        values=np.ascontiguousarray(values).ravel(),
        offsets=np.arange(count + 1) * length,
        first=np.full(count, setting.first, np.int64),
        frequency=setting.frequency,
    )


def look(
    past: Sequence[Floats], new: Sequence[Floats], setting: Setting, model: str | None
) -> Iterator[tuple[Alert, ...]]:
    """The alerts of each workbook: of ``past`` [N, T] and ``new`` [N, K] values."""
    options = WatchOptions(model=model)
    size = len(past[0])
    each = max(MAX_TOGETHER // size, 1)
    for start in range(0, len(past), each):
        together = np.concatenate(past[start : start + each]), np.concatenate(new[start : start + each])
        series = as_series(together[0], setting)
        part = Stretch(series, together[1], options.backoff(setting.frequency), np.zeros(together[1].shape, dtype=bool))
        broken = broken_values(part)
        made = run(forecast_stretch(part, options, size))
        assert made is not None
        assert len(made.watched.names) == len(series)
        gone = {alert.series for alert in broken}
        for k in range(len(past[start : start + each])):
            rows = np.arange(k * size, (k + 1) * size)
            kept = np.array([i for i in rows if series.names[i] not in gone], np.int64)
            mine = tuple(alert for alert in broken if int(alert.series[1:]) in rows)
            yield mine + changes(made, kept)


def changes(made: StretchForecast, rows: Integers) -> tuple[Alert, ...]:
    """The alerts of a workbook of these series, which are ascending."""
    if not len(rows):
        return ()
    w = made.watched
    watched = replace(
        w,
        names=tuple(w.names[i] for i in rows),
        first=w.first[rows],
        actuals=w.actuals[rows],
        quantiles=w.quantiles[rows],
        closed=None if w.closed is None else w.closed[rows],
    )
    return find_changes(watched, made.practice.take(rows), made.past.take(rows), Promise())
