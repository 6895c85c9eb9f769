"""The whole way from a newer file: compare it, score earlier forecasts by it, and forecast again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.jobs import Job
from almanac.wording.watching.scores import score_sentences
from almanac.workflow.forecasts.event_use import NO_EVENTS
from almanac.workflow.forecasts.make_forecast import ForecastOptions, forecast
from almanac.workflow.history.access import open_history
from almanac.workflow.save_result import export
from almanac.workflow.updates.comparison import FileComparison, Renamed, compare_files, compare_readings
from almanac.workflow.updates.new_data import accept_update, propose_update
from almanac.workflow.updates.plain import scores_to_dict, update_to_dict
from almanac.workflow.updates.scoring import GivenForecast, score_forecasts
from almanac.workflow.updates.sold_out import sold_out

if TYPE_CHECKING:
    from almanac.evaluation import Scores
    from almanac.workflow.results import ForecastResult


@dataclass(frozen=True)
class UpdateFiles:
    """``file``: the newer spreadsheet; ``before``: the older one, None to go on from the history; ``forecasts``: saved
    earlier, oldest first; ``output``: where to save the new forecast, None for nowhere; ``renamed``: confirmed new
    names of series.
    """

    file: Path
    before: Path | None = None
    forecasts: tuple[Path, ...] = ()
    output: Path | None = None
    renamed: Renamed = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are read."""
        return (self.file, *((self.before,) if self.before else ()), *self.forecasts)

    def refuse_target(self) -> None:
        """Raises ``ProblemError`` when the output cannot be saved, or would replace a file that is read."""
        from almanac import exports

        if self.output is not None:
            exports.format_of(self.output)
            exports.refuse_target(self.output, self.inputs)


@dataclass(frozen=True)
class FileUpdate:
    """What a newer file changed, what became of earlier forecasts, and the new one; None for what was not asked for."""

    comparison: FileComparison
    scores: Scores | None = None
    result: ForecastResult | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed and how earlier forecasts did, a sentence each."""
        return self.comparison.sentences + (() if self.scores is None else score_sentences(self.scores))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        changes = update_to_dict(self.comparison.update)
        scores = None if self.scores is None else scores_to_dict(self.scores)
        return {"same_file": self.comparison.same_file, **changes, "scores": scores, "words": list(self.sentences)}


@dataclass(frozen=True)
class UpdateOptions:
    """``project``: the name or id of the earlier work, None to recognise it; ``look_only``: only say what changed."""

    project: str | None = None
    look_only: bool = False


def update_file(files: UpdateFiles, options: ForecastOptions, update: UpdateOptions) -> Job[FileUpdate]:
    """Compare a newer file with the one before, or the latest kept one; score earlier forecasts; forecast again.

    Without ``files.before``, the newer data are kept. Raises ``ProblemError`` when it is not of the same table, goes on
    from nothing that is kept, or the output cannot be saved.
    """
    files.refuse_target()
    if files.before is None:
        return (yield from _go_on(files, options, update))
    return (yield from _from_file(files, files.before, options, update))


def _go_on(files: UpdateFiles, options: ForecastOptions, update: UpdateOptions) -> Job[FileUpdate]:
    """From what is kept. Events and adjustments that are kept count where none were given."""
    from almanac import exports

    proposal = yield from propose_update(files.file, update.project)
    if update.look_only:
        comparison = proposal.comparison
        return FileUpdate(compare_readings(comparison.before, comparison.read, files.renamed))
    if files.output is not None:
        exports.refuse_target(files.output, _files_before(proposal.project))
    events = None if options.events == NO_EVENTS else options.events
    chosen = replace(options, events=events, adjustments=options.adjustments or None)
    accepted = yield from accept_update(proposal, chosen, files.renamed)
    if files.output is not None:
        yield from export(accepted.result, files.output, files.inputs, watched=True)
    return FileUpdate(accepted.proposal.comparison, accepted.scores, accepted.result)


def _files_before(project: str) -> tuple[Path, ...]:
    """The person's own files of earlier work, none of which is ever written to."""
    from almanac import history

    with open_history() as store:
        return tuple(Path(one.path) for one in store.all(history.SourceFile, project=project) if one.path)


def _from_file(files: UpdateFiles, before: Path, options: ForecastOptions, update: UpdateOptions) -> Job[FileUpdate]:
    """From the older file alone; nothing is kept."""
    from almanac import exports

    comparison = yield from compare_files(before, files.file, files.renamed)
    if update.look_only:
        return FileUpdate(comparison)
    series = comparison.file.series
    saved = [exports.read_tidy(path, series.frequency) for path in files.forecasts]
    given = [GivenForecast(one.forecast, one.adjusted) for one in saved]
    dated = () if options.events is None else options.events.events
    capped = sold_out(comparison.file, dated)
    scores = yield from score_forecasts(given, series, dict(files.renamed), capped)
    if files.output is None:
        return FileUpdate(comparison, scores)
    result = yield from forecast(comparison.file, options)
    yield from export(result, files.output, files.inputs)
    return FileUpdate(comparison, scores, result)
