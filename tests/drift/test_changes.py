"""Run length without change, delay with change, and what must not matter: as detectors are tested."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from almanac.core.alerts import AlertAction, AlertKind
from almanac.core.calendar.frequency import DAILY, MONTHLY, WEEKLY, Frequency
from almanac.core.measure import Measure
from almanac.core.series import SeriesSet
from almanac.drift import PastScores, Promise, Watched, find_changes, raw_scores
from almanac.drift.changes.error_model import fit_errors
from almanac.drift.changes.own_past import last_year
from almanac.drift.changes.statistics import chance_of

LEVELS = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
DEVIATES = np.array([NormalDist().inv_cdf(level) for level in LEVELS])
BEFORE = 6


def noise(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> np.ndarray:
    z = rng.standard_normal(shape)
    for k in range(1, shape[1]):
        z[:, k] = memory * z[:, k - 1] + np.sqrt(1 - memory**2) * z[:, k]
    return z


def case(seed: int, series: int, new: int, memory: float = 0.0, frequency: Frequency = MONTHLY):
    """Watched steps of a perfect forecast (100, sd 10) and 8 practice forecasts of each series."""
    rng = np.random.default_rng(seed)
    steps = BEFORE + new
    quantiles = np.broadcast_to(100 + 10 * DEVIATES, (series, steps, len(LEVELS)))
    actuals = 100 + 10 * noise(rng, (series, steps), memory)
    scores = noise(rng, (series * 8, steps), memory)
    at = np.repeat(np.arange(series), 8)
    practice = PastScores(scores, at, np.tile(np.arange(8) * steps, series))
    names = tuple(f"s{i}" for i in range(series))
    first = np.full(series, 600, np.int64)
    before = SeriesSet(names, np.full(series * 40, 100.0), np.arange(series + 1) * 40, first - 40, frequency)
    return Watched(names, frequency, first, actuals, quantiles, LEVELS, BEFORE), practice, before


def changed(watched: Watched, new: np.ndarray) -> Watched:
    actuals = watched.actuals.copy()
    actuals[:, BEFORE:] = new
    return replace(watched, actuals=actuals)


def test_scores_are_standard_normal_deviates_where_the_forecast_is_normal() -> None:
    quantiles = np.broadcast_to(100 + 10 * DEVIATES, (1, 4, 9))
    scores = raw_scores(np.array([[90.0, 100.0, 125.0, np.nan]]), quantiles, LEVELS)
    np.testing.assert_allclose(scores, [[-1.0, 0.0, 2.5, np.nan]], atol=1e-3)


@pytest.mark.parametrize(("frequency", "new", "memory"), [(MONTHLY, 1, 0.0), (MONTHLY, 1, 0.8), (WEEKLY, 4, 0.4)])
def test_an_unchanged_workbook_warns_less_than_once_a_year(frequency: Frequency, new: int, memory: float) -> None:
    """40 workbooks of 5 series for a month each, 3.3 years: more than 7 alerts have a probability of 3% at 1 a year."""
    alerts = sum(len(find_changes(*case(seed, 5, new, memory, frequency))) for seed in range(40))
    assert alerts <= 7


def test_a_level_that_moves_by_two_standard_deviations_is_seen_within_two_months() -> None:
    seen = 0
    for seed in range(20):
        watched, practice, before = case(seed, 1, 2)
        alerts = find_changes(changed(watched, watched.actuals[:, BEFORE:] + 20), practice, before)
        seen += any(a.kind is AlertKind.LEVEL and a.size > 0 for a in alerts)
    assert seen >= 12


def test_a_level_says_since_when_and_how_large() -> None:
    watched, practice, before = case(1, 1, 12)
    alert = find_changes(changed(watched, watched.actuals[:, BEFORE:] + 40), practice, before)[0]
    assert alert.kind is AlertKind.LEVEL
    assert abs(alert.since - (600 + BEFORE)) <= 1
    assert alert.size == pytest.approx(0.4, abs=0.1)
    assert 0 < alert.per_year < 0.1


def test_hundreds_of_series_that_differ_in_their_memory_warn_no_more_often() -> None:
    """Half of them remember much, half nothing: what all have in common is true of none."""
    alerts = 0
    for seed in range(2):
        count, new, rng = 400, 28, np.random.default_rng(seed)
        watched, practice, before = case(seed, count, new, frequency=DAILY)
        steps, half = BEFORE + new, count // 2
        actuals = np.concatenate([100 + 10 * noise(rng, (half, steps), memory) for memory in (0.9, 0.0)])
        scores = np.concatenate([noise(rng, (half * 8, steps), memory) for memory in (0.9, 0.0)])
        watched, practice = replace(watched, actuals=actuals), replace(practice, scores=scores)
        alerts += len(find_changes(watched, practice, before))
        far = watched.actuals[:, BEFORE:] + np.where(np.arange(count) == 399, 40, 0)[:, None]
        found = {alert.series for alert in find_changes(changed(watched, far), practice, before)}
        assert "s399" in found  # of those that remember nothing
    assert alerts <= 1  # in two looks: by the model of errors that all have in common there were 12


def test_what_was_as_far_off_in_practice_is_less_rare() -> None:
    watched, practice, _ = case(1, 5, 6)
    usual = fit_errors(practice, 5)
    wild = replace(usual, practised=2 * usual.practised)  # by more than their scale says

    def mean(scores: np.ndarray) -> np.ndarray:
        return scores.mean(axis=1)

    far = np.full((5, 12), 2.5)
    assert (chance_of(far, mean, wild, watched) > 3 * chance_of(far, mean, usual, watched)).all()


def test_what_comes_every_year_counts_only_for_what_is_more() -> None:
    watched, practice, _ = case(1, 2, 28, frequency=DAILY)
    made = int(watched.first[0]) - 1
    cutoff = np.array([made - 365 - 20, made - 200, made - 365, made - 730])
    model = replace(fit_errors(practice, 2), practised_series=np.array([0, 0, 1, 1]), practised_cutoff=cutoff)
    now, past, chances = np.array([5.0, -5.0]), np.array([4.0, 9.0, 4.0, -3.0]), np.array([0.01, 0.01, 0.01, 0.01])
    assert last_year(now, past, chances, model, watched).tolist() == [4.0, 3.0]  # the other direction is another change
    assert last_year(now, past, chances * 50, model, watched).tolist() == [0.0, 0.0]  # not unusual then
    weekly = replace(watched, frequency=WEEKLY)  # its season is the year, which a forecast knows
    weeks = replace(model, practised_cutoff=made - np.array([52, 26, 52, 104]))
    assert last_year(now, past, chances, weeks, weekly).tolist() == [0.0, 0.0]


def waves(scores: np.ndarray, late: int) -> tuple[np.ndarray, np.ndarray]:
    """What happens when a forecast waves with a season of 12 and the highs come ``late``; and that forecast."""
    median = 100 + 30 * np.sin(2 * np.pi * np.arange(scores.shape[1]) / 12) + 0 * scores
    return np.roll(median, late, axis=1) + 10 * scores, median


def test_a_season_that_moves_is_seen_unless_forecasts_were_as_far_off_in_practice() -> None:
    """Such as of the day of the month, which no forecast meets: months have 28 to 31 of them."""
    watched, practice, before = case(4, 1, 12)
    noise, width = (watched.actuals - 100) / 10, np.full_like(practice.scores, 25.63)
    actuals, median = waves(noise, 3)
    actuals[:, :BEFORE] = median[:, :BEFORE]
    watched = replace(watched, actuals=actuals, quantiles=median[:, :, None] + 10 * DEVIATES)
    for late, kinds in ((0, [AlertKind.SEASON]), (3, [])):
        happened, expected = waves(practice.scores, late)
        happened[:, :BEFORE] = expected[:, :BEFORE]
        known = replace(practice, median=expected, width=width, scores=(happened - expected) / 10)
        found = [alert.kind for alert in find_changes(watched, known, before) if alert.kind is AlertKind.SEASON]
        assert found == kinds, late


@pytest.mark.parametrize(("by", "asked"), [(40, False), (-40, True)])
def test_only_where_less_is_sold_it_is_asked_whether_it_was_sold_out(by: float, asked: bool) -> None:
    watched, practice, before = case(1, 1, 12)
    alert = find_changes(changed(watched, watched.actuals[:, BEFORE:] + by), practice, before)[0]
    assert (AlertAction.ASK_STOCK in alert.actions) is asked


def test_a_temperature_changes_by_an_amount_and_is_never_sold_out() -> None:
    watched, practice, before = case(1, 1, 12)
    before = replace(before, measures=(Measure("level", "°C"),))
    alert = find_changes(changed(watched, watched.actuals[:, BEFORE:] - 40), practice, before)[0]
    assert (alert.kind, alert.has_share) == (AlertKind.LEVEL, False)
    assert alert.amount == pytest.approx(-40, abs=10)
    assert AlertAction.ASK_STOCK not in alert.actions


def test_what_moves_in_many_series_without_shares_has_no_amount() -> None:
    watched, practice, before = case(5, 40, 4)
    before = replace(before, measures=(Measure("level", "°C"),) * 20 + (Measure(),) * 20)
    alert = find_changes(changed(watched, watched.actuals[:, BEFORE:] + 12), practice, before)[0]
    assert (alert.series, alert.has_share, np.isnan(alert.amount)) == ("", False, True)


def test_swings_that_become_three_times_as_wide_are_seen() -> None:
    watched, practice, before = case(3, 1, 24, frequency=DAILY)
    wide = 100 + 3 * (watched.actuals[:, BEFORE:] - 100)
    kinds = {alert.kind for alert in find_changes(changed(watched, wide), practice, before, Promise(per_year=12))}
    assert AlertKind.SPREAD in kinds


def test_a_change_of_all_series_is_said_once() -> None:
    watched, practice, before = case(5, 40, 4)
    alerts = find_changes(changed(watched, watched.actuals[:, BEFORE:] + 12), practice, before)
    assert [(alert.series, alert.count) for alert in alerts] == [("", 40)]


def test_zeros_and_gaps_that_were_rare_are_counted() -> None:
    watched, practice, before = case(7, 2, 12)
    new = watched.actuals[:, BEFORE:].copy()
    new[0, ::2], new[1, 1::2] = 0.0, np.nan
    new[1, -1] = 100.0
    found = {(a.series, a.kind) for a in find_changes(changed(watched, new), practice, before)}
    assert {("s0", AlertKind.ZEROS), ("s1", AlertKind.GAPS)} <= found


def test_units_do_not_matter() -> None:
    watched, practice, before = case(2, 3, 6)
    watched = changed(watched, watched.actuals[:, BEFORE:] + np.array([[30.0], [0], [0]]))
    larger = replace(watched, actuals=watched.actuals * 7, quantiles=watched.quantiles * 7)
    assert [a.kind for a in find_changes(larger, practice, before)] == [
        a.kind for a in find_changes(watched, practice, before)
    ]


def test_the_order_of_series_does_not_matter() -> None:
    watched, practice, before = case(2, 4, 6)
    watched = changed(watched, watched.actuals[:, BEFORE:] + np.array([[30.0], [0], [0], [0]]))
    turned = replace(watched, names=watched.names[::-1], actuals=watched.actuals[::-1])
    back = PastScores(practice.scores, 3 - practice.series, practice.cutoff)
    order = np.argsort(back.series, kind="stable")
    back = PastScores(back.scores[order], back.series[order], back.cutoff[order])
    one, other = find_changes(watched, practice, before), find_changes(turned, back, before)
    assert [(a.series, a.kind) for a in one] == [(a.series, a.kind) for a in other]
    assert one


def test_nothing_new_is_no_change() -> None:
    watched, practice, before = case(1, 2, 0)
    assert find_changes(watched, practice, before) == ()
