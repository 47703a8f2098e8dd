"""Write a protocol as TOML text: what `protocol_file` reads back as an equal protocol."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.literature.protocol import Declared, Protocol, Reason, Search, Stage


def write_protocol(protocol: Protocol) -> str:
    """Return a protocol as TOML; `parse_protocol` of it gives an equal protocol.

    Examples
    --------
    >>> from constellary.literature.protocol import Protocol, Search
    >>> print(write_protocol(Protocol("Why?", (Search("wos", "Web of Science"),), years=(2018, None))))
    question = "Why?"
    years = "2018-"
    <BLANKLINE>
    [[search]]
    name = "wos"
    database = "Web of Science"
    <BLANKLINE>
    """
    head: dict[str, object] = {
        "question": protocol.question,
        "include": protocol.include,
        "years": _years(protocol.years),
        "languages": protocol.languages,
        "terms": protocol.terms,
        "against": protocol.against,
        "maybe": protocol.maybe if protocol.maybe != "discuss" else "",
    }
    lines = [*_fields(head), ""]
    for search in protocol.searches:
        lines += ["[[search]]", *_own(search), ""]
    for stage in protocol.stages:
        lines += ["[[stage]]", *_own(stage), ""]
    for declared in protocol.declared:
        lines += ["[[declared]]", *_own(declared), ""]
    return "\n".join(lines)


def _own(item: Search | Stage | Declared) -> list[str]:
    """Return the fields of an item that differ from what holds without them."""
    said = {
        field.name: getattr(item, field.name)
        for field in fields(item)
        if getattr(item, field.name) != field.default
    }
    reasons: tuple[Reason, ...] = said.pop("reasons", ())
    lines = _fields(said)
    if reasons:
        lines += ["reasons = [", *(f"  {{ {', '.join(_parts(reason))} }}," for reason in reasons), "]"]
    return lines


def _parts(reason: Reason) -> list[str]:
    more = ["retrieval = true"] if reason.retrieval else []
    return [f"name = {quoted(reason.name)}", f"label = {quoted(reason.label)}", *more]


def _fields(said: dict[str, object]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in said.items() if value not in ("", (), None)]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(quoted(item) for item in value) + "]"
    if isinstance(value, str):
        return _long(value) if "\n" in value else quoted(value)
    return str(value)


def quoted(text: str) -> str:
    """Return a text as a TOML string on one line."""
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    """Return a text of several lines as one reads it; every quote in it is escaped."""
    return '"""\n' + "\n".join(quoted(line)[1:-1] for line in text.split("\n")) + '"""'


def _years(years: tuple[int | None, int | None] | None) -> str:
    if years is None:
        return ""
    first, last = ("" if year is None else f"{year:04d}" for year in years)
    return f"{first}-{last}"
