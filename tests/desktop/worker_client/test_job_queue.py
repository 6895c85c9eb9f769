"""What the worker is asked to do: the order of wishes."""

from __future__ import annotations

import pytest

from almanac.desktop.worker_client.client import WorkerLink
from almanac.desktop.worker_client.job_queue import Errands


class Desk:
    """Errands whose link starts nothing: ``begun`` lists the jobs, ``finish`` ends the one that runs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.link = WorkerLink()
        monkeypatch.setattr(self.link, "start", lambda *_: setattr(self.link, "busy", True))
        self.errands = Errands(self.link)
        self.begun: list[str] = []
        self.errands.begun.connect(lambda name, _: self.begun.append(name))

    def finish(self) -> None:
        self.link.busy = False
        self.errands.over()
        self.errands.go_on()


@pytest.fixture
def desk(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Desk:  # noqa: ARG001
    return Desk(monkeypatch)


def test_a_wish_of_the_person_is_not_lost_to_a_later_look_of_a_page(desk: Desk) -> None:
    desk.errands.look("sample_paths", "")
    assert desk.errands.run("export", "")
    desk.errands.look("explain", "")
    for _ in range(3):
        desk.finish()
    assert desk.begun == ["sample_paths", "export", "explain"]
    assert not desk.errands.waiting


def test_a_waiting_wish_does_not_make_the_answer_of_a_look_worthless(desk: Desk) -> None:
    desk.errands.look("sample_paths", "")
    desk.errands.run("export", "")
    assert desk.errands.waiting
    assert not desk.errands.looks_again


def test_of_several_looks_the_latest_counts(desk: Desk) -> None:
    for name in ("sample_paths", "explain", "models"):
        desk.errands.look(name, "")  # type: ignore[arg-type]
    assert desk.errands.looks_again
    desk.finish()
    assert desk.begun == ["sample_paths", "models"]


def test_while_something_is_done_for_the_person_nothing_else_can_be_asked(desk: Desk) -> None:
    assert desk.errands.run("forecast", "")
    assert not desk.errands.run("export", "")
    desk.errands.look("preview", "")
    desk.finish()
    assert desk.begun == ["forecast"]


def test_what_is_waiting_can_lose_its_sense(desk: Desk) -> None:
    desk.errands.run("forecast", "")
    desk.errands.look("explain", "")
    desk.errands.forget()
    desk.finish()
    assert desk.begun == ["forecast"]
