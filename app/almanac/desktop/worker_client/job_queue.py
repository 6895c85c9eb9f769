"""What the worker is asked to do, one thing at a time; what the person asks for goes before what a page looks up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from almanac.desktop.worker_client.client import WorkerLink
from almanac.worker.messages import Name

LOOKS_INTO_FILE = frozenset({"preview", "excerpt"})
LOOKS_INTO_FORECAST = frozenset({"explain", "sample_paths", "models", "pin_model", "rollback", "compare_models"})
LOOKS = LOOKS_INTO_FILE | LOOKS_INTO_FORECAST


class Errands(QObject):
    """``begun`` tells the name of a job that starts now, and what to say while it runs."""

    begun = Signal(str, str)

    def __init__(self, link: WorkerLink) -> None:
        super().__init__(link)
        self._link = link
        self._wanted: Callable[[], object] | None = None  # by the person
        self._looked: Callable[[], object] | None = None  # by a page
        self.running: Name | None = None

    @property
    def waiting(self) -> bool:
        """Whether something is to be done when the job that runs is over."""
        return self._wanted is not None or self.looks_again

    @property
    def looks_again(self) -> bool:
        """Whether a later look makes the answer of the one that runs worthless."""
        return self._looked is not None

    def run(self, name: Name, words: str, *arguments: Any) -> bool:
        """Begin a job, after a mere look if there is one; False when the worker does something else for the person."""
        if self._link.busy and self.running not in LOOKS:
            return False
        if self._link.busy:
            self._wanted = partial(self.run, name, words, *arguments)
        else:
            self._begin(name, words, *arguments)
        return True

    def look(self, name: Name, words: str, *arguments: Any) -> None:
        """Look something up; the latest wish counts. Into the file only when nothing else is done."""
        if not self._link.busy:
            self._begin(name, words, *arguments)
        elif self.running in LOOKS or name in LOOKS_INTO_FORECAST:
            self._looked = partial(self.look, name, words, *arguments)

    def over(self) -> Name | None:
        """The job is over, however it ended: which it was."""
        running, self.running = self.running, None
        return running

    def go_on(self) -> None:
        """Do what is waiting: the person's wish first, then a page's."""
        if self._wanted is not None:
            following, self._wanted = self._wanted, None
            following()
        elif self._looked is not None:
            following, self._looked = self._looked, None
            following()

    def forget(self) -> None:
        """What is waiting has lost its sense."""
        self._wanted = self._looked = None

    def _begin(self, name: Name, words: str, *arguments: Any) -> None:
        self.running = name
        self.begun.emit(name, words)
        self._link.start(name, *arguments)
