"""CSV: a row a record, a column a field and a column for each thing decided; read back, every field is as it was."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.cells import cell_of, guarded
from constellary.exchange.bibliography.writers.decided import columns
from constellary.exchange.writers.texts import distinct
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.bibliography.writers.decided import Decided

ORDER = tuple(
    dict.fromkeys(
        (
            "id",
            "type",
            "title",
            "authors",
            "year",
            "venue",
            "volume",
            "issue",
            "pages",
            "doi",
            *Record._fields,
        )
    )
)
"""Names of the columns: those of a record's fields, what is looked at first in front."""


def write(records: Sequence[Record], decided: Decided | None = None) -> bytes:
    r"""Return the records as CSV in UTF-8 with its mark, so that spreadsheets show accents.

    Items of a list are divided by a semicolon, parts of a name by a comma, each with a space after it; where such
    a sign is part of one, a backslash stands before it. An apostrophe stands before what a spreadsheet would run as
    a formula.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> write([Record(id="a", title="=1+1")], {"a": {"access": "yes"}}).decode("utf-8-sig").splitlines()[1][:25]
    "a,article-journal,'=1+1,,"
    """
    told = columns(records, decided)
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([*ORDER, *map(guarded, distinct([*ORDER, *told])[len(ORDER) :])])
    for record in records:
        own = (decided or {}).get(record.id, {})
        cells = [cell_of(name, getattr(record, name)) for name in ORDER]
        writer.writerow([guarded(cell) for cell in (*cells, *(own.get(name, "") for name in told))])
    return target.getvalue().encode("utf-8-sig", "replace")
