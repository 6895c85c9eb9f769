"""What was noticed about series and their rhythm."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.frequency import Frequency
from almanac.core.problems import Finding
from almanac.core.text import plural, some
from almanac.tables.findings import treatments
from almanac.tables.findings.phrases import HOW
from almanac.tables.reading import Gaps, Repeated


def gaps_found(
    number: int, series: Sequence[str], rhythm: Frequency, repair: Gaps, total: int, rows: tuple[int, ...]
) -> Finding:
    done = {
        "leave": "They stay missing. You can have them counted as zero or filled in between.",
        "zero": "They were counted as zero, as you chose.",
        "interpolate": "They were filled with values in between, as you chose.",
    }[repair]
    three = {
        "leave": ("Leave missing", "They stay missing; nothing is filled in."),
        "zero": ("Count as zero", "They count as zero: nothing was sold, visited or used."),
        "interpolate": ("Fill in between", "They are filled with values between their neighbours."),
    }
    where = f" in {some(series)}" if total > 1 and series else ""
    return Finding(
        "gaps",
        f"{rhythm.duration(number)} {'has' if number == 1 else 'have'} no row{where}.",
        f"The other dates come {rhythm.name}.",
        done,
        number,
        rows,
        "",
        None,
        *treatments.option("gaps", repair, three),
        0 if repair == "leave" else number,
    )


def irregular_dates(column: str, rhythm: Frequency, share: float, how: Repeated) -> Finding:
    return Finding(
        "irregular_dates",
        f"The dates in “{column}” keep no even rhythm.",
        f"{share:.0%} of the steps fit {rhythm.name}, the closest one.",
        f"They were put together {rhythm.name}; several in one {rhythm.unit.value} were {HOW[how]}. "
        "Choose another rhythm if you know better.",
        1,
        (),
        column,
        None,
        *treatments.repeated(how),
    )


def put_together(found: Frequency, asked: Frequency, how: Repeated) -> Finding:
    return Finding(
        "put_together",
        f"The {found.name} values were {HOW[how]} to {asked.name} ones.",
        f"You chose {asked.name}; the file is {found.name}.",
        "Choose another rhythm, or averaging instead of adding, if that is not what you meant.",
        1,
        (),
        "",
        None,
        *treatments.repeated(how),
    )


def partial_last_period(label: str, rhythm: Frequency, used: str, rows: tuple[int, ...]) -> Finding:
    out = used == "leave_out"
    both = {
        "leave_out": ("Leave it out", "The forecast begins with this period."),
        "keep": ("Keep it", "It counts as it is, unfinished."),
    }
    return Finding(
        "partial_last_period",
        f"The last {rhythm.unit.value} ({label}) is not over yet in the file.",
        "Its total would look like a sudden fall.",
        "It was left out. Add the missing days to the file to include it."
        if out
        else "It was kept, as you chose. Leave it out if the period is not complete.",
        1,
        rows,
        "",
        None,
        *treatments.repairs("partial_last_period", used, both),
        int(out),
    )


def named(code: str, names: Sequence[str], used: str = "keep") -> Finding:
    """A finding about whole series: constant_series, too_short, empty_series."""
    what, why, fix = {
        "constant_series": (
            ("never changes", "never change"),
            "Every value is the same.",
            "Nothing to do; the forecast will repeat that value.",
        ),
        "too_short": (
            ("has fewer than 8 values", "have fewer than 8 values"),
            "There is too little past to learn a pattern from.",
            "Their forecast will be careful and wide. Add more past if you have it.",
        ),
        "empty_series": (
            ("holds no number at all", "hold no number at all"),
            "Every cell is blank or text.",
            "They were left out.",
        ),
    }[code]
    both = {
        "keep": ("Keep them", "They are forecast like the others."),
        "leave_out": ("Leave them out", "They are not forecast."),
    }
    choose = treatments.Ways((), 0) if code == "empty_series" else treatments.repairs(code, used, both)
    told = f"{plural(len(names), 'series', 'series')} {what[len(names) > 1]}: {some(names)}."
    fix = "They were left out, as you chose." if used == "leave_out" else fix
    changed = len(names) if used == "leave_out" or code == "empty_series" else 0
    return Finding(code, told, why, fix, len(names), (), "", None, *choose, changed)


def no_dates_row_order() -> Finding:
    return Finding(
        "no_dates_row_order",
        "The file has no dates; its rows are taken in order.",
        "No column looks like dates, so one row counts as one step in time.",
        "Add a column with dates to see real dates in the forecast.",
    )


def retail_months(column: str, ends: bool) -> Finding:
    return Finding(
        "retail_months",
        "The months have four or five weeks each.",
        f"The dates in “{column}” lie 28 or 35 days apart, as in a 4-4-5 calendar.",
        f"Each date was taken as the {'end' if ends else 'beginning'} of the month that most of its weeks are in.",
        column=column,
    )


def events_by_day(column: str) -> Finding:
    return Finding(
        "events_by_day",
        "The rows were added together by day.",
        f"“{column}” tells the moment of single events, at no even rhythm.",
        "Choose another rhythm, or averaging, if that is not what you meant.",
        1,
        (),
        column,
        None,
        *treatments.repeated("sum"),
    )
