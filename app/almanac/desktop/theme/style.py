"""The style: Fusion, with a palette and one stylesheet made from the tokens.

It follows the system's choice of light or dark, and of more contrast.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from almanac.core.system import paths
from almanac.desktop.theme.tokens import (
    BODY,
    CAPTION,
    DARK,
    DARK_STRONG,
    LIGHT,
    LIGHT_STRONG,
    PALETTES,
    RADIUS,
    SECTION,
    TITLE,
    Palette,
)

# Widgets for which some systems (GNOME, KDE) have another font, which would be next to the bundled one.
FONT_CLASSES = (
    "QAbstractItemView",
    "QCheckBox",
    "QComboBox",
    "QHeaderView",
    "QLabel",
    "QLineEdit",
    "QListView",
    "QMenu",
    "QMessageBox",
    "QPushButton",
    "QRadioButton",
    "QTabBar",
    "QTipLabel",
    "QToolButton",
)
_BY_PAPER = {tokens.paper.lower(): tokens for tokens in PALETTES}


def load_fonts() -> None:
    """Load the bundled font, Inter; the system's own font stays in use where that is not possible."""
    families: list[str] = []
    for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        font = QFont(families[0])
        font.setPixelSize(BODY)
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width: columns of numbers line up
        QApplication.setFont(font)
        for kind in FONT_CLASSES:
            QApplication.setFont(font, kind)  # pyrefly: ignore[bad-argument-type]  # it takes str, whatever its stub says


def font(size: int, *, bold: bool = False) -> QFont:
    """Make the font in use in another size or weight, for what is not styled by the stylesheet."""
    made = QFont(QApplication.font())
    made.setPixelSize(size)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def current() -> Palette:
    """Return the scheme in use."""
    return _BY_PAPER.get(QApplication.palette().color(QPalette.ColorRole.Window).name(), LIGHT)


def apply(application: QApplication, scheme: Qt.ColorScheme | None = None, *, strong: bool | None = None) -> None:
    """Style the application in the given scheme, or in the system's; ``strong``: with more contrast."""
    hints = application.styleHints()
    dark = (scheme or hints.colorScheme()) == Qt.ColorScheme.Dark
    if strong is None:
        strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    tokens = (DARK_STRONG if dark else LIGHT_STRONG) if strong else (DARK if dark else LIGHT)
    application.setStyleSheet("")  # else each of the next steps styles every widget again: three times as slow
    application.setStyle("Fusion")
    application.setPalette(_palette(tokens))
    application.setStyleSheet(_sheet(tokens, "dark" if dark else "light"))


def follow_system(application: QApplication) -> None:
    """Style the application now, and again whenever the person changes the look of their system."""
    apply(application)
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda: apply(application))
    hints.accessibility().contrastPreferenceChanged.connect(lambda: apply(application))


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


