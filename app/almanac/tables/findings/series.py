"""What findings about series and their rhythm say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from almanac.core.calendar.frequency import Frequency
from almanac.core.problems import Choice
from almanac.core.text import agree, plural, some
from almanac.tables.findings.combining import Combined
from almanac.tables.findings.finding_type import Report, Treatment
from almanac.tables.reading import Gaps
from almanac.wording.phrases import sentence_start

GAPS = (
    Treatment("leave", "Leave missing", "Nothing is filled in."),
    Treatment("zero", "Count as zero", "Each counts as zero: nothing was sold, visited or used."),
    Treatment("interpolate", "Fill in between", "Each gets a value between its neighbours."),
)
NO_HISTORY = (
    Treatment("refuse", "It is no history", "Nothing is forecast."),
    Treatment("forecast", "Forecast it anyway", "It is forecast as if it were what happened, date by date."),
)
CLOSED = (
    Treatment("closed", "Closed", "Nothing is forecast then: amounts are 0, and levels such as a price have no value."),
    Treatment("missing", "Missing", "They are forecast like all others; what happened in them is not known."),
    Treatment("zero", "Count as zero", "They count as zero, and are forecast like all others."),
)
KEEP_SERIES = (
    Treatment("keep", "Keep them", "They are forecast like the others."),
    Treatment("leave_out", "Leave them out", "They are not forecast."),
)
LAST_PERIOD_UNFINISHED = (
    Treatment("leave_out", "Leave it out", "The forecast begins with this period."),
    Treatment("keep", "Keep it", "It counts as it is, unfinished."),
)
_CLOSED_FIX = {
    "closed": "Nothing is forecast then. Choose otherwise if something happens.",
    "missing": "They are forecast like all others, as you chose.",
    "zero": "They count as zero, as you chose.",
}
_NOT_MEASURED = "Nothing is forecast then. Choose otherwise to forecast them, too."
_NOTHING_HAPPENED = "Nothing happened then, so they count as zero. Leave them missing if the list is not complete."
_FILLED: dict[Gaps, str] = {
    "leave": "Nothing was filled in. You can count each as zero or fill in between.",
    "zero": "Each counts as zero, as you chose.",
    "interpolate": "Each was filled with a value in between, as you chose.",
}


@dataclass(frozen=True)
class AbsentRows:
    """Periods without a row: ``count`` of them in all series, of which ``periods`` differ; ``names``: the series
    concerned, empty for all; ``rows``: those before gaps; ``events``: why they had nothing, empty when that is not
    known; ``chosen``: whether the person chose how they are treated.
    """

    count: int
    periods: int
    names: Sequence[str]
    rows: tuple[int, ...]
    events: str = ""
    chosen: bool = True


def gaps(absent: AbsentRows, frequency: Frequency, used: Gaps) -> Report:
    """Periods without a row."""
    count, names, periods = absent.count, absent.names, frequency.duration(absent.periods)
    events = absent.events
    thing = "row" if events else "value"
    why = f"Your data is {frequency.name}."
    if events:
        why = f"The file lists single events, such as sales or bookings: {events}."
    return Report(
        what=f"{some(names)} {agree(len(names), 'has', 'have')} no {thing} for {periods}."
        if names
        else f"{periods} {agree(absent.periods, 'has', 'have')} no {thing}.",
        why=why,
        fix=_FILLED[used] if absent.chosen or not events else _NOTHING_HAPPENED,
        count=count,
        rows=absent.rows,
        changed=0 if used == "leave" else count,
        used=used,
        proposed="zero" if events else "",
    )


@dataclass(frozen=True)
class ClosedPeriods:
    """``words``: when something is open or closed; ``count``: periods without a value that this explains,
    ``exceptions``: those with a value; ``levels``: whether all are of levels, which are not closed but not measured.
    """

    words: str
    count: int
    exceptions: int
    levels: bool


def closed_periods(found: ClosedPeriods, frequency: Frequency, used: str) -> Report:
    """Periods without a value that follow the calendar."""
    count, exceptions = found.count, found.exceptions
    but = f" {frequency.duration(exceptions)} like them {agree(exceptions, 'has', 'have')} one." if exceptions else ""
    return Report(
        what=f"{sentence_start(found.words)}.",
        why=f"That explains {frequency.duration(count)} without a value.{but}",
        fix=_NOT_MEASURED if found.levels and used == "closed" else _CLOSED_FIX.get(used, ""),
        count=count,
        changed=count if used == "zero" else 0,
        used=used,
    )


def no_history(reason: str, used: str) -> Report:
    """A list that does not say what happened when; ``reason``: a sentence."""
    return Report(
        what="This list is no history.",
        why=reason,
        fix="It is forecast anyway, as you chose."
        if used == "forecast"
        else "A forecast needs what happened before, date by date. Forecast it anyway if that is what the list says.",
        used=used,
    )


def several_frequencies(used: str, others: Mapping[str, int], what: str, rows: tuple[int, ...]) -> Report:
    """Data of several frequencies, of which one is read; ``others``: how many rows or series (``what``) each has."""
    count = sum(others.values())
    parts = [f"{number:,} {name}" for name, number in others.items()]
    names = (used, *others)
    return Report(
        what=f"The file has several frequencies: {_and(names)}. Only what is {used} is read.",
        why="One forecast has one frequency.",
        fix=f"{_and(parts)} {what}{'' if what == 'series' or count == 1 else 's'} "
        f"{agree(count, 'was', 'were')} left out. Choose another frequency to read it instead.",
        count=count,
        rows=rows,
        changed=count,
        choices=tuple(
            Choice(sentence_start(name), (("frequency", name),), f"Only what is {name} is read.") for name in names
        ),
    )


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def irregular_dates(column: str, frequency: Frequency, share: float, how: Combined) -> Report:
    """Dates without a regular rhythm; ``frequency`` fits a ``share`` of their steps and was used."""
    return Report(
        what=f"The dates in “{column}” have no regular rhythm.",
        why=f"The closest is {frequency.name}: it fits {share:.0%} of the steps. {how.reason}".rstrip(),
        fix=f"Almanac made them {frequency.name}; several values in one {frequency.period} were {how.words}. "
        "Choose another rhythm if you know better.",
        column=column,
        period=frequency.period,
        **how.treatments,
    )


def put_together(found: Frequency, requested: Frequency, how: Combined) -> Report:
    """Values resampled to a slower rhythm that the person chose."""
    return Report(
        what=f"The {found.name} values were made {requested.name}.",
        why=f"You chose {requested.name}, and the file is {found.name}. Values in one {requested.period} were "
        f"{how.words}. {how.reason}".rstrip(),
        fix="Choose another rhythm, or another way to combine the values, if that is not what you meant.",
        period=requested.period,
        **how.treatments,
    )


def partial_last_period(label: str, frequency: Frequency, used: str, rows: tuple[int, ...]) -> Report:
    """A file that ends in the middle of its last period."""
    left_out = used == "leave_out"
    return Report(
        what=f"The last {frequency.period} ({label}) is not complete in the file.",
        why="Its total would look like a sudden fall.",
        fix="It was left out. Add the missing rows to your file to include it."
        if left_out
        else "It was kept, as you chose. Leave it out if it is not complete.",
        rows=rows,
        changed=int(left_out),
        used=used,
    )


def constant_series(names: Sequence[str], used: str) -> Report:
    """Series whose values are all the same."""
    return _about_series(
        names,
        agree(len(names), "never changes", "never change"),
        "Every value is the same.",
        "Nothing to do. The forecast will repeat that value.",
        used,
    )


def too_short(names: Sequence[str], least: int, used: str) -> Report:
    """Series with fewer than ``least`` values."""
    return _about_series(
        names,
        f"{agree(len(names), 'has', 'have')} fewer than {least} values",
        "That is too little history to learn a pattern from.",
        "Expect a cautious, wide forecast. Add more history if you have it.",
        used,
    )


def _about_series(names: Sequence[str], what: str, why: str, fix: str, used: str) -> Report:
    left_out = used == "leave_out"
    return Report(
        what=f"{plural(len(names), 'series', 'series')} {what}: {some(names)}.",
        why=why,
        fix=f"{agree(len(names), 'It was', 'They were')} left out, as you chose." if left_out else fix,
        count=len(names),
        changed=len(names) if left_out else 0,
        used=used,
    )


def empty_series(names: Sequence[str]) -> Report:
    """Series without a single number."""
    return Report(
        what=f"{plural(len(names), 'series', 'series')} {agree(len(names), 'has', 'have')} no numbers at all: "
        f"{some(names)}.",
        why="Every cell is blank or text.",
        fix=f"{agree(len(names), 'It was', 'They were')} left out.",
        count=len(names),
        changed=len(names),
    )


def no_dates_row_order(was_chosen: bool) -> Report:
    """A file without dates, or one whose dates the person does not want."""
    if was_chosen:
        return Report(
            what="The rows are taken in order, as you chose.",
            why="One row counts as one step in time, whatever its date.",
            fix="Choose a column with dates to see real dates in the forecast.",
        )
    return Report(
        what="The file has no dates; its rows are taken in order.",
        why="No column looks like dates, so one row counts as one step in time.",
        fix="Add a column with dates to see real dates in the forecast.",
    )


def retail_months(column: str, at_end: bool) -> Report:
    """Months of whole weeks; ``at_end``: their dates are their last days, not their first."""
    return Report(
        what="The months have four or five weeks each.",
        why=f"The dates in “{column}” are 28 or 35 days apart, as in a 4-4-5 calendar.",
        fix=f"Each date was taken as the {'end' if at_end else 'start'} of the month that most of its weeks are in.",
        column=column,
    )


def events_by_day(column: str, how: Combined, booked: bool) -> Report:
    """Single events at irregular or ``booked`` times, which become one value a day."""
    gives = "booked times of single events" if booked else "times of single events, which have no regular rhythm"
    return Report(
        what=f"The values of each day were {how.words}.",
        why=f"“{column}” gives the {gives}.",
        fix="Choose another rhythm, or another way to combine the values, if that is not what you meant.",
        column=column,
        period="day",
        **how.treatments,
    )
