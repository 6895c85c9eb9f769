"""Triggers: what Almanac does, or asks, when an alert appears; and a record of each time that one fired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from almanac.core.alerts import Alert, AlertKind


class Trigger(StrEnum):
    """What may be done about a change; the values are what settings and the store say."""

    FORECAST_AGAIN = "forecast_again"
    RECALIBRATE = "recalibrate"
    OTHER_MODEL = "other_model"
    ROLLBACK = "rollback"


class Reaction(StrEnum):
    """How a trigger acts: by itself, after asking, or not at all."""

    ALWAYS = "always"
    ASK = "ask"
    NEVER = "never"


@dataclass(frozen=True)
class TriggerSettings:
    """``per_year``: how often a workbook may warn for nothing; the others: how each trigger acts."""

    per_year: float = 1.0
    forecast_again: Reaction = Reaction.ASK
    recalibrate: Reaction = Reaction.ALWAYS
    other_model: Reaction = Reaction.ASK
    rollback: Reaction = Reaction.ASK

    def reaction(self, trigger: Trigger) -> Reaction:
        """How this trigger acts."""
        return {
            Trigger.FORECAST_AGAIN: self.forecast_again,
            Trigger.RECALIBRATE: self.recalibrate,
            Trigger.OTHER_MODEL: self.other_model,
            Trigger.ROLLBACK: self.rollback,
        }[trigger]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, for the store."""
        return {"per_year": self.per_year, **{one.value: self.reaction(one).value for one in Trigger}}

    @staticmethod
    def of_dict(body: Mapping[str, Any]) -> TriggerSettings:
        """The settings as they were kept; see ``to_dict``."""
        return TriggerSettings(float(body["per_year"]), *(Reaction(body[one.value]) for one in Trigger))


@dataclass(frozen=True)
class Firing:
    """A trigger that fired: because of which alert, and whether it acts or asks."""

    trigger: Trigger
    reaction: Reaction
    kind: AlertKind
    series: str
    since: int | None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, for the store and ``almanac drift --json``."""
        names = {"trigger": self.trigger.value, "reaction": self.reaction.value, "kind": self.kind.value}
        return {**names, "series": self.series, "since": self.since}

    @staticmethod
    def of_dict(body: Mapping[str, Any]) -> Firing:
        """A firing as it was kept; see ``to_dict``."""
        trigger, reaction, kind = Trigger(body["trigger"]), Reaction(body["reaction"]), AlertKind(body["kind"])
        return Firing(trigger, reaction, kind, str(body["series"]), body["since"])


@dataclass(frozen=True)
class Snooze:
    """No alert of this ``kind`` about ``series`` (empty: the workbook) up to the period ``until``."""

    kind: AlertKind
    series: str
    until: int

    def covers(self, alert: Alert) -> bool:
        """Whether it silences this alert."""
        same = (alert.kind, alert.series) == (self.kind, self.series)
        return same and alert.last is not None and alert.last <= self.until
