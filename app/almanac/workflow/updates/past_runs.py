"""The forecasts that a project has been given, from the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.entered.adjustments import Adjustment
from almanac.core.problems import ProblemError
from almanac.wording.watching import updates as words
from almanac.workflow.adjusting.apply import adjusted_forecast
from almanac.workflow.history.access import file_of, forecast_of, keeps_history, open_history, there_is_a_history
from almanac.workflow.history.projects import project_of, shape_of_reading
from almanac.workflow.results import ForecastResult
from almanac.workflow.updates.scoring import GivenForecast
from almanac.workflow.updates.triggers import corrected_since

if TYPE_CHECKING:
    from almanac.history import Reading, Run, Store
    from almanac.tables import ReadFile

MAX_RUNS = 60  # of a project that are scored, the latest: five years of months; chosen by judgement
MIN_RUNS, MAX_FORECASTS = 2, 40_000  # runs at least; forecasts of single series: a few seconds, chosen by judgement
RENAMED = "series_renamed"  # the kind of decision that says which series have new names


@dataclass(frozen=True)
class PastRuns:
    """The forecasts that a project was given, oldest first: each with the id of its run. ``renamed``: names of series
    of then, each with its name now. ``wider``: series (empty: all) whose ranges are corrected for a change, each with
    the period in which it began.
    """

    runs: tuple[str, ...]
    given: tuple[GivenForecast, ...]
    renamed: Mapping[str, str]
    wider: Mapping[str, int]


def past_runs(store: Store, project: str) -> PastRuns:
    """The latest forecasts of a project; those that cannot be read are left out."""
    from almanac import history

    runs, given = [], []
    for run in reversed(_recent(store.all(history.Run, project=project, deleted=""))):
        try:
            given.append(_given(store, run))
        except ProblemError:
            continue
        runs.append(run.id)
    renamed = renamings(store, project)
    wider = {renamed.get(name, name): since for name, since in corrected_since(store, project).items()}
    return PastRuns(tuple(runs), tuple(given), renamed, wider)


def _recent(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The latest runs, as many as are scored within seconds; the latest first."""
    forecasts = np.cumsum([run.series for run in runs[:MAX_RUNS]])
    return runs[: max(int((forecasts <= MAX_FORECASTS).sum()), MIN_RUNS)]


def _given(store: Store, run: Run) -> GivenForecast:
    from almanac import history

    made = forecast_of(store, run.id)
    kept = store.all(history.Adjustment, run=run.id)
    if not kept:
        return GivenForecast(made)
    result = ForecastResult(file_of(store, run.reading), made, run.created_at)
    adjusted = adjusted_forecast(result, [Adjustment.of_dict(dict(one.body)) for one in reversed(kept)])
    return GivenForecast(made, None if adjusted is None else adjusted.forecast.point)


def renamings(store: Store, project: str) -> dict[str, str]:
    """Every earlier name of a series of a project, with its name now."""
    from almanac import history

    found: dict[str, str] = {}
    for decision in reversed(store.all(history.Decision, project=project)):
        if decision.kind != RENAMED:
            continue
        names = {str(before): str(after) for before, after in decision.body["renamed"]}
        found = {before: names.get(after, after) for before, after in found.items()} | names
    return found


def latest_reading(store: Store, project: str) -> Reading:
    """The latest reading of a project. Raises ``ProblemError`` when there is none."""
    from almanac import history

    found = store.all(history.Reading, project=project)
    if not found:
        raise ProblemError(words.nothing_read())
    return found[0]


def past_runs_of(file: ReadFile) -> PastRuns | None:
    """The forecasts that the project of a file was given; None when nothing is kept, or cannot be read."""
    if not keeps_history() or not there_is_a_history():
        return None
    try:
        with open_history() as store:
            project = project_of(store, file, shape_of_reading(file))
            return None if project is None else past_runs(store, project.id)
    except ProblemError:
        return None
