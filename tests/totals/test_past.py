"""What groups came to in the past, and groups as series of their own."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
from tests.builders import series_set
from tests.totals.builders import crossed

from almanac.core.calendar.open_periods import OpenPeriods
from almanac.core.series import SeriesSet
from almanac.totals import Grouping, aggregate, grouping_of, past_sums

NAN = np.nan


def everything(n: int) -> Grouping:
    return grouping_of([()] * n, (), (), [""] * n, np.arange(n))


def moved(series: SeriesSet, *first: int) -> SeriesSet:
    return replace(series, first=np.array(first, np.int64))


def test_sums_of_spans_are_those_of_the_values() -> None:
    grouping = crossed()
    values = np.random.default_rng(4).normal(size=(6, 24))
    found = past_sums(series_set(*values), grouping, [(603, 610), (600, 624)], np.zeros(len(grouping), bool))
    for column, part in zip(found.T, (values[:, 3:10], values), strict=True):
        np.testing.assert_allclose(column, grouping.sums(part).sum(axis=1))


def test_what_a_few_periods_came_to_takes_no_memory_for_the_others() -> None:
    series, periods = series_set(np.ones(200_000), np.ones(200_000)), series_set([1.0]).first[0] + 100_000
    assert not series.closed_points.any()  # which the series keeps
    tracemalloc.start()
    try:
        found = past_sums(series, everything(2), [(periods, periods + 30)], np.array([False]))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.tolist() == [[60.0]]
    assert most < 100_000  # bytes, of the 3,200,000 that the values take


def test_averages_are_over_periods_and_parts() -> None:
    series = series_set([1.0, 2.0, 3.0], [5.0, 6.0, 7.0])
    assert past_sums(series, everything(2), [(600, 603)], np.array([True])).tolist() == [[4.0]]


def test_last_year_is_unknown_where_a_value_is_missing_or_nothing_had_begun() -> None:
    series = moved(series_set([1.0, NAN, 3.0, 4.0], [1.0, 1.0]), 600, 602)
    spans = [(600, 602), (602, 604), (599, 601), (603, 605), None]
    found = past_sums(series, everything(2), spans, np.array([False]))
    np.testing.assert_array_equal(found, [[NAN, 9.0, NAN, NAN, NAN]])


def test_a_part_that_had_not_begun_or_is_over_adds_nothing() -> None:
    series = moved(series_set([1.0, 1.0, 1.0, 1.0], [5.0], [7.0]), 600, 603, 600)
    assert past_sums(series, everything(3), [(600, 602), (602, 604)], np.array([False])).tolist() == [[9.0, 7.0]]


def test_a_total_is_a_series_that_ends_with_the_first_of_its_active_parts() -> None:
    series = moved(series_set([1.0, 2.0, 3.0, 4.0], [10.0, 20.0], [100.0]), 600, 601, 600)
    made = aggregate(series, everything(3), np.array([True, True, False]))
    assert (made.first.tolist(), made.values.tolist()) == ([600], [101.0, 12.0, 23.0])


def test_a_missing_value_never_comes_from_a_later_one() -> None:
    rows = [[1.0] * 6 for _ in range(19)]
    series = series_set(*rows, [5.0, NAN, NAN, 9.0, 9.0, 9.0])
    made = aggregate(series, everything(20), np.ones(20, bool))
    assert made.values.tolist() == [24.0, 24.0, 24.0, 28.0, 28.0, 28.0]


def test_a_total_with_many_missing_parts_is_missing() -> None:
    series = series_set([1.0, NAN, 3.0], [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(aggregate(series, everything(2), np.ones(2, bool)).values, [2.0, NAN, 6.0])


def test_a_closed_part_adds_nothing_and_a_total_is_missing_when_all_are_closed() -> None:
    months = np.ones(12, bool)
    months[2] = False  # March
    closed = OpenPeriods(np.ones((7, 24), bool), months)
    always = OpenPeriods(np.ones((7, 24), bool), np.ones(12, bool))
    series = replace(series_set([1.0, 1.0, NAN, 1.0], [5.0, 5.0, 5.0, 5.0]), open_periods=(closed, always))
    assert aggregate(series, everything(2), np.ones(2, bool)).values.tolist() == [6.0, 6.0, 5.0, 6.0]
    both = replace(series_set([1.0, 1.0, NAN, 1.0], [5.0, 5.0, NAN, 5.0]), open_periods=(closed, closed))
    np.testing.assert_array_equal(aggregate(both, everything(2), np.ones(2, bool)).values, [6.0, 6.0, NAN, 6.0])
    assert past_sums(both, everything(2), [(600, 604)], np.array([False])).tolist() == [[18.0]]


def test_totals_without_repairs_are_added_up_apart() -> None:
    series = series_set([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    repaired = replace(series, raw_values=np.array([1.0, 9.0, 3.0, 1.0, 2.0, 3.0]))
    made = aggregate(repaired, everything(2), np.ones(2, bool))
    assert (made.values.tolist(), made.without_repairs.values.tolist()) == ([2.0, 4.0, 6.0], [2.0, 11.0, 6.0])
