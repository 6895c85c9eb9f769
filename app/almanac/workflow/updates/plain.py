"""What new data changed and how earlier forecasts did, as plain JSON types for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.alerts import Alert
from almanac.core.arrays import Floats, Integers

if TYPE_CHECKING:
    from almanac.evaluation import Scores
    from almanac.evaluation.scores.cells import Score
    from almanac.evaluation.scores.pairs import PairScore
    from almanac.updates import Update


def update_to_dict(update: Update) -> dict[str, Any]:
    """What a newer file changed, as plain JSON types."""
    iso = update.frequency.iso
    return {
        "same": update.same,
        "series": len(update.names),
        **{name: int(values.sum()) for name, values in _counts(update).items()},
        "completed": update.completed,
        "since": None if update.since is None else iso(update.since),
        "until": None if update.until is None else iso(update.until),
        "corrections": [
            {"series": one.series, "date": iso(one.period), "before": one.before, "after": one.after}
            for one in update.corrections
        ],
        "renamed": [
            {"before": one.before, "after": one.after, "agreeing": one.agreeing, "compared": one.compared}
            for one in update.renamings
        ],
        "new": list(update.new),
        "vanished": list(update.vanished),
    }


def _counts(update: Update) -> Mapping[str, Integers]:
    return {
        "unchanged": update.unchanged,
        "appended": update.appended,
        "filled": update.filled,
        "corrected": update.corrected,
        "removed": update.removed,
        "kept": update.kept,
    }


def scores_to_dict(scores: Scores) -> dict[str, Any]:
    """How earlier forecasts did, as plain JSON types; what is not known is None."""
    iso = scores.frequency.iso
    rolling = scores.rolling
    band = scores.likely
    return {
        "overall": score_to_dict(scores.overall),
        "verdict": scores.baseline.answer.value,
        "range": {"held": _number(band.held), "low": _number(band.low), "high": _number(band.high)},
        "by_date": [{"date": iso(period), **score_to_dict(one)} for period, one in scores.by_period],
        "by_step": [{"step": step, **score_to_dict(one)} for step, one in scores.by_step],
        "by_series": [{"series": name, **score_to_dict(one)} for name, one in scores.by_series],
        "by_group": [{"group": name, **score_to_dict(one)} for name, one in scores.by_group],
        "by_model": [{"model": name, **score_to_dict(one)} for name, one in scores.by_model],
        "rolling": {
            "window": rolling.window,
            "date": [iso(int(period)) for period in rolling.periods],
            **{name: _numbers(values) for name, values in _rolling_columns(scores).items()},
        },
        "adjusted": None if scores.adjusted is None else _pair(scores.adjusted),
        "revised": None if scores.revised is None else _pair(scores.revised),
        "sold_out": scores.capped,
    }


def _rolling_columns(scores: Scores) -> Mapping[str, Floats]:
    rolling = scores.rolling
    return {
        "held": rolling.held,
        "low": rolling.low,
        "high": rolling.high,
        "loss": rolling.loss,
        "loss_low": rolling.loss_low,
        "loss_high": rolling.loss_high,
        "loss_before": rolling.loss_before,
    }


def _pair(pair: PairScore) -> dict[str, Any]:
    return {
        "checks": pair.checks,
        "before": _number(pair.first),
        "after": _number(pair.second),
        "nearer": pair.nearer,
        "answer": pair.answer.value,
    }


def alert_to_dict(alert: Alert) -> dict[str, Any]:
    """An alert as it is kept."""
    return asdict(alert) | {
        "kind": alert.kind.value,
        "actions": [action.value for action in alert.actions],
        "size": _number(alert.size),
        "amount": _number(alert.amount),
    }


def score_to_dict(score: Score) -> dict[str, Any]:
    """One score."""
    return {
        "checks": score.checks,
        "typical_miss": _number(score.typical_miss),
        "mase": _number(score.scaled),
        "mase_seasonal_naive": _number(score.naive_scaled),
        "held": {f"{coverage:g}": _number(held) for coverage, held in score.held.items()},
        "wql": _number(score.wql),
        "wql_seasonal_naive": _number(score.naive_wql),
    }


def _numbers(values: Floats) -> list[float | None]:
    return [_number(float(value)) for value in values]


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
