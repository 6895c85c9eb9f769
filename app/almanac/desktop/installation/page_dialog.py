"""A page to read and to copy: what Almanac keeps, and how it is governed."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from almanac.core.system import paths
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label
from almanac.wording.accountability.governance import governance_page, governance_summary
from almanac.wording.accountability.kept_files import find_kept
from almanac.wording.accountability.processing import record_of_processing

SIZE = (760, 560)
_HEADING = re.compile(r"^(?=#{1,3} )", re.MULTILINE)
KEEPS = (
    "What is on this computer now, as a record of processing for whoever answers for the data. Fill in what only you "
    "can know; “almanac privacy” prints the same."
)


class PageDialog(QDialog):
    """Shows ``page`` (Markdown) below a ``heading`` and an ``explanation``; it can be copied."""

    def __init__(self, heading: str, explanation: str, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setMarkdown(_HEADING.sub("##", page))  # the largest heading is that of the dialog
        self.page.document().setDocumentMargin(SPACE[2])
        self.page.setAccessibleName(heading)
        self.page.setTabChangesFocus(True)
        self.copy, self.close_button = button("&Copy"), button("Close", "primary")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(page))
        self.close_button.clicked.connect(self.reject)
        box, ways_on = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        box.setSpacing(SPACE[2])
        box.addWidget(label(heading, "title"))
        box.addWidget(label(explanation, "quiet", wrap=True))
        box.addWidget(self.page, 1)
        ways_on.addWidget(self.copy)
        ways_on.addStretch(1)
        ways_on.addWidget(self.close_button)
        box.addLayout(ways_on)
        self.resize(*SIZE)


def kept_dialog(parent: QWidget | None = None) -> PageDialog:
    """What Almanac Keeps."""
    folder = paths.state()
    record = record_of_processing(folder, find_kept(folder), datetime.now().astimezone())
    return PageDialog("What Almanac Keeps", KEEPS, record, parent)


def governance_dialog(parent: QWidget | None = None) -> PageDialog:
    """How Almanac Is Governed."""
    return PageDialog("How Almanac Is Governed", f"{governance_summary()}.", governance_page(), parent)
