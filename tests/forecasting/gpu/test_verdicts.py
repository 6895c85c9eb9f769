"""When a graphics card is worth using, by what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from almanac.forecasting.gpu.verdicts import Seconds, TrialResult, Verdict, read_verdict, write_verdict

# A card with a latency of 40 ms that is then ten times as fast: from about 1,950 series of 120 points on it wins.
CARD = Seconds(small=0.04, large=0.05, long=0.06)
PROCESSOR = Seconds(small=0.006, large=0.1, long=0.2)
VERDICT = Verdict(TrialResult.RIGHT, "CUDAExecutionProvider", 2.0, CARD, PROCESSOR)


@pytest.mark.parametrize(
    ("series", "points", "faster"),
    [
        (1, 120, False),
        (1_800, 120, False),
        (2_100, 120, True),
        (5_000, 120, True),
        (4_000, 48, False),
        (200, 1104, False),
        (250, 1104, True),
    ],
)
def test_a_batch_goes_to_the_card_from_where_its_line_crosses(series: int, points: int, faster: bool) -> None:
    assert VERDICT.is_faster(series, points) is faster


def test_a_card_slower_on_long_pasts_is_not_given_any() -> None:
    slow = Verdict(TrialResult.RIGHT, "", 2.0, Seconds(0.04, 0.05, 0.3), PROCESSOR)
    assert slow.is_faster(4096, 120)
    assert not slow.is_faster(4096, 144)


def test_a_job_must_gain_what_starting_the_card_costs() -> None:
    # 50 ms gained in 4,096 series pay for two seconds after about 40 batches; with the margin of 10% a few more.
    assert not VERDICT.is_worth_starting(40 * 4096, 120)
    assert VERDICT.is_worth_starting(60 * 4096, 120)


def test_long_series_pay_for_the_start_sooner() -> None:
    # 140 ms gained in 1,024 series: two seconds after about 15 batches.
    assert not VERDICT.is_worth_starting(14 * 1024, 1104)
    assert VERDICT.is_worth_starting(18 * 1024, 1104)
    assert not VERDICT.is_worth_starting(18 * 1024, 300)


def test_a_card_that_is_as_fast_is_never_worth_it() -> None:
    equal = Verdict(TrialResult.RIGHT, "", 0.0, PROCESSOR, PROCESSOR)
    assert not equal.is_worth_starting(10**9, 120)
    assert not equal.is_faster(4096, 120)


@pytest.mark.parametrize("outcome", set(TrialResult) - {TrialResult.RIGHT})
def test_what_was_not_measured_is_not_faster(outcome: TrialResult) -> None:
    failed = Verdict(outcome)
    assert not failed.is_worth_starting(10**9, 120)
    assert not failed.is_faster(4096, 120)


def test_verdicts_are_kept_for_each_model(own_state: Path) -> None:
    write_verdict(own_state, "one", VERDICT)
    write_verdict(own_state, "other", Verdict(TrialResult.WRONG, "CUDAExecutionProvider"))
    assert read_verdict(own_state, "one") == VERDICT
    assert read_verdict(own_state, "other") == Verdict(TrialResult.WRONG, "CUDAExecutionProvider")
    assert read_verdict(own_state, "third") is None


def test_a_folder_that_cannot_be_written_costs_no_forecast(tmp_path: Path) -> None:
    blocked = tmp_path / "state"
    blocked.write_text("a file where the folder would be", encoding="utf-8")
    write_verdict(blocked, "one", VERDICT)
    assert read_verdict(blocked, "one") is None
