"""Copy what a table shows so that it can be pasted: into Excel as cells, into a letter as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractItemModel, QLocale, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

MAX_TABLE_CELLS = 20_000  # more are copied as text alone, which spreadsheets read as well: a table would take 50 ms
Grid = Sequence[Sequence[str]]


def copy_grid(grid: Grid) -> None:
    """Put a grid of texts into the clipboard: separated by tabs, and as a table."""
    QGuiApplication.clipboard().setMimeData(mime_of(*texts_of(grid)))


def texts_of(grid: Grid) -> tuple[str, str]:
    """A grid as text, separated by tabs, and as a table in HTML; that is empty where it would be very large."""
    text = "\n".join("\t".join(map(_one_line, row)) for row in grid)
    if sum(map(len, grid)) > MAX_TABLE_CELLS:
        return text, ""
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in grid)
    return text, f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def mime_of(text: str, html: str) -> QMimeData:
    """What the clipboard gets."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def plain_number(text: str) -> str:
    """A number as it is shown, without the signs that group its digits: programs read it in every locale."""
    group = QLocale().groupSeparator()
    bare = text.replace(group, "") if group.strip() else "".join(text.split())
    bare = bare.replace("−", "-")
    return bare if bare.lstrip("-").replace(QLocale().decimalPoint(), "").isdigit() else text


def grid_of(model: QAbstractItemModel, rows: Sequence[int], columns: Sequence[int], *, heads: bool) -> list[list[str]]:
    """The texts of some cells of a model; ``heads``: with what is written above and on the left."""
    cells = [[plain_number(str(model.index(row, column).data() or "")) for column in columns] for row in rows]
    if not heads:
        return cells
    above = [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]
    left = [str(model.headerData(row, Qt.Orientation.Vertical) or "") for row in rows]
    return [["", *above], *([head, *texts] for head, texts in zip(left, cells, strict=True))]


def copy_selection(view: QTableView) -> None:
    """Copy the cells that are selected, with their heads where there are several; all of them when none is."""
    model, chosen = view.model(), view.selectionModel().selectedIndexes()
    if not chosen:
        copy_all(view)
        return
    rows, columns = sorted({index.row() for index in chosen}), sorted({index.column() for index in chosen})
    copy_grid(grid_of(model, rows, columns, heads=len(chosen) > 1))


def copy_all(view: QTableView) -> None:
    """Copy the whole table with its heads."""
    model = view.model()
    copy_grid(grid_of(model, range(model.rowCount()), range(model.columnCount()), heads=True))


def copies(view: QTableView, event: QKeyEvent) -> bool:
    """Whether this key asks to copy; then it is done."""
    if not event.matches(QKeySequence.StandardKey.Copy) or view.model() is None:
        return False
    copy_selection(view)
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
