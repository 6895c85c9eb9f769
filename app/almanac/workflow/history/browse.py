"""Use cases that look into the history: projects, runs, a run as it was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from almanac.core.entered.adjustments import Adjustment
from almanac.core.jobs import Job, Progress
from almanac.core.problems import Problem, ProblemError
from almanac.workflow.adjusting.apply import with_adjustments
from almanac.workflow.history.access import (
    file_of,
    forecast_of,
    history_path,
    keeps_history,
    open_history,
    result_parts,
    there_is_a_history,
)
from almanac.workflow.history.kept import Kept
from almanac.workflow.results import ForecastResult

if TYPE_CHECKING:
    from almanac.history import Alert, Project, Run, SourceFile, Store


@dataclass(frozen=True)
class ProjectSummary:
    """A project with its latest run, and the latest file; ``open_alerts``: those that need a look."""

    project: Project
    runs: int
    latest: Run | None
    file: SourceFile | None
    open_alerts: tuple[Alert, ...]


@dataclass(frozen=True)
class HistoryOverview:
    """The projects, the latest first; ``size`` of the history in bytes; ``keeps``: whether new work is kept.

    ``problem``: why the history cannot be opened, or what happened when it was.
    """

    projects: tuple[ProjectSummary, ...] = ()
    size: int = 0
    keeps: bool = True
    can_undo: bool = False
    problem: Problem | None = None


def history_overview(search: str = "") -> Job[HistoryOverview]:
    """What the history holds, for a list; never raises. ``search``: words that title or file name have, all of them."""
    yield Progress(0, 0, "Looking into your history")
    keeps = keeps_history()
    if not there_is_a_history():
        return HistoryOverview(keeps=keeps)
    from almanac import history

    try:
        with open_history() as store:
            found = tuple(one for one in _projects(store) if _has_words(_text(one), search))
            return HistoryOverview(
                found, history_size(), keeps, history.can_undo(store), store.notes[0] if store.notes else None
            )
    except ProblemError as fault:
        return HistoryOverview(size=history_size(), keeps=keeps, problem=fault.problem)


def history_projects(search: str = "") -> Job[tuple[ProjectSummary, ...]]:
    """The projects whose title or file name has these words, the latest first."""
    yield Progress(0, 0, "Looking into your history")
    if not there_is_a_history():
        return ()
    with open_history() as store:
        return tuple(one for one in _projects(store) if _has_words(_text(one), search))


def history_runs(project: str | None = None, search: str = "") -> Job[tuple[Run, ...]]:
    """The runs of a project, or of all of them, the latest first; with all of these words in title, model or date."""
    yield Progress(0, 0, "Looking into your history")
    if not there_is_a_history():
        return ()
    with open_history() as store:
        runs = _runs(store) if project is None else tuple(one for one in _runs(store) if one.project == project)
    return tuple(run for run in runs if _has_words(f"{run.title} {run.model} {run.created_at:%Y-%m-%d}", search))


def history_open(run: str) -> Job[ForecastResult]:
    """A run as it was shown, also when its file is gone; without practice runs, and without orders.

    Raises ``ProblemError`` when it is not there, or is damaged.
    """
    from almanac import history

    yield Progress(0, 0, "Opening your earlier forecast")
    with open_history() as store:
        found = store.one(history.Run, run)
        file = file_of(store, found.reading)
        source = store.one(history.SourceFile, store.one(history.Reading, found.reading).file)
        result = ForecastResult(file, forecast_of(store, run), **result_parts(store, run))
        adjusted = [Adjustment.of_dict(dict(one.body)) for one in reversed(store.all(history.Adjustment, run=run))]
    result = replace(result, kept=Kept(run, found.reading, found.project, source.path))
    return with_adjustments(result, tuple(adjusted)) if adjusted else result


def history_size() -> int:
    """How many bytes the history takes on the disk, with everything that was set aside."""
    folder = history_path().parent
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def _projects(store: Store) -> list[ProjectSummary]:
    from almanac import history

    runs: dict[str, list[Run]] = {}
    for run in _runs(store):
        runs.setdefault(run.project, []).append(run)
    files = {one.project: one for one in reversed(store.all(history.SourceFile))}  # the latest of each stays
    alerts: dict[str, list[Alert]] = {}
    for alert in store.all(history.Alert, state="open"):
        alerts.setdefault(alert.project, []).append(alert)
    found = [
        ProjectSummary(one, len(own), own[0] if own else None, files.get(one.id), tuple(alerts.get(one.id, ())))
        for one in store.all(history.Project, deleted="")
        if (own := runs.get(one.id, [])) or not store.all(history.Run, project=one.id)
    ]
    return sorted(found, key=lambda one: one.latest.created_at if one.latest else one.project.created_at, reverse=True)


def _runs(store: Store) -> tuple[Run, ...]:
    """All runs that are not in the bin, alone or with their project."""
    from almanac import history

    kept = {one.id for one in store.all(history.Project, deleted="")}
    return tuple(run for run in store.all(history.Run, deleted="") if run.project in kept)


def _text(one: ProjectSummary) -> str:
    return f"{one.project.title} {one.file.name if one.file else ''}"


def _has_words(text: str, search: str) -> bool:
    return all(word in text.casefold() for word in search.casefold().split())
