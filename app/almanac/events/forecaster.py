"""Forecasts that know of events: what is left out, what is measured, and a forecaster that carries it.

``learn`` gives an ``EventModel``; its ``forecaster`` takes another forecaster and makes one that forecasts the history
without the events and adds the effects of those to come. In a backtest it uses, at each cut-off, only what had been
measured by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from almanac.core.arrays import Flags, Floats, Integers
from almanac.core.calendar.frequency import Unit
from almanac.core.entered.events import (
    LEFT_OUT_KINDS,
    MEASURED_KINDS,
    NOTHING_KINDS,
    Event,
    EventColumn,
    EventEffect,
    EventSpread,
)
from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.core.summaries.decimals import decimals_of
from almanac.events.dates.calendars import Periods, Term, column_term, dated_terms, periods_of
from almanac.events.dates.touched import touched
from almanac.events.effects.apply import MIN_LEFT, Owners, with_effects, without_effects
from almanac.events.effects.measure import Effects, measure
from almanac.events.effects.practice import Observations, PracticeBudget, WindowRuns, observe, plan_windows

Forecaster = Callable[[SeriesSet, int, Sequence[float]], Job[Forecast]]
# Runs practice forecasts: of series, from windows (series and points before each), so many steps ahead.
Backtest = Callable[[SeriesSet, Integers, Integers, int], Job[WindowRuns]]
LATEST = 10**9  # the stage of all that is known now
STAGES = 12  # cut-offs at which effects are measured again in a backtest; chosen by judgement
_UNMASKED = (Unit.MONTH, Unit.QUARTER, Unit.YEAR)  # too few periods to leave any out before effects are measured


@dataclass(frozen=True, eq=False)
class EventModel:
    """What is known of the events of N series.

    ``learned``: the series of which models learn, with the values of left-out events missing; ``masked``: also without
    those of events that are measured; ``closures``: terms of closures and times out of stock; ``terms``: what is
    measured; ``effects``: as known now; ``relative``: bool [N], series whose effects are shares of their value;
    ``found``: what is known of each event; ``stages``: from which position on which effects were known, the earliest
    first.
    """

    learned: SeriesSet
    masked: SeriesSet
    periods: Periods
    terms: tuple[Term, ...]
    closures: tuple[Term, ...]
    effects: Effects
    relative: Flags
    found: tuple[EventEffect, ...] = ()
    stages: tuple[tuple[int, Effects], ...] = ()

    def forecaster(self, base: Forecaster, rows_of: Callable[[SeriesSet], Integers]) -> Forecaster:
        """``base`` with the effects of events. ``rows_of``: the positions, among the N, of the series it gets."""

        def forecast(series: SeriesSet, horizon: int, levels: Sequence[float]) -> Job[Forecast]:
            rows = rows_of(series)
            scale = self._usual_change(series, rows)
            owners = Owners(rows, self.relative, scale, self.periods.start)
            cleaned = self._cleaned(series, owners)
            made = yield from base(cleaned, horizon, levels)
            at = cleaned.positions(made.names)
            carried = self._carried(made, replace(owners, rows=rows[at], scale=owners.scale[at]))
            if made.decimals is None or cleaned is series:
                return carried
            return replace(
                carried, decimals=decimals_of(series)[at]
            )  # counts stay counts, whatever they are cleaned of

        return forecast

    def _usual_change(self, series: SeriesSet, rows: Integers) -> Floats:
        """The usual change of each series whose effects are counted in it, without the events; 1 for the others."""
        shifted = ~self.relative[rows]
        if not shifted.any():
            return np.ones(len(series))
        on = touched(series, [term for term in self.terms if term.offset == 0], self.periods, rows)
        return usual_change(replace(series, values=np.where(on, np.nan, series.values), raw_values=None), shifted)

    def _cleaned(self, series: SeriesSet, owners: Owners) -> SeriesSet:
        """The series without the effects that were known at the end of each."""
        if not self.terms:
            return series
        values = series.values.copy()
        stage = self.stage_of(series.last)
        for one in np.unique(stage):
            effects = self._effects(int(one))
            kept = without_effects(series, owners, effects, self.terms).values
            inside = np.repeat(stage == one, series.lengths)
            values[inside] = kept[inside]
        return replace(series, values=values, raw_values=None)

    def _carried(self, forecast: Forecast, owners: Owners) -> Forecast:
        """The forecast with the effects that were known at its beginning, and nothing in ``closures``."""
        stage = self.stage_of(forecast.first - 1)
        quantiles, means = forecast.quantiles.copy(), None if forecast.means is None else forecast.means.copy()
        for one in np.unique(stage):
            made = with_effects(forecast, owners, self._effects(int(one)), self.terms)
            quantiles[stage == one] = made.quantiles[stage == one]
            if means is not None and made.means is not None:
                means[stage == one] = made.means[stage == one]
        closed = self.closed(owners.rows, forecast.first, forecast.horizon)
        if closed.any():
            quantiles *= (1 - closed)[:, :, None]
            means = None if means is None else means * (1 - closed)
        return replace(forecast, quantiles=quantiles, means=means)

    def closed(self, rows: Integers, first: Integers, horizon: int) -> Floats:
        """The share of each step that ``closures`` take: float64 [R, H], for series that begin at these periods."""
        positions = first[:, None] - self.periods.start + np.arange(horizon)
        closed = np.zeros(positions.shape)
        for term in self.closures:
            closed = np.maximum(closed, term.at(rows[:, None], positions))
        return closed

    def spreads(self, forecast: Forecast, rows: Integers) -> tuple[EventSpread, ...]:
        """How uncertain the effects in a forecast that carries them are, one occurrence after the other.

        ``rows`` int64 [R]: the positions among the N of the series of the forecast.
        """
        positions = forecast.first[:, None] - self.periods.start + np.arange(forecast.horizon)
        factor = self.factors(LATEST, rows, forecast.first, forecast.horizon)
        share = self.relative[rows][:, None]
        usual = np.divide(np.maximum(forecast.median, 0.0), factor, out=np.zeros_like(factor), where=factor > MIN_LEFT)
        size = np.where(share, usual, self._usual_change(self.learned.take(rows), rows)[:, None])
        found = []
        for k, term in enumerate(self.terms):
            spread = self.effects.shared[rows, k][:, None] * np.abs(term.at(rows[:, None], positions)) * size
            series, steps = np.nonzero(spread)
            begins = term.begins(rows[series], positions[series, steps])
            for begin in np.unique(begins):
                here = begins == begin
                found.append(EventSpread(series[here], steps[here], spread[series[here], steps[here]]))
        return tuple(found)

    @property
    def only_shares(self) -> bool:
        """Whether all effects are shares of a value: then those of several series can be added up."""
        return not self.terms or bool(self.relative.all())

    def cleaned_at(self, stage: int) -> SeriesSet:
        """The series without left-out events, and without the effects that were known at a stage of ``stage_of``."""
        everyone = np.arange(len(self.learned))
        owners = Owners(everyone, self.relative, self._usual_change(self.learned, everyone), self.periods.start)
        series = self.learned.without_repairs
        return without_effects(series, owners, self._effects(stage), self.terms) if self.terms else series

    def factors(self, stage: int, rows: Integers, first: Integers, horizon: int) -> Floats:
        """What the steps of series are multiplied by, as far as it was known: float64 [R, H]; see ``only_shares``."""
        positions = first[:, None] - self.periods.start + np.arange(horizon)
        factor = 1 - self.closed(rows, first, horizon)
        effects = self._effects(stage)
        for k, term in enumerate(self.terms):
            factor *= np.maximum(1 + effects.sizes[rows, k][:, None] * term.at(rows[:, None], positions), 0.0)
        return factor

    def stage_of(self, last: Integers) -> Integers:
        """Which stage's effects were known at the end of these periods: int64, -1 for none, the last for all."""
        if not self.stages:
            return np.full(len(last), 0)
        known = np.array([position for position, _ in self.stages])
        return np.searchsorted(known, last - self.periods.start, side="right") - 1

    def _effects(self, stage: int) -> Effects:
        if stage == LATEST:
            return self.effects
        if stage < 0:
            return Effects.none(len(self.relative), len(self.terms))
        return self.stages[stage][1] if self.stages else self.effects


