"""The adjustments that count now, and those of before: what undo and redo need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from almanac.core.entered.adjustments import Adjustment  # imports numpy: not before the first paint
    from almanac.workflow.adjusting.adjusted import Adjusted

    All = tuple[Adjustment, ...]


@dataclass(frozen=True)
class Adjustments:
    """``now``: those that were chosen in this window, None for those kept for the file; ``before`` and ``after``: what
    undo and redo go back to, the next one last.
    """

    now: All | None = None
    before: tuple[All, ...] = ()
    after: tuple[All, ...] = ()

    def changed(self, adjustments: All, known: Adjusted | None) -> Adjustments:
        """Others are chosen; ``known``: what the forecast had so far."""
        kept = () if known is None else (*known.adjustments, *known.unused)
        earlier = kept if self.now is None else self.now
        return Adjustments(adjustments, (*self.before, earlier))

    @property
    def undone(self) -> Adjustments:
        """After undo; the same where there is nothing to undo."""
        if not self.before:
            return self
        return replace(self, now=self.before[-1], before=self.before[:-1], after=(*self.after, self.now or ()))

    @property
    def redone(self) -> Adjustments:
        """After redo; the same where there is nothing to do again."""
        if not self.after:
            return self
        return Adjustments(self.after[-1], (*self.before, self.now or ()), self.after[:-1])
