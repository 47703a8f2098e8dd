"""Crosstabs: the printed table of 2024 rebuilt case by case, the small study by hand, odd tables."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from constellary.errors import UnknownName, UsageError
from constellary.statistics.crosstab import Crosstab, crosstab
from constellary.study.codebook import Category, Codebook, Variable
from constellary.study.derive import build_frames
from constellary.study.frames import Frames

MOTIVATION = ("knowledge", "green", "supply", "services")
FOCUS = ("items", "ecosystem", "environment")
COUNTS = [[68, 9, 17], [73, 9, 9], [33, 0, 4], [46, 23, 18]]


def _frames(rows: list[tuple[str | None, str | None]]) -> Frames:
    """Alliances with the given pairs of values, and no partners."""
    codebook = Codebook(
        "print",
        "A printed table",
        tuple(
            Variable(
                name, "alliance", "single", name.title(), "", tuple(Category(v, v.title()) for v in values)
            )
            for name, values in (("motivation", MOTIVATION), ("focus", FOCUS))
        ),
    )
    alliances = pl.DataFrame(
        [(f"a{number:04}", *row) for number, row in enumerate(rows)],
        schema={"id": pl.String, "motivation": pl.String, "focus": pl.String},
        orient="row",
    )
    nobody = pl.DataFrame(schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32})
    return build_frames(
        codebook,
        alliances=alliances,
        partners=nobody,
        firms=pl.DataFrame(schema={"firm": pl.String}),
        sources=None,
        codings=None,
    )


def _rows(counts: list[list[int]]) -> list[tuple[str | None, str | None]]:
    return [
        (MOTIVATION[i], FOCUS[j])
        for i, row in enumerate(counts)
        for j, count in enumerate(row)
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def printed() -> Frames:
    """Carrillo, Vallejo and Gomis (2024), Table 2, as 309 alliances, and three with a value missing."""
    return _frames([*_rows(COUNTS), (None, "items"), ("green", None), (None, None)])


@pytest.fixture(scope="module")
def table_2(printed: Frames) -> Crosstab:
    return crosstab(printed, "motivation", "focus")


def test_the_printed_row_percentages_come_back(table_2: Crosstab) -> None:
    """Table 2 of the article: row percentages with two decimals."""
    shares = table_2.cells.get_column("row_share").to_numpy().reshape(4, 3) * 100
    expected = [[72.34, 9.57, 18.09], [80.22, 9.89, 9.89], [89.19, 0.00, 10.81], [52.87, 26.44, 20.69]]
    assert shares == pytest.approx(np.array(expected), abs=0.005)


def test_margins_equal_frequencies_of_pspp(table_2: Crosstab) -> None:
    """PSPP FREQUENCIES, valid percent: 30.4 29.4 12.0 28.2 and 71.2 13.3 15.5."""
    rows = [100 * share for share in table_2.row_totals["share"]]
    columns = [100 * share for share in table_2.column_totals["share"]]
    assert rows == pytest.approx([30.4, 29.4, 12.0, 28.2], abs=0.05)
    assert columns == pytest.approx([71.2, 13.3, 15.5], abs=0.05)
    assert table_2.column_totals["letter"].to_list() == ["A", "B", "C"]


def test_tests_residuals_and_letters_of_the_printed_table(table_2: Crosstab) -> None:
    """R: chisq.test 29.1513, df 6, p 5.695e-05; stdres; p.adjust(..., "holm")."""
    tests = table_2.tests
    assert tests is not None
    assert (round(tests.chi2, 4), tests.df, tests.n) == (29.1513, 6, 309)
    cell = table_2.cells.row(9, named=True)
    assert (cell["row"], cell["column"], cell["count"]) == ("services", "items", 46)
    assert cell["residual"] == pytest.approx(-4.452779503961, abs=1e-12)
    assert cell["p"] == pytest.approx(0.000101718948008, abs=1e-15)
    assert cell["expected"] == pytest.approx(61.9417475728, abs=1e-10)
    # R: pairwise.prop.test(t[4, ], colSums(t), "bonferroni", correct = FALSE): 8e-06, .0437, .238
    letters = table_2.cells.filter(pl.col("row") == "services")["letters"].to_list()
    assert letters == ["", "A", "A"]


def test_missing_cases_are_counted_and_named(table_2: Crosstab) -> None:
    assert (table_2.n, table_2.missing, table_2.total) == (309, 3, 312)
    assert table_2.missing_evidence == ("a0309", "a0310", "a0311")
    assert "n = 309 of 312 alliances; in 3 either value is missing." in table_2.remarks


def test_every_cell_knows_its_alliances(table_2: Crosstab) -> None:
    assert table_2.cells["evidence"].list.len().to_list() == np.array(COUNTS).ravel().tolist()
    everyone = sorted(id_ for ids in table_2.cells["evidence"] for id_ in ids)
    assert everyone == [f"a{number:04}" for number in range(309)]
    assert table_2.row_totals["evidence"].list.len().to_list() == [94, 91, 37, 87]
    assert table_2.column_totals["evidence"].list.len().to_list() == [220, 41, 48]


def test_tables_are_as_in_a_journal(table_2: Crosstab) -> None:
    tables = table_2.tables()
    assert list(tables) == ["table", "counts", "residuals", "letters", "tests"]
    table = tables["table"]
    assert table.columns == ["Motivation", "n", "Items", "Ecosystem", "Environment"]
    assert table.row(4)[:2] == ("All", 309)
    assert table.row(4)[2:] == pytest.approx((220 / 309, 41 / 309, 48 / 309))
    assert tables["counts"].row(2) == ("Supply", 37, 33, 0, 4)
    assert tables["tests"]["statistic"].to_list()[0] == "Pearson chi-square"


def test_numbers_are_plain_and_keyed_by_value(table_2: Crosstab) -> None:
    numbers = json.loads(json.dumps(table_2.numbers(), allow_nan=False))
    assert numbers["cells"]["supply"]["ecosystem"]["count"] == 0
    assert numbers["tests"]["exact"]["draws"] == 100_000
    assert numbers["rows"]["green"]["count"] == 91
    assert table_2.counts().tolist() == COUNTS


def test_an_empty_row_is_shown_dropped_from_the_tests_and_said() -> None:
    counts = [COUNTS[0], [0, 0, 0], COUNTS[2], COUNTS[3]]
    table = crosstab(_frames(_rows(counts)), "motivation", "focus", draws=100)
    assert table.tests is not None
    assert (table.tests.rows, table.tests.df) == (3, 4)
    row = table.cells.filter(pl.col("row") == "green")
    assert row["count"].to_list() == [0, 0, 0]
    assert row["row_share"].to_list() == [None] * 3
    assert row["residual"].to_list() == [None] * 3
    assert "Without any case and left out of the tests: Green." in table.remarks


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_rows([[3, 4, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0]]), "Only one row"),
        (_rows([[3, 0, 0], [4, 0, 0], [0, 0, 0], [0, 0, 0]]), "Only one column"),
        ([("green", None)], "empty"),
        ([], "empty"),
    ],
)
def test_a_table_with_nothing_to_compare_says_why_it_has_no_test(
    rows: list[tuple[str | None, str | None]], reason: str
) -> None:
    table = crosstab(_frames(rows), "motivation", "focus")
    assert table.tests is None
    assert table.untested is not None
    assert reason in table.untested
    assert table.untested in table.remarks
    assert set(table.cells["residual"]) == {None}
    assert list(table.tables()) == ["table", "counts"]
    json.dumps(table.numbers(), allow_nan=False)


def test_a_sparse_table_points_to_the_exact_p(tiny: Frames) -> None:
    table = crosstab(tiny, "purpose", "depth", draws=1000)
    assert table.counts().tolist() == [[1, 1], [2, 0], [1, 0]]
    assert any("Monte Carlo p rather than" in remark for remark in table.remarks)


def test_two_firm_variables_count_the_firms_that_sign(tiny: Frames) -> None:
    table = crosstab(tiny, "kind", "era", draws=100)
    assert table.unit == "firm"
    assert table.counts().tolist() == [[3, 0], [0, 1], [0, 0]]
    assert (table.n, table.missing) == (4, 2)
    assert table.missing_evidence == ("a3", "a4", "a5")
    assert table.cells["evidence"][0].to_list() == ["a1", "a2", "a4", "a5", "a6"]


def test_a_firm_variable_and_an_alliance_variable_count_partners_without_a_test(tiny: Frames) -> None:
    table = crosstab(tiny, "kind", "purpose")
    assert (table.unit, table.tests) == ("partner", None)
    # flag: a1 x 2, a2 x 3 (network), a4 (loyalty), a6 (cost); low cost: a3, a6; rail: a3, a4
    assert table.counts().tolist() == [[5, 1, 1], [0, 2, 0], [0, 1, 1]]
    assert (table.n, table.total) == (11, 13)
    assert table.missing_evidence == ("a5",)
    assert table.cells["evidence"][0].to_list() == ["a1", "a2"]
    assert crosstab(tiny, "purpose", "kind").counts().T.tolist() == table.counts().tolist()


def test_multiple_choice_is_counted_without_a_test(tiny: Frames) -> None:
    table = crosstab(tiny, "depth", "routes")
    assert table.tests is None
    assert "several values" in (table.untested or "")
    # codeshare: a1 atlantic, a4 rail; equity: a2 atlantic and pacific, a5 pacific
    assert table.counts().tolist() == [[1, 0, 1], [1, 2, 0]]
    assert table.row_totals["count"].to_list() == [2, 2]
    assert table.cells["row_share"].to_list() == [0.5, 0.0, 0.5, 0.5, 1.0, 0.0]
    assert table.n == 4


def test_two_categories_with_one_label_make_two_columns(printed: Frames) -> None:
    twins = tuple(
        replace(v, categories=tuple(replace(c, label="Same") for c in v.categories))
        for v in printed.codebook.variables
    )
    frames = replace(printed, codebook=replace(printed.codebook, variables=twins))
    columns = crosstab(frames, "motivation", "focus", draws=10).tables()["table"].columns
    assert columns == ["Motivation", "n", "Same", "Same (ecosystem)", "Same (environment)"]


def test_mistakes_are_refused(tiny: Frames) -> None:
    with pytest.raises(UsageError, match="not crossed with itself"):
        crosstab(tiny, "purpose", "purpose")
    with pytest.raises(UnknownName, match="depth"):
        crosstab(tiny, "purpose", "dept")
    with pytest.raises(UsageError, match="holm"):
        crosstab(tiny, "purpose", "depth", adjust="sidak")  # type: ignore[arg-type] # the mistake under test


@pytest.mark.parametrize(("row", "column"), [("purpose", "depth"), ("kind", "era"), ("kind", "year")])
def test_order_of_rows_does_not_matter(tiny: Frames, row: str, column: str) -> None:
    shuffled = replace(
        tiny,
        alliances=tiny.alliances.reverse(),
        partners=tiny.partners.reverse(),
        firms=tiny.firms.reverse(),
    )
    table, other = (crosstab(frames, row, column, draws=500) for frames in (tiny, shuffled))
    assert table.numbers() == other.numbers()
    assert table.cells.equals(other.cells)


def test_the_open_data_are_counted_as_python_counts_them(automotive: Frames) -> None:
    table = crosstab(automotive, "place", "motivation", draws=100)
    pairs = automotive.alliances.select("place", "motivation").iter_rows()
    expected = Counter(pair for pair in pairs if None not in pair)
    cells = table.cells.filter(pl.col("count") > 0).select("row", "column", "count").iter_rows()
    assert {(row, column): count for row, column, count in cells} == expected
    assert (table.n, table.missing) == (508, 279)


def test_open_text_is_no_variable_to_cross(automotive: Frames) -> None:
    with pytest.raises(UsageError, match="786 different values"):
        crosstab(automotive, "place", "summary")
