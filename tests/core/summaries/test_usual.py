"""What is usual: one average, whatever the horizon."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import series_set

from almanac.core.calendar.frequency import DAILY, MONTHLY, YEARLY
from almanac.core.summaries.usual import usual_levels, usual_words


def test_usual_is_the_mean_of_the_latest_year() -> None:
    values = np.arange(40.0)
    values[-3] = np.nan
    levels = usual_levels(series_set(values, [7.0, np.nan, 9.0], [np.nan]))
    assert levels[0] == pytest.approx(np.nanmean(values[-12:]))
    assert levels[1] == 8
    assert np.isnan(levels[2])


@pytest.mark.parametrize(
    ("frequency", "words"),
    [(MONTHLY, "the last 12 months"), (DAILY, "the last 365 days"), (YEARLY, "the last 5 years")],
)
def test_usual_says_what_it_is(frequency: object, words: str) -> None:
    assert usual_words(frequency).endswith(words)  # type: ignore[arg-type]
