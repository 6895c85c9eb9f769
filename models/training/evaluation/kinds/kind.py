"""What a kind of series is: a law that draws histories and futures, and the forecast of somebody who knows it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from models.training.evaluation.scores import TENTHS
from models.training.prior.sampling import Floats, Rng
from scipy.special import ndtri

from almanac.core.calendar.frequency import Frequency

SERIES = 60  # of each kind
SEED = 20_250_101
Z = ndtri(np.array(TENTHS))  # normal deviates of the tenths
Knows = Literal["law", "parameters"]


@dataclass(frozen=True)
class Drawn:
    """``n`` series: ``history`` [n, T], NaN where a value is missing; ``future`` [n, H]; ``achievable`` [n, H, 9], the
    tenths forecast by somebody who knows the law; ``mean`` [n, H], the mean forecast by the same, where it matters;
    ``level`` [n], what errors are a percentage of.

    Further rows of ``history`` are other series of the same file, from which a forecast may learn.
    """

    history: Floats
    future: Floats
    achievable: Floats
    level: Floats
    mean: Floats | None = None


Draw = Callable[[Rng, int, int, int], Drawn]


@dataclass(frozen=True)
class Kind:
    """``length`` points of history and ``horizon`` steps; ``draw`` takes a generator, how many series, and both.

    ``files``: how many files the series are in; those of one file may have something in common.
    ``knows``: what the achievable forecast knows. "law": the family and the size of the noise; it estimates levels,
    slopes and patterns from the history. "parameters": all parameters, only the future's noise is unknown.
    """

    name: str
    frequency: Frequency
    length: int
    horizon: int
    draw: Draw
    knows: Knows = "law"
    files: int = 1

    def drawn_files(self, n: int = SERIES, seed: int = SEED) -> list[Drawn]:
        """Draw ``n`` series, a file at a time, the same at every call with the same seed."""
        rng = np.random.default_rng([seed, zlib.crc32(self.name.encode())])
        return [self.draw(rng, n // self.files, self.length, self.horizon) for _ in range(self.files)]

    def series(self, n: int = SERIES, seed: int = SEED) -> Drawn:
        """The same series together, without the others of their files."""
        return joined(self.drawn_files(n, seed))


def joined(parts: list[Drawn]) -> Drawn:
    """Several files as one, without the further rows of their histories."""
    means = [part.mean for part in parts if part.mean is not None]
    return Drawn(
        np.concatenate([part.history[: len(part.future)] for part in parts]),
        np.concatenate([part.future for part in parts]),
        np.concatenate([part.achievable for part in parts]),
        np.concatenate([part.level for part in parts]),
        np.concatenate(means) if means else None,
    )


def drawn(y: Floats, length: int, achievable: Floats, level: Floats | None = None, mean: Floats | None = None) -> Drawn:
    """Cut whole series [n, T + H] into history and future; the level is the mean size of the future where not given."""
    future = y[:, length:]
    size = np.abs(future).mean(axis=1) if level is None else np.broadcast_to(level, len(y)).astype(float)
    return Drawn(y[:, :length], future, achievable, size, mean)
