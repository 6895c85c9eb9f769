"""Explains a reading: each step with its decision and the evidence for it, from the decisions that ``read`` makes.

The rules themselves are where the decisions are made; this module only puts what they were based on into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from almanac.core.calendar.frequency import ROW_ORDER
from almanac.core.jobs import Job
from almanac.core.problems import Problem, ProblemError
from almanac.core.text import plural, some
from almanac.tables.api import read
from almanac.tables.columns.crosstab.find import Crosstab
from almanac.tables.columns.profile import ColumnProfile, TableProfile
from almanac.tables.layout.load import SheetChoice, header_line
from almanac.tables.layout.structure import Structure
from almanac.tables.reading import ReadFile, ReadingOptions, Role
from almanac.tables.reading_plan import ReadingPlan, column_roles, crosstab_name
from almanac.tables.series.amounts.read_amounts import Amounts
from almanac.tables.series.grid.resampling import Resampling
from almanac.tables.sources.delimited import Dialect
from almanac.tables.sources.files import FileFormat
from almanac.tables.timeline.date_kinds import DateSource
from almanac.tables.timeline.day_month_order import DayMonthOrder, date_format
from almanac.tables.timeline.timeline import Timeline
from almanac.tables.values.cells import Grid
from almanac.tables.values.dates.read_dates import SECONDS_PER_DAY
from almanac.tables.values.numbers import Convention

_DELIMITER_NAMES = {"\t": "tab", " ": "blank", "  ": "two or more blanks"}


@dataclass(frozen=True)
class Step:
    """One step of a reading: its name, what was decided, and the evidence, a sentence each.

    ``problem``: the Problem that stopped the reading, in a last step; its code is the decision.
    """

    name: str
    decision: str
    evidence: tuple[str, ...] = ()
    problem: Problem | None = None


def explain(path: Path, options: ReadingOptions = ReadingOptions()) -> Job[tuple[Step, ...]]:  # noqa: B008 - frozen
    """Every step of reading the file.

    When the reading stops with a Problem, it is the last step, after those until then.
    """
    decisions: list[object] = []
    try:
        yield from read(path, options, decisions.append)
    except ProblemError as error:
        return (*_steps(decisions), _problem(error.problem))
    return _steps(decisions)


@dataclass(frozen=True, eq=False)
class _Decisions:
    """All decisions of a reading, for steps that need more than one of them."""

    made: Sequence[object]

    def latest(self, kind: type) -> Any:
        """The last decision of this type; None when there is none."""
        return next((decision for decision in reversed(self.made) if isinstance(decision, kind)), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, once they are known."""
        profile = self.latest(TableProfile)
        return tuple(column.name for column in profile.columns) if profile else ()


def _steps(made: Sequence[object]) -> tuple[Step, ...]:
    decisions = _Decisions(made)
    return tuple(
        step
        for decision in made
        for kind, explainer in _EXPLAINERS.items()
        if isinstance(decision, kind)
        for step in explainer(decision, decisions)
    )


def _problem(problem: Problem) -> Step:
    return Step("problem", problem.code, (problem.what, problem.why, problem.fix), problem)


def _file(decision: FileFormat, _: _Decisions) -> Iterator[Step]:
    yield Step("file", decision.kind, (decision.evidence,))


def _dialect(decision: Dialect, _: _Decisions) -> Iterator[Step]:
    encoding, delimiter = decision.encoding_choice, decision.delimiter_choice
    compared = tuple(f"{name}: {score:.2f}" for name, score in encoding.scores)
    yield Step("encoding", encoding.encoding, (encoding.reason, *compared))
    scores = tuple(
        f"{_DELIMITER_NAMES.get(s.delimiter, s.delimiter)}: {s.typed:.0%} of the text in columns of dates and numbers, "
        f"evenness {s.even:.2f}, from filled line {s.first + 1} on"
        for s in delimiter.scores
    )
    yield Step("delimiter", delimiter.delimiter, (delimiter.rule, *scores))


def _sheet(decision: SheetChoice, _: _Decisions) -> Iterator[Step]:
    scores = (f"{name}: {plural(cells, 'cell') if cells else 'no table'}" for name, cells in decision.scores)
    yield Step("sheet", decision.name, (decision.rule, *scores))


