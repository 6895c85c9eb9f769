"""Which job the worker runs, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almanac.desktop.worker_client.client import WorkerClient
from almanac.desktop.worker_client.job_queue import JobKind, JobQueue, JobRequest

EXPORT, FORECAST = (JobRequest(name, "", ()) for name in ("export", "forecast"))
PREVIEW = JobRequest("preview", "", (), JobKind.FILE_LOOKUP)
CHANCES, EXPLAIN, MODELS = (
    JobRequest(name, "", (), JobKind.FORECAST_LOOKUP) for name in ("chances", "explain", "models")
)


class Desk:
    """A queue whose worker starts nothing: ``started`` lists the jobs, ``finish`` ends the running one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.worker = WorkerClient()
        monkeypatch.setattr(self.worker, "start_job", lambda *_: setattr(self.worker, "busy", True))
        self.jobs = JobQueue(self.worker)
        self.started: list[JobRequest] = []
        self.jobs.started.connect(self.started.append)

    def finish(self) -> None:
        self.worker.busy = False
        self.jobs.finish()
        self.jobs.next()


@pytest.fixture
def desk(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Desk:  # noqa: ARG001
    return Desk(monkeypatch)


def test_an_action_is_not_lost_to_a_later_lookup(desk: Desk) -> None:
    desk.jobs.enqueue(CHANCES)
    assert desk.jobs.start(EXPORT)
    desk.jobs.enqueue(EXPLAIN)
    for _ in range(3):
        desk.finish()
    assert desk.started == [CHANCES, EXPORT, EXPLAIN]
    assert not desk.jobs.pending


def test_a_pending_action_does_not_supersede_the_running_lookup(desk: Desk) -> None:
    desk.jobs.enqueue(CHANCES)
    desk.jobs.start(EXPORT)
    assert desk.jobs.pending
    assert not desk.jobs.superseded


def test_of_several_lookups_the_latest_runs(desk: Desk) -> None:
    for request in (CHANCES, EXPLAIN, MODELS):
        desk.jobs.enqueue(request)
    assert desk.jobs.superseded
    desk.finish()
    assert desk.started == [CHANCES, MODELS]


def test_while_an_action_runs_no_other_one_starts(desk: Desk) -> None:
    assert desk.jobs.start(FORECAST)
    assert not desk.jobs.start(EXPORT)
    desk.jobs.enqueue(PREVIEW)
    desk.finish()
    assert desk.started == [FORECAST]


def test_pending_jobs_can_be_dropped(desk: Desk) -> None:
    desk.jobs.start(FORECAST)
    desk.jobs.enqueue(EXPLAIN)
    desk.jobs.clear()
    desk.finish()
    assert desk.started == [FORECAST]


def test_a_quiet_lookup_gives_way_to_what_the_person_asks_for(desk: Desk) -> None:
    quiet = replace(MODELS, quiet=True)
    desk.jobs.enqueue(quiet)
    desk.jobs.enqueue(CHANCES)
    desk.jobs.enqueue(quiet)  # dropped: a page waits for chances
    desk.finish()
    assert desk.started == [quiet, CHANCES]
    desk.jobs.enqueue(quiet)
    assert not desk.jobs.superseded  # the chances are still to be shown
    desk.jobs.start(EXPORT)
    for _ in range(3):
        desk.finish()
    assert desk.started == [quiet, CHANCES, EXPORT, quiet]


def test_a_lookup_that_follows_another_lets_a_pending_action_go_first(desk: Desk) -> None:
    quiet = replace(MODELS, quiet=True)
    desk.jobs.enqueue(CHANCES)
    desk.jobs.start(EXPORT)
    desk.jobs.finish()
    desk.worker.busy = False
    desk.jobs.enqueue(quiet)  # as the page does when it has the result
    desk.jobs.next()
    assert desk.started == [CHANCES, EXPORT]
