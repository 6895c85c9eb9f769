"""The kinds of trouble, which of them go together, and the frequencies that tables with them have."""

from __future__ import annotations

from itertools import combinations

# Kinds of trouble, as combined here. Of each group at most one goes into a table.
SHAPES = ("money in two columns", "level", "stacked tables", "list of events", "several frequencies", "other columns")
TIMES = ("split dates", "offsets", "quarters", "compact dates")
CALENDARS = ("closed days", "strays", "year typo")
LAYOUTS = ("long names", "started later", "no heading", "units line", "banner", "dotted names")
GROUPS = (SHAPES, TIMES, CALENDARS)
TROUBLES = (*SHAPES, *TIMES, *CALENDARS, *LAYOUTS)
APART = (  # pairs that make no sense in one table
    {"no heading", "units line"}, {"no heading", "other columns"}, {"no heading", "money in two columns"},
    {"no heading", "level"}, {"no heading", "list of events"}, {"no heading", "stacked tables"},
    {"no heading", "several frequencies"}, {"no heading", "dotted names"}, {"no heading", "banner"},
    {"no heading", "split dates"},
    {"long names", "started later"}, {"long names", "dotted names"}, {"started later", "dotted names"},
    {"long names", "money in two columns"}, {"long names", "level"}, {"long names", "list of events"},
    {"long names", "stacked tables"}, {"long names", "several frequencies"},
    {"started later", "money in two columns"}, {"started later", "level"}, {"started later", "list of events"},
    {"started later", "stacked tables"}, {"started later", "several frequencies"}, {"started later", "other columns"},
    {"dotted names", "money in two columns"}, {"dotted names", "level"}, {"dotted names", "list of events"},
    {"dotted names", "stacked tables"}, {"dotted names", "several frequencies"}, {"dotted names", "other columns"},
    {"quarters", "closed days"}, {"quarters", "strays"}, {"quarters", "year typo"},
    {"quarters", "list of events"}, {"quarters", "money in two columns"}, {"quarters", "level"},
    {"quarters", "several frequencies"},
    {"offsets", "closed days"}, {"offsets", "strays"}, {"offsets", "year typo"},
    {"offsets", "list of events"}, {"offsets", "money in two columns"}, {"offsets", "level"},
    {"offsets", "several frequencies"}, {"offsets", "stacked tables"},
    {"several frequencies", "split dates"}, {"several frequencies", "compact dates"},
    {"several frequencies", "closed days"}, {"several frequencies", "strays"}, {"several frequencies", "year typo"},
    {"split dates", "year typo"},
    {"list of events", "closed days"}, {"list of events", "strays"}, {"list of events", "year typo"},
    {"money in two columns", "closed days"}, {"money in two columns", "strays"},
    {"money in two columns", "year typo"}, {"level", "strays"}, {"level", "closed days"},
    {"stacked tables", "year typo"}, {"stacked tables", "strays"}, {"stacked tables", "units line"},
    {"stacked tables", "banner"},
    {"long names", "year typo"},
    {"units line", "list of events"}, {"units line", "several frequencies"}, {"units line", "other columns"},
    {"units line", "money in two columns"},
)  # fmt: skip


def allowed(troubles: tuple[str, ...]) -> bool:
    """Whether these kinds of trouble can be in one table."""
    chosen = set(troubles)
    return all(len(chosen & set(group)) <= 1 for group in GROUPS) and not any(pair <= chosen for pair in APART)


COMBINATIONS = tuple(chosen for size in (2, 3) for chosen in combinations(TROUBLES, size) if allowed(chosen))

FREQUENCIES: dict[str, tuple[str, ...]] = {  # of tables with a kind of trouble; the first that a table has decides
    "quarters": ("quarterly",),
    "offsets": ("hourly",),
    "strays": ("business-daily",),
    "closed days": ("daily",),
    "year typo": ("daily",),
    "list of events": ("daily",),
    "money in two columns": ("daily",),
    "level": ("daily",),
    "several frequencies": ("monthly",),
    "compact dates": ("daily", "monthly"),
    "split dates": ("daily", "hourly", "monthly"),
    "": ("daily", "weekly", "monthly", "hourly"),
}
ONLY_WIDE = ("started later", "other columns", "units line", "banner", "offsets", "no heading")
