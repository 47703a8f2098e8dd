"""Alliances and firms as columns of numeric codes with labels: what SPSS and Stata both want."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.exchange.writers.tables import everything, joined
from constellary.exchange.writers.texts import ascii_text
from constellary.study.codebook import Codebook, Grouping, Level, Variable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.frames import Frames

MOST_TAGS = 60
"""Columns of 0 and 1 that a multiple choice with free tags gets at most: its commonest tags."""

NAME_LENGTH = 32
RESERVED = frozenset(
    {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}  # SPSS
    | {"byte", "double", "float", "if", "in", "int", "long", "strl", "using"}  # Stata
)

Measure = Literal["nominal", "ordinal", "scale"]


@dataclass(frozen=True)
class Column:
    """One variable of a labelled file.

    Attributes
    ----------
    name
        Valid in SPSS and in Stata: at most 32 ASCII letters, digits and `_`, a letter first.
    label
        Printed name.
    values
        Int32, String or Date; null is missing.
    labels
        Code -> label of a coded column; empty for the others.
    measure
        Level of measurement.
    """

    name: str
    label: str
    values: pl.Series
    labels: Mapping[int, str] = field(default_factory=dict)
    measure: Measure = "nominal"

    @property
    def missing(self) -> int | None:
        """The code that stands for missing where a format wants one: 9, 99, 999 ... beyond all codes."""
        if not self.labels:
            return None
        code = 9
        while code <= max(self.labels):
            code = code * 10 + 9
        return code


def alliance_columns(frames: Frames) -> list[Column]:
    """Return one row an alliance: what was entered, its partners in one text, and what is derived."""
    data = frames.alliances
    partners = frames.partners.group_by("alliance", maintain_order=True).agg(pl.col("firm").str.join("; "))
    names = data.select("id").join(
        partners, left_on="id", right_on="alliance", how="left", maintain_order="left"
    )
    columns = [
        Column("id", "Alliance", data["id"]),
        Column("name", "Name of the alliance", data["name"]),
        *_dates("announced", "Announced", data["announced"]),
        Column("year", "Year of announcement", data["year"], measure="scale"),
        Column("size", "Number of partners", data["size"], measure="scale"),
        Column("partners", "Partners", names["firm"]),
    ]
    return _named(columns + _asked(frames.codebook, "alliance", data))


def firm_columns(frames: Frames) -> list[Column]:
    """Return one row a firm: what was entered, and in how many alliances of the selection it is."""
    data = frames.firms
    counts = frames.partners.group_by("firm").agg(pl.col("alliance").n_unique().cast(pl.Int32).alias("n"))
    counted = data.select("firm").join(counts, on="firm", how="left", maintain_order="left")
    columns = [
        Column("firm", "Firm", data["firm"]),
        Column("aliases", "Other names", data.select(joined(data, "aliases", "firms")).to_series()),
        Column("parent", "Majority owner", data["parent"]),
        Column("alliances", "Number of alliances", counted["n"].fill_null(0), measure="scale"),
    ]
    return _named(columns + _asked(frames.codebook, "firm", data))


def _asked(codebook: Codebook, level: Level, data: pl.DataFrame) -> list[Column]:
    columns: list[Column] = []
    for item in everything(codebook):
        if item.level != level or item.name == "year":
            continue
        values = data[item.name]
        if isinstance(item, Variable) and item.kind == "multiple":
            columns.append(
                Column(item.name, item.label, data.select(joined(data, item.name, level)).to_series())
            )
            columns += _dummies(item, values)
        elif isinstance(item, Variable) and item.kind == "date":
            columns += _dates(item.name, item.label, values)
        elif isinstance(item, Grouping) and item.method == "year":
            columns.append(Column(item.name, item.label, values.cast(pl.Int32), measure="scale"))
        elif item.categories:
            columns.append(_coded(item, values))
        else:
            columns.append(Column(item.name, item.label, values))
    return columns


def _coded(item: Variable | Grouping, values: pl.Series) -> Column:
    """Return the categories as 1, 2, 3 ... in the codebook's order."""
    codes = {value: code for code, value in enumerate(item.values, 1)}
    labels = {code: category.label for code, category in enumerate(item.categories, 1)}
    ordered = isinstance(item, Grouping) and item.method == "size"
    numbers = values.replace_strict(codes, default=None, return_dtype=pl.Int32)
    return Column(item.name, item.label, numbers, labels, "ordinal" if ordered else "nominal")


def _dates(name: str, label: str, values: pl.Series) -> list[Column]:
    """Return a date as it was given, and as a day where it is exact to the day."""
    days = values.str.to_date("%Y-%m-%d", strict=False)
    return [
        Column(name, f"{label} (as exact as known)", values),
        Column(f"{name}_day", f"{label} (where the day is known)", days, measure="scale"),
    ]


def _dummies(item: Variable, values: pl.Series) -> list[Column]:
    """Return a column of 0 and 1 for each category, or for each of the commonest free tags.

    An alliance without any value is missing in all of them.
    """
    shown: Sequence[tuple[str, str]] = [(category.value, category.label) for category in item.categories]
    if not shown:
        counts = values.explode().drop_nulls().alias("tag").to_frame().group_by("tag").len()
        common = counts.sort(["len", "tag"], descending=[True, False])["tag"].head(MOST_TAGS)
        shown = [(tag, tag) for tag in common]
    return [
        Column(
            f"{item.name[: NAME_LENGTH - 4]}_{number}",
            f"{item.label}: {label}",
            values.list.contains(value).cast(pl.Int32),
            {0: "No", 1: "Yes"},
        )
        for number, (value, label) in enumerate(shown, 1)
    ]


def _named(columns: Sequence[Column]) -> list[Column]:
    names = valid_names([column.name for column in columns])
    return [
        Column(name, column.label, column.values, column.labels, column.measure)
        for name, column in zip(names, columns, strict=True)
    ]


def valid_names(names: Sequence[str]) -> list[str]:
    """Return the names as both SPSS and Stata take them, different from each other whatever the case.

    Examples
    --------
    >>> valid_names(["type", "Type", "2nd", "by", "país", "a_very_long_name_that_goes_on_and_on_and_on"])
    ['type', 'Type_2', 'v_2nd', 'v_by', 'pais', 'a_very_long_name_that_goes_on_an']
    """
    taken: set[str] = set()
    result = []
    for name in names:
        base = re.sub("[^A-Za-z0-9_]+", "_", ascii_text(name)).strip("_")
        if (
            not base
            or not base[0].isalpha()
            or base.lower() in RESERVED
            or re.fullmatch("(?i)str[0-9]+", base)
        ):
            base = f"v_{base}"
        base = free = base[:NAME_LENGTH].rstrip("_")
        number = 1
        while free.lower() in taken:
            number += 1
            free = f"{base[: NAME_LENGTH - len(str(number)) - 1]}_{number}"
        taken.add(free.lower())
        result.append(free)
    return result
