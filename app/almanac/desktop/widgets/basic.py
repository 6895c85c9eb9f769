"""The small parts that every page is made of: labels, buttons, cards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QFontMetrics, QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from almanac.desktop.theme import style
from almanac.desktop.theme.icons import RESTYLED, icon
from almanac.desktop.theme.tokens import SPACE

LINK_PADDING = 14  # pixels left and right of the text of a link, as in the style


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Make a text in one of the stylesheet's kinds. Text from a person's file is never interpreted as markup."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("kind", kind)
    widget.setWordWrap(wrap)
    if wrap:  # as tall as its lines need, no taller
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        widget.setSizePolicy(policy)
    return widget


def elided(text: str, font: QFont, width: int) -> str:
    """The text with its middle left out where it is wider than that."""
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _shortened(widget: QWidget, text: str, room: int) -> str:
    """As much of a text as has room in a widget; the whole of it is then its tool tip."""
    shown = widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    widget.setToolTip("" if shown == text else text)
    return shown


class OneLine(QLabel):
    """A text on one line: what does not fit is left out at its end, and shown as a tool tip."""

    def __init__(self, text: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.setText(_shortened(self, self._full, self.width()))


def title_case(text: str) -> str:
    """Write "Excel workbook" as "Excel Workbook", as on buttons and titles."""
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def caption(text: str, buddy: QWidget) -> QLabel:
    """Make the small text above a field; its mnemonic moves the focus to the field."""
    widget = QLabel(text)
    widget.setProperty("kind", "caption")
    widget.setBuddy(buddy)
    buddy.setAccessibleName(text.replace("&", "").rstrip("?"))
    return widget


class Button(QPushButton):
    """A button whose icon follows the colours of the scheme, and which Enter presses too."""

    def __init__(self, text: str, kind: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self.setProperty("kind", kind)
        self.setAccessibleName(text.replace("&", "").replace("\n", ", "))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(18, 18))
        self._draw()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the pointer: a button that a click hides would show it again as long as it is."""
        super().hideEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)

    def keyPressEvent(self, event) -> None:
        """Let Enter press the button: people expect it, and Qt does it only in dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.animateClick()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._draw()

    def _draw(self) -> None:
        if not self._icon_name:
            return
        tokens = style.current()
        colour = tokens.on_accent if self.property("kind") == "primary" else tokens.text
        self.setIcon(icon(self._icon_name, colour if self.isEnabled() else tokens.quiet, 18))


class LinkButton(Button):
    """A line of text that leads somewhere: what does not fit is left out at its end, and shown as a tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "link", "", parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as fits."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.setText(_shortened(self, self._full, self.width() - LINK_PADDING).replace("&", "&&"))


class Selector(QComboBox):
    """A list to choose one entry from, which forgets the pointer when a choice in its list was made elsewhere."""

    def hidePopup(self) -> None:
        """Close the list."""
        super().hidePopup()
        inside = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, inside)
        self.update()


def button(text: str, kind: str = "", icon_name: str = "") -> Button:
    """Make a button in one of the stylesheet's kinds."""
    return Button(text, kind, icon_name)


def card(kind: str = "card") -> QFrame:
    """Make a frame with a hairline border and round corners."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    return frame


def framed(heading: str, *parts: QWidget | QLayout) -> QFrame:
    """A card with a heading, and the parts below it."""
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[3])
    box.setSpacing(SPACE[1])
    box.addWidget(label(heading, "strong"))
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return frame


class PageStack(QStackedWidget):
    """Pages of which one is shown, and which need as much room as that one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Ask for what the page that is shown needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """Ask for the least height that the page needs, not for what it would like to have."""
        page = self.currentWidget()
        layout = None if page is None else page.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)


class WrappedContent(QWidget):
    """What is as high as its lines are at the width that it has; for a scroll area."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a width; the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


def whole(widget: QWidget, *, wide: bool = True) -> QScrollArea:
    """The widget in an area that scrolls only where the screen has less room than it needs.

    ``wide``: whether it takes what width there is; otherwise it keeps its own.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and it follows
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(widget)
    if not wide:
        area.setFixedWidth(widget.maximumWidth())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def let_mouse_through(widget: QWidget) -> None:
    """Leave the mouse to a button that has a layout of other widgets."""
    for part in widget.findChildren(QWidget):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet selects by, and style the widget again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Remove every widget of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
