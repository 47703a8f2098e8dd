"""Items of JSON exports: arrays, pages of results and one object a line; and all that an item says, flat."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.limits import NESTING, check_fields, check_records

if TYPE_CHECKING:
    from collections.abc import Collection

    from constellary.literature.record import Raw

Item = dict[str, Any]

_HALVES = re.compile(r"\\u[dD][89a-fA-F]")


def items_of(text: str, file: str, *inside: str) -> tuple[list[tuple[int, Item]], list[Remark]]:
    """Return the numbered items of a JSON text and remarks on those that are no objects.

    Parameters
    ----------
    text
        An array of objects, an object that holds them, an object that is an item itself, or one of these a line.
    file
        Name of the file, for messages.
    inside
        Names under which the items may lie, as paths (`message.items`).

    Raises
    ------
    InputError
        It is no JSON, is cut off, or is nested too deeply; the message names the line.
    """
    found: list[tuple[int, Item]] = []
    remarks: list[Remark] = []
    number = 0
    for line, value in _values(text, file, remarks):
        for item in _inside(value, inside):
            number += 1
            place = line or number
            if isinstance(item, dict) and item:
                found.append((place, item))
            else:
                said = f"item {place:,} is no object of names and values; not read"
                remarks.append(Remark(place, said, lost=True))
    check_records(len(found), file)
    if not found and not remarks:
        raise InputError(f"{file} is JSON without any record. Export the search again, with its records.")
    return found, remarks


def _values(text: str, file: str, remarks: list[Remark]) -> list[tuple[int, Any]]:
    """Return the value of a text with line 0, or the values of its lines where each is one."""
    try:
        value = json.loads(text)
        if _HALVES.search(text):  # half a character cannot be kept anywhere: a question mark for it
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        raise InputError(f"{file} holds JSON that is nested too deeply; a record has few levels.") from None
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or not text.lstrip().startswith("{"):
            raise _broken(error, text, file) from None
    except ValueError as error:
        raise InputError(f"{file} is no JSON that can be read: {error}.") from None
    else:
        return [(0, value)]
    return _lines(text, file, remarks)


def _lines(text: str, file: str, remarks: list[Remark]) -> list[tuple[int, Any]]:
    values: list[tuple[int, Any]] = []
    lines = text.split("\n")
    check_records(len(lines), file)
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                values.append((number, json.loads(line)))
            except (ValueError, RecursionError):
                if number == len(lines):
                    raise InputError(
                        f"{file} ends in the middle of line {number:,}, which is no whole JSON. Export it again."
                    ) from None
                remarks.append(Remark(number, f"line {number:,} is no JSON object; not read", lost=True))
    if not values:
        raise InputError(f"{file} is no JSON: no line of it can be read.")
    return values


def _broken(error: json.JSONDecodeError, text: str, file: str) -> InputError:
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
        return InputError(
            f"{file} ends within its JSON (line {error.lineno:,}: {error.msg}): the file is cut off. Export it again."
        )
    return InputError(f"{file}, line {error.lineno:,}, column {error.colno:,}: this is no JSON: {error.msg}.")


def _inside(value: Any, paths: Collection[str]) -> list[Any]:
    if isinstance(value, list):
        return [item for one in value for item in (_inside(one, paths) if isinstance(one, dict) else [one])]
    if not isinstance(value, dict):
        return [value]
    for path in paths:
        found: Any = value
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, list):
            return found
        if isinstance(found, dict):
            return [found]
    return [value]


def raw_of(item: Item, file: str, number: int, whole: Collection[str] = ()) -> Raw:
    """Return all that an item says: the path of each value with its text, a list's values repeatedly.

    Parameters
    ----------
    item
        An object.
    file, number
        For messages.
    whole
        Names whose value is kept as one text of JSON.

    Raises
    ------
    InputError
        It is nested more than `limits.NESTING` deep or has too many values.

    Examples
    --------
    >>> raw_of({"title": ["A"], "author": [{"family": "B"}, {"family": "C"}], "DOI": None, "n": 2}, "x.json", 1)
    (('title', 'A'), ('author.family', 'B'), ('author.family', 'C'), ('n', '2'))
    """
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Any, int]] = [("", item, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > NESTING:
            raise InputError(
                f"{file}, item {number:,} is nested more than {NESTING} levels deep; no record is."
            )
        if value is None or value in ("", [], {}):
            continue
        if isinstance(value, dict) and path not in whole:
            inner = [
                (f"{path}.{name}" if path else str(name), part, depth + 1) for name, part in value.items()
            ]
            waiting.extend(reversed(inner))
        elif isinstance(value, list) and path not in whole:
            waiting.extend((path, part, depth + 1) for part in reversed(value))
        else:
            found.append((path, text_of(value)))
    check_fields(len(found), file, number)
    return tuple(found)


def text_of(value: Any) -> str:
    """Return a value as text: what is no text, as JSON writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_at(item: Any, path: str) -> str | None:
    """Return the text at a path of names; of a list, its first; None where there is none.

    Examples
    --------
    >>> text_at({"title": ["A", "B"], "ids": {"n": 3}}, "title"), text_at({"ids": {"n": 3}}, "ids.n")
    ('A', '3')
    """
    value = item
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, list):
            value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value) or None


def list_at(item: Any, path: str) -> list[Any]:
    """Return the list at a path of names, empty where there is none."""
    value = item
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def number_at(item: Item, name: str) -> int | None:
    """Return the whole number of that name, None where there is none or it is beyond nine digits."""
    value = item.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None
