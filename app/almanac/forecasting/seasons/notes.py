"""What a person reads about series whose season is not the usual one."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import Problem
from almanac.core.series import SeriesSet
from almanac.core.text import agree, some
from almanac.forecasting.limits import usual_season

_MAX_NAMES = 5  # of series with the same season
_MAX_SEASONS = 3


def season_notes(series: SeriesSet, seasons: Integers) -> tuple[Problem, ...]:
    """The note on series whose season, of ``seasons`` [N], is not the usual one; none when all have that."""
    usual = usual_season(series.frequency)
    lengths, counts = np.unique(seasons[seasons != usual], return_counts=True)
    if len(lengths) == 0:
        return ()
    frequent = lengths[np.argsort(-counts, kind="stable")]
    names = [[series.names[i] for i in np.flatnonzero(seasons == season)] for season in frequent]
    durations = [series.frequency.duration(int(season)) for season in frequent]
    if len(frequent) == 1:
        one = agree(len(names[0]), "repeats itself", "repeat themselves")
        what = f"{some(names[0], _MAX_NAMES)} {one} every {durations[0]}, and so does the forecast."
    else:
        parts = [f"{some(of, _MAX_NAMES)} every {d}" for of, d in zip(names[:_MAX_SEASONS], durations, strict=False)]
        rest = sum(map(len, names[_MAX_SEASONS:]))
        more = (f"{rest:,} more after other times",) if rest else ()
        what = f"These series repeat themselves, and so does the forecast: {'; '.join((*parts, *more))}."
    whose = agree(int(counts.sum()), "Its", "Their")
    return (
        Problem(
            "another_season",
            what,
            f"{whose} past shows it, far beyond chance{_than_usual(series.frequency, usual)}.",
            "Nothing to do. If you know that it will not go on like that, the forecast does not know.",
            count=int(counts.sum()),
        ),
    )


def _than_usual(frequency: Frequency, usual: int) -> str:
    """What the found season is better than: the usual one, where there is one."""
    if usual == 1:
        return ""
    return f", and it explains more than the {frequency.duration(usual)} after which {frequency.name} series often do"
