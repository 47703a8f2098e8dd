"""Tables in JSON: one object a line, or one array of objects.

A list is a list of items. A list of objects (`"sources": [{"url": ...}]`) is a table of its own whose rows
belong to the object's `id`; of the objects in `partners` the firms' names are taken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError
from constellary.exchange.readers.grid import Fault, Grid, column_names
from constellary.exchange.readers.limits import COLUMNS, ROWS

if TYPE_CHECKING:
    from constellary.exchange.readers.sniff import Text

Cell = str | None


class _Refused(ValueError):
    """A value that no cell can hold; its text is the message."""


@dataclass
class _Columns:
    """Rows of objects, turned into columns as they come."""

    cells: dict[str, list[Cell]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    def add(self, number: int, row: dict[str, Cell]) -> None:
        for name, value in row.items():
            if name not in self.cells:
                if len(self.cells) >= COLUMNS:
                    raise InputError(f"The objects have more than {COLUMNS:,} names together.")
                self.cells[name] = [None] * len(self.numbers)
            self.cells[name].append(value)
        self.numbers.append(number)
        if len(self.numbers) > ROWS:
            raise InputError(f"There are more than {ROWS:,} objects. Divide the file.")
        for column in self.cells.values():
            if len(column) < len(self.numbers):
                column.append(None)

    def grid(self, file: str, form: str, name: str, encoding: str, faults: list[Fault]) -> Grid:
        cells = pl.DataFrame(
            [
                pl.Series(key, values, dtype=pl.String)
                for key, values in zip(column_names(len(self.cells)), self.cells.values(), strict=True)
            ]
        )
        return Grid(
            file=file,
            form=form,
            cells=cells,
            name=name,
            header=tuple(self.cells),
            encoding=encoding,
            numbers=pl.Series(self.numbers, dtype=pl.UInt32),
            faults=tuple(faults),
        )


def looks_like_json(text: str) -> bool:
    """Tell whether a text begins as an array of objects or as an object a line."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return start[1:].lstrip()[:1] in ("{", "]")
    return start.startswith("{") and start[1:].lstrip()[:1] in ('"', "}")


def read_json(file: str, source: Text, *, name: str = "") -> list[Grid]:
    """Return the grid of the objects and one for each list of objects in them.

    The number of a row is its line, or its place in the array.

    Raises
    ------
    InputError
        If an array is broken (no part of it can be read), or the limits are passed.
    """
    text = source.text.lstrip("\ufeff")
    faults: list[Fault] = []
    if text.lstrip().startswith("["):
        form, objects = "JSON", _array(text)
    else:
        form, objects = "JSON Lines", _lines(text, faults)
    return tables_of(file, form, objects, faults, name=name, encoding=source.encoding)


def tables_of(
    file: str,
    form: str,
    objects: list[tuple[int, object]],
    faults: list[Fault],
    *,
    name: str,
    encoding: str = "",
) -> list[Grid]:
    """Return the grids of numbered objects; see `read_json`."""
    main, children = _Columns(), dict[str, _Columns]()
    for number, value in objects:
        if not isinstance(value, dict):
            faults.append(Fault(number, "expected an object of names and values: {...}", "json"))
            continue
        row: dict[str, Cell] = {}
        for key, item in value.items():
            try:
                if _is_objects(item) and not _names_firms(key, item):
                    _add_children(children.setdefault(key, _Columns()), number, value, item)
                else:
                    row[_sound(key)] = _cell(key, item)
            except _Refused as refused:
                faults.append(Fault(number, f"'{key}': {refused}", "json", value=str(item)[:80]))
        main.add(number, row)
    grids = [main.grid(file, form, name, encoding, faults)]
    return grids + [
        child.grid(file, form, key, encoding, []) for key, child in children.items() if child.numbers
    ]


def parse(text: str) -> object:
    """Return the value of a JSON text; numbers that are none and names given twice are refused.

    Raises
    ------
    InputError
        If it is no JSON.
    """
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique)
    except RecursionError as error:
        raise InputError("The JSON is nested too deeply.") from error
    except ValueError as error:
        raise InputError(f"This is no JSON: {error}.") from error


def _array(text: str) -> list[tuple[int, object]]:
    values = parse(text)
    return list(enumerate(values, 1)) if isinstance(values, list) else [(1, values)]


def _lines(text: str, faults: list[Fault]) -> list[tuple[int, object]]:
    objects: list[tuple[int, object]] = []
    broken: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                objects.append((number, parse(line)))
            except InputError as error:
                broken.append(Fault(number, str(error), "json", value=line[:80]))
    if broken and not any(isinstance(value, dict) for _, value in objects):
        # Perhaps one object that was printed over several lines.
        try:
            return [(1, parse(text))]
        except InputError:
            pass
    faults.extend(broken)
    return objects


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number in JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name '{twice}' is given twice in one object")
    return result


def _is_objects(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(isinstance(part, dict) for part in item)


def _names_firms(key: str, item: object) -> bool:
    return "partner" in key.lower() and isinstance(item, list) and all(_firm_of(part) for part in item)


def _firm_of(part: object) -> str | None:
    if isinstance(part, dict):
        for key in ("firm", "name", "company"):
            if isinstance(part.get(key), str):
                return str(part[key])
    return None


def _add_children(child: _Columns, number: int, parent: dict[str, object], items: object) -> None:
    key = next((parent[name] for name in ("id", "ID", "Id", "alliance") if parent.get(name)), None)
    if key is None:
        raise _Refused("a list of objects needs an 'id' beside it, to which its rows belong")
    for item in items if isinstance(items, list) else []:
        child.add(number, {"alliance": _cell("id", key)} | {_sound(k): _cell(k, v) for k, v in item.items()})


def _cell(key: str, value: object) -> Cell:
    if isinstance(value, list):
        parts = [_firm_of(part) or _scalar(part) for part in value]
        kept = [part for part in parts if part]
        if any(";" in part for part in kept) and not key.lower().startswith(("source", "url", "link")):
            raise _Refused("an item of a list holds ';', which separates items in a study")
        return ";".join(kept) or None
    return _scalar(value)


def _scalar(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    raise _Refused("expected a text, a number or a list of them")


def _sound(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _Refused("the text holds half of a character (a lone surrogate)") from error
    return text
