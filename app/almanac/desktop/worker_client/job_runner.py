"""Runs jobs for the window, and hands each result to whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.worker_client.job_queue import JobQueue, JobRequest

if TYPE_CHECKING:
    from almanac.core.jobs import Progress
    from almanac.core.problems import Problem
    from almanac.desktop.worker_client.client import WorkerClient


class JobRunner(QObject):
    """Listens to the worker. ``answered``: the running job has an early result; ``ended``; ``state_changed`` when what
    it brought is shown; ``busy``: a job was asked for while another is running; ``refused`` carries the Problem of a
    job whose asker does not show it; ``worker_died``; ``crashed`` carries what is known of a fault.
    """

    answered = Signal()
    ended = Signal()
    state_changed = Signal()
    busy = Signal()
    refused = Signal(object)
    worker_died = Signal()
    crashed = Signal(str)

    def __init__(self, worker: WorkerClient, jobs: JobQueue, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._jobs = worker, jobs
        worker.progressed.connect(self._on_progress)
        worker.finished.connect(self._on_finished)
        worker.cancelled.connect(self.abandon)
        worker.failed.connect(self._on_failed)
        worker.job_crashed.connect(self.crashed)
        worker.worker_died.connect(self._on_worker_died)

    def start(self, request: JobRequest) -> bool:
        """Start an action of the person; False, and ``busy``, while another one is running.

        The check of a forecast that is shown already is stopped for it.
        """
        started = self._jobs.start(request)
        if not started:
            self.busy.emit()
        elif self._jobs.has_early_result:
            self._worker.cancel_job()
        return started

    def abandon(self) -> None:
        """Tell whoever waits for the running job that there will be no result, and go on with the next job."""
        request = self._end()
        try:
            if request is not None:
                request.on_abandoned()
        finally:
            self._continue()

    def _end(self) -> JobRequest | None:
        request = self._jobs.finish()
        self.ended.emit()
        return request

    def _continue(self) -> None:
        self.state_changed.emit()
        self._jobs.next()

    def _on_progress(self, progress: Progress) -> None:
        request = self._jobs.running
        if progress.early is not None and request is not None:
            if not self._jobs.has_early_result:
                self._jobs.has_early_result = True
                self.answered.emit()
            request.on_early(progress.early)

    def _on_finished(self, result: Any) -> None:
        request = self._end()
        try:
            if request is not None:
                request.on_finished(result)
        finally:
            self._continue()

    def _on_worker_died(self) -> None:
        from almanac.core.system import logs  # only here: start-up time

        logs.event("the worker died")
        self.abandon()
        self.worker_died.emit()

    def _on_failed(self, problem: Problem) -> None:
        request = self._jobs.running
        self.abandon()
        if request is None or request.on_failed is None:
            self.refused.emit(problem)
        else:
            request.on_failed(problem)
