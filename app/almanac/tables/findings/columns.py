"""What findings about the choice and the meaning of value columns say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.events import LEFT_OUT_KINDS, EventKind
from almanac.core.problems import Choice
from almanac.core.text import agree, plural, some
from almanac.tables.findings.finding_type import Report, Treatment
from almanac.tables.values.cells import listed

_MAX_NAMED = 12  # columns in a sentence that lists them
_MAX_OFFERED = 8  # columns; a person finds the others among all columns
RUNNING_TOTAL = (
    Treatment("difference", "The difference", "Each value is the reading less the one before: what came on top."),
    Treatment("keep", "The running total", "The readings are forecast as they are."),
)
EVENT_COLUMN = (
    Treatment("event", "An event", "Its effect is measured, and the forecast carries it where it is marked to come."),
    Treatment("ignore", "Leave it out", "The column is not used."),
)
Unused = Literal["totals", "running", "repeated", "across", "down", "times", "missing", "quality"]
_USE_INSTEAD: dict[Unused, str] = {
    "totals": "Nothing to do.",
    "running": "Nothing to do.",
    "repeated": "Correct the name of the column if it is about another date, or put both into one column.",
    "across": "Nothing to do.",
    "down": "Choose such a column as what to forecast if it measures something.",
    "missing": "Nothing to do.",
    "quality": "Choose such a column as what to forecast if it measures something.",
    "times": "To forecast how long something took, write hours or minutes as numbers, or call the column “Duration”.",
}
_CALLED = {
    EventKind.SALE: "a sale or promotion",
    EventKind.HOLIDAY: "holidays",
    EventKind.CLOSURE: "a closure",
    EventKind.STOCK_OUT: "times out of stock",
}


@dataclass(frozen=True)
class Readings:
    """A column of running totals, ``of`` some of its series or "" for all, and ``reason``, why it is one.

    With the difference in use: how many readings ``restarts`` from zero, how many are ``lost`` after a fall, and how
    many periods without a reading are ``shared``.
    """

    column: str
    of: str
    reason: str
    restarts: int = 0
    lost: int = 0
    shared: int = 0


def running_total(readings: Readings, frequency: Frequency, rows: tuple[int, ...], used: str, sure: bool) -> Report:
    """A column such as a meter reading; ``sure``: the difference is proposed, otherwise the person is asked."""
    period, name = frequency.period, readings.column
    whose = f"“{name}” of {readings.of}" if readings.of else f"“{name}”"
    said = [
        f"The difference from each {period} to the next is forecast: what came on top."
        if used == "difference"
        else "The readings are forecast as they are. Choose the difference if you want to forecast what comes on top."
    ]
    if readings.restarts:
        counts = agree(readings.restarts, "counts as it is", "count as they are")
        said.append(f"{plural(readings.restarts, 'reading')} began again from zero, and {counts}.")
    if readings.lost:
        fell = plural(readings.lost, "reading")
        said.append(f"{fell} lower than the one before {agree(readings.lost, 'gives', 'give')} no difference.")
    if readings.shared:
        shares = agree(readings.shared, "has its share", "have their shares")
        said.append(f"{frequency.duration(readings.shared)} without a reading {shares} of the next difference.")
    return Report(
        what=f"{whose} {'is' if sure else 'may be'} a running total, such as a meter reading.",
        why=readings.reason,
        fix=" ".join(said),
        count=max(len(rows), 1),
        rows=rows,
        column=name,
        used=used,
        proposed="difference" if sure else "keep",
        asks=not sure,
    )


def target_column(used: str, reason: str, others: Sequence[str], was_chosen: bool) -> Report:
    """One of several columns that may be forecast; ``others``: best first, ``was_chosen``: by the person."""
    quoted = some([f"“{name}”" for name in others])
    names = (used, *others[: _MAX_OFFERED - 1])
    return Report(
        what=f"“{used}” is forecast. {quoted} {agree(len(others), 'is', 'are')} also possible.",
        why="You chose it." if was_chosen else reason,
        fix="Choose another column if you want to forecast that instead.",
        count=len(others),
        column=used,
        choices=tuple(Choice(name, (("values", (name,)),), f"“{name}” is forecast.") for name in names),
    )


def date_column(used: str, reason: str, others: Sequence[str]) -> Report:
    """One of several columns of dates; ``others``: those that may be chosen instead."""
    quoted = some([f"“{name}”" for name in others])
    names = (used, *others[: _MAX_OFFERED - 1])
    return Report(
        what=f"The dates are those of “{used}”. {quoted} {agree(len(others), 'holds', 'hold')} dates as well.",
        why=reason,
        fix="Choose another column if the numbers belong to its dates.",
        count=len(others),
        column=used,
        choices=tuple(Choice(name, (("date", name),), f"Each row counts at its “{name}”.") for name in names),
    )


def several_units(column: str, counts: Mapping[str, int], noun: tuple[str, str], separate: bool) -> Report:
    """Numbers in several currencies or units; ``counts``: how many rows have each, ``separate``: each is a series."""
    ordered = sorted(counts, key=lambda name: -counts[name])
    one, many = noun
    return Report(
        what=f"“{column}” has {plural(len(counts), one, many)}: "
        f"{some([f'{name} ({counts[name]:,})' for name in ordered])}.",
        why=f"Numbers in different {many} cannot be added up.",
        fix=f"Each {one} is a separate series."
        if separate
        else f"They count as numbers of one {one}. Write it in a column next to the numbers, and split by that.",
        count=sum(counts.values()),
        column=column,
    )


def rows_counted(rows: int, counted: int) -> Report:
    """A list of events of which nothing can be added up: ``counted`` of its ``rows`` are, the others are left out."""
    listed_rows = f"The {plural(rows, 'row')}" if counted == rows else f"{counted:,} of the {plural(rows, 'row')}"
    left_out = "" if counted == rows else f"; {rows - counted:,} {agree(rows - counted, 'is', 'are')} left out"
    return Report(
        what=f"{listed_rows} of the list {agree(counted, 'is', 'are')} counted{left_out}.",
        why="Each row is a single event, such as a visit or an order, and no column holds an amount to add up.",
        fix="To forecast an amount instead, add a column with it.",
        count=counted,
    )


def columns_not_used(names: Sequence[str], reason: Unused) -> Report:
    """Columns of numbers or times that are in no series."""
    count = len(names)
    why = {
        "totals": f"{agree(count, 'It adds', 'They add')} up other columns, as the {agree(count, 'name', 'names')} say"
        f"{agree(count, 's', '')}.",
        "running": f"{agree(count, 'It adds', 'They add')} up another column from row to row and never "
        f"{agree(count, 'begins', 'begin')} again, so {agree(count, 'it says', 'they say')} nothing more.",
        "repeated": "Another column has the same date, so that it would count twice.",
        "across": "Time runs across the table, and only the columns named after dates are read.",
        "down": "Such numbers tell rows, dates or things apart, or never change.",
        "missing": "No row has a value there.",
        "quality": "Such numbers are codes, as the names say, for how good others are or for a state.",
        "times": "Such cells may be times of day or durations, and only numbers can be forecast.",
    }
    return Report(
        what=f"{some([f'“{name}”' for name in names], _MAX_NAMED)} {agree(count, 'is', 'are')} not forecast.",
        why=why[reason],
        fix=_USE_INSTEAD[reason],
        count=count,
        column=names[0] if count == 1 else "",
    )


def amounts_not_read(name: str, example: str) -> Report:
    """A column that is left out because its amounts, such as ``example``, cannot be read as numbers."""
    return Report(
        what=f"“{name}” is left out: Almanac cannot read its cells, such as “{example}”, as numbers.",
        why="It does not know the sign or the letters next to the number.",
        fix="To forecast it, write plain numbers into the column.",
        column=name,
    )


def number_pairs(name: str, example: str, rows: Integers) -> Report:
    """A column that is left out because its cells hold two numbers each, such as ``example``; ``rows``: these."""
    return Report(
        what=f"“{name}” is left out: its cells hold two numbers each, such as “{example}”.",
        why="Only a single number can be forecast, and nothing says which of the two is meant.",
        fix="To forecast it, write the number you mean into a separate column.",
        count=len(rows),
        rows=listed(rows),
        column=name,
    )


def event_column(name: str, kind: EventKind, rows: tuple[int, int], used: str) -> Report:
    """A column of yes and no that says when an event is; ``rows``: how many say yes, and those after the last value."""
    marked, ahead = rows
    to_come = f", {ahead:,} of them to come" if ahead else "; none is to come"
    left_out = kind in LEFT_OUT_KINDS
    effect = "These values are left out of what is learned." if left_out else "Its effect is measured and carried."
    return Report(
        what=f"“{name}” says when an event is, in {plural(marked, 'row')}{to_come}.",
        why=f"It holds only yes and no, under a name for {_CALLED[kind]}.",
        fix=effect if used == "event" else "The column is not used.",
        count=marked,
        column=name,
        used=used,
    )
