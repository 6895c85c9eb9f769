"""Problem: the one way to tell a person that something is wrong, or worth a look.

A Problem says what happened, why, and what to do, in the person's own words (their column names,
their row numbers). It is used twice: raised inside a ``ProblemError`` when the work cannot go on, and
collected in a list when it can (a finding).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MAX_ROWS_LISTED = 100


@dataclass(frozen=True)
class Problem:
    """What happened, why, and what to do.

    ``code`` is stable and for programs (``no_dates``); ``count`` says how many cells or rows are concerned, and
    ``rows`` lists at most ``MAX_ROWS_LISTED`` of them as the person sees them in their spreadsheet (1 = first line).
    """

    code: str
    what: str
    why: str
    fix: str
    count: int = 1
    rows: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The Problem as plain JSON types, as printed with ``--json``."""
        return {**asdict(self), "rows": list(self.rows[:MAX_ROWS_LISTED])}

    def __str__(self) -> str:
        return f"{self.what}\n{self.why}\n{self.fix}"


class ProblemError(Exception):
    """Carries a Problem up to where a person can be told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)  # args make it survive pickling between processes
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def stop_with(code: str, what: str, why: str, fix: str, count: int = 1, rows: tuple[int, ...] = ()) -> ProblemError:
    """A ``ProblemError`` ready to raise: ``raise stop_with("no_dates", ...)``."""
    return ProblemError(Problem(code, what, why, fix, count, rows))
