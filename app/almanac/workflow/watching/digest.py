"""What a report says of earlier forecasts: how they did, and what needs a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from almanac.core.jobs import Job, Progress
from almanac.core.problems import ProblemError
from almanac.workflow.updates.alerts import OpenAlert, project_alerts
from almanac.workflow.updates.new_data import project_scores

if TYPE_CHECKING:
    from almanac.evaluation import Scores


@dataclass(frozen=True)
class Digest:
    """``scores`` of earlier forecasts, None where nothing has arrived; ``alerts`` that nobody has answered."""

    scores: Scores | None = None
    alerts: tuple[OpenAlert, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self.scores is None and not self.alerts


def digest(project: str) -> Job[Digest]:
    """How the earlier forecasts of a project did, and what needs a look; empty where that cannot be read."""
    yield Progress(0, 0, "Looking up what happened")
    try:
        scores = yield from project_scores(project)
        return Digest(scores, (yield from project_alerts(project)))
    except ProblemError:  # the history cannot be read: the report is about the forecast
        return Digest()
