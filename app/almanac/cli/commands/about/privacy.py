"""``almanac privacy``: a record of processing, with what is kept on this computer now."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import datetime

from almanac.cli.command import DONE, Command
from almanac.core.system import paths
from almanac.wording.accountability.kept_files import find_kept
from almanac.wording.accountability.processing import ACTIVITY, record_of_processing


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def _run(options: argparse.Namespace) -> int:
    folder, made = paths.state(), datetime.now().astimezone()
    found = find_kept(folder)
    if not options.json:
        print(record_of_processing(folder, found, made), end="")
        return DONE
    kept = [
        asdict(one.kind) | {"files": one.count, "bytes": one.size, "oldest": one.oldest.isoformat()} for one in found
    ]
    record = {"made": made.isoformat(), "folder": str(folder), "activity": dict(ACTIVITY), "kept": kept}
    print(json.dumps(record, ensure_ascii=False, allow_nan=False))
    return DONE


PRIVACY = Command(_run, _add_arguments)
