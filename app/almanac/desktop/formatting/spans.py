"""Spans of time in the person's locale: "Next 28 days", "Jul 2026", "Week of 6 Jul 2026 (partial)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from almanac.core.calendar.frequency import Frequency
from almanac.desktop.formatting.numbers import day_format
from almanac.desktop.formatting.periods import when
from almanac.wording.phrases import sentence_start
from almanac.wording.totals import span_title

if TYPE_CHECKING:
    from almanac.totals import Span
    from almanac.workflow.totalling.make_totals import Totals


def span_words(totals: Totals, s: int) -> str:
    """Span ``s`` of the totals as a title."""
    span = totals.spans[s]
    if span.kind == "horizon":
        return span_title("", False, totals.frequency.duration(totals.horizon))
    return sentence_start(span_title(_label(span, totals.frequency), span.partial, ""))


def per_words(frequency: Frequency) -> str:
    """What a step of a forecast is called in a choice: "Each day", "Each hour", "Each 30 minutes"."""
    return f"Each {frequency.duration(1).removeprefix('1 ')}"


def next_words(frequency: Frequency, horizon: int) -> str:
    """What the whole horizon is called: "next 28 days", "next month"."""
    return f"next {frequency.duration(horizon).removeprefix('1 ')}"


def _label(span: Span, frequency: Frequency) -> str:
    """A calendar span; quarters, years and fiscal periods read the same everywhere."""
    if span.kind not in ("week", "month") or frequency.fiscal is not None:
        return span.label
    day = QDate.fromString(span.label.removeprefix("week of ")[:10], "yyyy-MM-dd" if span.kind == "week" else "yyyy-MM")
    if not day.isValid():
        return span.label
    if span.kind == "month":
        return QLocale().toString(day, "MMM yyyy")
    return f"week of {QLocale().toString(day, day_format())}"


def periods_words(frequency: Frequency, first: int, last: int) -> str:
    """Periods from and to these: "3 Jul 2026", "3 Jul 2026 to 9 Jul 2026"."""
    return " to ".join(dict.fromkeys(when(frequency, number) for number in (first, last)))
