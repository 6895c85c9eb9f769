"""What a forecast says about periods in which a series is closed: 0, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Flags
from almanac.core.problems import Problem
from almanac.core.series import Forecast, SeriesSet
from almanac.core.text import some
from almanac.wording.open_periods import CLOSED_IN_FORECAST, closed_words
from almanac.wording.phrases import sentence_start

if TYPE_CHECKING:
    from almanac.events import EventModel

ALL_OF_IT = 1 - 1e-9  # the share of a period that a closure takes, from which on nothing is left of it


def without_closed_periods(forecast: Forecast, series: SeriesSet, events: EventModel | None = None) -> Forecast:
    """The forecast with 0 where a series is closed, and without a value there if it is a level, such as a price.

    ``events``: what is known of events, closures among them.
    """
    if not series.open_periods and events is None:
        return forecast
    rows = series.positions(forecast.names).tolist()
    steps = forecast.first[:, None] + np.arange(forecast.horizon)
    usually = np.stack([series.closed(i, numbers) for i, numbers in zip(rows, steps, strict=True)])
    closed = usually
    if events is not None:
        closed = usually | (events.closed(np.array(rows), forecast.first, forecast.horizon) >= ALL_OF_IT)
    if not closed.any():
        return forecast
    levels = np.array([series.measure(i).kind == "level" for i in rows])
    words = dict.fromkeys(closed_words(series, rows[k]) for k in np.flatnonzero(usually.any(axis=1)))
    nothing = closed & ~levels[:, None]
    return replace(
        forecast,
        quantiles=np.where(nothing[:, :, None], 0.0, forecast.quantiles),
        means=np.where(nothing, 0.0, forecast.mean),
        closed=closed,
        without_value=closed & levels[:, None] if levels.any() else None,
        notes=(*forecast.notes, _note(list(words), usually, levels)) if words else forecast.notes,
    )


def _note(words: list[str], closed: Flags, levels: Flags) -> Problem:
    """``closed``: bool [N, H]; ``levels``: bool [N]."""
    if levels.all():
        what = "has no value then"
    elif (levels & closed.any(axis=1)).any():
        what = "is 0 then, or has no value where 0 would be untrue"
    else:
        what = "is 0 then"
    return Problem(
        CLOSED_IN_FORECAST,
        f"{sentence_start(some(words))}: the forecast {what}.",
        "The file never has a value at these times.",
        "Choose another treatment of the closed periods if something happens then.",
        count=int(closed.any(axis=0).sum()),
    )
