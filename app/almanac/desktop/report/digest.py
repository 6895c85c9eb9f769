"""A page of the report: what became of earlier forecasts, and what changed its pattern."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.report.tables import plain_table, quiet
from almanac.wording.phrases import decimals_for, percent
from almanac.wording.watching.alerts import alert_sentence, chance_sentence
from almanac.wording.watching.scores import score_sentences

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.evaluation import Scores
    from almanac.evaluation.scores.cells import Score
    from almanac.workflow.watching.digest import Digest

MAX_PERIODS, MAX_SERIES, MAX_ALERTS = 12, 8, 8  # so that all of it fits on one page; chosen by judgement
HEADS = ("Values", "Typical miss", f"Range held (promise: {percent(LIKELY)})")


def digest_page(found: Digest, frequency: Frequency) -> str:
    """The page as HTML, to follow the others; empty where there is nothing to say."""
    if found.is_empty:
        return ""
    parts = ["<p style='page-break-before:always; font-size:18px; font-weight:600; margin:0'>What happened since</p>"]
    if found.scores is not None:
        parts += [f"<p style='margin:3px 0'>{escape(text)}</p>" for text in score_sentences(found.scores, LOCALE)]
        parts += _tables(found.scores)
    parts += _changes(found, frequency)
    return "".join(parts)


def _tables(scores: Scores) -> list[str]:
    """The latest periods, and the series that were furthest off."""
    latest = [(LOCALE.period(scores.frequency, period), one) for period, one in reversed(scores.by_period)]
    made = [_table("When", latest[:MAX_PERIODS])]
    if len(scores.by_series) > 1:
        made.append(_table("Furthest off", scores.by_series[:MAX_SERIES]))
    return made


def _table(head: str, rows: Sequence[tuple[str, Score]]) -> str:
    decimals = decimals_for(np.array([one.typical_miss for _, one in rows]))
    texts = []
    for name, one in rows:
        held = one.held[LIKELY]
        shown = numbers.percent(held) if np.isfinite(held) else ""
        texts.append([name, numbers.count(one.checks), numbers.number(one.typical_miss, decimals), shown])
    return plain_table([head, *HEADS], texts)


def _changes(found: Digest, frequency: Frequency) -> list[str]:
    heading = "<p style='font-size:13px; font-weight:600; margin:10px 0 2px 0'>Pattern changes</p>"
    if not found.alerts:
        return [heading, quiet("Nothing needs a look.")]
    lines = []
    for one in found.alerts[:MAX_ALERTS]:
        sentence, chance = alert_sentence(one.alert, frequency, LOCALE), chance_sentence(one.alert, LOCALE)
        lines.append(f"<p style='margin:3px 0'>{escape(f'{sentence} {chance}'.strip())}</p>")
    left = len(found.alerts) - MAX_ALERTS
    more = [quiet(f"{numbers.count(left)} more are on the page Watch.")] if left > 0 else []
    return [heading, *lines, *more]
