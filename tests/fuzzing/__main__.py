"""Coverage-guided fuzzing: ``python -m tests.fuzzing --minutes 10`` (or ``make fuzz MINUTES=10``).

Each door gets an equal part of the time, in a process of its own. What breaks one is kept in build/fuzz/DOOR; once it
is mended, it belongs into tests/fuzzing/corpus/DOOR, which every run of the tests goes through.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

DOORS = ("number", "date", "delimiter", "text", "workbook")  # tests.fuzzing.doors is loaded only to be instrumented
CORPUS = Path(__file__).parent / "corpus"
MAX_BYTES = 20_000  # of one input
KEPT = Path("build/fuzz")
SECONDS_EACH, MEGABYTES = 10, 2048  # that one input may take


def serve(door: str, arguments: list[str]) -> None:
    """Fuzz one door until the time is over or something breaks."""
    import atheris

    with atheris.instrument_imports(include=["almanac.tables", "almanac.workbooks"]):
        from tests.fuzzing import doors
    atheris.Setup([sys.argv[0], *arguments], doors.DOORS[door])
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("doors", nargs="*", default=DOORS, metavar="DOOR", help=", ".join(DOORS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--serve", metavar="DOOR", choices=DOORS)
    asked, further = parser.parse_known_args()
    if asked.serve:
        serve(asked.serve, further)
        return 0
    broken = [door for door in asked.doors if not _fuzz(door, int(60 * asked.minutes / len(asked.doors)))]
    print(f"Broken: {', '.join(broken)}; see {KEPT}" if broken else "Nothing broke.", flush=True)
    return int(bool(broken))


def _fuzz(door: str, seconds: int) -> bool:
    """Whether a door held for so long."""
    grown = KEPT / door
    (grown / "corpus").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzzing", "--serve", door]
    command += [f"-max_total_time={seconds}", f"-timeout={SECONDS_EACH}", f"-rss_limit_mb={MEGABYTES}"]
    command += [f"-max_len={MAX_BYTES}", f"-artifact_prefix={grown}/", "-print_final_stats=1"]
    print(f"{door}: {seconds} s", flush=True)
    return subprocess.run([*command, str(grown / "corpus"), str(CORPUS / door)], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
