"""SeriesSet: positions of names, and the bound below which nothing is forecast."""

from dataclasses import replace

import numpy as np
import pytest

from almanac.core.calendar.frequency import MONTHLY
from almanac.core.measure import Measure
from almanac.core.series import SeriesSet, lower_bound_of, positions


def series(**values: list[float]) -> SeriesSet:
    lengths = [len(v) for v in values.values()]
    return SeriesSet(
        names=tuple(values),
        values=np.concatenate([np.array(v, float) for v in values.values()]),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        first=np.zeros(len(values), np.int64),
        frequency=MONTHLY,
    )


def test_names_are_found_in_any_order_and_more_than_once() -> None:
    made = series(a=[1.0], b=[2.0], c=[3.0])
    found = made.positions(["c", "a", "c"])
    assert found.dtype == np.int64
    assert found.tolist() == [2, 0, 2]
    assert positions([], []).tolist() == []


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        series(a=[1.0]).positions(["b"])


def test_only_a_series_that_was_never_below_zero_is_bounded() -> None:
    made = series(never=[3.0, np.nan, 0.0], once=[3.0, -0.5, 2.0], unknown=[np.nan, np.nan])
    assert made.lower_bound.tolist() == [0.0, -np.inf, -np.inf]
    assert lower_bound_of(np.array([[0.0], [-1.0]])).tolist() == [[0.0], [-np.inf]]


def test_the_latest_points_keep_their_periods() -> None:
    made = replace(series(long=[1.0, 2.0, 3.0, np.nan], short=[5.0, 6.0]), raw_values=np.arange(6.0))
    recent = made.recent(3)
    assert recent[0].tolist()[:2] == [2.0, 3.0]
    assert recent[1].tolist() == [5.0, 6.0]
    assert (recent.first.tolist(), recent.last.tolist()) == ([1, 0], made.last.tolist())
    assert recent.raw_values is not None
    assert recent.raw_values.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert made.recent(4) is made


def test_series_are_taken_in_any_order_and_all_of_them_without_a_copy() -> None:
    made = series(a=[1.0, 2.0], b=[3.0], c=[4.0, 5.0, 6.0])
    made = replace(made, first=np.array([600, 601, 602]), raw_values=-made.values)
    some = made.take(np.array([2, 0]))
    assert [part.tolist() for part in some] == [[4.0, 5.0, 6.0], [1.0, 2.0]]
    assert (some.first.tolist(), some.without_repairs.values.tolist()) == ([602, 600], [-4, -5, -6, -1, -2])
    assert some.names == ("c", "a")
    assert len(made.take(np.array([], np.int64))) == 0
    assert made.take(np.arange(3)).values is made.values


def test_each_series_has_its_measure_and_a_series_without_one_is_a_flow() -> None:
    made = replace(series(sold=[1.0], stock=[2.0]), measures=(Measure(), Measure("level", "kg")))
    assert made.measure(1) == made.select(1).measure(0) == Measure("level", "kg")
    assert series(sold=[1.0]).measure(0).kind == "flow"
    with pytest.raises(ValueError, match="measures"):
        replace(made, measures=(Measure(),))
