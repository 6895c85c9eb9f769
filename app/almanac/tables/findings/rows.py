"""What findings about rows say: totals, notes, copies, and dates that repeat or are in the future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.text import agree, plural, some
from almanac.tables.findings.combining import Combined
from almanac.tables.findings.finding_type import Report, Treatment
from almanac.tables.values.cells import listed

TOTALS = (
    Treatment("leave_out", "Leave the total out", "Only the parts are forecast."),
    Treatment("keep", "Keep the total", "The total is forecast like the parts, as its own series."),
)
DUPLICATES = (
    Treatment("once", "Count once", "Each counts once."),
    Treatment("keep", "Keep all", "All count, as separate events on the same date."),
)
FUTURE = (
    Treatment("keep", "Keep them", "They are read as if they had happened."),
    Treatment("leave_out", "Leave them out", "Everything after today is left out."),
)
WEEKEND = (
    Treatment("previous", "The business day before", "They count to the Friday before, added to what is there."),
    Treatment("next", "The business day after", "They count to the Monday after, added to what is there."),
    Treatment("leave_out", "Leave them out", "They do not count."),
)
ODD_TIMES = (
    Treatment("nearest", "Move to the nearest", "They count to the nearest of the usual times."),
    Treatment("leave_out", "Leave them out", "They do not count."),
)
BACKWARDS = (
    Treatment("correct", "Correct the date", "They are read with the date that fits between the rows around them."),
    Treatment("keep", "Keep as written", "They are read with the dates in the file."),
    Treatment("leave_out", "Leave them out", "They do not count."),
)
CANCELLED = (
    Treatment("leave_out", "Leave them out", "Only what was not cancelled or given back counts."),
    Treatment("keep", "Count all", "They count like all other rows."),
)
_BACKWARDS = {
    "correct": "They were read with the date that fits between the rows around them.",
    "keep": "They were read with the dates in the file.",
    "leave_out": "They were left out.",
}
_MOVED = {
    "previous": "They count to the Friday before.",
    "next": "They count to the Monday after.",
    "nearest": "They were moved to the nearest of the usual times.",
    "leave_out": "They were left out.",
}


def totals_left_out(rows: Integers, averages: bool = False, longer: bool = False) -> Report:
    """Lines of totals, of ``averages``, or of years among months (``longer``), among lines of data."""
    of_periods = "with figures for whole years or other longer periods" if longer else "of totals"
    kind = "of averages" if averages else of_periods
    return Report(
        what=f"{plural(len(rows), 'row')} {kind} {agree(len(rows), 'was', 'were')} left out.",
        why=f"{agree(len(rows), 'It is', 'They are')} about several rows at once, such as a whole month or all shops.",
        fix="Nothing to do.",
        count=len(rows),
        rows=listed(rows),
        changed=len(rows),
    )


def longer_periods(names: Sequence[str]) -> Report:
    """Columns of whole years or quarters among those of months, where time runs across."""
    count = len(names)
    return Report(
        what=f"{plural(count, 'column')} {agree(count, 'is', 'are')} about longer periods than others: {some(names)}.",
        why="They would count a second time what the columns of shorter periods hold.",
        fix=f"{agree(count, 'It was', 'They were')} left out.",
        count=count,
    )


def totals_among_parts(what: Literal["columns", "series"], names: Sequence[str], used: str, rows: Integers) -> Report:
    """Columns or series that add up the others."""
    left_out = used == "leave_out"
    return Report(
        what=f"{'The total was left out' if left_out else 'There is a total next to its parts'}: {some(names)}.",
        why=f"{agree(len(names), 'It adds', 'They add')} up other {what}, and would count twice.",
        fix="Keep it if you want to forecast the total as well."
        if left_out
        else "Leave it out if you want only the parts.",
        count=len(names),
        rows=listed(rows),
        changed=max(len(rows), len(names)) if left_out else 0,
        used=used,
    )


def notes_left_out(rows: Integers) -> Report:
    """Lines of text among or below the data."""
    return Report(
        what=f"{plural(len(rows), 'line')} without numbers {agree(len(rows), 'was', 'were')} left out.",
        why=agree(
            len(rows),
            "It looks like a note or a heading between or below the data.",
            "They look like notes or headings between or below the data.",
        ),
        fix=f"Nothing to do, unless {agree(len(rows), 'this line', 'these lines')} should hold data.",
        count=len(rows),
        rows=listed(rows),
        changed=len(rows),
    )


@dataclass(frozen=True)
class Said:
    """What ``columns`` say of rows: ``became``, such as "cancelled or refunded", in their ``words``, perhaps none."""

    columns: Sequence[str]
    became: str
    words: str


def cancelled_rows(said: Said, rows: tuple[Integers, int], reason: str, treatments: tuple[str, str]) -> Report:
    """Rows with an amount that columns call cancelled; ``reason``: a sentence on whether they count, empty where the
    file does not show it. ``rows``: the lines of these, and how many are called so, with an amount or without;
    ``treatments``: the one in use, and the one proposed.
    """
    lines, called_so = rows
    used, proposed = treatments
    count = len(lines)
    quoted = " and ".join(f"“{column}”" for column in said.columns)
    which = f"{plural(count, 'row')}{' with an amount' if count < called_so else ''}"
    return Report(
        what=f"{which} {agree(count, 'was', 'were')} {said.became}, as {quoted} "
        f"{agree(len(said.columns), 'says', 'say')}{f': {said.words}' if said.words else ''}.",
        why=reason or f"What is {said.became} brings in nothing, so it would count too much.",
        fix="They were left out. Count all rows if these should count as well."
        if used == "leave_out"
        else "They were counted. Leave them out if these should not count.",
        count=count,
        rows=listed(lines),
        column=said.columns[0],
        changed=count if used == "leave_out" else 0,
        used=used,
        proposed=proposed,
        asks=not reason,
    )


def dates_not_understood(column: str, rows: Integers) -> Report:
    """Rows without a readable date."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'was', 'were')} left out: Almanac found no date in "
        f"“{column}”.",
        why="The cell is blank, or holds nothing that is a date like those in the other rows.",
        fix=f"Write a date in {agree(len(rows), 'this cell', 'these cells')} as in the other rows, save, and open the "
        f"file again. Leave {agree(len(rows), 'it', 'them')} blank in a row of totals, which would count twice.",
        count=len(rows),
        rows=listed(rows),
        column=column,
        changed=len(rows),
    )


