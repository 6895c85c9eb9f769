"""The look: Fusion, a palette and one stylesheet made from the tokens; follows the system's light and dark."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from almanac import places
from almanac.desktop.tokens import BODY, CAPTION, DARK, LIGHT, RADIUS, SECTION, TITLE, Palette


def load_fonts() -> None:
    """Inter, bundled; the system's own sans serif where it cannot be loaded."""
    families: list[str] = []
    for file in sorted((places.resources() / "fonts").glob("*.[ot]tf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        font = QFont(families[0])
        font.setPixelSize(BODY)
        QApplication.setFont(font)


def current() -> Palette:
    """The scheme in use now."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply(application: QApplication, scheme: Qt.ColorScheme | None = None) -> None:
    """Dress the application in the given scheme, or in the system's."""
    scheme = scheme or application.styleHints().colorScheme()
    tokens = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(_palette(tokens))
    application.setStyleSheet(_sheet(tokens))


def _palette(t: Palette) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, t.paper),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.paper),
        (role.Text, t.text),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.text),
        (role.PlaceholderText, t.quiet),
        (role.Highlight, t.tint),
        (role.HighlightedText, t.text),
        (role.Link, t.accent),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.quiet))
    return palette


def _sheet(t: Palette) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[kind="title"] {{ font-size: {TITLE}px; font-weight: 600; }}
    QLabel[kind="section"] {{ font-size: {SECTION}px; font-weight: 600; }}
    QLabel[kind="strong"] {{ font-weight: 600; }}
    QLabel[kind="quiet"] {{ color: {t.quiet}; }}
    QLabel[kind="caption"] {{ color: {t.quiet}; font-size: {CAPTION}px; }}
    QLabel[kind="look"] {{ color: {t.look}; font-weight: 600; }}
    QLabel[kind="good"] {{ color: {t.good}; font-weight: 600; }}
    QFrame[kind="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
    QFrame[kind="problem"] {{ background: {t.surface}; border: 1px solid {t.line}; border-left: 4px solid {t.look};
        border-radius: {RADIUS}px; }}
    QFrame[kind="rail"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
    QPushButton {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; padding: 8px 16px;
        min-height: 20px; }}
    QPushButton:hover {{ border-color: {t.accent}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 7px 15px; }}
    QPushButton:disabled {{ color: {t.quiet}; background: {t.paper}; }}
    QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
        font-weight: 600; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.quiet}; border-color: {t.line}; }}
    QPushButton[kind="station"] {{ border: none; border-radius: 8px; text-align: left; padding: 10px 12px;
        background: transparent; }}
    QPushButton[kind="station"]:hover {{ background: {t.paper}; }}
    QPushButton[kind="station"]:checked {{ background: {t.tint}; font-weight: 600; }}
    QPushButton[kind="station"]:focus {{ border: 2px solid {t.accent}; padding: 8px 10px; }}
    QPushButton[kind="drop"] {{ border: 2px dashed {t.line}; border-radius: 16px; background: {t.surface};
        font-size: {SECTION}px; min-height: 200px; }}
    QPushButton[kind="drop"]:hover, QPushButton[kind="drop"]:focus {{ border-color: {t.accent}; }}
    QPushButton[kind="drop"][over="true"] {{ background: {t.tint}; border-color: {t.accent}; }}
    QLineEdit {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px;
        padding: 6px 8px; min-height: 22px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 5px 7px; }}
    QTableView, QListView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px;
        gridline-color: {t.line}; alternate-background-color: {t.paper}; }}
    QTableView:focus, QListView:focus {{ border: 2px solid {t.accent}; }}
    QHeaderView {{ background: {t.surface}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.quiet}; border: none;
        border-bottom: 1px solid {t.line}; padding: 6px 8px; font-weight: 600; }}
    QTableCornerButton::section {{ background: {t.surface}; border: none; }}
    QProgressBar {{ background: {t.line}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    QScrollBar {{ background: transparent; border: none; width: 10px; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: 5px; min-height: 28px; min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0; }}
    QSplitter::handle {{ background: transparent; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    """
