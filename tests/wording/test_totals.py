"""Totals in words."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.builders import forecast_of, series_set

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.evaluation.report.coverage import CoverageBand
from almanac.wording.adjustments import change_words
from almanac.wording.formatter import PLAIN
from almanac.wording.phrases import RangeSupport, how_sure, next_step
from almanac.wording.totals import (
    TotalFigures,
    apart_note,
    change_on_last_year,
    coverage_sentence,
    line_title,
    over_note,
    signed_percent,
    span_title,
    total_sentence,
)

NAN = float("nan")


def test_a_total_says_how_sure_it_is_and_what_last_year_was() -> None:
    figures = TotalFigures(1310.4, 1190, 1440.2, 1250, 0.048)
    assert total_sentence(figures) == "about 1,310, 80% likely 1,190 to 1,440; last year 1,250, +5%"


def test_what_is_unknown_is_left_out() -> None:
    assert total_sentence(TotalFigures(1310, 1190, 1440, NAN, NAN)) == "about 1,310, 80% likely 1,190 to 1,440"
    assert total_sentence(TotalFigures(5, 4, 6, 0, NAN)) == "about 5.00, 80% likely 4.00 to 6.00; last year 0.00"
    assert total_sentence(TotalFigures(NAN, NAN, NAN, 3, NAN)) == "nothing to forecast"
    assert total_sentence(TotalFigures(1310, 1310, 1310.2, NAN, NAN)) == "about 1,310, 80% likely 1,310"


def test_a_range_that_was_not_checked_says_so() -> None:
    said = total_sentence(TotalFigures(1310, 1190, 1440, NAN, NAN), RangeSupport.TOO_FEW_CHECKS)
    assert said == "about 1,310, 80% likely 1,190 to 1,440 (not checked: too little history)"


@pytest.mark.parametrize(
    ("share", "expected"), [(0.05, "+5%"), (-0.051, "−5%"), (0.0, "±0%"), (-0.004, "±0%"), (1.5, "+150%")]
)
def test_growth_has_its_sign(share: float, expected: str) -> None:
    assert signed_percent(share) == expected


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (0.4, "about 0.40"),
        (2.5, "about 2.50"),
        (19.94, "about 19.9"),
        (20.4, "about 20"),
        (1_234_567.8, "about 1,234,568"),
    ],
)
def test_digits_suit_the_size(point: float, expected: str) -> None:
    assert total_sentence(TotalFigures(point, point, point, NAN, NAN)).startswith(f"{expected},")


def test_a_tiny_total_is_not_shown_as_nothing() -> None:
    said = total_sentence(TotalFigures(0.00087, 0.00084, 0.0009, 0.00083, 0.05, decimals=6))
    assert said == "about 0.00087, 80% likely 0.00084 to 0.00090; last year 0.00083, +5%"


def test_titles() -> None:
    assert span_title("2026-06", partial=True, duration="") == "2026-06 (partial)"
    assert span_title("2026-06-29 to 2026-07-26", partial=False, duration="28 days") == "Next 28 days"
    assert span_title("2026-06", partial=False, duration="1 month") == "Next month"
    assert line_title("2026-06", "North", averaged=True) == "North, on average, 2026-06"
    assert line_title("Next 28 days", "", averaged=False) == "Next 28 days"
    assert line_title("Next 28 days", "North", averaged=False) == "North, next 28 days"


def test_coverage_is_only_said_when_there_are_enough_checks() -> None:
    band = CoverageBand(0.8, 0.78, 0.7, 0.9, 400, 60.0)
    assert coverage_sentence(band).startswith("In your past, 78% of such totals")
    assert "too short" in coverage_sentence(replace(band, independent=2.0))
    assert "too short" in coverage_sentence(replace(band, held=np.nan))


def test_what_is_over_is_named() -> None:
    note = over_note(["Old lamp"], "2026-06-29")
    assert note.what == "Old lamp is not in the totals."


@pytest.mark.parametrize(
    ("figures", "change"),
    [
        (TotalFigures(1310, 1190, 1440, 1250, 0.048), "+5%"),
        (TotalFigures(20.13, 16.2, 23.8, 20.71, NAN, averaged=True), "−0.6"),
        (TotalFigures(-4229, -13504, 5216, -3950, NAN), "−200"),  # as the two amounts are shown: −4,200 and −4,000
        (TotalFigures(3.1, 1.0, 5.0, -2.0, NAN, averaged=True), "+5.10"),
        (TotalFigures(20.1, 16.2, 23.8, 20.1, NAN, averaged=True), "±0.0"),
        (TotalFigures(1310, 1190, 1440, 0, NAN), ""),
        (TotalFigures(1310, 1190, 1440, NAN, NAN), ""),
    ],
)
def test_a_change_that_has_no_share_is_said_in_units(figures: TotalFigures, change: str) -> None:
    assert change_on_last_year(figures) == change
    assert total_sentence(figures).endswith(change)


def test_negative_numbers_have_one_sign_in_sentences() -> None:
    """Programs read a hyphen, people a minus."""
    figures = TotalFigures(-4229, -13504, -216, -3950, -0.07, forecast=-4000.0)
    below = forecast_of(series_set(np.full(40, -100.0)), quantiles=np.full((1, 3, 9), np.linspace(-120.0, -80.0, 9)))
    said = [total_sentence(figures), next_step(below, 0), how_sure(below, 0)]
    said += [PLAIN.percent(-0.125, 1), change_words(Adjustment("", "", "", AdjustmentKind.SET, -5.0, ""))]
    for text in said:
        assert "−" in text
        assert not re.search(r"(?<!\d)-\d", text)


def test_amounts_whose_kind_has_no_name_are_called_the_others() -> None:
    assert apart_note(["", "Distance", "Steps"]).what == "Distance, Steps, the others are not added together."
    assert apart_note(["number", "money"]).what == "number, money are not added together."
