"""Use cases about new data of a project: look at it, and accept it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.alerts import Alert
from almanac.core.entered.events import Event
from almanac.core.jobs import Job, Progress
from almanac.core.problems import ProblemError
from almanac.core.triggers import Firing
from almanac.wording.watching import updates as words
from almanac.wording.watching.scores import score_sentences
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.history.access import file_of, keeps_history, open_history, there_is_a_history
from almanac.workflow.history.keep import keep_reading
from almanac.workflow.history.projects import project_of, shape_of_reading
from almanac.workflow.pattern_changes.detect_drift import compare_files
from almanac.workflow.pattern_changes.watch import WatchOptions
from almanac.workflow.read_file import check
from almanac.workflow.updates.alerts import said_of, snoozes_of
from almanac.workflow.updates.comparison import (
    TOO_FEW_DATES,
    FileComparison,
    Renamed,
    compare_readings,
    compare_with_reading,
    has_few_dates,
)
from almanac.workflow.updates.past_runs import RENAMED, PastRuns, latest_reading, past_runs
from almanac.workflow.updates.plain import alert_to_dict, score_to_dict, update_to_dict
from almanac.workflow.updates.scoring import score_forecasts
from almanac.workflow.updates.sold_out import project_events, sold_out
from almanac.workflow.updates.triggers import fired_for, keep_firings, trigger_settings

if TYPE_CHECKING:
    from almanac.evaluation import Scores
    from almanac.history import Project, Store
    from almanac.tables import ReadFile
    from almanac.updates import Renaming
    from almanac.workflow.results import ForecastResult

MAX_PROJECTS = 50  # that are tried for a file whose frequency does not show, the latest; chosen by judgement


@dataclass(frozen=True)
class Proposal:
    """New data for a project, to be looked at before it is accepted. ``project``: its id; ``title``: its name."""

    project: str
    title: str
    path: Path
    comparison: FileComparison

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, a sentence each."""
        return self.comparison.sentences

    @property
    def questions(self) -> tuple[Renaming, ...]:
        """Series that seem to have another name now."""
        return self.comparison.update.renamings


