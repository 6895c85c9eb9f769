"""``almanac check``: how a file is understood, and everything noticed in it."""

from __future__ import annotations

import argparse
import json

from almanac.cli.command import DONE, Command
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, as_options, chosen_reading
from almanac.core.problems import Finding
from almanac.core.text import some

MAX_COLUMNS = 30  # that are named; --json has all


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    from almanac import workflow
    from almanac.tables import describe, in_words

    file = run_job(workflow.check(options.file, chosen_reading(options)), quiet=options.json)
    found = describe(file)
    chosen = in_words(file.options)
    if options.json:
        found["chosen"] = chosen
        print(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return DONE
    sheet = f", sheet “{found['sheet']}”" if found["sheet"] else ""
    print(f"{found['file']}{sheet}: {found['series']:,} series, {found['frequency']}, "
          f"{found['first_date']} to {found['last_date']}.")  # fmt: skip
    print(f"When: {found['date_column']}")
    print(f"What to forecast: {some(found['value_columns'], MAX_COLUMNS)}")
    if found["other_value_columns"]:
        print(f"Also possible: {some(found['other_value_columns'], MAX_COLUMNS)}")
    print(f"Split by: {', '.join(found['series_columns']) or '(not split)'}")
    if chosen:
        print(f"As you chose: {chosen}")
    for finding in file.findings:
        _print_finding(finding)
    return DONE


def _print_finding(finding: Finding) -> None:
    print(f"• {finding.what} {finding.why} {finding.fix}")
    for choice in finding.choices:
        mark = "✓" if choice is finding.choices[finding.chosen] else " "
        print(f"    {mark} {choice.label}: {as_options(choice)}")


CHECK = Command(_run, _add_arguments)
