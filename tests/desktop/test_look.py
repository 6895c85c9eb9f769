"""Small things that one sees: borders of the pointer, the size of the first window, and one font."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from almanac.desktop.shell import geometry
from almanac.desktop.theme import style
from almanac.desktop.widgets.basic import Selector, button

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("dressed"),
]


def test_a_button_that_was_hidden_by_its_click_shows_no_pointer(qtbot: QtBot) -> None:
    pressed = button("Next")
    qtbot.addWidget(pressed)
    pressed.show()
    pressed.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    pressed.hide()
    assert not pressed.underMouse()


def test_a_list_whose_choice_was_made_elsewhere_shows_no_pointer(qtbot: QtBot) -> None:
    box = Selector()
    box.addItems(["Name", "Least Sure", "Biggest Change"])
    qtbot.addWidget(box)
    box.move(3000, 3000)  # away from the pointer
    box.show()
    box.showPopup()
    box.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    box.hidePopup()
    assert not box.underMouse()


@pytest.mark.usefixtures("own_state")
@pytest.mark.parametrize("screen", [(683, 344), (1024, 700), (3840, 2100)])
def test_the_first_window_is_never_larger_than_the_screen(qtbot: QtBot, screen: tuple[int, int]) -> None:
    class Window(QMainWindow):
        def screen(self) -> SimpleNamespace:  # type: ignore[override]
            return SimpleNamespace(availableGeometry=lambda: QRect(0, 0, *screen))

    window = Window()
    qtbot.addWidget(window)
    geometry.restore(window)
    for size in (window.size(), window.minimumSize()):
        assert size.boundedTo(QSize(*screen)) == size
    if screen[0] > 2000:
        assert window.size() == QSize(*geometry.DEFAULT_SIZE)


def test_no_system_brings_another_font(qapp: QApplication) -> None:  # noqa: ARG001
    for kind in style.FONT_CLASSES:
        QApplication.setFont(QFont("DejaVu Sans"), kind)  # type: ignore[arg-type] # as GNOME and KDE do
    style.load_fonts()
    families = {QApplication.font(kind).family() for kind in style.FONT_CLASSES}  # type: ignore[call-overload]
    assert families == {QApplication.font().family()}
