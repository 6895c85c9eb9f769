"""An orderly end when the person's session ends, or when Ctrl-C is pressed in the terminal."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


def quit_on_signals(application: QApplication) -> None:
    """Quit in order on SIGTERM and SIGINT, so that the worker ends too.

    Python calls a signal's handler only when it next runs Python code, and Qt's event loop may sleep for hours.
    Therefore the signal also writes a byte to a socket that wakes the loop.
    """
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: reading.recv(64))
    application.destroyed.connect(lambda: (reading, writing))  # keeps both ends alive as long as the program
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.exit(0))
