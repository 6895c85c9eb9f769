"""A newer reading: what was appended, corrected, removed, renamed, and what stops it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.updates.builders import FIRST, edited, random_table, series_of

from almanac.core.calendar.frequency import MONTHLY, Frequency, Unit
from almanac.core.problems import ProblemError
from almanac.updates import compare
from almanac.wording.watching.updates import update_sentences


@pytest.mark.parametrize("seed", range(25))
def test_known_edits_of_a_random_table_are_given_back_exactly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = random_table(rng, int(rng.integers(4, 40)))
    newer, edits = edited(rng, table)
    if not set(newer) & set(table):
        return
    found = compare(series_of(table), series_of(newer))
    assert {(one.series, one.period): (one.before, one.after) for one in found.corrections} == edits.corrected
    assert int(found.corrected.sum()) == len(edits.corrected)
    assert int(found.removed.sum()) == len(edits.removed)
    assert int(found.appended.sum()) == len(edits.appended)
    assert {one.before: one.after for one in found.renamings} == edits.renamed
    assert (set(found.new), set(found.vanished)) == (edits.new, edits.vanished)
    assert int(found.unchanged.sum()) == sum(
        len(values) - sum(at[0] == name for at in (*edits.corrected, *edits.removed))
        for name, values in table.items()
        if name in found.names
    )
    sizes = [one.size for one in found.corrections]
    assert sizes == sorted(sizes, reverse=True)


def test_a_correction_is_said_with_the_largest() -> None:
    table = random_table(np.random.default_rng(1), 3)
    table["Bread"] = {FIRST + t: 400.0 + t for t in range(24)}
    newer = {name: dict(values) for name, values in table.items()}
    newer["Bread"][FIRST + 10] = 390.0
    newer["Product 0"][FIRST + 3] += 2
    said = update_sentences(compare(series_of(table), series_of(newer)))
    assert "2 past values were corrected, largest: 2020-11, Bread, 410 → 390." in said


def test_a_confirmed_renaming_is_matched() -> None:
    table = random_table(np.random.default_rng(2), 5)
    newer = {("Loaf" if name == "Product 2" else name): values for name, values in table.items()}
    found = compare(series_of(table), series_of(newer), {"Product 2": "Loaf"})
    assert found.same
    assert "Loaf" in found.names


def test_series_of_zeros_are_never_taken_for_each_other() -> None:
    nothing = {FIRST + t: 0.0 for t in range(24)}
    table = random_table(np.random.default_rng(3), 3)
    found = compare(series_of(table | {"Old": nothing}), series_of(table | {"New": nothing}))
    assert (found.renamings, found.new, found.vanished) == ((), ("New",), ("Old",))


def test_silence_when_rows_or_split_columns_are_in_another_order() -> None:
    from dataclasses import replace

    table = random_table(np.random.default_rng(4), 6)
    old = series_of(table)
    keys = tuple((f"Store {i % 2}", f"Item {i}") for i in range(6))
    old = replace(old, names=tuple(" · ".join(key) for key in keys), key_columns=("Store", "Item"), keys=keys)
    new = old.take(np.array([3, 1, 5, 0, 2, 4]))
    turned = tuple(key[::-1] for key in new.keys)
    new = replace(new, names=tuple(" · ".join(key) for key in turned), key_columns=("Item", "Store"), keys=turned)
    found = compare(old, new)
    assert found.same
    assert len(found.names) == 6


def test_rounding_is_no_correction() -> None:
    exact = {"Price": {FIRST + t: 10 + 0.1234 * t for t in range(24)}}
    rounded = {"Price": {period: round(value, 2) for period, value in exact["Price"].items()}}
    assert compare(series_of(exact), series_of(rounded)).same


def test_a_last_period_that_was_not_over_is_completed_and_not_corrected() -> None:
    table = random_table(np.random.default_rng(5), 8)
    newer = {name: dict(values) for name, values in table.items()}
    for values in table.values():
        values[FIRST + 23] = values[FIRST + 23] // 3
    found = compare(series_of(table), series_of(newer))
    assert (found.completed, int(found.corrected.sum())) == (8, 0)
    assert "The last month was not over before; now it is complete." in update_sentences(found)


def test_weeks_labelled_by_another_day_are_the_same_weeks() -> None:
    table = random_table(np.random.default_rng(6), 2)
    monday, friday = Frequency(Unit.WEEK, anchor=4), Frequency(Unit.WEEK, anchor=1)
    by_its_end = {name: {week + 1: value for week, value in values.items()} for name, values in table.items()}
    assert compare(series_of(table, monday), series_of(by_its_end, friday)).same  # 1970-01-05 to 1970-01-09


@pytest.mark.parametrize("factor", [10, 100, 1000, 0.1, 0.01, 0.001, -1, 1.17])
@pytest.mark.parametrize("count", [1, 30])
def test_a_past_in_other_units_stops(factor: float, count: int) -> None:
    table = random_table(np.random.default_rng(7), count)
    other = {name: {t: value * factor for t, value in values.items()} for name, values in table.items()}
    with pytest.raises(ProblemError) as stop:
        compare(series_of(table), series_of(other))
    assert stop.value.problem.code == "update_other_units"
    assert "Nothing was changed" in stop.value.problem.fix


@pytest.mark.parametrize("factor", [100, 1000, 0.01, 0.001])
def test_new_values_in_other_units_stop(factor: float) -> None:
    rng = np.random.default_rng(8)
    table = random_table(rng, 5)
    newer = {name: values | {FIRST + 24: values[FIRST + 23] * factor} for name, values in table.items()}
    with pytest.raises(ProblemError, match="units"):
        compare(series_of(table), series_of(newer))


def test_temperatures_in_fahrenheit_stop() -> None:
    celsius = {FIRST + t: round(10 + 8 * np.sin(t / 2), 1) for t in range(24)}
    fahrenheit = {period: round(value * 1.8 + 32, 1) for period, value in celsius.items()}
    with pytest.raises(ProblemError, match="°F instead of °C"):
        compare(series_of({"Air": celsius}), series_of({"Air": fahrenheit}))


def test_a_month_with_a_tenth_of_the_usual_sales_is_no_other_unit() -> None:
    table = random_table(np.random.default_rng(11), 5)
    newer = {name: values | {FIRST + 24: values[FIRST + 23] / 10} for name, values in table.items()}
    assert int(compare(series_of(table), series_of(newer)).appended.sum()) == 5


def test_growth_season_and_a_large_month_are_no_other_unit() -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        level = 100 * np.exp(0.02 * np.arange(40)) * (1 + 0.6 * np.sin(np.arange(40) * np.pi / 6))
        table = {f"s{i}": {FIRST + t: float(rng.poisson(level[t])) for t in range(36)} for i in range(3)}
        newer = {n: v | {FIRST + t: float(rng.poisson(3 * level[t])) for t in range(36, 40)} for n, v in table.items()}
        assert int(compare(series_of(table), series_of(newer)).appended.sum()) == 12


def test_a_file_with_none_of_the_series_stops() -> None:
    rng = np.random.default_rng(9)
    old = series_of(random_table(rng, 3))
    other = series_of({f"Town {i}": values for i, values in enumerate(random_table(rng, 3).values())})
    with pytest.raises(ProblemError) as stop:
        compare(old, other)
    assert stop.value.problem.code == "update_no_series"


def test_ten_thousand_series_against_a_new_month_take_a_second() -> None:
    from time import process_time

    from almanac.core.series import SeriesSet

    rng = np.random.default_rng(10)
    values = rng.poisson(80, (10_000, 37)).astype(np.float64)

    def first(months: int) -> SeriesSet:
        return SeriesSet(
            names=tuple(f"Product {i}" for i in range(10_000)),
            values=values[:, :months].ravel(),
            offsets=np.arange(10_001, dtype=np.int64) * months,
            first=np.full(10_000, FIRST, np.int64),
            frequency=MONTHLY,
        )

    old, new = first(36), first(37)
    start = process_time()
    found = compare(old, new)
    assert process_time() - start < 1
    assert int(found.appended.sum()) == 10_000
