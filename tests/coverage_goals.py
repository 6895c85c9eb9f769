"""Prints how many of the program's lines the tests ran, and fails below the goals: ``make coverage``."""

from __future__ import annotations

import io
import sys

from coverage import Coverage

# The part of the program, what belongs to it, what does not, and the lowest share of its lines in percent.
GOALS = (
    ("Outside the window", None, "*/almanac/desktop/*", 92.0),
    ("In the window (desktop)", "*/almanac/desktop/*", None, 85.0),
)
LEAST_COVERED = 5


def main() -> int:
    """Return 0 where every goal is reached, else 1."""
    measured = Coverage()
    measured.load()
    reached = True
    for name, include, omit, goal in GOALS:
        share = measured.report(include=include, omit=omit, file=io.StringIO())
        reached &= share >= goal
        sys.stdout.write(f"- {name}: {share:.1f}% of lines, {'' if share >= goal else 'BELOW '}goal {goal:.0f}%\n")
    missed = [(len(measured.analysis2(file)[3]), file) for file in measured.get_data().measured_files()]
    for lines, file in sorted(missed, reverse=True)[:LEAST_COVERED]:
        sys.stdout.write(f"  - {lines} lines not run in {file.rpartition('/app/')[2]}\n")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
