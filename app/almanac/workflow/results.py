"""The results of the long use cases: a forecast with all that is known about it, and what a backtest says of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac import __version__
from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.events import EventEffect, EventSpread
from almanac.core.problems import Problem
from almanac.core.series import Forecast
from almanac.wording.accountability.governance import governance_summary
from almanac.wording.adjustments import adjusted_words
from almanac.wording.events import events_used
from almanac.wording.methods.made_by import model_words
from almanac.wording.methods.names import MODEL, method_label
from almanac.wording.methods.pooling import learning
from almanac.wording.phrases import RangeSupport
from almanac.wording.trust.backtest_notes import STOPPED_TOO_EARLY, UNCORRECTED, methods_used
from almanac.workflow.forecasts.event_use import NO_EVENTS, EventChoice

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, BacktestRuns, Comparison, StepCorrelation
    from almanac.tables import ReadFile, Record
    from almanac.workflow.adjusting.adjusted import Adjusted
    from almanac.workflow.history.kept import Kept
    from almanac.workflow.ordering.make_orders import Orders
    from almanac.workflow.totalling.hierarchy import Hierarchy

SUPPORT_BY_ANSWER = {"too_narrow": RangeSupport.TOO_NARROW, "too_wide": RangeSupport.TOO_WIDE}
MAX_NAMES = 50  # of each method, on the sheet About This Forecast


@dataclass(frozen=True)
class ForecastResult:
    """A forecast with the data it was made from, when it was made, and what a backtest says about it.

    ``stopped_early``: whether series are missing because the person stopped; ``range_note``: how the ranges came about,
    in a sentence; ``baselines``: the series that are not forecast by the model, each with the key of the baseline that
    forecasts it. None without a backtest: ``backtest``, its report; ``step_correlation``: how the errors of the steps
    depend on each other; ``backtest_runs``: its runs, corrected, to check chances by; ``independent_checks`` float64
    [N]: how many independent checks the ranges of each series of the forecast rest on, infinite where it never changed.
    ``without_checks``: what the ranges rest on where there is no backtest. ``pooling``: whether short series were
    allowed to learn from others. ``hierarchy``: the totals of
    groups of series, each forecast as a series; None where nothing is added up. ``events``: what is known of each
    event, the surest first; ``event_spreads``: how uncertain those to come are, for series of the forecast together;
    ``event_choice``: which events counted, besides columns of the file. ``orders``: how much
    to order, if asked for. ``adjusted``: the forecast as the person adjusted it, None where they did not. ``kept``:
    under which ids it is in the history, None where it is not meant to be.
    """

    file: ReadFile
    forecast: Forecast
    created_at: datetime
    stopped_early: bool = False
    range_note: str = UNCORRECTED
    baselines: Mapping[str, str] = field(default_factory=dict)
    backtest: BacktestReport | None = None
    step_correlation: StepCorrelation | None = None
    backtest_runs: BacktestRuns | None = None
    independent_checks: Floats | None = None
    without_checks: RangeSupport = RangeSupport.CHECKED
    pooling: bool = True
    hierarchy: Hierarchy | None = None
    events: tuple[EventEffect, ...] = ()
    event_spreads: tuple[EventSpread, ...] = ()
    event_choice: EventChoice = NO_EVENTS
    orders: Orders | None = None
    adjusted: Adjusted | None = None
    kept: Kept | None = None

    @property
    def plan(self) -> Forecast:
        """The forecast as the person adjusted it: what totals and orders are made of."""
        return self.forecast if self.adjusted is None else self.adjusted.forecast

    @property
    def without_practice(self) -> ForecastResult:
        """The same without its practice runs and totals: enough to adjust it, and quick to hand over."""
        return replace(self, backtest=None, backtest_runs=None, hierarchy=None, step_correlation=None, orders=None)

    @property
    def is_checked(self) -> bool:
        """Whether a backtest checked the ranges, as far as the history allows."""
        return self.backtest is not None

    @property
    def is_being_checked(self) -> bool:
        """Whether this is an early result, whose ranges practice runs are checking."""
        return self.without_checks is RangeSupport.UNDER_WAY

    @property
    def stopped_checking(self) -> ForecastResult:
        """The same, when the person has stopped the check."""
        return replace(self, without_checks=RangeSupport.STOPPED, range_note=STOPPED_TOO_EARLY)

    def range_support(self, i: int, level: float) -> RangeSupport:
        """What the range of series ``i`` of the forecast that promises ``level`` rests on."""
        return self.range_supports(level, slice(i, i + 1))[0]

    def range_supports(self, level: float, which: slice = slice(None)) -> tuple[RangeSupport, ...]:
        """What the ranges that promise ``level`` rest on, of every series of the forecast or of some."""
        if self.independent_checks is None:
            return (self.without_checks,) * len(self.forecast.names[which])
        from almanac.evaluation import enough_checks

        checks, names = self.independent_checks[which], self.forecast.names[which]
        held = self._held(names, level)
        each = zip(np.isinf(checks).tolist(), enough_checks(checks, level).tolist(), held, strict=True)
        return tuple(
            RangeSupport.CONSTANT if constant else support if enough else RangeSupport.TOO_FEW_CHECKS
            for constant, enough, support in each
        )

    def _held(self, names: tuple[str, ...], level: float) -> list[RangeSupport]:
        """Whether such ranges of these series held, where there are enough checks."""
        if self.backtest is None:
            return [RangeSupport.CHECKED] * len(names)
        answers = self.backtest.range_answers(names, level)
        return [SUPPORT_BY_ANSWER.get(answer, RangeSupport.CHECKED) for answer in answers]

    @staticmethod
    def checks_needed(level: float) -> int:
        """How many independent checks a range that promises ``level`` needs; see ``evaluation.checks_needed``."""
        from almanac.evaluation import checks_needed

        return checks_needed(level)

    @property
    def methods(self) -> tuple[str, ...]:
        """What each series of the forecast is forecast by, in words; empty when the model forecasts all."""
        names = self.forecast.names if self.baselines else ()
        return tuple(method_label(self.baselines.get(name, MODEL)) for name in names)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything a person should know, from the reading to the forecast."""
        adjusted = () if self.adjusted is None else self.adjusted.notes
        return self.file.findings + self.forecast.notes + adjusted

    @property
    def record(self) -> Record:
        """How the file was read, to save and to read it the same way again."""
        from almanac.tables import make_record

        return make_record(self.file, self.file.options, self.created_at)

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """What it takes to make the same forecast again, as label and text."""
        reading, forecast = self.file.reading, self.forecast
        return (
            ("File", reading.file),
            ("File checksum (SHA-256)", reading.sha256),
            ("Sheet", reading.sheet or "(the only one)"),
            ("When", reading.date_column or "(row order)"),
            ("What was forecast", ", ".join(reading.value_columns)),
            ("Split by", ", ".join(reading.series_columns) or "(not split)"),
            ("Rhythm", reading.frequency.name),
            ("How far ahead", reading.frequency.duration(forecast.horizon)),
            ("Model", model_words(forecast)),
            ("Model checksum (SHA-256)", forecast.checksum),
            ("Ran on", forecast.device),
            ("Learning from other series", learning(self.forecast.donors, self.pooling)),
            ("Events", events_used(self.events)),
            ("Adjusted by you", "No" if self.adjusted is None else adjusted_words(len(self.adjusted.applied))),
            ("Best for this data", methods_used(self.baselines, MAX_NAMES)),
            ("Ranges", self.range_note),
            ("Made", self.created_at.strftime("%Y-%m-%d %H:%M")),
            ("Almanac version", __version__),
            ("Governance", f"{governance_summary()} (Help, How Almanac Is Governed)"),
        )


@dataclass(frozen=True)
class BacktestResult:
    """What a backtest says of a file.

    ``comparison``: other methods on the same past, when asked for; ``better``: the series that a baseline forecasts
    clearly better, each with the key of that baseline; ``unseen_loss``: see ``evaluation.Selection``; ``notes``: the
    same in sentences; ``frequency``: of the series; ``pooling``: whether short ones were allowed to learn from others;
    ``events``: what is known of each event.
    """

    report: BacktestReport
    comparison: tuple[Comparison, ...]
    better: Mapping[str, str]
    unseen_loss: float
    notes: tuple[Problem, ...]
    frequency: Frequency
    pooling: bool = True
    events: tuple[EventEffect, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        unseen = round(self.unseen_loss, 6) if np.isfinite(self.unseen_loss) else None
        found = self.report.to_dict() | {"best_for_this_data": {"series": dict(self.better), "unseen_loss": unseen}}
        found["pooling"] = self.pooling
        found["events"] = [event.to_dict() for event in self.events]
        return found | ({"comparison": [one.to_dict() for one in self.comparison]} if self.comparison else {})
