"""The models as a person sees them: which there are, which one they chose, and how to go back to an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core import paths
from almanac.forecasting.models import catalogue
from almanac.forecasting.models.pins import read_pin, write_pin

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

    ``pinned``: a person chose it for every forecast; ``default``: it is used when no one chose; ``fault``: why it will
    not be opened, empty when it is unchanged; ``weaker_at``: the frequencies at which the version before it is used.
    """

    title: str
    created: str
    pinned: bool
    default: bool
    fault: str
    weaker_at: tuple[str, ...] = ()


def model_statuses() -> tuple[ModelStatus, ...]:
    """Every model on this computer, verified now."""
    pinned, default = read_pin(paths.state()), catalogue.default_entry(paths.models()).title
    return tuple(_status(entry, pinned, default) for entry in catalogue.list_models(*paths.models()))


def _status(entry: catalogue.Entry, pinned: str | None, default: str) -> ModelStatus:
    fault = catalogue.verify(entry)
    manifest = catalogue.load(entry).manifest if fault is None else None
    return ModelStatus(
        title=entry.title,
        created=manifest.created if manifest else "",
        pinned=entry.title == pinned,
        default=entry.title == default,
        fault=fault.why if fault else "",
        weaker_at=manifest.weaker_at if manifest else (),
    )


def pin(asked: str | None) -> str | None:
    """Use a model (NAME or NAME@VERSION) for every forecast from now on, or leave the choice to Almanac (None).

    Returns its title. Raises ``ProblemError`` when it is missing or damaged.
    """
    title = None if asked is None else catalogue.load_named(paths.models(), asked).manifest.title
    write_pin(paths.state(), title)
    return title


def rollback() -> tuple[str, str]:
    """Use the version before the one in use: its title, and that of the one it replaces.

    Raises ``ProblemError`` when there is none, or it is damaged.
    """
    current = read_pin(paths.state()) or catalogue.default_entry(paths.models()).title
    before = catalogue.load(catalogue.previous_version(paths.models(), current)).manifest.title
    write_pin(paths.state(), before)
    return before, current
