"""Forecast every series of a SeriesSet with a bundled model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.distribution.means import mean_of
from almanac.core.jobs import Job, Progress, Stopped
from almanac.core.problems import Problem, ProblemError, stop_with
from almanac.core.series import MAX_RECENT_POINTS, Forecast, SeriesSet
from almanac.core.summaries.decimals import decimals_of
from almanac.core.system import paths
from almanac.core.text import some
from almanac.forecasting.batches import known_points, make_batches
from almanac.forecasting.limits import MIN_KNOWN_VALUES, max_horizon, usual_season
from almanac.forecasting.pooling import Predictor, pooled_forecasts, pooling_note
from almanac.forecasting.quantile_levels import interpolation_weights, levels_to_compute
from almanac.forecasting.rules.intermittent import intermittent, mean_note, means_by_past
from almanac.forecasting.rules.launches import from_launch, launch_note, points_before_launch
from almanac.forecasting.rules.off_seasons import in_season, off_season_note, off_seasons
from almanac.forecasting.rules.repetition import Repetitions, repeated, repetition_note, repetitions, rise_note
from almanac.forecasting.rules.shutdowns import shutdown_note, shutdowns
from almanac.forecasting.rules.units import unit_factors, unit_note
from almanac.forecasting.seasons import season_notes

if TYPE_CHECKING:
    from almanac.forecasting.device import Device
    from almanac.forecasting.engine import Engine
    from almanac.forecasting.models.catalogue import Model

MAX_NAMES = 5  # in a note on series that are left out


@dataclass(frozen=True)
class ModelRequest:
    """Which model to use, what to run it on, and what short series may learn from.

    ``title``: NAME or NAME@VERSION; None leaves the choice to Almanac. ``root``: another folder of models (tests).
    ``pooling``: whether short series learn from longer ones; ``others``: all series of the file, where those that are
    forecast are only a part of it or of its past.
    """

    title: str | None = None
    device: Device = "auto"
    root: Path | None = None
    pooling: bool = True
    others: SeriesSet | None = None

    def find(self, series: SeriesSet, without: Collection[str] = ()) -> tuple[Model, tuple[Problem, ...]]:
        """The model for these series, and notes on its choice. Raises ``ProblemError`` when none is usable.

        ``without``: models that turned out to be unusable.
        """
        from almanac.forecasting.models.catalogue import Task, choose  # pydantic: only when work begins
        from almanac.forecasting.models.pins import read_pin

        roots = (self.root,) if self.root else paths.models()
        task = Task(series.frequency, len(series), self.device == "gpu")
        return choose(roots, task, self.title, read_pin(paths.state()), without)


ANY_MODEL = ModelRequest()


def forecast(
    series: SeriesSet,
    horizon: int,
    levels: Sequence[float] = DEFAULT_LEVELS,
    *,
    extra_levels: Sequence[float] = (),
    model: ModelRequest = ANY_MODEL,
) -> Job[Forecast]:
    """Quantile forecasts for ``horizon`` steps past the last period of each series.

    ``levels`` are those a person asked for; of ``extra_levels`` those are added that the model knows. Series with fewer
    than ``MIN_KNOWN_VALUES`` known values are left out and counted in a note. Stopped between batches, it returns the
    series that are finished. Raises ``ProblemError`` when the horizon or a level is out of range, no model is usable,
    or no series is long enough.
    """
    _check_horizon(horizon, series.frequency)
    long, series = series.lengths > MAX_RECENT_POINTS, series.recent_part
    chosen, model_notes = model.find(series)
    before = points_before_launch(series)
    decimals = decimals_of(series)
    series = from_launch(series, before)
    factors, shut = unit_factors(series), shutdowns(series)
    converted, left_out = (np.logical_or.reduceat(x, series.offsets[:-1]) for x in (factors != 1, shut))
    if converted.any() or left_out.any():
        series = replace(series, values=np.where(shut, np.nan, series.values * factors))
    read = known_points(series)
    enough = read >= MIN_KNOWN_VALUES
    notes = model_notes + _too_short(series, enough)
    total = int(enough.sum())
    yield Progress(0, total, "Getting the model ready")
    engine, more_notes = _opened(model, chosen, series, read[enough])
    chosen, notes = engine.model, notes + more_notes
    known = chosen.manifest.levels
    computed = levels_to_compute((*levels, *(q for q in extra_levels if min(known) <= q <= max(known))), known)
    weights = interpolation_weights(computed, known)
    quantiles = np.empty((len(series), horizon, len(computed)))
    finished = np.zeros(len(series), bool)
    seasons = np.full(len(series), usual_season(series.frequency))
    donors = np.zeros(len(series), np.int64)
    sparse = intermittent(series) & enough
    means = np.empty((len(series), horizon))
    try:
        for part in _made(series, np.flatnonzero(enough), horizon, engine, model):
            quantiles[part.rows] = part.quantiles @ weights
            means[part.rows] = mean_of(part.quantiles, np.array(known))
            finished[part.rows], seasons[part.rows], donors[part.rows] = True, part.season, part.donors
            done = int(finished.sum())
            yield Progress(done, total, f"{done:,} of {total:,} series")
    except Stopped:
        if not finished.any():
            raise
    exact = repetitions(series).where(finished)
    for i in np.flatnonzero(exact.periods).tolist():
        means[i] = repeated(series, i, exact, horizon)
        quantiles[i] = means[i][:, None]
    donors[exact.periods > 0], sparse[exact.periods > 0] = 0, False
    seasons[exact.periods > 0] = usual_season(series.frequency)
    rare = np.flatnonzero(sparse & finished)
    means[rare] = means_by_past(series, rare, means[rare])
    off = off_seasons(series, sparse & finished, horizon)
    means, quantiles = in_season(series, off, means, quantiles, np.array(computed))
    rows = np.flatnonzero(finished)
    notes += engine.notes + _repetition_notes(series, exact) + season_notes(series, seasons)
    of_some: tuple[tuple[Flags, Callable[[list[str]], Problem]], ...] = (
        (long & finished, _recent_note),
        ((before > 0) & finished, launch_note),
        (converted & finished, unit_note),
        (left_out & finished, shutdown_note),
        (donors > 0, lambda names: pooling_note(names, int(donors.max()))),
        (np.logical_or.reduce(off.steps, axis=1), off_season_note),
        (sparse & finished, lambda names: mean_note(names, series.frequency)),
    )
    notes += tuple(note for which, words in of_some for note in _names_note(series, which, words))
    return Forecast(
        names=tuple(series.names[i] for i in rows),
        first=series.last[rows] + 1,
        frequency=series.frequency,
        levels=np.array(computed),
        quantiles=quantiles if finished.all() else quantiles[rows],
        model=chosen.manifest.title,
        model_reason=chosen.reason,
        checksum=chosen.checksum,
        device=engine.device,
        notes=notes,
        means=means[rows],
        mean_points=sparse[rows] if sparse.any() else None,
        donors=donors[rows] if donors.any() else None,
        decimals=decimals[rows],
        requested_levels=tuple(sorted({round(level, 6) for level in levels})),
    )


def _opened(
    request: ModelRequest, chosen: Model, series: SeriesSet, points: Integers
) -> tuple[Engine, tuple[Problem, ...]]:
    """An engine of the chosen model, or of the best one that can be opened, with a note for each that cannot.

    ``points``: how many each of the series has that are long enough.
    """
    from almanac.forecasting.engine import engine_for  # onnxruntime: only when work begins
    from almanac.forecasting.models.catalogue import other_used

    unusable: dict[str, Problem] = {}
    while True:
        try:
            engine = engine_for(chosen, request.device, len(points), float(points.mean()))
        except ProblemError as stop:
            unusable[chosen.manifest.title] = stop.problem
            try:
                chosen, _ = request.find(series, tuple(unusable))
            except ProblemError:  # none is left
                raise stop from None
            continue
        other = (other_used(chosen.manifest.title, next(iter(unusable))),) if unusable else ()
        return engine, (*unusable.values(), *other)


@dataclass(frozen=True)
class _Part:
    """Quantiles [R, H, known levels] of the series at ``rows`` [R], the season they have, and from how many others they
    learned.
    """

    rows: Integers
    quantiles: Floats
    season: int
    donors: int = 0


def _made(series: SeriesSet, rows: Integers, horizon: int, engine: Engine, request: ModelRequest) -> Iterator[_Part]:
    """The model's quantiles of the series at ``rows``, in parts."""
    alone = np.zeros(len(series), bool)
    alone[rows] = True
    if request.pooling:
        predictor = Predictor(partial(_predicted, engine), engine.model.manifest.levels)
        for part in pooled_forecasts(series, request.others or series, horizon, predictor):
            alone[part.rows] = False
            yield _Part(part.rows, part.quantiles, usual_season(series.frequency), part.donors)
    for batch in make_batches(series, np.flatnonzero(alone), engine.series_at_once):
        made = engine.run(batch.values, batch.mask, batch.seasons, np.arange(1, horizon + 1))
        yield _Part(batch.rows, made, batch.seasons[0])


