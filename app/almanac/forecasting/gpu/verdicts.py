"""What trials of the graphics card have shown: kept in the settings until a driver, a card or a library changes.

A verdict is for one model: another graph can crash a driver that takes this one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from almanac.core.system.setting_files import read_setting, write_setting
from almanac.forecasting.gpu.drivers import installed_drivers
from almanac.forecasting.gpu.providers import plugin_version

FILE = "graphics-card.json"
# Of the batches that a trial measures: series and points. What a whole job has most of, what is left over at its end,
# and the longest past that a model reads.
SMALL, LARGE, LONG = (64, 120), (4096, 120), (1024, 1104)
MIN_GAIN = 0.9  # of the processor's time: what is hardly faster is not worth a driver; chosen by judgement


class TrialResult(StrEnum):
    """How a trial ended."""

    RIGHT = "right"
    NO_CARD = "no card"
    CRASHED = "crashed"
    HANGS = "hangs"
    WRONG = "wrong"


@dataclass(frozen=True)
class Seconds:
    """What the batches ``SMALL``, ``LARGE`` and ``LONG`` took."""

    small: float
    large: float
    long: float

    def short(self, series: float) -> float:
        """What so many series of ordinary length take, on the line between the two batches that were measured."""
        (few, _), (many, _) = SMALL, LARGE
        return float(np.interp(series, (few, many), (self.small, self.large)))

    def job(self, series: int, points: float) -> float:
        """What full batches of so many series of so many points each take."""
        (large, ordinary), (long, most) = LARGE, LONG
        return series * float(np.interp(points, (ordinary, most), (self.large / large, self.long / long)))


@dataclass(frozen=True)
class Verdict:
    """Whether the graphics card gives the right numbers, and what it takes for them.

    ``provider``: the name of the one that was tried last. ``start``: seconds until it can take a batch. ``card`` and
    ``processor``: None where the numbers are not right or the card is slower on every batch.
    """

    outcome: TrialResult
    provider: str = ""
    start: float = 0.0
    card: Seconds | None = None
    processor: Seconds | None = None

    def is_faster(self, series: int, points: int) -> bool:
        """Whether the card takes less time for a batch of so many series of so many points."""
        if self.card is None or self.processor is None:
            return False
        if points > LARGE[1] and self.card.long >= MIN_GAIN * self.processor.long:
            return False
        as_short = series * points / LARGE[1]  # how many of ordinary length have as many points
        return self.card.short(as_short) < MIN_GAIN * self.processor.short(as_short)

    def is_worth_starting(self, series: int, points: float) -> bool:
        """Whether a job ends sooner with the card, the start of its process included; ``points``: of each series."""
        if self.card is None or self.processor is None:
            return False
        return self.start + self.card.job(series, points) < MIN_GAIN * self.processor.job(series, points)


def read_verdict(state: Path, checksum: str) -> Verdict | None:
    """What is known of the model with this checksum; None when nothing is, or something has changed since."""
    return _read(state).get(checksum)


def write_verdict(state: Path, checksum: str, verdict: Verdict) -> None:
    """Remember it, if the folder can be written; what was found with other drivers or libraries is forgotten."""
    known = _read(state) | {checksum: verdict}
    content = {"for": _circumstances(), "models": {key: asdict(one) for key, one in known.items()}}
    with suppress(OSError):
        write_setting(state / FILE, content)


def _circumstances() -> list[str]:
    import onnxruntime

    return [onnxruntime.__version__, plugin_version(), f"{SMALL} {LARGE} {LONG}", *installed_drivers()]


def _read(state: Path) -> dict[str, Verdict]:
    """A file that cannot be read, or is of other circumstances, counts as none."""
    try:
        found = read_setting(state / FILE)
        models = found["models"] if found["for"] == _circumstances() else {}
        return {key: _verdict(**fields) for key, fields in models.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _verdict(
    outcome: str,
    provider: str,
    start: float,
    card: dict[str, float] | None,
    processor: dict[str, float] | None,
) -> Verdict:
    seconds = [None if one is None else Seconds(**one) for one in (card, processor)]
    return Verdict(TrialResult(outcome), provider, start, seconds[0], seconds[1])
