"""What a person reads about their own adjustments of a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.core.problems import Problem
from almanac.core.text import agree
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.totals import EVERYTHING

ADJUSTED, ADJUSTMENT_DROPPED, ADJUSTMENT_UNUSED = "adjusted", "adjustment_dropped", "adjustment_unused"
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
    return f"set to {'−' if adjustment.amount < 0 else ''}{amount}"


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
    listed = "; ".join(f"{adjustment_line(one)} ({why})" for one, why in some[:MAX_NAMED])
    more = f"; and {count - MAX_NAMED:,} more" if count > MAX_NAMED else ""
    what = f"{count:,} of your adjustments {agree(count, 'is', 'are')} {verb}."
    return Problem(code, what, f"{listed}{more}.", fix, count=count)


def _decimals(amount: float) -> int:
    """As many decimals as were typed, at most four."""
    return next((k for k in range(4) if abs(round(amount, k) - amount) < 1e-9), 4)
