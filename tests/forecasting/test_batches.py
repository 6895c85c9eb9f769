"""Batches of series of similar length."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import seasonal, series_set

from almanac.core.calendar.frequency import DAILY, HOURLY, MONTHLY, WEEKLY, Frequency, Unit
from almanac.core.series import SeriesSet
from almanac.forecasting import batches
from almanac.forecasting.batches import known_points, make_batch, make_batches
from almanac.forecasting.limits import BATCH_LENGTHS, context_length


def padded_by_hand(series: SeriesSet, row: int, length: int) -> np.ndarray:
    out = np.zeros(length)
    tail = series[row][-length:]
    out[length - len(tail) :] = np.nan_to_num(tail)
    return out


def test_a_batch_agrees_with_a_plain_loop() -> None:
    series = series_set([1.0, np.nan, 3.0], seasonal(50), seasonal(200))
    for row in range(3):
        batch = make_batch(series, np.array([row]), 72, (12, 1))
        np.testing.assert_array_equal(batch.values[0], padded_by_hand(series, row, 72))
    assert make_batch(series, np.array([0]), 72, (12, 1)).mask[0, -3:].tolist() == [1, 0, 1]


def test_every_series_is_once_in_a_batch_long_enough_for_it() -> None:
    lengths = (5, 24, 25, 33, 64, 65, 144, 145, 900)
    series = series_set(*[seasonal(n) for n in lengths])
    batches = list(make_batches(series, np.arange(9)))
    assert sorted(np.concatenate([b.rows for b in batches]).tolist()) == list(range(9))
    for batch in batches:
        assert batch.values.shape[1] in BATCH_LENGTHS
        assert all(min(lengths[row], 144) <= batch.values.shape[1] for row in batch.rows)


@pytest.mark.parametrize(
    ("frequency", "points", "read"),
    [
        (MONTHLY, 1000, (144, 1)),
        (WEEKLY, 1000, (336, 1)),
        (HOURLY, 200, (200, 1)),
        (HOURLY, 100_000, (1008, 168)),
        (DAILY, 500, (336, 1)),
        (DAILY, 600, (600, 365)),
        (DAILY, 100_000, (1104, 365)),
        (Frequency(Unit.MINUTE, 30), 100_000, (1104, 336)),
        (Frequency(Unit.MINUTE, 15), 1_500, (1500, 672)),
        (Frequency(Unit.MINUTE, 15), 100_000, (2016, 672)),
        (Frequency(Unit.MINUTE, 10), 100_000, (2016, 1008)),
        (Frequency(Unit.MINUTE, 5), 100_000, (336, 1)),
        (Frequency(Unit.MINUTE, 1), 100_000, (336, 1)),
    ],
    ids=str,
)
def test_the_models_look_for_a_longer_season_where_history_allows(
    frequency: Frequency, points: int, read: tuple[int, int]
) -> None:
    assert context_length(frequency, points) == read


def test_a_season_longer_than_the_context_is_left_out() -> None:
    (batch,) = make_batches(series_set(np.arange(400.0), frequency=Frequency(Unit.MINUTE, 1)), np.array([0]))
    assert batch.seasons == (1, 1)


def test_only_values_that_are_read_count_as_known() -> None:
    long = np.concatenate([[1.0, 2.0, 3.0], np.full(300, np.nan)])
    assert known_points(series_set(long, [1.0, np.nan, 2.0])).tolist() == [0, 2]


def test_batches_of_long_series_are_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MAX_VALUES", 48_000)
    series = series_set(*[np.arange(24.0)] * 3000, *[np.arange(200.0)] * 500)
    sizes = [(batch.values.shape[1], len(batch.rows)) for batch in make_batches(series, np.arange(3500), 4096)]
    assert sizes == [(24, 2000), (24, 1000), (144, 333), (144, 167)]


def test_series_with_the_same_season_share_a_batch_that_is_long_enough_for_it() -> None:
    rng = np.random.default_rng(0)
    tens, forties = (np.resize(rng.uniform(10, 190, p), 400) + rng.standard_normal(400) for p in (10, 40))
    series = series_set(tens, seasonal(400), tens[::-1].copy(), forties, frequency=MONTHLY)
    batches = {batch.seasons: batch for batch in make_batches(series, np.arange(4))}
    assert {seasons: batch.rows.tolist() for seasons, batch in batches.items()} == {
        (10, 1): [0, 2],
        (12, 1): [1],
        (40, 1): [3],
    }
    assert [batches[season, 1].values.shape[1] for season in (10, 12, 40)] == [144, 144, 240]
