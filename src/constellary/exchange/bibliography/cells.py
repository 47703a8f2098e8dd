"""Fields of a record as cells of a table, and back."""

from __future__ import annotations

import re
from typing import Any

from constellary.literature.record import LISTS, NAMES, Name, Record

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARD = re.compile(r"'('*[=+\-@\t\r])")
_SPECIAL = re.compile(r"[\\;]")
_SPECIAL_IN_FAMILY = re.compile(r"[\\;,]")
_PIECE = re.compile(r"\\(.)|(; ?)|([^\\;]+|\\)", re.DOTALL)
_FAMILY = re.compile(r"((?:\\.|[^\\,])*)(?:, ?(.*))?", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
NUMBERS = ("year", "times_cited", "line")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; `unguarded` gives back what was there.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1"), guarded("1-2")
    ("'=1+1", "''=1", '1-2')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that `guarded` put before it.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _GUARD.match(cell) else cell


def cell_of(field: str, value: Any) -> str:
    r"""Return a field as a cell; what is missing is empty.

    Examples
    --------
    >>> print(cell_of("authors", (Name("Vallejo", "B."), Name("Acme, Inc."))), cell_of("keywords", ("a;b", "c")))
    Vallejo, B.; Acme\, Inc. a\;b; c
    """
    if value is None:
        return ""
    if field in NAMES:
        return "; ".join(map(_name_cell, value))
    if field in LISTS:
        return "; ".join(_SPECIAL.sub(r"\\\g<0>", one) for one in value)
    return "" if field == "line" and not value else str(value)


def value_of(field: str, cell: str) -> Any:
    r"""Return the value of a cell; None, or an empty tuple, where it holds none of the field's kind.

    Examples
    --------
    >>> value_of("authors", r"Vallejo, B.; Acme\, Inc."), value_of("year", "2020"), value_of("year", "n.d.")
    ((Name(family='Vallejo', given='B.'), Name(family='Acme, Inc.', given='')), 2020, None)
    """
    if field in NAMES:
        return tuple(name for one in _items(cell, keep=True) if (name := _name_of(one)))
    if field in LISTS:
        return tuple(one for one in _items(cell, keep=False) if one)
    if field in NUMBERS:
        digits = cell.strip().removesuffix(".0")  # what a spreadsheet makes of a number now and then
        return (
            int(digits)
            if digits.isascii() and digits.isdigit() and len(digits) < 10
            else Record._field_defaults[field]
        )
    return cell or Record._field_defaults[field]


def _name_cell(name: Name) -> str:
    family = _SPECIAL_IN_FAMILY.sub(r"\\\g<0>", name.family)
    given = _SPECIAL.sub(r"\\\g<0>", name.given)
    return f"{family}, {given}" if given else family


def _name_of(text: str) -> Name | None:
    found = _FAMILY.fullmatch(text)
    if found is None:
        return Name(text) if text else None
    family, given = (_ESCAPED.sub(r"\1", part or "") for part in found.groups())
    return Name(family, given) if family else Name(given) if given else None


def _items(cell: str, *, keep: bool) -> list[str]:
    """Return the items of a list, their escapes kept or resolved."""
    items = [""]
    for escaped, divider, text in _PIECE.findall(cell):
        if divider:
            items.append("")
        elif escaped:
            items[-1] += f"\\{escaped}" if keep else escaped
        else:
            items[-1] += text
    return items
