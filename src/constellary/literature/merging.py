"""Merging: one record from several of the same work, field by field, with where each field was taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.literature.record import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.literature.record import Record


def merged(
    records: Sequence[Record], chosen: Mapping[str, str] | None = None
) -> tuple[Record, Mapping[str, str]]:
    """Return one record of several of the same work, and field -> id of the record that it was taken from.

    Parameters
    ----------
    records
        In the order in which they were taken in; the first gives the id, and where it was read.
    chosen
        Field -> id of the record whose value stands, as somebody chose it.
    """
    first = records[0]
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name in FIELDS:
        order = sorted(records, key=lambda one: one.id != (chosen or {}).get(name))
        for record in order:
            value = getattr(record, name)
            if value not in (None, ()):
                values[name], sources[name] = value, record.id
                break
    return first._replace(**values), sources
