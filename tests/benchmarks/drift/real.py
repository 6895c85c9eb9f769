"""Real series replayed: the last year or so of each, one look at a time, as a person would have refreshed it then.

No one knows when real series truly changed, so these are alerts, and not false ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from models.training.evaluation.development import as_set, real_series
from tests.benchmarks.drift.looks import changes
from tests.benchmarks.drift.measures import rate
from tests.benchmarks.drift.workbooks import SETTINGS, Setting

from almanac.core.alerts import Alert
from almanac.core.arrays import Floats, Integers
from almanac.core.jobs import run
from almanac.drift import unsaid
from almanac.workflow.pattern_changes.stretches import Stretch
from almanac.workflow.pattern_changes.watch import (
    MIN_HISTORY,
    StretchForecast,
    WatchOptions,
    broken_values,
    forecast_stretch,
)

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
    """A line for each source, frequency and number of series in a workbook: alerts a year, and of which kinds.

    First as a person sees them: each change once. Then all that each look finds by itself.
    """
    for source in sources(share):
        setting = SETTINGS[source.frequency]
        order = np.random.default_rng([seed, len(source.members)]).permutation(len(source.members))
        looks = [_look([source.members[i] for i in order], setting, back, model) for back in range(LOOKS, 0, -1)]
        for size in TOGETHER:
            books = len(order) // size
            if not books:
                continue
            told: Counter[str] = Counter()
            each = 0
            for book in range(books):
                found, every = _told(looks, np.arange(book * size, (book + 1) * size), setting)
                told.update(found)
                each += every
            years = books * LOOKS / setting.looks
            said = ", ".join(f"{kind} {count}" for kind, count in told.most_common())
            title = f"{source.frequency:<8} {source.name}, {len(order)} series, {size} in a workbook"
            yield f"{title}: {rate(told.total(), years)}: {said}; each look by itself {each / years:.2f}"


@dataclass(frozen=True)
class Look:
    """All series of a source at one time: ``broken``: what is seen without a forecast; ``rows``: of each name."""

    broken: Sequence[Alert]
    made: StretchForecast
    rows: Mapping[str, int]


def _look(members: Sequence[Floats], setting: Setting, back: int, model: str | None) -> Look:
    """One look at all series, so many looks before their ends."""
    options = WatchOptions(model=model)
    ends = [len(one) - back * setting.ahead for one in members]
    past = as_set(tuple(one[:end] for one, end in zip(members, ends, strict=True)), setting.frequency)
    past = replace(past, first=np.full(len(past), setting.first) - past.lengths)
    new = np.stack([one[end : end + setting.ahead] for one, end in zip(members, ends, strict=True)])
    part = Stretch(past, new, options.backoff(setting.frequency), np.zeros(new.shape, dtype=bool))
    made = run(forecast_stretch(part, options, max(TOGETHER)))
    assert made is not None
    return Look(broken_values(part), made, {name: i for i, name in enumerate(made.watched.names)})


def _told(looks: Sequence[Look], members: Integers, setting: Setting) -> tuple[list[str], int]:
    """The kinds of the alerts that the workbook of these series gives, and how many each look by itself would."""
    names = {f"s{i}" for i in members.tolist()}
    told: list[Alert] = []
    count = 0
    for k, look in enumerate(looks):
        found = [alert for alert in look.broken if alert.series in names]
        kept = names - {alert.series for alert in found}
        rows = np.sort(np.array([look.rows[name] for name in kept if name in look.rows], np.int64))
        found += changes(look.made, rows)
        count += len(found)
        # Every look has the same dates, so that none falls into other days of the year than the others.
        found = [replace(a, since=a.since + k * setting.ahead) if a.since is not None else a for a in found]
        told += unsaid(found, told, WatchOptions.memory(setting.frequency))
    return [f"{alert.kind.value}{' (certain)' * alert.is_certain}" for alert in told], count
