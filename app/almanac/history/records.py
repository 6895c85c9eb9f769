"""What the history keeps: a frozen record for each row of a table, with the fields of the record as its columns.

Ids are random, so that they say nothing about what they stand for. ``body`` holds plain JSON types, whose form belongs
to whoever wrote it. ``deleted``: the id of the deletion that put the record into the bin, empty for all others.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


def new_id() -> str:
    """An id that no other record has: 16 random hexadecimal digits."""
    return secrets.token_hex(8)


def now() -> datetime:
    """This moment in UTC, as the history writes every time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Project:
    """A table that comes again, with all its readings and runs; ``shape``: what its files have in common."""

    title: str
    shape: str
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)
    deleted: str = ""


@dataclass(frozen=True)
class SourceFile:
    """A file that was read, as it was then; ``path``: where, empty when that is not known."""

    project: str
    name: str
    path: str
    sha256: str
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Reading:
    """How a file was read; its series are kept next to it. ``body``: the record of the reading.

    ``fingerprint``: of the series and of how they were read; ``series``, ``points``: how many.
    """

    project: str
    file: str
    fingerprint: str
    frequency: str
    series: int
    points: int
    first_date: str
    last_date: str
    body: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Run:
    """One forecast of one reading; what came out is kept next to it.

    ``model``: NAME@VERSION; ``version``: of Almanac; ``seed``: of random numbers, None where there are none;
    ``settings``: what the person chose; ``timings``: seconds by what took them; ``summary``: what a list shows.
    """

    project: str
    reading: str
    title: str
    model: str
    checksum: str
    device: str
    version: str
    horizon: int
    series: int
    seed: int | None
    settings: Mapping[str, Any]
    timings: Mapping[str, Any]
    summary: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)
    deleted: str = ""


@dataclass(frozen=True)
class Adjustment:
    """What the person changed about the forecast of a run."""

    run: str
    body: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Event:
    """An event that counts for a project."""

    project: str
    body: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Actual:
    """A later reading that says what became of the forecast of a run; ``body``: the scores."""

    run: str
    reading: str
    body: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Alert:
    """Something about new data that a person should look at.

    ``state``: "open", "snoozed" or "done"; ``until``: when a snoozed one comes back, empty for others. ``reading``: the
    one it was noticed in, None when that is not kept.
    """

    project: str
    body: Mapping[str, Any]
    reading: str | None = None
    state: str = "open"
    until: str = ""
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Decision:
    """What was decided, and why: a trigger that fired, an answer to an alert, a switch of the model.

    ``project``: None when it is about all of them; ``alert``: the one it answers, None for others.
    """

    kind: str
    body: Mapping[str, Any]
    project: str | None = None
    alert: str | None = None
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Firing:
    """A trigger that fired for new data of a project, because of an alert."""

    project: str
    body: Mapping[str, Any]
    alert: str | None = None
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class TriggerChoice:
    """How the triggers of a project act; one record for each project that has its own."""

    project: str
    body: Mapping[str, Any]
    id: str = field(default_factory=new_id)
    created_at: datetime = field(default_factory=now)


Record = Project | SourceFile | Reading | Run | Adjustment | Event | Actual | Alert | Decision | Firing | TriggerChoice
TABLES: Mapping[type[Any], str] = {
    Project: "projects",
    SourceFile: "files",
    Reading: "readings",
    Run: "runs",
    Adjustment: "adjustments",
    Event: "events",
    Actual: "actuals",
    Alert: "alerts",
    Decision: "decisions",
    Firing: "firings",
    TriggerChoice: "trigger_settings",
}
