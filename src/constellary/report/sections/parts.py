"""Parts that several chapters use: a frequency as figure and table, a crosstab as figure and table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report import theme
from constellary.report.document import Column, Figure, Table
from constellary.report.figures import bars, heat_table
from constellary.report.inline import plain
from constellary.report.prose import inside, percent, plural

if TYPE_CHECKING:
    from constellary.report.document import Cell, Width
    from constellary.report.evidence import EvidenceBook
    from constellary.statistics.crosstab import Crosstab
    from constellary.statistics.frequency import Frequency

SIGNIFICANT = 0.05
EXPECTED = Column("Expected", "number")


def evidence_keys(book: EvidenceBook, result: Frequency) -> dict[str, str]:
    """Add the evidence of each category and return value -> key; a category without any has none."""
    return {
        row["value"]: book.add(
            result.variable, row["value"], title=f"{result.label}: {row['label']}", alliances=row["evidence"]
        )
        for row in result.rows.iter_rows(named=True)
        if row["evidence"]
    }


def frequency_figure(
    book: EvidenceBook,
    result: Frequency,
    *,
    caption: str,
    key: str = "",
    coloured: bool = False,
    width: Width = "full",
    top: int = 12,
) -> Figure:
    """Return a frequency as bars with Wilson intervals, each bar linked to its alliances."""
    keys = evidence_keys(book, result)
    rows = result.rows.head(top)
    frame = pl.DataFrame(
        {
            "label": rows["label"],
            "value": rows["share"],
            "low": rows["low"],
            "high": rows["high"],
            "count": rows["count"],
            "key": [keys.get(value) for value in rows["value"]],
            "colour": [theme.colour(n) if coloured else theme.BAR for n in range(rows.height)],
        }
    )
    units = "firms" if result.unit == "firm" else "alliances"
    said = "; ".join(f"{row['label']} {percent(row['value'])}" for row in frame.iter_rows(named=True))
    return Figure(
        key=key or result.variable,
        caption=caption,
        alt=f"Bars of the share of {units} by {inside(result.label)}: {said}.",
        spec=bars(frame, axis=f"Share of {units}", width=width),
        note=base_note(result),
        width=width,
    )


def base_note(result: Frequency) -> str:
    """Return what the shares are of and what the whiskers mean."""
    units = "firm" if result.unit == "firm" else "alliance"
    missing = f"; {result.missing:,} of {result.total:,} without a value" if result.missing else ""
    return f"n = {plural(result.n, units)}{missing}. Whiskers: Wilson 95% intervals."


def frequency_table(book: EvidenceBook, result: Frequency, *, caption: str, key: str = "") -> Table:
    """Return a frequency as a table: count, share, its interval, and the interval that holds for all together."""
    keys = evidence_keys(book, result)
    columns = (
        Column(result.label),
        Column("n", "int"),
        Column("Share", "share"),
        Column("95% interval", "share_interval"),
        Column("All together", "share_interval"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            row["label"],
            row["count"],
            row["share"],
            pair(row["low"], row["high"]),
            pair(row["simultaneous_low"], row["simultaneous_high"]),
        )
        for row in result.rows.iter_rows(named=True)
    ]
    evidence = {
        (number, 1): keys[value] for number, value in enumerate(result.rows["value"]) if value in keys
    }
    if result.kind != "multiple":
        rows.append(("All with a value", result.n, 1.0 if result.n else None, None, None))
    note = "Intervals: Wilson; *all together*: Goodman's, which hold jointly for all categories at 95%."
    if result.missing:
        note += f" {result.missing:,} of {result.total:,} have no value and are left out of the shares."
    return Table(
        key=key or result.variable,
        caption=caption,
        columns=columns,
        rows=tuple(rows),
        notes=(note,),
        evidence=evidence,
        totals=0 if result.kind == "multiple" else 1,
        shown=None if len(rows) <= 20 else 20,
    )


def pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    """Return the bounds as one value of a table; None where there is no interval."""
    return None if low is None or high is None else (low, high)


def cell_keys(book: EvidenceBook, result: Crosstab) -> dict[tuple[str, str], str]:
    """Add the evidence of each cell and return (row, column) -> key; an empty cell has none."""
    return {
        (cell["row"], cell["column"]): book.add(
            result.row,
            cell["row"],
            result.column,
            cell["column"],
            title=f"{result.row_label}: {cell['row_label']}; {result.column_label}: {cell['column_label']}",
            alliances=cell["evidence"],
        )
        for cell in result.cells.iter_rows(named=True)
        if cell["evidence"]
    }


def crosstab_figure(book: EvidenceBook, result: Crosstab, *, key: str, caption: str) -> Figure:
    """Return a crosstab as a table shaded by adjusted residuals, each cell linked to its alliances."""
    keys = cell_keys(book, result)
    cells = result.cells
    frame = pl.DataFrame(
        {
            "row": cells["row_label"],
            "column": cells["column_label"],
            "count": cells["count"],
            "share": cells["row_share"],
            "residual": cells["residual"],
            "significant": (cells["p"] < SIGNIFICANT).fill_null(value=False),
            "key": [keys.get(place) for place in cells.select("row", "column").iter_rows()],
        }
    )
    alt = f"Table of counts of {inside(result.row_label)} by {inside(result.column_label)}"
    if result.tests is not None:
        alt += ", each cell shaded by how far it is from what independence would give"
    return Figure(
        key=key,
        caption=caption,
        alt=f"{alt}.",
        spec=heat_table(frame, row_title=result.row_label, column_title=result.column_label),
        note="Counts, and row shares beneath."
        if result.tests is None
        else "Counts, and row shares beneath. An asterisk marks cells that differ from independence at 5% after "
        "Holm's correction for all cells.",
    )


def crosstab_table(book: EvidenceBook, result: Crosstab, *, key: str, caption: str) -> Table:
    """Return a crosstab as journals print it: n of each row and row shares, letters by column, totals."""
    keys = cell_keys(book, result)
    columns = [Column(result.row_label), Column("n", "int")]
    columns += [
        Column(f"{total['label']} ({total['letter']})", "share", group=result.column_label)
        for total in result.column_totals.iter_rows(named=True)
    ]
    columns.append(Column("All", "share"))
    rows: list[tuple[Cell, ...]] = []
    evidence = {}
    cells = {(cell["row"], cell["column"]): cell for cell in result.cells.iter_rows(named=True)}
    values = result.column_totals["value"].to_list()
    for number, total in enumerate(result.row_totals.iter_rows(named=True)):
        if total["evidence"]:
            title = f"{result.row_label}: {total['label']}"
            evidence[number, 1] = book.add(
                result.row, total["value"], "counted", title=title, alliances=total["evidence"]
            )
        shares = []
        for place, value in enumerate(values):
            cell = cells[total["value"], value]
            shares.append(cell["row_share"])
            if (total["value"], value) in keys:
                evidence[number, place + 2] = keys[total["value"], value]
        rows.append((total["label"], total["count"], *shares, 1.0 if total["count"] else None))
    for place, total in enumerate(result.column_totals.iter_rows(named=True)):
        if total["evidence"]:
            title = f"{result.column_label}: {total['label']}"
            evidence[len(rows), place + 2] = book.add(
                result.column, total["value"], "counted", title=title, alliances=total["evidence"]
            )
    rows.append(("All", result.n, *result.column_totals["share"], 1.0 if result.n else None))
    return Table(
        key=key,
        caption=caption,
        columns=tuple(columns),
        rows=tuple(rows),
        notes=tuple(plain(remark) for remark in result.remarks[:1]),
        evidence=evidence,
        totals=1,
    )


def crosstab_detail(book: EvidenceBook, result: Crosstab, *, key: str, caption: str) -> Table:
    """Return every number of every cell: shares of row, column and all, expected count, residual, letters."""
    keys = cell_keys(book, result)
    cells = result.cells.to_dicts()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            cell["row_label"],
            cell["column_label"],
            cell["count"],
            cell["row_share"],
            cell["column_share"],
            cell["total_share"],
            cell["expected"],
            cell["residual"],
            cell["p"],
            cell["letters"],
        )
        for cell in cells
    )
    columns = (
        Column(result.row_label),
        Column(result.column_label),
        Column("n", "int"),
        Column("row", "share", group="Share of"),
        Column("column", "share", group="Share of"),
        Column("all", "share", group="Share of"),
        EXPECTED,
        Column("Residual", "number"),
        Column("p (Holm)", "p"),
        Column("Letters"),
    )
    evidence = {
        (number, 2): keys[cell["row"], cell["column"]]
        for number, cell in enumerate(cells)
        if (cell["row"], cell["column"]) in keys
    }
    notes = tuple(plain(remark) for remark in result.remarks)
    # Without tests nothing is expected of a cell.
    width = len(columns) if result.tests is not None else columns.index(EXPECTED)
    return Table(
        key, caption, columns[:width], tuple(row[:width] for row in rows), notes=notes, evidence=evidence
    )
