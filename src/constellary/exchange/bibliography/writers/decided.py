"""What was decided of records, as it goes along with them into an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from constellary.exchange.writers.texts import one_line

if TYPE_CHECKING:
    from constellary.literature.record import Record

Decided = Mapping[str, Mapping[str, str]]
"""Id of a record -> name of a column -> text, as `full text` -> `excluded` and `full text, reason` -> `no firms`."""

MARK = "Constellary"
"""Begins the notes that tell decisions, where a format has no columns."""


def columns(records: Sequence[Record], decided: Decided | None) -> list[str]:
    """Return the names of the columns, in the order in which the records name them first.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> columns([Record(id="b"), Record(id="a")], {"a": {"access": "yes"}, "b": {"abstract": "included"}})
    ['abstract', 'access']
    """
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys((decided or {}).get(record.id, {})))
    return list(names)


def noted(record: Record, decided: Decided | None) -> Record:
    """Return a record with what was decided of it as notes, behind its own.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> noted(Record(id="a", notes=("Read.",)), {"a": {"full text": "included"}}).notes
    ('Read.', 'Constellary, full text: included')
    """
    told = (decided or {}).get(record.id, {})
    notes = tuple(one_line(f"{MARK}, {name}: {text}") for name, text in told.items() if text)
    return record._replace(notes=(*record.notes, *notes)) if notes else record
