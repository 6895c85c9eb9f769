"""The printable report: what comes next, how far you can trust it, and how it was made, on one page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QLocale, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from almanac.core.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.core.series import Forecast
from almanac.desktop.charts.report import SIZE, fan_picture
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.backtest_notes import by_method
from almanac.wording.evidence import slice_sentence
from almanac.wording.phrases import decimals_for
from almanac.wording.verdicts import words_of

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

MARGIN_MM = 16.0
POINTS_PER_INCH = 72
FONT_SIZE = 10
# Chosen by judgement, so that all of it fits on one page; what does not is in the workbook.
MAX_SERIES, MAX_STEPS, MAX_SLICES = 8, 6, 3
MAX_NAMES_PER_METHOD = 5
MAX_NAME_LENGTH = 36
CHART = "chart"
CHART_WIDTH = SIZE[0] // 2 - 180  # points
ABOUT = ("File checksum (SHA-256)", "Model", "Model checksum (SHA-256)", "Almanac version")  # of ``result.about``


def pdf(result: ForecastResult, i: int) -> bytes:
    """Make the report about a forecast, with the chart of series ``i``, as a PDF."""
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setTitle(f"Forecast of {result.file.reading.file}")
    writer.setCreator("Almanac")
    writer.setPageLayout(_layout())
    writer.setResolution(POINTS_PER_INCH)
    page(result, i, QSizeF(writer.width(), writer.height())).print_(writer)
    return bytes(content.data().data())


def page(result: ForecastResult, i: int, size: QSizeF) -> QTextDocument:
    """Make the report as a document of one page of ``size`` (points)."""
    forecast, series = result.forecast, result.file.series
    document = QTextDocument()
    font = style.font(FONT_SIZE)
    font.clearFeatures()  # a PDF has no text for glyphs made by font features: it could not be searched or copied
    font.setFeature(QFont.Tag("calt"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    chart = fan_picture(series, series.names.index(forecast.names[i]), forecast, i)
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(CHART), chart)
    document.setPageSize(size)
    for max_series in range(MAX_SERIES, 0, -1):
        document.setHtml(_html(result, i, max_series))
        if document.pageCount() == 1:
            break
    return document


def _layout() -> QPageLayout:
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def _html(result: ForecastResult, i: int, max_series: int) -> str:
    forecast = result.forecast
    made = numbers.date(result.created_at, numbers.day_format())
    horizon = forecast.frequency.duration(forecast.horizon)
    count = numbers.plural(len(forecast.names), "series", "series")
    likely = numbers.how_sure(forecast, i, result.range_support(i, LIKELY))
    parts = [
        f"<p style='font-size:18px; font-weight:600; margin:0'>{escape(result.file.reading.file)}: next {horizon}</p>",
        f"<p style='color:{LIGHT.quiet}; margin:2px 0 8px 0'>{count}, forecast on {made} with Almanac</p>",
        f"<p style='margin:0'>{_strong(escape(numbers.next_step(forecast, i)))} {escape(likely)}</p>",
        f"<p style='margin:4px 0'><img src='{CHART}' width='{CHART_WIDTH}'></p>",
        _table(result, i, max_series),
        _trust(result),
        _about(result),
    ]
    return f"<div style='color:{LIGHT.text}'>{''.join(parts)}</div>"


def _table(result: ForecastResult, i: int, max_series: int) -> str:
    """Lay out the first steps of the chosen series, and below it the largest of the others."""
    forecast = result.forecast
    steps = min(forecast.horizon, MAX_STEPS)
    by_size = np.argsort(-np.abs(forecast.point).sum(axis=1), kind="stable").tolist()
    shown = [i, *[k for k in by_size if k != i][: max_series - 1]]
    heads = "".join(_cell(when(forecast.frequency, int(forecast.first[i]) + h), head=True) for h in range(steps))
    rows = [f"<tr>{_cell('About<br>likely from – to', head=True, left=True)}{heads}</tr>"]
    for k in shown:
        same_periods = forecast.first[k] == forecast.first[i]
        cells = _figures(forecast, k, steps) if same_periods else [""] * steps
        name = _cell(escape(_short(forecast.names[k])), left=True)
        rows.append(f"<tr>{name}{''.join(_cell(cell) for cell in cells)}</tr>")
    left_out = len(forecast.names) - len(shown)
    rest = numbers.plural(left_out, "more series is", "more series are")
    more = f"<p style='color:{LIGHT.quiet}; margin:2px 0'>{rest} in the workbook.</p>"
    return (
        f"<table width='100%' cellspacing='0' cellpadding='3' style='margin-top:4px'>{''.join(rows)}</table>"
        f"{more if left_out > 0 else ''}"
    )


def _figures(forecast: Forecast, k: int, steps: int) -> list[str]:
    """Write the forecast of series ``k`` with its likely range, for each of the first steps."""
    decimals = decimals_for(forecast.quantiles[k])
    quantiles = [forecast.quantile(level)[k, :steps] for level in (0.5, LIKELY_LOW, LIKELY_HIGH)]
    texts = [[numbers.number(value, decimals) for value in values] for values in quantiles]
    cells = [f"{_strong(about)}<br>{low} – {high}" for about, low, high in zip(*texts, strict=True)]
    return [cell if shown else "" for cell, shown in zip(cells, forecast.has_value(k).tolist(), strict=False)]


def _trust(result: ForecastResult) -> str:
    """Say how far the forecast can be trusted, as far as practice runs show it."""
    lines = []
    if result.backtest is not None:
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


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME_LENGTH else f"{name[: MAX_NAME_LENGTH - 1]}…"


def _strong(text: str) -> str:
    return f"<span style='font-weight:600'>{text}</span>"


def _cell(text: str, *, head: bool = False, left: bool = False) -> str:
    colour = f"color:{LIGHT.quiet}; font-size:9px;" if head else ""
    line = f"border-bottom:1px solid {LIGHT.line};"
    return f"<td align='{'left' if left else 'right'}' style='{colour}{line}'>{text}</td>"
