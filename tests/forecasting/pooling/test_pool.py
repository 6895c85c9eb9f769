"""Short series learn from long ones of their file: where it helps, must not hurt, and what it may not depend on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.builders import series_set
from tests.forecasting.pooling.files import TENTHS, File, error, loss, sisters, unlike

from almanac.core.calendar.frequency import MONTHLY
from almanac.core.jobs import run
from almanac.core.series import Forecast, SeriesSet
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.pooling import Predictor, pooled_forecasts

QUICK = ModelRequest("quick", "cpu")
ALONE = replace(QUICK, pooling=False)


def made(series: SeriesSet, horizon: int = 12, request: ModelRequest = QUICK) -> Forecast:
    return run(forecast(series, horizon, TENTHS, model=request))


def pick(series: SeriesSet, rows: list[int]) -> SeriesSet:
    """The series at ``rows``, in that order."""
    chosen = series_set(*(series[i] for i in rows), frequency=series.frequency)
    return replace(chosen, names=tuple(series.names[i] for i in rows), first=series.first[rows])


def losses(files: list[File]) -> tuple[np.ndarray, np.ndarray, float]:
    """Of the new series of all files: alone, with learning, and how far the latter is from the possible error."""
    alone, learning, off, best = [], [], 0.0, 0.0
    for file in files:
        one = made(file.series, file.horizon)
        alone.append(loss(made(file.series, file.horizon, ALONE).quantiles, file))
        learning.append(loss(one.quantiles, file))
        off += error(one.median, file).sum()
        best += (np.abs(file.possible - file.future).mean(axis=1) / np.abs(file.future).mean(axis=1)).sum()
    return np.concatenate(alone), np.concatenate(learning), off / best


def check_sisters(seeds: range) -> None:
    alone, learning, from_best = losses([sisters(seed) for seed in seeds])
    assert learning.mean() < 0.6 * alone.mean()
    assert from_best < 1.15


def check_near_misses(law: str, seeds: range) -> None:
    """A short walk at times looks like the season of the others: 20 of 732 learned it, which cost 3% in all."""
    alone, learning, _ = losses([unlike(seed, law) for seed in seeds])
    assert learning.mean() <= (1.05 if law == "others" else 1.005) * alone.mean()


def test_new_series_next_to_sisters_are_forecast_almost_as_well_as_possible() -> None:
    check_sisters(range(8))


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 100, 200])
def test_three_hundred_files_of_sisters(first: int) -> None:
    check_sisters(range(first, first + 100))


@pytest.mark.parametrize("alike", [0.0, 0.5])
def test_series_with_different_seasons_are_not_forecast_worse(alike: float) -> None:
    alone, learning, _ = losses([sisters(seed, alike=alike) for seed in range(6)])
    assert learning.mean() <= 1.005 * alone.mean()


def test_seasons_are_added_where_values_are_negative() -> None:
    alone, learning, _ = losses([sisters(seed, additive=True) for seed in range(5)])
    assert learning.mean() < 0.7 * alone.mean()


@pytest.mark.parametrize("law", ["walk", "noise", "others"])
def test_files_without_a_common_season_are_not_forecast_worse(law: str) -> None:
    check_near_misses(law, range(5))


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 100, 200])
@pytest.mark.parametrize("law", ["walk", "noise", "others"])
def test_three_hundred_files_without_a_common_season(law: str, first: int) -> None:
    check_near_misses(law, range(first, first + 100))


def last_values(series: SeriesSet, horizon: int) -> np.ndarray:
    """A model that is the same for a series in any company, to the last digit: [N, H, 9]."""
    last = series.values[series.offsets[1:] - 1]
    return last[:, None, None] * np.linspace(0.8, 1.2, 9) * np.ones((1, horizon, 1))


def pooled(series: SeriesSet, others: SeriesSet) -> dict[str, np.ndarray]:
    parts = pooled_forecasts(series, others, 12, Predictor(last_values, TENTHS))
    return {series.names[i]: q for part in parts for i, q in zip(part.rows, part.quantiles, strict=True)}


@pytest.mark.parametrize("seed", range(4))
def test_neither_order_nor_company_changes_what_a_series_learns(seed: int) -> None:
    file = sisters(seed)
    series, rows = file.series, np.arange(len(file.series))
    whole = pooled(series, series)
    assert whole
    shuffled = pick(series, np.random.default_rng(seed).permutation(rows).tolist())
    for other in (pooled(shuffled, shuffled), pooled(pick(series, rows[-file.new :].tolist()), series)):
        assert other.keys() == whole.keys()
        for name, quantiles in whole.items():
            np.testing.assert_allclose(other[name], quantiles, rtol=1e-9)
    alone = pooled(pick(series, [len(rows) - 1]), series)
    for name, quantiles in alone.items():
        np.testing.assert_allclose(quantiles, whole[name], rtol=1e-9)


def test_no_window_of_the_past_learns_from_its_future() -> None:
    file = sisters(0, frequency=MONTHLY)
    series, i = file.series, len(file.series) - 1
    cutoff = int(series.last[i]) - 12
    later = (
        np.concatenate([first + np.arange(n) for first, n in zip(series.first, series.lengths, strict=True)]) > cutoff
    )
    rng = np.random.default_rng(0)
    changed = replace(series, values=np.where(later, 1e6 * rng.random(len(series.values)), series.values))
    window = replace(series_set(series[0][:-12][-9:], frequency=MONTHLY), first=np.array([cutoff - 8]))
    forecasts = [made(window, request=replace(QUICK, others=others)) for others in (series, changed)]
    assert forecasts[0].donors is not None
    np.testing.assert_array_equal(forecasts[0].quantiles, forecasts[1].quantiles)


def test_long_series_are_forecast_from_themselves_alone() -> None:
    file = sisters(0)
    old = len(file.series) - file.new
    np.testing.assert_allclose(
        made(file.series).quantiles[:old], made(file.series, request=ALONE).quantiles[:old], 1e-6
    )


def test_the_unit_of_a_new_series_does_not_matter() -> None:
    file = sisters(0)
    plain = made(file.series)
    factor = np.where(np.arange(len(file.series)) < len(file.series) - 1, 1.0, 1e6)
    larger = replace(file.series, values=file.series.values * np.repeat(factor, file.series.lengths))
    np.testing.assert_allclose(made(larger).quantiles[-1], 1e6 * plain.quantiles[-1], rtol=1e-4)


def test_a_new_series_that_never_changed_stays_as_it_is() -> None:
    series = sisters(0, frequency=MONTHLY).series
    names = (*series.names, "price")
    with_price = replace(
        series_set(*series, np.full(9, 5.0), names=names), first=np.append(series.first, series.last[0] - 8)
    )
    np.testing.assert_allclose(made(with_price).quantiles[-1], 5.0, rtol=1e-5)


def test_a_note_says_which_series_learned_and_from_how_many() -> None:
    file = sisters(0)
    result = made(file.series)
    assert result.donors is not None
    old = len(file.series) - file.new
    assert result.donors.tolist() == [0] * old + [old] * file.new
    note = next(note for note in result.notes if note.code == "learned_from_others")
    assert note.count == file.new
    assert f"{old} longer series" in note.what
    assert made(file.series, request=ALONE).donors is None
    assert result.select(0).donors is not None
