"""Which model or method made a forecast, and why that one."""

from __future__ import annotations

from almanac.core.series import Forecast
from almanac.wording.methods.names import method_label
from almanac.wording.phrases import sentence_start


def model_words(forecast: Forecast) -> str:
    """The model, and why that one where another is newer: "careful@1.0.0 (measured to be better …)"."""
    return f"{forecast.model} ({forecast.model_reason})" if forecast.model_reason else forecast.model


def older_model_reason(newer: str, frequency: str) -> str:
    """Why an older version of a model is used: on data of this frequency it was measured to be better."""
    return f"measured to be better than {newer} on {frequency} data"


def made_by(forecast: Forecast, baseline: str | None, closed: str) -> str:
    """What made the forecast of a series, and when it is closed: "Made by careful@2.0.0. Closed on Sundays."

    ``baseline``: the key of the method that forecasts it in place of the model.
    """
    made = f"Made by {model_words(forecast)}." if baseline is None else f"Made by {method_label(baseline)}."
    return f"{made} {sentence_start(closed)}: left out." if closed else made
