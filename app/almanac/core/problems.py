"""Problem: the one way to tell a person that something is wrong, or worth a look.

A Problem says what happened, why, and what to do, in the person's own words (their column names,
their row numbers). It is raised inside a ``ProblemError`` when the work cannot go on, and
collected in a list when it can (a finding).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MAX_ROWS_LISTED = 200


@dataclass(frozen=True)
class Problem:
    """What happened, why, and what to do.

    ``code`` is stable and for programs (``no_dates``); ``count`` says how many cells or rows it is about, and
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


@dataclass(frozen=True)
class Choice:
    """One answer to a question, or one way to treat a finding, and the reading options it sets.

    ``sets`` is for ``options.with_values(**dict(choice.sets))``; ``effect`` says in a sentence what then happens.
    """

    label: str
    sets: tuple[tuple[str, Any], ...]
    effect: str = ""


@dataclass(frozen=True)
class Finding(Problem):
    """A Problem noticed while a file was read, and how it is treated.

    ``column`` and ``sheet`` say where (``rows`` are lines of that sheet). ``choices`` are the ways to treat it, the
    proposed one first, empty when there is nothing to choose; ``chosen`` is the position of the one in use. ``changed``
    counts the rows or cells that it changes or leaves out. ``asks``: how it is treated is a guess that only the person
    can confirm; any other is for their information.
    """

    column: str = ""
    sheet: str | None = None
    choices: tuple[Choice, ...] = ()
    chosen: int = 0
    changed: int = 0
    asks: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The Finding as plain JSON types; its choices by their labels, the one in use first."""
        plain = {
            key: getattr(self, key) for key in ("code", "what", "why", "fix", "count", "column", "sheet", "changed")
        }
        used = [c.label for c in self.choices[self.chosen : self.chosen + 1]]
        others = [c.label for c in self.choices if c.label not in used]
        return {**plain, "rows": list(self.rows[:MAX_ROWS_LISTED]), "choices": used + others}


class ProblemError(Exception):
    """Carries a Problem up to where it can be shown to a person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)  # args make it survive pickling between processes
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


def stop_with(code: str, what: str, why: str, fix: str) -> ProblemError:
    """A ``ProblemError`` ready to raise: ``raise stop_with("no_dates", ...)``."""
    return ProblemError(Problem(code, what, why, fix))
