"""Writers of bibliographies: one module a format, each with `write(records, decided) -> bytes`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.writers import bibtex, csl_json, csv_table, ris, xlsx_table

if TYPE_CHECKING:
    from constellary.exchange.bibliography.writers.decided import Decided
    from constellary.literature.record import Record

Writer = Callable[["Sequence[Record]", "Decided | None"], bytes]

FORMATS: dict[str, tuple[str, Writer]] = {
    "ris": (".ris", ris.write),
    "bibtex": (".bib", bibtex.write),
    "csl-json": (".json", csl_json.write),
    "csv": (".csv", csv_table.write),
    "xlsx": (".xlsx", xlsx_table.write),
}
"""Name of a format -> suffix of its file, and its writer."""
