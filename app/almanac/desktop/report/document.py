"""One page to print or hand on: what comes next, how far it can be trusted, and how it was made."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QLocale, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from almanac.core.levels import LIKELY, LIKELY_HIGH, LIKELY_LOW
from almanac.desktop.charts.report import SIZE, fan_picture
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.periods import when
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import LIGHT
from almanac.wording.phrases import decimals_for
from almanac.workflow.baselines import by_method

if TYPE_CHECKING:
    from almanac.workflow.results import ForecastResult

MARGIN_MM = 16.0
POINTS_PER_INCH = 72
SERIES_SHOWN, STEPS_SHOWN, PARTS_SHOWN = 8, 6, 3
SERIES_NAMED = 5
LONGEST_NAME = 36
CHART = "chart"


def pdf(result: ForecastResult, i: int) -> bytes:
    """The page about a forecast, with the picture of series ``i``."""
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
    """The page as a document of one page of ``size`` (points)."""
    forecast, series = result.forecast, result.file.series
    document = QTextDocument()
    font = style.font(10)
    font.clearFeatures()  # glyphs of features have no text behind them in a PDF: they could not be searched or copied
    font.setFeature(QFont.Tag("calt"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    at = series.names.index(forecast.names[i])
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(CHART), fan_picture(series, at, forecast, i))
    document.setPageSize(size)
    for shown in range(SERIES_SHOWN, 0, -1):  # what does not fit is in the workbook
        document.setHtml(_html(result, i, shown))
        if document.pageCount() == 1:
            break
    return document


def _layout() -> QPageLayout:
    letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def _html(result: ForecastResult, i: int, most: int) -> str:
    forecast = result.forecast
    made = numbers.date(result.created_at, numbers.day_format())
    ahead = forecast.frequency.duration(forecast.horizon)
    many = numbers.plural(len(forecast.names), "series", "series")
    sure = numbers.how_sure(forecast, i, result.range_support(i, LIKELY))
    parts = [
        f"<p style='font-size:18px; font-weight:600; margin:0'>{escape(result.file.reading.file)}: next {ahead}</p>",
        f"<p style='color:{LIGHT.quiet}; margin:2px 0 8px 0'>{many}, forecast on {made} with Almanac</p>",
        f"<p style='margin:0'>{_strong(escape(numbers.next_step(forecast, i)))} {escape(sure)}</p>",
        f"<p style='margin:4px 0'><img src='{CHART}' width='{SIZE[0] // 2 - 180}'></p>",
        _table(result, i, most),
        _trust(result),
        _about(result),
    ]
    return f"<div style='color:{LIGHT.text}'>{''.join(parts)}</div>"


def _table(result: ForecastResult, i: int, most: int) -> str:
    """The chosen series step by step; the largest of the others by their first step."""
    forecast = result.forecast
    steps = min(forecast.horizon, STEPS_SHOWN)
    order = np.argsort(-np.abs(forecast.median).sum(axis=1), kind="stable")
    shown = [i, *[k for k in order.tolist() if k != i][: most - 1]]
    heads = "".join(_cell(when(forecast.frequency, int(forecast.first[i]) + h), head=True) for h in range(steps))
    rows = [f"<tr>{_cell('About<br>likely from – to', head=True, left=True)}{heads}</tr>"]
    low, high = forecast.quantile(LIKELY_LOW), forecast.quantile(LIKELY_HIGH)
    for k in shown:
        decimals = decimals_for(forecast.quantiles[k])
        cells = []
        for h in range(steps):
            if forecast.first[k] != forecast.first[i]:  # its next period is another one
                cells.append(_cell(""))
                continue
            about, lo, hi = (numbers.number(v[k, h], decimals) for v in (forecast.median, low, high))
            cells.append(_cell(f"{_strong(about)}<br>{lo} – {hi}"))
        rows.append(f"<tr>{_cell(escape(_short(forecast.names[k])), left=True)}{''.join(cells)}</tr>")
    left = len(forecast.names) - len(shown)
    more = f"<p style='color:{LIGHT.quiet}; margin:2px 0'>And {numbers.count(left)} more in the workbook.</p>"
    return (
        f"<table width='100%' cellspacing='0' cellpadding='3' style='margin-top:4px'>{''.join(rows)}</table>"
        f"{more if left > 0 else ''}"
    )


def _trust(result: ForecastResult) -> str:
    practice = result.backtest
    if practice is None:
        return _section("How far it can be trusted", [escape(result.range_note)])
    told = [
        f"{_strong(escape(v.question))} {escape(v.sentence)} "
        f"<span style='color:{LIGHT.quiet}'>{escape(v.evidence)}</span>"
        for v in practice.verdicts
    ]
    told += [escape(part.sentence) for part in practice.slices if part.reasons][:PARTS_SHOWN]
    return _section("How far it can be trusted", [*told, escape(result.range_note)])


def _about(result: ForecastResult) -> str:
    wanted = ("File checksum (SHA-256)", "Model", "Model checksum (SHA-256)", "Almanac version")
    facts = [f"{escape(name)}: {escape(value)}" for name, value in result.about if name in wanted]
    if result.baselines:
        facts.append(escape(f"Not by the model: {by_method(result.baselines, SERIES_NAMED)}"))
    small = "<br>".join(facts)
    return f"<p style='color:{LIGHT.quiet}; font-size:8px; margin:8px 0 0 0'>{small}</p>"


def _section(heading: str, lines: list[str]) -> str:
    body = "".join(f"<p style='margin:3px 0'>{line}</p>" for line in lines)
    return f"<p style='font-size:13px; font-weight:600; margin:10px 0 2px 0'>{heading}</p>{body}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _strong(text: str) -> str:
    return f"<span style='font-weight:600'>{text}</span>"


def _cell(text: str, *, head: bool = False, left: bool = False) -> str:
    colour = f"color:{LIGHT.quiet}; font-size:9px;" if head else ""
    line = f"border-bottom:1px solid {LIGHT.line};"
    return f"<td align='{'left' if left else 'right'}' style='{colour}{line}'>{text}</td>"
