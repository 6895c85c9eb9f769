"""The printable report: totals first, the whole horizon, how far you can trust it, and how it was made."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QLocale, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.charts.report import SIZE, fan_picture
from almanac.desktop.formatting import numbers
from almanac.desktop.report.adjustments import adjustment_lines, unadjusted
from almanac.desktop.report.digest import digest_page
from almanac.desktop.report.scope import EVERYTHING, ReportScope
from almanac.desktop.report.tables import quiet, steps_table, total_words, totals_table
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.phrases import RangeSupport, units
from almanac.wording.trust.backtest_notes import by_method
from almanac.wording.trust.evidence import slice_sentence, typical_miss
from almanac.wording.trust.verdicts import words_of

if TYPE_CHECKING:
    from almanac.core.series import Forecast
    from almanac.exports import Overview, TotalLine
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.watching.digest import Digest

MARGIN_MM = 16.0
POINTS_PER_INCH = 72
FONT_SIZE = 10
# Chosen by judgement, so that all of it fits on one page; what does not is in the workbook.
MAX_ROWS, MIN_ROWS, MAX_SLICES = 14, 4, 3
_WITHOUT_CHART = tuple((rows, False) for rows in range(MAX_ROWS, 0, -1))  # where too few rows fit below a chart
MAX_NAMES_PER_METHOD = 5
CHART = "chart"
CHART_WIDTH = SIZE[0] // 2 - 180  # points
_IMAGE = f"<p style='margin:4px 0'><img src='{CHART}' width='{CHART_WIDTH}'></p>"
# Of ``result.about``.
ABOUT = ("File checksum (SHA-256)", "Model", "Model checksum (SHA-256)", "Almanac version", "Governance")


def pdf(
    result: ForecastResult, overview: Overview, scope: ReportScope = EVERYTHING, found: Digest | None = None
) -> bytes:
    """Make the report about everything, a series or a group, as a PDF; ``found``: of earlier forecasts."""
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setTitle(f"Forecast of {result.file.reading.file}")
    writer.setCreator("Almanac")
    writer.setPageLayout(_layout())
    writer.setResolution(POINTS_PER_INCH)
    page = QSizeF(writer.width(), writer.height())
    pages(result, overview, scope, page, found).print_(writer)
    return bytes(content.data().data())


def pages(
    result: ForecastResult, overview: Overview, scope: ReportScope, size: QSizeF, found: Digest | None = None
) -> QTextDocument:
    """Make the report as a document with pages of ``size`` (points).

    It is one page, except where the steps of a single series need more, and one about earlier forecasts.
    """
    document = QTextDocument()
    font = style.font(FONT_SIZE)
    font.clearFeatures()  # a PDF has no text for glyphs made by font features: it could not be searched or copied
    font.setFeature(QFont.Tag("calt"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    chart = _chart(result, overview, scope)
    if chart is not None:
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(CHART), chart)
    document.setPageSize(size)
    least = MIN_ROWS if result.adjusted is None else 0  # both lines of an adjusted total are worth more than rows
    for most, drawn in (*((rows, True) for rows in range(MAX_ROWS, least, -1)), *_WITHOUT_CHART):
        html = _html(result, overview, scope, most, drawn=drawn)
        document.setHtml(html)
        if document.pageCount() == 1 or scope.series is not None:
            break
    if found is not None and not found.is_empty:
        page = digest_page(found, result.forecast.frequency)
        document.setHtml(f"{html}<div style='color:{LIGHT.text}'>{page}</div>")
    return document


def _chart(result: ForecastResult, overview: Overview, scope: ReportScope) -> QImage | None:
    """A chart of what it is about: everything together (the largest series where it has no total), one series, or none
    for a group.
    """
    if scope.group is not None:
        return None
    if scope.series is None and overview.whole is not None:
        whole = overview.whole
        return fan_picture(whole.series, 0, whole.forecast, 0, whole.unadjusted)
    shown = _by_size(result.plan)[0] if scope.series is None else scope.series
    names = result.file.series.names
    position, before = names.index(result.plan.names[shown]), unadjusted(result, shown)
    return fan_picture(result.file.series, position, result.plan, shown, before)


def _layout() -> QPageLayout:
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def _html(result: ForecastResult, overview: Overview, scope: ReportScope, most: int, *, drawn: bool) -> str:
    made = numbers.date(result.created_at, numbers.day_format())
    horizon = result.forecast.frequency.duration(result.forecast.horizon)
    count = numbers.plural(len(result.forecast.names), "series", "series")
    if scope.series is not None:
        parts = _one_series(result, overview, scope.series)
    elif scope.group is not None:
        parts = _group(result, overview, scope.group, most)
    else:
        parts = _everything(result, overview, most, drawn=drawn)
    title = f"{escape(result.file.reading.file)}: next {horizon}"
    head = [
        f"<p style='font-size:18px; font-weight:600; margin:0'>{title}</p>",
        f"<p style='color:{LIGHT.quiet}; margin:2px 0 8px 0'>{count}, forecast on {made} with Almanac</p>",
    ]
    return f"<div style='color:{LIGHT.text}'>{''.join([*head, *parts, _trust(result), _about(result)])}</div>"


def _everything(result: ForecastResult, overview: Overview, most: int, *, drawn: bool) -> list[str]:
    """Totals first, then the whole horizon by week or month, then the largest series."""
    whole = [line for table in overview.tables[:1] for line in table.lines]
    lines = [line for line in whole if line.title.startswith("Everything")]
    parts = [_paragraph(overview.span if len(lines) == 1 else f"{line.title}, {overview.span}", line) for line in lines]
    forecast = result.plan
    if drawn:
        parts.append(_IMAGE)
        largest = f"The largest: {forecast.names[_by_size(forecast)[0]]}"
        words = "Everything together" if overview.whole is not None else largest
        parts += [quiet(words)] if len(forecast.names) > 1 else []
    second = overview.whole.unadjusted if overview.whole is not None else unadjusted(result, _by_size(forecast)[0])
    parts += adjustment_lines(result, np.arange(len(forecast.names)), drawn=drawn and second is not None)
    parts += [quiet(note) for note in overview.notes]
    if len(whole) > len(lines):
        parts.append(totals_table(overview.span, whole[:most]))
        parts += _left_out(len(whole) - most, "more group is", "more groups are")
    if not overview.tables[1:]:
        parts.append(quiet(f"Single {units(forecast)} are in the workbook."))
    for table in overview.tables[1:]:
        parts += [totals_table(table.title, table.lines), _span_note(forecast, table.title, len(table.lines))]
    return parts + _each(overview, [forecast.names[i] for i in _by_size(forecast)], most)


def _group(result: ForecastResult, overview: Overview, group: tuple[str, str], most: int) -> list[str]:
    """A group: its total, the whole horizon by week or month, then its series."""
    column, value = group
    name = value or "(blank)"
    lines = [line for table in overview.tables[:1] for line in table.lines if line.title.split(" · ")[0] == name]
    parts = [f"<p style='font-weight:600; margin:0'>{escape(f'{column}: {name}')}</p>"]
    parts += [_paragraph(overview.span, line) for line in lines[:1]]
    if overview.grid is not None and group in overview.grid.keys:
        row = overview.grid.rows[overview.grid.keys.index(group)]
        title = overview.tables[-1].title
        parts += [totals_table(title, row, overview.grid.spans), _span_note(result.forecast, title, len(row))]
    series, forecast = result.file.series, result.forecast
    at = series.key_columns.index(column)
    inside = {own for own, key in zip(series.names, series.keys, strict=True) if key[at] == value}
    parts += adjustment_lines(result, np.flatnonzero([name in inside for name in forecast.names]), drawn=False)
    return parts + _each(overview, [forecast.names[i] for i in _by_size(forecast) if forecast.names[i] in inside], most)


def _one_series(result: ForecastResult, overview: Overview, i: int) -> list[str]:
    """A series: its total, its chart and every step."""
    forecast = result.plan
    name = forecast.names[i]
    adjusted = result.adjusted is not None and result.adjusted.touches(np.array([i]))
    support = RangeSupport.ADJUSTED if adjusted else result.range_support(i, LIKELY)
    likely = numbers.how_sure(forecast, i, support)
    parts = [f"<p style='font-weight:600; margin:0'>{escape(name)}</p>"]
    if name in overview.series:
        parts.append(_paragraph(overview.span, overview.series[name]))
    parts.append(f"<p style='margin:0'>{escape(numbers.next_step(forecast, i))} {escape(likely)}</p>")
    return [*parts, _IMAGE, *adjustment_lines(result, np.array([i]), drawn=adjusted), steps_table(forecast, i)]


def _span_note(forecast: Forecast, title: str, rows: int) -> str:
    """Say that the rows of a table are longer than the steps of the forecast: "28 days as 4 weeks …"; else nothing."""
    if rows >= forecast.horizon:
        return ""
    spans = numbers.plural(rows, title.removeprefix("By "))
    whole = forecast.frequency.duration(forecast.horizon)
    return quiet(f"{whole} as {spans}; single {units(forecast)} are in the workbook.")


def _paragraph(title: str, line: TotalLine) -> str:
    return f"<p style='margin:0'>{_strong(escape(title))}: {escape(total_words(line))}.</p>"


def _each(overview: Overview, names: list[str], most: int) -> list[str]:
    """The totals of the largest of these series, and how many more there are."""
    known = [name for name in names if name in overview.series]
    if len(known) < 2:
        return []
    parts = [totals_table("Each series", [overview.series[name] for name in known[:most]])]
    return parts + _left_out(len(names) - len(known[:most]), "more series is", "more series are")


def _left_out(count: int, one: str, many: str) -> list[str]:
    return [quiet(f"{numbers.plural(count, one, many)} in the workbook.")] if count > 0 else []


def _by_size(forecast: Forecast) -> list[int]:
    order: list[int] = np.argsort(-np.nansum(np.abs(forecast.shown[0]), axis=1), kind="stable").tolist()
    return order


def _trust(result: ForecastResult) -> str:
    """Say how far the forecast can be trusted, as far as practice runs show it."""
    lines = []
    if result.backtest is not None:
        lines.append(_strong(escape(typical_miss(result.backtest, result.forecast.frequency, numbers.LOCALE))))
        lines += [
            f"{_strong(escape(words.question))} {escape(words.sentence)} "
            f"<span style='color:{LIGHT.quiet}'>{escape(words.evidence)}</span>"
            for words in (words_of(verdict, numbers.LOCALE) for verdict in result.backtest.verdicts)
        ]
        worse = [part for part in result.backtest.slices if part.reasons]
        lines += [escape(slice_sentence(part, numbers.LOCALE)) for part in worse[:MAX_SLICES]]
    return _section("How far you can trust it", [*lines, escape(result.range_note)])


def _about(result: ForecastResult) -> str:
    """Say how the forecast was made, in small print."""
    lines = [f"{escape(name)}: {escape(value)}" for name, value in result.about if name in ABOUT]
    if result.baselines:
        lines.append(escape(f"Not by the model: {by_method(result.baselines, MAX_NAMES_PER_METHOD)}"))
    return f"<p style='color:{LIGHT.quiet}; font-size:8px; margin:8px 0 0 0'>{'<br>'.join(lines)}</p>"


def _section(heading: str, lines: list[str]) -> str:
    body = "".join(f"<p style='margin:3px 0'>{line}</p>" for line in lines)
    return f"<p style='font-size:13px; font-weight:600; margin:10px 0 2px 0'>{heading}</p>{body}"


def _strong(text: str) -> str:
    return f"<span style='font-weight:600'>{text}</span>"
