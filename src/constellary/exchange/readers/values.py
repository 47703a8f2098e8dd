"""What cells mean: dates, categories by value or label, lists, whole numbers, yes and no.

Each function reads one column of a frame that carries `_table` and `_row`, works on its distinct texts, and
returns the frame with the column replaced. What cannot be read becomes null and a problem.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.dates import order_of, read_date
from constellary.exchange.readers.findings import TABLE, Findings, counted
from constellary.exchange.readers.headers import normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.study.codebook import Variable

_MISSING = frozenset({"-", "–", "—", "n/a", "n.a.", "na", "#n/a", "null", "nan", "."})
_YES = frozenset(["y", "yes", "true", "1", "s", "si", "j", "ja", "o", "oui", "sim", "v", "vero", "x", "sure"])
_NO = frozenset(["n", "no", "false", "0", "nein", "non", "nao", "f", "falso", "unsure"])

Outcome = tuple[str | None, str | None]
"""What a text means, and why it cannot be read."""


def is_missing(text: str) -> bool:
    """Tell whether a text is a way of writing that a value is missing.

    Examples
    --------
    >>> is_missing("N/A"), is_missing("–"), is_missing("none of these")
    (True, True, False)
    """
    return text.casefold() in _MISSING


def read_column(
    frame: pl.DataFrame,
    field: str,
    findings: Findings,
    read: Callable[[str], Outcome],
    *,
    kind: str,
    missing: bool = True,
) -> pl.DataFrame:
    """Return the frame with each text of a column replaced by what `read` makes of it.

    Parameters
    ----------
    frame, field, findings
        The column, and where problems go.
    read
        From a text to its meaning or the reason why it has none.
    kind
        The problems' kind.
    missing
        Whether `-`, `n/a` and their like mean that there is no value.
    """
    texts = frame[field].drop_nulls().unique()
    means: dict[str, str | None] = {}
    faults: dict[str, str] = {}
    gone: list[str] = []
    for text in texts:
        meaning, fault = read(text)
        if fault and missing and is_missing(text):
            gone.append(text)
            means[text] = None
        elif fault:
            faults[text] = fault
            means[text] = None
        elif meaning != text:
            means[text] = meaning
    if faults:
        bad = frame.filter(pl.col(field).is_in(list(faults)))
        findings.rows(bad, column=field, kind=kind, message=lambda row: faults[str(row[field])], value=field)
    if gone:
        _note_missing(frame.filter(pl.col(field).is_in(gone)), field, sorted(gone), findings)
    if not means:
        return frame
    table = pl.DataFrame(
        {field: list(means), "_means": list(means.values())}, schema={field: pl.String, "_means": pl.String}
    ).with_columns(pl.lit(value=True).alias("_read"))
    joined = frame.join(table, on=field, how="left", maintain_order="left")
    meant = pl.when(pl.col("_read")).then(pl.col("_means")).otherwise(pl.col(field))
    return joined.with_columns(meant.alias(field)).drop("_means", "_read")


def read_dates(frame: pl.DataFrame, field: str, findings: Findings) -> pl.DataFrame:
    """Return the frame with a column of dates in ISO, as exact as they were given.

    In each table the dates that have one reading decide those that have two, where they agree.
    """
    parts = []
    for part in frame.partition_by(TABLE, maintain_order=True):
        origin = findings.origins[part[TABLE][0]]
        texts = part[field].drop_nulls().unique().sort().to_list()
        order = order_of(texts)
        if order and (settled := sum(read_date(text).ambiguous for text in texts)):
            findings.note(
                f"{origin.file}, column '{origin.header(field)}': {settled:,} different dates such as 03/04/2021 "
                f"were read with the {order} first, as the other dates of the column are."
            )

        def read(text: str, order: object = order) -> Outcome:
            reading = read_date(text, order)  # type: ignore[arg-type]  # bound early as object
            return (reading.iso or None, reading.fault or None)

        parts.append(read_column(part, field, findings, read, kind="date"))
    return pl.concat(parts) if parts else frame


def choice_reader(variable: Variable) -> Callable[[str], Outcome]:
    """Return how to read one category of a variable: by value or label, case and accents aside."""
    exact = {category.label: category.value for category in variable.categories}
    exact |= {category.value: category.value for category in variable.categories}
    loose: dict[str, set[str]] = {}
    for text, value in exact.items():
        loose.setdefault(normalise(text), set()).add(value)

    def read(text: str) -> Outcome:
        if text in exact:
            return exact[text], None
        values = loose.get(normalise(text), set())
        if len(values) == 1:
            return next(iter(values)), None
        near = get_close_matches(text[:100].casefold(), [name.casefold() for name in exact], n=1, cutoff=0.7)
        meant = next((name for name in exact if near and name.casefold() == near[0]), "")
        hint = f"did you mean '{meant}'? " if meant else ""
        shown = list(variable.values[:12])
        more = f" ... ({len(variable.values)} in all)" if len(variable.values) > 12 else ""
        return None, f"{hint}expected one of {', '.join(shown)}{more}"

    return read


def many_reader(read: Callable[[str], Outcome]) -> Callable[[str], Outcome]:
    """Return how to read several categories joined by `;`."""

    def read_many(text: str) -> Outcome:
        values: dict[str, None] = {}
        for item in split_list(text):
            value, fault = read(item)
            if fault:
                return None, f"'{item[:40]}': {fault}"
            if value is not None:
                values[value] = None
        return ";".join(values) or None, None

    return read_many


def split_list(text: str) -> list[str]:
    """Return the items of a list: separated by `;` or line breaks, trimmed, each once, none empty.

    Examples
    --------
    >>> split_list("battery; solid-state;;battery")
    ['battery', 'solid-state']
    """
    items = (item.strip() for item in text.replace("\n", ";").split(";"))
    return list(dict.fromkeys(item for item in items if item))


def as_list(field: str) -> pl.Expr:
    """Return the expression of `split_list` over a column; an empty list is null."""
    items = pl.col(field).str.replace_all("\n", ";", literal=True).str.split(";")
    items = items.list.eval(pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != ""))
    items = items.list.unique(maintain_order=True)
    return pl.when(items.list.len() > 0).then(items).alias(field)


def read_yes_no(frame: pl.DataFrame, field: str, findings: Findings) -> pl.DataFrame:
    """Return the frame with a Boolean column, from y and n in several languages."""

    def read(text: str) -> Outcome:
        plain = normalise(text)
        if plain in _YES or plain in _NO:
            return ("y" if plain in _YES else "n"), None
        return None, "expected y or n"

    read_frame = read_column(frame, field, findings, read, kind="yes-no")
    return read_frame.with_columns(pl.col(field) == "y")


def read_positions(frame: pl.DataFrame, field: str, findings: Findings) -> pl.DataFrame:
    """Return the frame with an Int32 column of positions, from 1."""
    number = pl.col(field).str.replace(r"\.0$", "").cast(pl.Int32, strict=False)
    bad = frame.filter(pl.col(field).is_not_null() & (number.is_null() | (number < 1)))
    findings.rows(bad, column=field, kind="position", message="expected a whole number from 1", value=field)
    return frame.with_columns(pl.when(number >= 1).then(number).alias(field))


def _note_missing(rows: pl.DataFrame, field: str, texts: list[str], findings: Findings) -> None:
    origin = findings.origins[rows[TABLE][0]]
    findings.note(
        f"{origin.file}, column '{origin.header(field)}': {', '.join(repr(text) for text in texts)} "
        f"taken as missing in {counted(rows.height, 'cell')}."
    )
