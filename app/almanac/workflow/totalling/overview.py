"""The totals that a workbook begins with, made from a finished forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from almanac.core.jobs import Job
from almanac.core.series import Forecast, SeriesSet
from almanac.wording import totals as wording
from almanac.wording.phrases import forecast_decimals, sentence_start
from almanac.workflow.totalling.aligned_parts import align
from almanac.workflow.totalling.make_totals import Totals, TotalsGroup, totals
from almanac.workflow.totalling.outlook import outlook

if TYPE_CHECKING:
    from almanac.exports import Overview, TotalGrid, TotalLine, TotalTable, WholeSeries
    from almanac.workflow.results import ForecastResult

# Chosen by judgement: what is read on paper, and how many series have totals with ranges (2 s of processor time).
MAX_LINES, MAX_SPANS, MAX_SERIES = 40, 14, 500
MAX_GROUPS = 200  # of a column
WHOLE_FROM = 20  # larger totals have no decimals, as in wording.totals


def overview(result: ForecastResult) -> Job[Overview]:
    """Totals of everything and of its groups over the horizon, by its weeks or months, and of each series."""
    from almanac import exports

    series, forecast = result.file.series, result.plan
    own = series.key_columns if len(series) <= MAX_SERIES else ()
    columns = group_columns(series) if own else group_columns(series)[:1]  # of many series, time for one of them
    whole = yield from totals(result, own or columns)
    horizon = whole.span_title(0)
    each = _names_by_key(series) if own else {}
    is_series = [group.columns == series.key_columns and group.series == 1 for group in whole.groups]
    groups = [g for g, alone in enumerate(is_series) if not alone]
    if len(series) == 1:
        groups, each = [0], {}
    tables = [_table(whole, horizon, [(g, 0, whole.groups[g].name) for g in groups])]
    kind = _kind_of_spans(forecast)
    grid = None
    if kind:
        by_time = yield from totals(result, columns if own else (), kind)
        tables, grid = [*tables, _by_time(by_time, kind)], _grid(by_time, kind)
    own_lines = {
        name: _line(whole, g, 0, name)
        for g, group in enumerate(whole.groups)
        if is_series[g] and (name := each.get((group.key, group.kind), each.get((group.key, "")))) is not None
    }
    if not own:
        own_lines = _points_alone(series, forecast)
    if len(series) == 1:
        own_lines = {series.names[0]: _line(whole, 0, 0, series.names[0])}
    total = (yield from _whole(result)) if 1 < len(forecast.names) <= MAX_SERIES else None
    notes = tuple(f"{note.what} {note.why}" for note in whole.notes)
    sentences = (*_sentences(whole), *notes)
    return exports.Overview(horizon, sentences, tuple(tables), grid, own_lines, total, notes)


def _whole(result: ForecastResult) -> Job[WholeSeries | None]:
    """Everything as one series; None where amounts are of several kinds."""
    from almanac import exports

    if len(set(align(result.plan, result.file.series).kinds)) > 1:
        return None
    found = yield from outlook(result, tuple(range(len(result.forecast.names))), wording.EVERYTHING)
    return exports.WholeSeries(found.series, found.forecast, found.unadjusted)


def _points_alone(series: SeriesSet, forecast: Forecast) -> dict[str, TotalLine]:
    """The total of each of many series, without its range and last year."""
    from almanac import exports

    unknown, means = (np.nan,) * 4, forecast.mean
    lines = {}
    for i, at in enumerate(series.positions(forecast.names).tolist()):
        measure, values = series.measure(at), means[i][forecast.has_value(i)]
        amount = float(values.mean() if measure.kind == "level" else values.sum()) if len(values) else np.nan
        decimals = 0 if amount >= WHOLE_FROM else forecast_decimals(forecast, i)
        lines[forecast.names[i]] = exports.TotalLine(
            forecast.names[i], amount, *unknown, unit=measure.unit, decimals=decimals
        )
    return lines


def group_columns(series: SeriesSet) -> tuple[str, ...]:
    """The columns by which several series are together in a group, with few enough values to be read."""
    if not series.keys:
        return ()
    values = zip(*series.keys, strict=True)
    counts = zip(series.key_columns, (len(set(column)) for column in values), strict=True)
    return tuple(column for column, count in counts if 1 < count <= MAX_GROUPS and count < len(series))


def _names_by_key(series: SeriesSet) -> dict[tuple[tuple[str, ...], str], str]:
    return {(key, ""): name for key, name in zip(series.keys, series.names, strict=True)}


def _kind_of_spans(forecast: Forecast) -> str:
    """What to divide the horizon into: the shortest of which there are 2 to ``MAX_SPANS``; empty for none."""
    from almanac.totals import SpanKind, can_divide, plan_spans

    for kind in (SpanKind.WEEK, SpanKind.MONTH, SpanKind.QUARTER, SpanKind.YEAR):
        if can_divide(forecast.frequency, kind):
            spans = plan_spans(forecast.frequency, int(forecast.first.max()), forecast.horizon, kind)
            if 2 <= len(spans) <= MAX_SPANS:
                return kind.value
    return ""


def _by_time(found: Totals, kind: str) -> TotalTable:
    """Everything by time."""
    whole = [g for g, group in enumerate(found.groups) if not group.columns]
    lines = [(g, s, _title(found, g, s)) for g in whole for s in range(len(found.spans))]
    return _table(found, f"By {kind}", lines)


def _grid(found: Totals, kind: str) -> TotalGrid | None:
    """The groups of each column by time; None where there are none."""
    from almanac import exports

    groups = [g for g, group in enumerate(found.groups) if len(group.columns) == 1]
    if not groups:
        return None
    spans = range(len(found.spans))
    rows = tuple(tuple(_line(found, g, s, found.groups[g].name) for s in spans) for g in groups[:MAX_LINES])
    titles = tuple(sentence_start(found.span_title(s)) for s in spans)
    keys = tuple((found.groups[g].columns[0], found.groups[g].key[0]) for g in groups[:MAX_LINES])
    return exports.TotalGrid(f"By group and {kind}", keys, titles, rows, max(len(groups) - MAX_LINES, 0))


def _title(found: Totals, g: int, s: int) -> str:
    kind = found.groups[g].kind
    return sentence_start(f"{kind}, {found.span_title(s)}" if kind else found.span_title(s))


def _table(found: Totals, title: str, lines: list[tuple[int, int, str]]) -> TotalTable:
    from almanac import exports

    made = tuple(_line(found, g, s, name) for g, s, name in lines[:MAX_LINES])
    return exports.TotalTable(title, made, max(len(lines) - MAX_LINES, 0))


def _line(found: Totals, g: int, s: int, title: str) -> TotalLine:
    from almanac import exports

    group, figures = found.groups[g], found.figures(g, s)
    decimals = min(wording.total_decimals(figures), group.decimals)
    line = (figures.point, figures.low, figures.high, figures.last_year, figures.growth)
    named = f"{title}, on average" if _says_average(group) else title
    return exports.TotalLine(named, *line, group.support, group.unit, decimals, figures.forecast, group.averaged)


def _says_average(group: TotalsGroup) -> bool:
    """Whether it must be said that a group is averaged: its kind may say so already."""
    return group.averaged and not group.kind.endswith("average")


def _sentences(found: Totals) -> list[str]:
    whole = [g for g, group in enumerate(found.groups) if not group.columns]
    lines = []
    for g in whole:
        group = found.groups[g]
        title = wording.line_title(found.span_title(0), group.kind, _says_average(group))
        lines.append(f"{title}: {wording.total_sentence(found.figures(g, 0), group.support)}.")
    if found.coverage is not None:
        lines.append(wording.coverage_sentence(found.coverage))
    return lines
