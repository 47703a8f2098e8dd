from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from constellary.cli.tables import TextColumn, draw_table, fitting
from constellary.cli.terminal import visible, width_of

TEXTS = st.text(max_size=60)


@example([["0" * 20, "", "0" * 19]], 40)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(40, 120))
def test_a_table_never_exceeds_its_width(rows: list[list[str]], width: int) -> None:
    cells = [tuple(visible(row[number])[:20] for row in rows) for number in range(3)]
    columns = [TextColumn(f"Head {number}", texts) for number, texts in enumerate(cells)]
    assert max(width_of(line) for line in draw_table(columns, width=width)) <= width


def test_a_table_is_aligned_between_rules() -> None:
    columns = [TextColumn("Firm", ("Ford", "比亚迪")), TextColumn("n", ("1,917", "–"), "right")]
    assert draw_table(columns, width=80) == [
        "Firm        n",
        "─────────────",
        "Ford    1,917",
        "比亚迪      –",
        "─────────────",
    ]


def test_a_wide_table_breaks_headings_first_then_folds_text() -> None:
    columns = [
        TextColumn("Name", ("a longer text that can be folded at its spaces",)),
        TextColumn("Share of all responses", ("12.3%",), "right"),
    ]
    assert draw_table(columns, width=42) == [
        "                                  Share of",
        "                                       all",
        "Name                             responses",
        "──────────────────────────────────────────",
        "a longer text that can be            12.3%",
        "folded at its spaces",
        "──────────────────────────────────────────",
    ]


def test_a_table_that_cannot_fit_repeats_its_first_column_in_panels() -> None:
    numbers = [TextColumn(f"measure{number}", ("1.234",), "right") for number in range(6)]
    lines = draw_table([TextColumn("Firm", ("Toyota",)), *numbers], width=40)
    heads = [line.split() for line in lines if line.startswith("Firm")]
    assert heads == [
        ["Firm", "measure0", "measure1", "measure2"],
        ["Firm", "measure3", "measure4", "measure5"],
    ]


def test_an_id_is_not_broken_so_that_it_can_be_copied() -> None:
    columns = [
        TextColumn("Name", ("a name that is rather long and takes most of the line",)),
        TextColumn("Id", ("qualcomm-salesforce-2023",)),
    ]
    assert any("qualcomm-salesforce-2023" in line for line in draw_table(columns, width=60))


def test_columns_that_do_not_fit_can_be_left_out_from_the_right() -> None:
    numbers = [TextColumn(f"measure{number}", ("1.234",), "right") for number in range(6)]
    kept = fitting([TextColumn("Firm", ("Toyota",)), *numbers], 40)
    assert [column.head for column in kept] == ["Firm", "measure0", "measure1", "measure2"]
