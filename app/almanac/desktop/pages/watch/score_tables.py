"""Scores as rows of a table: by period, series, steps ahead, group or model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.distribution.levels import LIKELY
from almanac.desktop.formatting import numbers
from almanac.desktop.formatting.numbers import LOCALE
from almanac.wording.phrases import decimals_for
from almanac.wording.trust.verdicts import difference

if TYPE_CHECKING:
    from almanac.evaluation import Scores
    from almanac.evaluation.scores.cells import Score

MAX_ROWS = 200  # the worst, or the latest: filling a table of 1,000 would hold the window up for 0.1 s
HEADS = ("Values", "Typical miss", "Against repeating last season", "Range held (promise: 80%)")


@dataclass(frozen=True)
class ScoreTable:
    """``title`` names it in the choice, ``first`` heads its first column; ``rows`` of the scores."""

    title: str
    first: str
    rows: Callable[[Scores], list[tuple[str, Score]]]

    def heads(self) -> tuple[str, ...]:
        """All heads."""
        return (self.first, *HEADS)

    def texts(self, scores: Scores) -> list[list[str]]:
        """The rows as they are shown."""
        rows = self.rows(scores)[:MAX_ROWS]
        decimals = decimals_for(np.array([one.typical_miss for _, one in rows]))
        return [[name, *_figures(one, decimals)] for name, one in rows]


def tables_of(scores: Scores) -> Sequence[ScoreTable]:
    """The tables that say something: no list of one."""
    return [one for k, one in enumerate(TABLES) if k == 0 or len(one.rows(scores)) > 1]


def _figures(score: Score, decimals: int) -> list[str]:
    held = score.held[LIKELY]
    return [
        numbers.count(score.checks),
        numbers.number(score.typical_miss, decimals),
        difference(score.gain, LOCALE) if np.isfinite(score.gain) else "",
        numbers.percent(held) if np.isfinite(held) else "",
    ]


def _periods(scores: Scores) -> list[tuple[str, Score]]:
    return [(LOCALE.period(scores.frequency, period), one) for period, one in reversed(scores.by_period)]


TABLES: tuple[ScoreTable, ...] = (
    ScoreTable("By period", "When", _periods),
    ScoreTable("By series, the furthest off first", "Series", lambda scores: list(scores.by_series)),
    ScoreTable("By steps ahead", "Steps ahead", lambda scores: [(numbers.count(k), s) for k, s in scores.by_step]),
    ScoreTable("By group", "Group", lambda scores: list(scores.by_group)),
    ScoreTable("By model", "Model", lambda scores: [(name.replace("@", " "), s) for name, s in scores.by_model]),
)
