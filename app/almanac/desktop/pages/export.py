"""Export: save the forecast as a workbook, CSV or Parquet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop.shell import recent
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, card, label

# Per kind of file: the verb, its name, what is in it, icon.
KINDS = {
    ".xlsx": (
        "Save &Excel Workbook…",
        "Excel Workbook",
        "For people: a summary, every forecast with its likely range, charts you can edit, what was noticed in your "
        "file, and how the forecast was made.",
        "file-spreadsheet",
    ),
    ".pdf": (
        "Save &Report…",
        "Report",
        "One page to print or hand on (PDF): what comes next, how far it can be trusted, and how it was made.",
        "printer",
    ),
    ".csv": (
        "Save &CSV…",
        "CSV",
        "For other programs: plain text, one row for each series and step.",
        "file-text",
    ),
    ".parquet": (
        "Save &Parquet…",
        "Parquet",
        "For data tools: the same rows, small and typed.",
        "database",
    ),
}


class ExportPage(Page):
    """``chosen`` gives the path to save to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Where shall the forecast go?", parent)
        self.name = "forecast"
        self.what = label("", "section", wrap=True)
        self.box.addWidget(self.what)
        self.saves = {suffix: self._make_card(suffix) for suffix in KINDS}
        self.workbook = self.saves[".xlsx"]
        self.first = self.workbook
        self.workers = list(self.saves.values())
        self.done = card()
        row = QHBoxLayout(self.done)
        row.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        row.setSpacing(SPACE[3])
        row.addWidget(IconLabel("check", "good"))
        self.saved = label("", "strong", wrap=True)
        self.folder = button("Open &Folder", "", "folder-open")
        self.folder.clicked.connect(self._open_folder)
        row.addWidget(self.saved, 1)
        row.addWidget(self.folder)
        self.done.hide()
        self.box.addWidget(self.done)
        self.box.addStretch(1)
        self._path: Path | None = None

    def _make_card(self, suffix: str) -> Button:
        verb, kind, words, icon_name = KINDS[suffix]
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        row.setSpacing(SPACE[3])
        row.addWidget(IconLabel(icon_name, "accent", 28), 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE[0])
        texts.addWidget(label(kind, "strong"))
        texts.addWidget(label(words, "quiet", wrap=True))
        row.addLayout(texts, 1)
        save = button(verb, "primary" if suffix == ".xlsx" else "")
        save.setMinimumWidth(210)
        save.clicked.connect(lambda: self.ask(suffix))
        row.addWidget(save)
        self.box.addWidget(frame)
        return save

    def start_over(self, name: str, what: str = "") -> None:
        """A new forecast, of the file called ``name``; ``what`` says how much there is to save."""
        self.name = f"{Path(name).stem} forecast"
        self.what.setText(what)
        self.done.hide()
        self.tell()

    def show_saved(self, path: Path) -> None:
        self._path = path
        self.tell()
        self.saved.setText(f"Saved as {path.name} in {path.parent}.")
        self.done.show()
        self.folder.setFocus()

    def ask(self, suffix: str = ".xlsx") -> None:
        """Ask where to save; the folder of the latest file is proposed."""
        verb, kind, *_ = KINDS[suffix]
        proposal = str(recent.folder() / f"{self.name}{suffix}")
        title = verb.replace("&", "").rstrip("…")
        name, _ = QFileDialog.getSaveFileName(self, title, proposal, f"{kind} (*{suffix})")
        if name:
            path = Path(name)
            self.chosen.emit(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def _open_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
