"""Use cases that write a file. An older file stays as it was unless all goes well.

``inputs`` are the files that the result was made from: none of them is ever written to.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from almanac.core.csv_style import FOR_PROGRAMS, CsvStyle
from almanac.core.distribution.levels import LIKELY
from almanac.core.jobs import Job, Progress
from almanac.wording.phrases import RangeSupport
from almanac.workflow.forecasts.explain_forecast import reliability, single_values
from almanac.workflow.history.keep import keep_export
from almanac.workflow.totalling.overview import overview
from almanac.workflow.updates.watched_content import watched_content

if TYPE_CHECKING:
    from almanac.exports import AdjustedContent, OutputFormat
    from almanac.wording.trust.sections import Section
    from almanac.workflow.ordering.make_orders import Orders
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.make_totals import Totals


def output_formats() -> tuple[OutputFormat, ...]:
    """The formats that a result can be saved in, the one for people first."""
    from almanac import exports

    return exports.FORMATS


def export(
    result: ForecastResult,
    path: Path,
    inputs: tuple[Path, ...],
    csv_style: CsvStyle = FOR_PROGRAMS,
    watched: bool = False,
) -> Job[Path]:
    """Save a result to ``path``, in the format of its ending; ``csv_style``: of a CSV file.

    ``watched``: whether a workbook also says what became of earlier forecasts of the same table.

    Raises ``ProblemError`` when it cannot be saved.
    """
    from almanac import exports

    support: tuple[RangeSupport, ...] = ()
    if result.is_checked or result.without_checks is not RangeSupport.CHECKED:
        support = result.range_supports(LIKELY)
    content = exports.ExportContent(
        result.file.series,
        result.forecast,
        findings=result.problems,
        about=result.about,
        record=result.record.lines,
        checks=partial(_checks, result),
        range_support=support,
        methods=result.methods,
        events=result.events,
        orders=() if result.orders is None else result.orders.lines,
        overview=partial(overview, result),
        csv_style=csv_style,
        adjusted=_adjusted_content(result),
        watched=partial(watched_content, result) if watched else lambda: None,
        single_values=partial(single_values, result),
    )
    saved = yield from exports.write(path, content, inputs)
    keep_export(result.kept, path.suffix)
    return saved


def _adjusted_content(result: ForecastResult) -> AdjustedContent | None:
    from almanac import exports
    from almanac.wording.adjustments import change_words

    adjusted, label = result.adjusted, result.forecast.frequency.label
    if adjusted is None or not adjusted.applied:
        return None
    lines = []
    for one in adjusted.applied:
        ends = list(dict.fromkeys((label(one.span.first), label(one.span.last))))
        periods = " to ".join(ends) if min(one.span.shares) == 1 else one.adjustment.span
        words, note = change_words(one.adjustment), one.adjustment.note
        lines.append(exports.AdjustmentLine(one.name, periods, words, one.before, one.after, note, one.unit))
    return exports.AdjustedContent(adjusted.forecast, adjusted.changed, tuple(lines), adjusted.notes_of)


def _checks(result: ForecastResult) -> tuple[Section, ...]:
    """How far the forecast can be trusted, as the workbook says it."""
    from almanac.wording.trust import sections as trust_sections

    runs = result.backtest_runs
    curve = None if runs is None else reliability(result.file.series, runs)
    return trust_sections.sections(result.backtest, curve, result.range_note, result.forecast.frequency)


def save_totals(found: Totals, path: Path, inputs: tuple[Path, ...], csv_style: CsvStyle = FOR_PROGRAMS) -> Job[Path]:
    """Save totals to ``path`` as a table, a row for each group and span. Raises ``ProblemError`` when it cannot be."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    return exports.save_table(path, found.table, inputs, csv_style=csv_style)


def save_orders(found: Orders, path: Path, inputs: tuple[Path, ...], csv_style: CsvStyle = FOR_PROGRAMS) -> Job[Path]:
    """Save orders to ``path`` as a table, a row for each product. Raises ``ProblemError`` when it cannot be."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    return exports.save_table(path, found.table, inputs, "Orders", csv_style)


def save_report(path: Path, content: bytes, inputs: tuple[Path, ...]) -> Job[Path]:
    """Save a report that is ready to ``path``. Raises ``ProblemError`` when it cannot be saved."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    return exports.save_bytes(path, content, inputs)


def save_record(result: ForecastResult, path: Path, inputs: tuple[Path, ...]) -> Job[Path]:
    """Save to ``path`` how the file of a result was read. Raises ``ProblemError`` when it cannot be saved."""
    from almanac import exports

    yield Progress(0, 0, f"Saving {path.name}")
    return exports.save_bytes(path, result.record.to_json().encode(), inputs)
