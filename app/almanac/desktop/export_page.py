"""Export: save the forecast as a workbook, CSV or Parquet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.desktop import recent
from almanac.desktop.tokens import SPACE
from almanac.desktop.widgets import Page, button, label

KINDS = {
    ".xlsx": (
        "Save &Excel Workbook…",
        "Excel Workbook",
        "For people: a summary, every forecast, charts you can edit, what was changed, and how it was made.",
    ),
    ".csv": ("Save &CSV…", "CSV", "For other programs: one row for each series and step, as plain text."),
    ".parquet": ("Save &Parquet…", "Parquet", "For data tools: the same rows, small and typed."),
}


class ExportPage(Page):
    """``chosen`` gives the path to save to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Where shall the forecast go?", parent)
        self.name = "forecast"
        buttons = []
        for suffix, (verb, kind, words) in KINDS.items():
            card = QFrame()
            card.setProperty("kind", "card")
            row = QHBoxLayout(card)
            row.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
            row.setSpacing(SPACE[4])
            texts = QVBoxLayout()
            texts.setSpacing(SPACE[0])
            texts.addWidget(label(kind, "strong"))
            texts.addWidget(label(words, "quiet", wrap=True))
            row.addLayout(texts, 1)
            save = button(verb, "primary" if suffix == ".xlsx" else "")
            save.setMinimumWidth(210)
            save.clicked.connect(lambda _=False, suffix=suffix: self._ask(suffix))
            row.addWidget(save)
            buttons.append(save)
            self.box.addWidget(card)
        self.workbook = buttons[0]
        done = QHBoxLayout()
        self.saved = label("", "good", wrap=True)
        self.folder = button("Open &Folder")
        self.folder.clicked.connect(self._open_folder)
        done.addWidget(self.saved, 1)
        done.addWidget(self.folder)
        self.folder.hide()
        self.box.addLayout(done)
        self.box.addStretch(1)
        self._path: Path | None = None

    def start_over(self, name: str) -> None:
        """A new forecast, of the file called ``name``."""
        self.name = f"{Path(name).stem} forecast"
        self.saved.setText("")
        self.folder.hide()
        self.tell()

    def show_saved(self, path: Path) -> None:
        self._path = path
        self.tell()
        self.saved.setText(f"Saved as {path.name} in {path.parent}.")
        self.folder.show()

    def ask_for_workbook(self) -> None:
        self._ask(".xlsx")

    def _ask(self, suffix: str) -> None:
        verb, kind, _ = KINDS[suffix]
        proposal = str(recent.folder() / f"{self.name}{suffix}")
        title = verb.replace("&", "").rstrip("…")
        name, _ = QFileDialog.getSaveFileName(self, title, proposal, f"{kind} (*{suffix})")
        if name:
            path = Path(name)
            self.chosen.emit(path if path.suffix.lower() == suffix else path.with_name(path.name + suffix))

    def _open_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
