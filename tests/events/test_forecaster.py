"""Effects are measured on practice forecasts, taken out of history, and carried into forecasts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from almanac.core.calendar.frequency import DAILY
from almanac.core.entered.events import Event, EventColumn, EventEffect, EventKind, Span
from almanac.core.jobs import Job, Progress, run
from almanac.core.series import Forecast, SeriesSet
from almanac.core.summaries.decimals import decimals_of
from almanac.evaluation import BacktestRuns, Windows, run_backtest
from almanac.events import EventModel, PracticeBudget, learn

START = date(2022, 1, 3)  # a Monday
FIRST = (START - date(1970, 1, 1)).days
LEVELS = tuple(k / 10 for k in range(1, 10))
SHAPE = np.array([1.0, 0.9, 0.9, 1.0, 1.2, 1.5, 0.8])
EVERYTHING = PracticeBudget(lambda _points, _steps: 10_000)


def weekday_means(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """A simple forecaster: the mean of the last eight values of each weekday, plus or minus a tenth of it."""
    yield Progress(0, 0, "")
    made = np.zeros((len(series), horizon, len(levels)))
    for i, values in enumerate(series):
        weekday = (np.arange(len(values)) + series.first[i]) % 7
        for h in range(horizon):
            same = values[weekday == (series.last[i] + 1 + h) % 7]
            known = same[np.isfinite(same)][-8:]
            made[i, h] = known.mean() + 0.1 * abs(known.mean()) * np.linspace(-1, 1, len(levels))
    return Forecast(series.names, series.last + 1, series.frequency, np.array(levels), made, "mean@1", "0", "cpu")


def backtest(series: SeriesSet, owners: np.ndarray, points: np.ndarray, steps: int) -> Job[BacktestRuns]:
    return (yield from run_backtest(series, steps, weekday_means, LEVELS, Windows(owners, points)))


def of(*members: np.ndarray) -> SeriesSet:
    lengths = [len(one) for one in members]
    return SeriesSet(
        tuple(f"s{i}" for i in range(len(members))),
        np.concatenate(members),
        np.concatenate([[0], np.cumsum(lengths)]),
        np.full(len(members), FIRST),
        DAILY,
    )


def shop(days: int, seed: int, level: float = 100.0, noise: float = 0.05) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return level * SHAPE[np.arange(days) % 7] * (1 + noise * rng.standard_normal(days))


def event(kind: EventKind, starts: Iterable[int], length: int = 1, name: str = "Sale") -> Event:
    spans = (START + timedelta(start) for start in starts)
    return Event(name, kind, tuple(Span(first, first + timedelta(length - 1)) for first in spans))


def learned(series: SeriesSet, *events: Event, columns: tuple[EventColumn, ...] = (), horizon: int = 28) -> EventModel:
    return run(learn(series, (events, columns), horizon, backtest, EVERYTHING))


def effect(model: EventModel, name: str, offset: int = 0) -> EventEffect:
    (found,) = (one for one in model.found if (one.name, one.offset) == (name, offset))
    return found


def forecast(model: EventModel, horizon: int = 28) -> Forecast:
    made = model.forecaster(weekday_means, lambda some: some.positions(some.names))
    return run(made(model.learned, horizon, LEVELS))


SALES = tuple(range(40, 390, 30))


def with_sales(values: np.ndarray, factor: float, starts: Iterable[int] = SALES) -> np.ndarray:
    values = values.copy()
    for start in starts:
        values[start : start + 3] *= factor
    return values


def test_the_effect_of_a_sale_is_found_and_said_with_its_range() -> None:
    model = learned(of(with_sales(shop(400, 1), 1.5)), event(EventKind.SALE, SALES, 3))
    found = effect(model, "Sale")
    assert found.is_measured
    assert found.low < 0.5 < found.high
    assert found.high - found.low < 0.1
    assert (found.seen, found.to_come, found.dates[0]) == (12, 0, "2022-02-12")


def test_the_range_of_an_effect_holds_the_truth_as_often_as_it_says() -> None:
    """80% ranges of 40 simulations: 80% is 32, and fewer than 26 or more than 39 happens by chance in 1 of 50."""
    held = 0
    for seed in range(40):
        model = learned(
            of(with_sales(shop(300, seed, noise=0.15), 1.4, SALES[:8])), event(EventKind.SALE, SALES[:8], 3)
        )
        found = effect(model, "Sale")
        held += found.low <= 0.4 <= found.high
    assert 26 <= held <= 39


def test_a_sale_without_effect_changes_nothing() -> None:
    series = of(shop(400, 2))
    model = learned(series, event(EventKind.SALE, (*SALES, 405), 3))
    plain = run(weekday_means(series, 28, LEVELS))
    assert not effect(model, "Sale").is_measured
    assert forecast(model).quantiles == pytest.approx(plain.quantiles, rel=0.01)


def test_a_sale_to_come_is_carried_and_the_past_ones_are_not_smeared() -> None:
    base = shop(430, 3)
    model = learned(of(with_sales(base[:400], 1.5, (*SALES, 395))), event(EventKind.SALE, (*SALES, 395, 410), 3))
    made = forecast(model, 30)
    expected = 100 * SHAPE[np.arange(400, 430) % 7]
    expected[10:13] *= 1.5
    assert made.median[0] == pytest.approx(expected, rel=0.06)
    width = (made.quantile(0.9) - made.quantile(0.1))[0] / made.median[0]
    assert (width[10:13] > width[3:6]).all()  # as uncertain as the rest, and the effect on top
    assert (np.diff(made.quantiles, axis=-1) >= 0).all()


def test_a_sale_seen_once_is_not_measured() -> None:
    model = learned(of(with_sales(shop(400, 4), 2.0, (100,))), event(EventKind.SALE, (100, 405), 3))
    assert not effect(model, "Sale").is_measured
    assert (model.effects.sizes == 0).all()


def test_shops_differ_where_they_do_and_a_new_one_has_what_is_common() -> None:
    members = [with_sales(shop(400, seed, noise=0.03), 1.1 + 0.1 * seed) for seed in range(8)]
    members.append(shop(400, 20))  # of which no sale is known
    starts = np.array(SALES)
    periods = np.sort(np.concatenate([starts, starts + 1, starts + 2])) + FIRST
    where = np.repeat(np.arange(8), len(periods))
    ahead = FIRST + 410
    column = EventColumn(
        "promo",
        EventKind.SALE,
        np.append(where, 8),
        np.append(np.tile(periods, 8), ahead),
        np.ones(len(where) + 1),
        ahead,
    )
    model = learned(of(*members), columns=(column,))
    sizes = model.effects.sizes[:, 0]
    assert sizes[:8] == pytest.approx([0.1 + 0.1 * seed for seed in range(8)], abs=0.05)
    assert sizes[8] == pytest.approx(0.45, abs=0.06)
    assert model.effects.spread[8, 0] > 3 * model.effects.spread[0, 0]


def test_counts_stay_counts_whatever_they_are_cleaned_of() -> None:
    counts = np.round(with_sales(shop(400, 3), 1.37))
    model = learned(of(counts), event(EventKind.SALE, (*SALES, 410), 3))
    assert abs(effect(model, "Sale").size - 0.37) < 0.05
    made = model.forecaster(with_decimals, lambda some: some.positions(some.names))
    assert run(made(model.learned, 28, LEVELS)).decimals.tolist() == [0]  # type: ignore[union-attr]


def with_decimals(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """The simple forecaster, which says with how many decimals the values that it got are written."""
    made = yield from weekday_means(series, horizon, levels)
    return replace(made, decimals=decimals_of(series))


def test_a_product_that_rarely_sells_says_nothing_of_the_effects_on_others() -> None:
    members = [with_sales(shop(400, seed), 1.5) for seed in range(6)]
    rare = np.random.default_rng(7).poisson(0.08, 400).astype(float)
    sale = event(EventKind.SALE, (*SALES, 410), 3)
    alone, together = learned(of(*members), sale), learned(of(*members, rare), sale)
    assert effect(together, "Sale").size == pytest.approx(effect(alone, "Sale").size, abs=0.05)
    assert together.effects.spread[:6].max() < 1.5 * alone.effects.spread.max() + 0.02


def test_what_is_left_out_is_neither_learned_nor_scored_and_is_said() -> None:
    values = shop(400, 5)
    values[200:260] *= 0.1
    series = of(values)
    model = learned(
        series, event(EventKind.EXCEPTIONAL, (200,), 60, "Lockdown"), event(EventKind.ONE_OFF, (399,), 1, "Fair")
    )
    assert np.isnan(model.learned.values[200:260]).all()
    assert np.isfinite(np.delete(model.learned.values, [*range(200, 260), 399])).all()
    assert (effect(model, "Lockdown").left_out, effect(model, "Fair").left_out) == (60, 1)
    assert series.values[200] == values[200]  # the person's own values stay


def test_repairs_stay_apart_from_what_was_read() -> None:
    series = of(shop(100, 6))
    read = series.values.copy()
    read[50] = 1e6
    model = learned(replace(series, raw_values=read), event(EventKind.CLOSURE, (50,), 1))
    assert np.isnan(model.learned.values[50])
    assert np.isnan(model.learned.without_repairs.values[50])


def test_nothing_is_forecast_during_a_closure_to_come() -> None:
    model = learned(of(shop(100, 7)), event(EventKind.CLOSURE, (30, 103), 2, "Closed"))
    made = forecast(model, 14)
    assert (made.quantiles[0, 3:5] == 0).all()
    assert (np.delete(made.quantiles[0], [3, 4], axis=0) > 0).all()


def test_closed_on_holidays_makes_zero_without_harm_to_history() -> None:
    starts = tuple(range(20, 400, 25))
    values = shop(400, 8)
    values[list(starts)] = 0.0
    model = learned(of(values), event(EventKind.HOLIDAY, (*starts, 405), 1, "Day off"))
    assert effect(model, "Day off").size == pytest.approx(-1, abs=0.05)
    made = forecast(model, 14).median[0]
    assert made[5] < 3
    assert np.delete(made, 5) == pytest.approx(np.delete(100 * SHAPE[np.arange(400, 414) % 7], 5), rel=0.06)


def test_a_holiday_seen_once_has_what_holidays_have_in_common() -> None:
    starts = list(range(30, 390, 30))
    values = shop(400, 9)
    values[starts] *= 1.8
    events = [event(EventKind.HOLIDAY, (start,), 1, f"H{k}") for k, start in enumerate(starts)]
    events.append(event(EventKind.HOLIDAY, (405,), 1, "New"))
    model = learned(of(values), *events)
    assert forecast(model, 14).median[0, 5] == pytest.approx(1.8 * 100 * SHAPE[405 % 7], rel=0.08)


def test_values_below_zero_are_shifted_not_scaled() -> None:
    base = shop(400, 10, level=10.0) - 8.0
    values = base.copy()
    for start in SALES:
        values[start : start + 3] += 20.0
    model = learned(of(values), event(EventKind.SALE, (*SALES, 405), 3))
    found = effect(model, "Sale")
    assert not found.relative
    made = forecast(model, 14).median[0]
    assert made[5:8] == pytest.approx(10 * SHAPE[np.arange(405, 408) % 7] - 8 + 20, abs=1.5)


def test_at_a_cut_off_only_earlier_sales_are_known() -> None:
    """Later sales must not change what a backtest forecasts from an earlier cut-off."""
    first, second = with_sales(shop(400, 11), 1.5, SALES[:5]), with_sales(shop(400, 11), 1.5, SALES[:5])
    second[200:] = with_sales(shop(400, 12), 4.0)[200:]
    known = event(EventKind.SALE, SALES, 3)
    made = []
    for values in (first, second):
        model = learned(of(values), known)
        copies = of(values[:195])
        made.append(
            run(model.forecaster(weekday_means, lambda some: np.zeros(len(some), np.int64))(copies, 28, LEVELS))
        )
    assert effect(learned(of(second), known), "Sale").size > 1
    assert made[0].quantiles == pytest.approx(made[1].quantiles)


def test_little_history_gives_no_effect() -> None:
    model = learned(of(shop(12, 13)), event(EventKind.SALE, (2, 5, 13)))
    assert effect(model, "Sale").seen == 0
    assert effect(model, "Sale").to_come == 1
    assert np.isfinite(forecast(model, 7).quantiles).all()
