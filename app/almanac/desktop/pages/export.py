"""Export: save the forecast as a workbook, a report, CSV or Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.csv_style import FOR_PROGRAMS, WITH_COMMA
from almanac.desktop.formatting import numbers
from almanac.desktop.report.scope import EVERYTHING, ReportScope, groups_of
from almanac.desktop.saving import REPORT_SUFFIX
from almanac.desktop.shell import recent
from almanac.desktop.shell.folders import show_in_folder
from almanac.desktop.shell.page import Page
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Button, button, card, label, title_case
from almanac.workflow.save_result import output_formats

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult

BUTTON_WIDTH = 210
ICONS = {".xlsx": "file-spreadsheet", ".csv": "file-text", ".parquet": "database"}
OTHER_ICON = "file-text"
CSV = ".csv"
OPEN = {".xlsx": "&Open Workbook", REPORT_SUFFIX: "&Open Report"}


@dataclass(frozen=True)
class SaveFormat:
    """A kind of file to save, as the person sees it."""

    suffix: str
    name: str
    purpose: str
    icon: str

    @property
    def verb(self) -> str:
        """The text of the button, with its mnemonic: "Save &Excel Workbook…"."""
        return f"Save &{self.name}…"


def _formats() -> tuple[SaveFormat, ...]:
    """Every format of the registry; after the first, which is for people, the report that the window itself makes."""
    workbook, *others = (
        SaveFormat(kind.suffix, title_case(kind.name), kind.purpose, ICONS.get(kind.suffix, OTHER_ICON))
        for kind in output_formats()
    )
    return workbook, REPORT, *others


REPORT = SaveFormat(
    REPORT_SUFFIX,
    "Report",
    "To print or share (PDF): totals first, the whole forecast, how far you can trust it, and how it was made.",
    "printer",
)
FORMATS = _formats()
WORKBOOK = FORMATS[0]


class ExportPage(Page):
    """Offers every format; ``path_chosen`` carries the path to save to, ``csv_style_chosen`` how to write CSV,
    ``report_chosen`` what a report is about (None: the series that is shown).
    """

    path_chosen = Signal(object)
    csv_style_chosen = Signal(object)
    report_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Save your forecast", parent)
        self._file_name = "forecast"
        self._saved_path: Path | None = None
        self.summary = label("", "section", wrap=True)
        self.check = label("", "quiet", wrap=True)
        self.box.addWidget(self.summary)
        self.box.addWidget(self.check)
        self.local_csv = QCheckBox()
        self.local_csv.toggled.connect(lambda on: self.csv_style_chosen.emit(WITH_COMMA if on else FOR_PROGRAMS))
        self.report_about = QComboBox()
        self.report_about.setAccessibleName("What the report is about")
        self.report_about.currentTextChanged.connect(self.report_about.setToolTip)  # a long name does not fit
        self.report_about.activated.connect(lambda: self.report_chosen.emit(self.report_about.currentData()))
        self.save_buttons = {kind.suffix: self._add_format(kind) for kind in FORMATS}
        self.initial_focus = self.save_buttons[WORKBOOK.suffix]
        self.worker_buttons = list(self.save_buttons.values())
        self.shortcuts = ((QKeySequence.StandardKey.Save, self.ask_where_to_save),)
        self._add_confirmation()
        self.box.addStretch(1)

    def attach(self, session: Session) -> None:
        """Save what is asked for here; say what there is to save, and what was saved."""
        self.path_chosen.connect(session.saving.save)
        self.csv_style_chosen.connect(session.saving.choose_csv_style)
        self.report_chosen.connect(session.saving.choose_report)
        session.saving.wanted.connect(self.ask_where_to_save)
        session.forecast_made.connect(self.show_result)
        session.forecast_checked.connect(self.show_result)
        session.saving.saved.connect(self.show_saved)

    def _add_format(self, kind: SaveFormat) -> Button:
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        row.setSpacing(SPACE[3])
        row.addWidget(IconLabel(kind.icon, "accent", 28), 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE[0])
        texts.addWidget(label(kind.name, "strong"))
        texts.addWidget(label(kind.purpose, "quiet", wrap=True))
        if kind is REPORT:
            texts.addWidget(self.report_about, 0, Qt.AlignmentFlag.AlignLeft)
        if kind.suffix == CSV:
            self._add_csv_choice(texts)
        row.addLayout(texts, 1)
        save = button(kind.verb, "primary" if kind is WORKBOOK else "")
        save.setMinimumWidth(BUTTON_WIDTH)
        save.clicked.connect(lambda: self.ask_where_to_save(kind))
        row.addWidget(save)
        self.box.addWidget(frame)
        return save

    def _add_csv_choice(self, texts: QVBoxLayout) -> None:
        """Offer the separators that this computer's spreadsheet expects, where these are not those of programs."""
        self.local_csv.setText("For a spreadsheet on t&his computer: 1,5 and ; between cells")
        self.local_csv.setVisible(QLocale().decimalPoint() == WITH_COMMA.decimal)
        texts.addWidget(self.local_csv)

    def _add_confirmation(self) -> None:
        self.confirmation = card()
        row = QHBoxLayout(self.confirmation)
        row.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        row.setSpacing(SPACE[3])
        row.addWidget(IconLabel("check", "good"))
        self.saved = label("", "strong", wrap=True)
        self.open = button("&Open Workbook")
        self.open.clicked.connect(self._open_file)
        self.folder = button("Show in &Folder", "", "folder-open")
        self.folder.clicked.connect(self._show_in_folder)
        row.addWidget(self.saved, 1)
        row.addWidget(self.open)
        row.addWidget(self.folder)
        self.confirmation.hide()
        self.box.addWidget(self.confirmation)

    def show_result(self, result: ForecastResult) -> None:
        """Say what there is to save of a new forecast."""
        forecast = result.forecast
        self._file_name = f"{Path(result.file.reading.file).stem} forecast"
        horizon, count = forecast.frequency.duration(forecast.horizon), len(forecast.names)
        series = f"{numbers.count(count)} series" if count > 1 else forecast.names[0]
        self.summary.setText(f"The next {horizon} of {series} are ready to save.")
        self.check.setText("" if result.is_checked else result.range_note)
        self.check.setVisible(not result.is_checked)
        self._offer_reports(result)
        self.confirmation.hide()
        self.show_problems()

    def _offer_reports(self, result: ForecastResult) -> None:
        """List what a report can be about: everything, the series that is shown, each group."""
        before = self.report_about.currentText()
        self.report_about.clear()
        if len(result.forecast.names) > 1:
            self.report_about.addItem("About everything", EVERYTHING)
        self.report_about.addItem("About the series shown under Forecast", None)
        for column, value in groups_of(result.file.series):
            self.report_about.addItem(f"About {column}: {value or '(blank)'}", ReportScope(group=(column, value)))
        self.report_about.setCurrentIndex(max(self.report_about.findText(before), 0))
        self.report_chosen.emit(self.report_about.currentData())

    def show_saved(self, path: Path) -> None:
        """Say where the forecast was saved."""
        self._saved_path = path
        self.show_problems()
        self.saved.setText(f"Saved as {path.name} in {path.parent}.")
        self.open.setText(OPEN.get(path.suffix.lower(), "&Open File"))
        self.confirmation.show()
        self.open.setFocus()

    def ask_where_to_save(self, kind: SaveFormat = WORKBOOK) -> None:
        """Open the system's dialog, with the folder of the latest file as a proposal."""
        proposal = str(recent.folder() / f"{self._file_name}{kind.suffix}")
        title = kind.verb.replace("&", "").rstrip("…")
        name, _ = QFileDialog.getSaveFileName(self, title, proposal, f"{kind.name} (*{kind.suffix})")
        if name:
            path = Path(name)
            has_suffix = path.suffix.lower() == kind.suffix
            self.path_chosen.emit(path if has_suffix else path.with_name(path.name + kind.suffix))

    def _open_file(self) -> None:
        if self._saved_path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_path))):
            self.saved.setText(f"No program on this computer opens {self._saved_path.name}. It is saved.")

    def _show_in_folder(self) -> None:
        if self._saved_path is not None:
            show_in_folder(self._saved_path)