def _grid(decision: Grid, _: _Decisions) -> Iterator[Step]:
    size = f"{plural(len(decision.rows), 'row')} × {plural(decision.width, 'column')}"
    rest = () if decision.complete else ("only the beginning: the rest of this large file is read block by block",)
    yield Step("grid", size, rest)


def _header(decision: Structure, _: _Decisions) -> Iterator[Step]:
    line = header_line(decision)
    evidence = [decision.header_rule]
    if len(decision.header) > 1:
        evidence.append(f"{plural(len(decision.header), 'line')} make the names")
    evidence.append(f"the data begin in line {decision.body + 1}")
    if decision.title:
        evidence.append(f"title above the table: {decision.title}")
    if decision.tables > 1:
        evidence.append(f"{decision.tables} tables next to each other have the same dates, so they are joined")
    if decision.elsewhere:
        evidence.append(f"{plural(len(decision.elsewhere), 'column')} of another table left out")
    if decision.duplicated:
        evidence.append(f"names that occur more than once: {some(decision.duplicated)}")
    yield Step("header", f"line {line}" if line else "no header", tuple(evidence))


def _columns(decision: TableProfile, _: _Decisions) -> Iterator[Step]:
    evidence = tuple(f"{column.name}: {_content(column)}" for column in decision.columns)
    yield Step("columns", plural(len(decision.columns), "column"), evidence)


def _content(column: ColumnProfile) -> str:
    """How many cells of a column are read as what."""
    if not column.filled:
        return "blank"
    other = max(1 - column.number_share - column.date_share, 0.0)
    shares = (
        (column.number_share, "number"),
        (column.date_share, "date"),
        (other, "other text"),
        (column.year_share, "year"),
        (column.month_name_share, "month name"),
        (column.clock_share, "time of day"),
        (column.compact_share, "date in digits"),
    )
    counts = [(round(share * column.filled), what) for share, what in shares]
    found = ", ".join(_count(count, what) for count, what in counts if count)
    return f"{plural(column.filled, 'filled cell')}, {column.distinct:,} distinct: {found}"


def _count(count: int, what: str) -> str:
    plurals = {"other text": "other texts", "time of day": "times of day", "date in digits": "dates in digits"}
    return plural(count, what, plurals.get(what, ""))


def _crosstab(decision: Crosstab, decisions: _Decisions) -> Iterator[Step]:
    evidence = [f"{plural(len(decision.across), 'column')} are called after {decision.kind.value}"]
    if decision.down is not None:
        evidence.append(f"“{decisions.names[decision.down]}” holds the rest of each date")
    yield Step("dates", crosstab_name(decisions.names, decision), tuple(evidence))


def _source(decision: DateSource, decisions: _Decisions) -> Iterator[Step]:
    tried = (f"not found before: {'; '.join(decision.tried)}",) if decision.tried else ()
    yield Step("dates", decision.label(decisions.names), (f"found: {decision.rule}", *tried))


def _order(decision: DayMonthOrder, decisions: _Decisions) -> Iterator[Step]:
    timeline: Timeline = decisions.latest(Timeline)
    when = timeline.day_first if decision.day_first else timeline.month_first
    known = int((~np.isnat(when)).sum())
    where = "row" if decisions.latest(Crosstab) is None else "different date"
    evidence = [f"{known:,} of {plural(len(when), where)} could be read, each a {timeline.grain.name.lower()}"]
    if timeline.ambiguous:
        evidence.append(f"{'day' if decision.day_first else 'month'} first, decided by: {decision.rule}")
        evidence += [
            f"{vote.name}: {vote.day_first:g} with the day first, {vote.month_first:g} with the month first"
            for vote in decision.votes
        ]
    else:
        evidence.append(decision.rule)
    if not decision.certain:
        evidence.append("not certain, so it is asked")
    yield Step("date format", date_format(timeline, decision), tuple(evidence))


def _plan(decision: ReadingPlan, decisions: _Decisions) -> Iterator[Step]:
    if decision.dates.source is None:
        yield Step("dates", ROW_ORDER, ("no column holds dates",))
    yield _rows(decision)
    file: ReadFile | None = decisions.latest(ReadFile)
    roles: tuple[Role, ...] = column_roles(decision) if file is None else file.reading.roles
    names = decision.original.names if file is None else file.reading.columns
    pairs = zip(names, roles, strict=True)
    yield Step("roles", ", ".join(f"{name}: {role}" for name, role in pairs), _role_evidence(decision))


