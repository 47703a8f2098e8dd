"""The layouts of an alliance table, made one: alliances, and beside them their partners, sources and firms.

Partners stand as one column of names joined by `;`, as `partner_1`, `partner_2` ..., as one row for each
partner with the alliance repeated, or in a table of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from constellary.exchange.readers.doubts import doubt_separators
from constellary.exchange.readers.extract import partner_fields
from constellary.exchange.readers.findings import FIELD, ROW, TABLE, Findings
from constellary.exchange.readers.merging import drop_identical, merge_rows, report_repeats
from constellary.exchange.readers.urls import split_urls

Layout = Literal["list", "columns", "rows", "plain"]

LAYOUT_WORDS: dict[str, str] = {
    "list": "partners in one column, joined by ';'",
    "columns": "partners in numbered columns",
    "rows": "one row for each partner, the alliance repeated",
    "plain": "alliances without partners",
}
_ID_LIKE = r"^[^\s]+$"
TEMPORARY = "\0"
"""Begins the id of an alliance whose table has none, until it gets one; no text of a file has this sign."""


@dataclass(frozen=True)
class Parts:
    """What an alliance table holds: frames of text with `_table`, `_row`, and `_field` where rows came of columns."""

    layout: Layout
    alliances: pl.DataFrame
    partners: pl.DataFrame | None = None
    sources: pl.DataFrame | None = None
    firms: pl.DataFrame | None = None


def layout_of(frame: pl.DataFrame) -> Layout:
    """Return the layout of an alliance table, judged by its fields and what stands in them."""
    if partner_fields(frame):
        return "columns"
    if "partners" in frame.columns:
        names = frame["partners"].drop_nulls()
        key = next((name for name in ("id", "alliance", "name") if name in frame.columns), None)
        repeated = key is not None and bool(frame[key].drop_nulls().is_duplicated().any())
        return "rows" if repeated and not names.str.contains("[;\n]").any() else "list"
    if "firm" in frame.columns:
        return "list" if frame["firm"].str.contains(";", literal=True).any() else "rows"
    return "plain"


def take_apart(frame: pl.DataFrame, firm_variables: frozenset[str], findings: Findings) -> Parts:
    """Return the parts of an alliance table whose values have been read.

    Problems
    --------
    An id that stands in two rows with different content, repeats of an alliance that disagree, an empty id.
    """
    layout = layout_of(frame)
    if layout == "list" and "partners" not in frame.columns:
        frame = _rename(frame, "firm", "partners", findings)
    if layout == "rows" and "firm" not in frame.columns:
        frame = _rename(frame, "partners", "firm", findings)
    frame = _with_id(frame, layout, findings)
    aside = {"partners", "firm", "position", "sources", *partner_fields(frame)}
    if layout == "rows":
        frame = frame.drop([name for name in ("partners",) if name in frame.columns])
        firm_fields = [name for name in frame.columns if name in firm_variables]
        own = [name for name in frame.columns if name not in {*aside, *firm_fields}]
        alliances = merge_rows(frame.select(own), ["id"], findings, called=findings.called)
        partners = frame.select(
            pl.col("id").alias("alliance"), "firm", *_present(frame, "position"), TABLE, ROW
        )
        firms = frame.select("firm", *firm_fields, TABLE, ROW) if firm_fields else None
        return Parts(layout, alliances, partners, _sources(frame), firms)
    content = [name for name in frame.columns if name not in (TABLE, ROW)]
    frame = drop_identical(frame, content, findings, what="alliance")
    report_repeats(
        frame,
        ["id"],
        findings,
        column="id",
        kind="duplicate-id",
        message=lambda _, place: f"{place} has the same id and other content; give each alliance its own id",
        value="id",
    )
    frame = frame.unique("id", keep="first", maintain_order=True)
    own = [name for name in frame.columns if name not in aside and name not in firm_variables]
    named: pl.DataFrame | None = None
    if layout == "list":
        doubt_separators(frame, findings)
    if layout != "plain":
        named = _from_list(frame) if layout == "list" else _from_columns(frame)
    return Parts(layout, frame.select(own), named, _sources(frame), None)


def _rename(frame: pl.DataFrame, old: str, new: str, findings: Findings) -> pl.DataFrame:
    """Rename a field, and the origin's header with it."""
    origin = findings.origins[frame[TABLE][0]]
    headers = dict(origin.headers)
    headers[new] = headers.pop(old, old)
    findings.origins[frame[TABLE][0]] = type(origin)(origin.file, origin.sheet, headers)
    return frame.drop([name for name in (new,) if name in frame.columns]).rename({old: new})


