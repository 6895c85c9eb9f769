from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from almanac.core.alerts import AlertKind
from almanac.core.calendar.frequency import MONTHLY
from almanac.drift import Comparison, spreadsheet_changes


def compared(seed: int = 0, new: int = 3, noise: float = 0.15) -> Comparison:
    """Five series with a season, growth and noise; nothing is broken."""
    rng = np.random.default_rng(seed)
    t = np.arange(48 + new)
    usual = np.exp(rng.uniform(2, 7, (5, 1))) * (1 + 0.3 * np.sin(2 * np.pi * t / 12) + 0.005 * t)
    values = np.round(usual * (1 + noise * rng.standard_normal((5, 48 + new))), 2)
    first = np.full(5, 648, np.int64)
    names = ("a", "b", "c", "d", "e")
    return Comparison(names, MONTHLY, first, values[:, :48], values[:, 48:], np.zeros((5, new), dtype=bool))


def with_new(case: Comparison, row: int, new: np.ndarray) -> Comparison:
    values = case.new.copy()
    values[row] = new
    return replace(case, new=values)


@pytest.mark.parametrize("seed", range(30))
def test_values_that_go_on_are_not_broken(seed: int) -> None:
    assert spreadsheet_changes(compared(seed)) == ()


@pytest.mark.parametrize("factor", [10, 100, 1000, 0.1, 0.01, 0.001])
@pytest.mark.parametrize("new", [1, 3, 12])
def test_another_unit_is_seen_at_once(factor: float, new: int) -> None:
    for seed in range(10):
        case = compared(seed, new)
        (alert,) = spreadsheet_changes(with_new(case, 2, case.new[2] * factor))
        assert (alert.kind, alert.series, alert.size) == (AlertKind.UNITS, "c", factor)


@pytest.mark.parametrize("new", [1, 3])
def test_another_sign_is_seen_at_once(new: int) -> None:
    for seed in range(10):
        case = compared(seed, new)
        (alert,) = spreadsheet_changes(with_new(case, 0, -case.new[0]))
        assert (alert.kind, alert.series, alert.since) == (AlertKind.SIGN, "a", 648)


def test_gaps_and_zeros_in_complete_series_are_seen_at_once() -> None:
    case = compared()
    broken = with_new(with_new(case, 1, np.array([0.0, 5.0, 5.0])), 3, np.array([np.nan, 9.0, 9.0]))
    case = replace(
        broken, new=np.where(np.isin(np.arange(5), [1, 3])[:, None] & (broken.new > 0), case.new, broken.new)
    )
    assert {(a.series, a.kind) for a in spreadsheet_changes(case)} == {("b", AlertKind.ZEROS), ("d", AlertKind.GAPS)}
    quiet = replace(case, quiet=np.ones_like(case.quiet))
    assert spreadsheet_changes(quiet) == ()


def test_a_copied_stretch_is_seen() -> None:
    case = compared(new=6)
    (alert,) = spreadsheet_changes(with_new(case, 4, case.past[4, 30:36]))
    assert (alert.kind, alert.series, alert.size) == (AlertKind.REPEATED, "e", 6)


def test_a_pattern_that_always_repeats_itself_is_no_copy() -> None:
    case = compared(new=6)
    pattern = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    past = case.past.copy()
    past[0] = np.tile(pattern, 8)
    assert spreadsheet_changes(with_new(replace(case, past=past), 0, pattern)) == ()


def test_a_series_that_always_varied_by_powers_of_ten_has_no_other_unit() -> None:
    case = compared()
    past = case.past.copy()
    past[0] = 10.0 ** np.random.default_rng(0).uniform(0, 3, 48)
    assert spreadsheet_changes(with_new(replace(case, past=past), 0, np.array([900.0, 850.0, 700.0]))) == ()
