"""Reads the small inputs that were once read wrongly, next to the project, and prints what is right with each.

What is right follows ``right.csv`` there; sums are computed here from the lines of the file, not by the program.
"""

from __future__ import annotations

import os
import sys
import tempfile

from tests.tables.cases.case import CASES, Case
from tests.tables.cases.checks import CHECKS

from almanac import workflow
from almanac.core.jobs import run
from almanac.core.problems import ProblemError


def faults(name: str) -> list[str]:
    """What is wrong with the reading of one file; an empty list when all is right."""
    try:
        file = run(workflow.check(CASES / name))
        return list(CHECKS[name](Case(CASES / name, file)))
    except ProblemError as stopped:
        return [f"refused: {stopped.problem.what}"]


def main() -> None:
    chosen = sys.argv[1:] or sorted(CHECKS)
    right = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALMANAC_STATE"] = folder
        for name in (full for full in sorted(CHECKS) if any(full.startswith(word) for word in chosen)):
            found = faults(name)
            right += not found
            sys.stdout.write(f"{'right' if not found else 'WRONG':6} {name:36} {'; '.join(found)[:300]}\n")
    sys.stdout.write(f"{right} right\n")


if __name__ == "__main__":
    main()
