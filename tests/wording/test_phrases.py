"""Sentences about ranges."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.core.calendar.frequency import DAILY
from almanac.core.series import Forecast, HorizonSums
from almanac.core.summaries.decimals import MAX_DECIMALS as MANY_DECIMALS
from almanac.wording.formatter import rounded
from almanac.wording.phrases import (
    MAX_DECIMALS,
    RangeSupport,
    answer,
    carried_decimals,
    forecast_decimals,
    how_sure,
    next_step,
)
from almanac.wording.totals import TotalFigures, total_sentence


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (RangeSupport.CHECKED, "80% likely to be between 7.0 and 15.0."),
        (RangeSupport.TOO_FEW_CHECKS, "Likely between 7.0 and 15.0 (80%), not checked: too little history."),
        (RangeSupport.CONSTANT, "Likely between 7.0 and 15.0 (80%), not checked: it went on exactly as before."),
    ],
)
def test_a_range_that_could_not_be_checked_says_so_and_why(support: RangeSupport, words: str) -> None:
    assert how_sure(forecast_of(series_set(seasonal(40))), 0, support) == words


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (RangeSupport.CHECKED, "80% likely to be 0."),
        (RangeSupport.UNDER_WAY, "Likely 0 (80%), checking on your past …"),
        (RangeSupport.CONSTANT, "Likely 0 (80%), not checked: it went on exactly as before."),
    ],
)
def test_a_range_of_one_number_is_said_as_one(support: RangeSupport, words: str) -> None:
    none = forecast_of(series_set(np.zeros(40)), quantiles=np.zeros((1, 3, 9)), decimals=np.array([0]))
    assert how_sure(none, 0, support) == words


@pytest.mark.parametrize(
    ("figures", "decimals"),
    [((0, 0.0012, 2.1267), 2), ((1e12, 2e12, 3e12), -10), ((1e-12, 2e-12, 3e-12), 14)],
)
def test_a_forecast_has_the_decimals_that_suit_it(figures: tuple[float, float, float], decimals: int) -> None:
    series = series_set(seasonal(40))
    levels = np.array([0.1, 0.5, 0.9])
    quantiles = np.broadcast_to(np.array(figures), (1, 3, 3))
    means = np.full((1, 3), 0.5) if figures[1] == 0.0012 else None
    points = None if means is None else np.array([True])
    made = forecast_of(series, levels=levels, quantiles=quantiles, means=means, mean_points=points)
    assert forecast_decimals(made, 0) == decimals
    as_many_as_a_float = replace(made, decimals=np.array([MANY_DECIMALS]))
    assert forecast_decimals(as_many_as_a_float, 0) == decimals


def rare(expected: float, low: float, high: float, none: float, decimals: int = 0) -> Forecast:
    """One daily series that is 0 on most days, and what it adds up to."""
    one = forecast_of(series_set(np.zeros(40), frequency=DAILY, names=("Bolt",)))
    sums = HorizonSums(*(np.array([value]) for value in (expected, low, high, none)))
    return replace(one, decimals=np.array([decimals]), sums=sums)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((2.4, 0, 5, 0.12), "Bolt, next 3 days: 2 or 3, most days none."),
        ((0.6, 0, 2, 0.4), "Bolt, next 3 days: none or 1, most days none."),
        ((0.007, 0, 0, 0.99), "Bolt, next 3 days: most likely none."),
        ((31.1, 20, 44, 0.0), "Bolt, next 3 days: about 31, most days none."),
        ((4.9, 2, 8, 0.02), "Bolt, next 3 days: about 5, most days none."),
        ((3.7, 0, 3, 0.3), "Bolt, next 3 days: about 3, most days none."),
    ],
)
def test_rare_sales_are_said_as_a_sum_in_whole_numbers(figures: tuple[float, ...], words: str) -> None:
    assert next_step(rare(*figures), 0) == words


def test_the_chance_of_none_is_said_where_it_counts() -> None:
    assert how_sure(rare(2.4, 0, 5, 0.12), 0) == "80% likely to be between 0 and 5. The chance of none is 12 in 100."
    assert how_sure(rare(31.1, 20, 44, 0.0), 0) == "80% likely to be between 20 and 44."
    assert "about 12.5" in next_step(rare(12.5, 3.25, 29.0, 0.1, decimals=2), 0)


def test_whole_data_has_whole_forecasts_and_others_no_more_decimals_than_the_data() -> None:
    one = forecast_of(series_set(seasonal(40)))
    for decimals, point in ((0, r"about \d+\."), (1, r"about \d+\.\d\."), (5, r"about \d+\.\d\.")):
        assert re.search(point + "$", next_step(replace(one, decimals=np.array([decimals])), 0))


def test_the_number_is_never_outside_of_its_range() -> None:
    levels = np.array([0.1, 0.5, 0.9])
    means, points = np.full((1, 3), 0.8), np.array([True])
    zero = np.zeros((1, 3, 3))
    one = forecast_of(series_set(seasonal(40)), levels=levels, quantiles=zero, means=means, mean_points=points)
    found = answer(replace(one, decimals=np.zeros(1, np.int64)), 0)
    assert float(found.low) <= float(found.about) <= float(found.high)


@pytest.mark.parametrize("support", RangeSupport)
def test_a_range_is_called_likely_only_as_far_as_is_known(support: RangeSupport) -> None:
    """Of what was too narrow in practice nobody reads "80% likely", in any place that shows the number."""
    forecast = forecast_of(series_set(np.full(40, 100.0)))
    figures = TotalFigures(1310, 1190, 1440, np.nan, np.nan)
    texts = how_sure(forecast, 0, support), total_sentence(figures, support)
    narrow = support is RangeSupport.TOO_NARROW
    assert all(("likely" in text.lower()) != narrow for text in texts)
    assert all(("too narrow on your past" in text) == narrow for text in texts)
    assert ("too narrow" in support.checked_words) == (support.short_doubt == "too narrow") == narrow
    assert support.checked_words.partition(":")[0] in ("yes", "no")
    assert support.is_likely or support.doubt


@pytest.mark.parametrize("width", [0.04, 0.4])
@pytest.mark.parametrize("size", 10.0 ** np.arange(-3, 15))
def test_figures_have_no_more_digits_than_their_range_carries(size: float, width: float) -> None:
    """Rounding moves no figure by more than a 200th of the range, and never needs more than four digits."""
    point = 4.07521478547 * size
    low, high = point * (1 - width / 2), point * (1 + width / 2)
    decimals = carried_decimals(*(np.array([value]) for value in (point, low, high)))
    for value in (point, low, high):
        assert abs(rounded(value, decimals) - value) <= (high - low) / 200 * (1 + 1e-9)
        assert len(f"{rounded(value, decimals) / size:.12g}".replace(".", "").rstrip("0")) <= 4


def test_a_large_forecast_is_said_in_round_numbers() -> None:
    levels, ends = np.array([0.1, 0.5, 0.9]), [350_123_456_789, 407_521_478_547, 470_987_654_321]
    made = forecast_of(series_set(seasonal(40)), levels=levels, quantiles=np.full((1, 3, 3), ends))
    assert answer(made, 0).number == "about 408,000,000,000"
    assert how_sure(made, 0) == "80% likely to be between 350,000,000,000 and 471,000,000,000."
    assert made.shown[0][0, 0] == 407_521_478_547  # what is saved


def test_figures_without_a_range_keep_their_digits() -> None:
    one = np.array([407_521.0])
    assert carried_decimals(one, one, one) == MAX_DECIMALS


@pytest.mark.parametrize(("ends", "decimals"), [((0.0, np.inf), -4), ((-np.inf, np.inf), -4)])
def test_a_range_without_an_end_says_nothing_of_single_digits(ends: tuple[float, float], decimals: int) -> None:
    low, high = (np.array([end]) for end in ends)
    assert carried_decimals(np.array([407_521.0]), low, high) == decimals