def _with_id(frame: pl.DataFrame, layout: Layout, findings: Findings) -> pl.DataFrame:
    """Return the frame with `id`, temporary where the table has none, and `name` from `alliance`."""
    if "alliance" in frame.columns:
        frame = _settle_alliance(frame, findings)
    if "id" in frame.columns:
        empty = frame.filter(pl.col("id").is_null())
        hint = "fill it in, or leave the column out: then ids are made"
        if layout == "rows":
            hint = "repeat the alliance's id in each of its rows"
        findings.rows(empty, column="id", kind="empty", message=f"the id of the alliance is empty; {hint}")
        return frame.filter(pl.col("id").is_not_null())
    if layout == "rows":
        if "name" not in frame.columns:
            empty = frame.head(1)
            message = "with one row for each partner, a column has to say which alliance a row belongs to (id or name)"
            findings.rows(empty, column="", kind="empty", message=message)
            return frame.clear().with_columns(pl.lit(None, pl.String).alias("id"))
        empty = frame.filter(pl.col("name").is_null())
        message = "the alliance's name is empty; repeat it in each of its rows"
        findings.rows(empty, column="name", kind="empty", message=message)
        frame = frame.filter(pl.col("name").is_not_null())
        number = pl.col("name").rank("dense").cast(pl.String)
    else:
        number = pl.int_range(1, pl.len() + 1).cast(pl.String)
    frame = frame.with_columns((pl.lit(TEMPORARY) + pl.col(TABLE).cast(pl.String) + "/" + number).alias("id"))
    if "name" in frame.columns:
        named = frame.select("id", "name").drop_nulls().unique("id", keep="first")
        findings.described |= {id_: f"alliance '{name}'" for id_, name in named.iter_rows()}
    return frame


def _settle_alliance(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """A column that is only called 'alliance' holds ids where none has a space, names otherwise."""
    others = {"id", "name"} & set(frame.columns)
    texts = frame["alliance"].drop_nulls()
    if "id" not in others and (texts.str.contains(_ID_LIKE).all() or "name" in others):
        return _rename(frame, "alliance", "id", findings)
    if "name" not in others:
        return _rename(frame, "alliance", "name", findings)
    return frame.drop("alliance")


def _from_list(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each name of the column `partners`, with its place in the list."""
    names = pl.col("partners").str.replace_all("\n", ";", literal=True).str.split(";")
    return (
        frame.select(pl.col("id").alias("alliance"), names.alias("firm"), TABLE, ROW)
        .drop_nulls("firm")
        .explode("firm")
        .with_columns(
            pl.col("firm").str.replace_all(r"\s+", " ").str.strip_chars(), pl.lit("partners").alias(FIELD)
        )
        .filter(pl.col("firm") != "")
        .with_columns(position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("alliance"))
    )


def _from_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each filled cell of `partner_1`, `partner_2` ..., with its place among them."""
    fields = partner_fields(frame)
    long = frame.select(pl.col("id").alias("alliance"), *fields, TABLE, ROW).with_row_index("_at")
    order = pl.DataFrame({FIELD: fields, "_order": range(len(fields))})
    return (
        long.unpivot(on=fields, index=["alliance", TABLE, ROW, "_at"], variable_name=FIELD, value_name="firm")
        .drop_nulls("firm")
        .join(order, on=FIELD)
        .sort("_at", "_order")
        .with_columns(position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("alliance"))
        .select("alliance", "firm", TABLE, ROW, FIELD, "position")
    )


def _sources(frame: pl.DataFrame) -> pl.DataFrame | None:
    """Return a row for each address in the column `sources`."""
    if "sources" not in frame.columns:
        return None
    return (
        frame.select(pl.col("id").alias("alliance"), split_urls("sources").alias("url"), TABLE, ROW)
        .drop_nulls("url")
        .explode("url")
        .with_columns(pl.lit("sources").alias(FIELD))
        .unique(["alliance", "url"], keep="first", maintain_order=True)
    )


def _present(frame: pl.DataFrame, *names: str) -> list[str]:
    return [name for name in names if name in frame.columns]
