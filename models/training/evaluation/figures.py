"""Score a model on tasks, through the engine that serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from models.training.evaluation.development import Task
from models.training.evaluation.results import Figure, Slice
from models.training.evaluation.scores import TENTHS, coverage, quantile_loss, seasonal_error, wql

from almanac.core.arrays import Floats
from almanac.core.series import SeriesSet
from almanac.forecasting.batches import make_batches
from almanac.forecasting.engine import Engine
from almanac.forecasting.quantile_levels import interpolation_weights

Predict = Callable[[Task], Floats]


def predictor(engine: Engine) -> Predict:
    """Return a function from a task to quantiles [series, horizon, 9] at levels 0.1 … 0.9."""
    return lambda task: tenths_of(engine, task.series(), task.horizon)


def tenths_of(engine: Engine, series: SeriesSet, horizon: int) -> Floats:
    """Quantiles [series, horizon, 9] at levels 0.1 … 0.9, from the network alone."""
    mix, steps = interpolation_weights(TENTHS, engine.model.manifest.levels), np.arange(1, horizon + 1)
    out = np.empty((len(series), horizon, len(TENTHS)))
    for batch in make_batches(series, np.arange(len(series))):
        out[batch.rows] = engine.run(batch.values, batch.mask, batch.seasons, steps) @ mix
    return out


def naive(task: Task) -> Floats:
    """Seasonal naive as a point [series, horizon]; a gap takes the value before it."""
    out = np.empty((len(task.history), task.horizon))
    for i, y in enumerate(task.history):
        known = np.flatnonzero(np.isfinite(y))
        whole = np.interp(np.arange(len(y)), known, y[known])
        lag = task.season if len(whole) >= task.season else 1
        out[i] = whole[len(whole) - lag + np.arange(task.horizon) % lag]
    return out


def figure(task: Task, made: Floats) -> Figure:
    """MASE and WQL relative to seasonal naive, whose point forecast is used for every quantile."""
    point = naive(task)
    scale = seasonal_error(task.history, task.season)
    ours, theirs = (np.abs(p - task.actual).mean(axis=1) / scale for p in (made[:, :, 4], point))
    loss = np.abs(point - task.actual).sum() / np.abs(task.actual).sum()
    return Figure(
        data=task.name,
        frequency=task.frequency_name,
        series=len(task.history),
        mase=round(float(ours.mean() / theirs.mean()), 4),
        wql=round(wql(made, task.actual) / loss, 4),
        coverage=round(100 * coverage(made[:, :, 0], made[:, :, 8], task.actual), 1),
    )


def figures(tasks: Iterable[Task], predict: Predict) -> tuple[tuple[Figure, ...], tuple[Slice, ...]]:
    """Return the figures of every task, and of slices over all of them."""
    out, slices = [], _Slices()
    for task in tasks:
        made = predict(task)
        out.append(figure(task, made))
        slices.add(task, made)
    return tuple(out), slices.totals()


class _Slices:
    """Errors of single series and steps, grouped by kind of series."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Floats, ...]]] = {}

    def add(self, task: Task, made: Floats) -> None:
        point = naive(task)
        scale = seasonal_error(task.history, task.season)[:, None]
        inside = (task.actual >= made[:, :, 0]) & (task.actual <= made[:, :, 8])
        parts = tuple(
            np.asarray(p, dtype=float)
            for p in (
                np.abs(made[:, :, 4] - task.actual) / scale,
                np.abs(point - task.actual) / scale,
                quantile_loss(made, task.actual) / scale,
                inside,
            )
        )
        known = np.array([np.isfinite(y).sum() for y in task.history])
        zeros = np.array([np.mean(y[np.isfinite(y)] == 0) for y in task.history])
        seasons = known / max(task.season, 4)
        half = task.horizon // 2
        for name, rows, steps in (
            ("history under 3 seasons", seasons < 3, slice(None)),
            ("history of 3 to 8 seasons", (seasons >= 3) & (seasons <= 8), slice(None)),
            ("history over 8 seasons", seasons > 8, slice(None)),
            ("a tenth of the values or more are zero", zeros >= 0.1, slice(None)),
            ("fewer zeros", zeros < 0.1, slice(None)),
            ("first half of the horizon", np.ones(len(known), bool), slice(0, half)),
            ("second half of the horizon", np.ones(len(known), bool), slice(half, None)),
        ):
            if rows.any():
                self._rows.setdefault(name, []).append(tuple(p[rows, steps].mean(axis=1) for p in parts))

    def totals(self) -> tuple[Slice, ...]:
        out = []
        for name, rows in self._rows.items():
            ours, theirs, loss, inside = (np.concatenate(column) for column in zip(*rows, strict=True))
            cut = 20.0  # one series that hardly ever changed must not decide
            out.append(
                Slice(
                    name=name,
                    series=len(ours),
                    mase=round(float(np.minimum(ours, cut).mean() / np.minimum(theirs, cut).mean()), 4),
                    wql=round(float(np.minimum(loss, cut).mean() / np.minimum(theirs, cut).mean()), 4),
                    coverage=round(float(100 * inside.mean()), 1),
                )
            )
        return tuple(out)
