"""What the long use cases come to: a forecast with all that is known about it, and what practice says of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac import __version__
from almanac.core.arrays import Floats
from almanac.core.problems import Problem
from almanac.core.series import Forecast
from almanac.wording.methods import MODEL, method_label
from almanac.wording.phrases import RangeSupport
from almanac.workflow.baselines import PlainMethod, by_method

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, Comparison, ReliabilityCurve, StepCorrelation
    from almanac.tables import ReadFile, Record

SERIES_NAMED = 50  # of each method, in what a workbook tells about itself


@dataclass(frozen=True)
class ForecastResult:
    """A forecast with the data it was made from, when it was made, and what practice runs say about it.

    ``range_note``: how the ranges came to be, in a sentence; ``baselines``: the series that are not forecast by the
    model, each with the plain method that forecasts it. ``backtest``: what practice runs showed; ``step_correlation``:
    how the steps of its misses hang together; ``reliability``: whether chance answers held; ``independent_checks``
    float64 [N]: how many independent checks stand behind the ranges of each series of the forecast, infinite where it
    never changed. None: not practised.
    """

    file: ReadFile
    forecast: Forecast
    created_at: datetime
    stopped_early: bool = False
    range_note: str = "As the model gives them."
    baselines: Mapping[str, PlainMethod] = field(default_factory=dict)
    backtest: BacktestReport | None = None
    step_correlation: StepCorrelation | None = None
    reliability: ReliabilityCurve | None = None
    independent_checks: Floats | None = None

    def range_support(self, i: int, level: float) -> RangeSupport:
        """What stands behind the range of series ``i`` of the forecast that promises ``level``."""
        if self.independent_checks is None:
            return RangeSupport.CHECKED
        if np.isinf(self.independent_checks[i]):
            return RangeSupport.CONSTANT
        from almanac.evaluation import enough_checks

        enough = enough_checks(float(self.independent_checks[i]), level)
        return RangeSupport.CHECKED if enough else RangeSupport.TOO_FEW_CHECKS

    @staticmethod
    def checks_needed(level: float) -> int:
        """How many independent checks a range that promises ``level`` needs; see ``evaluation.checks_needed``."""
        from almanac.evaluation import checks_needed

        return checks_needed(level)

    @property
    def methods(self) -> tuple[str, ...]:
        """By what each series of the forecast is forecast; empty when the model forecasts all."""
        names = self.forecast.names if self.baselines else ()
        return tuple(
            self.baselines[name].description if name in self.baselines else method_label(MODEL) for name in names
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything worth telling, from the reading to the forecast."""
        return self.file.findings + self.forecast.notes

    @property
    def record(self) -> Record:
        """How the file was read, to keep and to read it by again."""
        from almanac.tables import make_record

        return make_record(self.file, self.file.options, self.created_at)

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """What a person needs to make the same forecast again, as label and text."""
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
            ("Model", forecast.model),
            ("Model checksum (SHA-256)", forecast.checksum),
            ("Ran on", forecast.device),
            (
                "Best for this data",
                by_method(self.baselines, SERIES_NAMED) if self.baselines else "the model for every series",
            ),
            ("Ranges", self.range_note),
            ("Made", self.created_at.strftime("%Y-%m-%d %H:%M")),
            ("Almanac version", __version__),
        )


@dataclass(frozen=True)
class BacktestResult:
    """What practice runs say of a file. ``beside``: other methods on the same past, when asked for; ``better``: the
    series that a plain method serves clearly better, each with what that does; ``unseen``: see ``trust.Best``;
    ``notes``: the same in sentences."""

    report: BacktestReport
    beside: tuple[Comparison, ...]
    better: Mapping[str, str]
    unseen: float
    notes: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        unseen = round(self.unseen, 6) if np.isfinite(self.unseen) else None
        told = self.report.to_dict() | {"best_for_this_data": {"series": dict(self.better), "unseen_loss": unseen}}
        return told | ({"beside": [one.to_dict() for one in self.beside]} if self.beside else {})
