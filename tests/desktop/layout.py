"""Look for faults of layout in what a person sees: texts and numbers that are cut, parts that overlap, strange fonts.

``faults`` walks every visible widget of a page and says in a sentence what is wrong with each. It knows no page, so
that it finds the same kind of fault on a page that is made tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from almanac.desktop.pages.forecast.listing.series_delegate import first_line, second_line
from almanac.desktop.pages.forecast.listing.series_list import SeriesList
from almanac.desktop.theme import style
from almanac.desktop.theme.tokens import BODY, CAPTION, SPACE
from almanac.desktop.widgets.basic import OneLine

RESIZING_MS = 60  # a list of choices takes 20 to adjust itself to new ones
SLACK = 1  # pixels: sizes are rounded
CUT_NUMBER = re.compile(r"\d[\d.,\s]*…")
POWER = re.compile(r"\de[+-]?\d")
ENTRIES_WITHOUT_SCROLLING = 10
CELLS = 12  # rows and columns of a table that are looked at


def faults(root: QWidget) -> list[str]:
    """What is wrong with the visible widgets in ``root``, a sentence each."""
    QApplication.processEvents()
    seen = [root, *(widget for widget in root.findChildren(QWidget) if widget.isVisible())]
    return [fault for widget in seen for look in LOOKS for fault in look(widget)]


def popup_faults(root: QWidget) -> list[str]:
    """Which lists of few entries scroll when they are opened."""
    found = []
    for box in root.findChildren(QComboBox):
        if box.isVisible() and 0 < box.count() <= ENTRIES_WITHOUT_SCROLLING:
            box.showPopup()
            QApplication.processEvents()
            if box.view().verticalScrollBar().maximum() > 0:
                found.append(f"{_name(box)}: a list of {box.count()} entries scrolls")
            box.hidePopup()
    return found


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")() or widget.accessibleName()
    return f"{type(widget).__name__} “{str(text)[:60]}”"


def _cut_label(label: QWidget) -> Iterator[str]:
    """A label has room for its text; one that shortens it leaves numbers whole."""
    if not isinstance(label, QLabel) or not label.text() or isinstance(label.parent(), QAbstractButton):
        return
    if isinstance(label, OneLine):
        if CUT_NUMBER.search(label.text()):
            yield f"{_name(label)}: a number is cut"
        return
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if wanted > label.height() + SLACK:
            yield f"{_name(label)}: {label.height()} of {wanted} pixels high"
        widest = max(QFontMetrics(label.font()).horizontalAdvance(word) for word in label.text().split() or [""])
        if widest > label.width() + SLACK:
            yield f"{_name(label)}: a word is wider than the label"
    elif label.sizeHint().width() > label.width() + SLACK or label.sizeHint().height() > label.height() + SLACK:
        yield f"{_name(label)}: {label.width()} of {label.sizeHint().width()} pixels wide"


def _cut_button(button: QWidget) -> Iterator[str]:
    """A button has room for its text."""
    if isinstance(button, QAbstractButton) and button.text() and button.layout() is None:
        wanted, has = button.sizeHint(), button.size()
        if wanted.width() > has.width() + SLACK or wanted.height() > has.height() + SLACK:
            yield f"{_name(button)}: {has.width()} × {has.height()} of {wanted.width()} × {wanted.height()} pixels"


def _cut_entry(field: QWidget) -> Iterator[str]:
    """A field shows the whole number that is in it; a name may be cut where a tool tip has it."""
    if isinstance(field, QLineEdit) and field.text() and not isinstance(field.parent(), QComboBox):
        margins = field.textMargins()
        room = field.contentsRect().width() - margins.left() - margins.right()
        if field.fontMetrics().horizontalAdvance(field.text()) > room and _is_figure(field.text()):
            yield f"{_name(field)}: {field.text()} is cut"


def _cut_choice(box: QWidget) -> Iterator[str]:
    """A list to choose from has room for its choice; a name may be cut where a tool tip has it."""
    if isinstance(box, QComboBox) and not box.toolTip() and _is_choice_cut(box):
        QTest.qWait(RESIZING_MS)
        if _is_choice_cut(box):
            yield f"{_name(box)}: the choice “{box.currentText()}” is cut"


def _is_choice_cut(box: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    return box.fontMetrics().horizontalAdvance(box.currentText()) > room + SLACK


def _cut_cells(view: QWidget) -> Iterator[str]:
    """The cells and heads that a table shows have room for their numbers; a name may be cut if a tool tip has it."""
    if not isinstance(view, QTableView) or view.model() is None:
        return
    model, row, column = view.model(), max(view.rowAt(0), 0), max(view.columnAt(0), 0)
    for r in range(row, min(row + CELLS, model.rowCount())):
        for c in range(column, min(column + CELLS, model.columnCount())):
            index = model.index(r, c)
            text, visible = str(index.data() or ""), view.visualRect(index)
            if not text or not view.viewport().rect().contains(visible.center()):
                continue
            cut = view.sizeHintForIndex(index).width() > visible.width() + SLACK
            if cut and (_is_figure(text) or not index.data(Qt.ItemDataRole.ToolTipRole)):
                yield f"{_name(view)}: the cell “{text}” is cut"
    yield from _cut_heads(view)


def _is_figure(text: str) -> bool:
    """Whether a text is about its numbers, and not a name that has one in it, such as “Product 12 in the North”."""
    digits, letters = (sum(map(kind, text)) for kind in (str.isdigit, str.isalpha))
    return digits > 0 and letters <= 2 * digits


def _cut_heads(view: QTableView) -> Iterator[str]:
    for header in (view.horizontalHeader(), view.verticalHeader()):
        if not header.isVisible():
            continue
        across = header.orientation() == Qt.Orientation.Horizontal
        for k in range(min(header.count(), CELLS)):
            text = str(view.model().headerData(k, header.orientation()) or "")
            room = header.sectionSize(k) if across else header.width()
            if text and _head_width(header, text) > room + SLACK:
                yield f"{_name(view)}: the head “{text}” is cut"


def _head_width(header: QHeaderView, text: str) -> int:
    return max(QFontMetrics(header.font()).horizontalAdvance(line) for line in text.split("\n"))


def _cut_in_list(view: QWidget) -> Iterator[str]:
    """The list of series shortens names, never numbers."""
    if not isinstance(view, SeriesList) or view.model() is None:
        return
    width = view.viewport().width() - 2 * SPACE[2]
    for row in range(min(view.model().rowCount(), CELLS)):
        index = view.model().index(row, 0)
        name, value = first_line(index, QFontMetrics(style.font(BODY)), width)
        for text in (value, *second_line(index, QFontMetrics(style.font(CAPTION)), width)):
            if CUT_NUMBER.search(text):
                yield f"{_name(view)}: “{text}” of “{name}” is cut"


def _outside(widget: QWidget) -> Iterator[str]:
    """What is in a widget is within it, unless it scrolls; what cannot scroll sideways is no wider than its area."""
    if isinstance(widget, QScrollArea) and widget.widget() is not None:
        off = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if off and widget.widget().width() > widget.viewport().width() + SLACK:
            yield f"{_name(widget.widget())}: wider than the area that it scrolls in"
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or parent.layout() is None:
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea):  # it scrolls
        return
    within = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    if not within.contains(widget.geometry()):
        yield f"{_name(widget)}: {widget.geometry().getRect()} is outside of {parent.size().toTuple()}"


def _overlaps(widget: QWidget) -> Iterator[str]:
    """No two parts of a widget lie over one another."""
    layout = widget.layout()
    if layout is None:
        return
    parts = [
        w for w in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if w.isVisible()
    ]
    laid_out = [part for part in parts if layout.indexOf(part) >= 0 or _is_in(layout, part)]
    for one, other in combinations(laid_out, 2):
        common = one.geometry().intersected(other.geometry())
        if common.width() > SLACK and common.height() > SLACK:
            yield f"{_name(one)} lies over {_name(other)}"


def _is_in(layout: QLayout, part: QWidget) -> bool:
    items = (layout.itemAt(k) for k in range(layout.count()))
    inner = (item.layout() for item in items if item is not None)
    return any(one is not None and (one.indexOf(part) >= 0 or _is_in(one, part)) for one in inner)


def _heading_alone(frame: QWidget) -> Iterator[str]:
    """A card has something below its heading: none is left where its table is hidden."""
    if not isinstance(frame, QFrame) or frame.property("kind") != "card":
        return
    parts = [part for part in frame.findChildren(QWidget) if part.isVisible()]
    texts = [part for part in parts if isinstance(part, QLabel) and part.text()]
    others = [part for part in parts if isinstance(part, QAbstractScrollArea | QAbstractButton | QLineEdit | QComboBox)]
    if not others and len(texts) == 1 and texts[0].property("kind") in ("strong", "caption"):
        yield f"{_name(texts[0])}: a heading with nothing below it"


def _strange_font(widget: QWidget) -> Iterator[str]:
    """Every text is in the one family of the program."""
    family = QApplication.font().family()
    kinds = QLabel | QAbstractButton | QLineEdit | QComboBox | QHeaderView | QListView | QTableView
    if isinstance(widget, kinds) and widget.font().family() != family:
        yield f"{_name(widget)}: in {widget.font().family()}, not {family}"


def _axis(widget: QWidget) -> Iterator[str]:
    """The axis of a chart has room for its amounts, and none is a power of ten."""
    if not isinstance(widget, pg.PlotWidget):
        return
    widget.grab()  # an axis takes the room that it needs when it is painted
    QApplication.processEvents()
    axis = widget.getAxis("left")
    low, high = axis.range
    for spacing, values in axis.tickValues(low, high, max(axis.height(), 1)):
        for text in axis.tickStrings(values, 1.0, spacing) if len(values) else ():
            if POWER.search(text):
                yield f"{_name(widget)}: the axis says {text}"
            if QFontMetrics(style.font(CAPTION)).horizontalAdvance(text) > axis.width() + SLACK:
                yield f"{_name(widget)}: {text} is cut at the axis"


LOOKS = (
    _cut_label,
    _cut_button,
    _cut_entry,
    _cut_choice,
    _cut_cells,
    _cut_in_list,
    _outside,
    _overlaps,
    _heading_alone,
    _strange_font,
    _axis,
)
