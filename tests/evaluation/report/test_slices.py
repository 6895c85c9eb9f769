"""Where forecasts do worse: found where it is so, and seldom named by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from scipy.stats import t as t_distribution
from tests.evaluation.builders import noise_set, runs_of

from almanac.core.series import SeriesSet
from almanac.evaluation.dependence import student
from almanac.evaluation.report.slices import SliceKind, discoveries, find_slices, judge_series
from almanac.wording.trust.evidence import slice_sentence


def grouped(count: int, groups: int, seed: int = 0) -> SeriesSet:
    series = noise_set(count, 160, seed)
    keys = tuple((f"g{i % groups}", f"p{i}") for i in range(count))
    return replace(series, key_columns=("Region", "Product"), keys=keys)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.sampled_from([0.05, 0.1, 0.2]))
def test_discoveries_are_those_of_scipy(chances: list[float], rate: float) -> None:
    given_ = np.array(chances)
    np.testing.assert_array_equal(discoveries(given_, rate), false_discovery_control(given_) <= rate)


@pytest.mark.parametrize("freedom", [5, 20, 200])
def test_chances_are_students(freedom: int) -> None:
    for t in (-4.0, -2.0, -0.5, 0.0, 1.0, 3.0):
        assert student.cdf(t, freedom) == pytest.approx(t_distribution.cdf(t, freedom), abs=0.01)


def test_an_unknown_p_value_is_no_discovery() -> None:
    assert discoveries(np.array([np.nan, 0.001, np.nan]), 0.1).tolist() == [False, True, False]
    assert not discoveries(np.array([np.nan]), 0.1).any()


def test_the_group_whose_ranges_fail_is_named_first() -> None:
    series = grouped(60, 6)
    width = np.where(np.arange(60) % 6 == 2, 0.4, 1.0)
    found = find_slices(runs_of(series, width=width, windows=12), series)
    assert (found[0].column, found[0].value) == ("Region", "g2")
    assert "ranges" in found[0].reasons
    assert found[0].coverage == pytest.approx(0.4, abs=0.1)
    assert [s.value for s in found if s.column == "Region" and s.reasons] == ["g2"]


def test_the_group_with_larger_misses_is_named() -> None:
    series = grouped(60, 6)
    runs = runs_of(series, windows=12)
    worse = (runs.series % 6 == 4)[:, None]
    found = find_slices(replace(runs, actuals=np.where(worse, 100 + 3 * (runs.actuals - 100), runs.actuals)), series)
    named = {s.value: s for s in found if s.column == "Region" and s.reasons}
    assert set(named) == {"g4"}
    assert named["g4"].error > 2
    assert "misses" in slice_sentence(named["g4"])


def test_similar_groups_are_seldom_named() -> None:
    cried = 0
    for seed in range(60):
        series = grouped(60, 12, seed)
        cried += any(s.reasons for s in find_slices(runs_of(series, windows=12), series))
    assert cried <= 13  # a tenth of 60 is expected, 13 is beyond 99.9% of chance


def test_slices_are_by_group_size_step_and_demand_pattern() -> None:
    series = grouped(60, 6)
    rare = np.where(np.arange(len(series.values)) % 3 == 0, series.values, 0.0)
    values = np.where(np.arange(len(series.values)) < 20 * 160, rare, series.values)
    longer = replace(series, values=values)
    found = find_slices(runs_of(longer, windows=12), longer)
    assert {s.kind for s in found} == {
        SliceKind.GROUP,
        SliceKind.DEMAND,
        SliceKind.SIZE,
        SliceKind.STEP,
    }  # all histories are of one length
    assert {s.value for s in found if s.kind is SliceKind.STEP} == {"1", "2", "3-4", "5-6"}


def test_a_column_with_as_many_groups_as_series_gives_no_slices() -> None:
    series = grouped(20, 20)
    found = find_slices(runs_of(series), series)
    assert not [s for s in found if s.kind is SliceKind.GROUP]


def test_a_single_series_has_slices_by_step_only() -> None:
    series = noise_set(1, 160)
    found = find_slices(runs_of(series), series)
    assert {s.kind for s in found} == {SliceKind.STEP}
    assert all(np.isnan(s.error) and s.to_dict()["error"] is None for s in found)


def test_without_windows_there_are_no_slices() -> None:
    series = noise_set(2, 60)
    assert find_slices(runs_of(series, windows=1).select(np.arange(0)), series) == ()


def test_the_series_whose_ranges_fail_is_named_first() -> None:
    series = noise_set(20, 160)
    width = np.where(np.arange(20) == 7, 0.3, 1.0)
    found = judge_series(runs_of(series, width=width, windows=12))
    assert (found[0].value, found[0].reasons) == ("s7", ("ranges",))
    assert len(found) == 20
    assert not any(one.reasons for one in found[1:])


def test_similar_series_are_seldom_named() -> None:
    cried = sum(
        any(one.reasons for one in judge_series(runs_of(noise_set(20, 160, seed), windows=12))) for seed in range(40)
    )
    assert cried <= 9  # a tenth of 40 is expected


def test_a_single_series_has_no_worst_series() -> None:
    assert judge_series(runs_of(noise_set(1, 160), windows=12)) == ()
