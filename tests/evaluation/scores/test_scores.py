"""Earlier forecasts are scored by the values that have arrived since, as a person would by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest, norm
from tests.builders import series_set

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import MONTHLY
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation import run_backtest
from almanac.evaluation.scores.pairs import PairAnswer
from almanac.evaluation.scores.past_forecasts import PastForecasts, past_forecasts
from almanac.evaluation.scores.pit_values import pit_values
from almanac.evaluation.scores.scores import Beside, Scores, score
from almanac.wording.watching.scores import score_sentences
from almanac.workflow.backtests.baselines import REFERENCE

LEVELS = np.arange(1, 20) / 20
FIRST = 600
NOTHING = Beside()


def issued(series: SeriesSet, points: int, medians: Floats, spread: float = 1.0) -> Forecast:
    """A forecast from the first ``points`` values: normal around ``medians`` [N, H]."""
    return Forecast(
        names=series.names,
        first=series.first + points,
        frequency=MONTHLY,
        levels=LEVELS,
        quantiles=medians[:, :, None] + spread * norm.ppf(LEVELS),
        model="careful@2.1.1",
        checksum="0" * 64,
        device="processor (CPU)",
    )


def noise(count: int, points: int, seed: int = 0, spread: float = 1.0) -> SeriesSet:
    rng = np.random.default_rng(seed)
    return series_set(*(100 + spread * rng.standard_normal((count, points))))


def scored(past: PastForecasts, beside: Beside = NOTHING) -> Scores:
    found = score(past, beside)
    assert found is not None
    return found


def every_month(series: SeriesSet, start: int, horizon: int = 3, spread: float = 1.0) -> PastForecasts:
    """What forecasts of 100 made each month from ``start`` on are worth now."""
    points = int(series.lengths[0])
    flat = np.full((len(series), horizon), 100.0)
    return past_forecasts([issued(series, cut, flat, spread) for cut in range(start, points)], series)


def test_a_worked_example() -> None:
    series = series_set([10, 12, 11, 13, 20, 8], [100, 110, 120, 130, 140, 150])
    forecast = issued(series, 4, np.array([[15.0, 15, 15], [140.0, 140, 140]]), spread=4)
    past = past_forecasts([forecast], series)
    assert past.runs.actuals.tolist()[0][:2] == [20, 8]
    assert np.isnan(past.runs.actuals[0, 2])
    found = scored(past)
    assert found.overall.checks == 4
    assert found.overall.typical_miss == pytest.approx((5 + 7 + 0 + 10) / 4)
    scales = np.mean([2, 1, 2]), 10  # one season apart there is nothing, so from one month to the next
    assert found.overall.scaled == pytest.approx((5 / scales[0] + 7 / scales[0] + 0 + 10 / scales[1]) / 4)
    half = 4 * norm.ppf(0.9)  # 5.13: holds for 5 and 0, not for 7 and 10
    assert found.overall.held[0.8] == np.mean([e <= half for e in (5, 7, 0, 10)])
    assert [(step, one.checks) for step, one in found.by_step] == [(1, 2), (2, 2)]
    assert dict(found.by_period)[FIRST + 5].typical_miss == pytest.approx((7 + 10) / 2)
    assert found.by_series[0][0] == "s0"


def test_the_quantile_loss_is_that_of_an_independent_implementation() -> None:
    from scoringrules import quantile_score

    series = noise(3, 40)
    found = scored(every_month(series, 30))
    cut = np.concatenate([np.arange(30, 40) + h for h in range(3)])
    actual = np.concatenate([series[i][at] for i in range(3) for at in [cut[cut < 40]]])
    loss = np.mean([quantile_score(actual, 100 + norm.ppf(p), p).sum() for p in LEVELS])
    assert found.overall.wql == pytest.approx(2 * loss / np.abs(actual).sum())


def test_renamed_series_keep_their_forecasts_and_vanished_ones_are_left_out() -> None:
    series = noise(2, 30)
    forecast = issued(replace(series, names=("Bread", "Milk")), 28, np.full((2, 2), 100.0))
    found = past_forecasts([forecast], replace(series, names=("Loaf", "Eggs")), {"Bread": "Loaf"})
    assert found.runs.series.tolist() == [0]


def test_of_two_forecasts_from_one_date_the_later_counts() -> None:
    series = noise(1, 30)
    first, second = (issued(series, 28, np.full((1, 2), level)) for level in (50.0, 100.0))
    past = past_forecasts([first, second], series)
    assert (len(past), past.point[0, 0], past.made.tolist()) == (1, 100.0, [1])


def test_values_from_times_when_it_was_sold_out_are_left_out_and_counted() -> None:
    series = series_set([10, 12, 11, 13, 20, 8], [100, 110, 120, 130, 140, 150])
    both = [issued(series, cut, np.full((2, 2), 100.0)) for cut in (3, 4)]
    capped = np.zeros(12, dtype=bool)
    capped[[1, 4]] = True  # of the first series: before any forecast, and a value that both forecasts are about
    found = scored(past_forecasts(both, series, capped=capped))
    assert (found.capped, found.overall.checks) == (1, 8 - 2)
    assert dict(found.by_series)["s0"].checks == 2
    assert score_sentences(found)[-1] == "1 value from times when it was sold out is not counted."
    assert scored(past_forecasts(both, series)).capped == 0


def test_nothing_has_arrived_yet() -> None:
    series = noise(2, 30)
    assert score(past_forecasts([issued(series, 30, np.full((2, 3), 100.0))], series), Beside()) is None
    assert score(past_forecasts([], series), Beside()) is None


def test_honest_ranges_are_called_so_and_narrow_ones_too() -> None:
    honest = score_sentences(scored(every_month(noise(20, 60), 24)))
    assert any("as promised" in sentence for sentence in honest)
    narrow = score_sentences(scored(every_month(noise(20, 60, spread=2.5), 24)))
    assert any("too narrow" in sentence for sentence in narrow)


def test_decay_shows_when_only_the_last_year_swings_wider() -> None:
    series = noise(10, 84)
    before = scored(every_month(series, 36)).rolling
    assert not before.too_narrow
    assert not before.worse
    late = np.arange(84) >= 72
    wider = series_set(*(np.where(late, 100 + 2.5 * (own - 100), own) for own in series))
    found = scored(every_month(wider, 36))
    assert found.rolling.too_narrow
    assert found.rolling.worse
    assert found.rolling.held[0] > found.rolling.held[-1]
    assert any("the last 12 periods" in sentence for sentence in score_sentences(found))


def test_changes_that_helped_and_changes_that_did_not() -> None:
    series = noise(6, 60)
    past = every_month(series, 24, horizon=2)
    changed = np.arange(len(past)) % 2 == 0
    truth = np.where(np.isfinite(past.runs.actuals), past.runs.actuals, 0.0)
    nearer = np.where(changed[:, None], (truth + past.point) / 2, np.nan)
    helped = scored(past, Beside(adjusted=nearer)).adjusted
    worse = scored(past, Beside(adjusted=np.where(changed[:, None], 103.0, np.full(truth.shape, np.nan)))).adjusted
    assert helped is not None
    assert worse is not None
    assert (helped.answer, worse.answer) == (PairAnswer.BETTER, PairAnswer.WORSE)
    assert helped.gain == pytest.approx(0.5)
    assert helped.checks == int((changed[:, None] & np.isfinite(past.runs.actuals)).sum())
    assert scored(past, Beside(adjusted=np.full(past.point.shape, np.nan))).adjusted is None


def test_a_later_forecast_of_the_same_dates_is_compared_with_the_one_before() -> None:
    rng = np.random.default_rng(3)
    series = series_set(*(100 + np.cumsum(rng.standard_normal((8, 60)), axis=1)))
    known = [issued(series, cut, np.repeat([[own[cut - 1]] for own in series], 4, axis=1)) for cut in range(24, 60)]
    found = scored(past_forecasts(known, series)).revised
    assert found is not None
    assert found.answer is PairAnswer.BETTER  # a random walk is known the better the later
    by_hand = [(abs(own[t] - own[t - 2]), abs(own[t] - own[t - 1])) for own in series for t in range(25, 60)]
    assert (found.first, found.second) == pytest.approx(tuple(np.mean(by_hand, axis=0)))


def test_against_seasonal_naive_from_the_same_dates() -> None:
    from almanac.core.jobs import Job, run
    from almanac.evaluation import run_backtest
    from almanac.forecasting.baselines.seasonal_naive import seasonal_naive

    series = noise(10, 60)
    past = every_month(series, 30)

    def forecaster(known: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
        yield from ()
        return seasonal_naive(known, horizon, levels)

    naive = run(run_backtest(series, 3, forecaster, tuple(LEVELS), past.runs.windows))
    found = scored(past, Beside(naive))
    misses = [
        np.abs(own[t] - own[t - 12]) / np.mean(np.abs(own[12:cut] - own[: cut - 12]))
        for own in series
        for cut in range(30, 60)
        for t in range(cut, min(cut + 3, 60))
    ]
    assert found.overall.naive_scaled == pytest.approx(np.mean(misses))
    assert found.baseline.answer == "better"
    assert any("repeating" in sentence for sentence in score_sentences(found))


def test_pit_values_of_honest_forecasts_are_uniform_also_for_counts() -> None:
    past = every_month(noise(50, 60), 58)
    assert kstest(pit_values(past.runs)[:, 0], "uniform").pvalue > 0.01
    rng = np.random.default_rng(5)
    counts = series_set(*rng.poisson(0.7, (400, 30)).astype(float))
    quantiles = np.quantile(rng.poisson(0.7, 100_000), LEVELS)
    forecast = replace(
        issued(counts, 29, np.zeros((400, 1))), quantiles=np.tile(quantiles, (400, 1, 1)).reshape(400, 1, -1)
    )
    values = pit_values(past_forecasts([forecast], counts).runs)
    assert kstest(values.ravel(), "uniform").pvalue > 0.01


def test_each_model_has_its_own_score() -> None:
    series = noise(3, 60)
    good, poor = (issued(series, cut, np.full((3, 3), level)) for cut, level in ((40, 100.0), (50, 110.0)))
    past = past_forecasts([good, replace(poor, model="quick@2.1.1")], series)
    by_model = dict(scored(past).by_model)
    assert list(by_model) == ["careful@2.1.1", "quick@2.1.1"]
    assert by_model["quick@2.1.1"].typical_miss > 5 * by_model["careful@2.1.1"].typical_miss


def test_groups_share_a_value_of_a_column() -> None:
    past = every_month(noise(4, 40), 30)
    keys = (("North", "a"), ("North", "b"), ("South", "a"), ("South", "c"))
    found = score(past, Beside(), ("Store", "Product"), keys)
    assert found is not None
    checks = {label: one.checks for label, one in found.by_group}
    assert list(checks) == ["Store: North", "Store: South", "Product: a", "Product: b", "Product: c"]
    assert checks["Store: North"] == checks["Product: a"] == found.overall.checks / 2


def test_misses_are_compared_with_those_of_seasonal_naive_at_the_same_steps() -> None:
    series = noise(1, 40)
    past = every_month(series, 10)  # the first two months are earlier than any value a year before
    levels = tuple(map(float, past.runs.levels))
    late = past.runs.select(np.flatnonzero(past.runs.points >= 20)).windows
    naive = run(run_backtest(series, past.runs.horizon, REFERENCE.forecaster, levels, late))
    found = scored(past, Beside(naive))
    ours, theirs, scale = (np.array(part) for part in zip(*_misses_and_naive(series[0]), strict=True))
    assert found.overall.gain == pytest.approx(1 - (ours / scale).sum() / (theirs / scale).sum())
    assert found.overall.checks > len(ours)
    assert np.isnan(scored(past).overall.gain)


def _misses_and_naive(values: Floats) -> list[tuple[float, float, float]]:
    """Of each step: how far off 100 was, how far off the value a year before, and the mean change over a year."""
    return [
        (abs(values[at] - 100), abs(values[at] - values[at - 12]), np.abs(values[12:cut] - values[: cut - 12]).mean())
        for cut in range(20, 40)
        for at in range(cut, min(cut + 3, 40))
    ]
