"""The models as a person sees them: which there are, which one they chose, and how to go back to an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.problems import Problem
from almanac.core.system import paths
from almanac.forecasting.models import catalogue
from almanac.forecasting.models.pins import Pins, read_pins, switch, switch_back

# What every bundled model is for, and what none can know; their cards say the same.
MADE_FOR = (
    "forecasting business and household series (sales, visits, bills, readings) at any rhythm "
    "from yearly to half-hourly"
)
NOT_FOR = "prices of shares or currencies; safety or medical decisions about one person"
BLIND_TO = (
    "anything where a known event ahead (a closure, a campaign, a law) decides the outcome: "
    "it sees only the past of each series"
)


@dataclass(frozen=True)
class ModelStatus:
    """One model.

    ``pinned``: a person chose it for every forecast, ``reason``: why, if they said; ``default``: it is used when no one
    chose; ``fault``: why it will not be opened, empty when it is unchanged; ``weaker_at``: the frequencies at which the
    version before it is used; ``signed``: by those who release Almanac, any other is used only when a person names it.
    """

    title: str
    created: str
    pinned: bool
    default: bool
    fault: str
    weaker_at: tuple[str, ...] = ()
    reason: str = ""
    signed: bool = True


def model_statuses() -> tuple[ModelStatus, ...]:
    """Every model on this computer, verified now."""
    pins, default = read_pins(paths.state()), _default()
    return tuple(_status(entry, pins, default) for entry in catalogue.list_models(*paths.models()))


def _status(entry: catalogue.Entry, pins: Pins, default: str) -> ModelStatus:
    found = catalogue.verified(entry)
    fault, manifest = (found, None) if isinstance(found, Problem) else (None, found.manifest)
    return ModelStatus(
        title=entry.title,
        created=manifest.created if manifest else "",
        pinned=entry.title == pins.model,
        default=entry.title == default,
        fault=fault.why if fault else "",
        weaker_at=manifest.weaker_at if manifest else (),
        reason=pins.reason if entry.title == pins.model else "",
        signed=entry.signed,
    )


def _default() -> str:
    """NAME@VERSION of the model that is used when no one chose; empty when no model is signed."""
    entry = catalogue.default_entry(paths.models())
    return entry.title if entry is not None else ""


def in_use() -> str:
    """NAME@VERSION of the model that a person chose for every forecast, or of the default."""
    return read_pins(paths.state()).model or _default()


def pin(asked: str | None, reason: str = "") -> str | None:
    """Use a model (NAME or NAME@VERSION) for every forecast from now on, or leave the choice to Almanac (None).

    ``reason``: why, in the person's words; it is kept. Returns the title. Raises ``ProblemError`` when the model is
    missing or damaged.
    """
    title = None if asked is None else catalogue.load_named(paths.models(), asked).manifest.title
    switch(paths.state(), title, reason)
    return title


def rollback(reason: str = "") -> tuple[str, str]:
    """Go back one step: to the last choice that was another model; without any, to the version before the one in use.

    Returns the title that is used from now on, and that of the one it replaces. Raises ``ProblemError`` when there is
    none to go back to, or it is damaged.
    """
    pins, default = read_pins(paths.state()), _default()
    current = pins.model or default
    left = list(pins.earlier)
    while left:
        before = left.pop()
        if (before or default) not in (current, ""):  # empty: no model is signed
            title = catalogue.load_named(paths.models(), before or default).manifest.title
            switch_back(paths.state(), before, tuple(left), reason)
            return title, current
    title = catalogue.load(catalogue.previous_version(paths.models(), current)).manifest.title
    switch_back(paths.state(), title, (), reason)
    return title, current
