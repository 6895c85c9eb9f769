"""Totals that know of events: the effects of their parts, carried by the forecast of the total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.workflow.totalling.aligned_parts import AlignedParts

if TYPE_CHECKING:
    from almanac.evaluation import Forecaster
    from almanac.events import EventModel
    from almanac.totals import Grouping


@dataclass(frozen=True, eq=False)
class EventTotals:
    """The groups of ``grouping`` of the series of ``parts``, with what is ``known`` of the events of the file.

    ``rows`` int64 [N]: the positions of these series in the file.
    """

    known: EventModel
    parts: AlignedParts
    grouping: Grouping
    rows: Integers
    _cleaned: dict[int, SeriesSet] = field(default_factory=dict)

    @classmethod
    def of(
        cls, known: EventModel | None, parts: AlignedParts, grouping: Grouping, file: SeriesSet
    ) -> EventTotals | None:
        """None where no events are known."""
        return None if known is None else cls(known, parts, grouping, file.positions(parts.series.names))

    @property
    def learned(self) -> AlignedParts:
        """The parts without the values that are left out because of an event."""
        return replace(self.parts, series=self.known.learned.take(self.rows))

    def forecaster(self, base: Forecaster, rows_of: Callable[[SeriesSet], Integers]) -> Forecaster:
        """``base`` with the effects of events. ``rows_of``: the groups that the series it gets are."""

        def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
            groups, stage = rows_of(series), self.known.stage_of(series.last)
            made = yield from base(self._without_events(series, groups, stage), horizon, levels)
            at = series.positions(made.names)
            factor = np.ones((len(at), horizon))
            for one in np.unique(stage[at]):
                for first in np.unique(made.first[stage[at] == one]):
                    here = (stage[at] == one) & (made.first == first)
                    factor[here] = self._factors(int(one), int(first), horizon)[groups[at[here]]]
            means = None if made.means is None else made.means * factor
            return replace(made, quantiles=made.quantiles * factor[:, :, None], means=means)

        return forecast

    def _without_events(self, series: SeriesSet, groups: Integers, stage: Integers) -> SeriesSet:
        """Totals of the parts as they would have been without the events, as far as that was known at their ends."""
        values = series.values.copy()
        for k, (group, one) in enumerate(zip(groups.tolist(), stage.tolist(), strict=True)):
            total = self._total_at(one)
            start = int(series.first[k] - total.first[group])
            values[series.offsets[k] : series.offsets[k + 1]] = total[group][start : start + int(series.lengths[k])]
        return replace(series, values=values, raw_values=None)

    def _total_at(self, stage: int) -> SeriesSet:
        from almanac import totals

        if stage not in self._cleaned:
            cleaned = self.known.cleaned_at(stage).take(self.rows)
            self._cleaned[stage] = totals.aggregate(cleaned, self.grouping, self.parts.active)
        return self._cleaned[stage]

    def _factors(self, stage: int, first: int, horizon: int) -> Floats:
        """By how much events change each total in each step: float64 [G, H]; by the usual sizes of its parts."""
        size = np.nan_to_num(self._usual)[:, None]
        factors = self.known.factors(stage, self.rows, np.full(len(self.rows), first), horizon)
        changed, usual = self.grouping.sums(size * factors), self.grouping.sums(np.broadcast_to(size, factors.shape))
        return np.divide(changed, usual, out=np.ones_like(changed), where=usual > 0)

    @property
    def _usual(self) -> Floats:
        """The mean of each part's values without events: float64 [N]."""
        series = self.known.masked.take(self.rows)
        active = self.parts.active
        known = np.isfinite(series.values)
        count = np.add.reduceat(known.astype(np.float64), series.offsets[:-1])
        sums = np.add.reduceat(np.where(known, series.values, 0.0), series.offsets[:-1])
        return np.where(active, sums / np.maximum(count, 1), 0.0)
