"""Whether a week of hours, or of parts of an hour, is a plan that repeats, rather than a day with a weekly rhythm."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers

HOURS = 24
MIN_CYCLES = 2  # of the week must be known
# How much more often the change since a week ago has the same sign as an hour before than the opposite one. Electricity
# and weather have .7: what was higher than a week ago still is. Plans and counts have about none. Chosen by judgement.
MAX_MEMORY = 0.2
MAX_OF_DAY = 0.7  # of the mean square change after a day: that after a week. Chosen by judgement


def weeks_alone(values: Floats, known: Flags, lengths: Integers, usual: tuple[int, ...]) -> Flags:
    """Which series repeat their week and have no memory beyond it: bool [n].

    They are forecast by their week as the only season, which shows what each hour of a weekend is like. The others are
    forecast by the day, and the week in addition. ``values`` [n, T]: 0 where not ``known``, right-aligned, the latest
    ``lengths`` [n] belonging to the series; ``usual``: the season that the frequency suggests, and the longer one.
    """
    day, week = usual[:2]
    total = values.shape[1]
    if day % HOURS or week % day or week <= day or total < MIN_CYCLES * week:
        return np.zeros(len(values), dtype=bool)
    change, power = _changes(values, known, week)
    signs = np.sign(change)
    alike = signs[:, 1:] * signs[:, :-1]
    memory = alike.sum(axis=1) / np.maximum(np.abs(alike).sum(axis=1), 1)
    plan = power < MAX_OF_DAY * _changes(values, known, day)[1]
    alone: Flags = (lengths >= MIN_CYCLES * week) & (memory <= MAX_MEMORY) & plan
    return alone


def _changes(values: Floats, known: Flags, lag: int) -> tuple[Floats, Floats]:
    """The change after so many points [n, T - lag], 0 where it is not known, and its mean square [n]."""
    both = known[:, lag:] & known[:, :-lag]
    change = np.where(both, values[:, lag:] - values[:, :-lag], 0.0)
    return change, (change**2).sum(axis=1) / np.maximum(both.sum(axis=1), 1)
