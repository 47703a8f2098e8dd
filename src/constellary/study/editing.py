"""Editing: the fields of one alliance or firm, held to the codebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError, Problem, ProblemsFound, UnknownName
from constellary.study.decisions import RowChange
from constellary.study.derive import STRUCTURE, table_schema
from constellary.study.names import folded, tidy
from constellary.study.rows import KEY_OF, as_stored, one_row
from constellary.study.stored import ENTITY_OF, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from constellary.study.codebook import Codebook, Variable
    from constellary.study.decisions import Changes, Row

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LONGEST = 10_000
"""Letters of one value at most; what is longer is no value of a field."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An edit that is worked out: the rows it changes, and what it is in words."""

    changes: Changes
    summary: str


def edit(
    connection: sa.Connection, codebook: Codebook, table: str, key: str, values: Mapping[str, object]
) -> Planned:
    """Return the edit of fields of one alliance or firm.

    Parameters
    ----------
    table
        `alliances` or `firms`.
    key
        Id of the alliance, or name of the firm.
    values
        Field -> new value: text, a list of texts for multiple choice and aliases, None for missing.

    Raises
    ------
    UnknownName
        If there is no such row or field.
    InputError
        If a value does not fit the codebook, or nothing would change.
    """
    if table not in KEY_OF:
        raise UnknownName("table to edit", table, list(KEY_OF))
    before = one_row(connection, table, key)
    known = fields_of(codebook, table)
    for name in values:
        if name.casefold() not in known:
            raise UnknownName("field to edit", name, list(known.values()))
    checked, problems = checked_values(codebook, table, values)
    if len(problems) == 1:
        raise InputError(problems[0].message)
    if problems:
        raise ProblemsFound(problems, what=key)
    change = changed_row(codebook, table, before, checked)
    if change is None:
        raise InputError(f"{key}: nothing would change.")
    return Planned({ENTITY_OF[table]: [change]}, f"{', '.join(values)} of {key}")


def fields_of(codebook: Codebook, table: str) -> dict[str, str]:
    """Return folded field -> field, of those that can be edited."""
    return {field.casefold(): field for field in table_schema(codebook, table) if field != KEY_OF[table]}


def checked_values(
    codebook: Codebook, table: str, values: Mapping[str, object]
) -> tuple[dict[str, object], list[Problem]]:
    """Return field -> value as it is kept, for those that fit, and a problem for each that does not.

    A problem's `column` is the field as it was given.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook
    >>> checked, problems = checked_values(Codebook("x", "X", ()), "alliances", {"announced": "May 2021"})
    >>> checked, problems[0].column
    ({}, 'announced')
    """
    schema = table_schema(codebook, table)
    known = {variable.name: variable for variable in codebook.variables}
    names = fields_of(codebook, table)
    checked: dict[str, object] = {}
    problems = []
    for given, value in values.items():
        name = names.get(given.casefold())
        if name is None:
            unknown = UnknownName("field to edit", given, list(names.values()))
            problems.append(Problem(str(unknown), column=given, kind="unknown-field"))
            continue
        try:
            checked[name] = checked_value(
                known.get(name), name, value, many=schema[name] == pl.List(pl.String)
            )
        except InputError as error:
            shown = value if isinstance(value, str) else ""
            problems.append(Problem(str(error), column=given, value=shown[:60], kind="invalid-value"))
    return checked, problems


def changed_row(
    codebook: Codebook, table: str, before: Row, checked: Mapping[str, object]
) -> RowChange | None:
    """Return the change of a stored row to checked values; None if it stays as it is."""
    schema = table_schema(codebook, table)
    row = decoded(as_stored([before], table), table, codebook)
    row = row.with_columns(pl.Series(name, [value], dtype=schema[name]) for name, value in checked.items())
    # A codebook may have got variables since the row was stored: compared is what the fields say.
    if row.equals(decoded(as_stored([before], table), table, codebook)):
        return None
    return RowChange(before, encoded(row, table, codebook).row(0))


def new_row(codebook: Codebook, table: str, key: str, checked: Mapping[str, object]) -> Row:
    """Return a new row as stored, with checked values and all others missing."""
    schema = table_schema(codebook, table)
    fields = {**checked, KEY_OF[table]: key}
    frame = pl.DataFrame([pl.Series(name, [fields.get(name)], dtype=kind) for name, kind in schema.items()])
    return encoded(frame, table, codebook).row(0)


def checked_value(variable: Variable | None, name: str, value: object, *, many: bool) -> object:
    """Return the value if it fits, as it is kept.

    Raises
    ------
    InputError
        If it does not; the message says what would.
    """
    if value is None or value == "":
        return None
    if isinstance(value, tuple):
        value = list(value)
    if many:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InputError(f"'{name}' takes a list of texts.")
        if any(";" in item for item in value):
            raise InputError(f"'{name}': ';' separates values and cannot be within one.")
    elif not isinstance(value, str):
        raise InputError(f"'{name}' takes a text.")
    texts = value if isinstance(value, list) else [value]
    if any(len(str(text)) > LONGEST or "\x00" in str(text) for text in texts):
        raise InputError(f"'{name}': a value has at most {LONGEST:,} letters, none of them a NUL.")
    is_date = (
        (variable.kind == "date") if variable else (name == "announced" and name in STRUCTURE["alliances"])
    )
    if is_date and not DATE.fullmatch(tidy(str(value))):
        raise InputError(f"'{name}': a date is written 2021, 2021-05 or 2021-05-20, not '{value}'.")
    if isinstance(value, list):
        return list(dict.fromkeys(category_of(variable, tidy(item)) for item in value if tidy(item))) or None
    return category_of(variable, tidy(str(value))) or None


def category_of(variable: Variable | None, text: str) -> str:
    """Return the category that a text means, by value or label; a free text as it is.

    Raises
    ------
    InputError
        If the variable has categories and this is none of them.
    """
    if variable is None or not text or not variable.categories or text in variable.values:
        return text
    for category in variable.categories:
        if folded(text) in (folded(category.value), folded(category.label)):
            return category.value
    raise InputError(str(UnknownName(f"category of '{variable.name}'", text, list(variable.values))))
