"""What the list of series shows: totals of groups and single series, with search and sorting.

Searching and sorting work on whole arrays instead of asking a proxy model cell by cell: ten thousand series take
milliseconds, not half a second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from almanac.core.arrays import Flags, Floats
from almanac.core.series import Forecast, SeriesSet
from almanac.core.summaries.usual import usual_levels, usual_words
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.spans import next_words
from almanac.desktop.pages.forecast.listing.group_rows import GroupRow
from almanac.desktop.pages.forecast.listing.list_order import ListOrder
from almanac.wording.phrases import decimals_for, forecast_decimals, from_to, sentence_start

Index = QModelIndex | QPersistentModelIndex
MAX_CHANGE = 9.99  # of what is usual; a larger share is no longer understood at a glance
MIN_COMPARED = 10  # things that usually happen in as many steps, before fewer or more is a share; chosen by judgement
NEXT, LIKELY, CHANGE, ROUGHLY, INDENT = (Qt.ItemDataRole.UserRole + k for k in range(1, 6))
MILLION = 1_000_000


class SeriesModel(QAbstractListModel):
    """One row for each group and series that the search finds, in the chosen order.

    A row is a number: that of a series in the forecast, or -1 less that of a group. ``checked``: bool [N], whether
    enough checks support the likely range of each series; None for all.
    """

    def __init__(self, series: SeriesSet, forecast: Forecast, checked: Flags | None = None) -> None:
        super().__init__()
        self.names = forecast.names
        self.whole: tuple[GroupRow, ...] = ()
        self.groups: tuple[GroupRow, ...] = ()
        self._forecast, self._checked = forecast, np.ones(len(forecast.names), bool) if checked is None else checked
        middle, low, high = forecast.shown
        usual = usual_levels(series)[series.positions(forecast.names)]
        points = middle if forecast.sums is None else forecast.point
        expected = _mean_of_steps(points)
        size = np.maximum(_mean_of_steps(np.abs(middle)), np.abs(usual) * 0.01)
        difference = _mean_of_open_steps(points, forecast.closed) - usual
        known = np.where(_too_few(forecast, usual), np.nan, difference)
        self._has_share, self._difference = series.has_share[series.positions(forecast.names)], known
        change = np.where(self._has_share, _share(known, np.abs(usual)), np.nan)
        self._change, self._usual = change, usual_words(forecast.frequency)
        growth = change if self._has_share.any() else known
        self._orders = ListOrder(self.names, expected, growth, _share(_mean_of_steps(high - low), size))
        self._group_order = ListOrder((), *(np.zeros(0) for _ in range(3)))
        self._expanded = -1
        self._shown = np.array(self._orders.positions("", 0), dtype=np.int64)

    def set_totals(self, growth: Floats, doubt: Floats) -> None:
        """Sort by how the totals of the series grow and how unsure they are, as shares, where known: float64 [N]."""
        self._orders = self._orders.with_totals(growth, doubt)

    def set_groups(self, whole: tuple[GroupRow, ...], groups: tuple[GroupRow, ...]) -> None:
        """List everything first, then these groups in place of single series; none: the series."""
        if [one.name for one in groups] != [one.name for one in self.groups]:
            self._expanded = -1
        self.whole, self.groups = whole, groups
        figures = (np.array([figure(one) for one in groups], np.float64) for figure in GroupRow.SORTED_BY)
        self._group_order = ListOrder(tuple(one.name for one in groups), *figures)

    def arrange(self, search: str, sort: int) -> None:
        """List what has every word of ``search`` in its name, in the order ``SORTS[sort]``."""
        self.beginResetModel()
        series = self._orders.positions(search, sort)
        rows: list[int] = []
        if not search.strip():
            rows += [-1 - g for g in range(len(self.whole))]
        if self.groups:
            rank = {i: k for k, i in enumerate(series)}
            for g in self._group_order.positions(search, sort):
                number = len(self.whole) + g
                rows.append(-1 - number)
                if number == self._expanded:
                    rows += sorted((i for i in self.groups[g].members if i in rank), key=rank.__getitem__)
        if not self.groups or search.strip():
            listed = {row for row in rows if row >= 0}
            rows += [i for i in series if i not in listed]
        self._shown = np.array(rows, dtype=np.int64)
        self.endResetModel()

    @property
    def spans(self) -> str:
        """Over what time the amounts are that are listed, as a caption: totals over the horizon, series of one step."""
        totals, one = (next_words(self._forecast.frequency, steps) for steps in (self._forecast.horizon, 1))
        groups, series = any(row < 0 for row in self.rows), self.found > 0
        if totals == one or not (groups and series):
            return sentence_start(totals if groups else one)
        return f"Totals: {totals}. Each series: {one}."

    @property
    def expanded(self) -> int:
        """The number of the group whose series are listed below it; -1 for none."""
        return self._expanded

    def expand(self, number: int) -> None:
        """Show the series of a group below it, at the next ``arrange``; -1: of none."""
        self._expanded = number

    def expand_group(self, row: int) -> bool:
        """Show the series of the group of a row, if it is a group of several; whether there is something to change."""
        number = -1 - row
        if number < len(self.whole) or number == self._expanded:
            return False
        self.expand(number)
        return True

    @property
    def found(self) -> int:
        """How many single series are listed."""
        return int((self._shown >= 0).sum())

    def knows(self, row: int) -> bool:
        """Whether there is such a series or group, listed or not."""
        return -len(self.whole) - len(self.groups) <= row < len(self.names)

    def group(self, row: int) -> GroupRow | None:
        """The group of a row, by its number; None for a series."""
        return None if row >= 0 else (*self.whole, *self.groups)[-1 - row]

    @property
    def rows(self) -> list[int]:
        """What is listed, from top to bottom."""
        found: list[int] = self._shown.tolist()
        return found

    def position(self, row: int) -> int:
        """Return the position in the forecast of the series in ``row``; below 0 for a group."""
        return int(self._shown[row])

    def row_of(self, position: int) -> int:
        """Return the row of a series of the forecast; -1 when the search hides it."""
        rows = np.flatnonzero(self._shown == position)
        return int(rows[0]) if len(rows) else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows that are listed."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the texts that ``SeriesDelegate`` paints, and what a screen reader says."""
        i = self.position(index.row())
        group = self.group(i)
        if group is not None:
            return group.text(role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[i]
        if role in TEXTS:
            return TEXTS[role](self, i)
        if role == INDENT:
            return self._expanded >= 0 and bool(self.groups) and index.row() > self.row_of(-1 - self._expanded) >= 0
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            texts = [self.names[i], self._next(i), self._likely(i), self._change_words(i)]
            if "usual" in texts[-1] and role == Qt.ItemDataRole.ToolTipRole:
                texts.append(f"Usual: {self._usual}")
            return ("\n" if role == Qt.ItemDataRole.ToolTipRole else ", ").join(filter(None, texts))
        return None

    def _next(self, i: int) -> str:
        return numbers.answer(self._forecast, i).about or "closed"

    def _likely(self, i: int) -> str:
        found = numbers.answer(self._forecast, i)
        span = f" in {found.span.removeprefix('next ')}" if self._forecast.is_rare(i) else ""
        likely = "likely" if self._checked[i] else "perhaps"
        return f"{likely} {from_to(found.low, found.high)}{span}" if found.low else ""

    def _change_words(self, i: int) -> str:
        if self._has_share[i]:
            return change_words(float(self._change[i]))
        return difference_words(float(self._difference[i]), forecast_decimals(self._forecast, i))

    def _roughly(self, i: int) -> str:
        """The likely range of a large amount, shorter."""
        low, high = (float(values[i, self._forecast.next_open(i)]) / MILLION for values in self._forecast.shown[1:])
        decimals = decimals_for(np.array([low, high]))
        return f"{numbers.number(low, decimals)} to {numbers.number(high, decimals)} million"


TEXTS = {
    NEXT: SeriesModel._next,
    LIKELY: SeriesModel._likely,
    CHANGE: SeriesModel._change_words,
    ROUGHLY: SeriesModel._roughly,
}


def _too_few(forecast: Forecast, usual: Floats) -> Flags:
    """Where so little happens over the horizon that a share of it says nothing: bool [N]. ``usual`` float64 [N]."""
    whole = forecast.decimals == 0 if forecast.decimals is not None else np.zeros(len(usual), dtype=bool)
    few: Flags = whole & ~(np.abs(usual) * forecast.horizon >= MIN_COMPARED)
    return few


def _mean_of_steps(values: Floats) -> Floats:
    """The mean of each series over the steps that have a value: float64 [N, H] to [N]; 0 where none has."""
    known = np.isfinite(values)
    means: Floats = np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return means


def _mean_of_open_steps(values: Floats, closed: Flags | None) -> Floats:
    """The same without closed steps, as what is usual is: float64 [N], NaN where a series is closed throughout."""
    if closed is None:
        return _mean_of_steps(values)
    return np.where(closed.all(axis=1), np.nan, _mean_of_steps(np.where(closed, np.nan, values)))


def _share(values: Floats, of: Floats) -> Floats:
    """Values as a share of others, whatever their unit: float64, same shape; 0 of 0 is 0, any other of 0 infinite."""
    shares = np.where(values == 0, 0.0, np.inf)
    with np.errstate(over="ignore"):
        return np.divide(values, of, out=shares, where=of > 0)


def change_words(change: float) -> str:
    """0.12 as "12% above usual"; empty where the past is close to zero, so that a share of it says nothing."""
    if not np.isfinite(change) or abs(change) > MAX_CHANGE:
        return ""
    percent = round(abs(change) * 100)
    if percent == 0:
        return "as usual"
    return f"{numbers.count(percent)}% {'above' if change > 0 else 'below'} usual"


def difference_words(difference: float, decimals: int) -> str:
    """1.2 as "1.2 above usual", in the unit of the series; empty where it is not known."""
    if not np.isfinite(difference):
        return ""
    size = numbers.rounded(abs(difference), decimals)
    if size == 0:
        return "as usual"
    return f"{numbers.number(size, decimals)} {'above' if difference > 0 else 'below'} usual"