def learn(
    series: SeriesSet,
    events: tuple[Iterable[Event], Iterable[EventColumn]],
    horizon: int,
    backtest: Backtest,
    budget: PracticeBudget,
) -> Job[EventModel]:
    """Leave out what is no part of the usual course, and measure what repeated events do.

    ``events``: those with dates, and columns of the file. Raises ``ValueError`` for series without dates.
    """
    dated, columns = list(events[0]), list(events[1])
    periods = periods_of(series, horizon)
    found = dated_terms(dated, series, periods)
    found += [term for column in columns if (term := column_term(column, series, periods)) is not None]
    hidden = touched(series, [term for term in found if term.kind in LEFT_OUT_KINDS], periods)
    raw = series.raw_values
    learned = replace(
        series,
        values=np.where(hidden, np.nan, series.values),
        raw_values=None if raw is None else np.where(hidden, np.nan, raw),
    )
    raw_series = learned.without_repairs
    terms = tuple(term for term in found if term.kind in MEASURED_KINDS)
    fine = series.frequency.unit not in _UNMASKED
    on = touched(series, [term for term in terms if term.offset == 0 and fine], periods)
    masked = replace(raw_series, values=np.where(on & _enough_left(raw_series, on), np.nan, raw_series.values))
    relative = np.array([series.measure(i).kind != "level" for i in range(len(series))]) & (series.lower_bound == 0)
    model = EventModel(
        learned=learned,
        masked=masked,
        periods=periods,
        terms=terms,
        closures=tuple(term for term in found if term.kind in NOTHING_KINDS),
        effects=Effects.none(len(series), len(terms)),
        relative=relative,
        found=tuple(_left_out(series, term, periods) for term in found if term.kind in LEFT_OUT_KINDS),
    )
    if not terms:
        return model
    seen = yield from _observations(model, raw_series, backtest, budget)
    if seen is None:
        unseen = tuple(EventEffect(term.name, term.kind, term.offset) for term in terms)
        return replace(model, found=(*model.found, *_dated(unseen, terms, periods, int(series.last.max()))))
    effects = measure(seen, terms, relative)
    said = _dated(effects.found, terms, periods, int(series.last.max()))
    return replace(model, effects=effects, found=(*model.found, *said), stages=_stages(seen, terms, relative))


