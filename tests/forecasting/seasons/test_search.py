"""The season of a series is the one its past shows, and the usual one wherever there is any doubt."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set
from tests.forecasting.seasons.families import Family, near_misses, repeating

from almanac.core.calendar.frequency import DAILY, MONTHLY, ROWS, WEEKLY
from almanac.forecasting.seasons import other_seasons, season_of

# Of 1,000 series, how many may be given another season than they have; a promise.
MAX_WRONG = 0.005
MIN_FOUND = {"3 cycles": 0.85, "4 cycles": 0.93, "6 cycles": 0.97, "10 cycles": 0.98}  # of all periods and frequencies


def found(family: Family) -> np.ndarray:
    return other_seasons(series_set(*family.series, frequency=family.frequency), np.arange(len(family.series)))


def right(family: Family) -> tuple[np.ndarray, np.ndarray]:
    """Which seasons are right (those that are a part of the usual one need not be found), and which are wrong."""
    got, usual = found(family), family.frequency.season_length
    same = (got == family.periods) | ((got == 0) & (usual % family.periods == 0))
    return same, (got > 0) & (got != family.periods)


def check_repeating(seed: int, step: int) -> None:
    shares: dict[str, list[np.ndarray]] = {}
    wrong = []
    for family in repeating(seed, step):
        same, other = right(family)
        shares.setdefault(family.name, []).append(same)
        wrong.append(other)
    reached = {name: float(np.concatenate(parts).mean()) for name, parts in shares.items()}
    assert all(reached[name] >= least for name, least in MIN_FOUND.items()), reached
    assert np.concatenate(wrong).mean() <= MAX_WRONG


def check_near_misses(seed: int, count: int) -> None:
    given: dict[str, list[np.ndarray]] = {}
    for family in near_misses(seed, count):
        given.setdefault(family.name, []).append(found(family) > 0)
    reached = {name: float(np.concatenate(parts).mean()) for name, parts in given.items()}
    assert max(reached.values()) <= MAX_WRONG, reached


def test_a_pattern_of_any_period_is_found_at_any_frequency() -> None:
    check_repeating(1, 2)


def test_walks_noise_trends_and_usual_seasons_are_given_no_other_season() -> None:
    check_near_misses(2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 15))
def test_other_patterns_of_any_period(seed: int) -> None:
    check_repeating(seed, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 25))
def test_other_series_without_another_season(seed: int) -> None:
    check_near_misses(seed, 60)


def pattern(period: int, length: int, noise: float = 2.0, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.uniform(10, 190, period)[np.arange(length) % period] + noise * rng.standard_normal(length)


def test_the_season_of_a_series_does_not_depend_on_the_others() -> None:
    rng = np.random.default_rng(3)
    rows = [pattern(p, 60 + 7 * p, seed=p) for p in range(2, 40)] + [rng.standard_normal(n) for n in range(20, 300, 9)]
    together = other_seasons(series_set(*rows, frequency=DAILY), np.arange(len(rows)))
    alone = [int(other_seasons(series_set(row, frequency=DAILY), np.array([0]))[0]) for row in rows]
    backwards = other_seasons(series_set(*rows[::-1], frequency=DAILY), np.arange(len(rows)))
    assert together.tolist() == alone == backwards[::-1].tolist()
    assert (together > 0).sum() > 30


def test_only_the_series_that_were_asked_for_are_looked_at() -> None:
    series = series_set(pattern(10, 100), np.ones(50), pattern(9, 100), frequency=DAILY)
    assert other_seasons(series, np.array([2, 0])).tolist() == [9, 10]
    assert other_seasons(series, np.array([], np.int64)).tolist() == []


def test_missing_values_a_trend_and_huge_numbers_do_not_hide_a_season() -> None:
    rng = np.random.default_rng(4)
    gaps = np.where(rng.random(150) < 0.15, np.nan, pattern(10, 150))
    growth = pattern(10, 150) * np.exp(np.arange(150) / 150)
    rows = (gaps, pattern(10, 150) + np.arange(150) * 3.0, growth, pattern(10, 150) * 1e300, pattern(10, 150) * 1e-300)
    assert other_seasons(series_set(*rows, frequency=DAILY), np.arange(5)).tolist() == [10] * 5


def test_the_shortest_of_several_seasons_that_explain_the_same_is_taken() -> None:
    rows = [pattern(p, 240, seed=p) for p in (2, 3, 4, 5, 6, 8)]
    assert other_seasons(series_set(*rows, frequency=ROWS), np.arange(6)).tolist() == [2, 3, 4, 5, 6, 8]


def test_a_fortnight_in_which_both_weeks_differ_is_found_and_two_equal_weeks_are_not() -> None:
    series = series_set(pattern(14, 120), pattern(7, 120), frequency=DAILY)
    assert other_seasons(series, np.arange(2)).tolist() == [14, 0]
    assert [season_of(series, i) for i in range(2)] == [14, 7]


def test_a_year_known_only_once_is_not_taken_for_its_halves() -> None:
    when = 2 * np.pi * np.arange(90) / 52
    halves = 100 + 5 * np.sin(when) + 30 * np.sin(2 * when) + np.random.default_rng(5).standard_normal(90)
    assert other_seasons(series_set(halves, frequency=WEEKLY), np.array([0])).tolist() == [0]


def test_a_holiday_that_moves_is_not_a_period_of_two_years() -> None:
    march = np.array([k % 2 for k in range(8)])
    sales = 100 + 3 * np.random.default_rng(6).standard_normal((8, 12))
    sales[np.arange(8), 2 + march] += 60
    assert other_seasons(series_set(sales.ravel(), frequency=MONTHLY), np.array([0])).tolist() == [0]


@pytest.mark.parametrize("values", [[5.0], [1.0, 2.0], [7.0] * 60, [np.nan] * 40 + [1.0], list(range(60))])
def test_nothing_is_found_where_there_is_nothing(values: list[float]) -> None:
    assert other_seasons(series_set(values, frequency=ROWS), np.array([0])).tolist() == [0]
