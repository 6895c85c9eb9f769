"""How a finding is described: what it says, and how it can be treated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec

from almanac.core.problems import Choice, Finding, stop_with
from almanac.tables.reading import ReadingOptions

P = ParamSpec("P")


@dataclass(frozen=True)
class Treatment:
    """One way to treat a finding. ``name`` is stable and kept in settings; a person reads ``label`` and ``effect``."""

    name: str
    label: str
    effect: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a finding says about one file; the fields are those of ``Finding`` except for the last seven.

    ``used``: name of the treatment in use, ``proposed``: of the one to list first (both: the type's first when empty);
    ``values``: for a type that sets an option, the option's value by treatment, where it is not the treatment's name;
    ``choices``: choices that depend on the file, for a type without treatments; ``asks``: False where a type that asks
    has nothing to ask about this file; ``period``: what "{period}" in the effect of a treatment is; ``hidden``:
    treatments that are not offered for this file.
    """

    what: str
    why: str
    fix: str
    count: int = 1
    rows: tuple[int, ...] = ()
    column: str = ""
    sheet: str | None = None
    changed: int = 0
    used: str = ""
    proposed: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    asks: bool = True
    period: str = "date"
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class FindingType(Generic[P]):
    """One entry of the registry. Called with what its ``report`` needs, it makes the ``Finding``.

    ``code`` is stable and for programs. ``detectors`` are the functions that look for it, as "module.function" within
    ``almanac.tables``. The first of the ``treatments`` is the proposed one. A treatment sets the reading option
    ``option``, or an entry of ``ReadingOptions.repairs`` when that is empty; ``per_column``: one for each column.
    ``asks``: only the person can say whether the proposed treatment is right.
    """

    code: str
    report: Callable[P, Report]
    detectors: tuple[str, ...]
    treatments: tuple[Treatment, ...] = ()
    option: str = ""
    per_column: bool = False
    asks: bool = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Finding:
        """The Finding. Raises ProblemError when the treatment in use is none of this type's."""
        report = self.report(*args, **kwargs)
        offered = (treatment for treatment in self.treatments if treatment.name not in report.hidden)
        ordered = sorted(offered, key=lambda treatment: treatment.name != report.proposed)
        return Finding(
            code=self.code,
            what=report.what,
            why=report.why,
            fix=report.fix,
            count=report.count,
            rows=report.rows,
            column=report.column,
            sheet=report.sheet,
            choices=report.choices or tuple(self._choice(treatment, report) for treatment in ordered),
            chosen=self._position(ordered, report.used),
            changed=report.changed,
            asks=self.asks and report.asks,
        )

    def treatment(self, options: ReadingOptions, column: str = "") -> str:
        """Name of the treatment to use: the person's choice, otherwise the proposed one."""
        return options.repair(self.code, column) or self.treatments[0].name

    def _choice(self, treatment: Treatment, report: Report) -> Choice:
        if self.option:
            sets: tuple[str, Any] = (self.option, report.values.get(treatment.name, treatment.name))
        else:
            key = f"{self.code}:{report.column}" if self.per_column else self.code
            sets = ("repairs", ((key, treatment.name),))
        return Choice(treatment.label, (sets,), treatment.effect.replace("{period}", report.period))

    def _position(self, treatments: list[Treatment], used: str) -> int:
        if not used:
            return 0
        names = [treatment.name for treatment in treatments]
        if used not in names:
            raise stop_with(
                "no_such_treatment",
                f"“{used}” is not a way to treat {self.code}.",
                f"The ways are {', '.join(names)}.",
                "Choose one of these.",
            )
        return names.index(used)
