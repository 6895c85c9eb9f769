"""Plain methods beside the model: what each is called, how it is practised, and what to say of a forecast by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job, Progress
from almanac.core.series import Forecast, SeriesSet
from almanac.wording.methods import SEASONAL_NAIVE, THETA, method_label

if TYPE_CHECKING:
    from almanac.evaluation import Forecaster


@dataclass(frozen=True)
class PlainMethod:
    """``name``: its key for programs; ``forecaster``: as practice runs want it;
    ``moved_by``, ``hangs_on``: why its forecast of a series is as it is, and what single values do to it, in a sentence
    each."""

    name: str
    forecaster: Forecaster
    moved_by: str
    hangs_on: str

    @property
    def description(self) -> str:
        """What it does, as in "better served by …"."""
        return method_label(self.name)


def seasonal_naive(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """Repeating the last season, as practice runs want it."""
    from almanac.forecasting.baselines import seasonal_naive as naive

    yield Progress(len(series), len(series), "Repeating the last season")
    return _floored(series, naive.seasonal_naive(series, horizon, levels))


def theta(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
    """The theta method, as practice runs want it."""
    from almanac.forecasting.baselines import theta

    return _floored(series, (yield from theta.theta(series, horizon, levels)))


def _floored(series: SeriesSet, forecast: Forecast) -> Forecast:
    """What was never below 0 is not forecast below it: no one sells less than nothing."""
    rows = series.positions(forecast.names)
    return replace(forecast, quantiles=np.maximum(forecast.quantiles, series.lower_bound[rows, None, None]))


REPEATING = PlainMethod(
    SEASONAL_NAIVE,
    seasonal_naive,
    "As you chose, it repeats the last season: nothing else moves it.",
    "Each step hangs on the one value of the season before.",
)
CONTINUING = PlainMethod(
    THETA,
    theta,
    "As you chose, it goes on from where the values lately stood, with half of their trend and, where they have one, "
    "their usual season: the theta method.",
    "The latest values count most, the season is the mean of all.",
)
PLAIN_METHODS = (REPEATING, CONTINUING)  # the first is what a model must beat to be worth anything


def by_method(chosen: Mapping[str, PlainMethod], shown: int) -> str:
    """The series by the method that each takes, at most so many by name: "2 by repeating the last season (A, B), 1 by
    continuing trend and season (C)"."""
    told = []
    for method in PLAIN_METHODS:
        names = [name for name, taken in chosen.items() if taken.description == method.description]
        if names:
            told.append(f"{len(names):,} by {method.description} ({some_of(names, shown)})")
    return ", ".join(told)


def some_of(names: Sequence[str], shown: int) -> str:
    """The first names: "A, B, …"."""
    return ", ".join([*names[:shown], *(["…"] if len(names) > shown else [])])
