"""Series that seem to have another name now: their past values agree, and nothing else has these values."""

from __future__ import annotations

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.series import SeriesSet
from almanac.updates.update import Renaming

# Chosen by judgement.
MIN_COMPARED, MIN_DISTINCT = 4, 3  # past values in both, and how many different ones: zeros alone say nothing
MIN_AGREEING = 0.8  # of the compared values
MAX_PAIRS = 4_000_000  # of values that are compared one by one; of more, only series that agree in full are found


def find_renamings(old: SeriesSet, new: SeriesSet, gone: Integers, come: Integers) -> tuple[Renaming, ...]:
    """Pairs of a series at ``gone`` in the older reading and one at ``come`` in the newer that is nearly the same.

    Each is the best match of the other, and the only one so good.
    """
    if len(gone) == 0 or len(come) == 0:
        return ()
    before, after = _on_one_grid(old, new, gone, come)
    if before.shape[1] < MIN_COMPARED:
        return ()
    if len(gone) * len(come) * before.shape[1] > MAX_PAIRS:
        pairs = _equal_rows(before, after)
    else:
        pairs = _best_pairs(before, after)
    return tuple(
        Renaming(old.names[gone[i]], new.names[come[j]], agreeing, compared) for i, j, agreeing, compared in pairs
    )


def _on_one_grid(old: SeriesSet, new: SeriesSet, gone: Integers, come: Integers) -> tuple[Floats, Floats]:
    """The values of both in the periods that both cover: float64 [G, T], [C, T]."""
    first = max(int(old.first[gone].min()), int(new.first[come].min()))
    stop = min(int(old.last[gone].max()), int(new.last[come].max())) + 1
    return _grid(old, gone, first, stop), _grid(new, come, first, stop)


def _grid(series: SeriesSet, rows: Integers, first: int, stop: int) -> Floats:
    at = np.arange(first, max(stop, first)) - series.first[rows][:, None]
    inside = (at >= 0) & (at < series.lengths[rows][:, None])
    return np.where(inside, series.values[np.where(inside, series.offsets[rows][:, None] + at, 0)], np.nan)


def _equal_rows(before: Floats, after: Floats) -> list[tuple[int, int, int, int]]:
    """Rows with the same values throughout, where no other row has them."""
    ours, theirs = _by_content(before), _by_content(after)
    found = []
    for content, rows in ours.items():
        others = theirs.get(content, [])
        if len(rows) == len(others) == 1 and _says_enough(before[rows[0]]):
            known = int(np.isfinite(before[rows[0]]).sum())
            found.append((rows[0], others[0], known, known))
    return found


def _by_content(rows: Floats) -> dict[bytes, list[int]]:
    found: dict[bytes, list[int]] = {}
    for i, row in enumerate(np.where(np.isfinite(rows), rows, np.nan) + 0.0):
        found.setdefault(row.tobytes(), []).append(i)
    return found


def _best_pairs(before: Floats, after: Floats) -> list[tuple[int, int, int, int]]:
    """Rows that are each the best match of the other, and clearly so."""
    both = np.isfinite(before)[:, None] & np.isfinite(after)[None]
    equal = both & (np.abs(before[:, None] - after[None]) <= 1e-9 * np.abs(before[:, None]))
    agreeing, compared = equal.sum(axis=2), both.sum(axis=2)
    informative = np.array([_says_enough(row) for row in before])[:, None]
    fits = informative & (compared >= MIN_COMPARED) & (agreeing >= MIN_AGREEING * compared)
    score = np.where(fits, agreeing, 0)
    found = []
    for i in np.flatnonzero(fits.any(axis=1)).tolist():
        j = int(score[i].argmax())
        alone = (score[i] == score[i, j]).sum() == 1 and (score[:, j] == score[i, j]).sum() == 1
        if alone and score[:, j].argmax() == i:
            found.append((i, j, int(agreeing[i, j]), int(compared[i, j])))
    return found


def _says_enough(row: Floats) -> bool:
    return len(np.unique(row[np.isfinite(row)])) >= MIN_DISTINCT