def _observations(
    model: EventModel, series: SeriesSet, backtest: Backtest, budget: PracticeBudget
) -> Job[Observations | None]:
    """What happened at past events and what was expected; None when there is too little history to tell."""
    owners, points, steps = plan_windows(series, model.terms, model.periods.start, budget)
    if not len(owners):
        return None
    runs = yield from backtest(model.masked, owners, points, steps)
    seen = observe(series, runs, model.terms, model.periods.start, model.relative)
    return seen if len(seen.series) else None


def _left_out(series: SeriesSet, term: Term, periods: Periods) -> EventEffect:
    """An event whose values are left out, with how many there are."""
    hidden = touched(series, [term], periods) & np.isfinite(series.values)
    labels, to_come = _dates(term, periods, int(series.last.max()))
    return EventEffect(
        term.name,
        term.kind,
        term.offset,
        dates=labels,
        to_come=to_come,
        seen=len(labels) - to_come,
        left_out=int(hidden.sum()),
    )


def _dated(
    effects: Sequence[EventEffect], terms: Sequence[Term], periods: Periods, last: int
) -> tuple[EventEffect, ...]:
    """The effects with their dates; ``last``: the last period of the history. They are those of ``terms``, in turn."""
    dated = []
    for k, effect in enumerate(effects):
        labels, to_come = _dates(terms[k % len(terms)], periods, last)
        dated.append(replace(effect, dates=labels, to_come=to_come))
    return tuple(dated)


def _dates(term: Term, periods: Periods, last: int) -> tuple[tuple[str, ...], int]:
    """When a term begins, as labels of periods, and how often after ``last``."""
    there: Flags = np.any(np.abs(term.calendar) > 0, axis=0)
    begins = np.flatnonzero(there & ~np.concatenate([[False], there[:-1]])) + periods.start
    return tuple(periods.frequency.label(int(number)) for number in begins), int((begins > last).sum())


def _stages(seen: Observations, terms: Sequence[Term], relative: Flags) -> tuple[tuple[int, Effects], ...]:
    """The effects as they were known at several positions of the past, each with the position from which on."""
    ends = np.unique(seen.known)
    chosen = np.unique(ends[np.linspace(0, len(ends) - 1, min(STAGES, len(ends))).round().astype(int)])
    return tuple((int(until), measure(seen, terms, relative, int(until))) for until in chosen)


def _enough_left(series: SeriesSet, touched: Flags) -> Flags:
    """The points of series that keep at least half of their values without the ``touched`` ones: bool [points]."""
    known = np.isfinite(series.values)
    left = np.add.reduceat((known & ~touched).astype(np.int64), series.offsets[:-1])
    return np.repeat(2 * left >= np.add.reduceat(known.astype(np.int64), series.offsets[:-1]), series.lengths)


def usual_change(series: SeriesSet, which: Flags) -> Floats:
    """The mean change from one season to the next, or from one period to the next: float64 [N], 1 where not asked for.

    ``which``: bool [N].
    """
    changes = np.ones(len(series))
    for i in np.flatnonzero(which):
        values, season = series[int(i)], series.frequency.season_length
        lag = season if len(values) > 2 * season else 1
        change = np.abs(values[lag:] - values[:-lag])
        known = change[np.isfinite(change)]
        changes[i] = known.mean() if len(known) else 0.0
    return changes
