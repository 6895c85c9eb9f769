"""Series with many zeros: their point forecast is the mean, so that sums are right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.calendar.frequency import DAILY, Frequency, Unit
from almanac.core.jobs import run
from almanac.core.measure import Measure
from almanac.forecasting import forecast
from almanac.forecasting.rules.intermittent import intermittent, mean_note, means_by_past, periods_since_the_end


def test_only_flows_with_many_zeros_are_intermittent() -> None:
    rare, busy = [0.0, 0.0, 3.0, 0.0] * 8, [3.0, 0.0, 4.0, 5.0, 6.0] * 8
    made = series_set(np.array(rare), np.array(busy), np.array(rare) - 1, np.zeros(30), np.array(rare))
    kinds = (*(Measure() for _ in range(4)), Measure("level"))
    assert intermittent(replace(made, measures=kinds)).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize("rate", [0.02, 0.2, 0.6, 1.0])
def test_the_forecasts_of_counts_add_up_to_what_comes(rate: float) -> None:
    chance = np.random.default_rng(11)
    counts = [chance.poisson(rate, 365).astype(float) for _ in range(24)]
    seen = sum(y.mean() for y in counts) / 24
    made = run(forecast(replace(series_set(*counts), frequency=DAILY), 28))
    assert made.mean_points is not None
    assert made.mean_points.all()
    assert made.point.sum(axis=1).mean() == pytest.approx(28 * seen, rel=0.05)
    assert [note.code for note in made.notes] == ["forecast_is_mean"]
    assert "day" in made.notes[0].why


def test_the_point_forecast_of_any_other_series_is_its_median() -> None:
    chance = np.random.default_rng(3)
    made = run(
        forecast(replace(series_set(chance.gamma(9, 10, 200), chance.poisson(0.3, 200) * 1.0), frequency=DAILY), 7)
    )
    assert made.point[0].tolist() == made.median[0].tolist()
    assert (made.point[1] > made.median[1]).all()
    assert made.select(1).point[0].tolist() == made.point[1].tolist()


def test_a_rare_seller_that_only_sells_on_some_weekdays_keeps_them() -> None:
    """Two days ahead, only the same two weekdays of the past count."""
    week = np.array([0.0, 0, 0, 0, 0, 7, 7])
    sunday = replace(series_set(np.tile(week, 20)), frequency=DAILY)
    ahead = means_by_past(sunday, np.array([0]), np.array([[0.5, 0.5]]))
    assert ahead.sum() == pytest.approx(0.0)
    whole = means_by_past(sunday, np.array([0]), np.full((1, 14), 0.1))
    assert whole.sum() == pytest.approx(28.0, rel=0.05)  # the latest week weighs a little more


def test_what_fades_counts_less_the_older_it_is() -> None:
    fading = np.concatenate([np.tile([0.0, 4.0, 0.0, 0.0], 60), np.tile([0.0, 1.0, 0.0, 0.0], 60)])
    made = means_by_past(replace(series_set(fading), frequency=DAILY), np.array([0]), np.full((1, 28), 0.3))
    assert 7.0 < made.sum() < 0.75 * 28 * fading.mean()


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.3, 0.6, 1.0, 3.0])
def test_what_is_still_sold_is_hardly_ever_taken_for_over(rate: float) -> None:
    chance = np.random.default_rng(5)
    over = sum(periods_since_the_end(chance.poisson(rate, 365).astype(float)) > 0 for _ in range(600))
    assert over <= 4  # 0.6 are allowed on average; more than 4 happen in 4 of 10,000 cases


def test_what_is_sold_in_summer_alone_is_not_over_in_winter() -> None:
    chance = np.random.default_rng(5)
    summer = (np.arange(3 * 365) % 365 >= 150) & (np.arange(3 * 365) % 365 < 250)
    counts = np.where(summer, chance.poisson(4, 3 * 365), 0).astype(float)
    assert periods_since_the_end(counts[: 2 * 365 + 100]) == 0
    assert periods_since_the_end(counts[:-30]) == 0


@pytest.mark.parametrize("rate", [0.2, 2.0, 9.0])
@pytest.mark.parametrize("silent", [60, 200])
def test_what_is_no_longer_sold_adds_up_to_nothing_in_all(rate: float, silent: int) -> None:
    """Its days say nothing, so that their total may not say "about 3"."""
    chance = np.random.default_rng(1)
    counts = np.append(chance.poisson(rate, 500), np.zeros(silent)).astype(float)
    rows = np.zeros(1, np.int64)
    means = means_by_past(replace(series_set(counts), frequency=DAILY), rows, np.full((1, 28), rate / 10))
    assert periods_since_the_end(counts) >= silent
    assert means.sum() <= 28 / (silent + 1) * counts[counts > 0].mean() * (1 + 1e-9)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("multiple", [1, 15])
def test_a_note_about_a_mean_says_how_long_a_period_is(unit: Unit, multiple: int) -> None:
    frequency = Frequency(unit, multiple)
    note = mean_note(["Lamp"], frequency)
    assert f"In many {frequency.duration(2).removeprefix('2 ')} nothing" in note.why
    assert f"For a single {frequency.period}, " in note.fix
    assert "sss" not in note.why + note.fix
