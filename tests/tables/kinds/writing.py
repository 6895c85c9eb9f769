"""Encodings, delimiters and numbers."""

from __future__ import annotations

from tests.tables.kinds.sample_file import NAN, SampleFile, family, months, numbers, single, table, wholes

NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
V, W = numbers(36), wholes(36)


@family
def encodings() -> list[SampleFile]:
    names = {
        "utf-8": "Umsatz Köln",
        "utf-8-sig": "Umsatz Köln",
        "utf-16": "Umsatz Köln",
        "utf-16-le": "Umsatz Köln",
        "utf-16-be": "Umsatz Köln",
        "cp1252": "Umsatz Köln in €",
        "iso8859-1": "Umsatz Köln",
        "iso8859-15": "Umsatz Köln",
        "mac_roman": "Umsatz für Köln",
        "iso8859-2": "Sprzedaż łączna w złotych",
        "cp1250": "Sprzedaż łączna w złotych",
        "shift_jis": "売上高",
        "gb18030": "销售额",
        "cp1251": "Продажи",
        "utf-32": "Umsatz Köln",
        "euc_jp": "売上高",
    }
    dates = {"shift_jis": "年月", "gb18030": "月份", "cp1251": "Месяц", "euc_jp": "年月"}
    found = []
    for encoding, name in names.items():
        # Words beside the numbers, as real files have them: a name alone says little about an encoding.
        words = {
            "shift_jis": "東京本店の売上",
            "euc_jp": "東京本店の売上",
            "gb18030": "上海分店的销售",
            "cp1251": "Магазин на улице",
            "iso8859-2": "Sklep w Łodzi, ulica Żeromskiego ćwierć",
            "cp1250": "Sklep w Łodzi, ulica Żeromskiego ćwierć",
            "mac_roman": "Größe: süß, höchstens für Käufer",
        }.get(encoding, "Größe für Käufer")
        header = f"{dates.get(encoding, 'Datum')};Notiz;{name}"
        text = table(months(36), [words] * 36, V, header=header, delimiter=";")
        found.append(single(f"encoding {encoding}", text, V, series=name, encoding=encoding))
    return found


@family
def mac_line_ends() -> list[SampleFile]:
    return [
        single("old Mac line ends", table(months(36), V, header="Month,Sales", end="\r"), V),
        single("Windows line ends", table(months(36), V, header="Month,Sales", end="\r\n"), V),
        single("no end of the last line", table(months(36), V, header="Month,Sales").rstrip(), V),
    ]


@family
def delimiters() -> list[SampleFile]:
    found = [single(f"delimiter {d!r}", table(months(36), V, header=f"Month{d}Sales", delimiter=d), V) for d in ",;\t|"]
    two = [v * 2 for v in V]
    lines = [f"{d:<12}{v:>10.2f}{w:>12.2f}" for d, v, w in zip(months(36), V, two, strict=True)]
    spaced = "\n".join([f"{'Month':<12}{'Sales':>10}{'Visits':>12}", *lines]) + "\n"
    both = {"Sales": ("2019-01-01", V), "Visits": ("2019-01-01", two)}
    found.append(SampleFile("space-aligned columns", spaced.encode(), "monthly", both, "table.txt"))
    plain = "\n".join(["Month Sales", *(f"{d} {v}" for d, v in zip(months(36), V, strict=True))])
    found.append(single("one space between", plain, V, file="table.txt"))
    named = [
        f"{d:<14}{v:>12.2f}" for d, v in zip([f"{NAMES[n % 12]} {2019 + n // 12}" for n in range(36)], V, strict=True)
    ]
    found.append(
        single(
            "spaces inside a cell",
            "\n".join([f"{'Month':<14}{'Sales total':>12}", *named]),
            V,
            series="Sales total",
            file="t.txt",
        )
    )
    found.append(single("excel's sep line", "sep=;\n" + table(months(36), V, header="Month;Sales", delimiter=";"), V))
    quoted = table([f'"{d}"' for d in months(36)], [f'"{v}"' for v in V], header='"Month","Sales"')
    found.append(single("every field quoted", quoted, V))
    inside = table(months(36), ['"a, b; c"'] * 36, V, header="Month,Note,Sales")
    found.append(single("delimiters inside quotation marks", inside, V))
    return found


