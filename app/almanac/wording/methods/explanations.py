"""Why the forecast of a series by a baseline is what it is. A model is asked instead (``evaluation.explain``)."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.wording.methods.names import SEASONAL_NAIVE, THETA


@dataclass(frozen=True)
class MethodExplanation:
    """``drivers``: what the forecast is made of; ``values``: which single values matter. A sentence each."""

    drivers: str
    values: str


EXPLANATIONS = {
    SEASONAL_NAIVE: MethodExplanation(
        "As you chose, it repeats the last season: nothing else changes it.",
        "Each step depends on one value, that of the season before.",
    ),
    THETA: MethodExplanation(
        "As you chose, it continues from the latest level with half of the trend and, where there is one, the usual "
        "season: the theta method.",
        "The latest values count most; the season is the mean of all.",
    ),
}
