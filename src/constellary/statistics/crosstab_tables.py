"""How a crosstab is printed: wide tables as in a journal, and the sentences beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.statistics.cases import PLURAL, say_cases

if TYPE_CHECKING:
    from collections.abc import Collection

    from constellary.statistics.crosstab import Crosstab
    from constellary.statistics.crosstab_tests import ContingencyTests


def crosstab_tables(table: Crosstab) -> dict[str, pl.DataFrame]:
    """Return the printable tables.

    `table`: one row a row category and a last row for all, with `n` and the row shares (0..1).
    `counts`: the same with counts. Where tested: `residuals` (adjusted), `letters`, and `tests` (one row a
    statistic: `statistic`, `value`, `df`, `p`, `low`, `high`).
    """
    shares = _wide(table, "row_share", table.column_totals.get_column("share"))
    counts = _wide(table, "count", table.column_totals.get_column("count"))
    tables = {"table": shares, "counts": counts}
    if table.tests is not None:
        tables["residuals"] = _wide(table, "residual", None)
        tables["letters"] = _wide(table, "letters", None)
        tables["tests"] = statistics_frame(table.tests)
    return tables


def statistics_frame(tests: ContingencyTests) -> pl.DataFrame:
    """Return the tests as rows: `statistic`, `value`, `df`, `p`, `low`, `high`; null where not defined.

    `low` and `high` bound the value of V, and the p of the Monte Carlo tests.
    """
    exact, fisher = tests.exact, tests.fisher
    rows = [
        ("Pearson chi-square", tests.chi2, tests.df, tests.p, None, None),
        ("Likelihood ratio", tests.likelihood_ratio, tests.df, tests.likelihood_ratio_p, None, None),
        ("Pearson chi-square, Monte Carlo", tests.chi2, None, exact.p, exact.low, exact.high),
        ("Fisher's exact test, Monte Carlo", None, None, fisher.p, fisher.low, fisher.high),
        ("Cramér's V", tests.cramers_v, None, None, tests.low, tests.high),
        ("Cramér's V, bias-corrected", tests.corrected_v, None, None, None, None),
    ]
    return pl.DataFrame(
        rows,
        schema={
            "statistic": pl.String,
            "value": pl.Float64,
            "df": pl.Int64,
            "p": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
        },
        orient="row",
    )


def _wide(table: Crosstab, measure: str, last: pl.Series | None) -> pl.DataFrame:
    """Return one row a row category, with `n` and one column a column category, perhaps a row for all."""
    columns = table.column_totals
    names = _headers(table.row_label, columns.get_column("label").to_list(), columns["value"].to_list())
    width = columns.height
    values = table.cells.get_column(measure)
    body: dict[str, pl.Series] = {
        names[0]: pl.concat(
            [table.row_totals.get_column("label"), _text(["All"] if last is not None else [])]
        ),
        "n": pl.concat(
            [
                table.row_totals.get_column("count"),
                pl.Series([table.n] if last is not None else [], dtype=pl.Int64),
            ]
        ),
    }
    for position, name in enumerate(names[1:]):
        column = values.gather_every(width, position) if width else values
        end = column.clear() if last is None else last.slice(position, 1).cast(column.dtype)
        body[name] = pl.concat([column, end])
    return pl.DataFrame(body)


def _text(values: list[str]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _headers(first: str, labels: list[str], values: list[str]) -> list[str]:
    """Return distinct column names: a label that is taken already carries its value."""
    taken = {"n"}
    names = []
    for label, value in zip([first, *labels], ["", *values], strict=True):
        name = label
        while name in taken:
            name = f"{name} ({value})" if value else f"{name} "
        taken.add(name)
        names.append(name)
    return names


TESTED = frozenset({"tests", "residuals", "letters"})
"""The printable tables that need sentences of their own."""


def crosstab_remarks(table: Crosstab, shown: Collection[str] = TESTED) -> tuple[str, ...]:
    """Return the sentences beneath the tables; of the tests, residuals and letters only where shown."""
    unit = PLURAL[table.unit]
    said = [
        f"n = {table.n:,} of {say_cases(table.total, table.unit)}; in {table.missing:,} either value is "
        "missing."
        if table.missing
        else f"n = {say_cases(table.n, table.unit)}, none with a missing value."
    ]
    if table.multiple:
        said.append(f"Several values are possible: shares are of {unit} and may add to more than 100%.")
    if table.untested:
        said.append(table.untested)
    if table.tests is not None:
        said += _test_remarks(table, table.tests) if "tests" in shown else []
        said += _cell_remarks(table, table.tests, shown)
    if table.selection:
        said.append(f"Selection: {table.selection}.")
    return tuple(said)


def _test_remarks(table: Crosstab, tests: ContingencyTests) -> list[str]:
    said = []
    dropped = [table.row_totals["label"][i] for i in tests.dropped_rows]
    dropped += [table.column_totals["label"][i] for i in tests.dropped_columns]
    if dropped:
        said.append(f"Without any case and left out of the tests: {', '.join(dropped)}.")
    if tests.sparse:
        said.append(
            f"{100 * tests.few_expected:.0f}% of the cells expect fewer than 5 cases (the least "
            f"{tests.least_expected:.2g}): read the Monte Carlo p rather than the chi-square's."
        )
    if tests.cramers_v > tests.high:
        said.append(
            "With so many cells for so few cases Cramér's V is too high, above its own interval: read the "
            "interval and the bias-corrected V."
        )
    said.append(
        f"Monte Carlo p: {tests.exact.draws:,} tables with the same totals, seed {tests.exact.seed}, its "
        f"interval at {100 * tests.exact.level:g}%. The interval of Cramér's V ({100 * tests.level:g}%) "
        "inverts the noncentral chi-square distribution."
    )
    return said


def _cell_remarks(table: Crosstab, tests: ContingencyTests, shown: Collection[str]) -> list[str]:
    said = []
    if "residuals" in shown:
        said.append(
            "Residuals are adjusted (about standard normal without association); their p are corrected for "
            "the number of cells (Holm)."
        )
    if "letters" in shown:
        rule = {"bonferroni": "Bonferroni", "holm": "Holm", "none": "no"}[table.adjust]
        said.append(
            f"Letters name the columns whose share in the row is smaller at {100 - 100 * tests.level:.2g}% "
            f"(z tests, {rule} correction within a row; shares of 0 and 100% are not compared)."
        )
    return said
