"""The models on the shelf, as a person sees them: which there are, which is kept in use, and back to an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core import paths
from almanac.forecasting.models import catalogue
from almanac.forecasting.models.pins import pin, pinned

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
    """``pinned``: a person chose it for every forecast; ``usual``: what is used when no one chose; ``fault``: why it
    will not be opened, empty when it is as it was made."""

    title: str
    created: str
    pinned: bool
    usual: bool
    fault: str


def shelf() -> tuple[ModelStatus, ...]:
    """Every model at hand, verified now."""
    kept, usual = pinned(paths.state()), catalogue.usual(paths.models()).title
    return tuple(_shelved(entry, kept, usual) for entry in catalogue.listed(*paths.models()))


def _shelved(entry: catalogue.Entry, kept: str | None, usual: str) -> ModelStatus:
    fault = catalogue.verify(entry)
    created = catalogue.load(entry).manifest.created if fault is None else ""
    return ModelStatus(entry.title, created, entry.title == kept, entry.title == usual, fault.why if fault else "")


def keep(asked: str | None) -> str | None:
    """Keep a model (NAME or NAME@VERSION) for every forecast from now on, or leave the choice to Almanac (None).

    Returns its title. Raises ``ProblemError`` when it is not there or damaged.
    """
    title = None if asked is None else catalogue.exactly(paths.models(), asked).manifest.title
    pin(paths.state(), title)
    return title


def rollback() -> tuple[str, str]:
    """Keep the version before the one in use: its title, and that of the one it replaces.

    Raises ``ProblemError`` when there is none, or it is damaged.
    """
    current = pinned(paths.state()) or catalogue.usual(paths.models()).title
    before = catalogue.load(catalogue.previous(paths.models(), current)).manifest.title
    pin(paths.state(), before)
    return before, current
