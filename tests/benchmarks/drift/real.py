"""Real series replayed: the last year or so of each, one look at a time, as a person would have refreshed it then.

No one knows when real series truly changed, so these are alerts, and not false ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from models.training.evaluation.development import as_set, real_series
from tests.benchmarks.drift.looks import changes
from tests.benchmarks.drift.measures import rate
from tests.benchmarks.drift.workbooks import SETTINGS, Setting

from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import run
from almanac.workflow.pattern_changes.stretches import Stretch
from almanac.workflow.pattern_changes.watch import MIN_HISTORY, WatchOptions, broken_values, forecast_stretch

LOOKS = 12
MAX_SERIES = 300  # of one source and frequency
MAX_POINTS = 1_000  # of one series: longer ones only cost time
TOGETHER = (1, 10)  # series in a workbook


@dataclass(frozen=True)
class Source:
    """Real series of one source and frequency."""

    name: str
    frequency: str
    members: tuple[Floats, ...]


def sources(share: float) -> Iterator[Source]:
    """Series that are long enough for the looks, with enough history before the first."""
    found: dict[tuple[str, str], list[Floats]] = {}
    for name, frequency, values in real_series():
        if frequency not in SETTINGS:
            continue
        setting = SETTINGS[frequency]
        least = (MIN_HISTORY + 1) * WatchOptions.backoff(setting.frequency) + LOOKS * setting.ahead
        known = values[np.isfinite(values).argmax() :][-MAX_POINTS:] if np.isfinite(values).any() else values[:0]
        if len(known) > least:
            found.setdefault((name, frequency), []).append(known)
    for (name, frequency), members in found.items():
        yield Source(name, frequency, tuple(members[: max(round(MAX_SERIES * share), 10)]))


def replayed(share: float, seed: int, model: str | None) -> Iterator[str]:
    """A line for each source, frequency and number of series in a workbook: alerts a year, and of which kinds."""
    for source in sources(share):
        setting = SETTINGS[source.frequency]
        order = np.random.default_rng([seed, len(source.members)]).permutation(len(source.members))
        members = [source.members[i] for i in order]
        kinds: dict[int, Counter[str]] = {size: Counter() for size in TOGETHER}
        for back in range(LOOKS, 0, -1):
            for size, found in _look(members, setting, back, model):
                kinds[size].update(found)
        for size in TOGETHER:
            books = len(members) // size
            if books:
                years = books * LOOKS / setting.looks
                said = ", ".join(f"{kind} {count}" for kind, count in kinds[size].most_common())
                title = f"{source.frequency:<8} {source.name}, {len(members)} series, {size} in a workbook"
                yield f"{title}: {rate(kinds[size].total(), years)}: {said}"


def _look(members: Sequence[Floats], setting: Setting, back: int, model: str | None) -> Iterator[tuple[int, list[str]]]:
    """One look at all series, so many looks before their ends: the kinds of alerts for each size of workbooks."""
    options = WatchOptions(model=model)
    ends = [len(one) - back * setting.ahead for one in members]
    past = as_set(tuple(one[:end] for one, end in zip(members, ends, strict=True)), setting.frequency)
    past = replace(past, first=np.full(len(past), setting.first) - past.lengths)
    new = np.stack([one[end : end + setting.ahead] for one, end in zip(members, ends, strict=True)])
    part = Stretch(past, new, options.backoff(setting.frequency), np.zeros(new.shape, dtype=bool))
    broken = {alert.series: alert.kind.value for alert in broken_values(part)}
    made = run(forecast_stretch(part, options, len(past)))
    assert made is not None
    at = {name: i for i, name in enumerate(made.watched.names)}
    for size in TOGETHER:
        found: list[str] = []
        for start in range(0, len(past) - size + 1, size):
            names = past.names[start : start + size]
            rows: Integers = np.array([at[n] for n in names if n in at and n not in broken], np.int64)
            found += [broken[n] for n in names if n in broken]
            found += [alert.kind.value for alert in changes(made, np.sort(rows))]
        yield size, found
