"""What a person should know about how a forecast was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from almanac.core.problems import Problem
from almanac.desktop.formatting import numbers
from almanac.wording.adjustments import ADJUSTED
from almanac.wording.events import EVENT_EFFECT, EVENTS_LEFT_OUT
from almanac.wording.open_periods import CLOSED_IN_FORECAST

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

# Notes on what is said next to each forecast, and of each event in the dialog that lists them.
SAID_BY_ANSWER = (CLOSED_IN_FORECAST, "forecast_is_mean", EVENT_EFFECT, EVENTS_LEFT_OUT, ADJUSTED)
MAX_NOTES = 2  # the rest is in the workbook; the answer needs its space


def forecast_notes(result: ForecastResult) -> list[Problem]:
    """The notes of a forecast, the most important first."""
    adjusted = () if result.adjusted is None else result.adjusted.notes
    notes = [note for note in (*adjusted, *result.forecast.notes) if note.code not in SAID_BY_ANSWER]
    if result.stopped_early:
        done, total = len(result.forecast.names), len(result.file.series)
        what = f"You stopped after {numbers.count(done)} of {numbers.count(total)} series."
        fix = "Press Forecast Again for all of them."
        notes.insert(0, Problem("stopped_early", what, "The finished ones are shown below.", fix))
    if result.kept is not None and result.kept.problem is not None:
        notes.insert(0, result.kept.problem)  # it is not in the history
    if len(notes) > MAX_NOTES:
        more = len(notes) - MAX_NOTES + 1
        what = f"There are {numbers.count(more)} more things to know about this forecast."
        fix = "The workbook lists all of them, under What Was Changed."
        notes[MAX_NOTES - 1 :] = [Problem("more_notes", what, "None of them keeps you from using it.", fix)]
    return notes
