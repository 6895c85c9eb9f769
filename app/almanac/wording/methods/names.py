"""What forecasting methods are called in a sentence, by the keys under which programs know them."""

from __future__ import annotations

from almanac.wording.phrases import sentence_start

MODEL = "model"
SEASONAL_NAIVE = "seasonal_naive"
THETA = "theta"
ETS = "ets"
FORECAST_SHEET = "excel"
LAST_YEAR = "last_year"

_LABELS = {
    MODEL: "the model",
    SEASONAL_NAIVE: "repeating the last season",
    THETA: "continuing trend and season",
    ETS: "exponential smoothing (ETS)",
    FORECAST_SHEET: "Excel's Forecast Sheet (ETS AAA)",
    LAST_YEAR: "repeating last year",
}


def method_label(method: str) -> str:
    """A method in the middle of a sentence: "the model", "repeating the last season"; a model's own title as it is."""
    return _LABELS.get(method, method)


def method_title(method: str) -> str:
    """A method at the beginning of a line: "Repeating the last season"; a model's own title as it is."""
    return sentence_start(_LABELS[method]) if method in _LABELS else method
