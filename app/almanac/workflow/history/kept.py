"""What the history holds of a forecast that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.core.problems import Problem


@dataclass(frozen=True)
class Kept:
    """The ids under which a forecast is kept; empty when it is not, and ``problem`` says why.

    ``path``: of the file that was read, empty when that is not known.
    """

    run: str = ""
    reading: str = ""
    project: str = ""
    path: str = ""
    problem: Problem | None = None
