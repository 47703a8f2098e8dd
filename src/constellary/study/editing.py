"""Editing: one alliance or firm, field by field, held to the codebook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError, UnknownName
from constellary.study.derive import STRUCTURE, table_schema
from constellary.study.history import RowChange
from constellary.study.names import folded, tidy
from constellary.study.stored import ENTITY_OF, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook, Variable
    from constellary.study.history import Changes

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
EDITABLE = {"alliances": "id", "firms": "firm"}


def edit(
    stored: Mapping[str, pl.DataFrame], codebook: Codebook, table: str, key: str, values: Mapping[str, object]
) -> tuple[Changes, str]:
    """Return the changes of an edit, and the edit in words.

    Parameters
    ----------
    stored
        The study's tables as stored.
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
    if table not in EDITABLE:
        raise UnknownName("table to edit", table, list(EDITABLE))
    column = EDITABLE[table]
    before = stored[table].filter(pl.col(column) == key)
    if before.is_empty():
        raise UnknownName(table[:-1], key, stored[table][column].to_list())
    schema = table_schema(codebook, table)
    known = {variable.name: variable for variable in codebook.variables}
    row = decoded(before, table, codebook)
    fields = {field.casefold(): field for field in schema if field != column}
    for given, value in values.items():
        name = fields.get(given.casefold())
        if name is None:
            raise UnknownName("field to edit", given, list(fields.values()))
        checked = _checked(known.get(name), name, value, many=schema[name] == pl.List(pl.String))
        row = row.with_columns(pl.Series(name, [checked], dtype=schema[name]))
    after = encoded(row, table, codebook)
    if after.rows() == before.rows():
        raise InputError(f"{key}: nothing would change.")
    return {ENTITY_OF[table]: [RowChange(before.row(0), after.row(0))]}, f"{', '.join(values)} of {key}"


def _checked(variable: Variable | None, name: str, value: object, *, many: bool) -> object:
    """Return the value if it fits.

    Raises
    ------
    InputError
        If it does not; the message says what would.
    """
    if value is None or value == "":
        return None
    if many:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InputError(f"'{name}' takes a list of texts.")
        if any(";" in item for item in value):
            raise InputError(f"'{name}': ';' separates values and cannot be within one.")
    elif not isinstance(value, str):
        raise InputError(f"'{name}' takes a text.")
    is_date = (
        (variable.kind == "date") if variable else (name == "announced" and name in STRUCTURE["alliances"])
    )
    if is_date and not DATE.fullmatch(str(value)):
        raise InputError(f"'{name}': a date is written 2021, 2021-05 or 2021-05-20, not '{value}'.")
    if isinstance(value, list):
        return [_category(variable, tidy(item)) for item in value] or None
    return _category(variable, tidy(str(value)))


def _category(variable: Variable | None, text: str) -> str:
    """Return the category that a text means, by value or label; a free text as it is.

    Raises
    ------
    InputError
        If the variable has categories and this is none of them.
    """
    if variable is None or not variable.categories or text in variable.values:
        return text
    for category in variable.categories:
        if folded(text) in (folded(category.value), folded(category.label)):
            return category.value
    raise InputError(str(UnknownName(f"category of '{variable.name}'", text, list(variable.values))))