@family
def decimal_styles() -> list[SampleFile]:
    big = [round(v * 10_000 + 0.25, 2) for v in V]
    found = []
    for name, group, point in (
        ("1,234.50", ",", "."),
        ("1.234,50", ".", ","),
        ("1 234,50", " ", ","),
        ("1'234.50", "'", "."),
        ("narrow space", "\u202f", ","),
        ("no-break space", "\u00a0", ","),
        ("thin apostrophe", "’", "."),
        ("Indian-free plain comma", "", ","),
        ("plain point", "", "."),
    ):
        cells = [f"{v:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group) for v in big]
        found.append(
            single(
                f"number {name}", table(months(36), [f'"{c}"' for c in cells], header="Month;Sales", delimiter=";"), big
            )
        )
    indian = ["12,34,567.50", "1,23,456.25"] * 18
    found.append(
        single(
            "Indian lakhs", table(months(36), indian, header="Month;Sales", delimiter=";"), [1234567.5, 123456.25] * 18
        )
    )
    return found


@family
def number_marks() -> list[SampleFile]:
    signed = [round(v - 200, 2) for v in V]
    forms = {
        "dollar": lambda v: f"${v:,.2f}",
        "euro after": lambda v: f"{v:.2f} €",
        "pound": lambda v: f"£{v:.2f}",
        "EUR": lambda v: f"EUR {v:.2f}",
        "rupee": lambda v: f"₹{v:.2f}",
        "percent": lambda v: f"{v:.2f}%",
        "percent with a blank": lambda v: f"{v:.2f} %",
        "scientific": lambda v: f"{v:.4e}",
        "plus": lambda v: f"+{v:.2f}",
        "yen": lambda v: f"¥{v:.2f}",
        "CHF": lambda v: f"CHF {v:.2f}",
        "kr": lambda v: f"{v:.2f} kr",
    }
    found = [
        single(f"number with {name}", table(months(36), [f'"{form(v)}"' for v in V], header="Month,Sales"), V)
        for name, form in forms.items()
    ]
    negatives = {
        "accounting brackets": lambda v: f"{v:.2f}" if v >= 0 else f"({-v:.2f})",
        "brackets with a dollar": lambda v: f"${v:.2f}" if v >= 0 else f"(${-v:.2f})",
        "minus before the dollar": lambda v: f"${v:.2f}" if v >= 0 else f"-${-v:.2f}",
        "trailing minus": lambda v: f"{v:.2f}" if v >= 0 else f"{-v:.2f}-",
        "true minus": lambda v: f"{v:.2f}".replace("-", "−"),
        "minus and blank": lambda v: f"{v:.2f}".replace("-", "- "),
    }
    found += [
        single(
            f"negative with {name}",
            table(months(36), [form(v) for v in signed], header="Month,Change"),
            signed,
            series="Change",
        )
        for name, form in negatives.items()
    ]
    found.append(
        single(
            "leading point",
            table(months(36), [f"{v / 1000:.3f}".lstrip("0") for v in V], header="Month,Sales"),
            [round(v / 1000, 3) for v in V],
        )
    )
    return found


@family
def thousands() -> list[SampleFile]:
    comma = [f'"{v:,.0f}"' for v in W]
    point = [f"{v:,.0f}".replace(",", ".") for v in W]
    only = [f"{v + 1000:,.0f}".replace(",", ".") for v in W]
    return [
        single("thousands commas beside small numbers", table(months(36), comma, header="Month,Sales"), W),
        single(
            "thousands points beside small numbers", table(months(36), point, header="Month;Sales", delimiter=";"), W
        ),
        single(
            "only numbers with a point and three digits",
            table(months(36), only, header="Month;Sales", delimiter=";"),
            [v + 1000 for v in W],
            asked="point_or_comma",
        ),
        single(
            "three decimals",
            table(months(36), [f"0.{n + 101}" for n in range(36)], header="Month,Sales"),
            [(n + 101) / 1000 for n in range(36)],
        ),
    ]


@family
def missing_words() -> list[SampleFile]:
    found = []
    for word in ("-", "n/a", "NA", "(S)", "...", "X", "***", "", "N/A", "#N/A", "nan", "null", ".", "k.A.", "--", ":"):
        cells: list[object] = [*V]
        cells[7] = cells[20] = word
        wanted = [NAN if n in (7, 20) else v for n, v in enumerate(V)]
        found.append(single(f"missing as {word!r}", table(months(36), cells, header="Month,Sales"), wanted))
    return found
