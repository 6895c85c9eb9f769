"""Compare a newer spreadsheet with what the earlier one let expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from almanac.core.alerts import Alert, AlertAction, AlertKind
from almanac.core.calendar.frequency import Frequency
from almanac.core.entered.events import LEFT_OUT_KINDS, Event
from almanac.core.jobs import Job, Progress
from almanac.core.problems import Finding
from almanac.core.series import SeriesSet
from almanac.core.triggers import Firing, TriggerSettings
from almanac.wording.watching.alerts import action_sentence, alert_sentence, chance_sentence, drift_verdict
from almanac.wording.watching.triggers import REACTIONS, firing_sentence
from almanac.workflow.pattern_changes.made_for import unlike_training
from almanac.workflow.pattern_changes.stretches import stretches
from almanac.workflow.pattern_changes.watch import WatchOptions, broken_values, changes_in
from almanac.workflow.read_file import check
from almanac.workflow.updates.comparison import UNFINISHED, read_like, shape_of

if TYPE_CHECKING:
    from almanac.tables import ReadFile, ReadingOptions

TEXT = "text_among_numbers"  # code of a finding
_BROKEN = (AlertAction.CHECK_FILE, AlertAction.KEEP_WATCHING)


@dataclass(frozen=True)
class DriftResult:
    """What changed: ``alerts``, certain ones first; ``checked``: how many series had values to compare.

    ``unlike``: series that are unlike those that the model learned from; ``firings``: the triggers that fire.
    """

    alerts: tuple[Alert, ...]
    checked: int
    frequency: Frequency
    unlike: tuple[Alert, ...] = ()
    firings: tuple[Firing, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; what is not known is None."""
        return {
            "alerts": [self._plain(alert) for alert in self.alerts],
            "checked": self.checked,
            "unlike_training": [self._plain(alert) for alert in self.unlike],
            "triggers": [
                {
                    **firing.to_dict(),
                    "since": self._date(firing.since),
                    "words": firing_sentence(firing),
                    "setting": REACTIONS[firing.reaction],
                }
                for firing in self.firings
            ],
            "verdict": drift_verdict(self.alerts, self.checked),
        }

    def _plain(self, alert: Alert) -> dict[str, Any]:
        chance = chance_sentence(alert)
        return {
            "series": alert.series,
            "kind": alert.kind.value,
            "since": self._date(alert.since),
            "size": round(alert.size, 6) if np.isfinite(alert.size) else None,
            "per_year": round(alert.per_year, 6),
            "count": alert.count,
            "words": " ".join(filter(None, (alert_sentence(alert, self.frequency), chance))),
            "action": action_sentence(alert),
        }

    def _date(self, period: int | None) -> str | None:
        return None if period is None else self.frequency.iso(period)


def drift(
    baseline: Path, new: Path, reading: ReadingOptions | None = None, options: WatchOptions | None = None
) -> Job[DriftResult]:
    """Read both spreadsheets, and compare the later values of the newer one with what the earlier one let expect.

    Raises ``ProblemError`` when the earlier one cannot be read, or the newer one not at all.
    """
    before = yield from check(baseline, reading)
    after = yield from read_like(before, new)
    return (yield from compare_files(before, after, options or WatchOptions()))


def compare_files(
    before: ReadFile, after: ReadFile, options: WatchOptions, dated: Sequence[Event] = ()
) -> Job[DriftResult]:
    """Everything that changed between two readings of a table.

    ``dated``: events; what one explains that no model learns from, such as times when it was sold out, is no change.
    """
    from almanac.drift import fired
    from almanac.events import points_during

    found = [*_of_findings(before, after)]
    if before.series.frequency != after.series.frequency:
        found.insert(0, Alert(AlertKind.FREQUENCY, "", None, None, actions=_BROKEN))
        return DriftResult(tuple(found), 0, after.series.frequency)
    old, new = before.series.without_repairs, after.series.without_repairs
    if before.reading.sha256 != after.reading.sha256:
        found += [*_columns(before, after), *_names(old, new), *_ended(old, new)]
    explained = points_during(new, dated, after.event_columns, LEFT_OUT_KINDS)
    known = points_during(old, dated, before.event_columns, LEFT_OUT_KINDS)
    old = replace(old, values=np.where(known, np.nan, old.values)) if known.any() else old
    lengths = options.backoff(old.frequency), options.most_steps(old.frequency)
    parts = stretches(old, new, lengths, explained)
    if not parts:
        found.append(Alert(AlertKind.SAME_FILE, "", None, None, actions=_BROKEN))
        return DriftResult(tuple(found), 0, old.frequency)
    checked = 0
    for part in parts:
        broken = broken_values(part)
        found += broken
        checked = max(checked, len(part.names))
        found += yield from changes_in(part.without({alert.series for alert in broken}), options)
        yield Progress(0, 0, "Comparing")
    alerts = _certain_first(found)
    unlike = yield from unlike_training(after.series, options.model)
    return DriftResult(alerts, checked, old.frequency, unlike, fired(alerts, TriggerSettings(options.per_year)))


def _columns(before: ReadFile, after: ReadFile) -> list[Alert]:
    """Columns that were forecast or split by, and are called otherwise now."""
    shapes = [shape_of(one) for one in (before, after)]
    if shapes[0].key == shapes[1].key:
        return []
    was, now = ([*shape.values, *shape.splits] for shape in shapes)
    gone = [Alert(AlertKind.VANISHED, name, None, None, actions=_BROKEN) for name in was if name not in now]
    return gone + [Alert(AlertKind.NEW, name, None, None) for name in now if name not in was]


def _ended(old: SeriesSet, new: SeriesSet) -> list[Alert]:
    """Series that went on to the end of the earlier table, and have no later value where others have some."""
    end, last = int(old.last.max()), int(new.last.max())
    at = {name: i for i, name in enumerate(new.names)}
    stopped = [
        name
        for i, name in enumerate(old.names)
        if old.last[i] == end and name in at and new.last[at[name]] <= end < last
    ]
    return [Alert(AlertKind.GAPS, name, end + 1, last, 1.0, actions=_BROKEN) for name in stopped]


def _names(old: SeriesSet, new: SeriesSet) -> list[Alert]:
    """Series that are in only one of the two; all series of a table of one have no name to compare."""
    if len(old) == len(new) == 1:
        return []
    known, given = set(old.names), set(new.names)
    gone = [Alert(AlertKind.VANISHED, name, None, None, actions=_BROKEN) for name in old.names if name not in given]
    more = [Alert(AlertKind.NEW, name, None, None) for name in new.names if name not in known]
    return gone + more


def _of_findings(before: ReadFile, after: ReadFile) -> list[Alert]:
    """What the reading of the newer file noticed, and that of the earlier one did not."""
    known = {finding.code: finding.count for finding in before.findings}
    found = []
    for finding in after.findings:
        if finding.code == TEXT and finding.count > known.get(TEXT, 0):
            found.append(_text(finding))
        if finding.code in UNFINISHED and finding.code not in known:
            last = int(after.series.last.max()) + (1 if finding.changed else 0)  # it was left out, or is there
            found.append(Alert(AlertKind.PARTIAL, "", last, last))
    return found


def _text(finding: Finding) -> Alert:
    return Alert(AlertKind.TEXT, finding.column, None, None, float(finding.count), actions=_BROKEN)


def _certain_first(alerts: list[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts, key=lambda alert: (not alert.is_certain, alert.per_year)))
