"""Jobs: progress, results, stopping."""

from __future__ import annotations

import pickle

import pytest

from almanac.core.jobs import Job, Progress, Stopped, part_of, run
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


def counted(steps: int) -> Job[str]:
    try:
        for done in range(steps + 1):
            yield Progress(done, steps, "counting")
    except Stopped:
        return "stopped"
    return "counted"


def test_jobs_of_one_progress_never_go_back() -> None:
    def all_of_them() -> Job[tuple[str, str, str]]:
        return (
            (yield from part_of(counted(4), 0, 3)),
            (yield from part_of(counted(4), 1, 3)),
            (yield from part_of(counted(4), 2, 3)),
        )

    shares: list[float] = []
    result = run(all_of_them(), lambda progress: shares.append(progress.done / progress.total))
    assert result == ("counted",) * 3
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_a_part_that_is_stopped_keeps_what_it_has() -> None:
    seen: list[Progress] = []
    assert run(part_of(counted(9), 1, 2), seen.append, lambda: len(seen) == 3) == "stopped"