@dataclass(frozen=True)
class Accepted:
    """What came of new data: the new forecast, how earlier ones did (None where nothing has arrived), what has changed
    its pattern, and which triggers fired because of that."""

    proposal: Proposal
    result: ForecastResult
    scores: Scores | None
    alerts: tuple[Alert, ...] = ()
    firings: tuple[Firing, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed and how earlier forecasts did, a sentence each."""
        return self.proposal.sentences + (() if self.scores is None else score_sentences(self.scores))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {"project": self.proposal.title, **update_to_dict(self.proposal.comparison.update)}


def propose_update(path: Path, project: str | None = None) -> Job[Proposal]:
    """Compare a newer file with the latest data of its project; nothing is kept.

    ``project``: its id or its title; None to find it by the file. Raises ``ProblemError`` when there is none, or the
    file does not fit.
    """
    yield Progress(0, 0, f"Comparing {path.name} with your earlier data")
    if not there_is_a_history():
        raise ProblemError(words.no_project(path.name))
    with open_history() as store:
        if project is not None:
            found = _named(store, project)
            before = file_of(store, latest_reading(store, found.id).id)
            return Proposal(found.id, found.title, path, (yield from compare_with_reading(before, path)))
        recognised = yield from _recognised(store, path)
    if not isinstance(recognised, Proposal):
        raise ProblemError(words.no_project(path.name))
    return recognised


def recognise_file(path: Path) -> Job[Proposal | ReadFile]:
    """Read a file, and compare it with the work that it goes on from; as it was read where it goes on from none.

    Raises ``ProblemError`` when it cannot be read, or is of a table that is known but does not fit.
    """
    if not there_is_a_history():
        return (yield from check(path))
    with open_history() as store:
        return (yield from _recognised(store, path))


def _named(store: Store, asked: str) -> Project:
    from almanac import history

    projects = store.all(history.Project, deleted="")
    for one in projects:
        if asked in (one.id, one.title):
            return one
    raise ProblemError(words.unknown_project(asked, [one.title for one in projects]))


def _recognised(store: Store, path: Path) -> Job[Proposal | ReadFile]:
    """The file next to the project that it belongs to; as it was read when it belongs to none."""

    file: ReadFile | None = None
    try:
        file = yield from check(path)
        known = project_of(store, file, shape_of_reading(file))
    except ProblemError as stop:
        if stop.problem.code not in TOO_FEW_DATES:
            raise
        known = None
    candidates = (known,) if known is not None else _candidates(store, file)
    for one in candidates:
        try:
            before = file_of(store, latest_reading(store, one.id).id)
            comparison = yield from _compared(before, path, file)
        except ProblemError as stop:
            if known is not None or stop.problem.code == words.OTHER_UNITS:  # this is the table: no other one can be
                raise
            continue
        return Proposal(one.id, one.title, path, comparison)
    if file is None:
        raise ProblemError(words.no_project(path.name))
    return file


def _candidates(store: Store, file: ReadFile | None) -> tuple[Project, ...]:
    """The projects that a file may go on from, though neither its names nor its past values say so: those of the same
    shape, in case its units are others; the latest of all where its frequency does not show.
    """
    from almanac import history

    if file is None or has_few_dates(file):
        return store.all(history.Project, deleted="")[:MAX_PROJECTS]
    return store.all(history.Project, deleted="", shape=shape_of_reading(file))[:MAX_PROJECTS]


def _compared(before: ReadFile, path: Path, file: ReadFile | None) -> Job[FileComparison]:
    """A newer file next to the reading before it; ``file`` is taken where it would be read in the same way again."""
    if file is None or has_few_dates(file) or before.options != type(before.options)():
        return (yield from compare_with_reading(before, path))
    return compare_readings(before, file)


def accept_update(proposal: Proposal, options: ForecastOptions | None = None, renamed: Renamed = ()) -> Job[Accepted]:
    """Keep new data, score every earlier forecast by it, look for changes of pattern, and forecast again.

    ``renamed``: the new names of series that the person confirmed. Events and adjustments that are kept for the table
    count again where their dates lie ahead. Raises ``ProblemError`` when nothing can be forecast.
    """
    comparison = proposal.comparison
    if renamed:
        comparison = compare_readings(comparison.before, comparison.read, renamed)
        proposal = Proposal(proposal.project, proposal.title, proposal.path, comparison)
    reading, past = _keep(proposal, comparison.file, renamed)
    with open_history() as store:
        dated = project_events(store, proposal.project)
    scores = None
    if past is not None:
        capped = sold_out(comparison.file, dated)
        scores = yield from score_forecasts(past.given, comparison.file.series, past.renamed, capped)
        _keep_scores(reading, past, scores)
    alerts, firings = yield from _alerts(proposal, reading, options or ForecastOptions(), dated)
    result = yield from forecast(comparison.file, options, proposal.path)
    return Accepted(proposal, result, scores, alerts, firings)


def forecast_latest(project: str, options: ForecastOptions) -> Job[ForecastResult]:
    """Forecast the latest data of a project, whichever of its forecasts is shown.

    Raises ``ProblemError`` when they are not there or cannot be forecast.
    """
    from almanac import history

    yield Progress(0, 0, "Looking up your latest data")
    with open_history() as store:
        reading = latest_reading(store, _named(store, project).id)
        file, path = file_of(store, reading.id), store.one(history.SourceFile, reading.file).path
    return (yield from forecast(file, options, Path(path)))


def project_scores(project: str) -> Job[Scores | None]:
    """How the earlier forecasts of a project did, by its latest data; None where nothing has arrived yet."""
    yield Progress(0, 0, "Comparing your forecasts with what happened")
    with open_history() as store:
        found = _named(store, project)
        file = file_of(store, latest_reading(store, found.id).id)
        past, capped = past_runs(store, found.id), sold_out(file, project_events(store, found.id))
    return (yield from score_forecasts(past.given, file.series, past.renamed, capped))


def _keep(proposal: Proposal, file: ReadFile, renamed: Renamed) -> tuple[str, PastRuns | None]:
    """Keep the reading and the new names: the id of the reading, and what the project was given before."""
    from almanac import history

    if not keeps_history():
        return "", None
    with open_history() as store:
        past = past_runs(store, proposal.project)
        _, reading = keep_reading(store, file, str(proposal.path.absolute()), proposal.project)
        if renamed:
            with store.writing() as writer:
                body = {"renamed": [list(pair) for pair in renamed]}
                writer.add(history.Decision(RENAMED, body, project=proposal.project))
            past = past_runs(store, proposal.project)
    return reading, past


def _keep_scores(reading: str, past: PastRuns, scores: Scores | None) -> None:
    """Keep how each earlier forecast did with its run."""
    from almanac import history

    if scores is None:
        return
    with open_history() as store, store.writing() as writer:
        for k, score in scores.by_forecast:
            writer.remove(history.Actual, run=past.runs[k], reading=reading)
            writer.add(history.Actual(past.runs[k], reading, score_to_dict(score)))


def _alerts(
    proposal: Proposal, reading: str, options: ForecastOptions, dated: Sequence[Event]
) -> Job[tuple[tuple[Alert, ...], tuple[Firing, ...]]]:
    """What has changed its pattern since the data before, was not said yet and is not snoozed, and which triggers fire.

    Both are kept with the reading.
    """
    from almanac import drift, history

    comparison, project = proposal.comparison, proposal.project
    settings = yield from trigger_settings(project)
    watched = WatchOptions(settings.per_year, options.model, options.device)
    found = yield from compare_files(comparison.before, comparison.file, watched, dated)
    if not reading or not found.alerts:
        return found.alerts, ()
    with open_history() as store:
        awake = drift.awake(found.alerts, snoozes_of(store, project))
        alerts = drift.unsaid(awake, said_of(store, project), watched.memory(found.frequency))
        firings = fired_for(store, project, alerts)
        kept = [history.Alert(project, alert_to_dict(alert), reading) for alert in alerts]
        with store.writing() as writer:
            for one, alert in zip(kept, alerts, strict=True):
                writer.add(one)
                writer.note("alert", one.id, about=alert.kind.value)
            ids = {(alert.series, alert.kind.value): one.id for one, alert in zip(kept, alerts, strict=True)}
            keep_firings(writer, project, firings, ids)
    return alerts, firings
