"""What findings about the values of finished series say. All values are kept until the person chooses a repair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from almanac.core.arrays import Floats
from almanac.core.calendar.frequency import Frequency
from almanac.core.number_signs import MINUS
from almanac.core.text import agree, plural, some
from almanac.tables.findings.finding_type import Report, Treatment

Rows = tuple[int, ...]
SidesKind = Literal["flow", "plan", "indicators", "parts", "areas"]  # why no total joins some series
_KEEP = Treatment("keep", "Keep as it is", "The values stay as they are in the file.")
_MISSING = Treatment("missing", "Count as missing", "The forecast does without these values.")
UNIT_JUMP = (
    _KEEP,
    Treatment("scale", "Bring to the usual size", "Each is multiplied or divided to match the others."),
    _MISSING,
)
OUTLIERS = (
    _KEEP,
    _MISSING,
    Treatment("between", "Fill from the neighbours", "Each becomes a value between those before and after it."),
)
NEGATIVES = (
    Treatment("keep", "Keep them", "They may be returns or corrections."),
    _MISSING,
    Treatment("zero", "Count as zero", "Each counts as zero."),
    Treatment("positive", "Drop the minus", "The minus was a mistake."),
)
LEVEL_BREAK = (
    Treatment("keep", "Keep all", "The forecast sees both levels."),
    Treatment("after", "Use only what came after", "What was before the break is left out."),
)
LAST_PERIOD_LOW = (
    Treatment("keep", "Keep it", "It counts as it is."),
    Treatment("leave_out", "Leave it out", "The forecast begins with this period."),
)
COPIES = (
    Treatment("keep", "Keep them", "They are forecast like the others."),
    Treatment("leave_out", "Leave the copies out", "Only the columns they repeat are forecast."),
)
COMPUTED = (
    Treatment("apart", "Keep them apart", "Each is forecast, and no total adds them together."),
    Treatment("together", "Add them together", "They are parts of one whole, and totals add them."),
)
_APART = "Nothing to do: each is forecast, and no total adds them together."
_AREAS_APART = "Nothing to do: each is forecast, and totals add the other places only."
_PARTS_ONLY = "Nothing to do: each is forecast, and totals add the parts only."
_TOGETHER = "Totals add them together, as you chose."
_REPAIRED = "This was repaired as you chose."


def _kept(count: int) -> str:
    return agree(count, "It was kept.", "They were kept.")


def unit_jump(names: Sequence[str], factors: Floats, rows: Rows, used: str) -> Report:
    """Values in another unit; ``factors``: what to multiply each by."""
    count = len(factors)
    times = " or ".join(f"{f:,.0f}" for f in sorted({float(max(f, 1 / f)) for f in factors}))
    done = {"keep": _kept(count), "scale": "All was brought to the usual size, as you chose."}
    return Report(
        what=f"{plural(count, 'value')} of {some(names)} {agree(count, 'is', 'are')} about {times} times "
        "too large or too small.",
        why="The unit may be another one, such as grams instead of kilograms, or a decimal point is misplaced.",
        fix=done.get(used, _REPAIRED),
        count=count,
        rows=rows,
        changed=0 if used == "keep" else count,
        used=used,
        proposed="scale",  # listed first, but like every repair never made without being asked for
    )


def outliers(names: Sequence[str], values: Floats, rows: Rows, used: str) -> Report:
    """Single values far from all others."""
    count = len(values)
    return Report(
        what=f"{plural(count, 'value')} of {some(names)} {agree(count, 'is', 'are')} far from all others, "
        f"such as {values[0]:,.10g}.",
        why="This may be a typing mistake, or something special that happened once.",
        fix=f"{_kept(count)} Choose a repair if this is a mistake." if used == "keep" else _REPAIRED,
        count=count,
        rows=rows,
        changed=0 if used == "keep" else count,
        used=used,
    )


def negatives(names: Sequence[str], count: int, rows: Rows, used: str) -> Report:
    """A few values below zero in series of counts."""
    return Report(
        what=f"{plural(count, 'value')} of {some(names)} {agree(count, 'is', 'are')} below zero.",
        why="All other values are whole numbers from zero up, like counts of things.",
        fix=f"{_kept(count)} Choose a repair if this cannot be right." if used == "keep" else _REPAIRED,
        count=count,
        rows=rows,
        changed=0 if used == "keep" else count,
        used=used,
    )


def level_break(names: Sequence[str], dates: Sequence[str], rows: Rows, used: str) -> Report:
    """Series that changed their level; ``dates``: when, one for each name."""
    return Report(
        what=f"{plural(len(names), 'series', 'series')} changed level for good: "
        + some([f"{name} from {day}" for name, day in zip(names, dates, strict=True)])
        + ".",
        why="All values after that are clearly higher or lower than all values before. The reason may be a new way of "
        "counting, a new branch or a lost customer.",
        fix="All of it was kept." if used == "keep" else "Only what came after was used, as you chose.",
        count=len(names),
        rows=rows,
        changed=0 if used == "keep" else len(names),
        used=used,
    )


def low_last_period(label: str, frequency: Frequency, used: str, rows: Rows, count: int) -> Report:
    """A last period whose ``count`` values are together far below all before.

    Unlike for ``partial_last_period`` nothing else says that the period is not over.
    """
    return Report(
        what=f"The last {frequency.period} ({label}) may not be over yet.",
        why="It is far below every other one before it.",
        fix="It was kept. Leave it out if more is to come." if used == "keep" else "It was left out, as you chose.",
        count=count,
        rows=rows,
        changed=0 if used == "keep" else count,
        used=used,
    )


def imbalance(names: Sequence[str], total: int, share: float) -> Report:
    """A few of ``total`` series that hold nearly all of the volume."""
    return Report(
        what=f"{some(names)} {agree(len(names), 'holds', 'hold')} {share:.0%} of all volume in {total:,} series.",
        why="What happens there decides every total; the many small series hardly show.",
        fix="Nothing to do. Look at the large ones by themselves.",
        count=len(names),
    )


def copied_columns(pairs: Sequence[tuple[str, str, int, float]], used: str) -> Report:
    """``pairs``: column, the column it repeats, rows later, factor."""
    copies = []
    for column, of, shift, factor in pairs:
        later = f", {plural(abs(shift), 'row')} {'later' if shift > 0 else 'earlier'}" if shift else ""
        copies.append(f"“{column}” is “{of}”{later}{f', times {factor:.6g}' if abs(factor - 1) > 1e-9 else ''}")
    return Report(
        what=f"{plural(len(pairs), 'column')} {agree(len(pairs), 'repeats', 'repeat')} another: {some(copies)}.",
        why="A copy of another column, shifted or scaled, adds nothing new and makes every check look better than it "
        "is (target leakage).",
        fix=f"{_kept(len(pairs))} Leave out what is only a copy."
        if used == "keep"
        else f"{agree(len(pairs), 'It was', 'They were')} left out, as you chose.",
        count=len(pairs),
        column=pairs[0][0],
        changed=0 if used == "keep" else len(pairs),
        used=used,
    )


def computed_series(
    sums: Sequence[tuple[str, Sequence[str], Sequence[str]]], used: str, *, parts_only: bool = False
) -> Report:
    """``sums``: a name, the names that are added to it, and those that are subtracted from it.

    ``parts_only``: whether totals add up what is in these sums, and leave the sums out.
    """
    said = [
        f"“{name}” is {_sum(added, subtracted)}"
        if len(added) + len(subtracted) > 1
        else f"“{name}” is the running total of {_sum(added, subtracted)}"
        for name, added, subtracted in sums
    ]
    return Report(
        what=f"{some(said)}.",
        why="A total over what is already added or subtracted counts it twice.",
        fix=_TOGETHER if used != "apart" else _PARTS_ONLY if parts_only else _APART,
        count=len(sums),
        column=sums[0][0],
        used=used,
    )


def opposite_sides(out: Sequence[str], into: Sequence[str], kind: SidesKind, used: str) -> Report:
    """Names of what went out and of what came in, of plans or another year and of all others, or of anything."""
    words = {
        "flow": f"{_quoted([*into, *out])} are opposite sides, such as what came in and what went out.",
        "plan": f"{_quoted(out)} is a plan for, or another year of, {_quoted(into)}.",
        "indicators": f"{_quoted(into)} are different things.",
        "parts": f"{_quoted(out)} {agree(len(out), 'is', 'are')} part of {_quoted(into)}.",
        "areas": f"{_quoted(out)} {agree(len(out), 'holds', 'hold')} other places, such as {_quoted(into[:1])}.",
    }
    apart = _AREAS_APART if kind == "areas" else _APART
    return Report(
        what=words[kind],
        why="A sum over all of them counts the parts twice."
        if kind in ("parts", "areas")
        else "A sum over all of them says nothing.",
        fix=apart if used == "apart" else _TOGETHER,
        count=len(out) + len(into),
        column=into[0],
        used=used,
    )


def _sum(added: Sequence[str], subtracted: Sequence[str]) -> str:
    """The sum in words: "“Gross” − “Refunds”"."""
    first = " + ".join(f"“{name}”" for name in added)
    rest = "".join(f" {MINUS} “{name}”" for name in subtracted)
    return f"{first}{rest}".strip()


def _quoted(names: Sequence[str]) -> str:
    return some([f"“{name}”" for name in names])
