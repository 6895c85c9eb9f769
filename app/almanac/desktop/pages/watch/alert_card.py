"""One pattern change as a card: what changed, how often that happens by chance, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from almanac.core.alerts import AlertAction
from almanac.core.calendar.frequency import Frequency
from almanac.desktop.formatting.numbers import LOCALE
from almanac.desktop.theme.icons import IconLabel
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import button, label
from almanac.desktop.widgets.flow import FlowLayout
from almanac.wording.watching.alerts import ACTIONS, KINDS, alert_sentence, chance_sentence, stock_sentence

if TYPE_CHECKING:
    from almanac.core.alerts import Alert

NEEDS_DATES = (AlertAction.MARK_ONE_OFF, AlertAction.ASK_STOCK)  # they become events


class AlertCard(QFrame):
    """Shows an Alert; ``action_wanted`` carries what the person chose to do about it."""

    action_wanted = Signal(object)

    def __init__(self, alert: Alert, frequency: Frequency, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alert = alert
        self.setProperty("kind", "card" if alert.is_certain else "problem")
        sentence, chance = alert_sentence(alert, frequency, LOCALE), chance_sentence(alert, LOCALE)
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(chance)
        box, row, texts = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        box.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        box.setSpacing(SPACE[1])
        row.setSpacing(SPACE[2])
        icon = IconLabel("info" if alert.is_certain else "triangle-alert", "quiet" if alert.is_certain else "look")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        texts.setSpacing(SPACE[0])
        texts.addWidget(label(KINDS[alert.kind], "caption"))
        texts.addWidget(label(sentence, "strong", wrap=True))
        for more in filter(None, (chance, stock_sentence(alert) if frequency.dated else "")):
            texts.addWidget(label(more, "quiet", wrap=True))
        row.addLayout(texts, 1)
        box.addLayout(row)
        actions = (*alert.actions, *((AlertAction.SNOOZE,) if alert.last is not None else ()))
        possible = (action for action in actions if frequency.dated or action not in NEEDS_DATES)
        self.buttons = {action: button(ACTIONS[action], "small") for action in possible}
        choices = FlowLayout(SPACE[1])
        for action, choice in self.buttons.items():
            choice.clicked.connect(lambda _=False, action=action: self.action_wanted.emit(action))
            choices.addWidget(choice)
        if self.buttons:
            box.addLayout(choices)
