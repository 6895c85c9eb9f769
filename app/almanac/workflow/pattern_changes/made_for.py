"""Whether the series of a file are like those that the model learned from."""

from __future__ import annotations

import numpy as np

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.jobs import Job
from almanac.core.series import SeriesSet
from almanac.core.system import paths

MAX_SERIES_AT_ONCE = 20_000
_ACTIONS = (AlertAction.OTHER_MODEL, AlertAction.KEEP_WATCHING)


def unlike_training(series: SeriesSet, model: str | None = None) -> Job[tuple[Alert, ...]]:
    """The series that are unlike those that the model (NAME or NAME@VERSION) learned from, in words; also before the
    first forecast. Empty when the model has no profile.
    """
    from almanac import drift
    from almanac.forecasting.models.catalogue import profile_of
    from almanac.forecasting.models.status import in_use

    yield from ()
    profile = drift.Profile.from_json(profile_of(paths.models(), model or in_use()))
    if profile is None:
        return ()
    known = series.without_repairs
    longest = int(known.lengths.max())
    frequency = known.frequency
    long = frequency.long_season if longest > 1.2 * frequency.long_season else 1
    one = profile.nearest(frequency.season_length, long)
    alerts = []
    for start in range(0, len(known), MAX_SERIES_AT_ONCE):
        rows = np.arange(start, min(start + MAX_SERIES_AT_ONCE, len(known)))
        found = drift.likeness(known.latest(rows, min(longest, one.context)), one, frequency.season_length)
        alerts += [
            Alert(
                AlertKind.UNLIKE_TRAINING, known.names[start + i], None, None, actions=_ACTIONS, feature=found.words[i]
            )
            for i in np.flatnonzero(found.unlike).tolist()
        ]
    return tuple(alerts)
