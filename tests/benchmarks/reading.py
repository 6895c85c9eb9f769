"""Reading large files: its time and its memory, each with its limit; ends with 1 when one is exceeded.

Times are medians over fresh processes. Their limits hold for the time of the processor, which other programs hardly
change; on a quiet machine both are the same. Memory is what a fresh process needs at most beyond the imported program,
as a multiple of the file's size.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from tests.benchmarks.tables import MEMORY, ROWS, write_text

RUNS = 5
MEMORY_RUNS = 3
SERIES, WEEKS = 3000, 104
MEGABYTE = 1 << 20
SIZE = 21  # megabytes
MAX_CHECK, MAX_PREVIEW, MAX_MILLION = 2.5, 0.3, 2.0  # seconds
MAX_MEMORY = 6.0  # times the file
HEAD = """
import sys, time
sys.modules["pyarrow"] = None  # as in the installed program
from pathlib import Path
path = Path(sys.argv[1])
from almanac.core.jobs import run
from almanac.tables import preview, read
import almanac.tables.questions, almanac.tables.series.assemble
def kilobytes(what):
    return int(open("/proc/self/status").read().split(what + ":")[1].split()[0])
before, began, worked = kilobytes("VmRSS"), time.perf_counter(), time.process_time()
"""
FOOT = """
print(time.perf_counter() - began, time.process_time() - worked, (kilobytes("VmHWM") - before) * 1024)
"""
READ, PREVIEW = "run(read(path))", "preview(path)"


@dataclass(frozen=True)
class Measured:
    """One line of the result: what was measured, the figure, its limit and unit, and a remark."""

    label: str
    figure: float
    limit: float
    unit: str
    remark: str = ""

    def __str__(self) -> str:
        """The line as it is printed."""
        verdict = "" if self.figure <= self.limit else "  EXCEEDED"
        remark = f"  ({self.remark})" if self.remark else ""
        return f"{self.label:<52} {self.figure:6.2f} {self.unit:<8} limit {self.limit:4.1f}{verdict}{remark}"


def in_process(work: str, path: Path, runs: int) -> tuple[float, float, float]:
    """Medians of seconds, seconds of the processor, and bytes beyond the imported program, over fresh processes."""
    command = [sys.executable, "-c", HEAD + work + FOOT, str(path)]
    results = [
        [float(part) for part in subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()]
        for _ in range(runs)
    ]
    seconds, processor, grown = (statistics.median(column) for column in zip(*results, strict=True))
    return seconds, processor, grown


def command_seconds(arguments: list[str]) -> tuple[float, float]:
    """Medians of seconds and of seconds of the processor, of a command from start to end."""
    code = "import sys; from almanac.cli.main import main; sys.exit(main(sys.argv[1:]))"
    results = []
    for _ in range(RUNS):
        before, began = os.times(), os.times().elapsed
        subprocess.run([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        results.append((after.elapsed - began, processor))
    seconds, processor = (statistics.median(column) for column in zip(*results, strict=True))
    return seconds, processor


def times(folder: Path) -> list[Measured]:
    """The command on 3,000 series, its preview in the window, and a million rows."""
    weekly, million = folder / "weekly.csv", folder / "million.csv"
    write_weekly(weekly)
    write_text(million, ROWS)
    check = command_seconds(["check", str(weekly)])
    shown, read = in_process(PREVIEW, weekly, RUNS), in_process(READ, million, RUNS)
    return [
        Measured(
            f"almanac check, {SERIES:,} series × {WEEKS} weeks", check[1], MAX_CHECK, "s", f"{check[0]:.2f} s in all"
        ),
        Measured("preview of it in the window", shown[1], MAX_PREVIEW, "s", f"{shown[0]:.2f} s in all"),
        Measured("1,000,000 rows read", read[1], MAX_MILLION, "s", f"{read[0]:.2f} s in all"),
    ]


def memory(label: str, write: Callable[[Path], None], limit: float, folder: Path) -> Measured:
    """How much memory reading a file takes."""
    path = folder / "memory.csv"
    write(path)
    seconds, processor, grown = in_process(READ, path, MEMORY_RUNS)
    size = path.stat().st_size
    remark = f"{size / MEGABYTE:.0f} MB, {grown / MEGABYTE:.0f} MB more; {processor:.2f} s of {seconds:.2f} s"
    return Measured(label, grown / size, limit, "× file", remark)


def write_weekly(path: Path) -> None:
    chance = np.random.default_rng(1)
    weeks = pd.date_range("2022-01-03", periods=WEEKS, freq="7D").strftime("%Y-%m-%d")
    names = np.repeat([f"product {n:05d}" for n in range(SERIES)], WEEKS)
    sold = chance.poisson(30, SERIES * WEEKS)
    pd.DataFrame({"week": np.tile(weeks, SERIES), "product": names, "sold": sold}).to_csv(path, index=False)


def _of_size(path: Path, table: Callable[[int], pd.DataFrame], **style: str) -> None:
    """Write as many rows as make a file of ``SIZE`` megabytes."""
    some = 20_000
    line = len(table(some).to_csv(index=False, **style).encode()) / some
    table(int(SIZE * MEGABYTE / line)).to_csv(path, index=False, **style)


def _stamps(count: int, freq: str, form: str) -> pd.Index:
    return pd.date_range("2021-01-01", periods=count, freq=freq).strftime(form)


def _chance() -> np.random.Generator:
    return np.random.default_rng(5)


def write_seconds(path: Path) -> None:
    """Readings each second, in UTC."""

    def table(count: int) -> pd.DataFrame:
        stamps = _stamps(count, "s", "%Y-%m-%dT%H:%M:%SZ")
        return pd.DataFrame({"time": stamps, "v": _chance().normal(20, 2, count).round(3)})

    _of_size(path, table)


def write_shop(path: Path) -> None:
    """Orders with texts and amounts, set apart by tabs."""
    words = np.array(["Glas", "Bröt", "Käse", "Öl", "Tee", "Saft", "Milch", "Brot", "Wurst", "Ei"])

    def table(count: int) -> pd.DataFrame:
        chance = _chance()
        day = np.sort(chance.integers(0, 1500, count)).astype("timedelta64[D]")
        when = np.datetime64("2021-01-01T08:00") + day + chance.integers(0, 720, count).astype("timedelta64[m]")
        columns = {
            "Order": [f"#{100_000 + n}" for n in range(count)],
            "Created": [str(moment).replace("T", " ") for moment in when],
            "Email": [f"u{n}@example.org" for n in chance.integers(0, 90_000, count)],
            "Product": words[chance.integers(0, 10, count)] + " " + words[chance.integers(0, 10, count)],
            "Quantity": chance.integers(1, 5, count),
            "Price": chance.gamma(2, 10, count).round(2),
            "Total": chance.gamma(3, 10, count).round(2),
            "City": words[chance.integers(0, 10, count)],
            "Note": np.where(chance.random(count) < 0.8, "", "bitte anrufen"),
        }
        return pd.DataFrame(columns)

    _of_size(path, table, sep="\t")


def write_bank(path: Path) -> None:
    """Transactions with German dates, amounts and texts."""

    def table(count: int) -> pd.DataFrame:
        chance = _chance()
        days = _stamps(1500, "D", "%d.%m.%Y")[np.sort(chance.integers(0, 1500, count))]
        amounts = chance.normal(0, 500, count)
        written = [f"{a:,.2f}".translate(str.maketrans(",.", ".,")) for a in amounts]
        texts = [f"Kauf {n % 97} Ref {n}" for n in chance.integers(10**9, 10**10, count)]
        return pd.DataFrame({"Buchungstag": days, "Text": texts, "Betrag": written})

    _of_size(path, table, sep=";")


def write_small(path: Path) -> None:
    """Hours of 60 sensors with whole numbers of one digit."""

    def table(count: int) -> pd.DataFrame:
        values = pd.DataFrame(_chance().integers(0, 9, (count, 60))).add_prefix("sensor ")
        values.insert(0, "time", _stamps(count, "h", "%Y-%m-%d %H:%M"))
        return values

    _of_size(path, table)


def write_minutes(path: Path) -> None:
    """Minutes with a number of one digit each."""

    def table(count: int) -> pd.DataFrame:
        return pd.DataFrame({"time": _stamps(count, "min", "%Y-%m-%d %H:%M"), "power": _chance().integers(1, 9, count)})

    _of_size(path, table)


def write_days(path: Path) -> None:
    """Sales of one digit, many on each day."""

    def table(count: int) -> pd.DataFrame:
        days = np.repeat(_stamps(1500, "D", "%Y-%m-%d"), -(-count // 1500))[:count]
        return pd.DataFrame({"date": days, "sold": _chance().integers(1, 9, count)})

    _of_size(path, table)


def write_stamps_of_seconds(path: Path) -> None:
    """Minutes as seconds since 1970, with a number of one digit each."""

    def table(count: int) -> pd.DataFrame:
        stamps = 1_600_000_000 + 60 * np.arange(count)
        return pd.DataFrame({"timestamp": stamps, "power": _chance().integers(1, 9, count)})

    _of_size(path, table)


def write_days_across(path: Path) -> None:
    """Items with a column for each of 1,500 days, and numbers of three digits."""

    def table(count: int) -> pd.DataFrame:
        values = pd.DataFrame(_chance().integers(100, 1000, (count, 1500)), columns=_stamps(1500, "D", "%Y-%m-%d"))
        values.insert(0, "item", [f"item {n:05d}" for n in range(count)])
        return values

    lines = table(100).to_csv(index=False).encode().splitlines()[1:]
    table(SIZE * MEGABYTE * len(lines) // sum(len(line) + 1 for line in lines)).to_csv(path, index=False)


def write_mostly_blank(path: Path, sensors: int = 60) -> None:
    """Hours of sensors, each of which says a number of one digit in one hour of twenty."""

    def table(count: int) -> pd.DataFrame:
        cells = _chance().integers(1, 9, (count, sensors)).astype(object)
        cells[_chance().random(cells.shape) < 0.95] = ""
        values = pd.DataFrame(cells).add_prefix("sensor ")
        values.insert(0, "time", _stamps(count, "h", "%Y-%m-%d %H:%M"))
        return values

    _of_size(path, table)


def write_few_mostly_blank(path: Path) -> None:
    """As ``write_mostly_blank``, of so few sensors that each different text is kept."""
    write_mostly_blank(path, 12)


SHAPES = (
    *MEMORY,
    ("seconds in UTC", write_seconds),
    ("orders of a shop, with tabs", write_shop),
    ("transactions of a bank", write_bank),
    ("60 columns of one digit", write_small),
    ("minutes with one digit", write_minutes),
    ("days with one digit", write_days),
    ("seconds since 1970 with one digit", write_stamps_of_seconds),
    ("1,500 days across", write_days_across),
)
# Above the limit of the others: a cell takes about one byte of the file, and 8 as a number of its series. These alone
# are six times the file; the limit keeps small what is needed beside them.
ALMOST_NO_TEXT = (
    ("60 columns, mostly blank", write_mostly_blank, 8.6),
    ("12 columns, mostly blank", write_few_mostly_blank, 9.0),
)


def main() -> int:
    """Print every figure; 1 when one is beyond its limit."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians", flush=True)
    results: list[Measured] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for measured in times(folder):
            print(measured, flush=True)
            results.append(measured)
        limited = [(label, write, MAX_MEMORY) for label, write in SHAPES]
        for label, write, limit in [*limited, *ALMOST_NO_TEXT]:
            results.append(memory(label, write, limit, folder))
            print(results[-1], flush=True)
    exceeded = [result for result in results if result.figure > result.limit]
    print(f"{len(exceeded)} of {len(results)} limits exceeded, load {os.getloadavg()[0]:.1f}")
    return bool(exceeded)


if __name__ == "__main__":
    sys.exit(main())