@dataclass(frozen=True)
class Repeats:
    """``count`` rows whose period an earlier row of the same series has; ``rows``: both, as lines.

    ``periods``: how many have several rows; ``keys``: columns that tell series apart, ``dates``: that of the dates.
    """

    count: int
    rows: Integers
    periods: int
    dates: str
    keys: tuple[str, ...] = ()


def repeated_dates(repeats: Repeats, frequency: Frequency, how: Combined, usual: bool) -> Report:
    """Periods with several rows; ``usual``: too many to be mistakes; ``how``: their values become one."""
    count, period = repeats.count, frequency.period
    if usual:
        several = agree(repeats.periods, "has", "have")
        what = f"{frequency.duration(repeats.periods)} {several} more than one row; the values were {how.words}."
        why = how.reason or "This is usual in a list of single events, such as sales or bookings."
    else:
        what = f"{plural(count, 'row')} {agree(count, 'repeats', 'repeat')} a {period} that already has a row."
        same = f" for the same {' and '.join(f'“{key}”' for key in repeats.keys)}" if repeats.keys else ""
        where = f"The same {period} is in “{repeats.dates}” more than once{same}; the values were {how.words}."
        why = f"{where} {how.reason}".rstrip()
    return Report(
        what=what,
        why=why,
        fix="The values can be added together or averaged, or only the last one kept.",
        count=count,
        rows=listed(repeats.rows),
        changed=count,
        asks=not usual,
        period=period,
        **how.treatments,
    )


