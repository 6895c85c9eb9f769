"""What was noticed about rows: totals, notes, copies, and dates that repeat or lie ahead."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.arrays import Integers
from almanac.core.frequency import Frequency
from almanac.core.problems import Finding
from almanac.core.text import plural, some
from almanac.tables.findings import treatments
from almanac.tables.findings.phrases import HOW
from almanac.tables.reading import Repeated
from almanac.tables.values.cells import listed


def totals_left_out(rows: Integers) -> Finding:
    """Lines of totals among lines of data."""
    return Finding(
        "totals_left_out",
        f"Totals were left out: {plural(len(rows), 'row')}.",
        "They add up other rows of the table and have no date of their own.",
        "Nothing to do.",
        len(rows),
        listed(rows),
        changed=len(rows),
    )


def totals_among_parts(what: str, names: Sequence[str], used: str, rows: Integers, proposed: str) -> Finding:
    """``what``: "column" or "series"; a total that stands beside its parts."""
    both = {
        "leave_out": ("Leave the total out", "Only the parts are forecast."),
        "keep": ("Keep the total", "The total is forecast like the parts, as a series of its own."),
    }
    ordered = {proposed: both[proposed], **both}
    out = used == "leave_out"
    return Finding(
        "totals_among_parts",
        f"{'The total was left out' if out else 'A total stands beside its parts'}: {some(names)}.",
        f"{'It adds' if len(names) == 1 else 'They add'} up the other {what if what == 'series' else 'columns'}, "
        "and would be counted twice.",
        "Keep it if you want to forecast the total as well." if out else "Leave it out if you want only the parts.",
        len(names),
        listed(rows),
        "",
        None,
        *treatments.repairs("totals_among_parts", used, ordered),
        max(len(rows), len(names)) if out else 0,
    )


def notes_left_out(rows: Integers) -> Finding:
    return Finding(
        "notes_left_out",
        f"{plural(len(rows), 'line')} without numbers left out.",
        "They look like notes or headings between or below the data.",
        "Nothing to do, unless these lines should have held data.",
        len(rows),
        listed(rows),
        changed=len(rows),
    )


def dates_not_understood(column: str, rows: Integers) -> Finding:
    return Finding(
        "dates_not_understood",
        f"{plural(len(rows), 'row')} left out: no date could be read in “{column}”.",
        "The cell is blank, or it is written differently from the others.",
        "Write a date in these cells as in the other rows, save, and read the file again.",
        len(rows),
        listed(rows),
        column,
        changed=len(rows),
    )


def repeated_dates(rows: Integers, rhythm: Frequency, how: Repeated, usual: bool, column: str) -> Finding:
    period = rhythm.unit.value
    if usual:
        what = f"Most {period}s have several rows; they were {HOW[how]}."
        why = "The file lists single events, such as sales or bookings."
    else:
        what = f"{plural(len(rows), 'row')} repeat{'s' if len(rows) == 1 else ''} a {period} that was there already."
        why = f"The same date stands more than once in “{column}”; the values were {HOW[how]}."
    return Finding(
        "repeated_dates",
        what,
        why,
        "Choose between adding together, averaging and keeping the last.",
        len(rows),
        listed(rows),
        "",
        None,
        *treatments.repeated(how),
        len(rows),
    )


def duplicate_rows(rows: Integers, used: str) -> Finding:
    """Rows that are exact copies of an earlier one; ``used``: "once" or "keep"."""
    once = {
        "once": ("Count once", "Each of them counts once."),
        "keep": ("Keep all", "They count as separate events of the same date."),
    }
    return Finding(
        "duplicate_rows",
        f"{plural(len(rows), 'row')} stand{'s' if len(rows) == 1 else ''} twice in the file.",
        "Same date, same values: they look like copies"
        + (" and were counted once." if used == "once" else "; they were kept, as you chose."),
        "Keep all if they are separate events." if used == "once" else "Count them once if they are copies.",
        len(rows),
        listed(rows),
        "",
        None,
        *treatments.repairs("duplicate_rows", used, once),
        len(rows) if used == "once" else 0,
    )


def future_dates(column: str, rows: Integers, used: str) -> Finding:
    """Rows with values that are dated later than today; ``used``: "keep" or "leave_out"."""
    both = {
        "keep": ("Keep them", "They are read as if they had happened."),
        "leave_out": ("Leave them out", "Everything after today is left out."),
    }
    out = used == "leave_out"
    return Finding(
        "future_dates",
        f"{plural(len(rows), 'row')} {'lies' if len(rows) == 1 else 'lie'} in the future.",
        f"“{column}” holds dates later than today, with values; they may be plans, not what happened.",
        "They were left out, as you chose."
        if out
        else "They were read as if they had happened. Leave them out if they are plans.",
        len(rows),
        listed(rows),
        "",
        None,
        *treatments.repairs("future_dates", used, both),
        len(rows) if out else 0,
    )
