"""Treatments that a person typed: a misspelt one must not pass in silence."""

from __future__ import annotations

from almanac.core.problems import stop_with
from almanac.tables.findings.registry import REGISTRY


def treatments_of_codes() -> dict[str, tuple[str, ...]]:
    """The names of the treatments of each finding's code, where ``ReadingOptions.repairs`` chooses one."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in REGISTRY:
        if entry.treatments and not entry.option:
            names = (*found.get(entry.code, ()), *(treatment.name for treatment in entry.treatments))
            found[entry.code] = tuple(dict.fromkeys(names))
    return found


def refuse_unknown_repairs(repairs: tuple[tuple[str, str], ...]) -> None:
    """Raises ProblemError when a finding (CODE or CODE:COLUMN) or its treatment does not exist."""
    known = treatments_of_codes()
    for name, treatment in repairs:
        code = name.partition(":")[0]
        if code not in known:
            from difflib import get_close_matches

            close = get_close_matches(code, known)
            raise stop_with(
                "no_such_finding",
                f"“{code}” is not a finding whose treatment can be chosen.",
                f"Those are {', '.join(sorted(known))}.",
                f"Did you mean {close[0]}?"
                if close
                else "almanac check FILE lists what was noticed, and what to type.",
            )
        if treatment not in known[code]:
            raise stop_with(
                "no_such_treatment",
                f"“{treatment}” is not a way to treat {code}.",
                f"The ways are {', '.join(known[code])}.",
                "Choose one of these.",
            )
