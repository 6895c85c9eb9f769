"""Keeps what was read, forecast, adjusted and exported. What cannot be kept is never a reason to stop."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac import __version__
from almanac.core.entered.adjustments import Adjustment
from almanac.core.problems import ProblemError
from almanac.core.series import Forecast
from almanac.workflow.history.access import keeps_history, open_history
from almanac.workflow.history.kept import Kept
from almanac.workflow.history.projects import project_of, shape_of_reading

if TYPE_CHECKING:
    from almanac.history import Reading, Store, Writer
    from almanac.tables import ReadFile
    from almanac.workflow.results import ForecastResult

# Not kept with a run: kept elsewhere, made again when it is opened, or five times as large as everything else.
NOT_KEPT = ("file", "forecast", "adjusted", "orders", "kept", "backtest_runs")


def keep_run(
    result: ForecastResult, source: Path | None, settings: Mapping[str, Any], seconds: float
) -> ForecastResult:
    """The result with ``kept``, as a run of its project; as it was when nothing is to be kept.

    ``source``: where the file is; ``settings``: what the person chose; ``seconds``: how long it took.
    """
    if not keeps_history():
        return result
    path = "" if source is None else str(Path(source).absolute())
    try:
        with open_history() as store:
            project, reading = keep_reading(store, result.file, path)
            run = _add_run(store, replace(result, kept=Kept("", reading, project, path)), settings, seconds)
            problem = store.notes[0] if store.notes else None
    except ProblemError as fault:
        return replace(result, kept=Kept(path=path, problem=fault.problem))
    return replace(result, kept=Kept(run, reading, project, path, problem))


def keep_reading(store: Store, file: ReadFile, path: str, project: str | None = None) -> tuple[str, str]:
    """The ids of the project and of the reading of a file, which are kept unless they are already.

    ``path``: of the file; ``project``: the one it belongs to, None to find out.
    """
    from almanac import history

    shape = shape_of_reading(file)
    if project is None:
        known = project_of(store, file, shape)
        project = None if known is None else known.id
    mark = _fingerprint(file)
    if project is not None:
        same = store.all(history.Reading, project=project, fingerprint=mark)
        if same:
            return project, same[0].id
    with store.writing() as writer:
        if project is None:
            begun = history.Project(Path(file.reading.file).stem, shape)
            writer.add(begun)
            project = begun.id
        return project, _add_reading(writer, file, project, path, mark)


def _add_reading(writer: Writer, file: ReadFile, project: str, path: str, mark: str) -> str:
    from almanac import history

    source = history.SourceFile(project, file.reading.file, path, file.reading.sha256)
    reading = _reading(file, project, source.id, mark)
    writer.add(source)
    writer.add(reading, file=history.pack(file))
    writer.note("loaded", reading.id, project=project, series=reading.series, points=reading.points)
    changed = sum(finding.changed for finding in file.findings)
    if changed:
        writer.note("changed", reading.id, cells=changed)
    return reading.id


def _reading(file: ReadFile, project: str, source: str, mark: str) -> Reading:
    from almanac import history

    series = file.series
    first, last = int(series.first.min()), int(series.last.max())
    found = file.reading
    body = {
        "sheet": found.sheet,
        "date_column": found.date_column,
        "value_columns": list(found.value_columns),
        "series_columns": list(found.series_columns),
        "layout": found.layout,
        "rows": found.rows,
        "options": asdict(file.options),
    }
    iso = series.frequency.iso
    return history.Reading(
        project, source, mark, series.frequency.name, len(series), len(series.values), iso(first), iso(last), body
    )


def _fingerprint(file: ReadFile) -> str:
    """SHA-256 of the contents of the file and of how it was read."""
    options = json.dumps(asdict(file.options), sort_keys=True)
    return hashlib.sha256(f"{file.reading.sha256}\n{options}\n{file.reading.file}".encode()).hexdigest()


def _add_run(store: Store, result: ForecastResult, settings: Mapping[str, Any], seconds: float) -> str:
    from almanac import history

    begun = time.perf_counter()
    made, kept = result.forecast, result.kept or Kept()
    others = {field.name: getattr(result, field.name) for field in fields(result) if field.name not in NOT_KEPT}
    parts = {"forecast": history.pack(compact(made)), "result": history.pack(others)}
    run = history.Run(
        project=kept.project,
        reading=kept.reading,
        title=result.file.reading.file,
        model=made.model,
        checksum=made.checksum,
        device=made.device,
        version=__version__,
        horizon=made.horizon,
        series=len(made.names),
        seed=None,
        settings=settings,
        timings={"forecast": round(seconds, 3), "packing": round(time.perf_counter() - begun, 3)},
        summary=_summary(result),
        created_at=result.created_at,
    )
    adjusted = () if result.adjusted is None else result.adjusted.adjustments
    events = [one.to_dict() for one in result.event_choice.events]
    with store.writing() as writer:
        writer.add(run, **parts)
        for one in adjusted:
            writer.add(history.Adjustment(run.id, one.to_dict()))
        if events != [one.body for one in reversed(store.all(history.Event, project=run.project))]:
            writer.remove(history.Event, project=run.project)
            for body in events:
                writer.add(history.Event(run.project, body))
        writer.note("forecast", run.id, reading=run.reading, model=run.model, digest=digest_of(run.id, parts))
        if adjusted:
            writer.note("adjusted", run.id, adjustments=len(adjusted))
    return run.id


def digest_of(run: str, parts: Mapping[str, bytes]) -> str:
    """SHA-256 of what is kept of a run, after its random id: it says nothing once that content is deleted."""
    digest = hashlib.sha256(run.encode())
    for name in sorted(parts):
        digest.update(parts[name])
    return digest.hexdigest()


def compact(made: Forecast) -> Forecast:
    """The forecast with ten significant digits, which takes half the room."""
    from almanac import history

    means = None if made.means is None else history.rounded(made.means)
    return replace(made, quantiles=history.rounded(made.quantiles), means=means)


def _summary(result: ForecastResult) -> dict[str, Any]:
    """What a list shows of a run without opening it."""
    made = result.forecast
    first = int(made.first.min())
    return {
        "first": made.frequency.iso(first),
        "last": made.frequency.iso(int(made.first.max()) + made.horizon - 1),
        "ahead": made.frequency.duration(made.horizon),
        "total": round(float(np.nansum(made.shown[0])), 6),
        "checked": result.is_checked,
        "stopped_early": result.stopped_early,
    }


def keep_adjustments(kept: Kept | None, adjustments: tuple[Adjustment, ...]) -> None:
    """Keep these adjustments with a run, instead of those kept before."""
    if kept is None or not kept.run or not keeps_history():
        return
    from almanac import history

    try:
        with open_history() as store:
            if not store.all(history.Run, id=kept.run):
                return
            with store.writing() as writer:
                writer.remove(history.Adjustment, run=kept.run)
                for one in adjustments:
                    writer.add(history.Adjustment(kept.run, one.to_dict()))
                writer.note("adjusted", kept.run, adjustments=len(adjustments))
    except ProblemError:
        return  # the adjustments are kept with the file as well


def keep_export(kept: Kept | None, form: str) -> None:
    """Note that a forecast was saved to a file of this form, such as ``.xlsx``."""
    if kept is None or not kept.run or not keeps_history():
        return
    try:
        with open_history() as store, store.writing() as writer:
            writer.note("exported", kept.run, form=form)
    except ProblemError:
        return  # the file itself is saved


def keep_switch(model: str | None, reason: str) -> None:
    """Keep that another model is used from now on (None: Almanac chooses), with the person's reason."""
    if not keeps_history():
        return
    from almanac import history

    try:
        with open_history() as store, store.writing() as writer:
            decision = history.Decision("switched", {"model": model, "reason": reason})
            writer.add(decision)
            writer.note("switched", decision.id, model=model)
    except ProblemError:
        return  # the choice itself is kept with the models
