"""Digits of other scripts, characters that cannot be seen, and marks that programs put around a cell."""

from __future__ import annotations

from tests.tables.kinds.sample_file import NAN, SampleFile, family, months, numbers, single, table

V = numbers(36)
DIGITS = {
    "Arabic-Indic": "٠١٢٣٤٥٦٧٨٩",
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
    "full-width": "０１２３４５６７８９",
    "Devanagari": "०१२३४५६७८९",
}


@family
def digits_of_other_scripts() -> list[SampleFile]:
    found = []
    for name, digits in DIGITS.items():
        script = str.maketrans("0123456789.", digits + {"Arabic-Indic": "٫", "full-width": "．"}.get(name, "."))
        numbers_only = table(months(36), [str(v).translate(script) for v in V], header="Month;Sales", delimiter=";")
        found.append(single(f"numbers in {name} digits", numbers_only, V))
        dates = table([m.translate(script) for m in months(36)], V, header="Month;Sales", delimiter=";")
        found.append(single(f"dates in {name} digits", dates, V))
    return found


@family
def marks_around_cells() -> list[SampleFile]:
    forms = {
        "direction marks": "\u200e{}\u200f",
        "embedding marks": "\u202a{}\u202c",
        "spaces without width": "\u200b{}\u00a0",
        "single quotation marks": "'{}'",
        "text formulas": '="{}"',
    }
    found = [
        single(
            name,
            table(
                [form.format(m) for m in months(36)], [form.format(v) for v in V],
                header=",".join(form.format(h) for h in ("Month", "Sales")),
            ),
            V,
        )
        for name, form in forms.items()
    ]  # fmt: skip
    cells = [f"~{v}" if n == 4 else f"ca. {v}" if n == 6 else f"≈ {v}" if n == 8 else v for n, v in enumerate(V)]
    found.append(single("about", table(months(36), cells, header="Month,Sales"), V))
    fewer = [f">{v}" if n == 4 else "<1" if n == 9 else v for n, v in enumerate(V)]
    wanted = [NAN if n in (4, 9) else v for n, v in enumerate(V)]
    found.append(single("more or less than", table(months(36), fewer, header="Month,Sales"), wanted))
    return found
