"""How often it may warn for nothing, and what is done about a change: a question each, with a proposed answer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from almanac.core.triggers import Reaction, Trigger, TriggerSettings
from almanac.desktop.theme.tokens import SPACE
from almanac.desktop.widgets.basic import Selector, label
from almanac.desktop.widgets.entry_dialog import EntryDialog
from almanac.wording.watching.triggers import ANSWERS_HOW_OFTEN, HOW_OFTEN, REACTIONS, TRIGGERS

WIDTH, HEIGHT = 620, 540
EXPLANATION = (
    "This counts for this work, from the next new data on. Another model is never chosen without you. Each time that "
    "one of these applies is kept in your history."
)
_NOT_BY_ITSELF = (Trigger.OTHER_MODEL, Trigger.ROLLBACK)


class TriggersDialog(EntryDialog):
    """``settings``: what is chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("When to Warn", "&Use These", parent)
        self.undo.hide()
        self.how_often = Selector()
        for per_year, words in ANSWERS_HOW_OFTEN.items():
            self.how_often.addItem(words, per_year)
        self.reactions = {trigger: Selector() for trigger in Trigger}
        for trigger, choice in self.reactions.items():
            for reaction, words in REACTIONS.items():
                if not (reaction is Reaction.ALWAYS and trigger in _NOT_BY_ITSELF):
                    choice.addItem(words, reaction.value)
        asked = [_asked(HOW_OFTEN, self.how_often)]
        asked += [_asked(TRIGGERS[trigger].question, choice) for trigger, choice in self.reactions.items()]
        self.lay_out("When should it warn, and what then?", EXPLANATION, asked)
        self.fit(WIDTH, HEIGHT)

    def show_settings(self, settings: TriggerSettings) -> None:
        """Choose these."""
        self.how_often.setCurrentIndex(max(self.how_often.findData(settings.per_year), 0))
        for trigger, choice in self.reactions.items():
            choice.setCurrentIndex(max(choice.findData(settings.reaction(trigger).value), 0))

    @property
    def settings(self) -> TriggerSettings:
        """What is chosen now."""
        chosen = (Reaction(self.reactions[trigger].currentData()) for trigger in Trigger)
        return TriggerSettings(float(self.how_often.currentData()), *chosen)


def _asked(question: str, choice: Selector) -> QWidget:
    """A question above its answers."""
    part = QWidget()
    box = QVBoxLayout(part)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(SPACE[0])
    choice.setAccessibleName(question)
    box.addWidget(label(question, wrap=True))
    box.addWidget(choice)
    return part
