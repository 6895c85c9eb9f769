"""Lists that a person writes in a spreadsheet: what could be read, and which rows could not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class RowFault:
    """A row that cannot be used: its number in the file, and why; ``name``: of the series or group that it is about."""

    row: int
    why: str
    name: str = ""


@dataclass(frozen=True)
class ListFaults:
    """Rows of the list ``file`` that cannot be used."""

    file: str
    rows: tuple[RowFault, ...]

    def with_rows(self, more: tuple[RowFault, ...]) -> ListFaults:
        """With further rows, in the order of the list."""
        return ListFaults(self.file, tuple(sorted((*self.rows, *more), key=lambda fault: fault.row)))


@dataclass(frozen=True)
class EnteredList(Generic[Entry]):
    """The ``entries`` of a list that can be read, and the ``faults`` of the other rows; None where there is no list."""

    entries: tuple[Entry, ...]
    faults: ListFaults | None
