"""A forecast says which series repeat themselves after another time than is usual."""

from __future__ import annotations

import numpy as np
from tests.builders import series_set

from almanac.core.calendar.frequency import DAILY, ROWS, Frequency, Unit
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.forecasting import forecast
from almanac.forecasting.seasons import season_notes


def plan(period: int, length: int = 120, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.uniform(10, 190, period)[np.arange(length) % period] + rng.standard_normal(length)


def test_a_plan_of_ten_days_is_followed_and_named() -> None:
    made = run(forecast(series_set(plan(10), plan(7), frequency=DAILY), 20))
    (note,) = made.notes
    assert note.code == "another_season"
    assert note.what == "s0 repeats itself every 10 days, and so does the forecast."
    assert note.why.startswith("Its past shows it")
    assert "more than the 7 days after which daily series often do" in note.why
    assert note.to_dict()["count"] == 1
    ahead = np.random.default_rng(0).uniform(10, 190, 10)
    assert np.abs(made.median[0] - np.resize(ahead, 20)).mean() < 15


def test_what_repeats_without_any_change_has_one_note() -> None:
    made = run(forecast(series_set(np.resize([1.0, 5.0, 2.0, 8.0, 3.0], 100), frequency=DAILY), 10))
    assert [note.code for note in made.notes] == ["repeats_exactly"]


def note_on(series: SeriesSet, *seasons: int) -> str:
    return "".join(note.what for note in season_notes(series, np.array(seasons)))


def test_several_seasons_are_named_the_most_frequent_first() -> None:
    series = series_set(*[[1.0]] * 7, frequency=DAILY)
    assert note_on(series, 7, 7, 7, 7, 7, 7, 7) == ""
    assert note_on(series, 14, 10, 7, 10, 7, 9, 30) == (
        "These series repeat themselves, and so does the forecast: s1, s3 every 10 days; "
        "s5 every 9 days; s0 every 14 days; 1 more after other times."
    )


def test_units_of_time_are_those_of_the_frequency() -> None:
    half_hours = Frequency(Unit.MINUTE, 30)
    assert "every 20 periods of 30 minutes" in note_on(series_set([1.0], frequency=half_hours), 20)
    (note,) = season_notes(series_set([1.0], [1.0], frequency=ROWS), np.array([24, 24]))
    assert note.what == "s0, s1 repeat themselves every 24 rows, and so does the forecast."
    assert note.why == "Their past shows it, far beyond chance."
