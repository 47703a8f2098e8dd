"""Every field of a table read as what the codebook says it is."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from constellary.exchange.readers.findings import ROW, TABLE, Findings
from constellary.exchange.readers.values import (
    as_list,
    choice_reader,
    many_reader,
    read_column,
    read_dates,
    read_positions,
    read_yes_no,
)
from constellary.study.codebook import Category, Codebook, Variable

_DATES = ("announced", "published")


def read_fields(frame: pl.DataFrame, codebook: Codebook, findings: Findings) -> pl.DataFrame:
    """Return the frame with dates, categories, positions and yes or no read; lists stay text until the end."""
    for field in _DATES:
        if field in frame.columns:
            frame = read_dates(frame, field, findings)
    if "position" in frame.columns:
        frame = read_positions(frame, "position", findings)
    if "sure" in frame.columns:
        frame = read_yes_no(frame, "sure", findings)
    for variable in codebook.variables:
        if variable.name in frame.columns:
            frame = _read_variable(frame, variable, findings)
    return frame


def _read_variable(frame: pl.DataFrame, variable: Variable, findings: Findings) -> pl.DataFrame:
    if variable.kind == "date":
        return read_dates(frame, variable.name, findings)
    if not variable.categories or variable.kind == "text":
        return frame
    reader = choice_reader(variable)
    if variable.kind == "multiple":
        reader = many_reader(reader)
    return read_column(frame, variable.name, findings, reader, kind="unknown-category")


def read_codings(frame: pl.DataFrame, codebook: Codebook, findings: Findings) -> pl.DataFrame:
    """Return codings with the variable by its name, and each value read as that variable's."""
    variables = {variable.name: variable for variable in codebook.of_level("alliance")}
    # A variable's name is read as a category is: by name or label, with near ones named.
    asked = Variable(
        "variable",
        "alliance",
        "single",
        "Variable",
        categories=tuple(Category(variable.name, variable.label) for variable in variables.values()),
    )
    reader = choice_reader(asked)
    frame = read_column(frame, "variable", findings, reader, kind="unknown-variable", missing=False)
    parts = [frame.filter(pl.col("variable").is_null())]
    for (name,), part in (
        frame.drop_nulls("variable").partition_by("variable", maintain_order=True, as_dict=True).items()
    ):
        asked = replace(variables[str(name)], name="value")
        read = _read_variable(part, asked, findings)
        if asked.kind == "multiple":
            read = read.with_columns(as_list("value").list.join(";"))
        parts.append(read)
    return pl.concat(parts).sort(TABLE, ROW, maintain_order=True)


def lists_made(frame: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Return the frame with multiple-choice fields and aliases as List(String)."""
    names = {variable.name for variable in codebook.variables if variable.kind == "multiple"} | {"aliases"}
    return frame.with_columns(as_list(name) for name in frame.columns if name in names)
