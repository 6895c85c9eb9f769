"""What the page still has to have added up, one after the other, while the person goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from almanac.desktop.pages.forecast.listing.group_rows import parted

if TYPE_CHECKING:
    from almanac.desktop.session import Session
    from almanac.workflow.results import ForecastResult
    from almanac.workflow.totalling.make_totals import Totals
    from almanac.workflow.totalling.outlook import Outlook

MAX_KEPT = 200  # outlooks; one has some kilobytes, and a long history more


class Lookups(QObject):
    """Asks for the total of everything, then for the groups, the selection and a span of it: whatever is missing.

    Nothing is asked while the ranges are being checked: the worker is busy, and the ranges will change.
    ``members``: the positions of the series that are selected; ``groups``: those that are listed; ``span``: the periods
    that are marked in the chart, from and to; None for none.
    """

    headline_wanted = Signal()
    groups_wanted = Signal(tuple)
    outlook_wanted = Signal(tuple, str)
    span_wanted = Signal(tuple, tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.members: tuple[int, ...] = ()
        self.groups: Totals | None = None
        self.span: tuple[int, int] | None = None
        self._name, self._column = "", ""
        self._result: ForecastResult | None = None
        self._has_headline = False
        self._outlooks: dict[tuple[int, ...], Outlook] = {}
        self._asked: tuple[object, ...] = ()

    def attach(self, session: Session) -> None:
        """Ask this session."""
        self.headline_wanted.connect(session.totals.find_headline)
        self.groups_wanted.connect(session.totals.find_groups)
        self.outlook_wanted.connect(session.totals.find_outlook)
        self.span_wanted.connect(session.totals.find_span)
        session.totals.headline_found.connect(self._on_headline)

    @property
    def waiting(self) -> str:
        """Why the groups take a moment."""
        return "Groups follow after the check on your past …" if self._checking else "Adding up the groups …"

    @property
    def waiting_for_steps(self) -> str:
        """Why the steps of a group take a moment."""
        return "The chart follows after the check on your past …" if self._checking else "Adding up each step …"

    @property
    def _checking(self) -> bool:
        return self._result is not None and self._result.is_being_checked

    def begin(self, result: ForecastResult) -> None:
        """Another forecast: everything is to be added up again."""
        self._result, self._has_headline, self.groups = result, False, None
        self._outlooks, self._asked = {}, ()

    def forget_groups(self) -> None:
        """Another file has other columns."""
        self._column, self.groups = "", None

    def ask_groups(self, column: str) -> None:
        """The groups by this column are wanted; none: single series are."""
        self._column, self.groups = column, None
        self.go_on()

    def want(self, members: tuple[int, ...], name: str) -> Outlook | None:
        """These series are selected; their total, if that is known already."""
        self.members, self._name = members, name
        return self._outlooks.get(members)

    def keep(self, outlook: Outlook) -> None:
        """Keep what was found out."""
        if len(self._outlooks) >= MAX_KEPT:
            del self._outlooks[next(iter(self._outlooks))]
        self._outlooks[outlook.members] = outlook

    def go_on(self, *, again: bool = False) -> None:
        """Ask for the next thing that is missing; ``again``: also for one that was asked for already."""
        if self._result is None or self._checking:
            return
        if again:
            self._asked = ()
        if not self._has_headline:
            self._ask(("headline",))
        elif self._column and (self.groups is None or self.groups.by != parted(self._column)):
            self._ask(("groups", self._column))
        elif self.members and self.members not in self._outlooks:
            self._ask(("outlook", self.members))
        elif self.members and self.span is not None:
            self._ask(("span", self.members, self.span))

    def _on_headline(self) -> None:
        self._has_headline = self._result is not None and not self._result.is_being_checked

    def _ask(self, what: tuple[object, ...]) -> None:
        if what == self._asked:
            return
        self._asked = what
        if what[0] == "headline":
            self.headline_wanted.emit()
        elif what[0] == "groups":
            self.groups_wanted.emit(parted(self._column))
        elif what[0] == "span":
            self.span_wanted.emit(self.members, self.span)
        else:
            self.outlook_wanted.emit(self.members, self._name)
