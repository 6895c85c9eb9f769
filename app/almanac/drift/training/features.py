"""Features of series that do not depend on their units, to compare them with those that a model learned from.

After Hyndman, Wang and Laptev (2015), "Large-scale unusual time series detection", and Kang, Hyndman and Smith-Miles
(2017), "Visualising forecasting algorithm performance using time series instance spaces".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from almanac.core.arrays import Flags, Floats
from almanac.drift.training.moments import analogue_errors

SMALLEST = 1e-9  # in place of 0, below a logarithm or a fraction line


@dataclass(frozen=True)
class Context:
    """Series [N, L], NaN where there is no value, divided by their mean size, and what several features need."""

    values: Floats
    season: int

    @property
    def known(self) -> Flags:
        """Where there is a value."""
        return np.isfinite(self.values)

    def change(self, lag: int) -> Floats:
        """Differences to the value ``lag`` periods before: [N, L - lag]; of a short series to the one before."""
        lag = lag if self.values.shape[1] > lag else 1
        return np.asarray(self.values[:, lag:] - self.values[:, :-lag])

    @cached_property
    def logarithms(self) -> Floats:
        """Logarithms of the sizes of values; NaN of 0."""
        size = np.abs(self.values)
        return np.log(np.where(size > 0, size, np.nan))

    @cached_property
    def ratios(self) -> Floats:
        """How many times larger or smaller each value is than the one before, as logarithms without a sign."""
        return np.abs(self.logarithms[:, 1:] - self.logarithms[:, :-1])

    @cached_property
    def analogues(self) -> tuple[Floats, Floats]:
        """See ``analogue_errors``."""
        return analogue_errors(self.values)


@dataclass(frozen=True)
class Feature:
    """``name``: stable; ``low``, ``high``: how a series with a very small or large one is described."""

    name: str
    of: Callable[[Context], Floats]
    low: str
    high: str


def features_of(values: Floats, season: int) -> Floats:
    """The features of series [N, L], NaN where there is no value: float64 [N, F], all finite."""
    size = _mean(np.abs(values))
    context = Context(values / np.maximum(size, SMALLEST)[:, None], season)
    found = np.stack([feature.of(context) for feature in FEATURES], axis=1)
    return np.asarray(np.nan_to_num(found, nan=0.0, posinf=50.0, neginf=-50.0))


def _points(context: Context) -> Floats:
    return np.asarray(np.log(np.maximum(context.known.sum(axis=1), 1)), dtype=np.float64)


def _zeros(context: Context) -> Floats:
    return _mean(np.where(context.known, context.values == 0, np.nan))


def _spread(values: Floats) -> Floats:
    return np.sqrt(_mean((values - _mean(values)[:, None]) ** 2))


def _variation(context: Context) -> Floats:
    return np.log(_spread(context.values) + SMALLEST)


def _step_change(context: Context) -> Floats:
    return np.log(_mean(np.abs(context.change(1))) + SMALLEST)


def _season_change(context: Context) -> Floats:
    """How much less values change over a season than from one to the next."""
    by_season, by_step = _mean(np.abs(context.change(context.season))), _mean(np.abs(context.change(1)))
    return np.log((by_season + SMALLEST) / (by_step + SMALLEST))


def _growth(context: Context) -> Floats:
    t = np.where(context.known, np.arange(context.values.shape[1], dtype=np.float64), np.nan)
    t = t - _mean(t)[:, None]
    slope = _mean(t * (context.values - _mean(context.values)[:, None])) / (_mean(t**2) + SMALLEST)
    return np.arcsinh(slope * context.season)


def _correlation(changes: Floats, lag: int) -> Floats:
    centred = changes - _mean(changes)[:, None]
    if changes.shape[1] <= lag:
        return np.zeros(len(changes))
    return _mean(centred[:, lag:] * centred[:, :-lag]) / (_mean(centred**2) + SMALLEST)


def _memory(context: Context) -> Floats:
    return _correlation(context.change(1), 1)


def _memory_of_two(context: Context) -> Floats:
    return _correlation(context.change(1), 2)


def _persistence(context: Context) -> Floats:
    return _correlation(context.values, 1)


def _spikes(context: Context) -> Floats:
    """The largest change, in usual changes."""
    changes = np.abs(context.change(1))
    largest = np.where(np.isfinite(changes), changes, 0.0).max(axis=1)
    return np.asarray(np.log((largest + SMALLEST) / (_mean(changes) + SMALLEST)))


def _repeats(context: Context) -> Floats:
    changes = context.change(1)
    return _mean(np.where(np.isfinite(changes), changes == 0, np.nan))


def _recent_level(context: Context) -> Floats:
    recent = context.values[:, -max(context.values.shape[1] // 8, 1) :]
    return np.arcsinh((_mean(recent) - _mean(context.values)) / (_spread(context.values) + 1e-6))


def _spread_of_spread(context: Context) -> Floats:
    """How much more values change in the second half."""
    changes = np.abs(context.change(1))
    half = np.cumsum(np.isfinite(changes), axis=1) * 2 > np.isfinite(changes).sum(axis=1, keepdims=True)
    later, earlier = _mean(np.where(half, changes, np.nan)), _mean(np.where(half, np.nan, changes))
    return np.log((later + 1e-4) / (earlier + 1e-4))


def _asymmetry(context: Context) -> Floats:
    """Whether changes upwards are larger than those downwards."""
    changes = context.change(1)
    return np.cbrt(_mean((changes - _mean(changes)[:, None]) ** 3)) / (_spread(changes) + 1e-6)


def _below_zero(context: Context) -> Floats:
    return _mean(np.where(context.known, context.values < 0, np.nan))


def _orders(context: Context) -> Floats:
    return _spread(context.logarithms)


def _largest_ratio(context: Context) -> Floats:
    ratios = context.ratios
    largest = np.where(np.isfinite(ratios), ratios, 0.0).max(axis=1, initial=0.0)
    return np.asarray(np.log(largest + 1e-3))


def _usual_ratio(context: Context) -> Floats:
    return np.log(_mean(context.ratios) + 1e-4)


def _analogues(context: Context) -> Floats:
    return context.analogues[0]


def _forgetting(context: Context) -> Floats:
    return context.analogues[1]


def _turns(context: Context) -> Floats:
    signs = np.sign(context.change(1))
    both = signs[:, 1:] * signs[:, :-1]
    return _mean(np.where(np.isfinite(both), both < 0, np.nan))


def _memory_of_season(context: Context) -> Floats:
    return _correlation(context.change(1), context.season)


def _two_levels(context: Context) -> Floats:
    """Which part of the variance is left around two levels, one above and one below the mean."""
    values = context.values
    above = values > _mean(values)[:, None]
    high, low = (_mean(np.where(side, values, np.nan)) for side in (above, ~above))
    around = values - np.where(above, high[:, None], low[:, None])
    return _mean(around**2) / (_spread(values) ** 2 + SMALLEST)


def _rare_changes(context: Context) -> Floats:
    """The kurtosis of changes."""
    changes = context.change(1)
    centred = changes - _mean(changes)[:, None]
    return np.log(_mean(centred**4) / (_mean(centred**2) ** 2 + SMALLEST) + 1e-3)


FEATURES = (
    Feature("points", _points, "shorter than", "longer than"),
    Feature("zeros", _zeros, "fewer zeros than", "more zeros than"),
    Feature("variation", _variation, "steadier than", "swings wider than"),
    Feature("step change", _step_change, "changes less from one value to the next than", "jumps more than"),
    Feature("season change", _season_change, "a clearer season than", "differs more between seasons than"),
    Feature("growth", _growth, "falls faster than", "grows faster than"),
    Feature("memory of changes", _memory, "goes up and down more regularly than", "changes more steadily than"),
    Feature("memory of two", _memory_of_two, "another order of ups and downs than", "a clearer beat of two than"),
    Feature("persistence", _persistence, "less connected from value to value than", "drifts more slowly than"),
    Feature("spikes", _spikes, "more even changes than", "larger single jumps than"),
    Feature("repeats", _repeats, "fewer repeated values than", "stays the same more often than"),
    Feature("recent level", _recent_level, "lower at the end than", "higher at the end than"),
    Feature("spread of spread", _spread_of_spread, "calms down more than", "becomes wilder than"),
    Feature("asymmetry", _asymmetry, "falls more suddenly than", "rises more suddenly than"),
    Feature("below zero", _below_zero, "less often below zero than", "more often below zero than"),
    Feature("orders of size", _orders, "values of more equal size than", "small and huge values further apart than"),
    Feature("largest ratio", _largest_ratio, "no value as far from its neighbour as in", "larger jumps in size than"),
    Feature("usual ratio", _usual_ratio, "smaller steps for its size than", "larger steps for its size than"),
    Feature("analogues", _analogues, "repeats odd shapes more exactly than", "repeats less of its past than"),
    Feature("forgetting", _forgetting, "says less of later values than", "says less of the very next value than"),
    Feature("turns", _turns, "turns less often than", "turns up and down more often than"),
    Feature(
        "memory of a season",
        _memory_of_season,
        "undoes last season's changes more than",
        "repeats its season more than",
    ),
    Feature(
        "two levels", _two_levels, "switches between two levels more clearly than", "less divided into two levels than"
    ),
    Feature("rare changes", _rare_changes, "more evenly spread changes than", "rarer and larger changes than"),
)
POINTS = next(k for k, feature in enumerate(FEATURES) if feature.name == "points")


def _mean(x: Floats) -> Floats:
    """The mean of the known values of each row: [N], 0 where there is none."""
    known = np.isfinite(x)
    mean: Floats = np.where(known, x, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return mean
