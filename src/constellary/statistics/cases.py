"""Cases and their values: what frequencies and crosstabs count, for alliances and for firms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.study.codebook import Category, Grouping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.codebook import Kind
    from constellary.study.frames import Frames

Unit = Literal["alliance", "firm", "partner"]
PLURAL: dict[Unit, str] = {"alliance": "alliances", "firm": "firms", "partner": "partners of alliances"}


def say_cases(count: int, unit: Unit) -> str:
    """Return a count with its unit.

    Examples
    --------
    >>> say_cases(1, "alliance"), say_cases(1200, "partner")
    ('1 alliance', '1,200 partners of alliances')
    """
    one = "partner of an alliance" if unit == "partner" else unit
    return f"{count:,} {one if count == 1 else PLURAL[unit]}"


@dataclass(frozen=True)
class Cases:
    """The values of one variable.

    Attributes
    ----------
    name, label, kind
        Of the variable or grouping; `year` and `size` are there in every study.
    unit
        `alliance`, or `firm` (those that sign an alliance of the selection).
    total
        Number of cases, those without a value included.
    values
        One row a case and value, sorted: `case`, `value` (String). A case occurs more than once only
        for multiple choice, each value of it once; cases without a value are absent.
    missing
        The cases without a value, sorted.
    categories
        As in the codebook, in order; empty for open values.
    numeric
        `year` or `size` where the values are whole numbers of that kind.
    """

    name: str
    label: str
    kind: Kind
    unit: Literal["alliance", "firm"]
    total: int
    values: pl.DataFrame
    missing: pl.Series
    categories: tuple[Category, ...]
    numeric: Literal["year", "size"] | None = None

    def ordered(self, counts: pl.DataFrame) -> list[Category]:
        """Return the categories of a table in order, each once, those that nobody has included.

        First the codebook's. Then what the codebook does not know, sorted; numbers and dates in their own
        order, years without a gap, free text and tags by count and then by name.

        Parameters
        ----------
        counts
            `value`, `count`: the values that were seen.
        """
        known = {category.value for category in self.categories}
        seen = dict(counts.select("value", "count").iter_rows())
        others = [value for value in seen if value not in known]
        if self.numeric:
            numbers = sorted(int(value) for value in others)
            if self.numeric == "year" and numbers:
                numbers = list(range(numbers[0], numbers[-1] + 1))
            others = [str(number) for number in numbers]
        elif self.categories or self.kind == "date":
            others.sort()
        else:
            others.sort(key=lambda value: (-seen[value], value))
        return [*self.categories, *(Category(value, value) for value in others)]


def cases(frames: Frames, variable: str) -> Cases:
    """Return the cases of a variable or grouping of either level, or of `year` or `size`.

    Raises
    ------
    UnknownName
        If the study has no such variable; the message names near ones.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = cases(example_frames(), "generation")  # a firm variable: firms are the cases
    >>> found.values.rows(), found.missing.to_list()
    ([('Algol', 'traditional'), ('Bellatrix', 'emergent')], ['Capella', 'Deneb', 'Electra'])
    """
    meaning = _meaning(frames, variable)
    frame, key = (frames.alliances, "id") if meaning.unit == "alliance" else (frames.signing, "firm")
    column = frame.select(pl.col(key).alias("case"), pl.col(meaning.name).alias("value"))
    values = _long(column)
    missing = column.join(values, on="case", how="anti").get_column("case").sort()
    return replace(meaning, total=frame.height, values=values, missing=missing)


def _meaning(frames: Frames, variable: str) -> Cases:
    """Return what the study knows of the variable, without its values."""
    nothing = pl.DataFrame(schema={"case": pl.String, "value": pl.String})
    absent = nothing.get_column("case")
    known = {item.name for item in frames.codebook.items}
    if variable == "year" and variable not in known:
        return Cases(variable, "Year", "single", "alliance", 0, nothing, absent, (), "year")
    if variable == "size" and variable not in known:
        return Cases(variable, "Number of partners", "single", "alliance", 0, nothing, absent, (), "size")
    found = frames.codebook.find(variable)
    numeric: Literal["year"] | None = (
        "year" if isinstance(found, Grouping) and found.method == "year" else None
    )
    return Cases(
        found.name, found.label, found.kind, found.level, 0, nothing, absent, found.categories, numeric
    )


def evidence_of(frames: Frames, unit: Unit, ids: pl.Series) -> list[str]:
    """Return the alliances behind a set of cases: themselves, or those that the firms sign; sorted.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> evidence_of(example_frames(), "firm", pl.Series(["Deneb", "Electra"]))
    ['a3', 'a4', 'a5']
    """
    if unit != "firm":
        return ids.unique().sort().to_list()
    behind = frames.partners.filter(pl.col("firm").is_in(ids.implode()))
    return behind.get_column("alliance").unique().sort().to_list()


def with_alliances(frames: Frames, unit: Unit, counted: pl.DataFrame) -> pl.DataFrame:
    """Return the table of cases with a column `alliance` beside each: one row a case and alliance."""
    if unit != "firm":
        return counted.with_columns(pl.col("case").alias("alliance"))
    memberships = frames.partners.select(pl.col("firm").alias("case"), "alliance").unique()
    return counted.join(memberships, on="case", how="left")


def evidence_by(frames: Frames, unit: Unit, counted: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return one row a combination of the columns `by` with `evidence`: its alliances, sorted."""
    pairs = with_alliances(frames, unit, counted).select(*by, "alliance").unique().drop_nulls("alliance")
    return pairs.group_by(*by).agg(pl.col("alliance").sort().alias("evidence"))


def _long(column: pl.DataFrame) -> pl.DataFrame:
    """Return one row a case and value; empty texts and lists are no value, repeated ones count once."""
    if isinstance(column.schema["value"], pl.List):
        column = column.explode("value")
    return (
        column.with_columns(pl.col("value").cast(pl.String))
        .filter(pl.col("value").is_not_null() & (pl.col("value") != ""))
        .unique()
        .sort("case", "value")
    )
