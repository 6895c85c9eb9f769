"""Other tools for drift, in an environment of their own: river, NannyML and Evidently, each as its manual begins.

Run by ``make bench-drift PEERS=…/python`` as a script: it imports nothing of Almanac. It reads workbooks of one series
from ``.npz`` files and writes next to them for which each tool warns. river is also given what a person who knows of
seasons would give it: each value minus that of a season before.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

os.environ["NML_DISABLE_USAGE_LOGGING"] = os.environ["DO_NOT_TRACK"] = "1"  # nothing leaves this computer


def in_stream(name: str, seasonal: bool) -> Callable[[np.ndarray, np.ndarray, int], bool]:
    """Whether a detector of river warns at one of the new values, after those of the past one by one."""
    from river import drift

    def warns(past: np.ndarray, new: np.ndarray, season: int) -> bool:
        values = np.concatenate([past, new])
        if seasonal:
            values = values[season:] - values[:-season]
        values = values / max(float(np.abs(values[: -len(new)]).mean()), 1e-12)
        detector = getattr(drift, name)()
        seen = False
        for k, value in enumerate(values.tolist()):
            detector.update(value)
            seen |= bool(detector.drift_detected) and k >= len(values) - len(new)
        return seen

    return warns


def nannyml(past: np.ndarray, new: np.ndarray, season: int) -> bool:
    """Whether the univariate drift of the new values, as one chunk, is beyond that of chunks of the past."""
    from nannyml import UnivariateDriftCalculator

    del season
    calculator = UnivariateDriftCalculator(column_names=["y"], chunk_size=len(new))
    calculator.fit(pd.DataFrame({"y": past}))
    found = calculator.calculate(pd.DataFrame({"y": new})).filter(period="analysis").to_df()
    return bool(found[("y", "jensen_shannon", "alert")].any())


def evidently(past: np.ndarray, new: np.ndarray, season: int) -> bool:
    """Whether the preset for data drift says that the column drifted, the past being the reference."""
    from evidently import Report
    from evidently.presets import DataDriftPreset

    del season
    made = Report([DataDriftPreset()]).run(pd.DataFrame({"y": new}), pd.DataFrame({"y": past})).dict()
    return bool(made["metrics"][0]["value"]["count"] > 0)


TOOLS: dict[str, Callable[[np.ndarray, np.ndarray, int], bool]] = {
    "river, ADWIN on values": in_stream("ADWIN", seasonal=False),
    "river, ADWIN on differences to a season before": in_stream("ADWIN", seasonal=True),
    "river, Page-Hinkley on values": in_stream("PageHinkley", seasonal=False),
    "river, Page-Hinkley on differences to a season before": in_stream("PageHinkley", seasonal=True),
    "NannyML, univariate drift": nannyml,
    "Evidently, preset for data drift": evidently,
}


def main(folder: Path) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    for path in sorted(folder.glob("books-*.npz")):
        books = dict(np.load(path))
        pairs = list(zip(books["past"], books["new"], strict=True))
        season = int(books["season"])
        warned = [np.array([tool(past, new, season) for past, new in pairs]) for tool in TOOLS.values()]
        np.savez(path.with_name(path.name.replace("books-", "peers-")), tools=list(TOOLS), warned=warned)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
