"""Find changes in many series at once, with a promise for the whole workbook: how often it warns for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.arrays import Flags
from almanac.core.series import SeriesSet
from almanac.drift.changes.error_model import ErrorModel, PastScores, fit_errors
from almanac.drift.changes.questions import moved, season_moved, wider
from almanac.drift.changes.rare import gaps_appeared, zeros_appeared
from almanac.drift.changes.suspicion import Suspicion
from almanac.drift.changes.together import as_one, mean_practice, mean_scores
from almanac.drift.changes.watched import Watched

MAX_PROBABILITY = 0.2  # of a false alert in one look, however long ago the last one was; chosen by judgement
MIN_SERIES_TOGETHER = 3
DIFFERING = 0.4  # of the probability is used where series differ from the errors that they have in common; measured
FEW, MAX_WITHOUT_FEW = 0.25, 0.05  # what all have in common also shows without these that moved most; by judgement
TOGETHER = 0.2  # share of series with the same alert from which it is said once, of the workbook; chosen by judgement

_MOVED = (AlertAction.FORECAST_AGAIN, AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)
# What sells less may have been sold out: who orders by the forecast can sell no more than was ordered.
_LESS = (AlertAction.FORECAST_AGAIN, AlertAction.ASK_STOCK, AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)
_EMPTY = (AlertAction.CHECK_FILE, AlertAction.ASK_STOCK, AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)
_MOVING = (AlertKind.LEVEL, AlertKind.TREND)
_ACTIONS: Mapping[AlertKind, tuple[AlertAction, ...]] = {
    AlertKind.LEVEL: _MOVED,
    AlertKind.TREND: _MOVED,
    AlertKind.SEASON: (AlertAction.FORECAST_AGAIN, AlertAction.OTHER_MODEL, AlertAction.KEEP_WATCHING),
    AlertKind.SPREAD: (AlertAction.RECALIBRATE, AlertAction.FORECAST_AGAIN, AlertAction.KEEP_WATCHING),
    AlertKind.ZEROS: _EMPTY,
    AlertKind.GAPS: _EMPTY,
}


@dataclass(frozen=True)
class Promise:
    """``per_year``: how often the workbook may warn for nothing; the others: the share of it that each question gets.

    ``alone``: for level and trend, in place of ``moved`` and ``together``, where there are only one or two series.

    ``alone`` is above 1 and the others add up to less: chances take into account how uncertain the model of errors is,
    which makes them cautious for one series, and for many not cautious enough. Both are from simulations
    (``make bench-drift``): with 0.8 one series warned for nothing 0.4 to 0.6 times a year, with 1.35 0.7 to 0.9 times.
    """

    per_year: float = 1.0
    moved: float = 0.4
    together: float = 0.15
    alone: float = 1.3
    wider: float = 0.03
    season: float = 0.04
    rare: float = 0.04

    def probability(self, share: float, years: float) -> float:
        """The probability of a false alert that one look at so many years may have."""
        return min(self.per_year * share * years, MAX_PROBABILITY)


def find_changes(
    watched: Watched, practice: PastScores, before: SeriesSet, promise: Promise | None = None
) -> tuple[Alert, ...]:
    """Alerts of the new steps of N series, the least likely by chance first.

    ``practice``: scores of earlier forecasts of the same series made in the same way, from which their errors are
    known; ``before``: the series as they were when the forecast was made, in the same order.
    """
    promise = promise or Promise()
    if watched.steps <= watched.new_from or not len(watched.names):
        return ()
    errors = fit_errors(practice, len(watched.names))
    alone = len(watched.names) < MIN_SERIES_TOGETHER
    asked = (
        (moved(watched, errors), promise.alone if alone else promise.moved),
        (season_moved(watched, errors, practice), promise.season),
        (wider(watched, errors), promise.wider),
        (zeros_appeared(watched, before), promise.rare),
        (gaps_appeared(watched, before), promise.rare),
    )
    kept = 1.0 if alone else DIFFERING
    found = [(one, one.significant(promise.probability(share * kept, watched.years))) for one, share in asked]
    alerts = [
        alert
        for one, chosen in _explained_once(found)
        for alert in _said_once(_alerts(watched, one, chosen, before.has_share), len(watched.names))
    ]
    whole = () if alone else _together(watched, practice, errors, promise, bool(before.has_share.all()))
    apart = [a for a in alerts if not (a.kind in _MOVING and _like(a, whole))]
    return tuple(sorted((*whole, *apart), key=lambda alert: alert.per_year))


def _explained_once(found: Sequence[tuple[Suspicion, Flags]]) -> list[tuple[Suspicion, Flags]]:
    """Of each series only what is least likely by chance: a moved season also moves the level and the spread."""
    least = np.min([np.where(chosen, one.probability, np.inf) for one, chosen in found], axis=0)
    return [(one, chosen & (one.probability == least)) for one, chosen in found]


def _alerts(watched: Watched, found: Suspicion, chosen: Flags, has_share: Flags) -> list[Alert]:
    """Alerts of the ``chosen`` series; ``has_share``: bool [N], see ``Alert``."""
    none = np.full(len(watched.names), np.nan)
    amount = none if found.amount is None else np.where(has_share, np.nan, found.amount)
    return [
        Alert(
            kind=found.kinds[i],
            series=watched.names[i],
            since=int(watched.first[i] + found.since[i]),
            last=int(watched.first[i] + watched.steps - 1),
            size=float(found.size[i]),
            per_year=float(found.probability[i]) * len(watched.names) / watched.years,
            actions=_LESS
            if found.size[i] < 0 and has_share[i] and found.kinds[i] in _MOVING
            else _ACTIONS[found.kinds[i]],
            has_share=bool(has_share[i]),
            amount=float(amount[i]),
        )
        for i in np.flatnonzero(chosen).tolist()
    ]


def _said_once(alerts: list[Alert], count: int) -> list[Alert]:
    """One alert of the workbook in place of many that have the same cause, as they have the same kind."""
    if len(alerts) < max(MIN_SERIES_TOGETHER, TOGETHER * count):
        return alerts
    first = min(alerts, key=lambda alert: alert.per_year)
    size = float(np.median([alert.size for alert in alerts]))
    shared = all(alert.has_share for alert in alerts)
    return [replace(first, series="", size=size, count=len(alerts), has_share=shared, amount=np.nan)]


def _together(
    watched: Watched, practice: PastScores, errors: ErrorModel, promise: Promise, has_share: bool
) -> tuple[Alert, ...]:
    """The alert that level or trend of the whole workbook moved, if it did."""
    of_mean = fit_errors(mean_practice(practice, errors), 1)
    whole = replace(as_one(watched), given_scores=mean_scores(watched, errors))
    found = moved(whole, of_mean)
    if moved(replace(whole, given_scores=mean_scores(watched, errors, FEW)), of_mean).probability[0] > MAX_WITHOUT_FEW:
        return ()  # a few series alone
    chosen = found.significant(promise.probability(promise.together, watched.years))
    alerts = _alerts(whole, replace(found, amount=None), chosen, np.array([has_share]))
    return tuple(replace(alert, count=len(watched.names)) for alert in alerts)


def _like(alert: Alert, whole: Sequence[Alert]) -> bool:
    """Whether a series only takes part in what is said of the whole workbook: the same direction."""
    return any(alert.size * one.size > 0 for one in whole)
