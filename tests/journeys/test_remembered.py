"""What a person corrected once is not asked again: the next file with the same columns is read in the same way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.desktop.driving import confirm_data, idle, shown_text

from almanac.desktop.window import MainWindow
from almanac.tables import ReadingOptions


def written(path: Path, middle: int) -> Path:
    """Twelve dates that are days of one month, or one day of twelve months."""
    rows = [f"{n:02d}/{middle:02d}/2023,{100 + n}" for n in range(1, 13)]
    path.write_text("day,amount\n" + "\n".join(rows), encoding="utf-8")
    return path


def test_a_corrected_reading_is_remembered_and_forgotten(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.open_file(written(tmp_path / "may.csv", 5))
    idle(window, qtbot)
    assert window.data.current is window.data.dates
    answers = window.data.dates.answers
    assert answers is not None
    other = next(
        b for b, sets in zip(answers.buttons, answers.values, strict=True) if dict(sets) == {"day_first": False}
    )
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    confirm_data(window, qtbot)
    idle(window, qtbot)
    assert window.session.result is not None

    window.session.open_file(written(tmp_path / "june.csv", 6))  # nothing is asked about dates any more
    idle(window, qtbot)
    assert window.session.file is not None
    assert window.session.file.series.frequency.name == "monthly"
    assert window.data.current is window.data.findings
    text = shown_text(window)
    assert "Almanac read this file as you corrected it last time." in text
    assert "You used a file with the same columns like this: 03/04 is 4 March" in text

    card = window.data.findings.cards[0]
    assert card.choices is not None
    qtbot.mouseClick(card.choices.buttons[1], Qt.MouseButton.LeftButton)
    assert "Your corrections from last time are forgotten." in shown_text(window)
    qtbot.mouseClick(window.data.next, Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert window.session.file.options == ReadingOptions()
    assert window.session.file.series.frequency.name == "daily"

    window.session.open_file(written(tmp_path / "july.csv", 7))
    idle(window, qtbot)
    assert window.data.current is window.data.dates
