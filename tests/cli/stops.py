"""Stops commands by the thousand, at random moments of reading, forecasting and saving.

``python -m tests.cli.stops --count 1000``: each file must be the old or the new one and whole, the
exit code that of the signal, and nothing may be left after the next start. Prints what was not so, and a count of what
happened; ``--start N --count 1`` does one again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd
from python_calamine import CalamineError
from tests.builders import seasonal

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
READ, SAVED = (".csv", ".xlsx", ".ods"), (".csv", ".xlsx", ".parquet")
PRODUCTS, MONTHS = 40, 36
OLD = b"what was saved before"
SWEEP = "from almanac.core.system.unfinished import sweep; sweep()"


def prepare(folder: Path) -> float:
    """The files to forecast: many products over three years, in each format. Returns how long one takes, in seconds."""
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}-01" for n in range(MONTHS)]
    table = pd.DataFrame(
        [
            (day, f"p{k}", round(v, 2))
            for k in range(PRODUCTS)
            for day, v in zip(months, seasonal(MONTHS, seed=k), strict=True)
        ],
        columns=["date", "product", "sold"],
    )
    table.to_csv(folder / "sales.csv", index=False)
    table.to_excel(folder / "sales.xlsx", index=False)
    table.to_excel(folder / "sales.ods", index=False, engine="odf")
    began = time.perf_counter()
    words = ["forecast", str(folder / "sales.xlsx"), "--output", str(folder / "out.xlsx"), "--quiet"]
    environment = os.environ | {"ALMANAC_STATE": str(folder / "state")}
    subprocess.run([sys.executable, "-m", "almanac", *words], env=environment, check=True)
    return time.perf_counter() - began


def stop(seed: int, folder: Path, usual: float) -> tuple[str, list[str]]:
    """What happened, such as "SIGTERM 143 old", and what was wrong with it; ``usual``: seconds of a whole command."""
    chance = random.Random(seed)
    number, read, saved = chance.choice(SIGNALS), chance.choice(READ), chance.choice(SAVED)
    before, record = chance.random() < 0.5, chance.random() < 0.3
    work = folder / str(seed)
    work.mkdir()
    out, notes = work / f"out{saved}", work / "record.json"
    out.write_bytes(OLD) if before else None
    environment = os.environ | {"ALMANAC_STATE": str(folder / f"state{seed}"), "TMPDIR": str(work)}
    words = ["forecast", str(folder / f"sales{read}"), "--output", str(out), "--quiet"]
    words += ["--save-record", str(notes)] if record else []
    with subprocess.Popen(
        [sys.executable, "-m", "almanac", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        time.sleep(chance.uniform(0.02, 1.1) * usual)
        running.send_signal(number)
        try:
            _, said = running.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            running.kill()
            return f"{number.name}: does not stop", ["does not stop"]
    subprocess.run([sys.executable, "-c", SWEEP], env=environment, check=True)
    state, whole = _state(out, before)
    wrong = [] if whole else [f"{out.name} is {state}"]
    if running.returncode not in {128 + number, -number, 0}:  # the second while modules still load
        wrong.append(f"exit {running.returncode}: {said.decode(errors='replace')[-300:]}")
    if b"Traceback" in said:
        wrong.append(said.decode(errors="replace"))
    left = {path.name for path in work.iterdir()} - {out.name, notes.name}
    if left:
        wrong.append(f"left {sorted(left)}")
    if notes.exists() and not notes.read_text().rstrip().endswith("}"):
        wrong.append("half a record")
    return f"{number.name} {running.returncode} {state}", wrong


def _state(out: Path, before: bool) -> tuple[str, bool]:
    """What a saved file is, and whether that is right."""
    if not out.exists():
        return "none", not before
    if out.read_bytes() == OLD:
        return "old", before
    try:
        rows = len(_read(out))
    except (OSError, ValueError, KeyError, BadZipFile, CalamineError) as error:  # what libraries say of half a file
        return f"broken: {error}", False
    return "new", rows >= PRODUCTS


def _read(out: Path) -> pd.DataFrame:
    if out.suffix == ".parquet":
        return pd.read_parquet(out)
    if out.suffix == ".csv":
        return pd.read_csv(out)
    return max(pd.read_excel(out, sheet_name=None, engine="calamine").values(), key=len)


def main() -> int:
    """Returns how many stops were not as they should be, at most 1."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=1000)
    words.add_argument("--start", type=int, default=0)
    options = words.parse_args()
    happened: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        usual = prepare(Path(name))
        for seed in range(options.start, options.start + options.count):
            what, faults = stop(seed, Path(name), usual)
            happened[what] += 1
            wrong += bool(faults)
            for fault in faults:
                print(f"{seed}: {what}: {fault}", flush=True)
    for what, count in sorted(happened.items()):
        print(f"{count:5} {what}")
    print(f"{options.count} stops, {wrong} not as they should be")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
