"""What was noticed about the values of finished series. They are all kept until the person chooses a repair."""

from __future__ import annotations

from collections.abc import Sequence

from almanac.core.arrays import Floats
from almanac.core.frequency import Frequency
from almanac.core.problems import Finding
from almanac.core.text import plural, some
from almanac.tables.findings import treatments

Rows = tuple[int, ...]
_KEEP = ("Keep as it is", "The values stay as they are in the file.")
_MISSING = ("Count as missing", "The forecast does without these values.")


def unit_jump(names: Sequence[str], factors: Floats, rows: Rows, used: str) -> Finding:
    """Values in another unit; ``factors``: what each has to be multiplied by."""
    times = " or ".join(f"{f:,.0f}" for f in sorted({float(max(f, 1 / f)) for f in factors}))
    scale = ("Bring to the usual size", f"The values are multiplied or divided by {times}.")
    return Finding(
        "unit_jump",
        f"{plural(len(factors), 'value')} of {some(names)} {'is' if len(factors) == 1 else 'are'} about {times} times "
        "too large or too small.",
        "They may be in another unit, such as grams for kilograms, or have a misplaced point.",
        _done(used, {"keep": "They were kept.", "scale": "They were brought to the usual size, as you chose."}),
        len(factors),
        rows,
        "",
        None,
        *treatments.repairs("unit_jump", used, {"scale": scale, "missing": _MISSING, "keep": _KEEP}),
        0 if used == "keep" else len(factors),
    )


def outliers(names: Sequence[str], values: Floats, rows: Rows, used: str) -> Finding:
    between = ("Fill from the neighbours", "Each becomes a value between those before and after it.")
    return Finding(
        "outliers",
        f"{plural(len(values), 'value')} of {some(names)} {'lies' if len(values) == 1 else 'lie'} far from all others, "
        f"such as {values[0]:,.10g}.",
        "It may be a typing mistake, or something special that happened once.",
        _done(used, {"keep": "They were kept. Choose a repair if they are mistakes."}),
        len(values),
        rows,
        "",
        None,
        *treatments.repairs("outliers", used, {"keep": _KEEP, "missing": _MISSING, "between": between}),
        0 if used == "keep" else len(values),
    )


def negatives(names: Sequence[str], number: int, rows: Rows, used: str) -> Finding:
    three = {
        "keep": ("Keep them", "They may be returns or corrections."),
        "missing": _MISSING,
        "zero": ("Count as zero", "Nothing less than nothing."),
        "positive": ("Drop the minus", "The minus was a mistake."),
    }
    return Finding(
        "negatives",
        f"{plural(number, 'value')} of {some(names)} {'is' if number == 1 else 'are'} below zero.",
        "All the others are whole numbers from zero up, as of things one counts.",
        _done(used, {"keep": "They were kept. Choose a repair if they cannot be."}),
        number,
        rows,
        "",
        None,
        *treatments.repairs("negatives", used, three),
        0 if used == "keep" else number,
    )


def level_break(names: Sequence[str], dates: Sequence[str], rows: Rows, used: str) -> Finding:
    after = ("Use only what came after", "What lies before the break is left out.")
    return Finding(
        "level_break",
        f"{plural(len(names), 'series', 'series')} changed level for good: "
        + some([f"{name} from {day} on" for name, day in zip(names, dates, strict=True)])
        + ".",
        "Everything after lies apart from everything before: another way of counting, a new branch, a lost customer.",
        _done(used, {"keep": "All of it was kept.", "after": "Only what came after was used, as you chose."}),
        len(names),
        rows,
        "",
        None,
        *treatments.repairs(
            "level_break", used, {"keep": ("Keep all", "The forecast sees both levels."), "after": after}
        ),
        0 if used == "keep" else len(names),
    )


def low_last_period(label: str, rhythm: Frequency, used: str, rows: Rows, number: int) -> Finding:
    """The last period is far below all before; unlike ``partial_last_period`` that is all that is known."""
    both = {
        "keep": ("Keep it", "It counts as it is."),
        "leave_out": ("Leave it out", "The forecast begins with this period."),
    }
    return Finding(
        "partial_last_period",
        f"The last {rhythm.unit.value} ({label}) may not be over yet.",
        "It is far below every other one before it.",
        _done(used, {"keep": "It was kept. Leave it out if more is to come."}),
        number,
        rows,
        "",
        None,
        *treatments.repairs("partial_last_period", used, both),
        0 if used == "keep" else number,
    )


def imbalance(names: Sequence[str], total: int, share: float) -> Finding:
    return Finding(
        "imbalance",
        f"{some(names)} hold{'s' if len(names) == 1 else ''} {share:.0%} of all volume in {total:,} series.",
        "What happens there decides every total; the many small ones hardly show.",
        "Nothing to do. Look at the large ones by themselves.",
        len(names),
    )


def copied_columns(pairs: Sequence[tuple[str, str, int, float]], used: str) -> Finding:
    """``pairs``: column, the one it repeats, rows later, factor."""
    both = {
        "keep": ("Keep them", "They are forecast like the others."),
        "leave_out": ("Leave the copies out", "Only the columns they repeat are forecast."),
    }
    told = []
    for column, of, shift, factor in pairs:
        later = f", {plural(abs(shift), 'row')} {'later' if shift > 0 else 'earlier'}" if shift else ""
        told.append(f"“{column}” is “{of}”{later}{f', times {factor:.6g}' if abs(factor - 1) > 1e-9 else ''}")
    return Finding(
        "copied_columns",
        f"{plural(len(pairs), 'column')} {'repeats' if len(pairs) == 1 else 'repeat'} another: {some(told)}.",
        "A column that already holds the answer says nothing new, and makes any check look better than it is.",
        _done(used, {"keep": "They were kept. Leave them out if they say nothing of their own."}),
        len(pairs),
        (),
        pairs[0][0],
        None,
        *treatments.repairs("copied_columns", used, both),
        0 if used == "keep" else len(pairs),
    )


def _done(used: str, words: dict[str, str]) -> str:
    return words.get(used, "They were repaired as you chose.")
