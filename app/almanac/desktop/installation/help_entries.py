"""What the menu Help offers; each dialog is loaded when it is wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from almanac.desktop.installation import newer_version


def add_to(menu: QMenu, window: QWidget) -> None:
    """Fill the menu; a newer version can be asked for where this program knows whom to ask."""

    def check() -> None:
        from almanac.desktop.installation.check_dialog import CheckDialog

        CheckDialog(window).show()

    menu.addAction("&Check This Installation…", check)
    where = newer_version.source()
    if where is None:
        return

    def look() -> None:
        from almanac.desktop.installation.newer_dialog import NewerDialog

        NewerDialog(where, window).show()

    menu.addAction("&Look for a Newer Version…", look)
