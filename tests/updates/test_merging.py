"""Older values that a newer file no longer holds are kept; everything else is as the newer file says."""

from __future__ import annotations

import numpy as np
from tests.updates.builders import FIRST, random_table, series_of

from almanac.core.series import SeriesSet
from almanac.updates import compare, merge


def as_table(series: SeriesSet) -> dict[str, dict[int, float]]:
    return {
        name: {int(series.first[i]) + t: float(v) for t, v in enumerate(series[i]) if np.isfinite(v)}
        for i, name in enumerate(series.names)
    }


def test_a_file_with_recent_months_only_goes_on_from_the_older_values() -> None:
    for seed in range(10):
        rng = np.random.default_rng(seed)
        table = random_table(rng, 6)
        recent = {
            name: {t: value for t, value in values.items() if t >= FIRST + 12 + i} | {FIRST + 24: 50.0}
            for i, (name, values) in enumerate(table.items())
        }
        recent["Product 3"] = table["Product 3"] | {FIRST + 24: 50.0}
        recent["Novelty"] = {FIRST + 23: 1.0, FIRST + 24: 2.0}
        recent["Product 1"][FIRST + 20] += 5
        old, new = series_of(table), series_of(recent)
        found = compare(old, new)
        expected = {name: table.get(name, {}) | values for name, values in recent.items()}
        assert as_table(merge(old, new, found)) == expected
        assert int(found.kept.sum()) == sum(
            t not in recent[name] and t < min(recent[name]) for name, values in table.items() for t in values
        )


def test_a_gap_between_the_older_values_and_the_newer_file_stays_a_gap() -> None:
    old = series_of({"Bread": {FIRST + t: 100.0 + t for t in range(12)}})
    new = series_of({"Bread": {FIRST + t: 100.0 + t for t in range(15, 20)}})
    merged = merge(old, new, compare(old, new))
    assert merged.lengths.tolist() == [20]
    assert np.isnan(merged.values[12:15]).all()


def test_a_whole_file_is_left_as_it_is() -> None:
    table = random_table(np.random.default_rng(0), 3)
    old = series_of(table)
    assert merge(old, old, compare(old, old)) is old
