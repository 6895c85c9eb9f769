"""From a dropped file to "how much in all next month against last year": two clicks, no typing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.builders import seasonal
from tests.desktop.driving import WAIT_MS, drop, idle
from tests.journeys.person import Person
from tests.window_fixtures import WindowUnderTest

from almanac import workflow
from almanac.core.jobs import run
from almanac.desktop.formatting import numbers

MAX_CLICKS = 2


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """Four years of months of two products in each of two shops."""
    months = pd.period_range("2020-01", periods=48, freq="M").astype(str)
    parts = [("North", "Bread"), ("North", "Milk"), ("South", "Bread"), ("South", "Milk")]
    rows = [
        pd.DataFrame({"month": months, "shop": shop, "product": product, "sold": seasonal(48, seed=k).round()})
        for k, (shop, product) in enumerate(parts)
    ]
    path = tmp_path / "shops.csv"
    pd.concat(rows).to_csv(path, index=False)
    return path


def expected_answer(window: WindowUnderTest, path: Path) -> tuple[str, str]:
    """The total of last year by pandas, and the sum of the parts."""
    assert window.session.result is not None
    table = pd.read_csv(path)
    horizon = window.session.result.forecast.horizon
    assert horizon == 12
    last_year = table[table.month.str.startswith("2023")].sold.sum()
    expected = window.session.result.forecast.mean.sum()
    return (
        f"Next 12 months: about {numbers.number(expected, 0)}, 80% likely ",
        f"; last year {numbers.number(last_year, 0)}, {'+' if expected > last_year else '−'}"
        f"{numbers.percent(abs(expected / last_year - 1))}",
    )


def wait_for_total(window: WindowUnderTest, qtbot: QtBot) -> str:
    idle(window, qtbot)
    headline = window.forecast.headline.sentence
    qtbot.waitUntil(lambda: headline.text().startswith("Next ") and not window.session.worker.busy, timeout=WAIT_MS)
    return headline.text()


def test_the_total_of_everything_takes_a_drop_and_one_click(window: WindowUnderTest, qtbot: QtBot, shops: Path) -> None:
    drop(window, shops)
    idle(window, qtbot)
    qtbot.mouseClick(window.data.use, Qt.MouseButton.LeftButton)  # the only click
    answer = wait_for_total(window, qtbot)
    begins, ends = expected_answer(window, shops)
    assert answer.startswith(begins)
    assert ends in answer


def test_the_next_month_of_everything_stands_next_to_last_year(
    window: WindowUnderTest, qtbot: QtBot, shops: Path
) -> None:
    person = Person(qtbot)
    drop(window, shops)
    idle(window, qtbot)
    person.click(window.data.use)
    wait_for_total(window, qtbot)
    assert window.session.result is not None
    rows = window.forecast.list
    assert rows.model().index(0, 0).data() == "Everything"
    person.click_at(rows.viewport(), rows.visualRect(rows.model().index(0, 0)).center())
    qtbot.waitUntil(lambda: window.forecast.target is not None and window.forecast.target.name == "Everything")
    model = window.forecast.steps.model()
    column = {model.headerData(k, Qt.Orientation.Vertical): model.index(k, 0).data() for k in range(model.rowCount())}
    table = pd.read_csv(shops)
    january = table[table.month == "2023-01"].sold.sum()
    assert column["Last year"] == numbers.number(january, 0)
    assert column["About"] == numbers.number(window.session.result.forecast.mean[:, 0].sum(), 0)
    assert person.clicks <= MAX_CLICKS


def test_the_total_of_a_shop_takes_the_keyboard_alone(window: WindowUnderTest, qtbot: QtBot, shops: Path) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.session.open_file(shops)
    idle(window, qtbot)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # Use This Data
    wait_for_total(window, qtbot)
    page = window.forecast
    page.side.show_by.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.side.show_by, Qt.Key.Key_Down)
    idle(window, qtbot)
    qtbot.waitUntil(lambda: page.list.model().index(1, 0).data() == "North", timeout=WAIT_MS)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    while page.list.currentIndex().data() != "North":
        qtbot.keyClick(page.list, Qt.Key.Key_Down if page.list.currentIndex().row() < 1 else Qt.Key.Key_Up)
    idle(window, qtbot)
    assert window.session.result is not None
    north = next(g for g in run(workflow.totals(window.session.result, ("shop",))).groups if g.name == "North")
    total = window.session.result.forecast.mean[list(north.members)].sum()
    assert page.sentence.text() == "North, next 12 months:"
    assert page.likely.text().startswith(f"about {numbers.number(total, 0)}, 80% likely ")
