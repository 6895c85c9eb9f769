"""What the menu Help offers; each dialog is loaded when it is wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from almanac.desktop.installation import newer_version


def add_to(menu: QMenu, window: QWidget) -> None:
    """Fill the menu; a newer version can be asked for where this program knows whom to ask."""

    def check() -> None:
        from almanac.desktop.installation.check_dialog import CheckDialog

        CheckDialog(window).show()

    def keeps() -> None:
        from almanac.desktop.installation.page_dialog import kept_dialog

        kept_dialog(window).show()

    def governed() -> None:
        from almanac.desktop.installation.page_dialog import governance_dialog

        governance_dialog(window).show()

    menu.addAction("&Check This Installation…", check)
    menu.addAction("What Almanac &Keeps…", keeps)
    menu.addAction("How Almanac Is &Governed…", governed)
    where = newer_version.source()
    if where is None:
        return

    def look() -> None:
        from almanac.desktop.installation.newer_dialog import NewerDialog

        NewerDialog(where, window).show()

    menu.addAction("&Look for a Newer Version…", look)
