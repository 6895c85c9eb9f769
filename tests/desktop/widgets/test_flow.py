"""A row of buttons goes on in the next line where there is no room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from almanac.desktop.widgets.basic import button
from almanac.desktop.widgets.flow import FlowLayout

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_what_does_not_fit_is_in_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout(8, holder)
    made = [button(text) for text in ("How Likely?", "Change Model…", "How Much to Order…", "Events…")]
    for one in made:
        row.addWidget(one)
    wide = row.sizeHint()
    holder.resize(wide.width(), 200)
    holder.show()
    QApplication.processEvents()
    assert {one.y() for one in made} == {0}
    assert made[-1].geometry().right() <= holder.width()
    assert row.heightForWidth(wide.width()) == wide.height()
    holder.resize(wide.width() // 2, 200)
    QApplication.processEvents()
    assert len({one.y() for one in made}) > 1
    assert all(one.geometry().right() < holder.width() for one in made)
    assert row.heightForWidth(wide.width() // 2) == max(one.geometry().bottom() for one in made) + 1
    made[0].hide()
    QApplication.processEvents()
    assert made[1].x() == 0
