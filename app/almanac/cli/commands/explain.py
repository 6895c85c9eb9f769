"""``almanac explain``: each step of reading a file, with its decision and the evidence for it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from almanac.cli.command import DONE, Command
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading
from almanac.core.problems import ProblemError

if TYPE_CHECKING:
    from almanac.tables.explain import Step


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    """Print the steps. Raises ProblemError after them when the reading stopped with a Problem."""
    from almanac import workflow

    steps = run_job(workflow.explain_reading(options.file, chosen_reading(options)), quiet=options.json)
    if options.json:
        found = [{"name": step.name, "decision": step.decision, "evidence": step.evidence} for step in steps]
        print(json.dumps({"file": options.file.name, "steps": found}, ensure_ascii=False))
    else:
        for step in steps:
            if step.problem is None:  # a Problem is printed as by every command
                _print_step(step)
    if steps[-1].problem is not None:
        raise ProblemError(steps[-1].problem)
    return DONE


def _print_step(step: Step) -> None:
    decision = step.decision if step.decision.strip() else repr(step.decision)  # a tab cannot be seen
    print(f"{step.name}: {decision}")
    for sentence in step.evidence:
        print(f"    {sentence}")


EXPLAIN = Command(_run, _add_arguments)
