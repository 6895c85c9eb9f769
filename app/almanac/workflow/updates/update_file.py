"""The whole way from a newer file: compare it, score earlier forecasts by it, and forecast again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from almanac.core.jobs import Job
from almanac.wording.scores import score_sentences
from almanac.workflow.make_forecast import ForecastOptions, forecast
from almanac.workflow.save_result import export
from almanac.workflow.updates.comparison import FileComparison, Renamed, compare_files
from almanac.workflow.updates.plain import scores_to_dict, update_to_dict
from almanac.workflow.updates.scoring import GivenForecast, score_forecasts

if TYPE_CHECKING:
    from almanac.evaluation import Scores
    from almanac.workflow.results import ForecastResult


@dataclass(frozen=True)
class UpdateFiles:
    """``file``: the newer spreadsheet; ``before``: the older one; ``forecasts``: saved earlier, oldest first;
    ``output``: where to save the new forecast, None for none; ``renamed``: confirmed new names of series.
    """

    file: Path
    before: Path
    forecasts: tuple[Path, ...] = ()
    output: Path | None = None
    renamed: Renamed = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The files that are read."""
        return self.file, self.before, *self.forecasts


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


def update_file(files: UpdateFiles, options: ForecastOptions) -> Job[FileUpdate]:
    """Compare a newer file with the one before, score earlier forecasts by it, and save the new forecast.

    Raises ``ProblemError`` when it is not of the same table, or the output cannot be saved.
    """
    from almanac import exports

    if files.output is not None:
        exports.format_of(files.output)
        exports.refuse_target(files.output, files.inputs)
    comparison = yield from compare_files(files.before, files.file, files.renamed)
    series = comparison.file.series
    saved = [exports.read_tidy(path, series.frequency) for path in files.forecasts]
    given = [GivenForecast(one.forecast, one.adjusted) for one in saved]
    scores = yield from score_forecasts(given, series, dict(files.renamed))
    if files.output is None:
        return FileUpdate(comparison, scores)
    result = yield from forecast(comparison.file, options)
    yield from export(result, files.output, files.inputs)
    return FileUpdate(comparison, scores, result)
