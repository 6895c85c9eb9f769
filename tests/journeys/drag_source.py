"""A window to drag a file out of: ``python drag_source.py FILE``; in place of a file manager."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802 - Qt's own signature
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec()


if __name__ == "__main__":
    application = QApplication([])
    source = Source("Drag me")
    source.setWindowTitle("Drag source")
    source.setGeometry(1300, 100, 200, 200)
    source.show()
    sys.exit(application.exec())
