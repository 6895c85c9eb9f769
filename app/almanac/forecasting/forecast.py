"""Forecast every series of a SeriesSet with a bundled model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core import paths
from almanac.core.frequency import Frequency
from almanac.core.jobs import Job, Progress, Stopped, run
from almanac.core.levels import DEFAULT_LEVELS
from almanac.core.problems import Problem, stop_with
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting.batches import known_points, packed
from almanac.forecasting.limits import SHORTEST_HISTORY, max_horizon
from almanac.forecasting.quantile_levels import mixing, wanted

if TYPE_CHECKING:
    from almanac.forecasting.engine import Device


def forecast(
    series: SeriesSet,
    horizon: int,
    *,
    levels: Sequence[float] = DEFAULT_LEVELS,
    besides: Sequence[float] = (),
    model: str | None = None,
    device: Device = "auto",
    models_root: Path | None = None,
) -> Job[Forecast]:
    """Quantile forecasts ``horizon`` steps past each series' last period.

    ``levels`` are what a person asked for; of ``besides`` come those that the model knows. Series with fewer than three
    known values are left out and counted in a note. Stopped between batches, it
    returns the series that are finished. Raises ``ProblemError`` when the horizon or a level is out of range, no
    model is usable, or no series is long enough.
    """
    from almanac.forecasting.engine import engine_for
    from almanac.forecasting.models.catalogue import Task, choose  # pydantic and onnxruntime: only when work begins
    from almanac.forecasting.models.pins import pinned

    _check_horizon(horizon, series.frequency)
    roots = (models_root,) if models_root else paths.models()
    task = Task(series.frequency, len(series), device == "gpu")
    chosen, model_notes = choose(roots, task, model, pinned(paths.state()))
    known = chosen.manifest.levels
    computed = wanted((*levels, *(q for q in besides if min(known) <= q <= max(known))), known)
    enough = known_points(series) >= SHORTEST_HISTORY
    notes = model_notes + _too_short(series, enough)
    yield Progress(0, int(enough.sum()), "Getting the model ready")
    engine = engine_for(chosen, device)

    mix = mixing(computed, known)
    steps = np.arange(1, horizon + 1)
    quantiles = np.empty((len(series), horizon, len(computed)))
    finished = np.zeros(len(series), bool)
    try:
        for batch in packed(series, np.flatnonzero(enough), engine.pace):
            quantiles[batch.rows] = engine.run(batch.values, batch.mask, batch.seasons, steps) @ mix
            finished[batch.rows] = True
            done, total = int(finished.sum()), int(enough.sum())
            yield Progress(done, total, f"{done:,} of {total:,} series")
    except Stopped:
        if not finished.any():
            raise
    rows = np.flatnonzero(finished)
    return Forecast(
        names=tuple(series.names[i] for i in rows),
        first=series.last[rows] + 1,
        frequency=series.frequency,
        levels=np.array(computed),
        quantiles=quantiles if finished.all() else quantiles[rows],
        model=chosen.manifest.title,
        checksum=chosen.checksum,
        device=engine.device,
        notes=notes + engine.notes,
        requested_levels=tuple(sorted({round(level, 6) for level in levels})),
    )


def stream(chunks: Iterable[SeriesSet], horizon: int, **options: Any) -> Iterator[Forecast]:
    """The same for series that come in chunks, of which only one is ever in memory; see ``forecast`` for the options.

    Raises ``ProblemError`` when a chunk cannot be forecast.
    """
    for chunk in chunks:
        yield run(forecast(chunk, horizon, **options))


def _check_horizon(horizon: int, frequency: Frequency) -> None:
    limit = max_horizon(frequency)
    if horizon < 1:
        raise stop_with(
            "horizon_too_short",
            "There is nothing to forecast.",
            f"How far ahead was {horizon}.",
            "Choose 1 or more.",
        )
    if horizon > limit:
        raise stop_with(
            "horizon_too_long",
            f"{frequency.duration(horizon)} is further than Almanac looks; it stops at {frequency.duration(limit)}.",
            "So far out, the past of a series says almost nothing about its future, and a range would be a guess.",
            f"Choose {limit:,} or less.",
        )


def _too_short(series: SeriesSet, enough: np.ndarray) -> tuple[Problem, ...]:
    short = np.flatnonzero(~enough)
    if len(short) == 0:
        return ()
    some = ", ".join(series.names[i] for i in short[:5]) + (" …" if len(short) > 5 else "")
    note = Problem(
        "series_too_short",
        f"{len(short):,} of {len(series):,} series could not be forecast: {some}.",
        f"They have fewer than {SHORTEST_HISTORY} known values.",
        "Add more history for them.",
        count=len(short),
    )
    if len(short) == len(series):
        raise stop_with("history_too_short", "There is too little history to forecast.", note.why, note.fix)
    return (note,)
