"""Ways to ask a model for forecasts of a kind: as a person gets them, or from the network alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from models.training.evaluation.development import as_set
from models.training.evaluation.figures import tenths_of
from models.training.evaluation.kinds.score import Made, Predict
from models.training.prior.sampling import Floats

from almanac.core.calendar.frequency import Frequency
from almanac.core.jobs import run
from almanac.core.series import SeriesSet
from almanac.forecasting import ModelRequest, forecast
from almanac.forecasting.engine import Engine
from almanac.forecasting.models.catalogue import Entry, load


def one_file(history: Floats, frequency: Frequency) -> SeriesSet:
    """All histories [n, T] in one file; each begins with its first known value."""
    first = np.isfinite(history).argmax(axis=1)
    members = tuple(row[start:] for row, start in zip(history, first, strict=True))
    return replace(as_set(members, frequency), first=first.astype(np.int64))


def by_forecast(folder: Path) -> Predict:
    """What a person gets from the model in ``folder`` (NAME/VERSION): exact repetitions, and means of rare sales."""
    request = ModelRequest(f"{folder.parent.name}@{folder.name}", "cpu", folder.parent.parent)

    def predict(history: Floats, frequency: Frequency, horizon: int) -> Made:
        made = run(forecast(one_file(history, frequency), horizon, model=request))
        return Made(made.quantiles, made.point)

    return predict


def by_engine(folder: Path) -> Predict:
    """What the network alone forecasts."""
    engine = Engine(load(Entry(folder)), "cpu")

    def predict(history: Floats, frequency: Frequency, horizon: int) -> Floats:
        return tenths_of(engine, one_file(history, frequency), horizon)

    return predict
