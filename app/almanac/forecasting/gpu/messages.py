"""What the program and the process that has the graphics card say to each other: pickles over private pipes.

Both ends are the same installed program, so pickle never reads foreign data. Each question gets one answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.arrays import Singles
from almanac.forecasting.sessions import Feed


@dataclass(frozen=True)
class Open:
    """Asks to open the graph ``content`` on the provider of this name."""

    content: bytes
    provider: str


@dataclass(frozen=True)
class Opened:
    """Says that the graph is open."""


@dataclass(frozen=True)
class NotOpened:
    """Says that there is no such device here, or that it does not take the graph."""


@dataclass(frozen=True)
class Run:
    """Asks for the quantiles of a batch."""

    feed: Feed


@dataclass(frozen=True)
class Quantiles:
    """Carries them: float32 [batch, steps, levels]."""

    values: Singles


Question = Open | Run
Answer = Opened | NotOpened | Quantiles
