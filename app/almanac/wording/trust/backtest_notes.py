"""What a forecast says about its backtest: how its ranges came about, and notes on what to do about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from almanac.core.problems import Problem
from almanac.core.text import plural
from almanac.wording.methods.names import MODEL, method_label

if TYPE_CHECKING:
    from almanac.evaluation import BacktestReport, Calibration

UNCORRECTED = "Uncorrected."
UNCORRECTED_AS_ASKED = "Uncorrected, as you asked."
CHECK_UNDER_WAY = "Uncorrected so far: practice runs on your past are checking the ranges."
STOPPED_TOO_EARLY = "Uncorrected: the practice runs that check the ranges were stopped."
MAX_NAMES = 5  # in a note
BETTER_METHOD = "plain_method_better"  # code of the note that another method forecasts some series clearly better


def range_note(report: BacktestReport, calibration: Calibration) -> str:
    """How the ranges came about, in a sentence or two."""
    said = [_practice_note(report, calibration)]
    if calibration.outcomes:
        said.append(f"Calibrated on {plural(calibration.outcomes, 'real outcome')} of earlier forecasts.")
    wider = 0 if calibration.widening is None else int((calibration.widening > 1).sum())
    if wider:
        said.append(
            f"The ranges of {plural(wider, 'series', 'series')} are wider, as values swing more since a change."
        )
    return " ".join(said)


def _practice_note(report: BacktestReport, calibration: Calibration) -> str:
    """What practice runs did to the ranges."""
    if not report.forecasts:
        return "Uncorrected: no series is long enough for practice runs on its own past."
    all_tested = report.series_tested == report.series
    series = plural(report.series, "series", "series")
    runs = plural(report.forecasts, "practice forecast")
    runs += f" of {series}" if all_tested else f" of {report.series_tested:,} of {series}"
    if calibration.shifts.any():
        return f"Corrected by {runs}, compared with what happened."
    slightly = calibration.tracker is not None and calibration.tracker.shifts.any()
    made = "Corrected slightly, each series by how often its own ranges held" if slightly else "Uncorrected"
    if report.ranges_hold is None:
        return f"{made}: {runs} are too few to tell whether {'more' if slightly else 'a correction'} is needed."
    if report.ranges_hold:
        return f"{made}: {runs} give no reason {'for more' if slightly else 'to correct them'}."
    return f"{made}: in {runs}, no {'larger' if slightly else ''} correction was sure to help.".replace("  ", " ")


def few_checks_note(level: float, short: int, series: int, needed: int) -> Problem:
    """A note that the range of ``level`` has too few checks for ``short`` of so many series; it takes ``needed``."""
    which = "the series" if short == series == 1 else f"{short:,} of {series:,} series"
    return Problem(
        "few_checks",
        f"The {level:.0%} range of {which} has too few checks to be promised.",
        f"It takes {needed} independent forecasts of the past to check it; there is too little history.",
        "Take it as the model's guess, or add more history.",
        count=short,
    )


def better_method_note(chosen: Mapping[str, str], series: int, unseen_loss: float, taken: bool) -> Problem:
    """A note on the series that another method forecasts clearly better: ``chosen``, each with the key of that method.

    ``unseen_loss``: the loss of such a choice on windows it did not see, relative to the model's; ``taken``: whether
    the series were forecast by these methods.
    """
    methods = set(chosen.values())
    if len(methods) == 1:
        by = f"{method_label(methods.pop())}: {first_names(list(chosen), MAX_NAMES)}"
        by += "" if by.endswith("…") else "."
    else:
        by = f"another method: {by_method(chosen, MAX_NAMES)}."
    return Problem(
        BETTER_METHOD,
        f"{len(chosen):,} of {series:,} series are forecast better by {by}",
        "In practice runs its error was clearly smaller; on windows the choice did not see, it saved "
        f"{1 - unseen_loss:.0%}.",
        "They were forecast this way, as you chose."
        if taken
        else "Choose “Best for This Data” to forecast them this way.",
        count=len(chosen),
    )


def by_method(chosen: Mapping[str, str], most: int) -> str:
    """Series grouped by the key of their method, at most so many names of each.

    "2 by repeating the last season (A, B), 1 by continuing trend and season (C)"
    """
    groups: dict[str, list[str]] = {}
    for name, method in chosen.items():
        groups.setdefault(method, []).append(name)
    return ", ".join(
        f"{len(names):,} by {method_label(method)} ({first_names(names, most)})"
        for method, names in sorted(groups.items())
    )


def methods_used(chosen: Mapping[str, str], most: int) -> str:
    """What forecasts the series, where ``chosen`` are not forecast by the model."""
    return by_method(chosen, most) if chosen else f"{method_label(MODEL)} for every series"


def first_names(names: Sequence[str], most: int) -> str:
    """The first names: "A, B, …"."""
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])
