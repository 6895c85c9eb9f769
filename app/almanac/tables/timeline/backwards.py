"""Dates that run backwards in a file that is otherwise in order: a year, month or day that was typed wrong.

Only the order of the rows can show such dates, so each series is looked at by itself, and a file that is sorted by
something else shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from almanac.core.arrays import Flags, Integers, Timestamps
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY

# All chosen by judgement.
_MIN_ROWS = 6
_MAX_DESCENTS, _MAX_DESCENT_SHARE = 200, 0.05  # steps back, in all and as a share: more of them, and no order is meant
_LONG_STEP = 3  # times the usual step, from which on a step is a break
_MAX_PIECES = 2000
_MAX_WRONG, _MAX_WRONG_BY_YEARS = 1 / 3, 0.05  # share of rows: wrong by a year or less, and by several years
_FAR = 20 * SECONDS_PER_DAY  # a step back, from which on rows in no order are worth a word
_CLOSE = 5 * SECONDS_PER_DAY  # to a neighbour, for dates in no even steps


@dataclass(frozen=True, eq=False)
class Backwards:
    """The N rows of a table. ``written``: their dates in the file, datetime64[s]; ``when``: the same, corrected where
    they were typed wrong; ``mistyped``: bool, where that is; ``moved``: bool, other rows whose dates go far back.
    """

    written: Timestamps
    when: Timestamps
    mistyped: Flags
    moved: Flags


@dataclass(frozen=True, eq=False)
class _Run:
    """The dates of one series in the order of its rows (int64 seconds), oldest first; ``usual``: the usual step."""

    times: Integers
    usual: int
    repeats: bool

    @classmethod
    def of(cls, times: Integers) -> _Run:
        """The run of these dates."""
        steps = np.diff(times)
        rising = steps[steps > 0]
        usual = int(np.median(rising)) if len(rising) else SECONDS_PER_DAY
        return cls(times, usual, bool((steps == 0).mean() > _MAX_DESCENT_SHARE))

    @property
    def near(self) -> int:
        """How far from a neighbour a date may be."""
        return max(_LONG_STEP * self.usual, _CLOSE if self.repeats else 0)


def _never_falls(when: Timestamps, groups: Integers) -> bool:
    """Whether all dates, or those of each series, follow one another, as in most large files: seen without a copy."""
    falls = when[1:] < when[:-1]
    if not falls.any() or not (when[1:] > when[:-1]).any():
        return True
    grouped = bool((groups[1:] >= groups[:-1]).all())
    return grouped and not (falls & (groups[1:] == groups[:-1])).any()


def find_backwards(when: Timestamps, groups: Integers) -> Backwards | None:
    """The rows whose dates run backwards, or None. ``groups``: int64 [N], the series of each row."""
    if _never_falls(when, groups):
        return None
    order = np.argsort(groups, kind="stable")
    times, group = when[order].astype(np.int64), groups[order]
    inside = group[1:] == group[:-1]
    steps = np.diff(times)
    rising, falling = int((steps[inside] > 0).sum()), int((steps[inside] < 0).sum())
    if falling > rising:
        order, times, group = order[::-1], times[::-1], group[::-1]
        inside, steps = inside[::-1], steps[::-1]
        falling = rising
    if not 0 < falling <= min(_MAX_DESCENTS, max(2, _MAX_DESCENT_SHARE * inside.sum())):
        return None
    corrected, mistyped, moved = times.copy(), np.zeros(len(times), dtype=bool), np.zeros(len(times), dtype=bool)
    for number in np.unique(group[1:][inside & (steps < 0)]).tolist():
        rows = np.flatnonzero(group == number)
        run = _Run.of(times[rows])
        if len(rows) < _MIN_ROWS:
            continue
        for piece in _odd_pieces(run):
            better = _corrected(run, piece)
            if better is not None:
                corrected[rows[piece.rows]], mistyped[rows[piece.rows]] = better, True
            elif piece.goes_far_back(run):
                moved[rows[piece.rows]] = True
    if not (mistyped.any() or moved.any()):
        return None
    back = np.argsort(order)
    return Backwards(when, corrected[back].astype("datetime64[s]"), mistyped[back], moved[back])


@dataclass(frozen=True, eq=False)
class _Piece:
    """Rows that follow one another evenly but do not fit where they are: from ``start`` to before ``stop``.

    ``before``, ``after``: the dates of the rows around them that do fit; None at an end.
    """

    start: int
    stop: int
    before: int | None
    after: int | None

    @property
    def rows(self) -> slice:
        """Where they are in the run."""
        return slice(self.start, self.stop)

    def fits(self, run: _Run, times: Integers) -> bool:
        """Whether these dates would fit: between those around them, close to one, and not the same as one."""
        low, high = self.before, self.after
        apart = 0 if run.repeats else 1
        if (low is not None and times[0] < low + apart) or (high is not None and times[-1] > high - apart):
            return False
        near = (low is not None and times[0] - low <= run.near, high is not None and high - times[-1] <= run.near)
        return all(near) if low is not None and high is not None else any(near)

    def unevenness(self, run: _Run, times: Integers) -> int:
        """How far these dates would be from the usual step to those around them, in seconds."""
        steps = [] if self.before is None else [int(times[0]) - self.before]
        steps += [] if self.after is None else [self.after - int(times[-1])]
        return sum(abs(step - run.usual) for step in steps)

    def goes_far_back(self, run: _Run) -> bool:
        """Whether their dates are long before the row above them, or long after the one below."""
        times = run.times[self.rows]
        back = 0 if self.before is None else self.before - int(times[0])
        return max(back, 0 if self.after is None else int(times[-1]) - self.after) >= _FAR

    def belongs_elsewhere(self, run: _Run) -> bool:
        """Whether their dates fill a gap between others, or go on right before the first row.

        Such rows were written down late, or the parts of the file are in another order. Where dates repeat, as in lists
        of events, every date has others near it, so this says nothing.
        """
        if run.repeats:
            return False
        own = run.times[self.rows]
        others = np.sort(np.delete(run.times, np.arange(self.start, self.stop)))
        if np.isin(own, others).any():
            return False
        place = int(np.searchsorted(others, own[0]))
        if place != int(np.searchsorted(others, own[-1], side="right")):
            return False
        steps = (
            int(own[0] - others[place - 1]) if place > 0 else None,
            int(others[place] - own[-1]) if place < len(others) else None,
        )
        if steps[0] is None and self.before is not None and self.after is not None:
            return False  # one more row before the first, written down among others: not likely
        even = [step is None or run.usual <= step <= run.near for step in steps]
        return all(even) and steps[1] is not None


def _odd_pieces(run: _Run) -> list[_Piece]:
    """The pieces of a run that are not in order: the fewest rows without which the others rise."""
    times = run.times
    steps = np.diff(times)
    breaks = np.flatnonzero((steps < 0) | (steps > _LONG_STEP * run.usual)) + 1
    if len(breaks) > _MAX_PIECES:
        breaks = np.flatnonzero(steps < 0) + 1
    starts = np.concatenate([[0], breaks])
    stops = np.concatenate([breaks, [len(times)]])
    kept = _in_order(times[starts], times[stops - 1], stops - starts)
    odd = np.flatnonzero(~kept)
    if (stops - starts)[odd].sum() > _MAX_WRONG * len(times):
        return []
    pieces = []
    for n in odd.tolist():
        earlier, later = np.flatnonzero(kept[:n]), np.flatnonzero(kept[n + 1 :])
        before = int(times[stops[earlier[-1]] - 1]) if len(earlier) else None
        after = int(times[starts[n + 1 + later[0]]]) if len(later) else None
        pieces.append(_Piece(int(starts[n]), int(stops[n]), before, after))
    return _joined(pieces)


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that follow one another directly and rise together as one: a block with a gap in it."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.stop == piece.start:
            joined[-1] = _Piece(last.start, piece.stop, last.before, piece.after)
        else:
            joined.append(piece)
    return joined


def _in_order(first: Integers, last: Integers, sizes: Integers) -> Flags:
    """Which pieces to keep so that as many rows as possible rise: bool [n]."""
    best, before = sizes.astype(np.int64).copy(), np.full(len(sizes), -1)
    for n in range(1, len(sizes)):
        possible = np.where(last[:n] <= first[n], best[:n], 0)
        place = int(possible.argmax())
        if possible[place] > 0:
            best[n] += possible[place]
            before[n] = place
    kept = np.zeros(len(sizes), dtype=bool)
    n = int(best.argmax())
    while n >= 0:
        kept[n] = True
        n = int(before[n])
    return kept


def _corrected(run: _Run, piece: _Piece) -> Integers | None:
    """The dates of a piece with one part corrected, so that they fit; None when no single part explains them."""
    times = run.times[piece.rows]
    if (np.diff(times) < 0).any() or piece.belongs_elsewhere(run):
        return None
    fitting = [better for better in _candidates(run, piece) if piece.fits(run, better)]
    return min(fitting, key=lambda better: piece.unevenness(run, better), default=None)


def _candidates(run: _Run, piece: _Piece) -> Iterator[Integers]:
    """Other readings of the dates of a piece, the likeliest first: another year, then month, day, or both swapped."""
    times = run.times[piece.rows]
    around = [time for time in (piece.before, piece.after) if time is not None]
    share = len(times) / len(run.times)
    years = {_year(time) - _year(int(own)) for time in around for own in (times[0], times[-1])}
    years |= {year + 1 for year in years}
    for years_later in sorted(years - {0}, key=abs):
        if abs(years_later) == 1 or share <= _MAX_WRONG_BY_YEARS:
            yield from _months_later(times, 12 * years_later)
    if len(times) > 1 or run.repeats:
        return
    months = {_month(time) - _month(int(times[0])) for time in around}
    for months_later in sorted(months - {0}, key=abs):
        if abs(months_later) < 12:
            yield from _months_later(times, months_later)
    yield from _swapped(times)
    if piece.before is not None and piece.after is not None and piece.after - piece.before == 2 * run.usual:
        between = np.array([piece.before + run.usual])
        if _month(int(between[0])) == _month(int(times[0])):
            yield between


def _months_later(times: Integers, months: int) -> Iterator[Integers]:
    """The dates that many months later, where every one of them exists."""
    when = times.astype("datetime64[s]")
    month = when.astype("datetime64[M]")
    into = when - month.astype("datetime64[s]")
    later = (month + months).astype("datetime64[s]") + into
    if np.array_equal(later.astype("datetime64[M]"), month + months):
        yield later.astype(np.int64)


def _swapped(times: Integers) -> Iterator[Integers]:
    """The dates with day and month swapped, where every one of them exists."""
    when = times.astype("datetime64[s]")
    day = when.astype("datetime64[D]")
    month = when.astype("datetime64[M]")
    number = (day - month.astype("datetime64[D]")).astype(np.int64)  # from 0
    if (number < 12).all():
        year = when.astype("datetime64[Y]")
        of_year = (month - year.astype("datetime64[M]")).astype(np.int64)
        swapped = (year.astype("datetime64[M]") + number).astype("datetime64[D]") + of_year
        yield (swapped.astype("datetime64[s]") + (when - day)).astype(np.int64)


def _year(time: int) -> int:
    return int(np.datetime64(time, "s").astype("datetime64[Y]").astype(np.int64))


def _month(time: int) -> int:
    return int(np.datetime64(time, "s").astype("datetime64[M]").astype(np.int64))
