"""New data in words: what a newer file changed, and why one does not fit the table before."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from almanac.core.problems import Problem
from almanac.core.text import agree, did_you_mean, plural, some
from almanac.wording.formatter import PLAIN, Formatter
from almanac.wording.phrases import decimals_for

if TYPE_CHECKING:
    from almanac.core.calendar.frequency import Frequency
    from almanac.updates.units import UnitChange
    from almanac.updates.update import Correction, Renaming, Update

MAX_NAMES = 5
OTHER_UNITS = "update_other_units"
_OWN_TABLE = "Or it is a separate table, to be opened on its own."


def update_sentences(update: Update, formatter: Formatter = PLAIN, *, asks: bool = True) -> tuple[str, ...]:
    """What a newer file changed, a sentence each, the most important first; ``asks``: with questions about names."""
    if update.same:
        return ("Nothing is new: these are the same values as before.",)
    said = (
        _appended(update, formatter),
        _completed(update),
        _corrected(update, formatter),
        _removed(update, formatter),
        _filled(update, formatter),
        *(renaming_question(one, formatter) for one in update.renamings[: MAX_NAMES if asks else 0]),
        _named(update.new, "is new", "are new"),
        _named(update.vanished, "is no longer in the file", "are no longer in the file"),
        _kept(update, formatter),
    )
    return tuple(sentence for sentence in said if sentence)


def _appended(update: Update, formatter: Formatter) -> str:
    if update.since is None or update.until is None:
        return "No later values were added."
    count, series = int(update.appended.sum()), int((update.appended > 0).sum())
    first, last = (formatter.period(update.frequency, period) for period in (update.since, update.until))
    span = first if first == last else f"{first} to {last}"
    values = formatter.plural(count, "new value")
    if len(update.names) == 1:
        return f"{values} for {span}."
    everything = formatter.plural(len(update.names), "series", "series")
    without = [name for name, count in zip(update.names, update.appended.tolist(), strict=True) if not count]
    missing = f"; none for {some(without, MAX_NAMES)}" if without else ""
    return f"{values} for {span}, in {formatter.count(series)} of {everything}{missing}."


def _completed(update: Update) -> str:
    if not update.completed:
        return ""
    return f"The last {update.frequency.period} was not over before; now it is complete."


def _corrected(update: Update, formatter: Formatter) -> str:
    count = int(update.corrected.sum())
    if not count:
        return ""
    were = f"{formatter.plural(count, 'past value')} {agree(count, 'was', 'were')} corrected"
    largest = correction_text(update.corrections[0], update.frequency, formatter)
    return f"{were}: {largest}." if count == 1 else f"{were}, largest: {largest}."


def correction_text(correction: Correction, frequency: Frequency, formatter: Formatter = PLAIN) -> str:
    """One corrected value: "2025-03, Bread, 410 → 390"."""
    decimals = max(decimals_for(np.array([value])) for value in (correction.before, correction.after))
    fewest = next(
        (n for n in range(decimals) if all(round(v, n) == v for v in (correction.before, correction.after))), decimals
    )
    before, after = (formatter.number(value, fewest) for value in (correction.before, correction.after))
    return f"{formatter.period(frequency, correction.period)}, {correction.series}, {before} → {after}"


def _removed(update: Update, formatter: Formatter) -> str:
    count = int(update.removed.sum())
    if not count:
        return ""
    return f"{formatter.plural(count, 'past value')} {agree(count, 'is', 'are')} no longer in the file."


def _filled(update: Update, formatter: Formatter) -> str:
    count = int(update.filled.sum())
    return f"{formatter.plural(count, 'gap')} in the past {agree(count, 'has', 'have')} a value now." if count else ""


def _kept(update: Update, formatter: Formatter) -> str:
    count = int(update.kept.sum())
    if not count:
        return ""
    return (
        f"The file begins later than before; {formatter.plural(count, 'older value')} {agree(count, 'is', 'are')} kept."
    )


def _named(names: Sequence[str], one: str, many: str) -> str:
    return f"{some(names, MAX_NAMES)} {agree(len(names), one, many)}." if names else ""


def renaming_question(renaming: Renaming, formatter: Formatter = PLAIN) -> str:
    """Whether a series has another name now, with the evidence for it."""
    agreeing, compared = formatter.count(renaming.agreeing), formatter.count(renaming.compared)
    share = f"All {compared}" if renaming.agreeing == renaming.compared else f"{agreeing} of {compared}"
    return f"Is “{renaming.after}” the new name of “{renaming.before}”? {share} past values are the same."


def other_columns(file: str, before: Sequence[str], now: Sequence[str]) -> Problem:
    """The file has other columns than the table before."""
    lost = [name for name in before if name not in now]
    added = [name for name in now if name not in before]
    parts = [f"{some(lost, MAX_NAMES)} {agree(len(lost), 'is', 'are')} missing"] if lost else []
    parts += [f"{some(added, MAX_NAMES)} {agree(len(added), 'is', 'are')} new"] if added else []
    return Problem(
        "update_other_columns",
        f"{file} has other columns than the table before.",
        f"Of the columns that are forecast or split by, {' and '.join(parts) or 'some are used in another way'}.",
        f"Nothing was changed. {_OWN_TABLE}",
    )


def other_frequency(file: str, before: Frequency, now: Frequency) -> Problem:
    """The file has another frequency than the table before."""
    alike = before.name == now.name
    return Problem(
        "update_other_frequency",
        f"{file} is {'divided at other dates' if alike else now.name}, and the table before was not."
        if alike
        else f"{file} is {now.name}; the table before was {before.name}.",
        "A forecast cannot be compared with values of other periods.",
        f"Nothing was changed. {_OWN_TABLE}",
    )


def other_units(file: str, names: Sequence[str], change: UnitChange) -> Problem:
    """The values are in other units than before."""
    return Problem(
        OTHER_UNITS,
        f"{file} seems to have other units than before.",
        f"{plural(len(names), 'series', 'series')} ({some(names, MAX_NAMES)}): {_rule(change)}.",
        f"Nothing was changed. If the units are a mistake, correct them in the file. {_OWN_TABLE}",
        count=len(names),
    )


def _rule(change: UnitChange) -> str:
    if not isfinite(change.factor):
        return f"the past values are now in {change.words}"
    if change.factor == -1:
        return "all signs are reversed"
    values, where = ("the new values", "") if change.only_new else ("values", ", throughout")
    if change.factor >= 1:
        return f"{values} are {_factor(change.factor)} times what they were before{where}"
    return f"{values} are {_factor(1 / change.factor)} times smaller than they were before{where}"


def _factor(factor: float) -> str:
    return f"{factor:,.0f}" if abs(factor - round(factor)) < 1e-6 * factor else f"{factor:.3g}"


def no_series_in_common(file: str, before: Sequence[str], now: Sequence[str]) -> Problem:
    """None of the series of the table before is in the file."""
    return Problem(
        "update_no_series",
        f"{file} has none of the series of the table before.",
        f"Before there were {some(before)}; now there are {some(now)}, and their past values are not the same either.",
        f"Nothing was changed. {_OWN_TABLE}",
    )


def unknown_renaming(name: str, where: str, names: Sequence[str]) -> Problem:
    """A new name was given for a series that is not there; ``where``: in which of the two files."""
    return Problem(
        "update_unknown_renaming",
        f"There is no series “{name}” in {where}.",
        f"There is: {some(names, MAX_NAMES)}.",
        f"Nothing was changed. {did_you_mean(name, names, 'Write the names as they are in the files.')}",
    )


def no_project(file: str) -> Problem:
    """Nothing that is kept goes on with this file."""
    return Problem(
        "update_no_project",
        f"{file} goes on from no earlier work.",
        "None of the tables that you have forecast has the same columns, the same rhythm and the same series.",
        "Open it as a new table. Next time it will be recognised.",
    )


def unknown_project(asked: str, titles: Sequence[str]) -> Problem:
    """There is no project of this name."""
    return Problem(
        "update_unknown_project",
        f"There is no earlier work called “{asked}”.",
        f"There is: {some(titles, MAX_NAMES)}." if titles else "Nothing has been kept so far.",
        "Choose one of these, or leave the name out to have the file recognised.",
    )


def nothing_read() -> Problem:
    """A project without any data: its readings were deleted."""
    return Problem(
        "update_nothing_read",
        "This work has no data any more.",
        "What was read was deleted.",
        "Open the file as a new table.",
    )
