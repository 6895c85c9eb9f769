"""The page of the report about earlier forecasts: how they did, and what changed its pattern."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from tests.desktop import builders
from tests.desktop.driving import FORBIDDEN, stop_lookups
from tests.window_fixtures import FEW_DRAWS, WindowUnderTest

from almanac.core.jobs import run
from almanac.desktop.report.digest import MAX_ALERTS, digest_page
from almanac.desktop.report.document import pages
from almanac.desktop.report.scope import EVERYTHING
from almanac.worker.messages import JobFinished
from almanac.workflow.history.kept import Kept
from almanac.workflow.totalling.overview import overview
from almanac.workflow.updates.alerts import OpenAlert
from almanac.workflow.watching.digest import Digest, digest

A4 = QSizeF(504, 751)


@pytest.fixture(scope="module")
def found() -> Digest:
    _, accepted = builders.new_data()
    return Digest(accepted.scores, tuple(OpenAlert(str(k), one) for k, one in enumerate(accepted.alerts)))


@pytest.mark.usefixtures("qapp")
def test_it_is_one_page_after_the_report(found: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almanac.totals.paths.MAX_DRAWS", FEW_DRAWS)
    result = builders.result(builders.read_file())
    totals = run(overview(result))
    many = replace(found, alerts=found.alerts * 40)
    for one, more in ((None, 0), (Digest(), 0), (found, 1), (many, 1)):
        document = pages(result, totals, EVERYTHING, A4, one)
        assert document.pageCount() == 1 + more
        assert ("What happened since" in document.toPlainText()) == bool(more)


@pytest.mark.usefixtures("qapp")
def test_it_says_how_forecasts_did_and_what_needs_a_look(found: Digest) -> None:
    frequency = builders.read_file().series.frequency
    page = digest_page(replace(found, alerts=found.alerts * 40), frequency)
    assert "18 forecast values have an actual value now" in page.replace("&nbsp;", " ")
    assert "Bread: about 18% above what was expected" in page
    assert f"{80 - MAX_ALERTS} more are on the page Watch." in page
    assert "Nothing needs a look." in digest_page(replace(found, alerts=()), frequency)
    assert not [word for word in FORBIDDEN if word in page.lower()]


def test_without_a_history_there_is_nothing_to_say() -> None:
    assert run(digest("nothing")) == Digest()


def test_a_report_of_kept_work_asks_what_became_of_earlier_forecasts(
    still: WindowUnderTest, found: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = replace(builders.result(builders.read_file()), kept=Kept("r1", "reading", "p1", "gone.csv"))
    still.session._show_forecast(result)
    stop_lookups(still)
    made: list[object] = []
    monkeypatch.setattr(still.session.saving.reports, "make", lambda *given: made.append(given[-1]))
    still.session.saving.save(tmp_path / "report.pdf")
    still.session.worker.receive(JobFinished("totals"))
    job = still.session.jobs.running
    assert job is not None
    assert (job.name, job.arguments) == ("digest", ("p1",))
    still.session.worker.receive(JobFinished(found))
    assert made == [found]
