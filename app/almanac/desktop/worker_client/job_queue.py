"""Which job runs in the worker, and which one comes next: actions of the person go before lookups of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.worker_client.client import WorkerClient

if TYPE_CHECKING:
    from almanac.core.problems import Problem
    from almanac.desktop.shell.station import StationKey
    from almanac.workflow.use_cases import UseCaseName


class JobKind(Enum):
    """Who needs a job: the person (an action), or a page that shows more of the file or of the forecast."""

    ACTION = auto()
    FILE_LOOKUP = auto()
    FORECAST_LOOKUP = auto()


def _ignore(*_: object) -> None:
    """Do nothing."""


@dataclass(frozen=True)
class JobRequest:
    """A use case to run in the worker, and what to do with its result.

    ``message`` is shown while it runs; ``station`` is marked as running. ``on_finished`` takes the result;
    ``on_abandoned`` is called when there is none, whatever the reason; ``on_failed`` after that, with the Problem, when
    it could not be done (None: the window shows it). ``on_early`` takes a result that can be shown before the job ends.
    ``quiet``: the person did not ask for it, and goes on meanwhile.
    """

    name: UseCaseName
    message: str
    arguments: tuple[Any, ...]
    kind: JobKind = JobKind.ACTION
    on_finished: Callable[[Any], object] = _ignore
    on_abandoned: Callable[[], object] = _ignore
    on_failed: Callable[[Problem], object] | None = None
    on_early: Callable[[Any], object] = _ignore
    station: StationKey | None = None
    quiet: bool = False


class JobQueue(QObject):
    """Runs one job at a time. At most one action and one lookup are pending; a later lookup replaces an earlier one.

    ``running``: the job that runs; ``has_early_result``: whether there is something to show of it already.
    """

    started = Signal(object)

    def __init__(self, worker: WorkerClient) -> None:
        super().__init__(worker)
        self._worker = worker
        self._pending_action: JobRequest | None = None
        self._pending_lookup: JobRequest | None = None
        self.running: JobRequest | None = None
        self.has_early_result = False

    @property
    def pending(self) -> bool:
        """Whether another job follows the running one."""
        return self._pending_action is not None or self._pending_lookup is not None

    @property
    def pending_name(self) -> UseCaseName | None:
        """The name of the action that follows the running job."""
        return None if self._pending_action is None else self._pending_action.name

    @property
    def superseded(self) -> bool:
        """Whether a later lookup of a page is pending, so that the result of the running one is no longer needed."""
        return self._pending_lookup is not None and not self._pending_lookup.quiet

    def start(self, request: JobRequest) -> bool:
        """Start an action, after the running lookup if there is one; False while another action is running.

        An action that has an early result counts as a lookup: the person has what they asked for.
        """
        if not self._worker.busy:
            self._begin(request)
        elif self._can_wait:
            self._pending_action = request
        else:
            return False
        return True

    def enqueue(self, request: JobRequest) -> None:
        """Run a lookup when its turn comes; a lookup into the file is dropped while an action is running.

        A quiet one is dropped where a page waits for another.
        """
        if request.quiet and self.superseded:
            return
        if not self._worker.busy and self._pending_action is None:
            self._begin(request)
        elif self._can_wait or request.kind is JobKind.FORECAST_LOOKUP:
            self._pending_lookup = request

    def finish(self) -> JobRequest | None:
        """Return the job that was running, now that it is over."""
        finished, self.running = self.running, None
        self.has_early_result = False
        return finished

    def next(self) -> None:
        """Start the pending action; the pending lookup if there is no action."""
        if self._worker.busy:
            return  # something has begun in the meantime; the pending ones follow it
        if self._pending_action is not None:
            request, self._pending_action = self._pending_action, None
            self.start(request)
        elif self._pending_lookup is not None:
            request, self._pending_lookup = self._pending_lookup, None
            self.enqueue(request)

    def clear(self) -> None:
        """Drop what is pending."""
        self._pending_action = self._pending_lookup = None

    def drop_lookup(self) -> None:
        """Drop the pending lookup."""
        self._pending_lookup = None

    @property
    def _can_wait(self) -> bool:
        """Whether a person's action may be pending behind the running job."""
        return self.running is not None and (self.running.kind is not JobKind.ACTION or self.has_early_result)

    def _begin(self, request: JobRequest) -> None:
        self.running = request
        self.started.emit(request)
        self._worker.start_job(request.name, *request.arguments)
