"""What a workbook shows of earlier forecasts of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import LIKELY_HIGH, LIKELY_LOW
from almanac.core.jobs import run
from almanac.core.problems import ProblemError
from almanac.wording.watching.alerts import ACTIONS, KINDS, alert_sentence, chance_sentence
from almanac.wording.watching.scores import score_sentences
from almanac.workflow.history.access import open_history
from almanac.workflow.updates.alerts import project_alerts
from almanac.workflow.updates.past_runs import past_runs
from almanac.workflow.updates.scoring import score_past
from almanac.workflow.updates.sold_out import project_events, sold_out

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.evaluation import PastForecasts
    from almanac.exports.watched import ArrivedValues, ChangeLine, WatchedContent
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.updates.alerts import OpenAlert


def watched_content(result: ForecastResult) -> WatchedContent | None:
    """What has become of earlier forecasts of the table of a result; None where nothing is kept or can be read."""
    from almanac import evaluation
    from almanac.exports.watched import WatchedContent

    if result.kept is None or not result.kept.project:
        return None
    try:
        with open_history() as store:
            past = past_runs(store, result.kept.project)
            capped = sold_out(result.file, project_events(store, result.kept.project))
        alerts = run(project_alerts(result.kept.project))
    except ProblemError:
        return None
    series = result.file.series
    forecasts = evaluation.past_forecasts([one.forecast for one in past.given], series, past.renamed, capped)
    arrived = arrived_values(forecasts) if len(forecasts) else None
    scores = run(score_past(forecasts, past.given, series, past.renamed))
    said = () if scores is None else score_sentences(scores)
    return WatchedContent(arrived, said, tuple(change_line(one, series.frequency) for one in alerts))


def arrived_values(past: PastForecasts) -> ArrivedValues:
    """Each period of each series with a value, next to the latest forecast that was made before it."""
    from almanac.exports.watched import ArrivedValues

    runs = past.runs
    window, step = np.nonzero(np.isfinite(runs.actuals))
    series, period, made = runs.series[window], runs.periods[window, step], runs.cutoff[window] + 1
    order = np.lexsort((made, period, series))
    last = np.append((np.diff(series[order]) != 0) | (np.diff(period[order]) != 0), True)[: len(order)]
    chosen = order[last]
    window, step = window[chosen], step[chosen]
    return ArrivedValues(
        runs.names,
        series[chosen],
        period[chosen],
        made[chosen],
        past.point[window, step],
        runs.quantile(LIKELY_LOW)[window, step],
        runs.quantile(LIKELY_HIGH)[window, step],
        runs.actuals[window, step],
    )


def change_line(one: OpenAlert, frequency: Frequency) -> ChangeLine:
    """An alert in words."""
    from almanac.exports.watched import ChangeLine

    alert = one.alert
    proposed = ", ".join(ACTIONS[action] for action in alert.actions)
    return ChangeLine(
        KINDS[alert.kind], alert.series, alert_sentence(alert, frequency), chance_sentence(alert), proposed
    )
