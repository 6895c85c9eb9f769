"""What is said of single values: of what a forecast rests on, and of the values that are far from all others."""

from __future__ import annotations

from almanac.core.text import agree, plural


def examined(series: int, total: int, latest: int) -> tuple[str, ...]:
    """What was examined, and how to read it, a sentence each."""
    which = "Every series" if series == total else f"The {series:,} series with the largest forecasts, of {total:,}"
    return (
        f"{which}: forecast again without each of its latest values, up to {latest:,}, one at a time.",
        "“Rests on one value” is the share of the forecast that goes with a single cell of your file, at most.",
        "“Without odd values” is the forecast when values far from what trend and season let expect are not known.",
        "A large difference is no proof of a mistake: look at the cell, and correct it in your file if it is one.",
    )


def no_single_value() -> str:
    """That nothing stands out."""
    return "No single value changes any step of these forecasts by more than a tenth."


def robust_sentence(count: int, change: str, share: str) -> str:
    """The robust reading next to the plain one: ``change`` and ``share`` as percentages in words."""
    rests = f"At most {share} of this forecast rests on a single value."
    if not count:
        return f"{rests} No value is far from what trend and season let expect."
    far = f"{plural(count, 'value is', 'values are')} far from what trend and season let expect"
    return f"{rests} {far}; without {agree(count, 'it', 'them')} the forecast would be {change}."
