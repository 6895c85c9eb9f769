"""All series of a workbook together: a change that many share shows in their mean long before it shows in one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from almanac.core.arrays import Floats
from almanac.drift.changes.error_model import ErrorModel, PastScores
from almanac.drift.changes.scores import clipped
from almanac.drift.changes.watched import Watched

USUALLY_SHARED = 0.05  # of the variance of scores, between series of one workbook; chosen by judgement


def mean_scores(watched: Watched, errors: ErrorModel, without: float = 0.0) -> Floats:
    """The mean score of all series in each step, in units of its usual spread: float64 [1, K].

    ``without``: the share of series that are left out, those furthest from their forecast.
    """
    scores = clipped(watched.scores) / errors.scale[:, None]
    if without:
        total = np.abs(np.where(np.isfinite(scores), scores, 0.0)[:, watched.new_from :].sum(axis=1))
        scores = scores[np.argsort(total)[: len(scores) - int(np.ceil(without * len(scores)))]]
    return _mean(scores)[None] / _usual(len(scores))


def mean_practice(practice: PastScores, errors: ErrorModel) -> PastScores:
    """PastScores forecasts of the mean: the means of those that were made at one time."""
    scores = clipped(practice.scores) / errors.scale[practice.series][:, None]
    cutoffs, member, counts = np.unique(practice.cutoff, return_inverse=True, return_counts=True)
    rows = [_mean(scores[member == k]) / _usual(int(counts[k])) for k in range(len(cutoffs))]
    means = np.array(rows) if rows else np.zeros((0, practice.scores.shape[1]))
    return PastScores(means, np.zeros(len(cutoffs), np.int64), cutoffs)


def as_one(watched: Watched) -> Watched:
    """The whole workbook as one series without a name, for what is said of it."""
    counted = np.isfinite(watched.actuals)
    total = np.where(counted, watched.actuals, 0.0).sum(axis=0, keepdims=True)
    expected = np.where(counted[:, :, None], watched.quantiles, 0.0).sum(axis=0, keepdims=True)
    return replace(watched, names=("",), first=watched.first[:1], actuals=total, quantiles=expected, closed=None)


def _usual(count: int) -> float:
    """The usual standard deviation of the mean of so many scores."""
    return float(np.sqrt((1 - USUALLY_SHARED) / max(count, 1) + USUALLY_SHARED))


def _mean(scores: Floats) -> Floats:
    known = np.isfinite(scores)
    sums: Floats = np.where(known, scores, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return sums
