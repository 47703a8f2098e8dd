"""Drafts: an alliance or firm as a form holds it, before it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from constellary.study.names import tidy
from constellary.study.record import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.codebook import Codebook
    from constellary.study.record import Record, Value

FIELD = "v."
"""Before the name of a field in a form: `v.purpose`."""
SEVERAL_BY = ";"
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """Fields, partners and sources of an alliance; a firm has fields alone.

    Attributes
    ----------
    values
        Field -> text, several texts, or None for missing.
    partners, sources
        In order; empty rows of the form are not among them.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def parts(self) -> dict[str, Value | tuple[Source, ...]]:
        """Return each field, then `partners` and `sources`, by name: what a conflict is shown by."""
        return {**self.values, "partners": self.partners, "sources": self.sources}

    def changed_from(self, before: Draft) -> dict[str, Any]:
        """Return what an edit of `before` has to say: `values`, `partners` and `sources` where they differ."""
        found: dict[str, Any] = {}
        values = {name: value for name, value in self.values.items() if before.values.get(name) != value}
        if values:
            found["values"] = values
        if self.partners != before.partners:
            found["partners"] = self.partners
        if self.sources != before.sources:
            found["sources"] = as_fields(self.sources)
        return found


def as_fields(sources: Sequence[Source]) -> list[dict[str, str | None]]:
    """Return sources as the services take them."""
    return [{"url": one.url, "publisher": one.publisher, "published": one.published} for one in sources]


def draft_of(record: Record) -> Draft:
    """Return what a form of a record begins with."""
    return Draft(record.values, record.partners, record.sources)


def empty_draft(codebook: Codebook, table: str) -> Draft:
    """Return what the form of a new alliance or firm begins with."""
    own = ("name", "announced") if table == "alliances" else ("aliases", "parent")
    level = "alliance" if table == "alliances" else "firm"
    names = (*own, *(variable.name for variable in codebook.variables if variable.level == level))
    return Draft(dict.fromkeys(names))


def read_draft(pairs: Sequence[tuple[str, str]], several: Mapping[str, bool]) -> Draft:
    """Return what a sent form holds.

    Parameters
    ----------
    pairs
        Names and values in the order of the form: `v.FIELD`, `partner`, and `source.url`, `source.publisher`,
        `source.published` row by row.
    several
        Field -> whether it takes several values; what the form does not send is missing.

    Examples
    --------
    >>> sent = [("v.tags", "a; b"), ("v.tags", "c"), ("v.name", " "), ("partner", "Fiat"), ("partner", "")]
    >>> draft = read_draft(sent, {"name": False, "tags": True})
    >>> draft.values, draft.partners
    ({'name': None, 'tags': ('a', 'b', 'c')}, ('Fiat',))
    """
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(tidy(value.replace("\r\n", "\n")))
    values: dict[str, Value] = {}
    for name, many in several.items():
        given = sent.get(FIELD + name, [])
        if many:
            parts = [
                tidy(part) for text in given for part in text.replace("\n", SEVERAL_BY).split(SEVERAL_BY)
            ]
            values[name] = tuple(dict.fromkeys(part for part in parts if part)) or None
        else:
            values[name] = next((text for text in given if text), None)
    partners = tuple(name for name in sent.get("partner", [])[:MOST_ROWS] if name)
    columns = (sent.get(f"source.{name}", [])[:MOST_ROWS] for name in ("url", "publisher", "published"))
    rows = [
        Source(url, publisher or None, published or None)
        for url, publisher, published in zip(*columns, strict=False)
    ]
    sources = tuple(row for row in rows if row != Source(""))
    return Draft(values, partners, sources)


def written(draft: Draft) -> str:
    """Return a draft as text, for a form to carry what it began with."""
    parts = [dict(draft.values), draft.partners, [(s.url, s.publisher, s.published) for s in draft.sources]]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_written(text: str) -> Draft | None:
    """Return the draft that `written` wrote; None if the text is nothing of the kind.

    Examples
    --------
    >>> read_written(written(Draft({"a": ("x", "y"), "b": None}, ("Fiat",)))).partners
    ('Fiat',)
    >>> read_written("[1, 2]") is None
    True
    """
    try:
        values, partners, sources = json.loads(text)
        return Draft(
            {str(name): _value(value) for name, value in values.items()},
            tuple(str(name) for name in partners),
            tuple(Source(str(url), _text(publisher), _text(date)) for url, publisher, date in sources),
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _value(value: object) -> Value:
    return tuple(str(part) for part in value) if isinstance(value, list) else _text(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
