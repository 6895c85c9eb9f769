"""When the session ends, or Ctrl-C is pressed in the terminal, the program ends in order, and its worker with it."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


def end_with_it(application: QApplication) -> None:
    """Quit in order on SIGTERM and SIGINT.

    Python runs a signal's handler only when it next runs Python, and Qt's loop may sleep for hours; so the signal
    also writes a byte to a socket that wakes the loop.
    """
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    waker = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, application)
    waker.activated.connect(lambda: reading.recv(64))
    application.destroyed.connect(lambda: (reading, writing))  # both ends live as long as the program
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: application.exit(0))