def duplicate_rows(copies: Repeats, used: str) -> Report:
    """Rows that are exact copies of an earlier one."""
    once, count = used == "once", copies.count
    return Report(
        what=f"{plural(count, 'row')} {agree(count, 'is an exact duplicate', 'are exact duplicates')}.",
        why=f"{agree(count, 'It has', 'They have')} the same date and the same values as an earlier row"
        + (f", and {agree(count, 'counts', 'count')} once." if once else ", and were kept, as you chose."),
        fix="Keep all that are separate events." if once else "Count once what is only a copy.",
        count=count,
        rows=listed(copies.rows),
        changed=count if once else 0,
        used=used,
    )


def dates_backwards(column: str, written: str, corrected: str, rows: Integers, used: str) -> Report:
    """Rows whose date was probably typed wrong: one of them as ``written`` and as ``corrected`` (2011-01-02)."""
    return Report(
        what=f"In {plural(len(rows), 'row')} the dates run backwards: {written} is probably {corrected}.",
        why=f"Every other row of “{column}” is in order of time, and with another year, month or day "
        f"{agree(len(rows), 'this one is', 'these are')} too.",
        fix=_BACKWARDS[used] + " Choose another reading if that is wrong.",
        count=len(rows),
        rows=listed(rows),
        column=column,
        changed=0 if used == "keep" else len(rows),
        used=used,
    )


def out_of_order(column: str, rows: Integers) -> Report:
    """Rows in another place than their dates say, in a file that is otherwise in order."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'is', 'are')} not in order of time, unlike all others.",
        why=f"Their dates in “{column}” go far back. They may have been added later, or a date may be mistyped.",
        fix="They were read with the dates in the file. If one is wrong, correct it in your file and open it again.",
        count=len(rows),
        rows=listed(rows),
        column=column,
    )


def future_dates(column: str, rows: Integers, used: str) -> Report:
    """Rows with values whose date is after today."""
    left_out = used == "leave_out"
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'is', 'are')} dated in the future.",
        why=f"“{column}” has dates after today, with values. These may be plans rather than facts.",
        fix="All after today was left out, as you chose."
        if left_out
        else "All was read as if it had happened. Leave out what is only planned.",
        count=len(rows),
        rows=listed(rows),
        changed=len(rows) if left_out else 0,
        used=used,
    )


def weekend_rows(rows: Integers, used: str, proposed: str) -> Report:
    """A few rows on Saturdays or Sundays among business days."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'is', 'are')} on a Saturday or Sunday.",
        why="All others are on business days, so the data is business-daily.",
        fix=_MOVED.get(used, ""),
        count=len(rows),
        rows=listed(rows),
        changed=len(rows),
        used=used,
        proposed=proposed,
    )


def odd_times(frequency: Frequency, example: str, rows: Integers, used: str) -> Report:
    """A few rows at other times than all others; ``example``: one of these times."""
    return Report(
        what=f"{plural(len(rows), 'row')} {agree(len(rows), 'is', 'are')} at an odd time, such as {example}.",
        why=f"The data is {frequency.name}, and all others are at the same time of each {frequency.period}."
        if frequency.multiple == 1
        else f"All others are {frequency.name}.",
        fix=_MOVED.get(used, ""),
        count=len(rows),
        rows=listed(rows),
        changed=len(rows),
        used=used,
    )


def uneven_times(column: str, frequency: Frequency, seconds: int) -> Report:
    """Times that are all a little off; ``seconds``: at most so much."""
    off = plural(seconds, "second") if seconds < 120 else plural(round(seconds / 60), "minute")
    return Report(
        what=f"The times in “{column}” are not quite even: up to {off} off.",
        why=f"The data is {frequency.name}; clocks of devices are seldom exact.",
        fix="Each row counts to the nearest even time.",
        column=column,
    )
