"""How well the most similar moment of a series' own past tells what comes next: one and several values later.

Forecasting by analogues (Lorenz, 1969; Farmer and Sidorowich, 1987). They are good any number of values ahead
for a series that repeats itself, never for noise, and only one value ahead for chaos, where a straight line fails.
"""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Flags, Floats

MAX_POINTS = 96  # of the latest values: the search takes the square of it
MIN_MOMENTS = 10
AHEAD = 6  # values later, where chaos is forgotten; chosen by judgement
BATCH = 64  # series whose distances fit into a processor's cache
RIDGE = 1e-6
SMALL_ONE, SMALL_LATER = 1e-3, 1e-2  # shares of the variance below which an error counts as none


def analogue_errors(values: Floats) -> tuple[Floats, Floats]:
    """Of series [N, L], NaN where there is no value, two logarithms of ratios [N]: the error of the most similar moment
    one value ahead to that of the best line through the latest two values, and to its own error ``AHEAD`` values ahead.

    0 where a series has too few moments. A moment is two values in a row, all in units of the series' spread.
    """
    latest = values[:, -MAX_POINTS:]
    count = latest.shape[1] - AHEAD - 1
    if count < MIN_MOMENTS:
        return np.zeros(len(values)), np.zeros(len(values))
    parts = [_errors(part, count) for part in np.array_split(latest, len(latest) // BATCH + 1)]
    of_line, later = (np.concatenate(column) for column in zip(*parts, strict=True))
    return of_line, later


def _errors(values: Floats, count: int) -> tuple[Floats, Floats]:
    known = np.isfinite(values)
    share = known.sum(axis=1, keepdims=True)
    off = np.where(known, values, 0.0)
    off = np.where(known, off - off.sum(axis=1, keepdims=True) / np.maximum(share, 1), 0.0)
    spread = np.sqrt((off**2).sum(axis=1, keepdims=True) / np.maximum(share, 1))
    x = (off / (spread + 1e-9)).astype(np.float32)
    now, before = x[:, 1 : count + 1], x[:, :count]
    one, later = x[:, 2 : count + 2], x[:, AHEAD + 1 : count + AHEAD + 1]
    usable = known[:, 1 : count + 1] & known[:, :count]
    usable = usable & known[:, 2 : count + 2] & known[:, AHEAD + 1 : count + AHEAD + 1]
    nearest = _nearest(now, before, usable)
    error_one = _mean_square(one - np.take_along_axis(one, nearest, axis=1), usable)
    error_later = _mean_square(later - np.take_along_axis(later, nearest, axis=1), usable)
    error_line = _mean_square(one - _line(now, before, one, usable), usable)
    enough = usable.sum(axis=1) >= MIN_MOMENTS
    of_line = np.log((error_one + SMALL_ONE) / (error_line + SMALL_ONE))
    of_later = np.log((error_one + SMALL_LATER) / (error_later + SMALL_LATER))
    return np.where(enough, of_line, 0.0), np.where(enough, of_later, 0.0)


def _nearest(now: Floats, before: Floats, usable: Flags) -> np.ndarray:
    """Which other usable moment is most similar to each: int64 [N, M]."""
    distance = (now[:, :, None] - now[:, None, :]) ** 2
    distance += (before[:, :, None] - before[:, None, :]) ** 2
    distance += np.where(usable, np.float32(0), np.float32(np.inf))[:, None, :]
    at = np.arange(now.shape[1])
    distance[:, at, at] = np.inf
    return np.asarray(distance.argmin(axis=2))


def _line(now: Floats, before: Floats, one: Floats, usable: Flags) -> Floats:
    """The next values by least squares on the latest two: [N, M]."""
    a, b, y = (np.where(usable, part, 0.0).astype(np.float64) for part in (now, before, one))
    aa, bb, ab = ((u * v).sum(axis=1) for u, v in ((a, a), (b, b), (a, b)))
    ay, by = (a * y).sum(axis=1), (b * y).sum(axis=1)
    aa, bb = aa + RIDGE, bb + RIDGE
    determinant = aa * bb - ab**2 + RIDGE
    first, second = (bb * ay - ab * by) / determinant, (aa * by - ab * ay) / determinant
    return np.asarray(first[:, None] * now + second[:, None] * before)


def _mean_square(errors: Floats, usable: Flags) -> Floats:
    return np.asarray(np.where(usable, errors**2, 0.0).sum(axis=1) / np.maximum(usable.sum(axis=1), 1), np.float64)