def _rows(plan: ReadingPlan) -> Step:
    totals, notes = plan.rows.totals.sum(), plan.rows.notes.sum()
    if plan.melted is not None:
        totals, notes = len(plan.melted.totals), len(plan.melted.notes)
    counts = (
        (int(totals), "left out as totals"),
        (int(notes), "left out as notes"),
        (int(plan.rows.unknown.sum()), "left out because they hold no date like the others"),
    )
    evidence = tuple(f"{plural(count, 'row')} {what}" for count, what in counts if count)
    if plan.filled_down:
        names = some([plan.table.names[i] for i in plan.filled_down])
        evidence = (*evidence, f"blank cells repeat the cell above in {names}")
    return Step("rows", plural(len(plan.table), "row"), evidence)


def _role_evidence(plan: ReadingPlan) -> tuple[str, ...]:
    if plan.crosstab is not None:
        return ("the columns called after dates hold the values",)
    roles = plan.roles
    evidence = [f"{roles.repeated_share:.0%} of the rows have a date that occurred before"]
    if roles.series:
        names = " + ".join(plan.table.names[i] for i in roles.series)
        evidence.append(f"date and {names} identify {roles.distinguished_share:.0%} of the rows")
    if roles.transactions:
        evidence.append("several rows of one date are put together")
    return tuple(evidence)


def _numbers(decision: Amounts, decisions: _Decisions) -> Iterator[Step]:
    plan: ReadingPlan = decisions.latest(ReadingPlan)
    evidence = tuple(
        f"{plan.table.names[i]}: “{convention.decimal}”, {convention.rule}{_votes(convention)}"
        for i, convention in decision.conventions.items()
    )
    yield Step("numbers", decision.conventions[plan.roles.values[0]].decimal, evidence)


def _votes(convention: Convention) -> str:
    votes = convention.votes
    counts = (
        (votes.decimal_point, "with a decimal point"),
        (votes.decimal_comma, "with a decimal comma"),
        (votes.groups_point, "with a point and three digits"),
        (votes.groups_comma, "with a comma and three digits"),
        (votes.small + votes.large, "whole"),
    )
    found = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f" ({found})" if found else ""


def _frequency(decision: Resampling, _: _Decisions) -> Iterator[Step]:
    native = decision.native
    evidence = [native.rule] if native.rule else []
    if native.gaps:
        gaps = ", ".join(f"{_gap(size, native.gap_unit)} {count:,}×" for size, count in native.gaps)
        evidence.append(f"gaps between dates: {gaps}")
    evidence.append(f"{native.regularity:.0%} of the gaps fit {native.frequency.name}")
    if native.frequency is not decision.frequency:
        evidence.append(f"the file is {native.frequency.name}; {decision.frequency.name} was chosen")
    yield Step("frequency", decision.frequency.name, tuple(evidence))


def _gap(size: int, unit: str) -> str:
    """A gap in the largest unit that it is a whole multiple of."""
    if unit != "seconds":
        return plural(size, unit.removesuffix("s"))
    units = ((SECONDS_PER_DAY, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
    length, name = next(found for found in units if size % found[0] == 0)
    return plural(size // length, name)


def _findings(decision: ReadFile, _: _Decisions) -> Iterator[Step]:
    codes = ", ".join(finding.code for finding in decision.findings)
    yield Step("findings", codes or "none", tuple(f"{finding.code}: {finding.what}" for finding in decision.findings))


_EXPLAINERS: dict[type, Callable[[Any, _Decisions], Iterator[Step]]] = {
    FileFormat: _file,
    Dialect: _dialect,
    SheetChoice: _sheet,
    Grid: _grid,
    Structure: _header,
    TableProfile: _columns,
    Crosstab: _crosstab,
    DateSource: _source,
    DayMonthOrder: _order,
    ReadingPlan: _plan,
    Amounts: _numbers,
    Resampling: _frequency,
    ReadFile: _findings,
}
