"""Selections: the alliances of a period or that fit a condition, with all that belongs to them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName, UsageError
from constellary.study.conditions import Both, Comparison, Condition, Not, parse_condition
from constellary.study.frames import earlier, later
from constellary.study.names import firm_names, folded

if TYPE_CHECKING:
    from constellary.study.frames import Frames

MOMENT = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
NUMBERS = ("year", "size")
TEXTS = ("id", "name", "announced")


def select(
    frames: Frames, *, since: str | None = None, until: str | None = None, where: str | None = None
) -> Frames:
    """Return the frames of a selection of alliances; firms stay whole.

    A date that is less exact than the limit counts as inside if it may be: an alliance of `2021` is both
    since `2021-05` and until `2021-05`. An alliance without a date is outside of any period.

    Raises
    ------
    UsageError
        If a limit is no date or the condition cannot be understood.
    """
    if since and until and str(since) > f"{until}~":
        raise UsageError(f"'since {since}' is after 'until {until}': no alliance can be in between.")
    words = []
    keep = pl.Series([True], dtype=pl.Boolean).new_from_index(0, frames.alliances.height)
    for limit, sign, word in ((since, ">=", "since"), (until, "<=", "until")):
        if limit is not None:
            keep &= _within(frames.alliances, str(limit), sign, word)
            words.append(f"{word} {limit}")
    if where is not None and where.strip():
        keep &= fits(frames, parse_condition(where)).fill_null(value=False)
        words.append(f"where {where.strip()}")
    if not words:
        return frames
    alliances = frames.alliances.filter(keep)
    ids = alliances.select(pl.col("id").alias("alliance"))
    return replace(
        frames,
        alliances=alliances,
        partners=_of(frames.partners, ids),
        sources=_of(frames.sources, ids),
        codings=_of(frames.codings, ids),
        selection=", ".join([frames.selection, *words] if frames.selection else words),
        since=later(frames.since, since),
        until=earlier(frames.until, until),
    )


def _of(frame: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("alliance").is_in(ids["alliance"].implode()))


def _within(alliances: pl.DataFrame, limit: str, sign: str, word: str) -> pl.Series:
    if not MOMENT.fullmatch(limit):
        raise UsageError(f"'{word} {limit}': a date is written 2021, 2021-05 or 2021-05-20.")
    announced = pl.col("announced")
    known = announced.str.slice(0, len(limit))
    # Compare as far as both are known.
    bound = pl.lit(limit).str.slice(0, announced.str.len_chars())
    inside = known >= bound if sign == ">=" else known <= bound
    return alliances.select(inside.fill_null(value=False)).to_series()


def fits(frames: Frames, condition: Condition) -> pl.Series:
    """Return for each alliance whether a condition holds; null where that hangs on a missing value."""
    if isinstance(condition, Not):
        return ~fits(frames, condition.part)
    if isinstance(condition, Both):
        found = fits(frames, condition.parts[0])
        for part in condition.parts[1:]:
            other = fits(frames, part)
            found = (found & other) if condition.word == "and" else (found | other)
        return found
    return _compare(frames, condition)


def _compare(frames: Frames, condition: Comparison) -> pl.Series:
    name = _variable(frames, condition.name)
    condition = replace(condition, name=name)
    if name == "firm" or any(item.name == name and item.level == "firm" for item in frames.codebook.items):
        return _any_partner(frames, condition)
    return frames.alliances.select(_expression(frames, condition, pl.col(name))).to_series()


def _variable(frames: Frames, text: str) -> str:
    """Return the variable that a name or label means, in any case.

    Raises
    ------
    UnknownName
        If there is none; the message names near ones.
    """
    own = (*NUMBERS, *TEXTS, "firm")
    names = [item.name for item in frames.codebook.items]
    if text not in names and text.casefold() in own:
        return text.casefold()
    try:
        return frames.codebook.find(text).name
    except UnknownName:
        raise UnknownName("variable", text, sorted({*own, *names})) from None


def _any_partner(frames: Frames, condition: Comparison) -> pl.Series:
    name = condition.name
    column = pl.col(name)
    if name == "firm":
        condition = replace(condition, values=tuple(_firm(frames, value) for value in condition.values))
        rows = frames.partners
    else:
        rows = frames.partners.join(frames.firms.select("firm", name), on="firm", how="left")
    found = rows.select("alliance", _expression(frames, condition, column).alias("fits"))
    by_alliance = found.group_by("alliance").agg(pl.col("fits").any(ignore_nulls=False))
    joined = frames.alliances.select("id").join(
        by_alliance, left_on="id", right_on="alliance", how="left", maintain_order="left"
    )
    return joined["fits"]


def _firm(frames: Frames, text: str) -> str:
    """Return the firm that a name or alias means.

    Raises
    ------
    UnknownName
        If the study has no such firm; the message names near ones.
    """
    firms = set(frames.firms["firm"])
    found = text if text in firms else firm_names(frames.firms).get(folded(text))
    if found is None:
        raise UnknownName("firm", text, sorted(firms))
    return found


def _expression(frames: Frames, condition: Comparison, column: pl.Expr) -> pl.Expr:
    """Return the comparison as an expression over one column."""
    name, sign = condition.name, condition.sign
    if sign == "missing":
        return column.is_null()
    if name in NUMBERS:
        return _ordered(column, sign, [_number(name, value) for value in condition.values])
    values = [_value(frames, name, value) for value in condition.values]
    if frames.alliances.schema.get(name) == pl.List(pl.String):
        if sign not in ("=", "!=", "in"):
            raise UsageError(f"'{name}' has no order: use =, != or in.")
        has = pl.any_horizontal(column.list.contains(value) for value in values)
        return ~has if sign == "!=" else has
    return _ordered(column, sign, values)


def _ordered(column: pl.Expr, sign: str, values: list[str] | list[int]) -> pl.Expr:
    if sign == "in":
        return column.is_in(values)
    compare = {
        "=": column.eq,
        "!=": column.ne,
        "<": column.lt,
        "<=": column.le,
        ">": column.gt,
        ">=": column.ge,
    }
    return compare[sign](values[0])


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise UsageError(f"'{name}' is a whole number; '{value}' is none.") from None


def _value(frames: Frames, name: str, text: str) -> str:
    """Return the category that a text means, by value or label; free values are taken as written.

    Raises
    ------
    UnknownName
        If the variable has categories and this is none of them.
    """
    if name in TEXTS or name == "firm":
        return text
    labels = frames.codebook.labels(name)
    wanted = folded(text)
    for value, label in labels.items():
        if wanted in (folded(value), folded(label)):
            return value
    if labels:
        raise UnknownName(f"category of '{name}'", text, list(labels))
    return text
