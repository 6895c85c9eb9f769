"""What became of a forecast of one series, in words."""

from __future__ import annotations

import numpy as np
from tests.builders import forecast_of, series_set

from almanac.core.series import Forecast
from almanac.wording.watching.scores import outcome_sentence


def forecast() -> tuple[Forecast, np.ndarray]:
    made = forecast_of(series_set(np.full(40, 100.0)))
    return made, made.point[0]


def test_only_values_that_have_arrived_count() -> None:
    made, point = forecast()
    happened = np.full(made.horizon, np.nan)
    assert outcome_sentence(made, happened) == ""
    happened[[0, 2]] = point[[0, 2]] + 30
    said = outcome_sentence(made, happened)
    assert said.startswith("2 values of this forecast have arrived: ")
    more = 60 / (point[0] + point[2])
    assert f"typically off by 30, in all {more:.0%} more than expected." in said


def test_what_the_person_made_of_it_is_compared() -> None:
    made, point = forecast()
    happened = np.full(made.horizon, np.nan)
    happened[0] = point[0] + 30
    said = outcome_sentence(made, happened, point + 25)
    assert said.endswith("off by 30. With your changes: off by 5.0.")
