"""``almanac share``: counts of a list with noise that protects each person, to be given to others."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from almanac.cli.command import DONE, Command, add_csv_locale, at_least_one
from almanac.cli.progress import run_job
from almanac.cli.reading_options import add_reading, chosen_reading


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    from almanac.workflow.sharing.private_counts import MEDIUM, PROTECTIONS, ROWS_PER_PERSON

    add_reading(parser)
    parser.add_argument("--output", type=Path, metavar="OUT", required=True, help="save as .xlsx, .csv or .parquet")
    parser.add_argument(
        "--protection",
        choices=[one.name for one in PROTECTIONS],
        default=MEDIUM.name,
        help="how much noise: the stronger, the less exact (medium)",
    )
    parser.add_argument(
        "--rows-per-person",
        type=at_least_one,
        metavar="N",
        default=ROWS_PER_PERSON,
        help="how many rows one person may have at most (1); noise grows with it",
    )
    add_csv_locale(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    from almanac.workflow.sharing.private_counts import MISSED, PROTECTIONS, certainty
    from almanac.workflow.sharing.share_counts import Sharing, share_counts

    protection = next(one for one in PROTECTIONS if one.name == options.protection)
    wanted = Sharing(options.file, options.output, protection, options.rows_per_person, options.csv_locale)
    shared = run_job(share_counts(wanted, chosen_reading(options)), quiet=options.json)
    if options.json:
        print(json.dumps(shared.to_dict(), ensure_ascii=False, allow_nan=False))
        return DONE
    from almanac.wording.sharing import NOT_PROTECTED, exactness_sentence, protection_sentence, spent_sentence

    print(f"{len(shared.private.counts):,} counts saved as {shared.path}")
    print(exactness_sentence(shared.private.within, MISSED))
    print(protection_sentence(certainty(shared.private.epsilon), shared.rows_per_person))
    if shared.spent > shared.private.epsilon:
        print(spent_sentence(certainty(shared.spent)))
    print(NOT_PROTECTED)
    return DONE


SHARE = Command(_run, _add_arguments)
