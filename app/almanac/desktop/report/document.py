"""The printable report: what comes next, how far you can trust it, and how it was made, on one page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QLocale, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from almanac.core.arrays import Integers
from almanac.core.levels import LIKELY
from almanac.core.series import Forecast
from almanac.core.text import shortened
from almanac.desktop.charts.report import SIZE, fan_picture
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.backtest_notes import by_method
from almanac.wording.evidence import slice_sentence, typical_miss
from almanac.wording.phrases import forecast_decimals
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
NAME_WIDTH, CELL_PADDING, CELL_ROOM = 72, 3, 4  # points
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
        document.setHtml(_html(result, i, max_series, size.width()))
        if document.pageCount() == 1:
            break
    return document


def _layout() -> QPageLayout:
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def _html(result: ForecastResult, i: int, max_series: int, width: float) -> str:
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
        _table(result, i, max_series, width),
        _trust(result),
        _about(result),
    ]
    return f"<div style='color:{LIGHT.text}'>{''.join(parts)}</div>"


def _table(result: ForecastResult, i: int, max_series: int, width: float) -> str:
    """Lay out the first steps of the chosen series, and below it the largest of the others; say what is left out.

    Of a series whose forecast begins earlier or later, the same periods are shown; one without any of them is left out.
    """
    forecast = result.forecast
    steps = _steps_that_fit(forecast, i, width)
    by_size = np.argsort(-np.nansum(np.abs(forecast.shown[0]), axis=1), kind="stable")
    ahead = forecast.first[by_size] - forecast.first[i]
    others = by_size[(ahead < steps) & (ahead > -forecast.horizon) & (by_size != i)]
    shown = [i, *others[: max_series - 1].tolist()]
    heads = "".join(_cell(when(forecast.frequency, int(forecast.first[i]) + h), head=True) for h in range(steps))
    rows = [f"<tr>{_cell('About<br>likely from – to', head=True, left=True)}{heads}</tr>"]
    for k in shown:
        cells = _figures(forecast, k, int(forecast.first[i] - forecast.first[k]) + np.arange(steps))
        name = _cell(escape(shortened(forecast.names[k], MAX_NAME_LENGTH)), left=True)
        rows.append(f"<tr>{name}{''.join(_cell(cell) for cell in cells)}</tr>")
    more = _left_out(forecast, len(forecast.names) - len(shown), steps)
    return (
        f"<table width='100%' cellspacing='0' cellpadding='{CELL_PADDING}' style='margin-top:4px'>"
        f"{''.join(rows)}</table>"
        f"<p style='color:{LIGHT.quiet}; margin:2px 0'>{more}</p>"
    )


def _steps_that_fit(forecast: Forecast, i: int, width: float) -> int:
    """How many steps fit next to the names, so that no number of series ``i`` is broken, nor of the largest series."""
    steps = np.arange(MAX_STEPS)
    largest = int(np.nansum(np.abs(forecast.shown[0]), axis=1).argmax())
    texts = [f"{low} – {high}" for k in (i, largest) for _, low, high in _numbers(forecast, k, steps)]
    metrics = QFontMetricsF(style.font(FONT_SIZE))
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 2 * CELL_PADDING + CELL_ROOM
    return int(np.clip((width - NAME_WIDTH) // widest, 1, min(forecast.horizon, MAX_STEPS)))


def _left_out(forecast: Forecast, series: int, steps: int) -> str:
    """Where the rest is, if so many series and all steps beyond the first so many are not in the table."""
    sentences = []
    if forecast.horizon > steps:
        whole = forecast.frequency.duration(forecast.horizon)
        first = f"first {numbers.count(steps)}" if steps > 1 else "first"
        sentences.append(f"The table has the {first} of {whole}; all are in the workbook.")
    if series > 0:
        sentences.append(f"{numbers.plural(series, 'more series is', 'more series are')} in the workbook.")
    return " ".join(sentences)


def _figures(forecast: Forecast, k: int, steps: Integers) -> list[str]:
    """Write the forecast of series ``k`` with its likely range at these steps, with nothing where it has none."""
    return [f"{_strong(about)}<br>{low} – {high}" if about else "" for about, low, high in _numbers(forecast, k, steps)]


def _numbers(forecast: Forecast, k: int, steps: Integers) -> list[tuple[str, str, str]]:
    """The forecast of series ``k`` and its likely range at these steps, as texts; empty where it has none."""
    decimals, texts = forecast_decimals(forecast, k), []
    shown = [values[0] for values in forecast.select(k).shown]
    for step in steps.tolist():
        known = 0 <= step < forecast.horizon and np.isfinite(shown[0][step])
        about, low, high = (numbers.number(values[step], decimals) if known else "" for values in shown)
        texts.append((about, low, high))
    return texts


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


def _cell(text: str, *, head: bool = False, left: bool = False) -> str:
    colour = f"color:{LIGHT.quiet}; font-size:9px;" if head else ""
    line = f"border-bottom:1px solid {LIGHT.line};"
    return f"<td align='{'left' if left else 'right'}' style='{colour}{line}'>{text}</td>"
