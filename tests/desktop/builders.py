"""What the worker would hand to the window, made by hand from plain numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from almanac import history
from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import MONTHLY, Frequency
from almanac.core.distribution.levels import DEFAULT_LEVELS
from almanac.core.entered.events import Event, EventKind, Span
from almanac.core.jobs import run
from almanac.core.problems import Choice, Finding
from almanac.core.series import Forecast, SeriesSet
from almanac.evaluation import Scores
from almanac.history import Project, Run
from almanac.tables.reading import Preview, Question, ReadFile, Reading, SheetInfo
from almanac.workflow.history.browse import HistoryOverview, ProjectSummary
from almanac.workflow.history.compare import ForecastChange, RunComparison
from almanac.workflow.results import ForecastResult
from almanac.workflow.updates.alerts import OpenAlert
from almanac.workflow.updates.comparison import compare_readings
from almanac.workflow.updates.new_data import Accepted, Proposal
from almanac.workflow.updates.outcome import SeriesOutcome, outcome_of
from almanac.workflow.updates.scoring import GivenForecast, score_forecasts

ACTIONS = (AlertAction.MARK_ONE_OFF, AlertAction.KEEP_WATCHING)
PRODUCTS = ("Apples", "Beer", "Bread", "Coffee", "Eggs", "Flowers", "Ice cream", "Milk", "Newspapers", "Soup")
FINDINGS = (
    Finding(
        "duplicate_rows",
        "3 rows are exact duplicates.",
        "They have the same date and the same values as an earlier row, and count once.",
        "Keep all if they are separate events.",
        3,
        (4212, 7779, 9003),
        asks=True,
        choices=(
            Choice("Count once", (("repairs", (("duplicate_rows", "once"),)),), "Each of them counts once."),
            Choice("Keep all", (("repairs", (("duplicate_rows", "keep"),)),), "They count as separate events."),
        ),
    ),
    Finding(
        "gaps",
        "Soup has no value for 2 months.",
        "Your data is monthly.",
        "They stay missing. You can count them as zero or fill them in.",
        2,
        choices=(
            Choice("Leave missing", (("gaps", "leave"),), "They stay missing; nothing is filled in."),
            Choice("Count as zero", (("gaps", "zero"),), "They count as zero."),
            Choice(
                "Fill in between", (("gaps", "interpolate"),), "They are filled with values between their neighbours."
            ),
        ),
    ),
)
DAY_OR_MONTH = Question(
    "day_or_month",
    "We read 03/04/2025 as 3 April 2025. Is that right?",
    (
        Choice("3 April 2025", (("day_first", True),)),
        Choice("4 March 2025", (("day_first", False),)),
    ),
    "03/04/2025",
)

ROWS = Preview(
    ("Month", "Product", "Sold", "Remark"),
    ("ignored",) * 4,
    (("2025-03", "Milk", "212", ""), ("2026-01", "Soup", "87", ""), ("2026-04", "Beer", "301", "counted again")),
    (4212, 7779, 9003),
    1,
)


def with_sheets(file: ReadFile) -> ReadFile:
    """The same, as the first sheet of a workbook of three."""
    sheets = (SheetInfo("Sales", 660, 4, True), SheetInfo("Costs", 240, 3, True), SheetInfo("Notes", 12, 1, False))
    return replace(file, reading=replace(file.reading, file="corner-shop.xlsx", sheet="Sales"), sheets=sheets)


def names_of(count: int) -> tuple[str, ...]:
    return PRODUCTS[:count] if count <= len(PRODUCTS) else tuple(f"Product {k:05d}" for k in range(count))


def read_file(
    count: int = 10,
    points: int = 66,
    frequency: Frequency = MONTHLY,
    findings: tuple[Finding, ...] = (),
    questions: tuple[Question, ...] = (),
) -> ReadFile:
    """``count`` growing seasonal series that end in June 2026 when they are monthly."""
    t = np.arange(points)
    noise = np.random.default_rng(1).standard_normal((count, points))
    level = 100 + 40 * (np.arange(count) % 7)[:, None]
    season = 1 + 0.18 * np.sin(2 * np.pi * t / frequency.season_length)
    values = np.round(level * season * (1 + 0.003 * t) + 6 * noise)
    names = names_of(count)
    first = 678 - points  # 678 months after January 1970 is July 2026
    series = SeriesSet(
        names=names,
        values=values.ravel().astype(np.float64),
        offsets=np.arange(count + 1, dtype=np.int64) * points,
        first=np.full(count, first, np.int64),
        frequency=frequency,
        key_columns=("Product",),
        keys=tuple((name,) for name in names),
        findings=findings,
    )
    columns = ("Month", "Product", "Sold", "Remark")
    roles = ("date", "series", "value", "ignored")
    rows = tuple(
        (frequency.label(first + k // count), names[k % count], f"{values[k % count, k // count]:.0f}", "")
        for k in range(min(40, count * points))
    )
    reading = Reading(
        file="corner-shop.csv",
        sha256="0" * 64,
        sheet=None,
        encoding="utf-8",
        delimiter=",",
        decimal=".",
        header_row=1,
        columns=columns,
        roles=roles,
        date_column="Month",
        date_format="year-month",
        value_columns=("Sold",),
        series_columns=("Product",),
        layout="long",
        frequency=frequency,
        rows=count * points,
        questions=questions,
    )
    preview = Preview(columns, roles, rows, tuple(range(2, len(rows) + 2)), 1)
    return ReadFile(reading, series, preview, findings)


def repeating() -> ReadFile:
    """Six series that repeat a jagged season almost exactly, which no model draws as well as a copy does."""
    file, rng = read_file(6, points=144), np.random.default_rng(2)
    season = rng.permutation(np.linspace(10, 300, 12))
    values = [np.tile(season * rng.uniform(1, 5), 12) + rng.normal(0, 0.01, 144) for _ in range(6)]
    return replace(file, series=replace(file.series, values=np.concatenate(values).round(2)))


def mixed() -> ReadFile:
    """Ten products as usual, but the last but one never changes, and the last is sold now and then."""
    file, rng = read_file(10, points=84), np.random.default_rng(0)
    values = file.series.values.reshape(10, 84).copy()
    values[8] = 7.0
    values[9] = np.where(rng.random(84) < 0.15, rng.integers(1, 9, 84), 0.0)
    return replace(file, series=replace(file.series, values=values.ravel()))


def result(file: ReadFile, horizon: int = 12, *, stopped_early: bool = False) -> ForecastResult:
    """Last year again, with ranges that widen."""
    series = file.series
    levels = np.array(DEFAULT_LEVELS)
    z = np.array([-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816])
    season = series.frequency.season_length
    last = np.array([one[-season:] for one in series])[:, np.arange(horizon) % season]
    spread = np.abs(last).mean(axis=1, keepdims=True) * 0.06 * np.sqrt(1 + np.arange(horizon) / 4)
    forecast = Forecast(
        names=series.names,
        first=series.last + 1,
        frequency=series.frequency,
        levels=levels,
        quantiles=last[:, :, None] + spread[:, :, None] * z,
        model="careful@1.0.0",
        checksum="0" * 64,
        device="processor (CPU)",
    )
    return ForecastResult(file, forecast, datetime(2026, 7, 1, 9, tzinfo=UTC), stopped_early)


def work_of(k: int, title: str, alerts: int = 0) -> ProjectSummary:
    """A project of three forecasts of 12 series, made just now."""
    now = datetime.now(UTC)
    project = Project(title, "shape", f"p{k}", now)
    made = ("careful@1.0.0", "", "", "", 12, 12, None)
    run = Run(f"p{k}", "reading", title, *made, {}, {}, {"ahead": "12 months"}, f"r{k}", now)
    return ProjectSummary(project, 3, run, None, (history.Alert(f"p{k}", {}),) * alerts)


RECENT_WORK = HistoryOverview((work_of(1, "Shop & Sons", 3), work_of(2, "Clinic")), 3_400_000)


def new_data() -> tuple[Proposal, Accepted]:
    """Two new months of ten products, one past value corrected and one product renamed, and what came of them."""
    after = read_file(points=68)
    months = after.series.values.reshape(10, 68)[:, :66].copy()
    months[2, 40] += 90
    names = ("Braeburn apples", *after.series.names[1:])
    series = replace(
        after.series,
        values=months.ravel(),
        offsets=np.arange(11, dtype=np.int64) * 66,
        names=names,
        keys=tuple((name,) for name in names),
    )
    before = replace(after, series=series, reading=replace(after.reading, file="corner-shop May.csv"))
    comparison = compare_readings(before, after)
    given = result(before)
    scores = run(score_forecasts([GivenForecast(given.forecast)], after.series))
    first = int(series.last[0]) + 1
    alerts = (
        Alert(AlertKind.LEVEL, "Bread", first, first + 1, 0.18, 0.04, (AlertAction.FORECAST_AGAIN, *ACTIONS)),
        Alert(AlertKind.PARTIAL, "", first + 1, first + 1, actions=ACTIONS),
    )
    proposal = Proposal("p", "corner-shop", Path("corner-shop June.csv"), comparison)
    return proposal, Accepted(proposal, result(after), scores, alerts)


def earlier_months(months: int = 18) -> tuple[Scores, SeriesOutcome]:
    """How a forecast of each of so many past months did, and what became of one of the first series."""
    after = read_file(points=68)
    values = after.series.values.reshape(10, 68)
    given = []
    for until in range(68 - months, 68, 3):
        known = replace(after.series, values=values[:, :until].ravel(), offsets=np.arange(11, dtype=np.int64) * until)
        given.append(GivenForecast(result(replace(after, series=known)).forecast))
    scores = run(score_forecasts(given, after.series))
    found = outcome_of(given[:1], after.series, {}, after.series.names[0])
    assert scores is not None
    assert found is not None
    return scores, found


def run_of(month: int, series: int = 3) -> Run:
    """A forecast that was made in this month of 2026."""
    summary = {"first": f"2026-{month:02}", "ahead": "12 months", "total": 1234567.25 * month}
    made, model = datetime(2026, month, 3, 9, 5, tzinfo=UTC), "careful@2.1.0"
    more = (12, series, None, {}, {}, summary, f"r{month}", made)
    return Run("p1", "reading", "sales.csv", model, "0" * 64, "cpu", "0.1", *more)


RUNS = (run_of(7), run_of(6), run_of(5))


def run_comparison(*names: str) -> RunComparison:
    """What differs between two of ``RUNS``; the last of these series is only in the earlier one."""
    changes = tuple(ForecastChange(name, 1000.0, 1180.0 + k, 11) for k, name in enumerate(names[:-1]))
    models = (("Model", "careful@2.1.0", "quick@2.1.0"),)
    return RunComparison(RUNS[1], RUNS[0], models, 2, 3, changes, names[-1:], (), "2026-07", "2027-05")


def explained(name: str) -> tuple[OpenAlert, Event]:
    """An alert that sales have stopped, and the event that would explain it."""
    actions = (AlertAction.CHECK_FILE, AlertAction.ASK_STOCK, *ACTIONS)
    alert = Alert(AlertKind.ZEROS, name, 666, 667, 1.0, 0.01, actions)
    event = Event("Sold out", EventKind.STOCK_OUT, (Span(date(2025, 7, 1), date(2025, 8, 31)),), (name,))
    return OpenAlert("a1", alert), event
