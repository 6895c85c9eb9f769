"""Verdicts: given where the backtests show something, and not where they do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.evaluation.builders import LEVEL, Z, noise_set, runs_of

from almanac.evaluation.backtest.backtest import BacktestRuns
from almanac.evaluation.calibration.retrospective import calibrate_retrospectively
from almanac.evaluation.report.accuracy import typical_miss
from almanac.evaluation.report.checked_steps import constant_series
from almanac.evaluation.report.coverage import Answer, CoverageBand, coverage_bands
from almanac.evaluation.report.report import make_report
from almanac.evaluation.report.verdicts import (
    compare_with_baseline,
    find_dominant_miss,
    judge_ranges,
)
from almanac.wording.trust.verdicts import words_of


def held(runs: BacktestRuns) -> CoverageBand:
    """How often the range of 80% held."""
    return coverage_bands(runs, [0.8])[0.8]


def off_by(runs: BacktestRuns, amount: float) -> BacktestRuns:
    """The same with every quantile too high."""
    return replace(runs, quantiles=runs.quantiles + amount)


@pytest.mark.parametrize(
    ("width", "answer"), [(1.0, Answer.HONEST), (0.6, Answer.TOO_NARROW), (1.6, Answer.TOO_WIDE)], ids=str
)
def test_ranges_are_called_what_they_are(width: float, answer: Answer) -> None:
    series = noise_set(60, 160)
    runs = runs_of(series, width=width, windows=12)
    verdict = judge_ranges(held(runs), held(calibrate_retrospectively(runs, series)))
    assert verdict.answer is answer
    if answer is Answer.TOO_NARROW:
        assert "they were widened" in words_of(verdict).sentence


def test_a_correction_in_part_is_said_not_to_be_enough() -> None:
    before = CoverageBand(0.8, 0.9, 0.74, 0.86, 10_000, 170.0)
    assert "they were narrowed, but not enough" in words_of(judge_ranges(before, replace(before, held=0.89))).sentence
    assert words_of(judge_ranges(before, replace(before, held=0.84))).sentence.endswith("; they were narrowed.")
    for held in (0.899, 0.92):  # hardly changed, or wider still
        assert "correcting them did not help" in words_of(judge_ranges(before, replace(before, held=held))).sentence


def test_a_correction_that_made_honest_ranges_worse_is_admitted() -> None:
    before = CoverageBand(0.8, 0.7, 0.65, 0.95, 4_000, 30.0)
    verdict = judge_ranges(before, replace(before, held=0.66, low=0.68, high=0.92))
    assert verdict.answer is Answer.TOO_NARROW
    assert words_of(verdict).sentence == "Corrected, the ranges came out too narrow on your data."
    assert words_of(verdict).evidence == (
        "The 80% range held in 66% of 4,000 checks; an honest one holds in 68% to 92%. "
        "Uncorrected: 70%, where an honest one holds in 65% to 95%."
    )


def test_honest_ranges_are_seldom_called_dishonest() -> None:
    wrong = 0
    for seed in range(100):
        series = noise_set(5, 160, seed)
        wrong += held(runs_of(series, windows=12)).answer is not Answer.HONEST
    assert wrong <= 12  # 5 of 100 are expected


def test_several_coverages_at_once_give_the_same_as_one_by_one() -> None:
    runs = runs_of(noise_set(20, 160), windows=12)
    together = coverage_bands(runs, [0.5, 0.8, 0.9])
    assert together == {promise: coverage_bands(runs, [promise])[promise] for promise in (0.5, 0.8, 0.9)}


def test_a_handful_of_checks_judges_nothing() -> None:
    series = noise_set(1, 40)
    runs = runs_of(series, width=0.1, windows=1, horizon=1)
    assert held(runs).answer is Answer.UNKNOWN
    assert "too little history" in words_of(judge_ranges(held(runs), held(runs))).sentence


def test_the_zeros_of_rare_sales_do_not_make_ranges_too_wide() -> None:
    series = noise_set(60, 160)
    rng = np.random.default_rng(1)
    sold = rng.random(len(series.values)) < 0.4
    series = replace(series, values=np.where(sold, 1 + 9 * rng.random(len(sold)), 0.0))
    runs = runs_of(series, windows=12)
    honest = np.where(LEVEL <= 0.6, 0.0, 1 + 9 * (LEVEL - 0.6) / 0.4)
    runs = replace(runs, quantiles=np.broadcast_to(honest, runs.quantiles.shape))
    band = held(runs)
    assert band.answer is Answer.HONEST
    assert band.held == pytest.approx(0.8, abs=0.02)


def test_a_method_that_misses_by_less_is_called_better() -> None:
    series = noise_set(40, 160)
    runs = runs_of(series, windows=12)
    assert compare_with_baseline(runs, off_by(runs, 1.5)).answer is Answer.BETTER
    verdict = compare_with_baseline(off_by(runs, 1.5), runs)
    assert verdict.answer is Answer.WORSE
    assert words_of(verdict).sentence == "Repeating the last season does better than the model."
    assert compare_with_baseline(runs, off_by(runs, 1e-6)).answer is Answer.ALIKE


@pytest.mark.parametrize(
    ("amount", "words"), [(1.0, "% larger"), (5.0, "times as large"), (1e4, "more than 100 times as large")]
)
def test_how_much_larger_misses_are_is_said_in_words_that_can_be_grasped(amount: float, words: str) -> None:
    runs = runs_of(noise_set(20, 160), windows=12)
    assert words in words_of(compare_with_baseline(off_by(runs, amount), runs)).evidence


def test_methods_that_are_equally_good_are_seldom_called_better_or_worse() -> None:
    wrong = 0
    for seed in range(100):
        series = noise_set(5, 160, seed)
        runs = runs_of(series, windows=12)
        rng = np.random.default_rng(seed)
        mine, yours = (off_by(runs, 0.5 * rng.standard_normal((len(runs), 1, 1))) for _ in range(2))
        wrong += compare_with_baseline(mine, yours).answer is not Answer.ALIKE
    assert wrong <= 18  # 10 of 100 are expected: 5 on each side


def test_methods_are_compared_on_the_same_windows_only() -> None:
    runs = runs_of(noise_set(3, 160))
    with pytest.raises(ValueError, match="same windows"):
        compare_with_baseline(runs, runs.select(np.arange(5)))


# --- Bad input: a clear sentence, and no figure that means nothing. ---


def report_of(runs: BacktestRuns, series: object) -> dict[str, object]:
    return make_report(series, runs, calibrate_retrospectively(runs, series), runs).to_dict()  # type: ignore[arg-type]


def test_without_windows_there_is_a_sentence_and_no_figure() -> None:
    series = noise_set(3, 60)
    found = report_of(runs_of(series, windows=1).select(np.arange(0)), series)
    assert "too little history" in str(found["verdict"])
    assert set(found["coverage"].values()) == {None}  # type: ignore[attr-defined]
    assert [found[name] for name in ("mase", "mase_seasonal_naive", "wql")] == [None, None, None]
    assert found["slices"] == []


@pytest.mark.parametrize("value", [0.0, 7.0], ids=["all zeros", "a constant"])
def test_a_constant_forecast_right_is_no_check(value: float) -> None:
    series = noise_set(3, 60)
    series = replace(series, values=np.full_like(series.values, value))
    runs = replace(runs_of(series, width=0.0, centre=value), scale=np.zeros(30))
    found = report_of(runs, series)
    assert found["checks"] == 0
    assert set(found["coverage"].values()) == {None}  # type: ignore[attr-defined]
    assert found["mase"] is None
    assert "Nothing in your data ever changes" in str(found["verdict"])
    assert constant_series(runs).all()


def test_a_constant_forecast_wrong_is_a_check() -> None:
    series = noise_set(30, 160)
    runs = runs_of(series, width=0.0)
    assert held(runs).answer is Answer.TOO_NARROW


def test_one_huge_outlier_does_not_decide_the_verdicts() -> None:
    series = noise_set(40, 160)
    values = series.values.copy()
    values[150] = 1e9
    series = replace(series, values=values)
    runs = runs_of(series, windows=12)
    assert held(runs).answer is Answer.HONEST
    assert compare_with_baseline(runs, off_by(runs, 1.5)).answer in (Answer.BETTER, Answer.ALIKE)
    assert np.isfinite(Z).all()


def test_one_value_that_makes_up_most_misses_is_named_instead_of_a_comparison() -> None:
    series = noise_set(3, 160)
    values = series.values.copy()
    values[150] = 1e9
    series = replace(series, values=values)
    runs = runs_of(series, windows=12)
    found = report_of(runs, series)
    assert found["mase"] is None
    assert found["wql"] is None
    assert "One value outweighs" in str(found["verdict"])
    assert series.frequency.label(150) in str(found["verdicts"])
    assert find_dominant_miss(runs_of(noise_set(3, 160), windows=12)) is None


def test_two_windows_compare_nothing() -> None:
    series = noise_set(1, 60)
    runs = runs_of(series, windows=2, stride=1, horizon=2)
    assert compare_with_baseline(runs, off_by(runs, 3.0)).answer is Answer.UNKNOWN


def test_three_checks_give_no_figures() -> None:
    series = noise_set(1, 60)
    runs = runs_of(series, windows=1, horizon=3)
    found = report_of(runs, series)
    assert found["checks"] == 3
    assert set(found["coverage"].values()) == {None}  # type: ignore[attr-defined]
    assert found["mase"] is None


@pytest.mark.parametrize("independent", [4.0, 9.0, 15.0, 19.9])
def test_few_checks_never_call_ranges_honest(independent: float) -> None:
    held = CoverageBand(0.8, 0.8, 0.5, 1.0, int(independent) * 9, independent)
    assert held.answer is Answer.UNKNOWN
    assert words_of(judge_ranges(held, held)).sentence == (
        "There is too little history to tell whether the ranges hold."
    )
    assert replace(held, independent=20.0).answer is Answer.HONEST
    assert replace(held, held=0.3).answer is Answer.TOO_NARROW  # so much less than chance allows few checks to show


def test_few_windows_never_call_a_method_better() -> None:
    few = runs_of(noise_set(3, 160), windows=3)
    found = compare_with_baseline(few, off_by(few, 3.0))
    assert found.answer is Answer.UNKNOWN
    assert "too little history to compare" in words_of(found).sentence


def test_how_far_forecasts_are_off_is_in_the_unit_of_the_data_and_as_a_share() -> None:
    series = noise_set(20, 160)
    series = replace(series, values=series.values + 100)
    runs = runs_of(series, windows=12)
    runs = replace(runs, quantiles=runs.quantiles + 100)
    found = typical_miss(runs, series)
    known = np.isfinite(runs.actuals)
    assert found.amount == pytest.approx(np.abs(runs.actuals - runs.median)[known].mean())
    assert found.share == pytest.approx(found.amount / runs.actuals[known].mean())
    below = replace(runs, actuals=np.where(known, -np.abs(runs.actuals), np.nan))
    assert np.isnan(typical_miss(below, series).share)
