"""One random table of mixed trouble."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.tables.mixed.table import NAN, STEPS, Mixed, trimmed
from tests.tables.mixed.troubles import COMBINATIONS, FREQUENCIES, ONLY_WIDE, SHAPES
from tests.tables.mixed.words import EOF_MARK, LANGUAGES, LONG_NAMES, Words


class Maker:
    """Makes one table; everything random comes from ``rng``."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.troubles = COMBINATIONS[seed % len(COMBINATIONS)]
        self.words: Words = self.rng.choice(LANGUAGES)
        self.decimal = self.rng.choice(".,")
        self.date_style = self.rng.choice(["iso", "dots", "slashes", "month name"])
        self.table = Mixed(self.troubles, self._frequency())
        self.table.delimiter = self.rng.choice(";\t|" if self.decimal == "," else ",,;\t")

    def has(self, trouble: str) -> bool:
        return trouble in self.troubles

    def _frequency(self) -> str:
        return self.rng.choice(next(names for trouble, names in FREQUENCIES.items() if trouble in (*self.troubles, "")))

    def dates(self) -> list[datetime]:
        """The dates of a complete series."""
        rng, frequency = self.rng, self.table.frequency
        start = datetime(rng.randint(2015, 2023), rng.randint(1, 12), rng.randint(1, 28))
        if frequency in ("monthly", "quarterly"):
            start = start.replace(day=1)
        if frequency == "quarterly":
            start = start.replace(month=rng.choice([1, 4, 7, 10]))
        if frequency == "business-daily":
            days = (start + timedelta(n) for n in range(rng.randint(260, 400)))
            return [day for day in days if day.weekday() < 5]
        count = {"daily": 150, "hourly": 200, "weekly": 60, "monthly": 40, "quarterly": 24}[frequency]
        count += rng.randint(0, count // 2)
        return [STEPS[frequency](start, n) for n in range(count)]

    def values(self, count: int, low: float = 100) -> list[float]:
        """Values with two decimals, a season and some noise, all different."""
        rng = self.rng
        height, swing = rng.uniform(low, 12 * low), rng.uniform(0.05, 0.3)
        made = [height * (1 + swing * math.sin(n / 7 * math.tau) + 0.1 * rng.random()) for n in range(count)]
        return [round(value, 2) + 0.0 for value in made]

    def number(self, value: float) -> str:
        if math.isnan(value):
            return ""
        text = f"{value:.2f}"
        return text.replace(".", self.decimal)

    def date(self, when: datetime) -> str:
        if self.table.frequency == "hourly":
            return {
                "iso": f"{when:%Y-%m-%d %H:%M}",
                "dots": f"{when:%d.%m.%Y %H:%M}",
                "slashes": f"{when:%d/%m/%Y %H:%M:%S}",
                "month name": f"{when:%d %b %Y %H:%M}",
            }[self.date_style]
        return {
            "iso": f"{when:%Y-%m-%d}",
            "dots": f"{when:%d.%m.%Y}",
            "slashes": f"{when:%d/%m/%Y}",
            "month name": f"{when:%d %b %Y}",
        }[self.date_style]

    def make(self) -> Mixed:
        table = self.table
        {
            "money in two columns": self._ledger,
            "level": self._level,
            "stacked tables": self._stacked,
            "list of events": self._events,
            "several frequencies": self._frequencies,
        }.get(next((t for t in self.troubles if t in SHAPES), ""), self._plain)()
        self._surroundings()
        table.text = self._text()
        return table

    # Dates

    def date_names(self) -> list[str]:
        if not self.has("split dates"):
            return [self.words.date]
        count = {"monthly": 2, "hourly": 4}.get(self.table.frequency, 3)
        return list(self.words.parts[:count])

    def date_cells(self, when: datetime, n: int) -> list[str]:
        if self.has("split dates"):
            cells = [f"{when.year}", f"{when.month}", f"{when.day}", f"{when.hour}"]
            return cells[: len(self.date_names())]
        if self.has("offsets"):
            return [self.stamps[n]]
        if self.has("quarters"):
            quarter = (when.month + 2) // 3
            style = self.quarter_style
            return [style.format(y=when.year, q=quarter)]
        if self.has("compact dates"):
            return [f"{when:%Y%m}" if self.table.frequency == "monthly" else f"{when:%Y%m%d}"]
        return [self.date(when)]

    def _prepare_dates(self) -> list[datetime]:
        self.quarter_style = self.rng.choice(["{y}Q{q}", "{y}-Q{q}", "Q{q} {y}", "{y}Q0{q}", "{q}Q{y}"])
        dates = self.dates()
        if self.has("offsets"):
            zone = ZoneInfo(self.rng.choice(["Europe/Paris", "Europe/London", "America/New_York"]))
            month = self.rng.choice([3, 10, 11])
            start = datetime(self.rng.randint(2015, 2024), month, self.rng.randint(1, 8), tzinfo=UTC)
            moments = [(start + timedelta(hours=n)).astimezone(zone) for n in range(24 * 30)]
            moments = [m for m in moments if m >= moments[0].replace(hour=0)]
            self.stamps = [m.isoformat() for m in moments]
            dates = [m.replace(tzinfo=None) for m in moments]
            self.table.dates_matter = False  # hours that occur twice have no date of their own here
        return dates

    # Shapes

    def _plain(self) -> None:
        """One row for each date: several columns, or one with a column that says which series it is."""
        rng, table, words = self.rng, self.table, self.words
        dates = self._prepare_dates()
        written = self._calendar(dates)
        long = self.has("long names") or (not any(map(self.has, ONLY_WIDE)) and rng.random() < 0.4)
        names = self._names(long)
        columns = {name: self.values(len(dates)) for name in names}
        for n, (_, kept) in enumerate(written):
            if not kept:
                for values in columns.values():
                    values[n] = NAN
        if self.has("started later"):
            for name in names[1:]:
                late = rng.randint(2, len(dates) // 3)
                columns[name][:late] = [NAN] * late
        table.series = {name: trimmed(dates, columns[name]) for name in names}
        kept_dates = [(n, self.date_cells(when, n)) for n, (when, kept) in enumerate(written) if kept]
        shown = {name: self._dotted(name) for name in names}
        if long:
            table.header = [*self.date_names(), words.key, words.flows[0]]
            table.rows = [
                [*cells, shown[name], self.number(columns[name][n])] for n, cells in kept_dates for name in names
            ]
        else:
            table.header = [*self.date_names(), *shown.values()]
            table.rows = [[*cells, *(self.number(columns[name][n]) for name in names)] for n, cells in kept_dates]
        if self.has("strays"):
            self._strays(dates, shown, long, columns)
        if self.has("other columns"):
            self._other_columns()
        table.names_matter = not self.has("no heading")

    def _names(self, long: bool) -> list[str]:
        """Names of series: of columns, or in a column."""
        rng = self.rng
        if self.has("long names"):
            return list(LONG_NAMES[: rng.randint(2, 4)])
        several = long or self.has("started later") or self.has("banner")
        return rng.sample(self.words.items if long else self.words.flows, rng.randint(2 if several else 1, 3))

    def _dotted(self, name: str) -> str:
        return f"{name} {'.' * self.rng.randint(4, 20)}" if self.has("dotted names") else name

    def _calendar(self, dates: list[datetime]) -> list[tuple[datetime, bool]]:
        """Each date as it is written, and whether it has a row."""
        if self.has("closed days"):
            closed = self.rng.choice([{6}, {6}, {5, 6}, {6, 0}, {0}])
            if closed == {5, 6}:
                closed = {6, 2}
            return [(day, day.weekday() not in closed) for day in dates]
        if self.has("year typo"):
            shift = datetime(dates[-1].year, 12, 31) - dates[-1] + timedelta(days=self.rng.randint(2, 9))
            for n, day in enumerate(dates):
                dates[n] = day + shift
            last = dates[-1].year
            return [(day.replace(year=last - 1) if day.year == last else day, True) for day in dates]
        return [(day, True) for day in dates]

    def _strays(
        self, dates: list[datetime], shown: dict[str, str], long: bool, columns: dict[str, list[float]]
    ) -> None:
        """One or two Saturdays with rows, after the rows of their Friday."""
        table, width = self.table, len(self.date_names())
        for at in self.rng.sample(range(20, len(dates) - 20), self.rng.randint(1, 2)):
            friday = next(n for n in range(at, len(dates)) if dates[n].weekday() == 4)
            cells = self.date_cells(dates[friday] + timedelta(days=1), 0)
            written = [row[:width] for row in table.rows]
            if cells in written:
                continue
            values = [self.number(columns[name][friday] + 1.5) for name in shown]
            new = [[*cells, name, value] for name, value in zip(shown.values(), values, strict=True)]
            place = written.index(self.date_cells(dates[friday], friday)) + (len(shown) if long else 1)
            table.rows[place:place] = new if long else [[*cells, *values]]
            table.loose |= {dates[friday], dates[friday + 1]}

    def _other_columns(self) -> None:
        """A row number or a long id in front, and something constant at the end."""
        table, rng, words = self.table, self.rng, self.words
        base = rng.randint(10**17, 9 * 10**17)
        for n, row in enumerate(table.rows):
            row.insert(0, str(n + 1) if base % 2 else str(base + 7 * n + n % 3))
            row.append("1")
        table.header = [words.number, *table.header, "Version"]

    def _several_a_day(self) -> list[tuple[datetime, int]]:
        """Days of a list of events and how many rows each has; some have none."""
        dates = self._prepare_dates()
        counts = [self.rng.choice([0, 0, 1, 1, 2, 3]) for _ in dates]
        counts[0], counts[-1] = 1, 2
        return list(zip(dates, counts, strict=True))

    def _events(self) -> None:
        rng, table, words = self.rng, self.table, self.words
        totals, quantities = [], []
        receipt = rng.randint(1000, 90000)
        days = self._several_a_day()
        for n, (day, count) in enumerate(days):
            total = amount = 0.0
            for _ in range(count):
                receipt += 1
                price, quantity = round(rng.uniform(2, 60), 2), rng.randint(1, 9)
                table.rows.append(
                    [
                        str(receipt),
                        *self.date_cells(day, n),
                        self.number(price),
                        str(quantity),
                        self.number(price * quantity),
                    ]
                )
                total, amount = total + round(price * quantity, 2), amount + quantity
            totals.append(total)
            quantities.append(amount)
        table.header = [words.number, *self.date_names(), words.price, words.quantity, words.amount]
        table.series = {words.amount: (days[0][0], totals)}
        table.others = [{words.quantity: (days[0][0], quantities)}]

    def _ledger(self) -> None:
        rng, table, words = self.rng, self.table, self.words
        net, paid_in, paid_out = [], [], []
        balance = 4000.0
        days = self._several_a_day()
        for n, (day, count) in enumerate(days):
            sides = [0.0, 0.0]
            for _ in range(count):
                side = int(rng.random() < 0.2)
                amount = round(rng.uniform(800, 3000) if side else rng.uniform(3, 300), 2)
                sides[side] += amount
                balance += amount if side else -amount
                cells = ["", ""]
                cells[side] = self.number(amount)
                table.rows.append(
                    [*self.date_cells(day, n), f"CARD {rng.randint(10, 99)} SHOP", *cells, self.number(balance)]
                )
            net.append(sides[1] - sides[0])
            paid_in.append(sides[1])
            paid_out.append(sides[0])
        table.header = [*self.date_names(), words.text, words.money_out, words.money_in, words.balance]
        first = days[0][0]
        table.series = {"net": (first, net)}
        table.others = [{"in": (first, paid_in), "out": (first, paid_out)}]
        table.names_matter = False

    def _level(self) -> None:
        rng, table = self.rng, self.table
        name, unit = rng.choice(self.words.levels)
        means = []
        dates = self._prepare_dates()
        for n, day in enumerate(dates):
            found = [round(20 + 8 * math.sin(n / 15) + rng.uniform(-3, 3), 1) for _ in range(rng.randint(2, 4))]
            for value in found:
                table.rows.append([*self.date_cells(day, n), self.number(value)])
            means.append(sum(found) / len(found))
        if self.has("units line"):
            table.header, table.units = [*self.date_names(), name], [*("" for _ in self.date_names()), unit]
        else:
            table.header = [*self.date_names(), f"{name} {rng.choice(['[{}]', '({})']).format(unit)}"]
            table.names_matter = False
        table.series = {name: (dates[0], means)}

    def _stacked(self) -> None:
        table, words = self.table, self.words
        dates = self._prepare_dates()
        written = self._calendar(dates)
        kept = [n for n, (_, is_kept) in enumerate(written) if is_kept]
        for k, place in enumerate(("North", "South")):
            name = f"{words.flows[0]} {place}"
            values = self.values(len(dates), 100 + 300 * k)
            shown = [values[n] if n in set(kept) else NAN for n in range(kept[0], kept[-1] + 1)]
            table.series[name] = (dates[kept[0]], shown)
            rows = [[*self.date_cells(written[n][0], n), self.number(values[n])] for n in kept]
            if k:
                table.rows += [[], [*self.date_names(), self._dotted(name)]]
            else:
                table.header = [*self.date_names(), self._dotted(name)]
            table.rows += rows

    def _frequencies(self) -> None:
        rng, table, words = self.rng, self.table, self.words
        start = datetime(rng.randint(2005, 2015), 1, 1)
        years = rng.randint(5, 9)
        values = self.values(12 * years)
        quarters = [round(sum(values[n : n + 3]) / 3, 2) for n in range(0, 12 * years, 3)]
        whole = [round(sum(values[n : n + 12]) / 12, 2) for n in range(0, 12 * years, 12)]
        rows = []
        for n, value in enumerate(whole):
            rows.append(["A", f"{start.year + n}", self.number(value)])
        for n, value in enumerate(quarters):
            rows.append(["Q", f"{start.year + n // 4}-Q{n % 4 + 1}", self.number(value)])
        for n, value in enumerate(values):
            rows.append(["M", f"{start.year + n // 12}-{n % 12 + 1:02d}", self.number(value)])
        table.header = ["Frequency", words.date, words.flows[0]]
        table.rows = rows
        table.series = {words.flows[0]: (start, values)}
        table.names_matter = False

    # Around the table

    def _surroundings(self) -> None:
        rng, table = self.rng, self.table
        if self.has("units line") and not table.units:
            unit = rng.choice(["kg", "EUR", "kWh", "pieces"])
            dates = len(self.date_names())
            table.units = ["" if n < dates else unit for n in range(len(table.header))]
            if not set(self.date_names()) & set(table.header):
                table.units = []
        if self.has("banner"):
            blanks = len(self.date_names())
            table.above = [
                table.delimiter.join(
                    ["" for _ in range(blanks)] + ["Amounts as booked"] + [""] * (len(table.header) - blanks - 1)
                )
            ]
        elif not self.has("no heading") and rng.random() < 0.3:
            table.above = [f"Export of {self.words.date}", ""]
        if not self.has("no heading") and rng.random() < 0.2:
            table.below = ["", EOF_MARK]

    def _text(self) -> str:
        table = self.table
        head = [] if self.has("no heading") else [table.header]
        units = [table.units] if table.units else []
        lines = [*table.above, *(self._line(row) for row in (*head, *units, *table.rows)), *table.below]
        return "\n".join(lines) + "\n"

    def _line(self, cells: list[str]) -> str:
        delimiter = self.table.delimiter
        return delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in cells)


def mixed(seed: int) -> Mixed:
    """The table of one seed."""
    return Maker(seed).make()