def _sheet(t: Palette, scheme: str) -> str:
    icons = (paths.resources() / "icons").as_posix()
    return f"""
    QLabel {{ background: transparent; }}
    QLabel:disabled {{ color: {t.quiet}; }}
    QLabel[kind="title"] {{ font-size: {TITLE}px; font-weight: 600; }}
    QLabel[kind="section"] {{ font-size: {SECTION}px; font-weight: 600; }}
    QLabel[kind="strong"] {{ font-weight: 600; }}
    QLabel[kind="quiet"] {{ color: {t.quiet}; }}
    QLabel[kind="caption"] {{ color: {t.quiet}; font-size: {CAPTION}px; }}
    QLabel[kind="now"] {{ color: {t.text}; font-size: {CAPTION}px; font-weight: 600; }}
    QLabel[kind="accent"] {{ color: {t.accent}; }}
    QLabel[kind="look"] {{ color: {t.look}; font-size: {CAPTION}px; font-weight: 500; }}
    QLabel[kind="good"] {{ color: {t.good}; font-size: {CAPTION}px; font-weight: 500; }}
    QLabel[kind="busy"] {{ color: {t.accent}; font-size: {CAPTION}px; font-weight: 500; }}
    QFrame[kind="card"], QFrame[kind="problem"] {{ background: {t.surface}; border: 1px solid {t.line};
        border-radius: {RADIUS}px; }}
    QFrame[kind="problem"] {{ border-color: {t.look}; }}
    QFrame[kind="sidebar"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
    QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: 8px;
        padding: 7px 15px; min-height: 20px; }}
    QPushButton:hover {{ border-color: {t.accent}; }}
    QPushButton:pressed {{ background: {t.tint}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 6px 14px; }}
    QPushButton:disabled {{ color: {t.quiet}; background: {t.paper}; border-color: {t.line}; }}
    QPushButton[kind="small"] {{ padding: 3px 11px; font-size: 13px; }}
    QPushButton[kind="small"]:focus {{ padding: 2px 10px; }}
    QPushButton[kind="link"] {{ color: {t.accent}; background: transparent; border: 2px solid transparent;
        border-radius: 6px; padding: 1px 2px; text-align: left; }}
    QPushButton[kind="link"]:hover {{ background: {t.tint}; }}
    QPushButton[kind="link"]:focus {{ border-color: {t.accent}; }}
    QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
        font-weight: 600; }}
    QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.accent_deep}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.text}; border-color: {t.line}; }}
    QPushButton[kind="station"], QPushButton[kind="line"] {{ border: 2px solid transparent; border-radius: 8px;
        text-align: left; padding: 6px 10px; background: transparent; }}
    QPushButton[kind="station"] {{ min-height: 36px; }}
    QPushButton[kind="line"][tall="true"] {{ min-height: 36px; }}
    QPushButton[kind="station"]:hover, QPushButton[kind="line"]:hover {{ background: {t.paper}; }}
    QPushButton[kind="line"]:hover {{ background: {t.tint}; }}
    QPushButton[kind="station"]:checked {{ background: {t.tint}; }}
    QPushButton[kind="station"]:disabled {{ background: transparent; }}
    QPushButton[kind="station"]:focus, QPushButton[kind="line"]:focus {{ border: 2px solid {t.accent}; }}
    QPushButton[kind="step"] {{ color: {t.quiet}; font-size: {CAPTION}px; border: 2px solid transparent;
        border-radius: 6px; padding: 2px 4px 2px 1px; min-height: 16px; background: transparent; }}
    QPushButton[kind="step"]:hover {{ color: {t.text}; background: {t.tint}; }}
    QPushButton[kind="step"]:checked {{ color: {t.text}; font-weight: 600; }}
    QPushButton[kind="step"]:focus {{ border: 2px solid {t.accent}; }}
    QFrame[kind="drop-cover"] {{ background: {t.tint}; border: 3px solid {t.accent}; border-radius: 16px; }}
    QPushButton[kind="choice"] {{ text-align: left; padding: 7px 32px 7px 9px; }}
    QPushButton[kind="choice"]:focus {{ padding: 6px 31px 6px 8px; }}
    QPushButton[kind="example"] {{ border-radius: {RADIUS}px; padding: 0; min-height: 66px; }}
    QPushButton[kind="drop"] {{ border: 2px dashed {t.quiet}; border-radius: 16px; background: {t.surface};
        min-height: 180px; }}
    QPushButton[kind="drop"]:hover, QPushButton[kind="drop"]:focus {{ border-color: {t.accent}; }}
    QRadioButton {{ spacing: 8px; padding: 3px 6px 3px 2px; border: 2px solid transparent; border-radius: 6px; }}
    QRadioButton:focus {{ border-color: {t.accent}; }}
    QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {t.quiet}; border-radius: 7px;
        background: {t.surface}; }}
    QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {t.accent}; border-radius: 7px; }}
    QCheckBox {{ spacing: 8px; padding: 3px 6px 3px 2px; border: 2px solid transparent; border-radius: 6px; }}
    QCheckBox:focus {{ border-color: {t.accent}; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {t.quiet}; border-radius: 4px;
        background: {t.surface}; }}
    QCheckBox::indicator:hover {{ border-color: {t.accent}; }}
    QCheckBox::indicator:checked {{ border-color: {t.accent}; image: url({icons}/check-{scheme}.svg); }}
    QTabBar::tab {{ color: {t.quiet}; background: transparent; border: none; border-bottom: 3px solid transparent;
        padding: 8px 4px; margin-right: 20px; font-weight: 500; }}
    QTabBar::tab:hover {{ color: {t.text}; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; font-weight: 600; }}
    QTabBar::tab:focus {{ color: {t.accent}; }}
    QLineEdit, QSpinBox, QComboBox, QDateEdit {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
        border-radius: 8px; padding: 6px 9px; min-height: 22px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:hover, QSpinBox:hover, QComboBox:hover, QDateEdit:hover {{ border-color: {t.accent}; }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QDateEdit:focus {{ border: 2px solid {t.accent};
        padding: 5px 8px; }}
    QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled {{ color: {t.quiet}; background: {t.paper}; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 28px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({icons}/chevron-down-{scheme}.svg); width: 16px;
        height: 16px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
        selection-background-color: {t.tint}; selection-color: {t.text}; outline: none; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: 24px; background: transparent; }}
    QSpinBox::up-arrow {{ image: url({icons}/chevron-up-{scheme}.svg); width: 14px; height: 14px; }}
    QSpinBox::down-arrow {{ image: url({icons}/chevron-down-{scheme}.svg); width: 14px; height: 14px; }}
    QTableView, QListView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
        border-radius: 8px; gridline-color: {t.line}; selection-background-color: {t.tint};
        selection-color: {t.text}; outline: none; }}
    QTableView:focus, QListView:focus {{ border: 1px solid {t.accent}; }}
    QTableView::item {{ padding: 0 8px; }}
    QCalendarWidget QTableView::item {{ padding: 0; }}
    QTableView[kind="figures"] QHeaderView::section {{ padding: 5px 11px; }}
    QListWidget::item {{ padding: 0 8px; }}
    QHeaderView {{ background: {t.surface}; border: none; border-radius: 8px; }}
    QHeaderView::section {{ background: transparent; border: none;
        border-bottom: 1px solid {t.line}; padding: 5px 8px; }}
    QHeaderView::section:vertical {{ border-bottom: none; border-right: 1px solid {t.line}; }}
    QTableCornerButton::section {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line};
        border-right: 1px solid {t.line}; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; padding: 4px; }}
    QProgressBar {{ background: {t.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
    QScrollBar::handle {{ background: {t.handle}; border-radius: 4px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QSplitter::handle {{ background: transparent; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 8px; }}
    """
