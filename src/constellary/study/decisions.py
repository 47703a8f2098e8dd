"""Decisions and the rows that they change: what the history is made of."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the history.

    Attributes
    ----------
    id
        Counts from 1.
    at
        Moment in UTC, ISO 8601 to the second.
    who, why
        As given; `why` may be empty.
    kind
        `new`, `import`, `edit`, `coding`, `acceptance`, `matching`, `screening`, `reading`, `undo` or `redo`.
    summary
        What was done, in words.
    target
        For undo and redo: the decision that it takes back or brings back.
    undone
        Whether it is taken back at this moment.
    """

    id: int
    at: str
    who: str
    kind: str
    summary: str
    why: str
    target: int | None = None
    undone: bool = False


class RowChange(NamedTuple):
    """One row before and after, in the order of its table's columns; None: not there."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row as far as it is known: after, or before where it was deleted."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError("a change needs a row before or after")
        return found


Changes = dict[str, list[RowChange]]
"""Table name -> its changed rows."""


def key_text(key: Sequence[str]) -> str:
    """Return a key as one text; the order of such texts is the order of the keys."""
    # A separator below every printable character keeps the order of texts the order of tuples.
    return "\x1f".join(key)


def packed(items: Sequence[RowChange]) -> bytes:
    """Return changed rows as they are kept."""
    return zlib.compress(json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(payload: bytes) -> Iterator[RowChange]:
    """Give the changed rows of what `packed` made."""
    for before, after in json.loads(zlib.decompress(payload)):
        yield RowChange(
            tuple(before) if before is not None else None, tuple(after) if after is not None else None
        )


def unpacked_of(payload: bytes, first: str) -> Iterator[RowChange]:
    """Give those of the changed rows of what `packed` made whose key begins with one text.

    Most parts that may hold it do not: these are told without reading them row by row.
    """
    text = zlib.decompress(payload)
    if json.dumps(first, ensure_ascii=False).encode() not in text:
        return
    for before, after in json.loads(text):
        if (before if after is None else after)[0] == first:
            yield RowChange(
                tuple(before) if before is not None else None, tuple(after) if after is not None else None
            )
