"""Jobs: progress, results, stopping."""

from __future__ import annotations

import pickle

import pytest

from almanac.core.jobs import Job, Progress, Stopped, run
from almanac.core.problems import Problem, ProblemError


def counting(upto: int, *, keep: bool) -> Job[int]:
    done = 0
    try:
        for done in range(1, upto + 1):
            yield Progress(done, upto, f"{done} of {upto}")
    except Stopped:
        if not keep:
            raise
    return done


def test_a_job_reports_every_step_and_returns_its_result() -> None:
    seen: list[Progress] = []
    assert run(counting(3, keep=False), seen.append) == 3
    assert [p.done for p in seen] == [1, 2, 3]


def test_a_stopped_job_may_keep_what_is_finished() -> None:
    seen: list[Progress] = []
    assert run(counting(10, keep=True), seen.append, lambda: len(seen) == 4) == 4


def test_a_stopped_job_with_nothing_to_keep_says_so() -> None:
    with pytest.raises(Stopped):
        run(counting(10, keep=False), should_stop=lambda: True)


def test_a_problem_survives_being_sent_between_processes() -> None:
    problem = Problem("no_dates", "There are no dates.", "Why.", "Fix.", 3, (1, 2, 3))
    again = pickle.loads(pickle.dumps(ProblemError(problem)))
    assert again.problem == problem
    assert problem.to_dict()["rows"] == [1, 2, 3]
