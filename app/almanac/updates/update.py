"""Update: what a newer reading of a table changed."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.arrays import Integers
from almanac.core.calendar.frequency import Frequency


@dataclass(frozen=True)
class Correction:
    """A past value that is different in the newer reading; ``period``: its number."""

    series: str
    period: int
    before: float
    after: float

    @property
    def size(self) -> float:
        """How far the value moved."""
        return abs(self.after - self.before)


@dataclass(frozen=True)
class Renaming:
    """A series that seems to have another name now: ``agreeing`` of ``compared`` past values are the same."""

    before: str
    after: str
    agreeing: int
    compared: int


@dataclass(frozen=True)
class Update:
    """What a newer reading changed, for M series that are in both.

    ``names``: their names in the newer one; ``before``, ``after`` int64 [M]: their positions in the older and in the
    newer one. Values of each, int64 [M]: ``unchanged``; ``appended``, after the last period of the older reading;
    ``filled``, in earlier periods that had none; ``corrected``; ``removed``, no longer there; ``kept``, from before
    the newer reading begins. ``corrections``: the largest, largest first. ``completed``: how many values of a last
    period that was not over grew, and are not counted as corrected. ``renamings``: proposed, not yet matched; ``new``
    and ``vanished``: names, without those. ``since``, ``until``: the first and last period with appended values, None
    without any.
    """

    frequency: Frequency
    names: tuple[str, ...]
    before: Integers
    after: Integers
    unchanged: Integers
    appended: Integers
    filled: Integers
    corrected: Integers
    removed: Integers
    kept: Integers
    corrections: tuple[Correction, ...] = ()
    completed: int = 0
    renamings: tuple[Renaming, ...] = ()
    new: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def same(self) -> bool:
        """Whether the newer reading says nothing that the older one did not."""
        changed = any(bool(count.any()) for count in (self.appended, self.filled, self.corrected, self.removed))
        return not (changed or self.completed or self.renamings or self.new or self.vanished)
