"""Use case: what differs between two runs, and their forecasts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.arrays import Floats
from almanac.core.jobs import Job, Progress
from almanac.core.problems import stop_with
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.history.access import file_of, forecast_of, open_history

if TYPE_CHECKING:
    from almanac.history import Run


@dataclass(frozen=True)
class ForecastChange:
    """What two runs say of one series: the sums of ``periods`` that both forecast, ``before`` and ``after``."""

    name: str
    before: float
    after: float
    periods: int

    @property
    def change(self) -> float:
        """By how much the later run says more."""
        return self.after - self.before


@dataclass(frozen=True)
class RunComparison:
    """Two runs side by side.

    ``differences``: settings, model and data that differ, each as a label with both values as text; ``corrected``: how
    many past values of both readings differ; ``added``: how many periods of them the later one has more; ``series``:
    those of both, the largest change first; ``only_before``, ``only_after``: names of those that one of them has;
    ``first``, ``last``: the first and last period that both forecast, empty when there is none.
    """

    before: Run
    after: Run
    differences: tuple[tuple[str, str, str], ...]
    corrected: int
    added: int
    series: tuple[ForecastChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    first: str
    last: str


def history_compare(before: str, after: str) -> Job[RunComparison]:
    """Compare two runs. Raises ``ProblemError`` when one is not there, or their frequencies differ."""
    from almanac import history

    yield Progress(0, 0, "Comparing two forecasts")
    with open_history() as store:
        runs = [store.one(history.Run, run) for run in (before, after)]
        old, new = (forecast_of(store, run.id) for run in runs)
        if old.frequency != new.frequency:
            raise stop_with(
                "other_frequency",
                "These two forecasts cannot be put side by side.",
                f"One is {old.frequency.name}, the other {new.frequency.name}.",
                "Compare forecasts of the same rhythm.",
            )
        past = [file_of(store, run.reading).series for run in runs]
    corrected, added = _past_changes(*past)
    common = (max(int(old.first.min()), int(new.first.min())), min(_end(old), _end(new)))
    labels = ("", "") if common[0] > common[1] else tuple(map(old.frequency.iso, common))
    return RunComparison(
        runs[0],
        runs[1],
        tuple(_differences(runs[0], runs[1])),
        corrected,
        added,
        _changes(old, new),
        tuple(sorted(set(old.names) - set(new.names))),
        tuple(sorted(set(new.names) - set(old.names))),
        *labels,
    )


def _end(made: Forecast) -> int:
    return int(made.first.max()) + made.horizon - 1


def _differences(before: Run, after: Run) -> list[tuple[str, str, str]]:
    pairs: list[tuple[str, Any, Any]] = [
        (label, getattr(before, name), getattr(after, name))
        for label, name in (("Model", "model"), ("Ran on", "device"), ("Almanac version", "version"))
    ]
    pairs += [("How far ahead", before.summary.get("ahead"), after.summary.get("ahead"))]
    names = [name for name in before.settings if name in after.settings]
    pairs += [(f"Setting “{name}”", before.settings[name], after.settings[name]) for name in names]
    pairs += [("Series", before.series, after.series), ("File", before.title, after.title)]
    return [(label, _text(old), _text(new)) for label, old, new in pairs if old != new]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "as proposed" if value is None else str(value)


def _past_changes(before: SeriesSet, after: SeriesSet) -> tuple[int, int]:
    """How many past values of series that both have differ, and how many periods the later reading has more."""
    at = {name: i for i, name in enumerate(after.names)}
    corrected = added = 0
    for i, name in enumerate(before.names):
        j = at.get(name)
        if j is None:
            continue
        first = max(int(before.first[i]), int(after.first[j]))
        last = min(int(before.last[i]), int(after.last[j]))
        added += max(int(after.last[j]) - int(before.last[i]), 0)
        if last >= first:
            old, new = _between(before, i, first, last), _between(after, j, first, last)
            corrected += int((~np.isclose(old, new, rtol=1e-12, atol=0, equal_nan=True)).sum())
    return corrected, added


def _between(series: SeriesSet, i: int, first: int, last: int) -> Floats:
    begin = int(series.first[i])
    found: Floats = series[i][first - begin : last + 1 - begin]
    return found


def _changes(before: Forecast, after: Forecast) -> tuple[ForecastChange, ...]:
    """The series of both, the largest change first."""
    at = {name: i for i, name in enumerate(after.names)}
    old_points, new_points = before.shown[0], after.shown[0]
    found = []
    for i, name in enumerate(before.names):
        j = at.get(name)
        if j is None:
            continue
        shift = int(after.first[j] - before.first[i])
        begin, stop = max(shift, 0), min(before.horizon, after.horizon + shift)
        if begin < stop:
            old, new = old_points[i, begin:stop], new_points[j, begin - shift : stop - shift]
            found.append(ForecastChange(name, float(np.nansum(old)), float(np.nansum(new)), stop - begin))
    return tuple(sorted(found, key=lambda one: -abs(one.change)))
