"""The dialog for adjustments: a preview says what would become of the forecast, in every way to write a number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot
from tests.desktop import builders
from tests.desktop.layout import faults, popup_faults

from almanac.core.entered.adjustments import Adjustment, AdjustmentKind
from almanac.desktop.pages.adjust.dialog import AdjustDialog
from almanac.desktop.pages.adjust.subject import subject_of
from almanac.desktop.pages.forecast.target import series_target
from almanac.workflow.adjusting.apply import with_adjustments

# Dialogs of the offscreen plugin take no part in a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
JULY, AUGUST = 678, 679  # months since 1970 of the first two steps
BREAD = 2


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def opened(
    qtbot: QtBot, kept: tuple[Adjustment, ...] = (), span: tuple[int, int] | None = (JULY, JULY)
) -> AdjustDialog:
    made = AdjustDialog()
    qtbot.addWidget(made)
    result = with_adjustments(builders.result(builders.read_file()), kept)
    target = series_target(result, BREAD, BREAD)
    made.begin(result, subject_of(target, target.name, ()), span)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_preview_says_what_becomes_of_it(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    entry = dialog.entry
    assert entry.preview.text() == "Now 204."
    assert not dialog.use.isEnabled()
    entry.amount.setText("250")
    assert entry.preview.text() == "Now 204. It becomes 250 (+23%)."
    entry.kinds[AdjustmentKind.SCALE].setChecked(True)
    entry.amount.setText("0.5")
    assert entry.preview.text() == "Now 204. It becomes 102 (−50%)."
    entry.kinds[AdjustmentKind.ADD].setChecked(True)
    entry.amount.setText("-300")
    assert "cannot be" in entry.preview.text()
    assert not dialog.use.isEnabled()
    entry.amount.setText("many")
    assert "“many” is not a number." in entry.preview.text()
    assert not dialog.use.isEnabled()


@pytest.mark.parametrize("typed", ["25,5", "25.5", " 25,50 "])
@pytest.mark.usefixtures("german")
def test_both_decimal_signs_mean_what_the_person_means(qtbot: QtBot, typed: str) -> None:
    dialog = opened(qtbot)
    dialog.entry.amount.setText(typed)
    assert dialog.entry.preview.text().startswith("Now 204. It becomes 26 ")
    assert dialog.entry.adjustment is not None
    assert dialog.entry.adjustment.amount == 25.5


def test_the_span_keeps_its_order(qtbot: QtBot) -> None:
    dialog = opened(qtbot, span=None)
    entry = dialog.entry
    assert (entry.first.currentText(), entry.last.currentText()) == ("Jul 2026", "Jun 2027")
    entry.last.setCurrentIndex(0)
    entry.last.activated.emit(0)
    assert entry.first.currentIndex() == 0
    entry.first.setCurrentIndex(3)
    entry.first.activated.emit(3)
    assert entry.last.currentIndex() == 3


def test_what_is_chosen_is_handed_over_with_what_was_there(qtbot: QtBot) -> None:
    kept = Adjustment("Milk", "2026-08-01", "2026-08-01", AdjustmentKind.SCALE, 1.2)
    dialog = opened(qtbot, (kept,), (JULY, AUGUST))
    dialog.entry.amount.setText("500")
    dialog.entry.note.setText("Fair")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.entry.amount, Qt.Key.Key_Return)
    new = Adjustment("Bread", "2026-07-01", "2026-08-01", AdjustmentKind.SET, 500.0, "Fair")
    assert chosen.args == [(kept, new)]


def test_one_is_taken_out_and_taken_back(qtbot: QtBot) -> None:
    kept = Adjustment("Milk", "2026-08-01", "2026-08-01", AdjustmentKind.SCALE, 1.2)
    dialog = opened(qtbot, (kept,))
    dialog.remove(0)
    assert dialog.use.isEnabled()
    dialog.undo.click()
    assert not dialog.use.isEnabled()
    dialog.remove(0)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.use.click()
    assert chosen.args == [()]


@pytest.mark.parametrize("size", [(700, 640), (520, 380)])
def test_the_dialog_has_no_fault_of_layout(qtbot: QtBot, size: tuple[int, int]) -> None:
    long = "because of the sale at the far end of the long road by the river <North & South> " * 2
    many = tuple(
        Adjustment(name, "2026-08-01", "2027-06-01", AdjustmentKind.SET, 10_560_123.5, long) for name in ("Milk", "")
    )
    dialog = opened(qtbot, many)
    dialog.resize(*size)
    dialog.entry.amount.setText("10,560,123.25")
    assert [*faults(dialog), *popup_faults(dialog)] == []
