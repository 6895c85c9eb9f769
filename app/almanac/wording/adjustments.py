"""What a person reads about their own adjustments of a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.number_signs import MINUS
from almanac.core.problems import Problem
from almanac.core.text import agree
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.totals import EVERYTHING

ADJUSTED, ADJUSTMENT_DROPPED, ADJUSTMENT_UNUSED = "adjusted", "adjustment_dropped", "adjustment_unused"
ADJUSTED_PART, ADJUSTED_WHOLE = "adjusted_in_part", "adjusted_as_a_whole"
SAID_WITH_FIGURES = (ADJUSTMENT_DROPPED, ADJUSTED_PART, ADJUSTED_WHOLE)  # also next to totals and orders
MAX_NAMED = 3  # in a note
WITHOUT_ADJUSTMENTS = "This is about the forecast without your adjustments."
RANGES = "The likely range of what you adjusted is moved with your adjustment, not checked."


def change_words(adjustment: Adjustment, formatter: Formatter = PLAIN) -> str:
    """What an adjustment does: "set to 1,500", "times 1.2", "200 more", "200 less"."""
    amount = formatter.number(abs(adjustment.amount), _decimals(adjustment.amount))
    if adjustment.kind is AdjustmentKind.ADD:
        return f"{amount} {'less' if adjustment.amount < 0 else 'more'}"
    if adjustment.kind is AdjustmentKind.SCALE:
        return f"times {amount}"
    return f"set to {MINUS if adjustment.amount < 0 else ''}{amount}"


def adjustment_line(adjustment: Adjustment) -> str:
    """An adjustment in a line: "North, 2026-07-01 to 2026-07-31: times 1.2"."""
    return f"{adjustment.name or EVERYTHING}, {adjustment.span}: {change_words(adjustment)}"


def adjusted_words(count: int) -> str:
    """How often a forecast was adjusted: "once", "3 times", "not at all"."""
    return f"{count:,} times" if count > 1 else "once" if count else "not at all"


def adjusted_notes(count: int) -> tuple[Problem, ...]:
    """Says that the forecast was adjusted."""
    if not count:
        return ()
    return (
        Problem(
            ADJUSTED,
            f"You adjusted the forecast {adjusted_words(count)}.",
            f"Totals and orders use your figures. {RANGES}",
            "The forecast without your adjustments is kept next to it.",
            count=count,
        ),
    )


def span_notes(
    parts: Sequence[tuple[Adjustment, list[str]]], whole: Sequence[tuple[Adjustment, str]], frequency: Frequency
) -> tuple[Problem, ...]:
    """Says which adjustments are about parts of periods ("35% of 2026-07"), and which take the last one whole."""
    notes, period = [], frequency.period
    if parts:
        why = _list([(one, " and ".join(shares)) for one, shares in parts])
        what = f"Some of your adjustments begin or end within a {period}: only that part of it is adjusted."
        fix = f"Give the first and the last day of whole {frequency.periods} if you mean these."
        notes.append(Problem(ADJUSTED_PART, what, why, fix, count=len(parts)))
    if whole:
        what = f"Some of your adjustments end with the first day of a {period}: all of it is adjusted."
        why = f"Your file names each {period} by this day. {_list(whole)}"
        fix = f"Give the last day of the {period} before if you mean up to there."
        notes.append(Problem(ADJUSTED_WHOLE, what, why, fix, count=len(whole)))
    return tuple(notes)


def unused_notes(unused: Sequence[tuple[Adjustment, str, bool]]) -> tuple[Problem, ...]:
    """Says which adjustments do not count, each with why and whether its time is over."""
    dropped = [(one, why) for one, why, expired in unused if expired]
    others = [(one, why) for one, why, expired in unused if not expired]
    notes = []
    if dropped:
        fix = "Enter them again for the time ahead, if they still hold."
        notes.append(_note(ADJUSTMENT_DROPPED, "dropped", dropped, fix))
    if others:
        notes.append(_note(ADJUSTMENT_UNUSED, "not used", others, "Change or remove them."))
    return tuple(notes)


def _note(code: str, verb: str, some: Sequence[tuple[Adjustment, str]], fix: str) -> Problem:
    count = len(some)
    what = f"{count:,} of your adjustments {agree(count, 'is', 'are')} {verb}."
    return Problem(code, what, _list(some), fix, count=count)


def _list(some: Sequence[tuple[Adjustment, str]]) -> str:
    """Adjustments with what is said of each."""
    count = len(some)
    listed = "; ".join(f"{adjustment_line(one)} ({words})" for one, words in some[:MAX_NAMED])
    return f"{listed}; and {count - MAX_NAMED:,} more." if count > MAX_NAMED else f"{listed}."


def _decimals(amount: float) -> int:
    """As many decimals as were typed, at most four."""
    return next((k for k in range(4) if abs(round(amount, k) - amount) < 1e-9), 4)
