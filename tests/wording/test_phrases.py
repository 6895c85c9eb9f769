"""Sentences about ranges."""

from __future__ import annotations

import pytest
from tests.builders import forecast_of, seasonal, series_set

from almanac.wording.phrases import RangeSupport, how_sure


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (RangeSupport.CHECKED, "80% likely to be between 7.0 and 15.0."),
        (RangeSupport.TOO_FEW_CHECKS, "Likely between 7.0 and 15.0 (80%), not checked: too little history."),
        (RangeSupport.CONSTANT, "Likely between 7.0 and 15.0 (80%), not checked: it did not change."),
    ],
)
def test_a_range_that_could_not_be_checked_says_so_and_why(support: RangeSupport, words: str) -> None:
    assert how_sure(forecast_of(series_set(seasonal(40))), 0, support) == words