def _predicted(engine: Engine, series: SeriesSet, horizon: int) -> Floats:
    """The model's quantiles [N, H, known levels] of all series, each alone."""
    out = np.empty((len(series), horizon, len(engine.model.manifest.levels)))
    for part in _made(series, np.arange(len(series)), horizon, engine, ModelRequest(pooling=False)):
        out[part.rows] = part.quantiles
    return out


def _repetition_notes(series: SeriesSet, found: Repetitions) -> tuple[Problem, ...]:
    """A note for each period after which series repeat themselves exactly, or rise by the same amount."""
    notes: tuple[Problem, ...] = ()
    for rising, note in ((False, repetition_note), (True, rise_note)):
        periods = np.where((found.rises != 0) == rising, found.periods, 0)
        for period in np.unique(periods[periods > 0]).tolist():
            words = partial(note, period=series.frequency.duration(period))
            notes += _names_note(series, periods == period, words)
    return notes


def _names_note(series: SeriesSet, which: Flags, note: Callable[[list[str]], Problem]) -> tuple[Problem, ...]:
    """The note on some series, if there are any; ``which``: bool [N]."""
    names = [series.names[i] for i in np.flatnonzero(which)]
    return (note(names),) if names else ()


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
            f"{frequency.duration(horizon)} is too far ahead: the most is {frequency.duration(limit)}.",
            "So far out, the past of a series says almost nothing about its future, and a range would be a guess.",
            f"Choose {limit:,} or less.",
        )


def _recent_note(names: list[str]) -> Problem:
    return Problem(
        "latest_part_used",
        f"Of {some(names, MAX_NAMES)} the latest {MAX_RECENT_POINTS:,} values were used.",
        "The forecast and the practice runs rest on those; older values would change nothing but the time it takes.",
        "Nothing to do. If older values matter, such as those of earlier years, add them up by day or by week first.",
        count=len(names),
    )


def _too_short(series: SeriesSet, enough: Flags) -> tuple[Problem, ...]:
    short = np.flatnonzero(~enough)
    if len(short) == 0:
        return ()
    names = some([series.names[i] for i in short], MAX_NAMES)
    note = Problem(
        "series_too_short",
        f"{len(short):,} of {len(series):,} series could not be forecast: {names}.",
        f"They have fewer than {MIN_KNOWN_VALUES} known values.",
        "Add more history for them.",
        count=len(short),
    )
    if len(short) == len(series):
        why = f"Every series has fewer than {MIN_KNOWN_VALUES} known values."
        raise stop_with("history_too_short", "There is too little history to forecast.", why, "Add more history.")
    return (note,)
